"""How well obligations are tracked, and what it costs.

    python -m benchmarks.tracking [--all] [--claims N]

Reads the dossiers into ledgers and asks of each obligation what `tests/dossiers/obligations.yaml` says: state, in question,
dates, and the words that the evidence must hold. Then fills a ledger with N synthetic claims (10,000) and gives the time of
one status beside that of adding one document. --all lists what came right too.
"""

import argparse
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from benchmarks.ledger import AGREEMENT, FIRST, PER_DAY, PER_DOCUMENT, one
from tests.tracking.obligations_gold import judge, load

from truceline.ledger import Ledger
from truceline.tracking.status import status

EXAMPLES = Path(__file__).parents[1] / "examples"


def main(arguments: list[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--claims", type=int, default=10_000)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        for name in load():
            _quality(name, Path(folder), every=asked.all)
        if asked.claims:
            _cost(asked.claims, Path(folder))
    return 0


def _quality(name: str, folder: Path, *, every: bool) -> None:
    dossier = load()[name]
    with Ledger.create(folder / f"{name}.db", agreement=dossier.agreement) as ledger:
        list(ledger.ingest(sorted((EXAMPLES / name).glob("*.txt"))))
        with ledger.view() as view:
            judged = list(judge(view, dossier))
    wrong = {asked.obligation for asked in judged if not asked.right}
    right = sum(asked.right for asked in judged)
    whole = len(dossier.obligations) - len(wrong)
    print(f"{name}: {right}/{len(judged)} right; obligations wholly right {whole}/{len(dossier.obligations)}")
    for asked in judged:
        if every or not asked.right:
            print(f"  {'ok   ' if asked.right else 'WRONG'} {asked.obligation}  {asked.what}  [{asked.came[:160]}]")


def _cost(claims: int, folder: Path) -> None:
    with Ledger.create(folder / "cost.db", agreement=AGREEMENT) as ledger:
        documents = claims // PER_DOCUMENT
        for number in range(documents):
            ledger.add(*one(number))
        begun = time.perf_counter()
        for number in range(documents, documents + 20):
            ledger.add(*one(number))
        added = (time.perf_counter() - begun) / 20
        last = FIRST + timedelta(days=documents // PER_DAY + 2)
        with ledger.view() as view:
            for what, day in (("on the last day", last), ("half-way back", FIRST + (last - FIRST) / 2)):
                begun = time.perf_counter()
                status(view, day)
                taken = time.perf_counter() - begun
                beside = f"{taken / added:.0f} times adding a document ({added * 1000:.0f} ms)"
                print(f"status {what}, {claims:,} claims: {taken:.2f} s, {beside}")


if __name__ == "__main__":
    sys.exit(main())
