"""The evidence: entries appended to the log, and contents kept under their hashes. Nothing here changes or removes."""

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from truceline.errors import LedgerError
from truceline.ledger.canonical import sha256
from truceline.ledger.entries import Entry, Kind, Row, seal
from truceline.ledger.tables import content, entry

# Rows fetched at a time when the whole log is walked.
_STRIDE = 5_000
_DEFLATED = "deflate"
_PLAIN = "plain"
_COLUMNS = (entry.c.number, entry.c.at, entry.c.who, entry.c.kind, entry.c.payload, entry.c.previous, entry.c.hash)


def stamp(moment: datetime) -> str:
    """A moment as the log writes it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def last_row(connection: Connection) -> Row | None:
    """The newest entry."""
    found = connection.execute(select(*_COLUMNS).order_by(entry.c.number.desc()).limit(1)).first()
    return Row(*found) if found else None


def last_number(connection: Connection, until: str | None = None) -> int:
    """The number of the newest entry, or of the newest not later than a moment; 0 when there is none."""
    query = select(func.max(entry.c.number))
    if until is not None:
        query = query.where(entry.c.at <= until)
    return connection.execute(query).scalar() or 0


def append(connection: Connection, *, at: str, who: str, kind: Kind, payload: dict[str, Any]) -> Entry:
    """Enter one line; only inside ``Database.writing``, so that no other can come between."""
    row = seal(last_row(connection), at=at, who=who, kind=kind, payload=payload)
    connection.execute(insert(entry), [row._asdict()])
    return Entry.of(row)


def rows(
    connection: Connection, *, after: int = 0, until: int | None = None, kind: Kind | None = None, newest: bool = False
) -> Iterator[Row]:
    """The entries in order (or the newest first), a few thousand in memory at a time."""
    query = select(*_COLUMNS).where(entry.c.number > after)
    if until is not None:
        query = query.where(entry.c.number <= until)
    if kind is not None:
        query = query.where(entry.c.kind == kind.value)
    query = query.order_by(entry.c.number.desc() if newest else entry.c.number)
    for part in connection.execute(query, execution_options={"yield_per": _STRIDE}).partitions():
        yield from map(Row._make, part)


def entries(
    connection: Connection, *, after: int = 0, until: int | None = None, kind: Kind | None = None
) -> Iterator[Entry]:
    """The same, with their payloads as values."""
    return map(Entry.of, rows(connection, after=after, until=until, kind=kind))


def one(connection: Connection, number: int) -> Entry:
    """The entry of this number.

    Raises:
        LedgerError: There is none.
    """
    found = connection.execute(select(*_COLUMNS).where(entry.c.number == number)).first()
    if found is None:
        raise LedgerError(f"no entry {number}; `truceline log` lists those there are")
    return Entry.of(Row(*found))


def put(connection: Connection, kept: bytes) -> str:
    """Keep a content; one that is there already is not kept twice. The result is its hash."""
    key = sha256(kept)
    if connection.execute(select(content.c.size).where(content.c.hash == key)).first() is None:
        deflated = zlib.compress(kept)
        coding, stored = (_DEFLATED, deflated) if len(deflated) < len(kept) else (_PLAIN, kept)
        connection.execute(insert(content), [{"hash": key, "size": len(kept), "coding": coding, "bytes": stored}])
    return key


def get(connection: Connection, key: str) -> bytes:
    """The content of this hash.

    Raises:
        LedgerError: It is not there, or cannot be unpacked.
    """
    found = connection.execute(select(content.c.coding, content.c.bytes).where(content.c.hash == key)).first()
    if found is None:
        raise LedgerError(f"content {key[:16]}… is missing; `truceline verify` lists what else is, put back a copy")
    return unpack(key, found.coding, found.bytes)


def contents(connection: Connection) -> Iterator[tuple[str, str, bytes]]:
    """Hash, coding and stored bytes of every content."""
    query = select(content.c.hash, content.c.coding, content.c.bytes).order_by(content.c.hash)
    for part in connection.execute(query, execution_options={"yield_per": 200}).partitions():
        yield from ((key, coding, stored) for key, coding, stored in part)


def unpack(key: str, coding: str, stored: bytes) -> bytes:
    """A content as it was before compression.

    Raises:
        LedgerError: It cannot be unpacked.
    """
    try:
        return zlib.decompress(stored) if coding == _DEFLATED else stored
    except zlib.error as fault:
        raise LedgerError(f"content {key[:16]}… is damaged ({fault}); put back a copy") from fault
