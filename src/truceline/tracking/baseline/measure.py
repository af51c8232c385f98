"""The breach baseline: what is alleged since a day, by kind, gravity, place and party named, and how much could be seen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from truceline.model import Count
from truceline.tracking.record import Record
from truceline.tracking.statistics.bounds import Bounds, total
from truceline.tracking.statistics.breaches import MONITOR_SAYS, Breach, MonitorSays
from truceline.tracking.statistics.coverage import Coverage, Stretch, cover, each_day
from truceline.tracking.statistics.issues import Issue
from truceline.tracking.statistics.naming import NameRow, name_rows
from truceline.tracking.statistics.rules import Likeness, Standing, StatisticsRules

By = Literal["act", "place", "party", "severity"]
Word = Literal["more", "fewer", "similar", "unclear", "not_seen"]
"""How a period compares with the one before: also that bounds allow more than one answer, and that nothing was published then."""

NO_PLACE = ""
"""The place of an incident that none is told of."""


@dataclass(frozen=True, slots=True)
class Group:
    """Incidents of one kind, gravity or place."""

    key: str
    number: Bounds
    standing: Mapping[Standing, Bounds]
    first: Breach | None
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """A period beside the one of equal length before it. ``seen`` are days on which anything was published."""

    now: Stretch
    before: Stretch
    number: Bounds
    number_before: Bounds
    seen: int
    seen_before: int
    word: Word


@dataclass(frozen=True, slots=True)
class Quiet:
    """The longest run of days without an alleged breach, and what could be seen on them."""

    stretch: Stretch
    with_bulletin: int
    with_documents: int
    with_nothing: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is alleged in a period.

    Attributes:
        incidents: The breaches that lie or may lie in it.
        undated: Those of which no day is given; they are in the upper bounds only.
        named: Who is named as having begun, by whom.
        monitor: What the monitor says on who began, with the number of incidents.
        latest: The last seven days beside the seven before.
    """

    since: date
    until: date
    incidents: tuple[Breach, ...]
    number: Bounds
    standing: Mapping[Standing, Bounds]
    groups: Mapping[By, tuple[Group, ...]]
    named: tuple[NameRow, ...]
    monitor: Mapping[MonitorSays, int]
    first: Breach | None
    undated: tuple[str, ...]
    quiet: Quiet | None
    trend: Trend
    latest: Trend
    coverage: Coverage


def measure(
    everything: Sequence[Breach],
    record: Record,
    issues: Iterable[Issue],
    counts: Mapping[str, tuple[Count, ...]],
    rules: StatisticsRules,
    since: date,
    until: date,
) -> Baseline:
    """The baseline of a period.

    Args:
        everything: The breaches of the record, also those before the period.
        record: What is known.
        issues: The documents that came out, also before the period.
        counts: Counts of the claims on posts and patrols.
        rules: How to count.
        since: First day.
        until: Last day.
    """
    out = tuple(issues)
    found = tuple(one for one in everything if one.within(since, until))
    coverage = cover(record, out, counts, since, until)

    def group(key: Callable[[Breach], str], order: Sequence[str] = ()) -> tuple[Group, ...]:
        return _groups(found, key, order, since, until)

    def compare(now: Stretch) -> Trend:
        return _trend(everything, now, out, rules.trend)

    return Baseline(
        since=since,
        until=until,
        incidents=found,
        number=_number(found, since, until),
        standing=_standing(found, since, until),
        groups={
            "act": group(lambda one: one.incident.act),
            "place": group(lambda one: one.incident.place.name if one.incident.place else NO_PLACE),
            "severity": _by_severity(found, rules, since, until),
        },
        named=name_rows(found, record.agreement),
        monitor={says: sum(one.monitor == says for one in found) for says in MONITOR_SAYS},
        first=next((one for one in found if one.first is not None), None),
        undated=tuple(one.id for one in found if one.first is None),
        quiet=_quiet(found, coverage),
        trend=compare(Stretch(since, until)),
        latest=compare(Stretch(max(since, until - timedelta(days=6)), until)),
        coverage=coverage,
    )


def _number(found: Iterable[Breach], since: date, until: date) -> Bounds:
    return total(one.within(since, until) for one in found)


