"""The clock of an obligation: when it was due, to what it was moved and by whom, when it was met, and what follows from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from truceline.knowledge.obligations import Change, ComputedDate, Obligation, as_day
from truceline.model import Moment
from truceline.tracking.evidence import Evidence
from truceline.tracking.record import Told


@dataclass(frozen=True, slots=True)
class Extension:
    """A deadline that was moved.

    Attributes:
        start: What it was before.
        to: What it became; None where a text tells of an extension without its new date.
        by: Who moved it, in words.
        formal: Whether a document says so; None where only texts tell of it.
        counts: Whether the clock follows it: it does where the agreement's file has it, with its source.
        sources: Addresses of those who say so.
        claims: The claims that tell of it.
    """

    start: Moment | None
    to: Moment | None
    by: str | None
    formal: bool | None
    counts: bool
    sure: bool
    sources: tuple[str, ...]
    claims: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Computed:
    """A date that follows from others, with its rule in words."""

    what: str
    date: date
    rule: str


@dataclass(frozen=True, slots=True)
class Period:
    """A week of a standing duty: how many incidents and claims speak against it, and on how many days."""

    start: date
    end: date
    incidents: int
    claims: int
    days: int


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of one obligation on one day.

    Attributes:
        due: As it stands after what was moved by then.
        overdue_since: The day after it, where it passed unmet.
        met_on: The day it was met.
        met_by: The claim that gives that day.
        periods: Of a standing duty: its weeks.
    """

    due: Moment | None
    overdue_since: date | None
    met_on: date | None
    met_by: str | None
    extended: tuple[Extension, ...]
    computed: tuple[Computed, ...]
    periods: tuple[Period, ...]


def clock(
    obligation: Obligation,
    evidence: Sequence[Evidence],
    moves: Sequence[Told],
    day: date,
    zone: tzinfo,
    begins: date,
    met: Evidence | date | None,
) -> Clock:
    """The clock of an obligation on a day.

    Args:
        obligation: Which.
        evidence: All that bears on it.
        moves: The claims by which its date is moved.
        day: The day it is read on.
        zone: The clock of the agreement's area.
        begins: When the agreement took effect.
        met: What shows it done, if anything does; or the day from which a person holds it to be.
    """
    due = obligation.due_on(day)
    met_on = happened(met, zone) if isinstance(met, Evidence) else met
    standing = is_standing(obligation)
    passed = due is not None and not standing and as_day(due, zone) < day
    return Clock(
        due=due,
        overdue_since=as_day(due, zone) + timedelta(days=1) if passed and met is None and due is not None else None,
        met_on=met_on,
        met_by=met.told.claim if isinstance(met, Evidence) else None,
        extended=tuple(_extensions(obligation, moves, day, zone)),
        computed=tuple(Computed(one.what, one.on, _rule(one)) for one in obligation.computed),
        periods=tuple(_periods(evidence, begins, day)) if standing else (),
    )


def is_standing(obligation: Obligation) -> bool:
    """Whether it is kept all the time, rather than met once."""
    return obligation.continuous or obligation.kind in {"prohibition", "guarantee"}


def happened(one: Evidence, zone: tzinfo) -> date:
    """The day something happened on; the day it was published where nothing gives one."""
    return one.on or _published(one.told, zone)


def _published(told: Told, zone: tzinfo) -> date:
    assert told.published is not None, "what counts was published on some day"
    return as_day(told.published, zone)


def _extensions(obligation: Obligation, told: Sequence[Told], day: date, zone: tzinfo) -> Iterable[Extension]:
    moved = [c for c in obligation.changes if c.due is not None and (c.announced is None or c.announced <= day)]
    due = obligation.due
    for i, change in enumerate(moved):
        about = [one for one in told if _nearest(one, moved, zone) == i]
        yield Extension(due, change.due, change.by, change.formal, True, change.sure, change.source, tuple(about))
        due = change.due
    if told and not moved:
        yield _reported(due, told, zone)


def _nearest(told: Told, moved: Sequence[Change], zone: tzinfo) -> int:
    """The change a claim speaks of: the last announced before it was published."""
    out = _published(told, zone)
    before = [i for i, change in enumerate(moved) if change.announced is None or change.announced <= out]
    return before[-1] if before else 0


def _reported(due: Moment | None, told: Sequence[Told], zone: tzinfo) -> Extension:
    days = [as_day(end, zone) - timedelta(days=1) for one in told if (end := one.ends) is not None]
    later = [one for one in days if due is None or one > as_day(due, zone)]
    by = sorted({one.agent for one in told if one.agent})
    return Extension(due, max(later, default=None), ", ".join(by) or None, None, False, False, (), tuple(told))


def _rule(computed: ComputedDate) -> str:
    """ "five years after effective", as figures."""
    steps = ((computed.years, "year"), (computed.months, "month"), (computed.days, "day"))
    parts = [f"{'+' if n > 0 else '−'} {abs(n)} {unit}{'s' if abs(n) != 1 else ''}" for n, unit in steps if n]
    return " ".join([computed.start, *parts])


def _periods(evidence: Iterable[Evidence], begins: date, day: date) -> Iterable[Period]:
    """The weeks (from Monday) of a standing duty, each with what speaks against it."""
    against = [(one.on, one.told) for one in evidence if one.counts and one.side == "against" and one.on is not None]
    monday = begins - timedelta(days=begins.weekday())
    while monday <= day:
        last = monday + timedelta(days=6)
        within = [(on, told) for on, told in against if max(monday, begins) <= on <= min(last, day)]
        yield Period(
            start=max(monday, begins),
            end=min(last, day),
            incidents=len({told.incident or told.claim for _, told in within}),
            claims=len(within),
            days=len({on for on, _ in within}),
        )
        monday += timedelta(days=7)


def clock_to_dict(one: Clock, sources: Mapping[str, str]) -> dict[str, Any]:
    """As JSON values; ``sources`` gives the address of each source of the agreement's file."""
    return {
        "due": _iso(one.due),
        "overdue_since": _iso(one.overdue_since),
        "met_on": _iso(one.met_on),
        "met_by": one.met_by,
        "extended": [_extension(extension, sources) for extension in one.extended],
        "computed": [{"what": c.what, "date": c.date.isoformat(), "rule": c.rule} for c in one.computed],
        "periods": [
            {
                "from": p.start.isoformat(),
                "to": p.end.isoformat(),
                "incidents": p.incidents,
                "claims": p.claims,
                "days": p.days,
            }
            for p in one.periods
        ],
    }


def _extension(one: Extension, sources: Mapping[str, str]) -> dict[str, Any]:
    first = one.claims[0] if one.claims else None
    return {
        "from": _iso(one.start),
        "to": _iso(one.to),
        "by": one.by,
        "formal": one.formal,
        "counts": one.counts,
        "sure": one.sure,
        "sources": [sources.get(key, key) for key in one.sources],
        "span": list(first.span) if first else None,
        "document": first.document if first else None,
        "claims": [told.claim for told in one.claims],
    }


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
