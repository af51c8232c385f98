"""The database under a ledger: an SQLite file or a PostgreSQL database, behind one face.

Writing is done one transaction at a time: on SQLite ``BEGIN IMMEDIATE`` takes the write lock, on PostgreSQL a lock on the
log does. Reading sees one snapshot from its beginning to its end, whatever is written meanwhile.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from truceline.errors import LedgerError

# How long a writer waits for another one; a document's transaction takes milliseconds.
_PATIENCE = 120


class Database:
    """Where a ledger is kept.

    Args:
        where: Path of an SQLite file, or a URL (``postgresql://user@host/name``).
    """

    def __init__(self, where: str | Path) -> None:
        self.url = _url(where)
        self.path = Path(self.url.database) if self.url.database and self.is_sqlite else None
        self.name = str(self.path) if self.path else self.url.render_as_string(hide_password=True)
        self.engine = _engine(self.url, self.name)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is one file; else it is a PostgreSQL database."""
        return self.url.get_backend_name() == "sqlite"

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one snapshot and may not write."""
        with self._told(), self.engine.connect() as plain:
            connection = plain if self.is_sqlite else plain.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that alone may write; what is written is kept whole at the end of the block, or not at all."""
        with self._told(), self.engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(text("LOCK TABLE entry IN EXCLUSIVE MODE"))
                yield connection

    @contextmanager
    def founding(self) -> Iterator[Connection]:
        """A connection to make or bring up tables with, before there is a log to lock."""
        with self._told(), self.engine.connect() as plain:
            if self.is_sqlite:
                plain.connection.driver_connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[union-attr]
            connection = plain.execution_options(writes=True)
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(current_schema() || ' truceline'))"))
                yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the database says, in one line of ours."""
        try:
            yield
        except DBAPIError as fault:
            raise LedgerError(f"{self.name}: {_advice(fault)}") from fault


def _url(where: str | Path) -> URL:
    written = str(where)
    if "://" not in written:
        return URL.create("sqlite", database=os.fspath(Path(written).expanduser()))
    try:
        url = make_url(written)
    except ArgumentError as fault:
        raise LedgerError(f"{written}: not an address; write postgresql://user@host/name, or a path") from fault
    if url.drivername == "postgres":
        url = url.set(drivername="postgresql")
    if url.get_backend_name() not in {"postgresql", "sqlite"}:
        raise LedgerError(
            f"{url.render_as_string()}: a ledger is kept in SQLite (a path) or PostgreSQL (postgresql://…)"
        )
    if url.get_backend_name() == "sqlite" and not url.database:
        raise LedgerError(f"{written}: a ledger needs a file; give its path")
    return url


def _engine(url: URL, name: str) -> Engine:
    options: dict[str, Any] = {}
    if url.get_backend_name() == "sqlite":
        options["connect_args"] = {"timeout": _PATIENCE, "check_same_thread": False}
    else:
        options["connect_args"] = {"connect_timeout": 10}
    try:
        engine = create_engine(url, **options)
    except (ModuleNotFoundError, NoSuchModuleError) as fault:
        raise LedgerError(f"{name}: PostgreSQL needs psycopg; pip install 'truceline[postgres]'") from fault
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    """Transactions are ours, not the driver's; a commit is on the disk when it returns, so that a power cut loses none."""
    connection.isolation_level = None
    for setting in ("synchronous=FULL", "cache_size=-65536", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_ADVICE = {
    "database or disk is full": "the disk is full; nothing of this was kept: free some space and run it again",
    "no space left": "the disk is full; nothing of this was kept: free some space and run it again",
    "could not extend file": "the disk is full; nothing of this was kept: free some space and run it again",
    "database is locked": "another program has been writing to it for two minutes; run it again when that is done",
    "not a database": "not a ledger: give the path of one, or make one with `truceline init`",
    "is malformed": "the file is damaged; put back a copy (`truceline verify` says how far the damage goes)",
    "readonly database": "it may not be written to; change its permissions",
    "unable to open": "cannot be opened; check that the folder is there and may be written to",
    "disk i/o error": "the disk fails or is full; nothing of this was kept: check it and run it again",
}


def _advice(fault: DBAPIError) -> str:
    said = " ".join(str(fault.orig).split())
    known = next((advice for words, advice in _ADVICE.items() if words in said.lower()), None)
    return known or f"the database says: {said}"
