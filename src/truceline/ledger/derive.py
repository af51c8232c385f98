"""From entries to tables: one rule a kind of entry. Ingest and ``rebuild`` go through here alike, so they cannot differ."""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, select

from truceline.ledger import readings, tables
from truceline.ledger.canonical import compact
from truceline.ledger.derive_documents import DocumentRules, clean
from truceline.ledger.entries import Entry, Kind
from truceline.ledger.history import standing
from truceline.ledger.neighbourhood import Neighbourhood


class Derivation(DocumentRules):
    """Applies entries, in order, over one connection.

    Args:
        connection: A connection that writes.
        neighbourhood: What incidents are matched in; None leaves incidents out.
    """

    def __init__(self, connection: Connection, neighbourhood: Neighbourhood | None) -> None:
        super().__init__(connection, neighbourhood)
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
            Kind.TIE: self._tie,
            Kind.ZONE: self._zone,
            Kind.CHECKPOINT: self._checkpoint,
        }

    def apply(self, entry: Entry) -> None:
        """Bring the tables from the entry before to this one."""
        if self._neighbourhood is not None:
            self._neighbourhood.at(entry.number)
        self._rules[entry.kind](entry)

    def _nothing(self, _: Entry) -> None:
        """What is evidence only."""

    def _agreement(self, entry: Entry) -> None:
        """Another agreement has other parties and obligations: what bears on what is found anew, for every document."""
        if self._neighbourhood is None:
            return
        self._neighbourhood.reset()
        table = tables.reading
        for key in list(self._connection.scalars(select(table.c.document).where(standing(table)))):
            document, claims = readings.load_whole(self._connection, key, entry.number)
            self._bear(entry, document, self._corrected(claims))

    def _decision(self, entry: Entry) -> None:
        told, table = entry.payload, tables.decision
        before = self._about()
        about = {key for number in told["revokes"] for key in before.get(number, ())} | _named(told)
        if self._neighbourhood is not None:
            self._neighbourhood.prepare(self._connection, entry.number, about)
        for number in told["revokes"]:
            self._close(entry, table, table.c.opened, number)
        row = {
            "opened": entry.number,
            "closed": None,
            "action": told["action"],
            "who": clean(entry.who),
            "reason": clean(told["reason"]),
            "body": compact(told).decode(),
        }
        self._add(table, row)
        self._decided(entry, about)

    def _about(self) -> dict[int, set[str]]:
        """What each standing decision is about."""
        query = select(tables.decision.c.opened, tables.decision.c.body).where(standing(tables.decision))
        return {number: _named(json.loads(body)) for number, body in self._connection.execute(query)}

    def _grade(self, entry: Entry) -> None:
        told, table = entry.payload, tables.grade
        key = {name: told[name] for name in ("kind", "target", "by")}
        same = [table.c[name] == value for name, value in key.items() if name != "target"]
        self._close(entry, table, table.c.target, told["target"], *same)
        row = {"opened": entry.number, "closed": None, "grade": told["grade"], "reason": clean(told["reason"])}
        self._add(table, {**key, **row, "who": clean(entry.who)})

    def _state(self, entry: Entry) -> None:
        names = ("claim", "incident", "state", "by", "attribution", "ruling", "reason")
        self._add_once(tables.state, entry, names)

    def _assessment(self, entry: Entry) -> None:
        self._add_once(tables.assessment, entry, ("kind", "target", "says", "state", "since"))

    def _tie(self, entry: Entry) -> None:
        told, table = entry.payload, tables.tying
        shared = {"opened": entry.number, "closed": None, "who": clean(entry.who), "reason": clean(told["reason"])}
        shared |= {name: told[name] for name in ("obligation", "side", "incident")}
        for claim in told["claims"]:
            self._close(entry, table, table.c.claim, claim, table.c.obligation == told["obligation"])
            self._add(table, {"claim": claim, **shared})

    def _zone(self, entry: Entry) -> None:
        told = {
            name: clean(entry.payload[name]) for name in ("zone", "publisher", "published", "content", "name", "url")
        }
        self._add(tables.zone, {"opened": entry.number, **told, "who": clean(entry.who)})

    def _add_once(self, table: Any, entry: Entry, names: tuple[str, ...]) -> None:
        told = {name: clean(entry.payload.get(name)) for name in names}
        self._add(table, {"opened": entry.number, **told, "who": clean(entry.who)})

    def _checkpoint(self, entry: Entry) -> None:
        told = {name: entry.payload[name] for name in ("number", "head", "key", "signature")}
        self._add(tables.checkpoint, {"opened": entry.number, **told})


def _named(told: dict[str, Any]) -> set[str]:
    """The claims (or documents) that a decision names."""
    return {name for group in told["claims"] for name in group}
