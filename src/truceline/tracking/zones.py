"""Zone maps as evidence: each revision stands, and what changed from one to the next is an event that places can be asked about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from truceline.errors import LedgerError
from truceline.knowledge.gazetteer import Gazetteer
from truceline.knowledge.gazetteer.rows import Box
from truceline.knowledge.obligations import as_day
from truceline.ledger import View, tables
from truceline.ledger.history import at
from truceline.ledger.zones import zone_outline, zone_rows
from truceline.model import Moment, parse_moment
from truceline.tracking.control_lines import instant
from truceline.tracking.zones_geometry import area_km2, box_of, covers, shape_of, without

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class Revision:
    """One map of a zone, as its publisher drew it.

    Attributes:
        entry: The entry it came into the ledger with.
        box: West, south, east, north, in degrees.
        shape: The ground it covers.
    """

    zone: str
    publisher: str
    published: Moment
    entry: int
    name: str
    url: str | None
    who: str
    content: str
    km2: float
    box: tuple[float, float, float, float]
    polygons: int
    notes: tuple[str, ...]
    shape: "BaseGeometry"


@dataclass(frozen=True, slots=True)
class ZonePlace:
    """A place with a point of its own; ``in_record`` is whether a claim or an incident of the ledger names it."""

    id: str | None
    name: str
    kind: str | None
    lat: float
    lon: float
    in_record: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one map to another.

    Attributes:
        gained_km2, lost_km2: Ground that only the later, only the earlier map has.
        moved_in, moved_out: Places that only the later, only the earlier map has inside; those of the record first.
    """

    before: Revision
    after: Revision
    gained_km2: float
    lost_km2: float
    moved_in: tuple[ZonePlace, ...]
    moved_out: tuple[ZonePlace, ...]


@dataclass(frozen=True, slots=True)
class ZoneEvent:
    """What a map's publication was for one point: ``change`` is ``first``, ``in``, ``out`` or ``same``."""

    revision: Revision
    inside: bool
    change: str


def revisions(view: View, zone: str | None = None, *, day: date | None = None, clock: tzinfo) -> list[Revision]:
    """The maps that are known: by zone, publisher and publication.

    Args:
        view: The snapshot.
        zone: Only those of this zone.
        day: Only those published up to this day.
        clock: The clock that days are told by.

    Raises:
        LedgerError: There is no zone of this name, or none of its maps was published yet.
    """
    found = [_revision(view, row) for row in zone_rows(view, zone)]
    found.sort(key=lambda one: (one.zone, one.publisher, instant(one.published, clock), one.entry))
    out = [one for one in found if day is None or as_day(one.published, clock) <= day]
    if zone is not None and not out:
        raise LedgerError(
            f"zone {zone}: its first map is of {min(str(one.published) for one in found)}; ask of a later day"
        )
    return out


def series(found: Sequence[Revision], publisher: str | None = None) -> list[Revision]:
    """The maps of one publisher, in the order of publication.

    Raises:
        LedgerError: Nobody of this name published one, or several did and none is named.
    """
    names = sorted({one.publisher for one in found})
    wanted = [name for name in names if publisher is None or publisher.casefold() in name.casefold()]
    if len(wanted) == 1:
        return [one for one in found if one.publisher == wanted[0]]
    what = "nobody of this name published a map" if not wanted else "several published maps"
    raise LedgerError(f"zone {found[0].zone}: {what}; name one with --publisher: {', '.join(names)}")


def pick(found: Sequence[Revision], which: str, clock: tzinfo) -> Revision:
    """The map that was the newest at the end of a day, or the one of an entry's number.

    Raises:
        LedgerError: There is none.
    """
    which = which.strip()
    if which.lstrip("#").isdecimal():
        chosen = next((one for one in found if one.entry == int(which.lstrip("#"))), None)
    else:
        try:
            day = date.fromisoformat(which)
        except ValueError as fault:
            raise LedgerError(f"{which}: no such day; write 2020-12-31, or an entry's number") from fault
        chosen = next((one for one in reversed(found) if as_day(one.published, clock) <= day), None)
    if chosen is None:
        known = ", ".join(f"{str(one.published)[:10]} (entry {one.entry})" for one in found)
        raise LedgerError(f"zone {found[0].zone}: no map at {which}; there are {known}")
    return chosen


