"""The index file: one SQLite database a set of sources, written once and then only read."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from truceline.errors import KnowledgeError
from truceline.knowledge.gazetteer.rows import PlaceRow, PlaceSource
from truceline.knowledge.gazetteer.spelling import loose, normalise

_SCHEMA = """
CREATE TABLE source (n INTEGER PRIMARY KEY, name TEXT, title TEXT, date TEXT, licence TEXT, rows INTEGER);
CREATE TABLE place (n INTEGER PRIMARY KEY, id TEXT, source INTEGER, key TEXT, name TEXT, names TEXT, lat REAL, lon REAL,
                    kind TEXT, country TEXT, admin1 TEXT, parent TEXT, population INTEGER, date TEXT);
CREATE TABLE name (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""
_INDICES = """
CREATE INDEX place_id ON place (id);
CREATE INDEX place_lat ON place (lat, lon);
CREATE INDEX place_source ON place (source);
"""

LOOSE = "~"
"""What keys in the form of ``loose`` begin with."""

_OFTEN = 1000  # places between two calls that tell of progress


def write_index(
    path: Path,
    sources: Iterable[tuple[PlaceSource, Iterable[PlaceRow]]],
    progress: Callable[[int], None] | None = None,
) -> None:
    """Write an index beside its place and move it there in one step, so that a reader never sees half of one.

    Two processes that build the same index both do the work and both end with the same file.

    Args:
        path: Where the index goes.
        sources: What it holds.
        progress: Called now and then with the number of places written since the last call.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=path.stem, suffix=".part", dir=path.parent)
    except OSError as fault:
        raise KnowledgeError(
            f"{path.parent}: the gazetteer cannot be written ({fault.strerror}); set TRUCELINE_CACHE"
        ) from fault
    os.close(handle)
    Path(temporary).chmod(0o644)  # a cache may be shared; what it holds is public
    try:
        with closing(sqlite3.connect(temporary)) as database:
            database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
            for number, (source, rows) in enumerate(sources, start=1):
                _write_source(database, number, source, _counted(rows, progress))
            database.executescript(_INDICES + "PRAGMA optimize;")
            database.commit()
        Path(temporary).replace(path)
    except OSError as fault:
        raise KnowledgeError(
            f"{path}: the gazetteer cannot be written ({fault.strerror}); free some space or set TRUCELINE_CACHE"
        ) from fault
    finally:
        Path(temporary).unlink(missing_ok=True)


def _counted(rows: Iterable[PlaceRow], progress: Callable[[int], None] | None) -> Iterator[PlaceRow]:
    """The rows as they come, telling of each thousand."""
    number = 0
    for number, row in enumerate(rows, start=1):
        yield row
        if progress and number % _OFTEN == 0:
            progress(_OFTEN)
    if progress:
        progress(number % _OFTEN)


def _write_source(database: sqlite3.Connection, number: int, source: PlaceSource, rows: Iterable[PlaceRow]) -> None:
    first = database.execute("SELECT coalesce(max(n), 0) FROM place").fetchone()[0] + 1
    places: list[tuple[object, ...]] = []
    names: set[tuple[str, int]] = set()
    for place, row in enumerate(rows, start=first):
        identity = (place, row.id, number, normalise(row.name), row.name, "|".join(row.names))
        places.append(
            (
                *identity,
                row.lat,
                row.lon,
                row.kind,
                row.country,
                row.admin1,
                row.parent,
                row.population,
                row.date or source.date,
            )
        )
        keys = {key for name in (row.name, *row.names) if (key := normalise(name))}
        names.update((key, place) for key in keys)
        # Marked, since they are looked for only when a name is unknown as it stands.
        names.update((LOOSE + other, place) for key in keys if (other := loose(key)) and other not in keys)
    described = (number, source.name, source.title, source.date, source.licence, len(places))
    database.execute("INSERT INTO source VALUES (?,?,?,?,?,?)", described)
    database.executemany(f"INSERT INTO place VALUES ({','.join('?' * 14)})", places)
    database.executemany("INSERT INTO name VALUES (?,?)", sorted(names))


def open_index(path: Path) -> sqlite3.Connection:
    """Open an index for reading; it never changes under its name, so no locks are taken.

    Raises:
        KnowledgeError: It is no index.
    """
    try:
        database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        database.execute("PRAGMA cache_size=-8000")
        database.execute("SELECT 1 FROM source LIMIT 1").fetchone()
    except sqlite3.Error as fault:
        raise KnowledgeError(f"{path}: not a gazetteer index ({fault}); delete it, it is built anew") from fault
    return database
