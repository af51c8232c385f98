"""What persons decide about obligations: which claims bear on one, and how it stands. Each decision is an entry."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Literal

from truceline.errors import LedgerError
from truceline.knowledge.obligations import Obligation
from truceline.ledger.entries import Entry, Kind
from truceline.ledger.review import now
from truceline.ledger.views import View
from truceline.ledger.writing import Writer

Side = Literal["for", "against", "none"]
FULL = 3
"""The highest state of an obligation: the Kroc Barometer's 0 (not initiated) to 3 (full)."""


class ObligationReview:
    """The part of a ledger by which persons decide about obligations; ``Ledger`` is one."""

    who: str
    _writing: Callable[[], AbstractContextManager[Writer]]

    def tie(self, obligation: str, *targets: str, side: Side, reason: str) -> Entry:
        """That claims, or all claims of incidents, speak for an obligation's being honoured, against it, or bear not on it.

        Args:
            obligation: Its id.
            targets: Claims and incidents.
            side: ``none`` unties what the agreement's rules tied.
            reason: Why; it is asked for.

        Raises:
            KnowledgeError: The agreement has no such obligation.
            LedgerError: No such claim or incident, no reason, or no agreement.
        """
        _check_reason(reason, "a tie")
        with self._writing() as writer:
            view = now(writer)
            key = _obligation(view, obligation).id
            entered = None
            for incident, claims in [_claims(view, target) for target in targets]:
                told = {"obligation": key, "claims": claims, "incident": incident, "side": side, "reason": reason}
                entered = writer.enter(Kind.TIE, self.who, told)
            if entered is None:
                raise LedgerError("a tie needs a claim or an incident; name some")
            return entered

    def assess_obligation(self, obligation: str, state: int, *, since: date, reason: str) -> Entry:
        """How an obligation stands from a day on, until another judgement; what the rules propose stays beside it.

        Args:
            obligation: Its id.
            state: 0 to 3.
            since: The first day it holds.
            reason: Why; it is asked for.

        Raises:
            KnowledgeError: The agreement has no such obligation.
            LedgerError: No such state, no reason, or no agreement.
        """
        _check_reason(reason, "a state")
        if not 0 <= state <= FULL:
            raise LedgerError(f"no state {state}; there are 0 (not initiated) to {FULL} (full)")
        with self._writing() as writer:
            key = _obligation(now(writer), obligation).id
            told = {"kind": "obligation", "target": key, "says": reason, "state": state, "since": since.isoformat()}
            return writer.enter(Kind.ASSESSMENT, self.who, told)


def _check_reason(reason: str, what: str) -> None:
    if not reason.strip():
        raise LedgerError(f"{what} needs a reason; give --reason")


def _obligation(view: View, obligation: str) -> Obligation:
    agreement = view.agreement
    if agreement is None:
        raise LedgerError("the ledger has no agreement; give it one with `truceline init --agreement NAME|FILE`")
    return agreement.obligation(obligation)


def _claims(view: View, target: str) -> tuple[str | None, list[str]]:
    """The claims meant, and their incident where one is named."""
    try:
        found = view.incident(target)
    except LedgerError:
        return None, [view.claim(target)["id"]]
    return found["id"], sorted(found["claims"])
