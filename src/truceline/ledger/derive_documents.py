"""From the entries on documents to tables: what came in, what it says, what a person corrected in it."""

import json
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from truceline.ledger import readings, tables
from truceline.ledger.canonical import storable
from truceline.ledger.decisions import load_decisions, typed
from truceline.ledger.entries import Entry
from truceline.ledger.history import standing
from truceline.ledger.neighbourhood import Neighbourhood
from truceline.ledger.rows import bearing_rows, claim_row, passage_rows
from truceline.model import Claim, Document

_FTS_ADD = text("INSERT INTO passage_search(rowid, heading, body) VALUES (:number, :heading, :body)")


class DocumentRules:
    """The rules for documents, readings and corrections; ``Derivation`` has the others.

    Args:
        connection: A connection that writes.
        neighbourhood: What incidents are matched in; None leaves incidents out.
    """

    def __init__(self, connection: Connection, neighbourhood: Neighbourhood | None) -> None:
        self._connection = connection
        self._neighbourhood = neighbourhood

    # ---- documents ----

    def _document(self, entry: Entry) -> None:
        told = entry.payload
        key = told["document"]
        row = {
            "id": key,
            "opened": entry.number,
            "closed": None,
            "received": entry.number,
            **{name: told[name] for name in ("published", "language", "size", "text", "begins")},
            **{name: clean(told[name]) for name in ("title", "publisher", "url", "name")},
            "flags": json.dumps(told["flags"], ensure_ascii=True),
        }
        self._add(tables.document, row)
        heading = " · ".join(part for part in (told["title"], told["publisher"]) if part)
        working = readings.working_text(self._connection, told["text"])
        found = passage_rows(key, entry.number, heading, working)
        self._add(tables.passage, *found)
        if self._connection.dialect.name == "sqlite":
            self._connection.execute(_FTS_ADD, found)
        self._keep(entry, key, "received", told["how"])

    def _custody(self, entry: Entry) -> None:
        self._keep(entry, entry.payload["document"], entry.payload["action"], entry.payload["how"])

    def _keep(self, entry: Entry, document: str, action: str, how: str) -> None:
        row = {
            "document": document,
            "opened": entry.number,
            "action": clean(action),
            "at": entry.at,
            "who": clean(entry.who),
            "how": clean(how),
            "hash": document.removeprefix("sha256:"),
        }
        self._add(tables.custody, row)

    # ---- readings ----

    def _reading(self, entry: Entry) -> None:
        told = entry.payload
        key = told["document"]
        again = self._is_read(key)  # else nothing stands of it, and nothing need be looked for
        if again:
            if self._neighbourhood is not None:
                self._neighbourhood.forget(self._connection, entry.number, key, self._claims_of(key))
            self._close(entry, tables.reading, tables.reading.c.document, key)
            self._close(entry, tables.claim, tables.claim.c.document, key)
        row = {"document": key, "opened": entry.number, "closed": None}
        self._add(tables.reading, {**row, **{name: told[name] for name in ("content", "reader", "claims")}})
        self._keep(entry, key, "read", f"by {told['reader']}")
        document, claims = readings.load_whole(self._connection, key, entry.number)
        fixed = self._corrected(claims) if again else claims
        corrected = {claim.id for before, claim in zip(claims, fixed, strict=True) if claim is not before}
        self._add(tables.claim, *(claim_row(c, key, entry.number, corrected=c.id in corrected) for c in fixed))
        self._place(entry, document, fixed, again=again)
        if self._neighbourhood is not None:
            self._bear(entry, document, fixed, again=again)
            self._neighbourhood.take_in(self._connection, entry.number, document, claims, again=again)

    def _is_read(self, document: str) -> bool:
        table = tables.reading
        query = select(table.c.document).where(table.c.document == document, standing(table))
        return self._connection.execute(query).first() is not None

    def _claims_of(self, document: str) -> set[str]:
        claim = tables.claim
        return set(self._connection.scalars(select(claim.c.id).where(claim.c.document == document, standing(claim))))

    def _place(self, entry: Entry, document: Document, claims: tuple[Claim, ...], *, again: bool = True) -> None:
        """Enter the days that what a document tells may belong to, in the place of those before."""
        if self._neighbourhood is None:
            return
        table = tables.document_day
        days = self._neighbourhood.days(self._connection, document, claims)
        query = select(table.c.day).where(table.c.document == document.id, standing(table))
        before = set(self._connection.scalars(query)) if again else set[int]()
        if before - days:
            gone = [table.c.document == document.id, table.c.day.in_(sorted(before - days)), standing(table)]
            self._connection.execute(update(table).where(*gone).values(closed=entry.number))
        row = {"document": document.id, "opened": entry.number, "closed": None}
        self._add(table, *({**row, "day": day} for day in sorted(days - before)))

    def _bear(self, entry: Entry, document: Document, claims: tuple[Claim, ...], *, again: bool = True) -> None:
        """Enter what the claims of a document bear on, in the place of what stood of it before."""
        if self._neighbourhood is None:
            return
        found = self._neighbourhood.bearings(self._connection, document, claims)
        new = bearing_rows(found, document.id, entry.number)
        for table, rows in zip((tables.bearing, tables.tie), new, strict=True):
            if again:
                self._close(entry, table, table.c.document, document.id)
            self._add(table, *rows)

    # ---- corrections ----

    def _correction(self, entry: Entry) -> None:
        told, table = entry.payload, tables.correction
        target = told["target"]
        of_document = target.startswith("sha256:")
        if self._neighbourhood is not None:
            if of_document:
                self._neighbourhood.forget(self._connection, entry.number, target, self._claims_of(target))
            else:
                self._neighbourhood.prepare(self._connection, entry.number, [target])
        self._close(entry, table, table.c.target, target, table.c.field == told["field"])
        row = {
            "target": target,
            "field": told["field"],
            "opened": entry.number,
            "closed": None,
            "was": json.dumps(told["was"], sort_keys=True),
            "value": json.dumps(told["value"], sort_keys=True),
            "who": clean(entry.who),
            "reason": clean(told["reason"]),
        }
        self._add(table, row)
        if of_document:
            self._corrected_document(entry)
        else:
            self._corrected_claim(entry)

    def _corrected_document(self, entry: Entry) -> None:
        told, table = entry.payload, tables.document
        key = told["target"]
        old = self._connection.execute(select(table).where(table.c.id == key, standing(table))).one()._asdict()
        self._close(entry, table, table.c.id, key)
        self._add(table, {**old, "opened": entry.number, told["field"]: clean(told["value"])})
        document, claims = readings.load_whole(self._connection, key, entry.number)
        fixed = self._corrected(claims)
        self._place(entry, document, fixed)
        if self._neighbourhood is not None:
            self._bear(entry, document, fixed)
            self._neighbourhood.take_in(self._connection, entry.number, document, claims)

    def _corrected_claim(self, entry: Entry) -> None:
        claim, key = tables.claim, entry.payload["target"]
        owner = self._connection.execute(
            select(claim.c.document).where(claim.c.id == key, standing(claim))
        ).scalar_one()
        document, claims = readings.load_whole(self._connection, owner, entry.number)
        fixed = self._corrected(claims)
        self._close(entry, claim, claim.c.id, key)
        self._add(claim, *(claim_row(c, owner, entry.number, corrected=True) for c in fixed if c.id == key))
        self._place(entry, document, fixed)
        self._bear(entry, document, fixed)
        self._decided(entry, {key})

    def _corrected(self, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        """The claims with the fields that persons set; one that nobody corrected is the same object."""
        table, found = tables.correction, dict[str, dict[str, Any]]()
        for part in readings.batches(claim.id for claim in claims):
            query = select(table.c.target, table.c.field, table.c.value)
            for target, field, value in self._connection.execute(
                query.where(table.c.target.in_(part), standing(table))
            ):
                found.setdefault(target, {})[field] = typed(field, json.loads(value))
        return tuple(readings.corrected(claim, found.get(claim.id, {})) for claim in claims)

    def _decided(self, entry: Entry, about: set[str]) -> None:
        if self._neighbourhood is not None:
            self._neighbourhood.decide(self._connection, entry.number, about, load_decisions(self._connection))

    # ---- rows ----

    def _close(self, entry: Entry, table: Any, column: Any, key: str | int, *conditions: Any) -> None:
        closing = update(table).where(column == key, *conditions, standing(table))
        self._connection.execute(closing.values(closed=entry.number))

    def _add(self, table: Any, *rows: dict[str, Any]) -> None:
        if rows:
            self._connection.execute(insert(table), list(rows))


def clean(value: Any) -> Any:
    """Text as a column takes it; anything else as it is."""
    return storable(value) if isinstance(value, str) else value
