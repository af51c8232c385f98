"""The run of a mission's bulletins as series: every value kept, the newest named, and what does not fit flagged."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from truceline.knowledge.bulletin_file import Kind
from truceline.knowledge.bulletins import BulletinField, Template
from truceline.model import Moment, Span
from truceline.tracking.series.values import Bulletin, Value, jsonable

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A value with the bulletin it stands in.

    Attributes:
        late: A bulletin on a later period was out before this one, or this one is on a later period and the first to tell it.
    """

    bulletin: Bulletin
    value: Value
    late: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """What is told of one thing for one day (and place): every value, the newest last.

    Attributes:
        entries: In the order of publication.
        revised: Whether they differ.
        coverage: For an absence (a zero, "observed along the whole line"): the values that say how much could be seen.
    """

    field: str
    kind: Kind
    unit: str | None
    place: str | None
    day: date
    entries: tuple[Entry, ...]
    coverage: tuple[Value, ...] = ()

    @property
    def current(self) -> Value:
        """The newest value."""
        return self.entries[-1].value

    @property
    def revised(self) -> bool:
        """Whether two bulletins tell it differently."""
        return len({entry.value.told() for entry in self.entries}) > 1

    @property
    def late(self) -> bool:
        """Whether all of its values came late."""
        return all(entry.late for entry in self.entries)


@dataclass(frozen=True, slots=True)
class SeriesFlag:
    """Something in the run of bulletins that a person should look at.

    Attributes:
        kind: ``falls``, ``difference``, ``jump``, ``revised``, ``late``, ``missing_day``, ``gap``, ``duplicate``, ``overlap``,
            ``no_coverage``, ``contradicts``.
        documents: Ids of the bulletins it is seen in.
        spans: Quoted in them, one for each document, None where it is not about certain words.
    """

    kind: str
    field: str | None
    place: str | None
    day: date
    why: str
    documents: tuple[str, ...] = ()
    spans: tuple[Span | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """All that a run of bulletins tells.

    Attributes:
        bulletins: In the order of publication; one that came twice stands once.
        points: By field, place and day.
        flags: In the order of days.
    """

    template: Template
    bulletins: tuple[Bulletin, ...]
    points: tuple[Point, ...]
    flags: tuple[SeriesFlag, ...]

    @staticmethod
    def build(bulletins: Iterable[Bulletin], template: Template) -> "Series":
        """Put bulletins together, in whatever order they come."""
        from truceline.tracking.series.checks import check

        ordered = sorted({b.document: b for b in bulletins}.values(), key=lambda b: (published(b), b.document))
        points = _points(ordered, template)
        return Series(template, tuple(ordered), points, check(ordered, points, template))

    def of(self, field: str, place: str | None = None) -> tuple[Point, ...]:
        """The points of a field, by day; only of one place when it is given."""
        return tuple(p for p in self.points if p.field == field and (place is None or p.place == place))

    def only(self, fields: Sequence[str] = (), place: str | None = None) -> "Series":
        """The series of some fields (all when none is named), of places whose name has this part; flags with them."""
        part = (place or "").casefold()

        def kept(field: str | None, where: str | None) -> bool:
            wanted = not fields or field in fields or field is None
            return wanted and (not part or (where is not None and part in where.casefold()))

        return replace(
            self,
            points=tuple(p for p in self.points if kept(p.field, p.place)),
            flags=tuple(f for f in self.flags if kept(f.field, f.place)),
        )

    @property
    def days(self) -> tuple[date, ...]:
        """The days from the first period to the last."""
        return days_of(self.bulletins)

    def to_dict(self) -> dict[str, Any]:
        """JSON values: bulletins, fields with their points, flags."""
        plain: dict[str, Any] = jsonable(
            {
                "template": self.template.id,
                "title": self.template.title,
                "bulletins": [_summary(bulletin) for bulletin in self.bulletins],
                "series": [
                    _field_dict(field, self.of(field.id)) for field in self.template.fields if self.of(field.id)
                ],
                "flags": [asdict(flag) for flag in self.flags],
            }
        )
        return plain


def published(bulletin: Bulletin) -> datetime:
    """When a bulletin came out, to order by; a bare day counts from its beginning, in UTC."""
    moment: Moment = bulletin.published or bulletin.issued
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time.min)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def days_of(bulletins: Sequence[Bulletin]) -> tuple[date, ...]:
    """Every day from the first period covered to the last."""
    covered = [period.day for bulletin in bulletins for period in bulletin.periods]
    if not covered:
        return ()
    first, last = min(covered), max(covered)
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


