"""What each party holds of an obligation, beside the state that is assessed."""

from collections.abc import Iterable
from dataclasses import dataclass

from truceline.incidents.voices import MONITOR, OTHERS
from truceline.knowledge import Agreement
from truceline.tracking.evidence import Evidence
from truceline.tracking.proposing import Proposing, Whose
from truceline.tracking.record import Told


@dataclass(frozen=True, slots=True)
class Position:
    """What one party (or ``monitor``, ``others``) holds, and the claims by which it does."""

    party: str
    name: str
    says: str
    claims: tuple[str, ...]


def positions(
    evidence: Iterable[Evidence], declined: Iterable[Told], agreement: Agreement, rules: Proposing
) -> tuple[Position, ...]:
    """The positions on an obligation: parties in the order of their names, then others, the monitor last.

    Args:
        evidence: All that bears on the obligation.
        declined: The claims, in the incidents that put it in question, by which somebody takes no side.
        agreement: Names the parties.
        rules: How a position is put into words.
    """
    names = {party.id: party.name for party in agreement.parties}
    found: dict[tuple[str, int, str], list[str]] = {}
    order = {rule.id: i for i, rule in enumerate(rules.positions)}
    for one in evidence:
        told = one.told
        if told.act in rules.moves.acts:
            found.setdefault((told.voice, len(order), rules.moves.says), []).append(told.claim)
        elif one.tying.side in {"questioned", "served"}:
            rule = rules.position(one.tying.side, told.modality, _whose(told))
            if rule is not None:
                says = rule.says.format(agent=names.get(told.agent_party or "") or told.agent or "")
                found.setdefault((told.voice, order[rule.id], says), []).append(told.claim)
    for told in declined:
        found.setdefault((told.voice, len(order) + 1, rules.no_side.says), []).append(told.claim)

    def place(key: tuple[str, int, str]) -> tuple[int, str, int, str]:
        voice, rank, says = key
        return {OTHERS: 1, MONITOR: 2}.get(voice, 0), names.get(voice, voice).casefold(), rank, says

    named = {**names, MONITOR: "Monitor", OTHERS: "Others"}
    return tuple(
        Position(voice, named.get(voice, voice), says, tuple(dict.fromkeys(found[voice, rank, says])))
        for voice, rank, says in sorted(found, key=place)
    )


def _whose(told: Told) -> Whose:
    if told.agent is None:
        return "nobody"
    return "own" if told.agent_party == told.voice else "other"
