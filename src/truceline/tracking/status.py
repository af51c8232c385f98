"""Where each obligation of an agreement stands on a day: state, clock, evidence and positions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from truceline.errors import LedgerError
from truceline.knowledge import Agreement
from truceline.knowledge.obligations import Obligation, as_day
from truceline.ledger import View, tables
from truceline.ledger.history import at
from truceline.ledger.tying import FULL
from truceline.tracking.clocks import Clock, clock, clock_to_dict, is_standing
from truceline.tracking.evidence import Evidence, Tying, evidence, evidence_to_dict, tyings
from truceline.tracking.positions import Position, positions
from truceline.tracking.proposing import Proposing, proposing
from truceline.tracking.record import Told, bearing
from truceline.tracking.standing import Standing, standings
from truceline.tracking.states import Proposal, propose


@dataclass(frozen=True, slots=True)
class Assessed:
    """A person's judgement of an obligation: the state, from which day it holds, and why."""

    obligation: str
    state: int
    since: date
    who: str
    reason: str
    entry: int


@dataclass(frozen=True, slots=True)
class ObligationStatus:
    """One obligation on one day.

    Attributes:
        obligation: As the agreement's file has it.
        proposal: The state that a machine proposes.
        assessed: The state that a person decided; it stands above the proposal.
        clock: Its clock.
        evidence: What counts for and against, and what shows positions only.
        positions: What each party holds.
    """

    obligation: Obligation
    proposal: Proposal
    assessed: Assessed | None
    clock: Clock
    evidence: tuple[Evidence, ...]
    positions: tuple[Position, ...]

    @property
    def state(self) -> int:
        """0 to 3: a person's where there is one."""
        return self.assessed.state if self.assessed is not None else self.proposal.state


@dataclass(frozen=True, slots=True)
class Status:
    """Every obligation of an agreement on one day, in the agreement's order."""

    agreement: Agreement
    day: date
    obligations: tuple[ObligationStatus, ...]

    def one(self, obligation: str) -> ObligationStatus:
        """The obligation of this id, with or without the agreement's before it ("6a").

        Raises:
            KnowledgeError: There is none.
        """
        key = self.agreement.obligation(obligation).id
        return next(one for one in self.obligations if one.obligation.id == key)

    def only(self, obligation: str) -> "Status":
        """The same with one obligation alone.

        Raises:
            KnowledgeError: There is none of this id.
        """
        return replace(self, obligations=(self.one(obligation),))

    def within(self, incident: str) -> "Status":
        """What one incident alone has to do with the obligations, and who holds what of it; the others are left out."""
        found = []
        for one in self.obligations:
            kept = tuple(e for e in one.evidence if e.told.incident == incident)
            claims = {e.told.claim for e in kept}
            held = (replace(p, claims=tuple(c for c in p.claims if c in claims)) for p in one.positions)
            found.append(replace(one, evidence=kept, positions=tuple(p for p in held if p.claims)))
        return replace(self, obligations=tuple(one for one in found if one.evidence))

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "agreement": self.agreement.id,
            "as_of": self.day.isoformat(),
            "obligations": [_to_dict(one, self.agreement) for one in self.obligations],
        }


def status(view: View, day: date) -> Status:
    """Where the obligations of the ledger's agreement stand.

    Args:
        view: What is known.
        day: The last day of publication that counts, on which the clocks are read.

    Raises:
        LedgerError: The ledger has no agreement.
    """
    agreement = view.agreement
    if agreement is None:
        raise LedgerError("the ledger has no agreement; give it one with `truceline init --agreement NAME|FILE`")
    rules = proposing()
    claims = bearing(view, agreement, day, acts=rules.no_side.acts)
    stood = standings(view, agreement, day)
    return reckon(agreement, day, claims, stood, ties=tyings(view), assessed=assessments(view), rules=rules)


def reckon(
    agreement: Agreement,
    day: date,
    claims: Sequence[Told],
    stood: Mapping[str, Standing],
    *,
    ties: Iterable[Tying],
    assessed: Iterable[Assessed],
    rules: Proposing,
) -> Status:
    """The same as a pure function.

    Args:
        agreement: Whose obligations.
        day: The day.
        claims: Those published by the day, in the order of publication.
        stood: The incidents that stood on it.
        ties: What bears on which obligation.
        assessed: What persons decided.
        rules: How a state is proposed.
    """
    zone = agreement.zone
    begins = as_day(agreement.effective, zone)
    decided: dict[str, Assessed] = {}
    for one in sorted(assessed, key=lambda one: (one.since, one.entry)):
        if one.since <= day:
            decided[one.obligation] = one
    tied = evidence(agreement, claims, stood, ties, rules)
    silent = [one for one in claims if one.act in rules.no_side.acts]
    found = []
    for obligation in agreement.obligations:
        about = tied[obligation.id]
        proposal = propose(obligation, about, day, begins, zone, rules)
        moves = [one.told for one in about if one.told.act in rules.moves.acts]
        questioning = {one.told.incident for one in about if one.side == "against" and one.told.incident}
        declined = [t for t in silent if t.incident in questioning]
        person = decided.get(obligation.id)
        met = _met(obligation, proposal, person)
        found.append(
            ObligationStatus(
                obligation=obligation,
                proposal=proposal,
                assessed=person,
                clock=clock(obligation, about, moves, day, zone, begins, met),
                evidence=tuple(about),
                positions=positions(about, declined, agreement, rules),
            )
        )
    return Status(agreement, day, tuple(found))


def _met(obligation: Obligation, proposal: Proposal, person: Assessed | None) -> Evidence | date | None:
    """What met the obligation: evidence, unless a person holds that it is not met, or met from a day on."""
    if person is None or person.state == proposal.state:
        return proposal.met
    return person.since if person.state == FULL and not is_standing(obligation) else None


def assessments(view: View) -> list[Assessed]:
    """What persons decided about obligations."""
    table = tables.assessment
    query = select(table).where(table.c.kind == "obligation", table.c.state.is_not(None), *at(table, view.number))
    return [
        Assessed(row.target, row.state, date.fromisoformat(row.since), row.who, row.says, row.opened)
        for row in view.connection.execute(query.order_by(table.c.opened))
    ]


def _to_dict(one: ObligationStatus, agreement: Agreement) -> dict[str, Any]:
    obligation, proposal, assessed = one.obligation, one.proposal, one.assessed
    return {
        "id": obligation.id,
        "article": obligation.article,
        "says": obligation.says,
        "kind": obligation.kind,
        "obligor": list(obligation.obligor),
        "implied": list(obligation.implied),
        "state": one.state,
        "state_by": assessed.who if assessed is not None else "rule",
        "proposed": proposal.state,
        "reasons": [assessed.reason] if assessed is not None else list(proposal.reasons),
        "clock": clock_to_dict(one.clock, agreement.sources),
        "in_question": proposal.in_question,
        "evidence": {
            side: [evidence_to_dict(e) for e in one.evidence if e.side == side] for side in ("for", "against")
        },
        "positions": [{"party": p.party, "says": p.says, "claims": list(p.claims)} for p in one.positions],
        "parameters": dict(obligation.parameters),
        "depends_on": list(obligation.depends_on),
        "note": obligation.note,
        "sure": obligation.sure,
    }
