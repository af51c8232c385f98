"""What a ledger costs: time for each added document as it grows, memory, size, and how fast it is verified.

    python -m benchmarks.ledger [--sizes 1000 10000] [--large] [--postgres URL] [--alone]

The documents are synthetic and seeded: a mission's inbox of eight documents a day, ten claims each, over as many days as the
number of claims wanted takes (100,000 claims are three and a half years). Reading is not part of it; matching into incidents is.
Each size is loaded on from the one before in one process, and the cost is that of the last hundred documents; then one more
document is added by a process that knows nothing yet, as `truceline ingest ONE` does. --large goes on to a million claims.
PostgreSQL is measured in a schema of its own, which is dropped; without --postgres (or TRUCELINE_TEST_POSTGRES) it is left out.
--alone leaves matching out, so that it shows what is the store's and what the matching's.
"""

import argparse
import os
import random
import resource
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, insert, text

from truceline.ledger import Evidence, Ledger, Wanted, log
from truceline.ledger.entries import Kind, Row, seal
from truceline.ledger.tables import entry
from truceline.model import Actor, Claim, Document, Modality, Place, Reading, Time, document_id

AGREEMENT = "nagorno-karabakh-2020"
PER_DAY, PER_DOCUMENT = 8, 10
FIRST = date(2020, 11, 11)
VERIFIED = 200_000
SIDES = {"armenia": "Northern ministry", "azerbaijan": "Eastern ministry"}
ACTS = ("shelling", "small_arms_fire", "ground_attack", "drone_strike", "seize", "wounding")
SYLLABLES = ("ar", "ban", "dor", "khal", "mur", "nas", "ol", "qar", "shen", "tal", "van", "zir")


