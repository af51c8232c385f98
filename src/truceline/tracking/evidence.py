"""What in the record bears on each obligation: by the agreement's rules, and as persons tied and untied it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any, Literal

from sqlalchemy import select

from truceline.knowledge import Agreement
from truceline.knowledge.obligations import Obligation, Progress, Tie
from truceline.ledger import View, tables
from truceline.ledger.history import at
from truceline.tracking.proposing import Proposing, Side
from truceline.tracking.record import Told
from truceline.tracking.standing import Standing


@dataclass(frozen=True, slots=True)
class Tying:
    """That a claim bears on an obligation: by a rule of the agreement, or by a person, whose word stands above it.

    Attributes:
        side: ``questioned`` or ``served`` by a rule; ``for``, ``against`` or ``none`` by a person.
        rule: Which of the obligation's rules, from 0; None for a person's.
        by: ``rule``, or the person.
        reason: A person's.
    """

    claim: str
    obligation: str
    side: Literal["questioned", "served", "for", "against", "none"]
    rule: int | None
    by: str = "rule"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim for or against an obligation.

    Attributes:
        told: The claim.
        side: What it counts as; None where it shows a position only (a denial, a demand, a promise).
        shows: How far it brings the obligation, if true.
        tying: By what it is tied.
        why: The tie in words.
        on: The day it happened: its incident's, else what the claim itself gives; None where neither does.
        set_aside: Why it counts no longer; None where it counts.
    """

    told: Told
    side: Side | None
    shows: Progress | None
    tying: Tying
    why: str
    on: date | None
    set_aside: str | None = None

    @property
    def counts(self) -> bool:
        """Whether it counts."""
        return self.side is not None and self.set_aside is None


def tyings(view: View) -> list[Tying]:
    """Every tie of a snapshot, by rules and by persons."""
    tie, tying = tables.tie, tables.tying
    by_rule = select(tie.c.claim, tie.c.obligation, tie.c.side, tie.c.rule).where(*at(tie, view.number))
    by_person = select(tying).where(*at(tying, view.number))
    found = [Tying(*row) for row in view.connection.execute(by_rule)]
    persons = view.connection.execute(by_person)
    return found + [Tying(row.claim, row.obligation, row.side, None, row.who, row.reason) for row in persons]


def evidence(
    agreement: Agreement,
    claims: Iterable[Told],
    incidents: Mapping[str, Standing],
    ties: Iterable[Tying],
    rules: Proposing,
) -> dict[str, list[Evidence]]:
    """The evidence on each obligation of an agreement, in the order of the claims."""
    told = {one.claim: one for one in claims}
    by_obligation: dict[str, list[Tying]] = {}
    for tie in ties:
        if tie.claim in told:
            by_obligation.setdefault(tie.obligation, []).append(tie)
    order = {claim: i for i, claim in enumerate(told)}
    return {
        obligation.id: sorted(
            _evidence(obligation, by_obligation.get(obligation.id, ()), told, incidents, agreement.zone, rules),
            key=lambda one: order[one.told.claim],
        )
        for obligation in agreement.obligations
    }


def _evidence(
    obligation: Obligation,
    ties: Iterable[Tying],
    told: Mapping[str, Told],
    incidents: Mapping[str, Standing],
    zone: tzinfo,
    rules: Proposing,
) -> Iterator[Evidence]:
    decided = {tie.claim for tie in ties if tie.rule is None}
    for tie in ties:
        one = told[tie.claim]
        on = _day(one, incidents, zone)
        if tie.rule is None:
            side: Side | None = next((known for known in _SIDES if known == tie.side), None)
            if side is not None:
                shows = rules.shows[obligation.kind] if side == "for" else None
                yield Evidence(one, side, shows, tie, f"tied by {tie.by}: {tie.reason}", on)
        elif tie.claim not in decided and not (one.background and one.starts is None):
            rule = (obligation.served_by if tie.side == "served" else obligation.questioned_by)[tie.rule]
            side = rules.counts_as(tie.side, one.modality) if one.act not in rules.moves.acts else None
            shows = (rule.shows or rules.shows[obligation.kind]) if side == "for" else None
            aside = _set_aside(incidents.get(one.incident or ""), rules) if side == "against" else None
            yield Evidence(one, side, shows, tie, in_words(tie.side, rule), on, aside)


def _day(told: Told, incidents: Mapping[str, Standing], zone: tzinfo) -> date | None:
    standing = incidents.get(told.incident or "")
    return standing.on if standing is not None and standing.on is not None else told.day(zone)


_SIDES: tuple[Side, ...] = ("against", "for")


def _set_aside(standing: Standing | None, rules: Proposing) -> str | None:
    decided = standing.decided if standing is not None else None
    if standing is None or decided is None:
        return None
    if decided.state in rules.set_aside.states:
        return f"{standing.incident} is {decided.state}"
    if decided.ruling and decided.ruling.partition(":")[0] in rules.set_aside.rulings:
        return f"{standing.incident} was ruled {decided.ruling.replace('_', ' ')}"
    return None


def in_words(side: str, rule: Tie) -> str:
    """A rule of the agreement, to be read by a person."""
    parts = [", ".join(act.replace("_", " ") for act in rule.acts)]
    parts += [
        f"{word} {', '.join(names)}" for word, names in (("by", rule.by), ("to", rule.to), ("at", rule.where)) if names
    ]
    if rule.status is not None:
        parts.append(f"of people counted as {rule.status}")
    if rule.about:
        parts.append(f"where the sentence has {' or '.join(rule.about)}")
    if rule.when != "any":
        parts.append("before it was due" if rule.when == "before_due" else "after it was due")
    return f"{'served' if side == 'served' else 'put in question'} by {' '.join(parts)}"


def evidence_to_dict(one: Evidence) -> dict[str, Any]:
    """As JSON values; ``span`` and ``document`` say where its words stand."""
    told = one.told
    return {
        "claim": told.claim,
        "document": told.document,
        "span": list(told.span),
        "publisher": told.publisher,
        "published": told.published.isoformat() if told.published is not None else None,
        "incident": told.incident,
        "lineage": told.lineage,
        "party": told.voice,
        "speaker": told.speaker,
        "modality": told.modality,
        "act": told.act,
        "agent": told.agent_party or told.agent,
        "place": told.place_said or told.place,
        "when": told.starts.isoformat() if told.starts is not None else None,
        "on": one.on.isoformat() if one.on is not None else None,
        "shows": one.shows,
        "by": one.tying.by,
        "why": one.why,
        "set_aside": one.set_aside,
    }
