"""Incidents kept up as claims arrive: what stands near a change in time is loaded, matched anew, and written where it
became another. What lies far from the change is never touched, however large the ledger is."""

import json
from collections.abc import Callable, Iterable, Set
from datetime import date
from typing import Protocol

from sqlalchemy import Connection, delete, insert, select, update

from truceline.knowledge import Agreement
from truceline.ledger import readings, tables
from truceline.ledger.decisions import load_decisions
from truceline.ledger.history import standing
from truceline.ledger.rows import incident_row
from truceline.model import Decisions, Document, Incident, Witness

# Claims held at a time, so that memory does not grow with the ledger; a fresh index is loaded from the neighbourhood.
_MOST = 20_000


class Matching(Protocol):
    """What an index of incidents does (``truceline.incidents.Index``)."""

    def add(self, witnesses: Iterable[Witness], *, documents: Iterable[Document] = ()) -> frozenset[str]:
        """Take in claims; ids of the incidents that changed."""

    def decide(self, decisions: Decisions) -> frozenset[str]:
        """Put decisions in the place of those before; ids of the incidents that changed."""

    def incident(self, id: str, /) -> Incident | None:  # noqa: A002 - the index names it so
        """The incident of this id."""


Make = Callable[[Decisions, Agreement | None], Matching]
Days = Callable[[Witness, Agreement | None], Iterable[date]]
Reach = Callable[[Iterable[date]], tuple[date, date]]