def inbox(claims: int, start: int = 0) -> Iterator[tuple[Evidence, Reading]]:
    """Documents with their readings, from document number ``start`` on."""
    for number in range(start, claims // PER_DOCUMENT):
        yield one(number)


def one(number: int) -> tuple[Evidence, Reading]:
    """Document ``number`` and its reading."""
    chance = random.Random(number)
    published = FIRST + timedelta(days=number // PER_DAY)
    party, publisher = chance.choice(sorted(SIDES.items()))
    sentences: list[str] = []
    for _ in range(PER_DOCUMENT):
        place, agent = chance.choice(_places())[0], chance.choice(sorted(SIDES))
        day = published - timedelta(days=chance.choice((0, 0, 0, 1, 1, 2)))
        filler = " ".join("".join(chance.choices(SYLLABLES, k=2)) for _ in range(12))
        sentences.append(f"Forces of {agent} fired on {place} on {day.isoformat()} {filler}.")
    working = "\n".join(sentences)
    content = f"{working}\n{number}\n".encode()
    document = Document(document_id(content), working, f"Report {number}", publisher, published)
    found = tuple(_claim(document, sentences, i, party, chance) for i in range(PER_DOCUMENT))
    return Evidence(content, document, f"{number}.txt", "synthetic"), Reading(document, found, (), (), (), ())


def _claim(document: Document, sentences: list[str], i: int, party: str, chance: random.Random) -> Claim:
    start = sum(len(sentence) + 1 for sentence in sentences[:i])
    words = sentences[i].split()
    agent, place, day = words[2], words[5], date.fromisoformat(words[7])

    def span(word: str) -> tuple[int, int]:
        at = start + sentences[i].index(word)
        return at, at + len(word)

    lat, lon = {name: (lat, lon) for name, lat, lon in _places()}[place]
    return Claim(
        id=f"c-{document.id[7:15]}{i:04x}",
        span=(start, start + len(sentences[i])),
        text=sentences[i],
        sentence=(start, start + len(sentences[i])),
        quoted=False,
        speakers=(Actor(agent, span(agent), name=SIDES[party], party=party, role="party"),),
        cue=None,
        said=None,
        modality=Modality.DENIED if chance.random() < 0.2 else Modality.ASSERTED,
        act=chance.choice(ACTS),
        act_span=span("fired"),
        agent=Actor(agent, span(agent), name=agent, party=agent, role="party"),
        patient=None,
        place=Place(place, span(place), place, place, lat, lon, 1, 1.0),
        when=Time(words[7], span(words[7]), day, day + timedelta(days=1), 1),
        counts=(),
        instrument=None,
        confidence=0.9,
        by="synthetic",
    )


def _places() -> list[tuple[str, float, float]]:
    chance = random.Random(7)
    names = sorted({"".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(60)})
    return [(name, chance.uniform(39.2, 40.4), chance.uniform(46.2, 47.6)) for name in names]


def grow(where: str, sizes: list[int], *, alone: bool) -> None:
    """Load a ledger to each size and print what it costs there."""
    Ledger.create(where, agreement=AGREEMENT, who="benchmark").close()
    print(f"{'claims':>9} {'documents':>9} {'ms/document':>12} {'worst':>7} {'fresh ms':>9} {'incidents':>9} "
          f"{'list ms':>8} {'search ms':>9} {'size MB':>8} {'memory MB':>9}")  # fmt: skip
    done = 0
    with Ledger.open(where, who="benchmark", matching=not alone) as ledger:
        for size in sizes:
            taken: list[float] = []
            for evidence, reading in inbox(size, done):
                begun = time.perf_counter()
                ledger.add(evidence, reading)
                taken.append(time.perf_counter() - begun)
            done = size // PER_DOCUMENT
            last = [1000 * seconds for seconds in taken[-100:]]
            fresh = _fresh(where, done, alone=alone)
            done += 1
            listed, searched, number = _asked(ledger)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{size:>9,} {done:>9,} {statistics.mean(last):>12.1f} {max(last):>7.0f} {fresh:>9.0f} {number:>9,} "
                  f"{listed:>8.0f} {searched:>9.0f} {_megabytes(ledger):>8.0f} {memory:>9.0f}", flush=True)  # fmt: skip
        begun = time.perf_counter()
        result = ledger.verify()
        seconds = time.perf_counter() - begun
        assert result.fault is None
        print(f"verify: {result.entries:,} entries and {result.contents:,} contents in {seconds:.1f} s")


def _fresh(where: str, number: int, *, alone: bool) -> float:
    """Milliseconds to add one document to a ledger just opened."""
    evidence, reading = one(number)
    begun = time.perf_counter()
    with Ledger.open(where, who="benchmark", matching=not alone) as ledger:
        ledger.add(evidence, reading)
    return 1000 * (time.perf_counter() - begun)


def _asked(ledger: Ledger) -> tuple[float, float, int]:
    """Milliseconds to list fifty incidents and to search; how many incidents there are."""
    with ledger.view() as view:
        begun = time.perf_counter()
        view.incidents(since="2020-11-20", limit=50)
        listed = time.perf_counter() - begun
        begun = time.perf_counter()
        view.search(Wanted(words="fired dorban"))
        searched = time.perf_counter() - begun
        return 1000 * listed, 1000 * searched, view.counts()["incident"]


def _megabytes(ledger: Ledger) -> float:
    with ledger.database.reading() as connection:
        if ledger.database.is_sqlite:
            pages, size = (
                connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("page_count", "page_size")
            )
            return float(pages * size / 1e6)
        query = (
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
            "WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
        )
        return float(connection.execute(text(query)).scalar_one()) / 1e6


def chain(where: str) -> None:
    """How many entries are verified a second."""
    with Ledger.create(where, who="benchmark") as ledger:
        with ledger.database.writing() as connection:
            last = log.last_row(connection)
            made: list[Row] = []
            now = log.stamp(datetime.now(UTC))
            for i in range(VERIFIED):
                payload = {
                    "kind": "source",
                    "target": f"Source {i % 90}",
                    "grade": "B",
                    "by": "person",
                    "reason": "its record",
                }
                last = seal(last, at=now, who="benchmark", kind=Kind.GRADE, payload=payload)
                made.append(last)
            for first in range(0, VERIFIED, 5_000):
                connection.execute(insert(entry), [row._asdict() for row in made[first : first + 5_000]])
        rates = []
        for _ in range(3):
            begun = time.perf_counter()
            result = ledger.verify()
            rates.append(result.entries / (time.perf_counter() - begun))
            assert result.fault is None
        print(f"verify: {VERIFIED:,} small entries, {statistics.median(rates):,.0f} a second")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--postgres", default=os.environ.get("TRUCELINE_TEST_POSTGRES"))
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--alone", action="store_true")
    args = parser.parse_args()
    sizes = sorted(args.sizes + ([1_000_000] if args.large else []))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        for name, run in (("grow", lambda where: grow(where, sizes, alone=args.alone)), ("chain", chain)):
            if args.only != "postgresql":
                print(f"\nSQLite, {name}")
                _apart(run, str(Path(folder) / f"{name}.db"))
            if args.only != "sqlite" and args.postgres:
                print(f"\nPostgreSQL, {name}")
                _in_schema(args.postgres, run)
    if not args.postgres:
        print("\nPostgreSQL was left out: give --postgres URL")


def _apart(run: object, where: str) -> None:
    """In a process of its own, so that memory is its own."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        run(where)  # type: ignore[operator]
        sys.stdout.flush()
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        sys.exit(1)


def _in_schema(url: str, run: object) -> None:
    name = f"benchmark_{secrets.token_hex(4)}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    try:
        _apart(run, f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{name}")
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))


if __name__ == "__main__":
    main()
