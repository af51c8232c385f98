"""From entries to tables: one rule a kind of entry. Ingest and ``rebuild`` go through here alike, so they cannot differ."""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from truceline.ledger import log, readings, tables
from truceline.ledger.canonical import compact, storable
from truceline.ledger.decisions import load_decisions, typed
from truceline.ledger.entries import Entry, Kind
from truceline.ledger.history import standing
from truceline.ledger.neighbourhood import Neighbourhood
from truceline.ledger.rows import claim_row, passage_rows
from truceline.model import Witness

_FTS_ADD = text("INSERT INTO passage_search(rowid, heading, body) VALUES (:number, :heading, :body)")


class Derivation:
    """Applies entries, in order, over one connection.

    Args:
        connection: A connection that writes.
        neighbourhood: What incidents are matched in; None leaves incidents out.
    """

    def __init__(self, connection: Connection, neighbourhood: Neighbourhood | None) -> None:
        self._connection = connection
        self._neighbourhood = neighbourhood
        self._rules: dict[Kind, Callable[[Entry], None]] = {
            Kind.LEDGER: self._nothing,
            Kind.STAMP: self._nothing,
            Kind.AGREEMENT: self._agreement,
            Kind.DOCUMENT: self._document,
            Kind.CUSTODY: self._custody,
            Kind.READING: self._reading,
            Kind.DECISION: self._decision,
            Kind.CORRECTION: self._correction,
            Kind.GRADE: self._grade,
            Kind.STATE: self._state,
            Kind.ASSESSMENT: self._assessment,
            Kind.CHECKPOINT: self._checkpoint,
        }

    def apply(self, entry: Entry) -> None:
        """Bring the tables from the entry before to this one."""
        self._rules[entry.kind](entry)

    # ---- documents ----

    def _nothing(self, _: Entry) -> None:
        """What is evidence only."""

    def _agreement(self, _: Entry) -> None:
        if self._neighbourhood is not None:
            self._neighbourhood.reset()

    def _document(self, entry: Entry) -> None:
        told = entry.payload
        key = told["document"]
        working = readings.working_text(self._connection, told["text"])
        self._add(
            tables.document,
            {
                "id": key,
                "opened": entry.number,
                "closed": None,
                "received": entry.number,
                **{name: told[name] for name in ("published", "language", "size", "text", "begins")},
                **{name: _clean(told[name]) for name in ("title", "publisher", "url", "name")},
                "flags": json.dumps(told["flags"], ensure_ascii=True),
            },
        )
        heading = " · ".join(part for part in (told["title"], told["publisher"]) if part)
        found = passage_rows(key, entry.number, heading, working)
        self._add(tables.passage, *found)
        if self._connection.dialect.name == "sqlite":
            self._connection.execute(_FTS_ADD, found)
        self._keep(entry, key, "received", told["how"])

    def _custody(self, entry: Entry) -> None:
        self._keep(entry, entry.payload["document"], entry.payload["action"], entry.payload["how"])

    def _keep(self, entry: Entry, document: str, action: str, how: str) -> None:
        self._add(
            tables.custody,
            {
                "document": document,
                "opened": entry.number,
                "action": _clean(action),
                "at": entry.at,
                "who": _clean(entry.who),
                "how": _clean(how),
                "hash": document.removeprefix("sha256:"),
            },
        )

    # ---- readings ----

    def _reading(self, entry: Entry) -> None:
        told = entry.payload
        key = told["document"]
        self._close_reading(entry, key)
        self._add(
            tables.reading,
            {
                "document": key,
                "opened": entry.number,
                "closed": None,
                "content": told["content"],
                "reader": told["reader"],
                "claims": told["claims"],
            },
        )
        self._keep(entry, key, "read", f"by {told['reader']}")
        claims = readings.claims_of(json.loads(log.get(self._connection, told["content"])))
        fixed = self._corrections([claim.id for claim in claims])
        rows = [
            claim_row(readings.corrected(c, fixed.get(c.id, {})), key, entry.number, corrected=c.id in fixed)
            for c in claims
        ]
        self._add(tables.claim, *rows)
        whole = readings.load_document(self._connection, key, entry.number)
        witnesses = [Witness(claim, whole) for claim in claims]
        self._place(
            entry, [Witness(readings.corrected(w.claim, fixed.get(w.claim.id, {})), w.document) for w in witnesses]
        )
        if self._neighbourhood is not None:
            self._neighbourhood.take_in(self._connection, entry.number, witnesses, whole)

    def _close_reading(self, entry: Entry, document: str) -> None:
        """Close what an earlier reading of the document opened."""
        closing = self._connection.execute(
            update(tables.reading)
            .where(tables.reading.c.document == document, standing(tables.reading))
            .values(closed=entry.number)
        )
        if closing.rowcount == 0:
            return
        claim, day = tables.claim, tables.claim_day
        gone = list(
            self._connection.scalars(
                select(claim.c.id).where(claim.c.document == document, standing(claim)).order_by(claim.c.id)
            )
        )
        for part in readings.batches(gone):
            self._connection.execute(
                update(claim).where(claim.c.id.in_(part), standing(claim)).values(closed=entry.number)
            )
            self._connection.execute(
                update(day).where(day.c.claim.in_(part), standing(day)).values(closed=entry.number)
            )
        if self._neighbourhood is not None:
            self._neighbourhood.forget(self._connection, entry.number, gone)

    def _place(self, entry: Entry, witnesses: list[Witness]) -> None:
        """Enter the days that claims may belong to."""
        if self._neighbourhood is None:
            return
        rows = [
            {"day": day.toordinal(), "claim": witness.claim.id, "opened": entry.number, "closed": None}
            for witness in witnesses
            for day in sorted(set(self._neighbourhood.days(self._connection, witness)))
        ]
        self._add(tables.claim_day, *rows)

    # ---- what persons decide ----

    def _decision(self, entry: Entry) -> None:
        told = entry.payload
        before = self._tied()
        revoked = {key for number in told["revokes"] for key in before.get(number, ())}
        about = revoked | set(_claims_in(told))
        self._prepare(entry, about)
        for number in told["revokes"]:
            self._connection.execute(
                update(tables.decision)
                .where(tables.decision.c.opened == number, standing(tables.decision))
                .values(closed=entry.number)
            )
        self._add(
            tables.decision,
            {
                "opened": entry.number,
                "closed": None,
                "action": told["action"],
                "who": _clean(entry.who),
                "reason": _clean(told["reason"]),
                "body": compact(told).decode(),
            },
        )
        self._decided(entry, about)

    def _tied(self) -> dict[int, list[str]]:
        """The claims each standing decision is about."""
        query = select(tables.decision.c.opened, tables.decision.c.body).where(standing(tables.decision))
        return {number: _claims_in(json.loads(body)) for number, body in self._connection.execute(query)}

    def _correction(self, entry: Entry) -> None:
        told = entry.payload
        table = tables.correction
        key = (table.c.target == told["target"]) & (table.c.field == told["field"])
        if not _is_document(told["target"]):
            self._prepare(entry, {told["target"]})
        self._connection.execute(update(table).where(key, standing(table)).values(closed=entry.number))
        row = {
            "target": told["target"],
            "field": told["field"],
            "opened": entry.number,
            "closed": None,
            "was": _written(told["was"]),
            "value": _written(told["value"]),
            "who": _clean(entry.who),
            "reason": _clean(told["reason"]),
        }
        self._add(table, row)
        if _is_document(told["target"]):
            self._corrected_document(entry)
        else:
            self._corrected_claim(entry)

    def _corrected_document(self, entry: Entry) -> None:
        told, table = entry.payload, tables.document
        here = (table.c.id == told["target"], standing(table))
        old = self._connection.execute(select(table).where(*here)).one()._asdict()
        self._connection.execute(update(table).where(*here).values(closed=entry.number))
        value = told["value"]
        self._add(table, {**old, "opened": entry.number, told["field"]: _clean(value)})
        claim = tables.claim
        keys = list(
            self._connection.scalars(
                select(claim.c.id).where(claim.c.document == told["target"], standing(claim)).order_by(claim.c.id)
            )
        )
        if self._neighbourhood is not None and keys:
            self._neighbourhood.forget(self._connection, entry.number, keys)
            found = readings.load_witnesses(self._connection, keys, entry.number)
            self._neighbourhood.take_in(self._connection, entry.number, found, found[0].document)

    def _corrected_claim(self, entry: Entry) -> None:
        claim, day, key = tables.claim, tables.claim_day, entry.payload["target"]
        witness = readings.load_witnesses(self._connection, [key], entry.number)[0]
        fixed = readings.corrected(witness.claim, self._corrections([key])[key])
        for table, column in ((claim, claim.c.id), (day, day.c.claim)):
            self._connection.execute(update(table).where(column == key, standing(table)).values(closed=entry.number))
        self._add(claim, claim_row(fixed, witness.document.id, entry.number, corrected=True))
        self._place(entry, [Witness(fixed, witness.document)])
        self._decided(entry, {key})

    def _corrections(self, keys: list[str]) -> dict[str, dict[str, Any]]:
        """The fields that persons set, by claim."""
        table, found = tables.correction, dict[str, dict[str, Any]]()
        for part in readings.batches(keys):
            query = select(table.c.target, table.c.field, table.c.value).where(
                table.c.target.in_(part), standing(table)
            )
            for target, field, value in self._connection.execute(query):
                found.setdefault(target, {})[field] = typed(field, json.loads(value))
        return found

    def _prepare(self, entry: Entry, about: set[str]) -> None:
        if self._neighbourhood is not None:
            self._neighbourhood.prepare(self._connection, entry.number, about)

    def _decided(self, entry: Entry, about: set[str]) -> None:
        if self._neighbourhood is not None:
            self._neighbourhood.decide(self._connection, entry.number, about, load_decisions(self._connection))

    def _grade(self, entry: Entry) -> None:
        told, table = entry.payload, tables.grade
        key = {name: told[name] for name in ("kind", "target", "by")}
        same = [table.c[name] == value for name, value in key.items()]
        self._connection.execute(update(table).where(*same, standing(table)).values(closed=entry.number))
        self._add(
            table,
            {
                **key,
                "opened": entry.number,
                "closed": None,
                "grade": told["grade"],
                "who": _clean(entry.who),
                "reason": _clean(told["reason"]),
            },
        )

    def _state(self, entry: Entry) -> None:
        names = ("claim", "incident", "state", "by", "attribution", "ruling")
        told = {name: entry.payload[name] for name in names}
        self._add(
            tables.state,
            {"opened": entry.number, **told, "who": _clean(entry.who), "reason": _clean(entry.payload["reason"])},
        )

    def _assessment(self, entry: Entry) -> None:
        told = {name: _clean(entry.payload[name]) for name in ("kind", "target", "says")}
        self._add(tables.assessment, {"opened": entry.number, **told, "who": _clean(entry.who)})

    def _checkpoint(self, entry: Entry) -> None:
        told = {name: entry.payload[name] for name in ("number", "head", "key", "signature")}
        self._add(tables.checkpoint, {"opened": entry.number, **told})

    def _add(self, table: Any, *rows: dict[str, Any]) -> None:
        if rows:
            self._connection.execute(insert(table), list(rows))


def _clean(value: str | None) -> str | None:
    return storable(value) if isinstance(value, str) else value


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True)


def _is_document(target: str) -> bool:
    return target.startswith("sha256:")


def _claims_in(told: dict[str, Any]) -> list[str]:
    return [claim for group in told["claims"] for claim in group]
