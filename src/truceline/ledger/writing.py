"""Writing: transactions that append entries and bring the tables along, and no other way to write."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from truceline.ledger import log, tables
from truceline.ledger.database import Database
from truceline.ledger.derive import Derivation
from truceline.ledger.entries import Entry, Kind
from truceline.ledger.neighbourhood import Neighbourhood

Clock = Callable[[], datetime]


class Writer:
    """Appends entries within one transaction.

    Attributes:
        connection: The transaction's connection, for looking before writing.
    """

    def __init__(self, connection: Connection, neighbourhood: Neighbourhood | None, clock: Clock) -> None:
        self.connection = connection
        self._derivation = Derivation(connection, neighbourhood)
        self._clock = clock

    def put(self, content: bytes) -> str:
        """Keep a content; the result is its hash."""
        return log.put(self.connection, content)

    def enter(self, kind: Kind, who: str, payload: dict[str, Any]) -> Entry:
        """Append an entry and derive from it."""
        entered = log.append(self.connection, at=log.stamp(self._clock()), who=who, kind=kind, payload=payload)
        self._derivation.apply(entered)
        return entered


@contextmanager
def transaction(database: Database, neighbourhood: Neighbourhood | None, clock: Clock) -> Iterator[Writer]:
    """A block in which this process alone writes; all of it is kept, or nothing."""
    try:
        with database.writing() as connection:
            if neighbourhood is not None:
                neighbourhood.follow(log.last_number(connection), last_upheaval(connection))
            yield Writer(connection, neighbourhood, clock)
            last = log.last_number(connection)
    except BaseException:
        if neighbourhood is not None:
            neighbourhood.reset()  # it holds what was not kept
        raise
    if neighbourhood is not None:
        neighbourhood.done(last)


def last_upheaval(connection: Connection) -> int:
    """The newest entry that made more than add claims: after it, an index loaded before is stale."""
    upheavals = (Kind.AGREEMENT.value, Kind.DECISION.value, Kind.CORRECTION.value)
    decided = select(func.max(tables.entry.c.number)).where(tables.entry.c.kind.in_(upheavals))
    reread = select(func.max(tables.reading.c.closed)).where(tables.reading.c.closed.is_not(None))
    return max(connection.scalar(decided) or 0, connection.scalar(reread) or 0)
