"""Looking at incidents: those there are, one with all that was decided of it, and the summaries that count several."""

from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select

from truceline.ledger import tables
from truceline.ledger.history import at
from truceline.ledger.readings import batches
from truceline.ledger.rows import incident_body
from truceline.ledger.rules import rules
from truceline.ledger.snapshot import Snapshot
from truceline.model import Incident


class IncidentViews(Snapshot):
    """The part of a view that is about incidents."""

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
        found["summaries"] = self.summaries_of(row.id)
        found["opened"] = row.opened
        return found

    def as_incident(self, key: str) -> Incident:
        """An incident as a value of the model, as the incidents station made it.

        Raises:
            LedgerError: There is none of this name.
        """
        return _incident().validate_python(incident_body(self._one(tables.incident, key, "incident").body))

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

    def summaries(
        self, *, since: str | None = None, until: str | None = None, limit: int | None = None
    ) -> list[dict[str, Any]]:
        """Claims that count several incidents, in the order of time, each with the incidents of its days and area."""
        table, claim, document = tables.aggregate, tables.claim, tables.document
        columns = [column for column in table.c if column.name not in {"opened", "closed"}]
        query = select(*columns, claim.c.document, claim.c.speaker, document.c.publisher, document.c.published)
        query = query.join(claim, claim.c.id == table.c.claim).join(document, document.c.id == claim.c.document)
        query = query.where(*at(table, self.number), *at(claim, self.number), *at(document, self.number))
        if since is not None:
            query = query.where((table.c.ends > since) | (table.c.starts >= since))
        if until is not None:
            query = query.where(table.c.starts < until + "~")
        query = query.order_by(table.c.starts.is_(None), table.c.starts, table.c.claim).limit(limit)
        found = [dict(row._mapping) for row in self.connection.execute(query)]
        contents = self._contained([row["claim"] for row in found])
        return [{**row, "contains": contents[row["claim"]]} for row in found]

    def summary(self, claim: str) -> dict[str, Any] | None:
        """The summary that a claim makes, with what it contains; None where it is none."""
        rows = self._rows(tables.aggregate, tables.aggregate.c.claim == claim)
        return {**rows[0], "contains": self._contained([claim])[claim]} if rows else None

    def summaries_of(self, incident: str) -> list[str]:
        """The claims whose summaries contain an incident."""
        table = tables.contained
        query = select(table.c.claim).where(table.c.incident == incident, *at(table, self.number))
        return sorted(self.connection.scalars(query))

    def _contained(self, claims: list[str]) -> dict[str, list[str]]:
        table, found = tables.contained, dict[str, list[str]]()
        for part in batches(claims):
            query = select(table.c.claim, table.c.incident).where(table.c.claim.in_(part), *at(table, self.number))
            for claim, incident in self.connection.execute(query.order_by(table.c.claim, table.c.incident)):
                found.setdefault(claim, []).append(incident)
        return {claim: found.get(claim, []) for claim in claims}

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


@lru_cache(maxsize=1)
def _incident() -> TypeAdapter[Incident]:
    return TypeAdapter(Incident)
