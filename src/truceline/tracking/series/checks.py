"""What does not fit in a run of bulletins. A flag is a question for a person, never a correction."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise

from truceline.knowledge.bulletins import BulletinField, Template
from truceline.model import Span
from truceline.tracking.series.build import Entry, Point, SeriesFlag, days_of, is_absence, published
from truceline.tracking.series.values import Bulletin, Quoted, Value

_ONE_DAY = timedelta(days=1)
_ROUNDING_ERROR = 1e-6
# "37,700" may be rounded to the hundred, "710" is hardly rounded to the ten.
_FEWEST_ZEROS = 2
# "100" is hardly rounded to the hundred: what is rounded is rounded by little.
_COARSEST = 0.01


def check(bulletins: Sequence[Bulletin], points: Sequence[Point], template: Template) -> tuple[SeriesFlag, ...]:
    """All that should be looked at, by day."""
    found = [
        *_missing_days(bulletins),
        *_duplicates(bulletins),
        *_overlaps(bulletins),
        *_revisions(points),
        *_absences(points, template),
        *_contradicted(points, template),
    ]
    for field in template.fields:
        runs = _runs(point for point in points if point.field == field.id)
        for run in runs:
            found += _falls(field, run)
            found += _jumps(field, run)
            if field.total_of is not None:
                found += _differences(field, run, points)
        found += _gaps(field, points, bulletins)
    return tuple(sorted(found, key=lambda flag: (flag.day, flag.kind, flag.field or "", flag.place or "")))


def _runs(points: Iterable[Point]) -> list[list[Point]]:
    """Numeric points of one place (and one beginning) that follow each other."""
    runs: dict[tuple[str, str, str], list[Point]] = {}
    for point in points:
        if point.current.figure is not None:
            since = point.current.since.isoformat() if point.current.since else ""
            runs.setdefault(((point.place or "").casefold(), point.kind, since), []).append(point)
    return [sorted(run, key=lambda point: point.day) for run in runs.values()]


def _missing_days(bulletins: Sequence[Bulletin]) -> Iterator[SeriesFlag]:
    covered = {period.day for bulletin in bulletins for period in bulletin.periods}
    for day in days_of(bulletins):
        if day not in covered:
            yield SeriesFlag("missing_day", None, None, day, "no bulletin covers this day")


def _duplicates(bulletins: Sequence[Bulletin]) -> Iterator[SeriesFlag]:
    for one, other in combinations(bulletins, 2):
        if one.issued != other.issued or _told(one) != _told(other) or not one.values:
            continue
        why = f"{_name(other)} tells the same as {_name(one)}, value by value; it counts as one"
        yield SeriesFlag(
            "duplicate", None, None, other.periods[-1].day, why, (one.document, other.document), (None, None)
        )


def _told(bulletin: Bulletin) -> frozenset[tuple[object, ...]]:
    return frozenset((v.field, v.kind, v.period.day, _place(v.place), *v.told()) for v in bulletin.values)


def _overlaps(bulletins: Sequence[Bulletin]) -> Iterator[SeriesFlag]:
    for one, other in combinations(bulletins, 2):
        for a in one.periods:
            for b in other.periods:
                same = (a.start, a.end) == (b.start, b.end)
                if type(a.start) is type(b.start) and a.start < b.end and b.start < a.end and not same:
                    why = f"{_name(other)} is on {b.start} to {b.end}, {_name(one)} on {a.start} to {a.end}; some is counted twice"
                    yield SeriesFlag("overlap", None, None, b.day, why, (one.document, other.document), (None, None))


def _revisions(points: Iterable[Point]) -> Iterator[SeriesFlag]:
    for point in points:
        if point.revised:
            told = "; ".join(f"{figure(e.value)} in {_name(e.bulletin)}{_which(e, point)}" for e in point.entries)
            why = f"told differently: {told}; all are kept, {_chosen(point)}"
            yield _flag("revised", point, why, point.entries)
        for entry in point.entries:
            if entry.late:
                why = f"{figure(entry.value)} was told in {_name(entry.bulletin)}, after the next period's bulletin was due or out"
                yield _flag("late", point, why, [entry])


def _which(entry: Entry, point: Point) -> str:
    """What tells bulletins of one day apart."""
    same = [e for e in point.entries if _name(e.bulletin) == _name(entry.bulletin)]
    return f" ({entry.bulletin.document.removeprefix('sha256:')[:8]})" if len(same) > 1 else ""


def _chosen(point: Point) -> str:
    newest = [e for e in point.entries if published(e.bulletin) == published(point.entries[-1].bulletin)]
    if len({e.value.told() for e in newest}) > 1:
        return "and as they came out at the same time, neither is the newer; the last is shown"
    return "the newest is shown"


def _absences(points: Iterable[Point], template: Template) -> Iterator[SeriesFlag]:
    for point in points:
        if is_absence(template.field(point.field), point.current) and not point.coverage:
            why = f"{figure(point.current)}, and the bulletin does not say how much could be seen"
            yield _flag("no_coverage", point, why, point.entries[-1:])


def _contradicted(points: Sequence[Point], template: Template) -> Iterator[SeriesFlag]:
    """ "Observed along the whole line" and a violation on the same day."""
    absent = [
        p for p in points if not template.field(p.field).numeric and is_absence(template.field(p.field), p.current)
    ]
    seen = [p for p in points if template.field(p.field).absence and (p.current.figure or 0) > 0]
    for one in absent:
        for other in seen:
            if one.day == other.day and (one.place is None or one.place == other.place):
                why = f"“{_short(one.current.text)}” and “{_short(other.current.text)}” are told of one day"
                yield _flag("contradicts", other, why, [one.entries[-1], other.entries[-1]])


def _falls(field: BulletinField, run: Sequence[Point]) -> Iterator[SeriesFlag]:
    if not field.monotone:
        return
    for before, after in pairwise(run):
        most, least = after.current.most, before.current.least
        if most is not None and least is not None and most < least - _ROUNDING_ERROR:
            why = (
                f"{figure(after.current)} {_day(after.day)} after {figure(before.current)} {_day(before.day)}: "
                f"a {'total' if field.kind == 'total' else 'number that cannot fall'} that falls by {_plain(least - most)}"
            )
            yield _flag("falls", after, why, [before.entries[-1], after.entries[-1]])


def _jumps(field: BulletinField, run: Sequence[Point]) -> Iterator[SeriesFlag]:
    if field.step is None:
        return
    for before, after in pairwise(run):
        low, high = before.current.figure, after.current.figure
        if low is not None and high is not None and abs(high - low) > field.step:
            why = f"from {_plain(low)} {_day(before.day)} to {_plain(high)}: more than {_plain(field.step)} at once"
            yield _flag("jump", after, why, [before.entries[-1], after.entries[-1]])


def _differences(field: BulletinField, run: Sequence[Point], points: Sequence[Point]) -> Iterator[SeriesFlag]:
    daily = {
        p.day: p for p in points if p.field == field.total_of and p.kind == "daily" and p.current.figure is not None
    }
    for before, after in pairwise(run):
        days = [before.day + timedelta(days=n) for n in range(1, (after.day - before.day).days + 1)]
        known = [daily[day] for day in days if day in daily]
        if not known or after.current.figure is None or before.current.figure is None:
            continue
        least, most = _grown(before.current, after.current)
        low = sum(p.current.least or 0 for p in known)
        high = _sum(p.current.most for p in known) if len(known) == len(days) else None
        slack = _slack(before.current) + _slack(after.current) + _ROUNDING_ERROR
        if (most is not None and low > most + slack) or (
            high is not None and least is not None and high < least - slack
        ):
            told = f"{'day tells' if len(days) == 1 else 'days tell'} {' + '.join(figure(p.current) for p in known)}"
            why = (
                f"{figure(after.current)} less {figure(before.current)} {_day(before.day)} is "
                f"{_plain(after.current.figure - before.current.figure)}, and the {told}"
            )
            yield _flag(
                "difference", after, why, [before.entries[-1], *(p.entries[-1] for p in known), after.entries[-1]]
            )


def _grown(before: Value, after: Value) -> tuple[float | None, float | None]:
    least = None if after.least is None or before.most is None else after.least - before.most
    most = None if after.most is None or before.least is None else after.most - before.least
    return least, most


def _slack(value: Value) -> float:
    """Half the unit that a round number may be rounded to; none where the wording says itself how open the number is."""
    if value.figure is None or value.uncertain or value.figure != int(value.figure) or value.figure == 0:
        return 0
    digits = str(int(value.figure))
    zeros = len(digits) - len(digits.rstrip("0"))
    half = 10**zeros / 2
    return half if zeros >= _FEWEST_ZEROS and half <= _COARSEST * value.figure else 0


def _sum(values: Iterable[float | None]) -> float | None:
    total = 0.0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _gaps(field: BulletinField, points: Sequence[Point], bulletins: Sequence[Bulletin]) -> Iterator[SeriesFlag]:
    """A number that the bulletins before and after have, and most have, but one lacks."""
    if not field.numeric or field.by_place:
        return
    telling = {entry.bulletin.document for p in points if p.field == field.id for entry in p.entries}
    days = sorted({bulletin.periods[-1].day for bulletin in bulletins})
    on = {day: [bulletin for bulletin in bulletins if bulletin.periods[-1].day == day] for day in days}
    told = [any(bulletin.document in telling for bulletin in on[day]) for day in days]
    if 2 * sum(told) <= len(told):
        return
    for i in range(1, len(days) - 1):
        if not told[i] and any(told[:i]) and any(told[i + 1 :]):
            silent = on[days[i]]
            why = f"{_name(silent[0])} does not tell it; bulletins before and after do"
            yield SeriesFlag(
                "gap", field.id, None, days[i], why, tuple(b.document for b in silent), (None,) * len(silent)
            )


def _flag(kind: str, point: Point, why: str, entries: Iterable[Entry]) -> SeriesFlag:
    seen = list(entries)
    spans: tuple[Span | None, ...] = tuple(entry.value.number_span or entry.value.span for entry in seen)
    return SeriesFlag(kind, point.field, point.place, point.day, why, tuple(e.bulletin.document for e in seen), spans)


def figure(value: Value) -> str:
    """A value in a few letters: ``38,300+`` for "more than 38,300", ``about 120`` for a range, the choice of a list."""
    if value.figure is None:
        told = (value.choice or value.field).replace("_", " ")
        return f"not {told}" if value.negated else told if value.kind in {"list", "said"} else "unreadable"
    plain = _plain(value.figure)
    if value.most is None:
        return f"{plain}+"
    if value.least is None:
        return f"up to {plain}"
    return f"about {plain}" if value.least != value.most else plain


def _plain(number: float) -> str:
    return f"{number:,.0f}" if abs(number - round(number)) < _ROUNDING_ERROR else f"{number:,.10g}"


def _name(bulletin: Bulletin) -> str:
    return f"the bulletin of {published(bulletin).date().isoformat()}"


def _day(day: date) -> str:
    return f"on {day.isoformat()}"


def _place(where: Quoted | None) -> str | None:
    return where.text.casefold() if where else None


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"
