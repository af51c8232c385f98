"""What a gazetteer holds: places, their sources, and the region a reader cares about."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place as the sources know it.

    Attributes:
        id: Stable id with its authority, e.g. ``geonames:148105``.
        names: All other names, in any script.
        kind: A key of ``kinds.yaml``.
        country: ISO 3166-1 alpha-3 as the source has it; empty when it has none.
        admin1: GeoNames code of the first-order division, e.g. ``US.OH``; empty when unknown.
        parent: Id of the place it lies in, where the source says so.
        sources: Names of the sources that hold it, newest first.
        date: Date of the newest of them.
        key: ``name`` in its look-up form.
        inherited: The point is that of the parent, since no source gives the place's own.
    """

    id: str
    name: str
    names: tuple[str, ...] = field(repr=False)
    lat: float | None
    lon: float | None
    kind: str
    country: str
    admin1: str = ""
    parent: str = ""
    population: int = 0
    sources: tuple[str, ...] = ()
    date: str = ""
    key: str = ""
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class PlaceSource:
    """Where rows come from; ``added`` tells files of the user from what ships."""

    name: str
    title: str
    date: str
    licence: str
    rows: int
    added: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A bounding box in degrees."""

    west: float
    south: float
    east: float
    north: float

    def __contains__(self, point: object) -> bool:
        if not isinstance(point, tuple) or None in point:
            return False
        lat, lon = map(float, point)
        across = self.west <= lon <= self.east if self.west <= self.east else lon >= self.west or lon <= self.east
        return self.south <= lat <= self.north and across


@dataclass(frozen=True, slots=True)
class Region:
    """Where an agreement applies: what is looked for first, and the only place where garbled names are matched.

    Attributes:
        boxes: Bounding boxes; any of them.
        countries: ISO 3166-1 codes (alpha-2 or alpha-3) the agreement concerns.
        supplements: Names of sources all of whose rows belong to the region, with or without coordinates.
        places: The agreement's own places.
    """

    boxes: tuple[Box, ...] = ()
    countries: tuple[str, ...] = ()
    supplements: tuple[str, ...] = ()
    places: tuple[PlaceRow, ...] = ()

    def holds(self, row: PlaceRow) -> bool:
        """Whether a place lies in the region proper."""
        return (
            any((row.lat, row.lon) in box for box in self.boxes)
            or not set(row.sources).isdisjoint(self.supplements)
            or any(own.id == row.id for own in self.places)
        )


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def united(rows: Iterable[PlaceRow]) -> PlaceRow:
    """Rows of one id from several sources as one: values of the newest, names and sources of all."""
    newest, *older = sorted(rows, key=lambda row: (row.date, row.sources), reverse=True)
    if not older:
        return newest
    names = dict.fromkeys(name for row in (newest, *older) for name in (row.name, *row.names) if name != newest.name)
    sources = dict.fromkeys(source for row in (newest, *older) for source in row.sources)
    located = next((row for row in (newest, *older) if row.lat is not None), newest)
    return replace(
        newest,
        names=tuple(names),
        sources=tuple(sources),
        lat=located.lat,
        lon=located.lon,
        population=max(row.population for row in (newest, *older)),
        country=_first(row.country for row in (newest, *older)),
        admin1=_first(row.admin1 for row in (newest, *older)),
        parent=_first(row.parent for row in (newest, *older)),
    )
