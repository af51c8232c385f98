"""Whether the dates of an agreement's obligations can be: computed dates against their rules, order, circles."""

import calendar
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo

from truceline.knowledge.findings import Finding, Path
from truceline.knowledge.obligations import ComputedDate, Obligation, as_day


def later(day: date, years: int, months: int, days: int) -> date | None:
    """A date so much later (earlier when negative); the 31st falls back to a shorter month's last day.

    None where that leaves the calendar.
    """
    try:
        year, month = divmod((day.year + years) * 12 + day.month - 1 + months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None


def date_faults(
    obligations: Sequence[Obligation], effective: datetime, zone: tzinfo, *, elsewhere: frozenset[str] = frozenset()
) -> Iterator[Finding]:
    """What is wrong with the obligations' dates and the order they stand in.

    Args:
        obligations: Those of the file.
        effective: When the agreement took effect.
        zone: The clock of its area.
        elsewhere: Ids of further obligations, which may be named but say nothing here.
    """
    by_id = {obligation.id: obligation for obligation in obligations}
    begins = as_day(effective, zone)
    days = {obligation.id: as_day(obligation.due, zone) for obligation in obligations if obligation.due is not None}
    for i, obligation in enumerate(obligations):
        where = f"obligation {obligation.id}"
        at: Path = ("obligations", i)
        dues = [(("due",), obligation.due), *((("changes", j, "due"), c.due) for j, c in enumerate(obligation.changes))]
        for path, due in dues:
            if due is not None and as_day(due, zone) < begins:
                yield Finding((*at, *path), f"{where}: due {due} is before the agreement takes effect ({begins})")
        for j, other in enumerate(obligation.depends_on):
            if other not in by_id and other not in elsewhere:
                message = f"{where}: depends_on names {other!r}, which is no obligation of this file"
                yield Finding((*at, "depends_on", j), message)
        for path, wrong in _computed_faults(obligation, {**days, "effective": begins}, elsewhere):
            yield Finding((*at, *path), f"{where}: {wrong}")
    positions = {obligation.id: i for i, obligation in reversed(list(enumerate(obligations)))}
    for circle in circles({key: obligation.depends_on for key, obligation in by_id.items()}):
        message = f"obligation {circle[0]}: depends_on runs in a circle ({' → '.join((*circle, circle[0]))})"
        yield Finding(("obligations", positions[circle[0]], "depends_on"), message)


def _computed_faults(
    obligation: Obligation, known: dict[str, date], elsewhere: frozenset[str]
) -> Iterator[tuple[Path, str]]:
    if obligation.id in known:
        known["due"] = known[obligation.id]
    for i, computed in enumerate(obligation.computed):
        if computed.start in known:
            wrong = _against_rule(computed, known[computed.start])
        else:
            wrong = "" if computed.start in elsewhere else _NO_START.format(computed.start)
        if wrong:
            yield ("computed", i), f"computed date {computed.what!r} {wrong}"
        known[computed.what] = computed.on


_NO_START = "starts from {!r}, which has no date; use effective, due, an obligation's id or an earlier entry"


def _against_rule(computed: ComputedDate, start: date) -> str:
    given = later(start, computed.years, computed.months, computed.days)
    if given is None:
        return f"cannot be: its rule leaves the calendar from {start}"
    return "" if given == computed.on else f"is {computed.on}, but its rule gives {given}"


def circles(waits_for: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Things that wait for each other: each circle once, from the member met first, however long the chains are."""
    done: set[str] = set()
    for start in waits_for:
        path: dict[str, None] = {}  # in order, and quick to look into
        trail = [iter((start,))]
        while trail:
            current = next(trail[-1], None)
            if current is None:
                trail.pop()
                if path:
                    done.add(path.popitem()[0])
            elif current in path:
                members = list(path)
                yield tuple(members[members.index(current) :])
            elif current in waits_for and current not in done:
                path[current] = None
                trail.append(iter(waits_for[current]))
