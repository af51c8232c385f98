"""With the real reader and the real matching: any order of arrival, any cut into processes, the same incidents."""

import random
from pathlib import Path
from typing import Any

import pytest

from truceline.ledger import Evidence, Ledger, evidence, matching
from truceline.model import Reading
from truceline.reader import Reader

AGREEMENT = "sri-lanka-2002"
DOSSIER = Path(__file__).parents[2] / "examples" / "lookalikes-2006"


@pytest.fixture(autouse=True)
def really_matched(monkeypatch: pytest.MonkeyPatch, alone: None) -> None:
    for module in ("ledger", "keeping"):
        monkeypatch.setattr(f"truceline.ledger.{module}.make_neighbourhood", matching.make_neighbourhood)


@pytest.fixture(scope="module")
def read() -> list[tuple[Evidence, Reading]]:
    """The dossier's documents with their readings."""
    reader = Reader(AGREEMENT)
    found = [evidence.of_file(path) for path in sorted(DOSSIER.glob("*.txt"))]
    return [(one, reader.read_document(one.document)) for one in found]


def _incidents(ledger: Ledger) -> list[dict[str, Any]]:
    with ledger.view() as view:
        found = [view.incident(row["id"]) for row in view.incidents()]
    return [{key: value for key, value in incident.items() if key != "opened"} for incident in found]


def test_a_dossier_in_any_order_and_any_number_of_processes(
    where: str, tmp_path: Path, read: list[tuple[Evidence, Reading]]
) -> None:
    with Ledger.create(where, agreement=AGREEMENT) as ledger:
        for one, reading in read:
            ledger.add(one, reading)
        wanted = _incidents(ledger)
        assert wanted
        assert ledger.rebuild().changed == ()
    shuffled = random.Random(5).sample(read, len(read))
    other = tmp_path / "other.db"
    Ledger.create(other, agreement=AGREEMENT).close()
    for one, reading in shuffled:
        with Ledger.open(other) as ledger:  # as a process of its own: nothing is loaded yet
            ledger.add(one, reading)
    with Ledger.open(other) as ledger:
        assert _incidents(ledger) == wanted
        assert ledger.rebuild(keep=False).changed == ()


def test_decisions_on_a_dossier(where: str, read: list[tuple[Evidence, Reading]]) -> None:
    with Ledger.create(where, agreement=AGREEMENT) as ledger:
        for one, reading in read:
            ledger.add(one, reading)
        with ledger.view() as view:
            before = {row["id"]: view.incident(row["id"])["claims"] for row in view.incidents()}
        one, other = sorted(before, key=lambda key: (-len(before[key]), key))[:2]
        merged = ledger.merge(one, other, reason="tried")
        with ledger.view() as view:
            assert len({view.incident_of(claim) for claim in (*before[one], *before[other])}) == 1
        ledger.undo(merged.number)
        with ledger.view() as view:
            assert {row["id"]: view.incident(row["id"])["claims"] for row in view.incidents()} == before
        ledger.reject(before[one][0], entirely=True)
        ledger.correct(before[other][0], "act", "ambush")
        assert ledger.rebuild(keep=False).changed == ()
