"""Rebuilding: every derived table again from the log, in one transaction; and the dump by which two are compared."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, select, text

from truceline.errors import LedgerError
from truceline.ledger import log, tables
from truceline.ledger.canonical import sha256
from truceline.ledger.database import Database
from truceline.ledger.derive import Derivation
from truceline.ledger.entries import Fault, check
from truceline.ledger.neighbourhood import Neighbourhood

_FTS_CLEAR = text("INSERT INTO passage_search(passage_search) VALUES ('delete-all')")
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What rebuilding came to: entries applied, rows by table, and the tables that were not the same before."""

    entries: int
    rows: dict[str, int]
    changed: tuple[str, ...]


class _Undo(Exception):  # noqa: N818 - not an error: it ends a transaction that was only a trial
    """Ends the transaction without keeping it."""


def rebuild(database: Database, neighbourhood: Neighbourhood | None, *, keep: bool = True) -> Rebuilt:
    """Derive all tables again and compare them with what was there.

    Args:
        database: Where the ledger is.
        neighbourhood: A fresh one; incidents are matched in it.
        keep: Whether to keep the new tables; False only compares.

    Raises:
        LedgerError: The log is not whole.
    """
    try:
        with database.writing() as connection:
            _refuse_broken(database, connection)
            before = digests(connection)
            for table in tables.DERIVED:
                connection.execute(delete(table))
            if database.is_sqlite:
                connection.execute(_FTS_CLEAR)
            derivation = Derivation(connection, neighbourhood)
            number = 0
            while batch := list(log.entries(connection, after=number, until=number + _BATCH)):
                for entry in batch:
                    derivation.apply(entry)
                number = batch[-1].number
            after = digests(connection)
            changed = tuple(name for name in after if after[name] != before[name])
            done = Rebuilt(number, {name: count for name, (count, _) in after.items()}, changed)
            if not keep:
                raise _Undo
    except _Undo:
        pass
    return done


def _refuse_broken(database: Database, connection: Connection) -> None:
    """Nothing is derived from a log that is not whole."""
    fault = next((row for row in check(log.rows(connection)) if isinstance(row, Fault)), None)
    if fault is not None:
        raise LedgerError(f"{database.name}: entry {fault.number}: {fault.why}; put back a copy that is whole")


def digests(connection: Connection) -> dict[str, tuple[int, str]]:
    """Row count and hash of each derived table, rows in the order of their keys."""
    return {table.name: _digest(connection, table) for table in tables.DERIVED}


def _digest(connection: Connection, table: Table) -> tuple[int, str]:
    import hashlib

    digest, count = hashlib.sha256(), 0
    for row in dump(connection, table):
        digest.update(row.encode())
        count += 1
    return count, digest.hexdigest()


def dump(connection: Connection, table: Table) -> Any:
    """The rows of a table as JSON lines, in the order of their keys, the same from either database."""
    query = select(table).order_by(*table.primary_key.columns)
    for part in connection.execute(query, execution_options={"yield_per": 2_000}).partitions():
        for row in part:
            yield json.dumps([_value(value) for value in row], ensure_ascii=True) + "\n"


def _value(value: Any) -> Any:
    return sha256(bytes(value)) if isinstance(value, bytes | memoryview) else value
