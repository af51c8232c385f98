"""Reading GeoJSON: points as they are, areas at their middle."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from truceline.errors import KnowledgeError
from truceline.knowledge.gazetteer.files import row_of
from truceline.knowledge.gazetteer.kinds import kind_called, load_kinds
from truceline.knowledge.gazetteer.rows import PlaceRow
from truceline.knowledge.loading import Source

_AREAS = frozenset({"Polygon", "MultiPolygon"})
Ring = Sequence[Sequence[float]]


def read_geojson(path: Source, text: str) -> Iterator[PlaceRow]:
    """The places of a FeatureCollection; an area without a point of its own stands at the middle of its largest ring.

    Raises:
        KnowledgeError: It is no GeoJSON, or a feature has neither a name nor a point or area.
    """
    try:
        data = json.loads(text)
        features = data["features"] if data.get("type") == "FeatureCollection" else [data]
        entries = [(feature.get("geometry") or {}, feature.get("properties") or {}, feature) for feature in features]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        why = str(fault) or type(fault).__name__
        raise KnowledgeError(
            f"{path}: not GeoJSON ({why}); a FeatureCollection of points or areas is wanted"
        ) from fault
    for number, (geometry, properties, feature) in enumerate(entries, start=1):
        where = f"feature {number}"
        values = _values({"id": feature.get("id"), **properties})
        try:
            lon, lat = _middle(geometry)
        except (KeyError, IndexError, TypeError, ValueError) as fault:
            raise KnowledgeError(f"{path} {where}: its {geometry.get('type')} has no coordinates; mend it") from fault
        except _NoPointError as fault:
            raise KnowledgeError(f"{path} {where}: a {fault}; only points and areas are taken") from fault
        if geometry.get("type") in _AREAS:  # who made the map may have put the area's label elsewhere
            values.setdefault("lat", str(lat))
            values.setdefault("lon", str(lon))
            values["kind"] = kind_called(values.get("kind", "")) or "area"
        else:
            values |= {"lat": str(lat), "lon": str(lon)}
        yield row_of(path, where, number, values)


class _NoPointError(Exception):
    """A geometry that is neither point nor area."""


def _values(properties: Mapping[str, Any]) -> dict[str, str]:
    """Properties by the column each fills; of several for one column the first counts."""
    values: dict[str, str] = {}
    for key, value in properties.items():
        if (column := load_kinds().columns.get(key.lower())) and value is not None and value != "":
            values.setdefault(column, "|".join(map(str, value)) if isinstance(value, list) else str(value))
    return values


def _middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """Longitude and latitude of a point, or of the middle of an area."""
    kind = geometry.get("type")
    if kind == "Point":
        lon, lat = geometry["coordinates"][:2]
        return lon, lat
    if kind not in _AREAS:
        raise _NoPointError(str(kind))
    shapes = [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]
    return max((_centroid(shape[0]) for shape in shapes), key=lambda found: found[0])[1]


def _centroid(ring: Ring) -> tuple[float, tuple[float, float]]:
    """Size and centroid of a ring (shoelace formula); of one without an inside, the mean of its corners."""
    double = x = y = 0.0
    for (x1, y1, *_), (x2, y2, *_) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        double += cross
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    if double == 0:
        return 0.0, (sum(point[0] for point in ring) / len(ring), sum(point[1] for point in ring) / len(ring))
    return abs(double), (round(x / (3 * double), 5), round(y / (3 * double), 5))
