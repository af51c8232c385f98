"""Which obligations of the agreement an incident touches, by the ties that the agreement's file states."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from truceline.incidents.mentions import Mention
from truceline.knowledge import Agreement
from truceline.knowledge.obligations import Obligation, Tie, as_day
from truceline.model import Actor, Modality, Touch


def touches(mentions: Sequence[Mention], agreement: Agreement | None) -> tuple[Touch, ...]:
    """The obligations that asserted claims put in question or serve, in the agreement's order."""
    if agreement is None:
        return ()
    told = [m for m in mentions if m.claim.modality is Modality.ASSERTED]
    found: list[Touch] = []
    for obligation in agreement.obligations:
        sides: tuple[tuple[Literal["questioned", "served"], Iterable[Tie]], ...] = (
            ("questioned", obligation.questioned_by),
            ("served", obligation.served_by),
        )
        for name, ties in sides:
            claims = {m.id for m in told for tie in ties if _bears(m, tie, obligation, agreement)}
            if claims:
                found.append(Touch(obligation.id, name, tuple(sorted(claims))))
    return tuple(found)


def _bears(m: Mention, tie: Tie, obligation: Obligation, agreement: Agreement) -> bool:
    return (
        m.act in tie.acts
        and _is(m.claim.agent, tie.by, obligation, agreement)
        and (not tie.to or (m.claim.patient is not None and _is(m.claim.patient, tie.to, obligation, agreement)))
        and _there(m, tie)
        and _then(m, tie, obligation, agreement)
    )


def _is(actor: Actor | None, named: tuple[str, ...], obligation: Obligation, agreement: Agreement) -> bool:
    """Whether the actor is one of those named. Of an act by nobody named, that holds only if all parties are."""
    if not named:
        return True
    allowed = {name for one in named for name in (obligation.obligor if one == "obligor" else (one,))}
    parties = {party.id for party in agreement.parties}
    if actor is None:
        return "party" in allowed or parties <= allowed
    if actor.party in parties and "party" in allowed:
        return True
    return bool({actor.party, actor.role, actor.country, actor.actor} & allowed)


def _there(m: Mention, tie: Tie) -> bool:
    if not tie.where:
        return True
    place = m.claim.place
    names = {name.casefold() for name in (place.text, place.name or "")} if place is not None else set()
    return any(name.casefold() in known for name in tie.where for known in names)


def _then(m: Mention, tie: Tie, obligation: Obligation, agreement: Agreement) -> bool:
    due = obligation.due_on()
    if tie.when == "any" or due is None:
        return True
    if m.stretch is None:
        return False
    after = date.fromordinal(m.stretch.day) > as_day(due, agreement.zone)
    return after == (tie.when == "after_due")