def _standing(found: Sequence[Breach], since: date, until: date) -> dict[Standing, Bounds]:
    names: tuple[Standing, ...] = ("alleged", "corroborated", "verified", "refuted")
    return {name: _number((one for one in found if one.standing == name), since, until) for name in names}


# ---- groups ----


def _groups(
    found: Sequence[Breach], key: Callable[[Breach], str], order: Sequence[str], since: date, until: date
) -> tuple[Group, ...]:
    """Groups by a key: in the order given, else the greatest first."""
    kinds: dict[str, list[Breach]] = {name: [] for name in order}
    for one in found:
        kinds.setdefault(key(one), []).append(one)
    made = [_group(name, members, since, until) for name, members in kinds.items()]
    return tuple(made if order else sorted(made, key=lambda g: (-(g.number.max or 0), g.key)))


def _group(key: str, members: Sequence[Breach], since: date, until: date) -> Group:
    return Group(
        key=key,
        number=_number(members, since, until),
        standing=_standing(members, since, until),
        first=next((one for one in members if one.first is not None), None),
        incidents=tuple(one.id for one in members),
    )


def _by_severity(found: Sequence[Breach], rules: StatisticsRules, since: date, until: date) -> tuple[Group, ...]:
    """By gravity, where versions differ: at least those that are of a level by all, at most those that are by any."""
    order = rules.levels
    made = []
    for level in order:
        may = [
            one
            for one in found
            if order.index(one.severity.least) <= order.index(level) <= order.index(one.severity.most)
        ]
        sure = [one for one in may if one.severity.least == one.severity.most]
        group = _group(level, may, since, until)
        number = Bounds(_number(sure, since, until).min, group.number.max)
        standing = {
            name: Bounds(_number((one for one in sure if one.standing == name), since, until).min, bounds.max)
            for name, bounds in group.standing.items()
        }
        made.append(Group(level, number, standing, group.first, group.incidents))
    return tuple(made)


# ---- time ----


def _quiet(found: Iterable[Breach], coverage: Coverage) -> Quiet | None:
    """The longest run of days on none of which a dated incident may have been."""
    loud = {
        day
        for one in found
        if one.first is not None and one.last is not None
        for day in each_day(max(one.first, coverage.since), min(one.last, coverage.until))
    }
    best: Stretch | None = None
    first: date | None = None
    for day in sorted(coverage.sights):
        if day in loud:
            first = None
            continue
        first = first or day
        if best is None or (day - first).days + 1 > best.days:
            best = Stretch(first, day)
    if best is None:
        return None
    return Quiet(
        best,
        with_bulletin=coverage.between(best.first, best.last, "bulletin"),
        with_documents=coverage.between(best.first, best.last, "quoted", "documents"),
        with_nothing=coverage.between(best.first, best.last, "nothing"),
    )


def _trend(everything: Sequence[Breach], now: Stretch, issues: Iterable[Issue], like: Likeness) -> Trend:
    length = timedelta(days=now.days)
    before = Stretch(now.first - length, now.first - timedelta(days=1))
    dated = [one for one in everything if one.first is not None]
    number, earlier = (_number(dated, stretch.first, stretch.last) for stretch in (now, before))
    days = {issue.day for issue in issues}
    seen, seen_before = (sum(s.first <= day <= s.last for day in days) for s in (now, before))
    word = "not_seen" if seen_before == 0 else compare(number, earlier, like)
    return Trend(now, before, number, earlier, seen, seen_before, word)


def compare(number: Bounds, earlier: Bounds, like: Likeness) -> Word:
    """How one number compares with an earlier one: in a word when all that the bounds allow comes to it."""
    if number.max is None or earlier.max is None:
        return "unclear"
    words = {_word(one, other, like) for one in (number.min, number.max) for other in (earlier.min, earlier.max)}
    return words.pop() if len(words) == 1 else "unclear"


def _word(number: int, earlier: int, like: Likeness) -> Word:
    if abs(number - earlier) <= max(like.incidents, like.share * max(number, earlier)):
        return "similar"
    return "more" if number > earlier else "fewer"
