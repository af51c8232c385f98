"""Incidents kept up as documents arrive: what stands near a change in time is loaded, matched anew, and written where it
became another. What lies far from the change is never touched, however large the ledger is.

Documents are loaded whole, since what a document tells is matched as scenes, not claim by claim. An index may hold only a
part of the documents near its own edge, so what it says there is not believed: before an incident is written, everything
near all its documents is loaded too.
"""

import json
from collections.abc import Callable, Iterable, Set
from datetime import date
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Connection, delete, insert, select, update

from truceline.knowledge import Agreement
from truceline.ledger import readings, tables
from truceline.ledger.decisions import load_decisions
from truceline.ledger.history import standing
from truceline.ledger.rows import incident_row
from truceline.model import Claim, Decisions, Document, Incident, Witness

if TYPE_CHECKING:
    from truceline.incidents import Bearing, Bearings

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
Bear = Callable[[Agreement | None], "Bearings"]
Reach = Callable[[Iterable[date]], tuple[date, date]]


class Neighbourhood:
    """The documents near what is being entered, in an index that is kept from one entry to the next.

    Args:
        make: Makes an empty index.
        bear: Makes what finds the bearings of claims under an agreement.
        days: The days a claim may belong to.
        reach: The first and last day that must be loaded for claims of given days.
        load_agreement: The ledger's agreement.
    """

    def __init__(
        self,
        make: Make,
        bear: Bear,
        days: Days,
        reach: Reach,
        load_agreement: Callable[[Connection], Agreement | None],
    ) -> None:
        self._make = make
        self._bear = bear
        self._days = days
        self._reach = reach
        self._load_agreement = load_agreement
        self._as_of = 0
        self.reset()

    def reset(self) -> None:
        """Forget what was loaded: a transaction failed, or others decided."""
        self._index: Matching | None = None
        self._agreed: tuple[Agreement | None] | None = None
        self._bearings: Bearings | None = None
        self._ties: dict[str, set[str]] | None = None
        self._held: set[str] = set()
        self._document: dict[str, str] = {}
        self._home: dict[str, str] = {}
        self._members: dict[str, tuple[str, ...]] = {}

    def follow(self, last: int, changed: int) -> None:
        """Begin a transaction after entry ``last``; what others decided up to ``changed`` makes the index stale."""
        if changed > self._as_of:
            self.reset()
        self._as_of = last

    def done(self, number: int) -> None:
        """The transaction ended with entry ``number``."""
        self._as_of = number

    def days(self, connection: Connection, document: Document, claims: Iterable[Claim]) -> set[int]:
        """The days (as ordinals) that what a document tells may belong to."""
        found = {document.published.toordinal()} if document.published is not None else set()
        for claim in claims:
            found.update(day.toordinal() for day in self._days(Witness(claim, document), self._agreement(connection)))
        return found

    def bearings(self, connection: Connection, document: Document, claims: Iterable[Claim]) -> "list[Bearing]":
        """What the claims of a document bear on that name an act."""
        if self._bearings is None:
            self._bearings = self._bear(self._agreement(connection))
        return self._bearings.of(document, [claim for claim in claims if claim.act is not None])

    def take_in(self, connection: Connection, number: int, document: Document, claims: tuple[Claim, ...]) -> None:
        """Match what a document tells, whose rows and days are entered already."""
        if len(self._document) > _MOST:
            self.reset()
        own = {document.id}
        self._load(connection, number, self._near(connection, own) - own)
        affected = self._add([Witness(claim, document) for claim in claims], [document])
        self._settle(connection, number, affected | {claim.id for claim in claims})

    def forget(self, connection: Connection, number: int, document: str, gone: Set[str]) -> None:
        """What a document told goes away; what stood with it is matched again without it."""
        self.reset()
        stood = {claim for key in _incidents_of(connection, gone) for claim in _members(connection, key)}
        self._load(connection, number, self._near(connection, {document}) - {document})
        self._held.add(document)  # not to be loaded while it is being replaced
        self._settle(connection, number, stood)
        self._held.discard(document)

    def prepare(self, connection: Connection, number: int, about: Iterable[str]) -> None:
        """Something will be decided about these claims: load what is near them as it stands before."""
        if len(self._document) > _MOST:
            self.reset()
        self._load(connection, number, self._near(connection, _documents_named(connection, about)))

    def decide(self, connection: Connection, number: int, about: Iterable[str], decisions: Decisions) -> None:
        """It was decided, and is entered; ``prepare`` came before."""
        self._ties = None
        self._load(connection, number, self._near(connection, _documents_named(connection, about)))
        assert self._index is not None
        self._settle(connection, number, self._track(self._index.decide(decisions)) | set(about))

    # ---- what is loaded ----

    def _agreement(self, connection: Connection) -> Agreement | None:
        if self._agreed is None:
            self._agreed = (self._load_agreement(connection),)
        return self._agreed[0]

    def _load(self, connection: Connection, number: int, documents: Set[str]) -> set[str]:
        """Bring documents into the index; the claims whose incidents changed by it."""
        if self._index is None:
            self._index = self._make(load_decisions(connection), self._agreement(connection))
        witnesses: list[Witness] = []
        whole: list[Document] = []
        for key in sorted(documents - self._held):
            document, claims = readings.load_whole(connection, key, number)
            whole.append(document)
            witnesses += [Witness(claim, document) for claim in claims]
        return self._add(witnesses, whole) if whole else set()

    def _add(self, witnesses: list[Witness], documents: list[Document]) -> set[str]:
        assert self._index is not None
        self._held.update(document.id for document in documents)
        self._document.update((witness.claim.id, witness.document.id) for witness in witnesses)
        return self._track(self._index.add(witnesses, documents=documents))

    def _track(self, changed: Iterable[str]) -> set[str]:
        """Follow which claim is in which incident; the claims whose incident is no longer what it was."""
        assert self._index is not None
        affected: set[str] = set()
        changed = sorted(changed)
        for key in changed:
            for claim in self._members.pop(key, ()):
                affected.add(claim)
                if self._home.get(claim) == key:
                    del self._home[claim]
        for key in changed:
            incident = self._index.incident(key)
            if incident is not None:
                self._members[key] = incident.claims
                self._home.update(dict.fromkeys(incident.claims, key))
                affected.update(incident.claims)
        return affected

    def _near(self, connection: Connection, documents: Set[str]) -> set[str]:
        """The documents on days within reach of these, and those that decisions tie to them."""
        found = set(documents) | self._within_reach(connection, documents)
        ties = self._tied(connection)
        if not ties:
            return found
        pending = set(found)
        while pending:
            tied = {other for key in pending for other in ties.get(key, ())} - found
            found |= tied | self._within_reach(connection, tied)
            pending = tied
        return found

    def _tied(self, connection: Connection) -> dict[str, set[str]]:
        """The documents that decisions tie to each other."""
        if self._ties is None:
            self._ties = {}
            query = select(tables.decision.c.body).where(standing(tables.decision))
            for body in list(connection.scalars(query)):
                group = _documents_named(connection, {name for part in json.loads(body)["claims"] for name in part})
                for document in group:
                    self._ties.setdefault(document, set()).update(group)
        return self._ties

    def _within_reach(self, connection: Connection, documents: Set[str]) -> set[str]:
        table = tables.document_day
        days: set[int] = set()
        for part in readings.batches(documents):
            days.update(connection.scalars(select(table.c.day).where(table.c.document.in_(part), standing(table))))
        found: set[str] = set()
        for first, last in self._windows(days):
            query = select(table.c.document).distinct().where(table.c.day.between(first, last), standing(table))
            found.update(connection.scalars(query))
        return found

    def _windows(self, days: Iterable[int]) -> list[tuple[int, int]]:
        """The stretches of days within reach: a claim on long ago does not reach all the days since."""
        windows: list[tuple[int, int]] = []
        for day in sorted(days):
            first, last = (one.toordinal() for one in self._reach([date.fromordinal(day)]))
            if windows and first <= windows[-1][1] + 1:
                windows[-1] = windows[-1][0], max(last, windows[-1][1])
            else:
                windows.append((first, last))
        return windows

    # ---- what is written ----

    def _settle(self, connection: Connection, number: int, affected: set[str]) -> None:
        """Load all that is near what changed, until nothing more is, and write the incidents that became others."""
        while True:
            stood = _incidents_of(connection, affected)
            together = {claim for key in stood for claim in _members(connection, key)}
            now = {self._home[claim] for claim in affected | together if claim in self._home}
            grown = affected | together | {claim for key in now for claim in self._members[key]}
            documents = {self._document[claim] for claim in grown if claim in self._document}
            missing = (self._near(connection, documents) | _documents_of(connection, grown)) - self._held
            self._load(connection, number, missing)
            if grown == affected and not missing:
                break
            affected = grown
        self._write(connection, number, set(stood), now)

    def _write(self, connection: Connection, number: int, stood: set[str], now: set[str]) -> None:
        """Close the incidents that became others or went, and open what they became."""
        assert self._index is not None
        found = {key: incident for key in sorted(now) if (incident := self._index.incident(key)) is not None}
        new = {key: incident_row(incident, number) for key, incident in found.items()}
        same: set[str] = set()
        for part in readings.batches(new):
            query = select(tables.incident.c.id, tables.incident.c.body)
            query = query.where(tables.incident.c.id.in_(part), standing(tables.incident))
            same.update(key for key, body in connection.execute(query) if new[key]["body"] == bytes(body))
        _close(connection, number, (stood | now) - same)
        opened = [row for key, row in new.items() if key not in same]
        members = [
            {"incident": row["id"], "claim": claim, "opened": number, "closed": None}
            for row in opened
            for claim in sorted(set(found[row["id"]].claims))
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


def _documents_of(connection: Connection, claims: Iterable[str]) -> set[str]:
    claim, found = tables.claim, set[str]()
    for part in readings.batches(claims):
        found.update(connection.scalars(select(claim.c.document).where(claim.c.id.in_(part), standing(claim))))
    return found


def _documents_named(connection: Connection, names: Iterable[str]) -> set[str]:
    """The documents that a decision is about, by their own ids or by those of their claims."""
    known = set(names)
    return {name for name in known if name.startswith("sha256:")} | _documents_of(connection, known)
