"""The gazetteer as the rest of the program sees it: look-ups over the shipped index and the files that users added."""

import hashlib
import os
import re
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import platformdirs

from truceline.errors import KnowledgeError
from truceline.knowledge.gazetteer.embedded import embedded, fingerprint
from truceline.knowledge.gazetteer.files import path_of, read_metadata, read_places
from truceline.knowledge.gazetteer.index import LOOSE, open_index, write_index
from truceline.knowledge.gazetteer.rows import Box, PlaceRow, PlaceSource, united
from truceline.knowledge.gazetteer.spelling import loose, normalise

_COLUMNS = (
    "p.id, p.name, p.names, p.lat, p.lon, p.kind, p.country, p.admin1, p.parent, p.population, s.name, p.date, p.key"
)
_JOIN = "place p JOIN source s ON s.n = p.source"
_NAMED = "name n JOIN place p ON p.n = n.place JOIN source s ON s.n = p.source"
# Names asked for stay at hand; a text uses a few hundred, a run of texts about one region a few thousand.
_KEPT = 50_000
_AT_ONCE = 400


class Gazetteer:
    """Place names of all sources. Read-only, usable from many threads, and cheap to send to another process.

    >>> gazetteer = Gazetteer.open()                                    # doctest: +SKIP
    >>> [row.id for row in gazetteer.lookup("Gadrut")]                  # doctest: +SKIP
    ['geonames:148105', 'karabakh:hadrut-district']
    """

    def __init__(self, index: Path, added: Path) -> None:
        self._index, self._added = index, added
        self._local = threading.local()
        self._known: dict[str, tuple[PlaceRow, ...]] = {}
        self._files: tuple[Path, ...] = (index, *sorted(added.glob("*.sqlite")))

    @classmethod
    def open(cls, cache: str | Path | None = None, *, say: Callable[[str], None] | None = None) -> "Gazetteer":
        """Open the gazetteer; the first time, and when its data change, the index is compiled (about half a minute).

        Args:
            cache: Folder of the index and of added files; else ``TRUCELINE_CACHE``, else the user's own folders.
            say: Called with one line before an index is compiled.

        Raises:
            KnowledgeError: The folder cannot be written, or a file in it is no index.
        """
        index, added = _folders(cache)
        path = index / f"gazetteer-{fingerprint()}.sqlite"
        if not path.exists():
            if say:
                say(f"compiling the gazetteer into {path} (once)")
            write_index(path, embedded())
        return cls(path, added)

    def __getstate__(self) -> tuple[Path, Path]:
        return self._index, self._added

    def __setstate__(self, state: tuple[Path, Path]) -> None:
        Gazetteer.__init__(self, *state)

    @property
    def version(self) -> str:
        """Changes when what the gazetteer holds changes."""
        return hashlib.sha256(" ".join(path.name for path in self._files).encode()).hexdigest()[:12]

    def lookup(self, name: str) -> tuple[PlaceRow, ...]:
        """All places of a name, in any spelling; the most populous first."""
        key = normalise(name)
        return self.lookup_keys([key])[key] if key else ()

    def lookup_keys(self, keys: Iterable[str]) -> dict[str, tuple[PlaceRow, ...]]:
        """Places of many names given in their normalised form; names that nobody bears map to nothing."""
        wanted, known = dict.fromkeys(keys), self._known
        result = {key: rows for key in wanted if (rows := known.get(key)) is not None}
        missing = [key for key in wanted if key not in result]
        if not missing:
            return result
        found: dict[str, dict[str, list[PlaceRow]]] = {key: defaultdict(list) for key in missing}
        for start in range(0, len(missing), _AT_ONCE):
            part = missing[start : start + _AT_ONCE]
            sql = f"SELECT n.key, {_COLUMNS} FROM {_NAMED} WHERE n.key IN ({','.join('?' * len(part))})"
            for key, *values in self._rows(sql, part):
                found[key][values[0]].append(_row(values))
        fresh = {key: self._united(rows) for key, rows in found.items()}
        # Another thread may be reading: the dictionary at hand only grows, and a full one is put aside, not emptied.
        if len(known) + len(fresh) > _KEPT:
            self._known = fresh
        else:
            known.update(fresh)
        return {**result, **fresh}

    def lookup_loosely(self, keys: Iterable[str]) -> dict[str, tuple[PlaceRow, ...]]:
        """Places whose name another romanisation would write like this; for names that are unknown as they stand.

        Args:
            keys: Names in their normalised form; those that nobody bears are left out of the result.
        """
        forms = {key: form for key in keys if (form := loose(key))}
        found = self.lookup_keys(spelt for form in forms.values() for spelt in (form, LOOSE + form))
        result = {}
        for key, form in forms.items():
            rows = {row.id: row for spelt in (form, LOOSE + form) for row in found[spelt]}
            if rows:
                result[key] = tuple(sorted(rows.values(), key=lambda row: (-row.population, row.id)))
        return result

    def get(self, place_id: str) -> PlaceRow | None:
        """The place of an id."""
        rows = [_row(values) for values in self._rows(f"SELECT {_COLUMNS} FROM {_JOIN} WHERE p.id = ?", [place_id])]
        return united(rows) if rows else None

    def within(self, box: Box) -> tuple[PlaceRow, ...]:
        """All places whose point lies in a box."""
        where = "p.lat BETWEEN ? AND ? AND " + (
            "p.lon BETWEEN ? AND ?" if box.west <= box.east else "NOT (p.lon BETWEEN ? AND ?)"
        )
        edges = (box.west, box.east) if box.west <= box.east else (box.east, box.west)
        return self._gathered(where, [box.south, box.north, *edges])

    def of_source(self, name: str) -> tuple[PlaceRow, ...]:
        """All places a source holds.

        Raises:
            KnowledgeError: There is no such source.
        """
        if name not in {source.name for source in self.sources()}:
            raise KnowledgeError(
                f"gazetteer: no source {name!r}; there are {', '.join(s.name for s in self.sources())}"
            )
        return self._gathered("s.name = ?", [name])

    def sources(self) -> tuple[PlaceSource, ...]:
        """What ships, and what was added, by name and date."""
        found: list[PlaceSource] = []
        for path, database in zip(self._files, self._databases(), strict=True):
            rows = database.execute("SELECT name, title, date, licence, rows FROM source ORDER BY n").fetchall()
            for name, title, date, licence, count in rows:
                found.append(PlaceSource(name, title, date, licence, count, added=path != self._index))
        return tuple(found)

    def show(self, name: str) -> tuple[PlaceRow, ...]:
        """Every row of a name, source by source, nothing united: what each says, newest first."""
        key = normalise(name)
        sql = f"SELECT {_COLUMNS} FROM {_NAMED} WHERE n.key = ?"
        rows = [_row(values) for values in self._rows(sql, [key])]
        return tuple(sorted(rows, key=lambda row: (row.id, row.date), reverse=True))

    def add_file(
        self,
        path: str | Path,
        *,
        name: str | None = None,
        date: str | None = None,
        licence: str = "",
        progress: Callable[[int, int], None] | None = None,
    ) -> PlaceSource:
        """Add a GeoNames dump (.txt, .gz, .zip), a table (TSV, CSV with a header) or GeoJSON.

        Files of one name and different dates stand beside each other: a place that a newer file dropped is still found.

        Args:
            path: The file.
            name: What the source is called; by default the file's name without endings.
            date: Of when it is; by default what the file says, else the newest of its rows.
            licence: Under what it may be used; by default what the file says.
            progress: Called now and then with how many places have been taken since, of how many in all.

        Raises:
            KnowledgeError: The file is broken (nothing is added), or is there already.
        """
        file = path_of(path)
        rows, meta = list(read_places(file)), read_metadata(file)
        newest = max((row.date for row in rows), default="")
        source = PlaceSource(
            name or re.sub(r"\..*", "", file.name), meta.get("title", file.name), date or meta.get("date") or newest,
            licence or meta.get("licence", ""), len(rows), added=True,
        )  # fmt: skip
        content = hashlib.sha256(file.read_bytes()).hexdigest()[:8]
        target = (
            self._added / f"{re.sub(r'[^a-zA-Z0-9_-]+', '-', source.name)}-{source.date or 'undated'}-{content}.sqlite"
        )
        if target.exists():
            raise KnowledgeError(f"{file}: already added as {source.name}; remove it first to add it again")
        write_index(target, [(source, rows)], progress and partial(_tell, progress, len(rows)))
        self.__setstate__(self.__getstate__())
        return source

    def remove(self, source: str, *, date: str | None = None) -> int:
        """Take added files of a source out again; what ships stays. Gives back how many files.

        Raises:
            KnowledgeError: No added source has the name (and date).
        """
        gone = []
        for path, database in zip(self._files[1:], self._databases()[1:], strict=True):
            if any(n == source and date in (None, d) for n, d in database.execute("SELECT name, date FROM source")):
                gone.append(path)
        if not gone:
            raise KnowledgeError(f"gazetteer: no added source {source!r}; only files that were added can be removed")
        for path in gone:
            path.unlink(missing_ok=True)
        self.__setstate__(self.__getstate__())
        return len(gone)

    def _databases(self) -> list[sqlite3.Connection]:
        mine = getattr(self._local, "databases", None)
        if mine is None:
            mine = self._local.databases = [open_index(path) for path in self._files]
        return mine

    def _rows(self, sql: str, values: Sequence[Any]) -> Iterable[tuple[Any, ...]]:
        for database in self._databases():
            yield from database.execute(sql, values)

    def _gathered(self, where: str, values: Sequence[Any]) -> tuple[PlaceRow, ...]:
        found: dict[str, list[PlaceRow]] = defaultdict(list)
        for row in self._rows(f"SELECT {_COLUMNS} FROM {_JOIN} WHERE {where}", values):
            found[row[0]].append(_row(row))
        return self._united(found)

    def _united(self, found: dict[str, list[PlaceRow]]) -> tuple[PlaceRow, ...]:
        rows = (self._located(united(rows)) for rows in found.values())
        return tuple(sorted(rows, key=lambda row: (-row.population, row.id)))

    def _located(self, row: PlaceRow) -> PlaceRow:
        """A place without a point of its own stands at that of its parent, and says so."""
        if row.lat is not None or not row.parent:
            return row
        parent = self.get(row.parent)
        if parent is None or parent.lat is None:
            return row
        return replace(row, lat=parent.lat, lon=parent.lon, inherited=True)


def _tell(progress: Callable[[int, int], None], total: int, taken: int) -> None:
    progress(taken, total)


def _row(values: Sequence[Any]) -> PlaceRow:
    place, name, names, lat, lon, kind, country, admin1, parent, population, source, date, key = values
    return PlaceRow(
        place,
        name,
        tuple(names.split("|")) if names else (),
        lat,
        lon,
        kind,
        country,
        admin1,
        parent,
        population,
        (source,),
        date,
        key,
    )


def _folders(cache: str | Path | None) -> tuple[Path, Path]:
    given = cache or os.environ.get("TRUCELINE_CACHE")
    if given:
        folder = path_of(given)
        return folder, folder / "added"
    return Path(platformdirs.user_cache_dir("truceline")), Path(platformdirs.user_data_dir("truceline")) / "places"
