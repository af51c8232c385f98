"""How much could be seen: days with a monitor's bulletin, with any document, with none; posts, patrols, refused access.

"No incident" on a day on which nobody published says nothing; so every count goes with this.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from truceline.incidents.voices import MONITOR
from truceline.knowledge.obligations import as_day
from truceline.model import Count
from truceline.tracking.record import Record, Told
from truceline.tracking.statistics.bounds import Bounds
from truceline.tracking.statistics.issues import Issue

Sight = Literal["bulletin", "quoted", "documents", "nothing"]
"""What a day had: a bulletin of the monitor; others who pass on what the monitor says; other documents; none at all."""

POSTS, PATROLS, REFUSED = "observation_post", "patrol", "access_denied"
COUNTED = frozenset({POSTS, PATROLS, REFUSED})
"""Acts whose claims are needed."""

_COUNTS = {POSTS: "posts", PATROLS: "patrols"}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sighting:
    """Posts or patrols as somebody reports them on a day; ``number`` None where none is given."""

    what: str
    day: date
    voice: str
    number: Bounds | None
    claim: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A claim that somebody was refused access: by whom as far as said, by whose word, or its denial."""

    day: date
    by: str | None
    to: str | None
    place: str | None
    voice: str
    denied: bool
    claim: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that follow each other, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Coverage:
    """What could be seen from a day to another, both included.

    Attributes:
        sights: What each day had.
        documents: How many came out in the period.
        unseen: The longest stretch without a bulletin of the monitor.
    """

    since: date
    until: date
    sights: Mapping[date, Sight]
    documents: int
    bulletins: int
    posts: tuple[Sighting, ...]
    patrols: tuple[Sighting, ...]
    refusals: tuple[Refusal, ...]
    unseen: Stretch | None

    def days(self, *sights: Sight) -> int:
        """How many days had any of these; all days when none is named."""
        return sum(not sights or sight in sights for sight in self.sights.values())

    def between(self, since: date, until: date, *sights: Sight) -> int:
        """How many days of a part of the period had any of these."""
        days = each_day(max(since, self.since), min(until, self.until))
        return sum(self.sights[day] in sights for day in days)


def cover(
    record: Record, issues: Iterable[Issue], counts: Mapping[str, tuple[Count, ...]], since: date, until: date
) -> Coverage:
    """What could be seen in a period.

    Args:
        record: What is told.
        issues: The documents that came out.
        counts: The counts of claims on posts and patrols, by claim.
        since: First day.
        until: Last day.
    """
    within = [issue for issue in issues if since <= issue.day <= until]
    told = [one for one in record.told if since <= _published(one, record) <= until]
    sights = _sights(within, told, record, since, until)
    return Coverage(
        since=since,
        until=until,
        sights=sights,
        documents=len(within),
        bulletins=sum(issue.by_monitor for issue in within),
        posts=tuple(_sightings(told, POSTS, counts, record)),
        patrols=tuple(_sightings(told, PATROLS, counts, record)),
        refusals=tuple(_refusals(told, record)),
        unseen=longest(sights, lambda sight: sight != "bulletin"),
    )


def longest(sights: Mapping[date, Sight], holds: Callable[[Sight], bool]) -> Stretch | None:
    """The longest stretch of days for which something holds; the earliest of equally long ones."""
    found: Stretch | None = None
    first: date | None = None
    for day in sorted(sights):
        if not holds(sights[day]):
            first = None
            continue
        first = first or day
        if found is None or (day - first).days + 1 > found.days:
            found = Stretch(first, day)
    return found


def each_day(since: date, until: date) -> Iterable[date]:
    """The days of a period, both ends included."""
    return (since + n * _DAY for n in range((until - since).days + 1))


def _sights(issues: list[Issue], told: list[Told], record: Record, since: date, until: date) -> dict[date, Sight]:
    bulletins = {issue.day for issue in issues if issue.by_monitor}
    quoted = {_published(one, record) for one in told if one.voice == MONITOR}
    others = {issue.day for issue in issues}
    found: dict[date, Sight] = {}
    for day in each_day(since, until):
        found[day] = (
            "bulletin"
            if day in bulletins
            else "quoted"
            if day in quoted
            else "documents"
            if day in others
            else "nothing"
        )
    return found


def _sightings(
    told: Iterable[Told], act: str, counts: Mapping[str, tuple[Count, ...]], record: Record
) -> Iterable[Sighting]:
    for one in told:
        if one.act != act or one.modality != "asserted":
            continue
        counted = [count for count in counts.get(one.claim, ()) if count.what == _COUNTS[act]]
        numbers: list[Bounds | None] = [Bounds(count.min or 0, count.max) for count in counted]
        for number in numbers or [None]:
            yield Sighting(act, _published(one, record), one.voice, number, one.claim)


def _refusals(told: Iterable[Told], record: Record) -> Iterable[Refusal]:
    for one in told:
        if one.act == REFUSED and one.modality in {"asserted", "denied"} and not one.background:
            denied = one.modality == "denied"
            day = one.day(record.zone) or _published(one, record)
            yield Refusal(day, one.agent_party, one.patient_party, one.place, one.voice, denied, one.claim)


def _published(told: Told, record: Record) -> date:
    return as_day(told.published, record.zone) if told.published is not None else record.day