class Neighbourhood:
    """The claims near what is being entered, in an index that is kept from one entry to the next.

    Args:
        make: Makes an empty index.
        days: The days a claim may belong to.
        reach: The first and last day that must be loaded for claims of given days.
        load_agreement: The ledger's agreement.
    """

    def __init__(
        self, make: Make, days: Days, reach: Reach, load_agreement: Callable[[Connection], Agreement | None]
    ) -> None:
        self._make = make
        self._days = days
        self._reach = reach
        self._load_agreement = load_agreement
        self._agreed: tuple[Agreement | None] | None = None
        self._index: Matching | None = None
        self._held: set[str] = set()
        self._ties: dict[str, set[str]] | None = None
        self._as_of = 0

    def reset(self) -> None:
        """Forget what was loaded: a transaction failed, or others wrote."""
        self._index, self._held, self._ties, self._agreed = None, set(), None, None

    def follow(self, last: int, changed: int) -> None:
        """Begin a transaction after entry ``last``; what others decided up to ``changed`` makes the index stale."""
        if changed > self._as_of:
            self.reset()
        self._as_of = last

    def done(self, number: int) -> None:
        """The transaction ended with entry ``number``."""
        self._as_of = number

    def days(self, connection: Connection, witness: Witness) -> Iterable[date]:
        """The days a claim may belong to."""
        return self._days(witness, self._agreement(connection))

    def take_in(self, connection: Connection, number: int, witnesses: list[Witness], document: Document) -> None:
        """Match the claims of one document, whose rows and days are entered already."""
        new = {witness.claim.id for witness in witnesses}
        if len(self._held) > _MOST:
            self.reset()
        index = self._loaded(connection, number, new, leave_out=new)
        changed = index.add(witnesses, documents=[document])
        self._held |= new
        self._write(connection, number, index, changed)

    def forget(self, connection: Connection, number: int, gone: list[str]) -> None:
        """Claims went away with the reading they came from: what they stood with is matched again without them."""
        self.reset()
        incidents = _incidents_of(connection, gone)
        stay = {claim for key in incidents for claim in _members(connection, key)} - set(gone)
        _close(connection, number, incidents)
        index = self._loaded(connection, number, stay, leave_out=stay | set(gone))
        found = readings.load_witnesses(connection, stay, number)
        changed = index.add(found)
        self._held |= stay
        self._write(connection, number, index, changed)

    def prepare(self, connection: Connection, number: int, about: Iterable[str]) -> None:
        """Something will be decided about these claims: load what is near them as it stands before."""
        if len(self._held) > _MOST:
            self.reset()
        self._loaded(connection, number, set(about))

    def decide(self, connection: Connection, number: int, about: Iterable[str], decisions: Decisions) -> None:
        """It was decided, and is entered; ``prepare`` came before."""
        self._ties = None
        index = self._loaded(connection, number, set(about))
        self._write(connection, number, index, index.decide(decisions))

    # ---- what is loaded ----

    def _agreement(self, connection: Connection) -> Agreement | None:
        if self._agreed is None:
            self._agreed = (self._load_agreement(connection),)
        return self._agreed[0]

    def _loaded(
        self, connection: Connection, number: int, about: set[str], leave_out: Set[str] = frozenset()
    ) -> Matching:
        """The index, with all in it that is near these claims but what is to be left out."""
        if self._index is None:
            self._index = self._make(load_decisions(connection), self._agreement(connection))
        missing = self._near(connection, about) - self._held - leave_out
        if missing:
            self._index.add(readings.load_witnesses(connection, missing, number))
            self._held |= missing
        return self._index

    def _near(self, connection: Connection, about: Iterable[str]) -> set[str]:
        """The claims on days within reach, those that decisions tie to them, and what is near those."""
        if self._ties is None:
            self._ties = _ties(connection)
        ties = self._ties
        found: set[str] = set()
        wanted = set(about)
        while wanted:
            found |= wanted
            near = self._within_reach(connection, wanted)
            tied = {other for key in wanted | near for other in ties.get(key, ())}
            found |= near
            wanted = tied - found
        return found

    def _within_reach(self, connection: Connection, keys: set[str]) -> set[str]:
        table = tables.claim_day
        days: set[int] = set()
        for part in readings.batches(keys):
            days.update(connection.scalars(select(table.c.day).where(table.c.claim.in_(part), standing(table))))
        if not days:
            return set()
        first, last = self._reach(date.fromordinal(day) for day in sorted(days))
        query = select(table.c.claim).where(table.c.day.between(first.toordinal(), last.toordinal()), standing(table))
        return set(connection.scalars(query))

    # ---- what is written ----

    def _write(self, connection: Connection, number: int, index: Matching, changed: frozenset[str]) -> None:
        """Close the incidents that became others or went, and open what they became."""
        now = {key: incident for key in sorted(changed) if (incident := index.incident(key)) is not None}
        new = {key: incident_row(incident, number) for key, incident in now.items()}
        same: set[str] = set()
        for part in readings.batches(changed):
            query = select(tables.incident.c.id, tables.incident.c.body)
            query = query.where(tables.incident.c.id.in_(part), standing(tables.incident))
            same.update(
                key for key, body in connection.execute(query) if key in new and new[key]["body"] == bytes(body)
            )
        _close(connection, number, sorted(changed - same))
        opened = [row for key, row in new.items() if key not in same]
        members = [
            {"incident": row["id"], "claim": claim, "opened": number, "closed": None}
            for row in opened
            for claim in sorted(set(now[row["id"]].claims))
        ]
        for table, rows in ((tables.incident, opened), (tables.member, members)):
            if rows:
                connection.execute(insert(table), rows)


def _close(connection: Connection, number: int, incidents: Iterable[str]) -> None:
    """Close incidents; what this very entry opened a moment ago never stood, and goes."""
    for part in readings.batches(incidents):
        for table, column in ((tables.incident, tables.incident.c.id), (tables.member, tables.member.c.incident)):
            connection.execute(delete(table).where(column.in_(part), table.c.opened == number))
            connection.execute(update(table).where(column.in_(part), standing(table)).values(closed=number))


def _members(connection: Connection, incident: str) -> list[str]:
    member = tables.member
    return list(connection.scalars(select(member.c.claim).where(member.c.incident == incident, standing(member))))


def _incidents_of(connection: Connection, claims: Iterable[str]) -> list[str]:
    member, found = tables.member, set[str]()
    for part in readings.batches(claims):
        found.update(connection.scalars(select(member.c.incident).where(member.c.claim.in_(part), standing(member))))
    return sorted(found)


def _ties(connection: Connection) -> dict[str, set[str]]:
    """The claims that decisions tie to each other."""
    ties: dict[str, set[str]] = {}
    query = select(tables.decision.c.body).where(standing(tables.decision))
    for body in connection.scalars(query):
        group = {claim for claims in json.loads(body)["claims"] for claim in claims}
        for claim in group:
            ties.setdefault(claim, set()).update(group)
    return ties
