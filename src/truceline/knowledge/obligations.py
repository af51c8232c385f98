"""What an agreement promises, as its file states it: obligations, their dates, and what bears on them."""

import calendar
from datetime import date, datetime, timedelta, tzinfo
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from truceline.knowledge.citing import Citation
from truceline.knowledge.loading import Entry
from truceline.model import Moment

Kind = Literal["prohibition", "delivery", "guarantee", "institution", "condition"]
"""Not to do; to do by a time; to keep up; to set up; something that holds only if something else does."""


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]

Progress = Literal["begun", "partly", "done"]
"""How far something brings an obligation: taken up, carried out in part, carried out."""


class Tie(Entry):
    """Which claims bear on an obligation: one of ``acts``, by whom, to whom, where, and on which side of the due date.

    ``by`` and ``to`` name parties, roles or ``obligor``; empty means anyone. ``where`` are names of places; empty means
    anywhere in the agreement's area. ``shows``: how far the obligation is carried out if such a claim holds; where it is
    missing, the obligation's kind decides.
    """

    acts: Names
    by: Names = ()
    to: Names = ()
    where: Names = ()
    when: Literal["any", "before_due", "after_due"] = "any"
    shows: Progress | None = None
    note: str | None = None


class ComputedDate(Entry):
    """A date that follows from ``effective``, ``due``, another obligation's due date, or an earlier ``what``."""

    what: str
    start: str = Field(alias="from")
    years: int = 0
    months: int = 0
    days: int = 0
    on: date = Field(alias="date")


class Change(Entry):
    """A date that was moved, or a duty that was altered, after the text: by whom, and whether a document says so."""

    what: str
    due: Moment | None = None
    by: str
    formal: bool
    announced: date | None = None
    sure: bool = True
    source: Citation = ()


class Variant(Entry):
    """Words in which one version of the text differs, where the difference matters; in our words."""

    version: str
    says: str
    sure: bool = True
    source: Citation = ()


class TextVersion(Entry):
    """One published version of the text: its name, language, the day it came out, and the party or actor behind it."""

    version: str
    language: str = Field(pattern=r"^[a-z]{2,3}$")
    published: date | None = None
    by: str | None = None
    sure: bool = True
    source: Citation = ()


class Obligation(Entry):
    """One obligation. ``obligor`` is empty where the text names nobody; ``due`` is missing where it sets no date.

    ``theme`` groups obligations of a kind over agreements, as the provisions of the Peace Accords Matrix do.
    """

    id: str
    article: str
    says: str
    kind: Kind
    theme: str | None = None
    obligor: Names = ()
    implied: Names = ()
    continuous: bool = False
    due: Moment | None = None
    parameters: dict[str, int | float | str] = Field(default_factory=dict)
    computed: tuple[ComputedDate, ...] = ()
    depends_on: Names = ()
    variants: tuple[Variant, ...] = ()
    changes: tuple[Change, ...] = ()
    questioned_by: tuple[Tie, ...] = ()
    served_by: tuple[Tie, ...] = ()
    evidence: str | None = None
    note: str | None = None
    sure: bool = True
    source: Citation = ()

    def due_on(self, day: date | None = None) -> Moment | None:
        """The due date, with the changes announced by ``day`` (all of them when None)."""
        due = self.due
        for change in self.changes:
            if change.due is not None and (day is None or change.announced is None or change.announced <= day):
                due = change.due
        return due


def as_day(moment: Moment, zone: tzinfo) -> date:
    """The day of a moment by the clock of the agreement's area."""
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment


def later(day: date, years: int, months: int, days: int) -> date:
    """A date so much later (earlier when negative); the 31st falls back to a shorter month's last day."""
    count = (day.year + years) * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + timedelta(days=days)


def faults(obligations: tuple[Obligation, ...], effective: datetime, zone: tzinfo) -> list[str]:
    """What is wrong with the obligations' dates and the order they stand in, one line each."""
    by_id = {obligation.id: obligation for obligation in obligations}
    effective_day = as_day(effective, zone)
    days = {obligation.id: as_day(obligation.due, zone) for obligation in obligations if obligation.due is not None}
    found = []
    for obligation in obligations:
        where = f"obligation {obligation.id}"
        moments = (moment for moment in (obligation.due, *(change.due for change in obligation.changes)) if moment)
        early = (moment for moment in moments if as_day(moment, zone) < effective_day)
        found += [f"{where}: due {moment} is before the agreement takes effect ({effective_day})" for moment in early]
        unknown = (other for other in obligation.depends_on if other not in by_id)
        found += [f"{where}: depends_on names {other!r}, which is no obligation of this file" for other in unknown]
        found += _computed_faults(obligation, days, effective_day)
    return found + _cycles(by_id)


def _computed_faults(obligation: Obligation, days: dict[str, date], effective: date) -> list[str]:
    known = {**days, "effective": effective}
    if obligation.id in days:
        known["due"] = days[obligation.id]
    found = []
    for computed in obligation.computed:
        where = f"obligation {obligation.id}: computed date {computed.what!r}"
        if computed.start not in known:
            known_starts = "effective, due, an obligation's id or an earlier entry"
            found.append(f"{where} starts from {computed.start!r}, which has no date; use {known_starts}")
            continue
        expected = later(known[computed.start], computed.years, computed.months, computed.days)
        if expected != computed.on:
            found.append(f"{where} is {computed.on}, but its rule gives {expected}")
        known[computed.what] = computed.on
    return found


def _cycles(by_id: dict[str, Obligation]) -> list[str]:
    """Obligations that wait for each other: the first circle found."""
    done: set[str] = set()

    def circle(current: str, path: tuple[str, ...]) -> tuple[str, ...]:
        if current in path:
            return (*path[path.index(current) :], current)
        if current in done or current not in by_id:
            return ()
        found = next(filter(None, (circle(other, (*path, current)) for other in by_id[current].depends_on)), ())
        done.add(current)
        return found

    found = next(filter(None, (circle(start, ()) for start in by_id)), ())
    return [f"obligation {found[0]}: depends_on runs in a circle ({' → '.join(found)})"] if found else []