_Key = tuple[int, str, str, date, str]


def _points(bulletins: Sequence[Bulletin], template: Template) -> tuple[Point, ...]:
    order = {field.id: i for i, field in enumerate(template.fields)}
    grouped: dict[_Key, list[tuple[Bulletin, Value]]] = {}
    for bulletin in bulletins:
        for value in _best_of(bulletin.values, template):
            grouped.setdefault(_key(value, order), []).append((bulletin, value))
    return tuple(_point(grouped[key], bulletins, template) for key in sorted(grouped))


def _key(value: Value, order: dict[str, int]) -> _Key:
    place = value.place.text.casefold() if value.place else ""
    return order[value.field], value.kind, place, value.period.day, value.choice or ""


def _best_of(values: Iterable[Value], template: Template) -> list[Value]:
    """The values of one bulletin, what is told alike once; where it tells two numbers of one thing both, the first one last.

    A number that is denied ("592, not 529"), or one that cannot be read, gives way to one that can.
    """
    order = {field.id: i for i, field in enumerate(template.fields)}
    kept: dict[_Key, list[Value]] = {}
    for value in values:
        key = _key(value, order)
        same = kept.setdefault(key, [])
        if not any(other.told() == value.told() for other in same):
            same.insert(0, value)
    found = []
    for same in kept.values():
        good = [value for value in same if value.figure is not None and not value.negated]
        found += good or same
    return found


def _point(pairs: list[tuple[Bulletin, Value]], bulletins: Sequence[Bulletin], template: Template) -> Point:
    entries: list[Entry] = []
    for bulletin, value in pairs:
        entries.append(Entry(bulletin, value, _is_late(bulletin, value, bulletins, first=not entries)))
    bulletin, value = pairs[-1]
    field = template.field(value.field)
    return Point(
        field=value.field,
        kind=value.kind,
        unit=value.unit,
        place=value.place.text if value.place else None,
        day=value.period.day,
        entries=tuple(entries),
        coverage=_coverage(bulletin, value, field, template),
    )


def _is_late(bulletin: Bulletin, value: Value, bulletins: Sequence[Bulletin], *, first: bool) -> bool:
    day = value.period.day
    if value.kind == "level" or bulletin.periods[-1].day <= day:
        own = True
    else:
        own = any(period.day == day for period in bulletin.periods)
    if not own:
        return first
    out = published(bulletin)
    return any(published(other) < out and other.periods[-1].day > day for other in bulletins)


def is_absence(field: BulletinField, value: Value) -> bool:
    """Whether a value says that something was not seen."""
    return field.absence and (value.figure == 0 if field.numeric else not value.negated)


def _coverage(bulletin: Bulletin, value: Value, field: BulletinField, template: Template) -> tuple[Value, ...]:
    if not is_absence(field, value):
        return ()
    telling = {other.id for other in template.fields if other.coverage}
    return tuple(other for other in bulletin.values if other.field in telling)


def _summary(bulletin: Bulletin) -> dict[str, Any]:
    return {
        "document": bulletin.document,
        "title": bulletin.title,
        "publisher": bulletin.publisher,
        "published": bulletin.published,
        "issued": bulletin.issued,
        "periods": [asdict(period) for period in bulletin.periods],
        "values": len(bulletin.values),
        "rows": [asdict(row) for row in bulletin.rows],
    }


def _field_dict(field: BulletinField, points: Sequence[Point]) -> dict[str, Any]:
    return {
        "field": field.id,
        "what": field.what,
        "kind": field.kind,
        "unit": field.unit,
        "total_of": field.total_of,
        "points": [_point_dict(point) for point in points],
    }


def _point_dict(point: Point) -> dict[str, Any]:
    current = point.current
    return {
        "day": point.day,
        "kind": point.kind,
        "place": point.place,
        "figure": current.figure,
        "least": current.least,
        "most": current.most,
        "choice": current.choice,
        "negated": current.negated,
        "since": current.since,
        "revised": point.revised,
        "late": point.late,
        "values": [
            {"document": e.bulletin.document, "published": e.bulletin.published, "late": e.late, **asdict(e.value)}
            for e in point.entries
        ],
        "coverage": [{"field": v.field, "text": v.text, "span": v.span, "figure": v.figure} for v in point.coverage],
    }
