"""What a bulletin tells: periods, values, rows of its table; each with the words that carry it."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from truceline.knowledge.bulletin_file import Kind
from truceline.model import Flag, Moment, Offset, Span


@dataclass(frozen=True, slots=True)
class Period:
    """What stretch of time a value is about.

    Attributes:
        day: The day it is filed under: that of its end for a period that ends at a clock time.
        start: Inclusive.
        end: Exclusive.
        by: The rule or the words it was told by.
    """

    day: date
    start: Moment
    end: Moment
    by: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of the bulletin: a place as it names it (never changed into another name), a party, a mark of time."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Value:
    """One thing told.

    Attributes:
        field: Id of the template's field.
        kind: What the number counts over; that of the field, or ``total`` where the text says so of a field without a total.
        figure: The number as written (38300 for "more than 38,300"); None for ``list`` and ``said``, and when unreadable.
        least: Least number it can stand for; None when the wording gives none.
        most: Greatest number it can stand for; None when the wording gives none.
        choice: Which of the field's choices was told.
        negated: The wording stands under a negation ("was not observed").
        since: What day a total counts from.
        side: The party that the sentence names, for fields that look for one; None also when it names none (flagged).
        mark: What says over which time a number counts ("since 14 November"); None where nothing does.
        span: Of the words it was read from, without the mark.
        number_span: Of the number.
        by: The wording that fitted and how the period was found.
    """

    field: str
    kind: Kind
    unit: str | None
    period: Period
    span: Span
    text: str
    figure: float | None = None
    least: float | None = None
    most: float | None = None
    number_span: Span | None = None
    choice: str | None = None
    negated: bool = False
    since: date | None = None
    mark: Quoted | None = None
    place: Quoted | None = None
    side: Quoted | None = None
    by: str = ""
    flags: tuple[Flag, ...] = ()

    def told(self) -> tuple[float | None, float | None, float | None, str | None, bool]:
        """What has to be the same for two values to agree."""
        return self.figure, self.least, self.most, self.choice, self.negated

    @property
    def uncertain(self) -> bool:
        """Whether the wording leaves a range open."""
        return self.figure is not None and (self.least != self.figure or self.most != self.figure)


@dataclass(frozen=True, slots=True)
class Sector:
    """Quoted something was, seen from an observer: a piece of a ring, not a point.

    Attributes:
        km: Least and greatest distance from the observer.
        bearings: Degrees clockwise from north, one per direction named.
    """

    text: str
    span: Span
    km: tuple[float, float] | None
    bearings: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon that a row names; ``assessed`` when the report says that it was inferred, not seen."""

    text: str
    span: Span
    kind: str | None
    assessed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of violations; ``observer`` is where the observer was, ``sector`` where the event was from there.

    Attributes:
        observer: The observer's place, with ``control`` of that place as the report says it.
        reference: Quoted the observer's place is ("57km north-east of Donetsk").
        region: The mission's region, if one is named.
        means: heard, saw, camera, …
        count: As written, with least and most.
        flight: Bearings that a projectile flew from and to.
    """

    span: Span
    text: str
    period: Period
    observation: str
    count: float | None
    least: float | None
    most: float | None
    observer: Quoted | None = None
    control: str | None = None
    reference: Offset | None = None
    region: Quoted | None = None
    interval: tuple[Moment, Moment] | None = None
    interval_text: str | None = None
    means: str | None = None
    description: tuple[str, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    sector: Sector | None = None
    flight: tuple[float, float] | None = None
    by: str = ""
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One bulletin, read.

    Attributes:
        document: Id of the document.
        template: Id of the template it was read with.
        periods: The periods it covers, in order.
    """

    document: str
    template: str
    title: str | None
    publisher: str | None
    published: Moment | None
    issued: date
    periods: tuple[Period, ...]
    values: tuple[Value, ...]
    rows: tuple[Row, ...]
    flags: tuple[Flag, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON values; moments as ISO 8601."""
        plain: dict[str, Any] = jsonable(asdict(self))
        return plain

    def of(self, field: str) -> tuple[Value, ...]:
        """The values of a field."""
        return tuple(value for value in self.values if value.field == field)


Scope = Literal["total", "period", "before", "since", "until", "day"]
"""What a mark in the text says of a number's period."""


def jsonable(value: Any) -> Any:
    """Dates as ISO 8601, tuples as lists, whole floats as integers."""
    if isinstance(value, dict):
        return {str(key): jsonable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
