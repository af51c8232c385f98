"""Looking at documents and claims: what is known of one, where it goes back to, and what persons made of it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select

from truceline.errors import LedgerError
from truceline.ledger import log, readings, tables
from truceline.ledger.decisions import typed
from truceline.ledger.history import at
from truceline.ledger.incident_views import IncidentViews
from truceline.ledger.readings import batches
from truceline.ledger.snapshot import PREFIX
from truceline.model import Claim, Document, Witness


class DocumentViews(IncidentViews):
    """The part of a view that is about documents and claims."""

    def document(self, key: str) -> dict[str, Any]:
        """What is known of a document, its claims, its custody, and what persons corrected.

        Raises:
            LedgerError: There is none of this id.
        """
        row = self._one(tables.document, key if key.startswith(PREFIX) else PREFIX + key, "document")
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
        plain["lineage"] = self.lineage(row.id)
        plain["grades"] = self.grades("source", row.publisher) if row.publisher else []
        return plain

    def lineage(self, document: str) -> dict[str, Any] | None:
        """Where a document goes back to, and all the documents of its lineage, the first one first.

        Each has how it goes back to another and what it changed of that one's sentences; the first copies none. None where
        claims are not matched in this ledger.
        """
        table, documents = tables.lineage, tables.document
        own = select(table.c.lineage).where(table.c.document == document, *at(table, self.number))
        key = self.connection.scalar(own)
        if key is None:
            return None
        columns = [table.c[name] for name in ("document", "of", "kind", "score", "why", "changes")]
        query = select(*columns, table.c.origin, documents.c.title, documents.c.publisher, documents.c.published)
        query = query.join(documents, documents.c.id == table.c.document)
        query = query.where(table.c.lineage == key, *at(table, self.number), *at(documents, self.number))
        query = query.order_by(
            table.c.of.is_not(None), documents.c.published.is_(None), documents.c.published, documents.c.id
        )
        found = [dict(row._mapping) for row in self.connection.execute(query)]
        origin = found[0]["origin"]
        for row in found:
            del row["origin"]
            row["changes"] = json.loads(row["changes"])
        return {"id": key, "origin": origin, "documents": found}

    def text(self, key: str) -> str:
        """The working text of a document."""
        return self.as_document(key).text

    def as_document(self, key: str) -> Document:
        """A document as a value of the model, with its text."""
        return readings.load_document(self.connection, self.document(key)["id"], self.number)

    def original(self, key: str) -> bytes:
        """The bytes as they came in."""
        return log.get(self.connection, self.document(key)["id"].removeprefix(PREFIX))

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
            "unmatched": self.unmatched(key),
            "summary": self.summary(key),
            "corrections": self.corrections(key),
            "grades": self.grades("claim", key),
            "assessments": self._rows(tables.assessment, tables.assessment.c.target == key),
        }

    def unmatched(self, claim: str) -> str | None:
        """Why a claim is in no incident; None for one that is in one, and for a summary."""
        table = tables.unmatched
        return self.connection.scalar(select(table.c.why).where(table.c.claim == claim, *at(table, self.number)))

    def corrections(self, target: str) -> list[dict[str, Any]]:
        """What persons corrected in a claim or a document; the machine's value is ``was``."""
        found = self._rows(tables.correction, tables.correction.c.target == target)
        return [{**row, "was": json.loads(row["was"]), "value": json.loads(row["value"])} for row in found]

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
