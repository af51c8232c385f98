"""Which documents stand near which: by the days of what they tell, and by what persons decided of them."""

import json
from collections.abc import Iterable, Set
from datetime import date

from sqlalchemy import Connection, select

from truceline.ledger import readings, tables
from truceline.ledger.history import standing
from truceline.ledger.index import Reach


class Nearby:
    """Documents by day, looked up once a day for as long as nobody else writes.

    Args:
        reach: The first and last day that must be known for claims of given days.
    """

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self.reset()

    def reset(self) -> None:
        """Forget all: documents were entered or placed elsewhere."""
        self._days: dict[str, frozenset[int]] = {}
        self._on: dict[int, set[str]] = {}
        self.untie()

    def untie(self) -> None:
        """Forget what decisions tie together: there are others now."""
        self._ties: dict[str, set[str]] | None = None

    def place(self, document: str, days: Iterable[int]) -> None:
        """A document is of these days now."""
        for day in self._days.get(document, ()):
            self._on.get(day, set()).discard(document)
        self._days[document] = frozenset(days)
        for day in self._days[document]:
            if day in self._on:
                self._on[day].add(document)

    def to(self, connection: Connection, documents: Set[str]) -> set[str]:
        """The documents on days within reach of these, those that decisions tie to them, and what is near those."""
        found = set(documents) | self._within_reach(connection, documents)
        ties = self._tied(connection)
        pending = found if ties else set()
        while pending:
            tied = {other for key in pending for other in ties.get(key, ())} - found
            pending = (tied | self._within_reach(connection, tied)) - found
            found |= pending
        return found

    def tied(self, connection: Connection, documents: Iterable[str]) -> set[str]:
        """The documents that decisions tie to these."""
        ties = self._tied(connection)
        return {other for key in documents for other in ties.get(key, ())}

    def _tied(self, connection: Connection) -> dict[str, set[str]]:
        if self._ties is None:
            self._ties = {}
            query = select(tables.decision.c.body).where(standing(tables.decision))
            for body in list(connection.scalars(query)):
                group = documents_named(connection, {name for part in json.loads(body)["claims"] for name in part})
                for document in group:
                    self._ties.setdefault(document, set()).update(group)
        return self._ties

    def _within_reach(self, connection: Connection, documents: Set[str]) -> set[str]:
        wanted: set[int] = set()
        for day in self._days_of(connection, documents):
            first, last = (one.toordinal() for one in self._reach([date.fromordinal(day)]))
            wanted.update(range(first, last + 1))
        self._look_up(connection, wanted - self._on.keys())
        return {document for day in wanted for document in self._on[day]}

    def _days_of(self, connection: Connection, documents: Set[str]) -> set[int]:
        table = tables.document_day
        unknown = documents - self._days.keys()
        found: dict[str, set[int]] = {document: set() for document in unknown}
        for part in readings.batches(unknown):
            query = select(table.c.document, table.c.day).where(table.c.document.in_(part), standing(table))
            for document, day in connection.execute(query):
                found[document].add(day)
        self._days.update((document, frozenset(days)) for document, days in found.items())
        return {day for document in documents for day in self._days[document]}

    def _look_up(self, connection: Connection, days: Iterable[int]) -> None:
        """Note the documents of these days."""
        table = tables.document_day
        for first, last in _stretches(days):
            self._on.update((day, set()) for day in range(first, last + 1))
            query = select(table.c.day, table.c.document).where(table.c.day.between(first, last), standing(table))
            for day, document in connection.execute(query):
                self._on[day].add(document)


def documents_of(connection: Connection, claims: Iterable[str]) -> set[str]:
    """The documents that claims stand in."""
    claim, found = tables.claim, set[str]()
    for part in readings.batches(claims):
        found.update(connection.scalars(select(claim.c.document).where(claim.c.id.in_(part), standing(claim))))
    return found


def documents_named(connection: Connection, names: Iterable[str]) -> set[str]:
    """The documents that a decision is about, by their own ids or by those of their claims."""
    known = set(names)
    return {name for name in known if name.startswith("sha256:")} | documents_of(connection, known)


def _stretches(days: Iterable[int]) -> list[tuple[int, int]]:
    """Days as first and last of each unbroken stretch."""
    found: list[tuple[int, int]] = []
    for day in sorted(days):
        if found and day == found[-1][1] + 1:
            found[-1] = found[-1][0], day
        else:
            found.append((day, day))
    return found
