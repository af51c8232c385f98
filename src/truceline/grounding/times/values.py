"""What an expression means before it is put on the calendar: plain values, no dates yet."""

from dataclasses import dataclass
from typing import Literal

from truceline.grounding.times.vocabulary import Phase

Unit = Literal["minute", "hour", "day", "weekend", "week", "fortnight", "month", "quarter", "year", "decade", "century"]

Anchor = Literal["published", "text"]
"""What a relative expression counts from: publication, or the last time the text named."""

Which = Literal[-1, 0, 1]
"""last, this, next."""


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units from an anchor: "yesterday", "last week", "two days earlier", "that year"."""

    unit: Unit
    count: int
    anchor: Anchor = "published"
    phase: Phase | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """A day, month or year by name, as far as it is given: "Friday, Dec. 11", "last October", "1994".

    ``year`` may be a number or, as in "October last year", a shift of years.
    """

    year: int | Shift | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    which: Which | None = None
    phase: Phase | None = None


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """A numeric date that is one day if the day stands first and another if the month does."""

    day_first: Calendar
    month_first: Calendar


@dataclass(frozen=True, slots=True)
class Years:
    """A run of years with bounds of their own: decades and centuries; ``stop`` is excluded."""

    start: int
    stop: int
    phase: Phase | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of units that ends or begins at an anchor: "the past 24 hours", "within three days", "recent weeks"."""

    unit: Unit
    count: int | None
    direction: Literal["back", "on", "within", "in"]


@dataclass(frozen=True, slots=True)
class Weekend:
    """Saturday and Sunday."""

    which: Which | None = None


@dataclass(frozen=True, slots=True)
class Season:
    """Three months, by the first of them."""

    month: int
    year: int | Shift | None = None
    which: Which | None = None
    phase: Phase | None = None


@dataclass(frozen=True, slots=True)
class Portion:
    """A numbered part of a longer unit: quarters and halves of years, halves and weeks of months; -1 is the last."""

    unit: Literal["quarter", "half", "week"]
    ordinal: int
    year: int | Shift | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Holiday:
    """A named feast."""

    name: str
    year: int | Shift | None = None
    which: Which | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: minutes after midnight, and the zone the text names (None: that of the text's place)."""

    minute: int
    zone: str | int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day, by its name in the vocabulary."""

    name: str


@dataclass(frozen=True, slots=True)
class Hours:
    """A number of hours that some clock time ends: "the 24 hours to 08:00"."""

    count: int
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class Exact:
    """A full ISO 8601 time stamp."""

    stamp: str


@dataclass(frozen=True, slots=True)
class OfDay:
    """A clock time, a run of clock times or a part of the day, on a day; without one it is looked for in the text."""

    time: "Clock | Part | Hours | Range"
    day: "Value | None" = None


@dataclass(frozen=True, slots=True)
class From:
    """Counted from a day that the expression itself names: "the day after 10 November", "the week of 6 March"."""

    base: "Value"
    unit: Unit
    count: int


@dataclass(frozen=True, slots=True)
class FromEvent:
    """Counted from something that happened: "two days after the attack"."""

    unit: Unit
    count: int


@dataclass(frozen=True, slots=True)
class Range:
    """From the start of one to the end of the other."""

    first: "Value"
    last: "Value"


Value = (
    Calendar
    | Clock
    | Exact
    | From
    | FromEvent
    | Holiday
    | Hours
    | OfDay
    | Part
    | Portion
    | Range
    | Season
    | Shift
    | Stretch
    | TwoReadings
    | Weekend
    | Years
)
"""Anything an expression of time can mean."""
