"""Incidents kept up as documents arrive: what stands near a change in time is loaded, matched anew, and written where it
became another. What lies far from the change is never touched, however large the ledger is.

Documents are loaded whole, since what a document tells is matched as scenes, not claim by claim. An index may hold only a
part of the documents near its own edge, so what it says there is not believed: before anything is written, everything near
all the documents that it depends on is loaded too.
"""

from collections.abc import Callable, Iterable, Set
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from truceline.knowledge import Agreement
from truceline.ledger import readings
from truceline.ledger.decisions import load_decisions
from truceline.ledger.derive_incidents import IncidentRows
from truceline.ledger.index import Bear, Days, Make, Matching, Reach
from truceline.ledger.nearby import Nearby, documents_named, documents_of
from truceline.model import Claim, Decisions, Document, Witness

if TYPE_CHECKING:
    from truceline.incidents import Bearing, Bearings

# Claims held at a time, so that memory does not grow with the ledger; a fresh index is loaded from the neighbourhood.
_MOST = 20_000


class Neighbourhood:
    """The documents near what is being entered, in an index that is kept from one entry to the next.

    Args:
        make: Makes an empty index.
        bear: Makes what finds the bearings of claims under an agreement.
        days: The days a claim may belong to.
        reach: The first and last day that must be loaded for claims of given days.
        load_agreement: The ledger's agreement as of an entry.
    """

    def __init__(
        self,
        make: Make,
        bear: Bear,
        days: Days,
        reach: Reach,
        load_agreement: Callable[[Connection, int | None], Agreement | None],
    ) -> None:
        self._make = make
        self._bear = bear
        self._days = days
        self._load_agreement = load_agreement
        self._as_of = 0
        self._entry: int | None = None
        self._nearby = Nearby(reach)
        self._rows = IncidentRows()
        self.reset()

    def reset(self) -> None:
        """Forget what was loaded: a transaction failed, or others decided."""
        self._index: Matching | None = None
        self._agreed: tuple[Agreement | None] | None = None
        self._bearings: Bearings | None = None
        self._nearby.reset()
        self._rows.reset()
        self._held: set[str] = set()
        self._document: dict[str, str] = {}
        self._told: dict[str, tuple[str, ...]] = {}
        self._home: dict[str, str] = {}
        self._members: dict[str, tuple[str, ...]] = {}

    def follow(self, last: int, changed: int) -> None:
        """Begin a transaction after entry ``last``; what others decided up to ``changed`` makes the index stale."""
        if changed > self._as_of:
            self.reset()
        elif last != self._as_of:  # others entered documents: what is loaded holds, but there is more
            self._nearby.reset()
            self._rows.reset()
        self._as_of = last

    def at(self, number: int) -> None:
        """This entry is being applied: what was entered after it, as when a ledger is rebuilt, is not known yet."""
        self._entry = number

    def done(self, number: int) -> None:
        """The transaction ended with entry ``number``."""
        self._as_of = number

    def days(self, connection: Connection, document: Document, claims: Iterable[Claim]) -> set[int]:
        """The days (as ordinals) that what a document tells may belong to, which it is found by from now on."""
        found = {document.published.toordinal()} if document.published is not None else set()
        for claim in claims:
            found.update(day.toordinal() for day in self._days(Witness(claim, document), self._agreement(connection)))
        self._nearby.place(document.id, found)
        return found

    def bearings(self, connection: Connection, document: Document, claims: Iterable[Claim]) -> "list[Bearing]":
        """What the claims of a document bear on that name an act."""
        if self._bearings is None:
            self._bearings = self._bear(self._agreement(connection))
        return self._bearings.of(document, [claim for claim in claims if claim.act is not None])

    # ---- what changes ----

    def take_in(
        self, connection: Connection, number: int, document: Document, claims: tuple[Claim, ...], *, again: bool = True
    ) -> None:
        """Match what a document tells, whose rows and days are entered already; ``again`` is whether it was read before."""
        if len(self._document) > _MOST:
            self.reset()
        own, told = {document.id}, {claim.id for claim in claims}
        if not again:
            self._rows.new(document.id, told)
        self._load(connection, number, self._nearby.to(connection, own) - own)
        affected = self._add([Witness(claim, document) for claim in claims], [document])
        self._settle(connection, number, affected | told, own)

    def forget(self, connection: Connection, number: int, document: str, gone: Set[str]) -> None:
        """What a document told goes away; what stood with it is matched again without it."""
        self.reset()
        stood = self._rows.claims_of(connection, self._rows.incidents_of(connection, gone)) | gone
        fellows = self._rows.fellows(connection, {document})
        fellows |= self._nearby.tied(connection, fellows | {document})
        self._load(connection, number, self._nearby.to(connection, {document}) - {document})
        self._held.add(document)  # not to be loaded while it is being replaced
        self._settle(connection, number, stood, fellows - {document})
        self._held.discard(document)

    def prepare(self, connection: Connection, number: int, about: Iterable[str]) -> None:
        """Something will be decided about these claims: load what is near them as it stands before."""
        if len(self._document) > _MOST:
            self.reset()
        self._load(connection, number, self._nearby.to(connection, documents_named(connection, about)))

    def decide(self, connection: Connection, number: int, about: Iterable[str], decisions: Decisions) -> None:
        """It was decided, and is entered; ``prepare`` came before."""
        self._nearby.untie()
        named = documents_named(connection, about)
        self._load(connection, number, self._nearby.to(connection, named))
        assert self._index is not None
        told = {claim for document in named for claim in self._told[document]}
        self._settle(connection, number, self._track(self._index.decide(decisions)) | told, named)

    # ---- what is loaded ----

    def _agreement(self, connection: Connection) -> Agreement | None:
        if self._agreed is None:
            self._agreed = (self._load_agreement(connection, self._entry),)
        return self._agreed[0]

    def _load(self, connection: Connection, number: int, documents: Set[str]) -> None:
        """Bring documents into the index."""
        if self._index is None:
            self._index = self._make(load_decisions(connection), self._agreement(connection))
        witnesses: list[Witness] = []
        whole: list[Document] = []
        for key in sorted(documents - self._held):
            document, claims = readings.load_whole(connection, key, number)
            whole.append(document)
            witnesses += [Witness(claim, document) for claim in claims]
        if whole:
            self._add(witnesses, whole)

    def _add(self, witnesses: list[Witness], documents: list[Document]) -> set[str]:
        """Take in whole documents; the claims whose incidents changed by it."""
        assert self._index is not None
        told: dict[str, list[str]] = {document.id: [] for document in documents}
        for witness in witnesses:
            told[witness.document.id].append(witness.claim.id)
            self._document[witness.claim.id] = witness.document.id
        self._held.update(told)
        self._told.update((document, tuple(claims)) for document, claims in told.items())
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

    # ---- what is written ----

    def _settle(self, connection: Connection, number: int, claims: set[str], documents: Set[str]) -> None:
        """Load all that is near what changed, until nothing more is, and write what became another.

        Args:
            connection: A connection that writes.
            number: The entry that changed something.
            claims: Whose incidents may have changed.
            documents: Whose lineages may have changed.
        """
        assert self._index is not None
        while True:
            incidents, grown = self._grown(connection, claims)
            kin = self._kin(self._rows.fellows(connection, documents) | documents)
            grown |= self._of_another_origin(connection, kin)
            summaries = self._summaries(connection, incidents, grown)
            beside = {key for claim in summaries for key in self._index.beside(claim)}
            told = grown | summaries | {claim for key in beside for claim in self._members.get(key, ())}
            needed = self._kin({self._document[claim] for claim in told if claim in self._document}) | kin
            missing = (self._nearby.to(connection, needed) | self._strangers(connection, told)) - self._held
            self._load(connection, number, missing)
            if not missing and grown == claims and kin == documents:
                break
            claims, documents = grown, kin
        self._rows.write_incidents(connection, number, self._index, incidents)
        self._rows.write_lineages(connection, number, self._index, kin)
        self._rows.write_reasons(connection, number, self._index, grown)
        self._rows.write_summaries(connection, number, self._index, summaries)

    def _grown(self, connection: Connection, claims: set[str]) -> tuple[set[str], set[str]]:
        """The incidents that these claims stood in or are in now, and all claims of those."""
        stood = self._rows.incidents_of(connection, claims)
        together = claims | self._rows.claims_of(connection, stood)
        now = {self._home[claim] for claim in together if claim in self._home}
        return stood | now, together | {claim for key in now for claim in self._members[key]}

    def _kin(self, documents: Iterable[str]) -> set[str]:
        """The documents that the lineages of these depend on, as far as they are loaded."""
        assert self._index is not None
        return {kin for one in documents if one in self._told for kin in self._index.kin(one)}

    def _of_another_origin(self, connection: Connection, documents: Iterable[str]) -> set[str]:
        """The claims of documents whose origin is no longer the one that stands: their incidents count it."""
        assert self._index is not None
        found: set[str] = set()
        for document in documents:
            lineage = self._index.lineage(document)
            if self._rows.descent(connection, document) != (lineage.id, lineage.origin):
                found.update(self._told[document])
        return found

    def _summaries(self, connection: Connection, incidents: Set[str], claims: Set[str]) -> set[str]:
        """The claims that are summaries, or contain one of these incidents, or did."""
        assert self._index is not None
        found = self._rows.summaries_with(connection, incidents)
        found |= {claim for key in incidents for claim in self._index.summaries(key)}
        return found | {claim for claim in claims if self._index.aggregate(claim) is not None}

    def _strangers(self, connection: Connection, claims: Set[str]) -> set[str]:
        """The documents of claims that are not loaded."""
        return documents_of(connection, claims - self._document.keys())
