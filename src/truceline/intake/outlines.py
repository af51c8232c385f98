"""Outlines of zones as they come in: GeoJSON (RFC 7946) checked to the letter where it matters, polygons and nothing else."""

import json
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from truceline.errors import InputError

LARGEST = 10_000_000
"""Bytes of a file; a coast line of a whole country at 10 m takes about one million."""
MOST_POINTS = 200_000
"""Corners of all rings together: comparing two such maps takes seconds, not minutes."""

_SHOWN = 3
_HALF_WAY = 180.0
# What RFC 7946 section 4 leaves of coordinate systems: longitude and latitude on WGS 84.
_PLAIN_SYSTEMS = ("crs84", "epsg:4326", "epsg::4326")

Point = tuple[float, float]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Polygon:
    """An outer ring and the holes in it; points are longitude and latitude, first and last the same."""

    outer: Ring
    holes: tuple[Ring, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """Where a zone lies: one polygon or more.

    Attributes:
        notes: What its features are called and described as, in the order of the file.
    """

    polygons: tuple[Polygon, ...]
    notes: tuple[str, ...] = ()

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        lons, lats = zip(*(point for polygon in self.polygons for point in polygon.outer), strict=True)
        return min(lons), min(lats), max(lons), max(lats)


def read_outline(content: bytes, name: str) -> Outline:
    """The outline that a GeoJSON file holds.

    Args:
        content: Its bytes.
        name: What it is called in messages.

    Raises:
        InputError: It is no GeoJSON, holds anything but polygons, or these are broken; tells the first faults in one line.
    """
    if len(content) > LARGEST:
        raise InputError(f"{name}: {len(content):,} bytes, more than {LARGEST:,}; simplify the outline")
    data = _parsed(content, name)
    _check_system(data, name)
    reader = _Reader()
    reader.read(data)
    if not reader.faults and not reader.polygons:
        reader.faults.append("it holds no polygon")
    if not reader.faults:
        reader.faults += _crossings(reader.polygons)
    if reader.faults:
        more = len(reader.faults) - _SHOWN
        told = "; ".join(reader.faults[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")
        raise InputError(f"{name}: {told}")
    return Outline(tuple(polygon for _, polygon in reader.polygons), tuple(reader.notes))


def _parsed(content: bytes, name: str) -> dict[str, Any]:
    def refuse(word: str) -> float:
        raise ValueError(f"{word} is no number of JSON")

    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=refuse)
    except UnicodeDecodeError as fault:
        raise InputError(f"{name}: not UTF-8 (byte {fault.start + 1}); GeoJSON is UTF-8 text") from fault
    except json.JSONDecodeError as fault:
        raise InputError(f"{name}: not JSON (line {fault.lineno}, column {fault.colno}: {fault.msg})") from fault
    except (ValueError, RecursionError) as fault:
        raise InputError(f"{name}: not JSON ({fault}); save it again as GeoJSON") from fault
    if not isinstance(data, dict) or "type" not in data:
        raise InputError(f"{name}: not GeoJSON: no object with a type; save it as a FeatureCollection of polygons")
    return data


def _check_system(data: dict[str, Any], name: str) -> None:
    """RFC 7946 has one coordinate system; a file that names another would be read as lying elsewhere."""
    system = data.get("crs")
    if system is None:
        return
    written = json.dumps(system, ensure_ascii=False).lower()
    if not any(plain in written for plain in _PLAIN_SYSTEMS):
        raise InputError(
            f"{name}: its crs is not longitude and latitude on WGS 84, the only one of RFC 7946; convert it"
        )


class _Reader:
    """Walks a GeoJSON object and keeps what is wrong beside what is right."""

    def __init__(self) -> None:
        self.polygons: list[tuple[str, Polygon]] = []
        self.notes: list[str] = []
        self.faults: list[str] = []
        self._points = 0

    def read(self, data: dict[str, Any]) -> None:
        """Take in a FeatureCollection, a Feature, or a geometry."""
        kind = data["type"]
        if kind == "FeatureCollection":
            features = data.get("features")
            if not isinstance(features, list):
                self.faults.append("a FeatureCollection without a list of features")
                return
            for number, feature in enumerate(features, start=1):
                self._feature(feature, f"feature {number}")
        elif kind == "Feature":
            self._feature(data, "the feature")
        else:
            self._geometry(data, "the geometry")

    def _feature(self, feature: Any, where: str) -> None:
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            self.faults.append(f"{where} is no Feature")
            return
        properties = feature.get("properties")
        if isinstance(properties, dict):
            self.notes += [text for key in ("name", "title", "note") if isinstance(text := properties.get(key), str)]
        self._geometry(feature.get("geometry"), where)

    def _geometry(self, geometry: Any, where: str) -> None:
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if kind not in {"Polygon", "MultiPolygon"}:
            told = f"a {kind}" if isinstance(kind, str) else "without a geometry"
            self.faults.append(f"{where} is {told}; only polygons are taken")
            return
        shapes = geometry.get("coordinates")
        shapes = [shapes] if kind == "Polygon" else shapes
        if not isinstance(shapes, list) or not shapes:
            self.faults.append(f"{where} has no coordinates")
            return
        for i, shape in enumerate(shapes, start=1):
            self._polygon(shape, where if len(shapes) == 1 else f"{where} polygon {i}")

    def _polygon(self, shape: Any, where: str) -> None:
        if not isinstance(shape, list) or not shape:
            self.faults.append(f"{where} has no ring")
            return
        rings = [self._ring(ring, f"{where} ring {i}") for i, ring in enumerate(shape, start=1)]
        if all(ring is not None for ring in rings):
            outer, *holes = (ring for ring in rings if ring is not None)
            self.polygons.append((where, Polygon(outer, tuple(holes))))

    def _ring(self, ring: Any, where: str) -> Ring | None:
        try:
            return self._checked(ring)
        except _Wrong as wrong:
            self.faults.append(f"{where} {wrong}")
            return None

    def _checked(self, ring: Any) -> Ring | None:
        if not isinstance(ring, list):
            raise _Wrong("is no list of points")
        before, self._points = self._points, self._points + len(ring)
        if self._points > MOST_POINTS:
            if before <= MOST_POINTS:
                raise _Wrong(f"goes beyond {MOST_POINTS:,} points; simplify the outline")
            return None
        made = tuple(_point(point, i) for i, point in enumerate(ring, start=1))
        if len(made) < 4:
            raise _Wrong(f"has {len(made)} points; a ring has four or more")
        if made[0] != made[-1]:
            raise _Wrong("is not closed; its last point must be its first")
        if any(abs(a[0] - b[0]) > _HALF_WAY for a, b in pairwise(made)):
            raise _Wrong("crosses the 180th meridian; cut it there into two polygons (RFC 7946, section 3.1.9)")
        return made


class _Wrong(Exception):  # noqa: N818 - not an error yet: faults are gathered and told together
    """What is wrong with a ring."""


def _point(point: Any, number: int) -> Point:
    """Longitude and latitude. A height is let go."""
    if not isinstance(point, list) or len(point) < 2:
        raise _Wrong(f"point {number} is no longitude and latitude")
    lon, lat = point[:2]
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in point):
        raise _Wrong(f"point {number} holds something that is no number")
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise _Wrong(f"point {number} holds a number without bounds")
    if abs(lat) > 90 or abs(lon) > _HALF_WAY:
        raise _Wrong(f"point {number} ({lon:g}, {lat:g}) is nowhere on Earth; longitude comes first, in degrees")
    return float(lon), float(lat)


def _crossings(polygons: list[tuple[str, Polygon]]) -> list[str]:
    """Polygons whose rings cross themselves or each other: their inside is nobody's guess."""
    try:
        import shapely
    except ModuleNotFoundError as fault:
        raise InputError("zones need shapely; pip install 'truceline[zones]'") from fault
    found = []
    for where, polygon in polygons:
        why = shapely.is_valid_reason(shapely.Polygon(polygon.outer, polygon.holes))
        if why != "Valid Geometry":
            found.append(f"{where}: its rings do not bound an area ({why.replace('[', ' at ').replace(']', '')})")
    return found
