"""What persons decide. Each decision is an entry with its author and reason; nothing the machine found goes away by it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Literal

from sqlalchemy import select

from truceline.errors import LedgerError
from truceline.ledger import decisions, fields, log, tables
from truceline.ledger.entries import Entry, Kind
from truceline.ledger.history import standing
from truceline.ledger.rules import By, rules
from truceline.ledger.views import View
from truceline.ledger.writing import Writer
from truceline.model.codec import document_to_dict

Target = Literal["source", "claim", "incident"]


class Review:
    """The part of a ledger by which persons decide; ``Ledger`` is one."""

    who: str
    _writing: Callable[[], AbstractContextManager[Writer]]
    view: Callable[..., AbstractContextManager[View]]

    # ---- which claims speak of one incident ----

    def accept(self, claim: str, *, reason: str = "") -> Entry:
        """That a claim belongs to its incident."""
        with self._writing() as writer:
            view = now(writer)
            key, incident = self._placed(view, claim)
            nearest = next((link["to"] for link in incident["links"] if link["claim"] == key), None)
            other = nearest or next((other for other in incident["claims"] if other != key), None)
            groups = [[key, other]] if other else [[key]]
            return self._decide(writer, decisions.TOGETHER, groups, reason, [incident["id"]])

    def reject(self, claim: str, *, entirely: bool = False, reason: str = "") -> Entry:
        """That a claim does not belong to its incident (``entirely``: nor to any other)."""
        with self._writing() as writer:
            view = now(writer)
            if entirely:
                return self._decide(writer, decisions.EXCLUDE, [[view.claim(claim)["id"]]], reason, [])
            key, incident = self._placed(view, claim)
            others = [other for other in incident["claims"] if other != key]
            if not others:
                raise LedgerError(f"claim {key} is all that {incident['id']} holds; reject it entirely instead")
            return self._decide(writer, decisions.APART, [[key], others], reason, [incident["id"]])

    def merge(self, *incidents: str, reason: str = "") -> Entry:
        """That these incidents are one."""
        with self._writing() as writer:
            view = now(writer)
            merged = {found["id"]: found["claims"] for found in map(view.incident, incidents)}
            if len(merged) < 2:
                raise LedgerError("a merge needs two incidents or more; name others")
            whole = [sorted({claim for claims in merged.values() for claim in claims})]
            return self._decide(writer, decisions.TOGETHER, whole, reason, sorted(merged))

    def split(self, incident: str, *claims: str, reason: str = "") -> Entry:
        """That these claims speak of another incident than the rest does."""
        with self._writing() as writer:
            view = now(writer)
            found = view.incident(incident)
            apart = {view.claim(claim)["id"] for claim in claims}
            rest = [claim for claim in found["claims"] if claim not in apart]
            strange = sorted(apart - set(found["claims"]))
            if strange:
                raise LedgerError(f"claim {strange[0]} does not belong to {found['id']}; name some that do")
            if not rest or not apart:
                raise LedgerError(f"a split of {found['id']} leaves claims on both sides; name some of them, not all")
            return self._decide(writer, decisions.APART, [sorted(apart), rest], reason, [found["id"]])

    def tell_copies(self, one: str, other: str, *, copies: bool, reason: str = "") -> Entry:
        """That one document is a copy of another, or independent of it."""
        with self._writing() as writer:
            view = now(writer)
            pair = [[view.document(key)["id"]] for key in (one, other)]
            action = decisions.COPIES if copies else decisions.INDEPENDENT
            return self._decide(writer, action, pair, reason, [])

    def undo(self, number: int, *, reason: str = "") -> Entry:
        """That an earlier decision holds no longer."""
        with self._writing() as writer:
            table = tables.decision
            row = writer.connection.execute(
                select(table.c.opened).where(table.c.opened == number, standing(table))
            ).first()
            if row is None:
                told = log.one(writer.connection, number).kind
                why = (
                    "it was undone before"
                    if told is Kind.DECISION
                    else f"it is a {told.value}; enter another one instead"
                )
                raise LedgerError(f"entry {number} is no decision that stands: {why}")
            return self._enter(writer, Kind.DECISION, _decision(decisions.UNDO, [], reason, [], [number]))

    # ---- what is held of sources, claims and incidents ----

    def grade(self, kind: Target, target: str, grade: str, *, reason: str = "", by: By = "person") -> Entry:
        """Grade a source (A to F), a claim or an incident (1 to 6)."""
        grade = grade.upper()
        rules().check_grade(kind, grade)
        with self._writing() as writer:
            view = now(writer)
            if kind == "source":
                _check_source(view, target)
            key = (
                target
                if kind == "source"
                else view.claim(target)["id"]
                if kind == "claim"
                else view.incident(target)["id"]
            )
            return self._enter(
                writer, Kind.GRADE, {"kind": kind, "target": key, "grade": grade, "by": by, "reason": reason}
            )

    def set_state(
        self,
        incident: str,
        state: str,
        *,
        reason: str = "",
        attribution: str | None = None,
        ruling: str | None = None,
        by: By = "person",
    ) -> Entry:
        """Bring an incident to another state, if the rules let its present one go there."""
        with self._writing() as writer:
            view = now(writer)
            found = view.incident(incident)
            parties = tuple(party.id for party in view.agreement.parties) if view.agreement else ()
            rules().check_transition(
                found["state"], state, by=by, reason=reason, attribution=attribution, ruling=ruling, parties=parties
            )
            told = {"incident": found["id"], "claim": found["anchor"], "from": found["state"], "state": state}
            more = {"by": by, "attribution": attribution, "ruling": ruling, "reason": reason}
            return self._enter(writer, Kind.STATE, told | more)

    def assess(self, kind: Target, target: str, says: str) -> Entry:
        """A dated judgement in words."""
        if not says.strip():
            raise LedgerError("an assessment says something; give its words")
        with self._writing() as writer:
            view = now(writer)
            if kind == "source":
                _check_source(view, target)
            key = (
                target
                if kind == "source"
                else view.claim(target)["id"]
                if kind == "claim"
                else view.incident(target)["id"]
            )
            return self._enter(writer, Kind.ASSESSMENT, {"kind": kind, "target": key, "says": says})

    def correct(self, target: str, field: str, value: Any, *, reason: str = "") -> Entry:
        """Set a field of a claim or of a document; the machine's value stays beside it.

        Args:
            target: Id of the claim or the document.
            field: Its name in the JSON of a reading.
            value: JSON values of the field's kind; None for nothing.
        """
        with self._writing() as writer:
            view = now(writer)
            if target.startswith("sha256:"):
                found = view.document(target)
                key, was = found["id"], document_to_dict(view.as_document(found["id"])).get(field)
                fixed = fields.document_value(field, value)
            else:
                claim = view.claim(target)
                key = claim["id"]
                decisions.typed(field, value)
                was, fixed = claim[field], value
            told = {"target": key, "field": field, "was": was, "value": fixed, "reason": reason}
            return self._enter(writer, Kind.CORRECTION, told)

    def typed_in(self, target: str, field: str, typed: str) -> Any:
        """What somebody typed for a field, as JSON values (see ``fields.typed_in``)."""
        with self.view() as view:
            if target.startswith("sha256:"):
                return None if typed.strip().lower() == "none" else typed
            return fields.typed_in(field, typed, view.claim(target), view.agreement)

    def hand_over(self, document: str, *, to: str) -> tuple[str, bytes]:
        """The original bytes for somebody, with an entry in the custody log; its id comes with them."""
        with self._writing() as writer:
            view = now(writer)
            key = view.document(document)["id"]
            content = view.original(key)
            self._enter(writer, Kind.CUSTODY, {"document": key, "action": "handed over", "how": f"to {to}"})
            return key, content

    # ---- entering ----

    def _placed(self, view: View, claim: str) -> tuple[str, dict[str, Any]]:
        """A claim's id, and the incident it is in."""
        key = view.claim(claim)["id"]
        incident = view.incident_of(key)
        if incident is None:
            raise LedgerError(f"claim {key} is in no incident; `truceline review merge` joins incidents, not claims")
        return key, view.incident(incident)

    def _decide(self, writer: Writer, action: str, groups: list[list[str]], reason: str, incidents: list[str]) -> Entry:
        revokes, left = decisions.revoked_by(writer.connection, action, groups)
        entered = self._enter(writer, Kind.DECISION, _decision(action, groups, reason, incidents, revokes))
        for group in left:
            again = f"what entry {entered.number} left of an earlier decision"
            self._enter(writer, Kind.DECISION, _decision(decisions.TOGETHER, [group], again, [], []))
        return entered

    def _enter(self, writer: Writer, kind: Kind, payload: dict[str, Any]) -> Entry:
        return writer.enter(kind, self.who, payload)


def now(writer: Writer) -> View:
    """What is known within a transaction."""
    from truceline.ledger.matching import kept_agreement

    return View(writer.connection, log.last_number(writer.connection), lambda: kept_agreement(writer.connection))


def _decision(
    action: str, groups: list[list[str]], reason: str, incidents: list[str], revokes: list[int]
) -> dict[str, Any]:
    return {"action": action, "claims": groups, "reason": reason, "incidents": incidents, "revokes": revokes}


def _check_source(view: View, name: str) -> None:
    """Whether anybody of this name published or spoke."""
    published = select(tables.document.c.id).where(tables.document.c.publisher == name).limit(1)
    spoke = select(tables.claim.c.id).where(tables.claim.c.speaker == name).limit(1)
    if view.connection.execute(published).first() is None and view.connection.execute(spoke).first() is None:
        raise LedgerError(
            f"no source {name!r}: nobody of this name published or is quoted; write it as `truceline search` shows it"
        )
