"""Looking: one snapshot of the ledger, as it was known at one entry. Nothing here writes."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Table, select

from truceline.errors import LedgerError
from truceline.knowledge import Agreement
from truceline.ledger import log, readings, search, tables
from truceline.ledger.decisions import typed
from truceline.ledger.entries import Entry, Kind
from truceline.ledger.history import at
from truceline.ledger.readings import batches
from truceline.ledger.rows import incident_body
from truceline.ledger.rules import rules
from truceline.ledger.search import Wanted
from truceline.model import Claim, Document, Incident, Witness

_PREFIX = "sha256:"


class View:
    """The ledger as known at entry ``number``; get one from ``Ledger.view``.

    Attributes:
        number: The newest entry that is known.
    """

    def __init__(self, connection: Connection, number: int, agreement: Callable[[], Agreement | None]) -> None:
        self.connection = connection
        self.number = number
        self._agreement = agreement

    @cached_property
    def agreement(self) -> Agreement | None:
        """The ledger's agreement."""
        return self._agreement()

    # ---- incidents ----

    def incidents(
        self,
        *,
        act: str | None = None,
        place: str | None = None,
        state: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
    ) -> list[dict[str, Any]]:
        """Incidents in the order of time, each with its state and the state that a machine proposes."""
        table = tables.incident
        query = select(*(column for column in table.c if column.name not in {"body", "closed"})).where(
            *at(table, self.number)
        )
        if act is not None:
            query = query.where(table.c.act == act)
        if place is not None:
            query = query.where(table.c.place.icontains(place, autoescape=True))
        if since is not None:
            query = query.where((table.c.ends > since) | (table.c.starts >= since))
        if until is not None:
            query = query.where(table.c.starts < until + "~")  # after every hour of that day
        query = query.order_by(table.c.starts.is_(None), table.c.starts, table.c.id)
        if state is None and limit is not None:
            query = query.limit(limit)
        found = [dict(row._mapping) for row in self.connection.execute(query)]
        states = self._states([row["id"] for row in found])
        for row in found:
            row["state"] = states.get(row["id"], {}).get("state", rules().first)
        return [row for row in found if state is None or row["state"] == state][:limit]

    def incident(self, key: str) -> dict[str, Any]:
        """Everything on one incident: its versions, contradictions and links, what was decided, and what was said of it.

        Raises:
            LedgerError: There is none of this name.
        """
        row = self._one(tables.incident, key, "incident")
        found = incident_body(row.body)
        history = self.states(found["claims"])
        found["proposed"] = found["state"]
        found["state"] = history[-1]["state"] if history else rules().first
        found["history"] = history
        found["grades"] = self.grades("incident", row.id)
        found["assessments"] = self._rows(tables.assessment, tables.assessment.c.target == row.id)
        found["decisions"] = self.decisions(found["claims"])
        found["opened"] = row.opened
        return found

    def as_incident(self, key: str) -> Incident:
        """An incident as a value of the model, as the incidents station made it.

        Raises:
            LedgerError: There is none of this name.
        """
        return _incident().validate_python(incident_body(self._one(tables.incident, key, "incident").body))

    def witnesses(self, claims: Iterable[str]) -> list[Witness]:
        """Claims with their documents, with what persons corrected in them."""
        table, found = tables.claim, list[Witness]()
        wanted = set(claims)
        owners: set[str] = set()
        for part in batches(wanted):
            query = select(table.c.document).where(table.c.id.in_(part), *at(table, self.number))
            owners.update(self.connection.scalars(query))
        for owner in sorted(owners):
            document, made = readings.load_whole(self.connection, owner, self.number)
            found += [Witness(self._fixed(claim), document) for claim in made if claim.id in wanted]
        return found

    def _fixed(self, claim: Claim) -> Claim:
        return readings.corrected(
            claim, {row["field"]: typed(row["field"], row["value"]) for row in self.corrections(claim.id)}
        )

    def incident_of(self, claim: str) -> str | None:
        """The incident that a claim belongs to."""
        table = tables.member
        return self.connection.scalar(select(table.c.incident).where(table.c.claim == claim, *at(table, self.number)))

    def states(self, claims: list[str]) -> list[dict[str, Any]]:
        """How the state of the incident with these claims came about."""
        table = tables.state
        found: list[dict[str, Any]] = []
        for part in batches(claims):
            found += self._rows(table, table.c.claim.in_(part))
        return sorted(found, key=lambda row: row["opened"])

    def decisions(self, claims: list[str]) -> list[dict[str, Any]]:
        """The standing decisions that are about any of these claims (all, when none are given)."""
        wanted = set(claims)
        found = []
        for row in self._rows(tables.decision):
            body = json.loads(row.pop("body"))
            if not wanted or wanted & {claim for group in body["claims"] for claim in group}:
                found.append({**row, "claims": body["claims"]})
        return found

    def grades(self, kind: str, target: str) -> list[dict[str, Any]]:
        """A person's and a rule's grade of a source, a claim or an incident."""
        table = tables.grade
        return self._rows(table, table.c.kind == kind, table.c.target == target)

    # ---- documents and claims ----

    def document(self, key: str) -> dict[str, Any]:
        """What is known of a document, its claims, its custody, and what persons corrected.

        Raises:
            LedgerError: There is none of this id.
        """
        row = self._one(tables.document, key if key.startswith(_PREFIX) else _PREFIX + key, "document")
        plain = dict(row._mapping)
        plain["flags"] = json.loads(plain["flags"])
        claim = tables.claim
        query = select(claim.c.id, claim.c.act, claim.c.modality, claim.c.speaker, claim.c.party, claim.c.status)
        query = query.where(claim.c.document == row.id, *at(claim, self.number)).order_by(claim.c.position, claim.c.id)
        plain["claims"] = [dict(found._mapping) for found in self.connection.execute(query)]
        plain["custody"] = self._rows(tables.custody, tables.custody.c.document == row.id)
        plain["readings"] = [
            dict(found._mapping)
            for found in self.connection.execute(
                select(tables.reading)
                .where(tables.reading.c.document == row.id, tables.reading.c.opened <= self.number)
                .order_by(tables.reading.c.opened)
            )
        ]
        plain["corrections"] = self.corrections(row.id)
        plain["grades"] = self.grades("source", row.publisher) if row.publisher else []
        return plain

    def text(self, key: str) -> str:
        """The working text of a document."""
        return self.as_document(key).text

    def as_document(self, key: str) -> Document:
        """A document as a value of the model, with its text."""
        return readings.load_document(self.connection, self.document(key)["id"], self.number)

    def original(self, key: str) -> bytes:
        """The bytes as they came in."""
        return log.get(self.connection, self.document(key)["id"].removeprefix(_PREFIX))

    def claim(self, key: str) -> dict[str, Any]:
        """A claim as the machine read it, with what persons corrected beside it.

        Raises:
            LedgerError: There is none of this id.
        """
        row = self._one(tables.claim, key, "claim")
        plain = readings.plain_reading(self.connection, row.document, self.number) or {"claims": []}
        read = next((claim for claim in plain["claims"] if claim["id"] == row.id), None)
        if read is None:
            raise LedgerError(f"claim {row.id}: its reading lacks it; see what `truceline verify` says")
        return {**self._judged(read), "document": row.document, "decisions": self.decisions([row.id])}

    def claims_of(self, document: str) -> Iterator[dict[str, Any]]:
        """The claims of a document as the machine read them, with what persons corrected beside each."""
        plain = readings.plain_reading(self.connection, document, self.number) or {"claims": []}
        for read in plain["claims"]:
            yield {**self._judged(read), "document": document}

    def _judged(self, read: dict[str, Any]) -> dict[str, Any]:
        """A claim with what persons said of it."""
        key = read["id"]
        return {
            **read,
            "incident": self.incident_of(key),
            "corrections": self.corrections(key),
            "grades": self.grades("claim", key),
            "assessments": self._rows(tables.assessment, tables.assessment.c.target == key),
        }

    def corrections(self, target: str) -> list[dict[str, Any]]:
        """What persons corrected in a claim or a document; the machine's value is ``was``."""
        found = self._rows(tables.correction, tables.correction.c.target == target)
        return [{**row, "was": json.loads(row["was"]), "value": json.loads(row["value"])} for row in found]

    # ---- the whole ----

    def search(self, wanted: Wanted, limit: int = 20) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Documents and claims; documents only where nothing is asked of claims.

        Raises:
            LedgerError: There is no word to look for.
        """
        claims = search.claims(self.connection, wanted, self.number, limit) if wanted.about_claims else []
        found = [] if wanted.about_claims else search.documents(self.connection, wanted, self.number, limit)
        return found, claims

    def log(self, *, kind: Kind | None = None, newest: bool = False) -> Iterator[Entry]:
        """The entries, in order or the newest first."""
        return map(Entry.of, log.rows(self.connection, until=self.number, kind=kind, newest=newest))

    def entry(self, number: int) -> dict[str, Any]:
        """One entry of the log.

        Raises:
            LedgerError: There is none of this number, or it was not there yet.
        """
        if number > self.number:
            raise LedgerError(f"no entry {number}; {self.number} is the newest that was known")
        return log.one(self.connection, number).to_dict()

    def counts(self) -> dict[str, int]:
        """How many rows stand in each table."""
        from sqlalchemy import func

        return {
            table.name: self.connection.scalar(select(func.count()).select_from(table).where(*at(table, self.number)))
            or 0
            for table in tables.DERIVED
        }

    def _states(self, incidents: list[str]) -> dict[str, dict[str, Any]]:
        """The newest state decided of each incident that has one."""
        state, member = tables.state, tables.member
        found: dict[str, dict[str, Any]] = {}
        for part in batches(incidents):
            query = (
                select(member.c.incident, state.c.state, state.c.opened)
                .join(state, state.c.claim == member.c.claim)
                .where(member.c.incident.in_(part), *at(member, self.number), *at(state, self.number))
                .order_by(state.c.opened)
            )
            found.update({row.incident: dict(row._mapping) for row in self.connection.execute(query)})
        return found

    def _rows(self, table: Table, *conditions: Any) -> list[dict[str, Any]]:
        query = select(table).where(*conditions, *at(table, self.number)).order_by(table.c.opened)
        return [
            {name: value for name, value in row._mapping.items() if name != "closed"}
            for row in self.connection.execute(query)
        ]

    def _one(self, table: Table, key: str, what: str) -> Any:
        """The row of this id, or the only one whose id begins so."""
        query = select(table).where(*at(table, self.number))
        exact = self.connection.execute(query.where(table.c.id == key)).first()
        if exact is not None:
            return exact
        near = self.connection.execute(
            query.where(table.c.id.startswith(key, autoescape=True)).order_by(table.c.id).limit(3)
        ).all()
        if len(near) == 1:
            return near[0]
        if near:
            raise LedgerError(
                f"{key}: more than one {what} begins so ({near[0].id}, {near[1].id}, …); write more of it"
            )
        lists = "truceline incidents" if what == "incident" else "truceline search"
        raise LedgerError(f"no {what} {key}; `{lists}` lists those there are")


@lru_cache(maxsize=1)
def _incident() -> TypeAdapter[Incident]:
    return TypeAdapter(Incident)
