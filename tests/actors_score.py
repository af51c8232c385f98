"""The table of noun phrases and who they stand for, and how well a reading tells them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from truceline.model import Actor, Reading

TABLE = Path(__file__).with_name("actors_table.yaml")
FIELDS = ("id", "party", "role", "country", "sector")
AMBIGUOUS = "ambiguous"
HELD = 3  # every third row of a conflict
Measured = dict[str, dict[str, Counter[str]]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    conflict: str
    agreement: str | None
    published: str
    text: str
    word: str
    expected: tuple[str, ...]
    held: bool

    @property
    def at(self) -> int:
        """Where the word stands in the text."""
        word, _, number = self.word.partition("#")
        start = -1
        for _ in range(int(number or 1)):
            start = self.text.index(word, start + 1)
        return start


def rows() -> Iterator[Row]:
    """The rows of the table."""
    for conflict, part in yaml.safe_load(TABLE.read_text(encoding="utf-8")).items():
        for number, (text, word, expected) in enumerate(part["rows"], start=1):
            held = number % HELD == 0
            yield Row(
                conflict,
                part.get("agreement"),
                str(part["published"]),
                text,
                word,
                tuple(expected.split()),
                held,
            )


def found(reading: Reading, row: Row) -> tuple[str, ...]:
    """What the reading says of the phrase that holds the word: the innermost actor around it."""
    around = [actor for actor in reading.actors if actor.span[0] <= row.at < actor.span[1]]
    if not around:
        return ("-",) * len(FIELDS)
    actor = min(around, key=lambda actor: actor.span[1] - actor.span[0])
    flags = {flag.kind for flag in reading.flags if flag.span == actor.span}
    return (AMBIGUOUS if actor.actor is None and "ambiguous_name" in flags else actor.actor or "-", *_rest(actor))


def _rest(actor: Actor) -> tuple[str, ...]:
    return tuple(value or "-" for value in (actor.party, actor.role, actor.country, actor.sector))


def measure(*, errors: bool = False) -> Measured:
    """Hits, found and expected values by half and field; with ``errors`` those outside the held third are printed."""
    from truceline import Reader

    readers: dict[str | None, Reader] = {}
    counts: Measured = {half: {field: Counter() for field in (*FIELDS, "row")} for half in ("dev", "held")}
    for row in rows():
        reader = readers.setdefault(row.agreement, Reader(row.agreement))
        got = found(reader.read(row.text, published=row.published), row)
        tally = counts["held" if row.held else "dev"]
        for field, wanted, value in zip(FIELDS, row.expected, got, strict=True):
            tally[field].update(hit=wanted == value != "-", found=value != "-", expected=wanted != "-")
        tally["row"].update(hit=got == row.expected, expected=1)
        if errors and got != row.expected and not row.held:
            print(
                f"{row.conflict}: {row.text} [{row.word}]\n   wanted {' '.join(row.expected)}\n   found  {' '.join(got)}"
            )
    return counts