def compare(view: View, before: Revision, after: Revision, gazetteer: Gazetteer) -> Comparison:
    """What changed from one map to another, on the ground and for the places there are.

    Args:
        view: The snapshot, for the places its record names.
        before: The earlier map.
        after: The later one.
        gazetteer: All places, the agreement's own among them.
    """
    gained, lost = without(after.shape, before.shape), without(before.shape, after.shape)
    known = known_places(view, gazetteer, [box for shape in (gained, lost) if (box := box_of(shape)) is not None])
    points = [(place.lon, place.lat) for place in known]
    was, is_ = covers(before.shape, points), covers(after.shape, points)
    return Comparison(
        before=before,
        after=after,
        gained_km2=area_km2(gained),
        lost_km2=area_km2(lost),
        moved_in=tuple(place for place, old, new in zip(known, was, is_, strict=True) if new and not old),
        moved_out=tuple(place for place, old, new in zip(known, was, is_, strict=True) if old and not new),
    )


def events_at(found: Iterable[Revision], lat: float, lon: float) -> list[ZoneEvent]:
    """What each map's publication was for a point, by zone and publisher."""
    made: list[ZoneEvent] = []
    for one in found:
        inside = covers(one.shape, [(lon, lat)])[0]
        last = made[-1] if made else None
        same_series = last is not None and (last.revision.zone, last.revision.publisher) == (one.zone, one.publisher)
        change = (
            "first"
            if last is None or not same_series
            else "same"
            if last.inside == inside
            else "in"
            if inside
            else "out"
        )
        made.append(ZoneEvent(one, inside, change))
    return made


def places_inside(view: View, revision: Revision) -> list[ZonePlace]:
    """The places of the record that lie in a zone, by name."""
    known = _recorded(view)
    inside = covers(revision.shape, [(place.lon, place.lat) for place in known])
    return [place for place, is_in in zip(known, inside, strict=True) if is_in]


def known_places(
    view: View, gazetteer: Gazetteer, boxes: Sequence[tuple[float, float, float, float]]
) -> list[ZonePlace]:
    """The places in these boxes that the gazetteer or the record has a point for; those of the record first, then by name."""
    recorded = {place.id or place.name: place for place in _recorded(view)}
    found = dict(recorded)
    for west, south, east, north in boxes:
        for row in gazetteer.within(Box(west, south, east, north)):
            if row.lat is not None and row.lon is not None and not row.inherited:
                found.setdefault(row.id, ZonePlace(row.id, row.name, row.kind, row.lat, row.lon, in_record=False))
    return sorted(found.values(), key=lambda place: (not place.in_record, place.name.casefold(), place.id or ""))


def _recorded(view: View) -> list[ZonePlace]:
    """The places of claims and of incidents that have a point, by name."""
    claim, incident = tables.claim, tables.incident
    told = select(claim.c.place_id, claim.c.place, claim.c.lat, claim.c.lon).where(claim.c.lat.is_not(None))
    met = select(incident.c.place, incident.c.lat, incident.c.lon).where(incident.c.lat.is_not(None))
    found: dict[str, ZonePlace] = {}
    for key, name, lat, lon in view.connection.execute(told.where(*at(claim, view.number)).distinct()):
        found.setdefault(key or name, ZonePlace(key, name, None, lat, lon, in_record=True))
    points = {(place.lat, place.lon) for place in found.values()}
    for name, lat, lon in view.connection.execute(met.where(*at(incident, view.number)).distinct()):
        if (lat, lon) not in points:
            found.setdefault(name, ZonePlace(None, name, None, lat, lon, in_record=True))
    return sorted(found.values(), key=lambda place: (place.name.casefold(), place.id or ""))


def _revision(view: View, row: dict[str, Any]) -> Revision:
    outline = zone_outline(view, row)
    shape = shape_of(outline)
    published = parse_moment(row["published"])
    assert isinstance(published, date)
    return Revision(
        **{name: row[name] for name in ("zone", "publisher", "name", "url", "who", "content")},
        published=published,
        entry=row["opened"],
        km2=area_km2(shape),
        box=outline.box,
        polygons=len(outline.polygons),
        notes=outline.notes,
        shape=shape,
    )
