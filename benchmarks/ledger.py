"""What a ledger costs: time for each added document as it grows, memory, size, and how fast it is verified.

    python -m benchmarks.ledger [--sizes 1000 10000] [--large] [--postgres URL] [--only DATABASE] [--last 100] [--every]

The documents are synthetic and seeded: a mission's inbox of eight documents a day, ten claims each, over as many days as the
number of claims wanted takes (100,000 claims are three and a half years). Reading is not part of it; matching into incidents is.
At each size the last documents are entered as ever, one transaction each: half of them without matching (what the store alone
costs), half with. What comes before the neighbourhood of those is filled in quickly, many documents a transaction and without
matching; --every matches all. Then one more document is added by a process that knows nothing yet, as `truceline ingest ONE` does.
Milliseconds are medians of the wall clock, and in brackets the processor's. --large goes on to a million claims.
PostgreSQL is measured in a schema of its own, which is dropped; without --postgres (or TRUCELINE_TEST_POSTGRES) it is left out.
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
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, insert, text

from truceline.incidents.spans import REACH
from truceline.ledger import Evidence, Ledger, Wanted, log
from truceline.ledger.entries import Kind, Row, seal
from truceline.ledger.tables import entry
from truceline.model import Actor, Claim, Document, Modality, Place, Reading, Time, document_id

AGREEMENT = "nagorno-karabakh-2020"
PER_DAY, PER_DOCUMENT = 8, 10
FIRST = date(2020, 11, 11)
VERIFIED = 200_000
FILLED = 500
SIDES = {"armenia": "Northern ministry", "azerbaijan": "Eastern ministry"}
ACTS = ("shelling", "small_arms_fire", "ground_attack", "drone_strike", "seize", "wounding")
SYLLABLES = ("ar", "ban", "dor", "khal", "mur", "nas", "ol", "qar", "shen", "tal", "van", "zir")


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


@dataclass(frozen=True)
class Cost:
    """Milliseconds for each document: the median of the clock on the wall, its worst, the mean of the processor."""

    wall: float
    worst: float
    processor: float

    def __str__(self) -> str:
        return f"{self.wall:>7.1f} ({self.processor:>4.1f})"


def grow(where: str, sizes: list[int], *, last: int, every: bool) -> None:
    """Bring a ledger to each size and print what it costs there."""
    Ledger.create(where, agreement=AGREEMENT, who="benchmark").close()
    print(f"{'claims':>9} {'store alone':>14} {'matched':>14} {'worst':>6} {'fresh':>6} {'incidents':>9} "
          f"{'list ms':>8} {'search ms':>9} {'size MB':>8} {'memory MB':>9} {'verify/s':>9} {'filled in':>9}")  # fmt: skip
    done = 0
    for size in sizes:
        wanted = size // PER_DOCUMENT
        begun = time.perf_counter()
        if not every:
            done = _fill(where, done, wanted - last - 2 * REACH * PER_DAY)
        filled = time.perf_counter() - begun
        with Ledger.open(where, who="benchmark") as ledger:
            _enter(ledger, done, wanted - last // 2)
            matched = _enter(ledger, wanted - last // 2, wanted)
            listed, searched, number = _asked(ledger)
            store = _store_alone(where, wanted, last // 2)
            fresh = _fresh(where, wanted)
            begun = time.perf_counter()
            result = ledger.verify()
            rate = (result.entries + result.contents) / (time.perf_counter() - begun)
            assert result.fault is None
            megabytes = _megabytes(ledger)
        done = wanted + last // 2 + 1
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:>9,} {store!s:>14} {matched!s:>14} {matched.worst:>6.0f} {fresh:>6.0f} {number:>9,} {listed:>8.0f} "
              f"{searched:>9.0f} {megabytes:>8.0f} {memory:>9.0f} {rate:>9,.0f} {filled:>8.0f}s", flush=True)  # fmt: skip


def _fill(where: str, start: int, until: int) -> int:
    """Enter documents up to a number quickly: many a transaction, without matching; the number reached."""
    with Ledger.open(where, who="benchmark", matching=False) as ledger:
        for first in range(start, until, FILLED):
            with ledger._writing() as writer:
                for number in range(first, min(first + FILLED, until)):
                    ledger._add_to(writer, *one(number))
    return max(start, until)


def _enter(ledger: Ledger, start: int, until: int) -> Cost:
    """Enter documents one transaction each, and what each costs."""
    wall: list[float] = [0.0]
    processor = time.process_time()
    for number in range(start, until):
        evidence, reading = one(number)
        begun = time.perf_counter()
        ledger.add(evidence, reading)
        wall.append(1000 * (time.perf_counter() - begun))
    processor = 1000 * (time.process_time() - processor) / max(1, until - start)
    return Cost(statistics.median(wall), max(wall), processor)


def _store_alone(where: str, start: int, count: int) -> Cost:
    """What a document costs when it is not matched."""
    with Ledger.open(where, who="benchmark", matching=False) as ledger:
        return _enter(ledger, start + 1, start + 1 + count)


def _fresh(where: str, number: int) -> float:
    """Milliseconds to add one document to a ledger just opened."""
    evidence, reading = one(number)
    begun = time.perf_counter()
    with Ledger.open(where, who="benchmark") as ledger:
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
    parser.add_argument("--last", type=int, default=100)
    parser.add_argument("--every", action="store_true")
    args = parser.parse_args()
    sizes = sorted(args.sizes + ([1_000_000] if args.large else []))

    def growing(where: str) -> None:
        grow(where, sizes, last=args.last, every=args.every)

    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        for name, run in (("grow", growing), ("chain", chain)):
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
