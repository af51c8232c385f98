"""What expressions are resolved against: publication, the clock's zone, and what the text has named before."""

from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from truceline.grounding.times.calendar import Interval
from truceline.grounding.times.vocabulary import TimeWords


class Unlikely(Exception):  # noqa: N818  # control flow inside this package, never seen outside
    """The context speaks against the expression being a time at all."""


class Impossible(Exception):  # noqa: N818  # as above
    """No such day exists."""


@dataclass(slots=True)
class Context:
    """What relative expressions count from; ``last`` and ``last_day`` move with the text."""

    words: TimeWords
    published: date | None
    published_at: datetime | None
    zone: tzinfo | None
    text_zone: tzinfo | None = None  # "all times in EET": of the clock times that name none
    last: Interval | None = None
    last_day: Interval | None = None
    last_week: Interval | None = None  # or anything shorter
    dated: date | None = None  # the last date given in full, for texts without a publication time
    notes: list[str] = field(default_factory=list)
