"""Which obligations of the agreement a claim bears on, by the ties that the agreement's file states."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from truceline.incidents.mentions import Mention
from truceline.knowledge import Agreement
from truceline.knowledge.obligations import Obligation, Tie, as_day
from truceline.model import Actor, Modality, Touch

Side = Literal["questioned", "served"]


@dataclass(frozen=True, slots=True)
class Tied:
    """That a claim bears on an obligation by the ``rule``-th (from 0) of its ``questioned_by`` or ``served_by``."""

    obligation: str
    side: Side
    rule: int


def ties(mention: Mention, agreement: Agreement) -> Iterator[Tied]:
    """The obligations a claim bears on, if what it speaks of is true; each by the first rule that fits."""
    for obligation in agreement.obligations:
        for side, rules in _sides(obligation):
            rule = next((i for i, tie in enumerate(rules) if _bears(mention, tie, obligation, agreement)), None)
            if rule is not None:
                yield Tied(obligation.id, side, rule)


def touches(mentions: Sequence[Mention], agreement: Agreement | None) -> tuple[Touch, ...]:
    """The obligations that asserted claims put in question or serve, in the agreement's order."""
    if agreement is None:
        return ()
    found: dict[tuple[str, Side], set[str]] = {}
    for mention in mentions:
        if mention.claim.modality is Modality.ASSERTED:
            for tied in ties(mention, agreement):
                found.setdefault((tied.obligation, tied.side), set()).add(mention.id)
    return tuple(
        Touch(obligation.id, side, tuple(sorted(found[obligation.id, side])))
        for obligation in agreement.obligations
        for side, _ in _sides(obligation)
        if (obligation.id, side) in found
    )


def _sides(obligation: Obligation) -> Iterable[tuple[Side, tuple[Tie, ...]]]:
    return ("questioned", obligation.questioned_by), ("served", obligation.served_by)


def _bears(m: Mention, tie: Tie, obligation: Obligation, agreement: Agreement) -> bool:
    return (
        m.act in tie.acts
        and _is(m.claim.agent, tie.by, obligation, agreement)
        and (not tie.to or (m.claim.patient is not None and _is(m.claim.patient, tie.to, obligation, agreement)))
        and _there(m, tie)
        and _of(m, tie)
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
    """Whether it happened there: at a place of this name, or with this name for what was acted on."""
    if not tie.where:
        return True
    place = m.claim.place
    names = {name.casefold() for name in (place.text, place.name or "")} if place is not None else set()
    return any(name.casefold() in known for name in tie.where for known in names)


def _of(m: Mention, tie: Tie) -> bool:
    """Whether its sentence has one of the words asked for, and it counts people of the status asked for."""
    if tie.status is not None and all(count.status != tie.status for count in m.claim.counts):
        return False
    sentence = m.document.text[slice(*m.claim.sentence)].casefold()
    return not tie.about or any(re.search(rf"\b{re.escape(word.casefold())}", sentence) for word in tie.about)


def _then(m: Mention, tie: Tie, obligation: Obligation, agreement: Agreement) -> bool:
    """Whether it happened on the side of the due date that the rule asks for, and not before the agreement took effect.

    News without a day is taken to be of the day it came out.
    """
    zone = agreement.zone
    if m.stretch is not None and date.fromordinal(m.stretch.day) < as_day(agreement.effective, zone):
        return False
    due = obligation.due_on()
    if tie.when == "any" or due is None:
        return True
    if m.stretch is not None:
        day = date.fromordinal(m.stretch.day)
    elif m.document.published is not None:
        day = as_day(m.document.published, zone)
    else:
        return False
    return (day > as_day(due, zone)) == (tie.when == "after_due")
