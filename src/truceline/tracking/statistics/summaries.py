"""Summaries ("12 violations overnight"): what a voice counts beyond the incidents it tells one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select

from truceline.knowledge import Agreement
from truceline.knowledge.obligations import as_day
from truceline.ledger import View, tables
from truceline.ledger.history import at
from truceline.model import IncidentTime, parse_moment
from truceline.tracking.record import published_by
from truceline.tracking.statistics.bounds import NONE, Bounds, hull, total
from truceline.tracking.statistics.breaches import Breach, days_of

_ASSERTED = "asserted"


@dataclass(frozen=True, slots=True)
class Summary:
    """That a voice counts so many incidents on these days; ``contains`` are those that are known one by one."""

    claim: str
    voice: str
    first: date
    last: date
    number: Bounds
    contains: tuple[str, ...]


def summaries_of(view: View, agreement: Agreement, day: date) -> tuple[Summary, ...]:
    """The summaries in documents published up to a day that say of which days they are."""
    aggregate, claim, document, bearing = tables.aggregate, tables.claim, tables.document, tables.bearing
    number = view.number
    query = (
        select(aggregate, claim.c.modality, document.c.published, bearing.c.voice)
        .join(claim, and_(claim.c.id == aggregate.c.claim, *at(claim, number)))
        .join(document, and_(document.c.id == claim.c.document, *at(document, number)))
        .join(bearing, and_(bearing.c.claim == aggregate.c.claim, *at(bearing, number)))
        .where(*at(aggregate, number), claim.c.modality == _ASSERTED, aggregate.c.starts.is_not(None))
    )
    contained = _contained(view)
    found = []
    for row in view.connection.execute(query.order_by(aggregate.c.claim)):
        start, end, published = (parse_moment(value) for value in (row.starts, row.ends, row.published))
        if not (isinstance(start, date) and isinstance(end, date) and isinstance(published, date)):
            continue
        days = days_of(IncidentTime(start, end, 1), agreement.zone)
        if days is None or not published_by(published, day, agreement.zone):
            continue
        bounds = Bounds(row.least or 0, row.most)
        last = min(days[1], as_day(published, agreement.zone))  # nobody counts what is yet to come
        found.append(Summary(row.claim, row.voice, days[0], max(days[0], last), bounds, contained.get(row.claim, ())))
    return tuple(found)


def _contained(view: View) -> dict[str, tuple[str, ...]]:
    table = tables.contained
    query = (
        select(table.c.claim, table.c.incident).where(*at(table, view.number)).order_by(table.c.claim, table.c.incident)
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in view.connection.execute(query):
        found[row.claim] = (*found.get(row.claim, ()), row.incident)
    return found


def as_counted(voice: str, own: Sequence[Breach], summaries: Iterable[Summary], since: date, until: date) -> Bounds:
    """How many incidents a voice counts in a period: those it asserts one by one, and what its summaries count beyond them.

    Summaries whose days overlap may count the same incidents; of them only the least and the greatest number hold. One that
    reaches beyond the period adds to the upper bound alone.
    """
    said = [one for one in summaries if one.voice == voice and one.first <= until and one.last >= since]
    parts, inside = [], set[str]()
    for group in _overlapping(said):
        first, last = min(one.first for one in group), max(one.last for one in group)
        counted = hull(one.number for one in group) or NONE
        told = [one for one in own if one.first is not None and first <= one.first and (one.last or first) <= last]
        inside |= {one.id for one in told}
        part = _together(counted, total(one.within(since, until) for one in told))
        whole = since <= first and last <= until
        parts.append(part if whole else Bounds(total(one.within(since, until) for one in told).min, part.max))
    return total([*parts, *(one.within(since, until) for one in own if one.id not in inside)])


def _together(counted: Bounds, told: Bounds) -> Bounds:
    """A summary's number holds what is told one by one; where that is more, both hold as bounds."""
    if counted.max is None or (told.max is not None and told.max <= counted.max):
        return Bounds(max(counted.min, told.min), counted.max)
    return counted | told


def _overlapping(summaries: Iterable[Summary]) -> list[list[Summary]]:
    groups: list[list[Summary]] = []
    for one in sorted(summaries, key=lambda one: (one.first, one.last, one.claim)):
        if groups and one.first <= max(other.last for other in groups[-1]):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups
