"""The whole-text cases as typed values: reads tests/cases/*.yaml, says what is wrong in one (see cases/README.md)."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator

from truceline.model import Modality, Span

FOLDER = Path(__file__).parent / "cases"
FLOORS = FOLDER / "floors.yaml"

SALT = "truceline-cases-14"
"""The seed of the draw: a case is held back when the hash of seed and name falls on one of three."""

JUDGED = ("speakers", "modality", "act", "agent", "patient", "when", "place", "counts")
"""The fields a case may expect; one that is left out of a claim is not judged there."""


@cache
def vocabulary() -> frozenset[str]:
    """The acts as the design has them, kept here too so that the cases stay independent of the code they judge."""
    return frozenset((FOLDER / "vocabulary.txt").read_text("utf-8").split())


def _texts(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _iso(value: object) -> object:
    """YAML reads a bare day as a date and a bare year as a number."""
    return str(value) if isinstance(value, int | date) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_texts)]
"""One string or a list of them, any of which will do."""

Interval = Annotated[str, BeforeValidator(_iso)]
"""``2021``, ``2021-03``, ``2021-03-14``, ``2021-03-14/2021-03-16`` (both in) or ``2021-03-14/`` (end not judged)."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class ExpectedCount(_Strict):
    """How many of what; ``max: null`` means that no upper bound is given, and a bound left out is not judged."""

    what: str
    min: int | None = None
    max: int | None = None
    around: int | None = None

    def fits(self, what: str, least: int | None, most: int | None) -> bool:
        """Whether a count read from the text is this one; ``around`` asks only that its range holds the number."""
        if what != self.what:
            return False
        if self.around is not None:
            return (least or most) is not None and (least or 0) <= self.around <= (
                self.around if most is None else most
            )
        return ("min" not in self.model_fields_set or least == self.min) and (
            "max" not in self.model_fields_set or most == self.max
        )


class ExpectedClaim(_Strict):
    """One claim a careful reader takes from the text; ``model_fields_set`` says which fields are judged."""

    words: Texts
    speakers: tuple[str, ...] = ()
    modality: str = "asserted"
    act: str | None = None
    agent: str | None = None
    patient: str | None = None
    when: Interval | None = None
    place: str | None = None
    counts: tuple[ExpectedCount, ...] = ()

    def judges(self, field: str) -> bool:
        """Whether the case says anything of this field."""
        return field in self.model_fields_set


class Forbidden(_Strict):
    """What must not be read: a claim that fits everything said here is a fault."""

    words: str | None = None
    act: str | None = None
    modality: Modality | None = None
    speaker: str | None = None
    agent: str | None = None
    count: int | None = None
    why: str = ""


class Case(_Strict):
    """One text with the claims expected of it."""

    name: str
    conflict: str
    kind: Literal["wire", "statement", "bulletin", "headlines", "interview", "communique", "garbled", "report"]
    agreement: str | None
    published: date | None
    publisher: str | None
    held: bool
    text: str
    claims: tuple[ExpectedClaim, ...]
    not_claims: tuple[Forbidden, ...] = ()
    either: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _fits_its_text(self) -> "Case":
        faults = [*self._lost_words(), *self._lost_values()]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _lost_words(self) -> Iterator[str]:
        anchors = [words for claim in self.claims for words in claim.words]
        for words in [*anchors, *self.either, *(item.words for item in self.not_claims if item.words)]:
            found = self.text.count(words)
            if found != 1:
                yield f"{words!r} occurs {found} times in the text: give words that occur once"

    def _lost_values(self) -> Iterator[str]:
        for claim in self.claims:
            if not claim.judges("act") or not claim.judges("modality") or not claim.judges("speakers"):
                yield f"{claim.words[0]!r}: speakers, modality and act are always said"
            for act in claim.act.split("|") if claim.act else ():
                if act not in vocabulary():
                    yield f"{claim.words[0]!r}: no act {act!r} in the vocabulary"
            for modality in claim.modality.split("|"):
                if modality not in list(Modality):
                    yield f"{claim.words[0]!r}: no modality {modality!r}"
            for value in (*claim.speakers, claim.agent, claim.patient, claim.place):
                missing = [one for one in (value or "").removeprefix("?").split("|") if one not in self.text]
                if value and missing:
                    yield f"{claim.words[0]!r}: {missing[0]!r} does not occur in the text"
            if claim.when is not None:
                first_and_last(claim.when)

    def spans(self, words: str) -> Span:
        """Where ``words`` stand; they occur once."""
        start = self.text.index(words)
        return start, start + len(words)


def first_and_last(interval: str) -> tuple[date, date | None]:
    """The first and the last day of an interval, both inside it; None where the end is not judged."""
    if interval.endswith("/"):
        return first_and_last(interval[:-1])[0], None
    if "/" in interval:
        start, end = interval.split("/")
        return first_and_last(start)[0], first_and_last(end)[1]
    parts = [int(part) for part in interval.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        year, month = parts
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), following - timedelta(days=1)
    return date(*parts), date(*parts)


def is_held(name: str) -> bool:
    """Whether the draw puts this case aside for judging."""
    return int(hashlib.sha256(f"{SALT}:{name}".encode()).hexdigest(), 16) % 3 == 0


def load_case(path: Path) -> Case:
    """Read one case; a fault names the file and what is wrong in it."""
    data: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    try:
        return Case(name=path.stem, **data)
    except (TypeError, ValidationError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def load_cases(folder: Path = FOLDER) -> list[Case]:
    """All cases, by name."""
    return [load_case(path) for path in sorted(folder.glob("*.yaml")) if path.name != FLOORS.name]
