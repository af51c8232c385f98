"""The state of an obligation as a machine proposes it from the evidence, with its reasons: the Kroc Barometer's 0 to 3."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from truceline.knowledge.obligations import Obligation
from truceline.tracking.clocks import happened, is_standing
from truceline.tracking.evidence import Evidence
from truceline.tracking.proposing import Proposing

_KEPT = 3
"""The state of a prohibition that nobody says is broken."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed state.

    Attributes:
        state: 0 to 3.
        reasons: Why, a sentence each.
        in_question: Whether a claim against it stands.
        met: What shows it done, where the state is full and it is met once.
    """

    state: int
    reasons: tuple[str, ...]
    in_question: bool
    met: Evidence | None = None


def propose(
    obligation: Obligation, evidence: Sequence[Evidence], day: date, begins: date, zone: tzinfo, rules: Proposing
) -> Proposal:
    """The state that the evidence comes to on a day.

    Args:
        obligation: Which.
        evidence: All that bears on it.
        day: The day.
        begins: When the agreement took effect.
        zone: The clock of the agreement's area.
        rules: The thresholds.
    """
    if day < begins:
        return Proposal(0, ("The agreement has not taken effect.",), in_question=False)
    counted = [one for one in evidence if one.counts]
    served = [one for one in counted if one.side == "for"]
    against = [one for one in counted if one.side == "against"]
    if is_standing(obligation):
        return _standing(obligation, served, against, (begins, day), rules)
    return _once(obligation, served, against, zone, rules)


def _once(
    obligation: Obligation, served: list[Evidence], against: list[Evidence], zone: tzinfo, rules: Proposing
) -> Proposal:
    """A duty that is met once: its best vouched evidence, and claims against it that nothing later answers."""
    state, reasons, best = _reached(obligation, served, rules)
    standing = [one for one in against if best is None or not _answered(one, best, rules)]
    if standing:
        reasons.append(f"Against it: {_who(standing)}.")
        if state > rules.in_question:
            state, best = rules.in_question, None
            reasons.append(f"While that stands, no more than {rules.in_question} is proposed.")
    met = min((one for one in served if _level(one, rules) == _KEPT), key=lambda one: happened(one, zone), default=None)
    return Proposal(state, tuple(reasons), bool(standing), met if state == _KEPT else None)


def _answered(against: Evidence, best: Evidence, rules: Proposing) -> bool:
    """Whether the obligation was shown done after somebody had said it was not."""
    later = str(best.told.published) > str(against.told.published)
    return _level(best, rules) == _KEPT and later


def _standing(
    obligation: Obligation,
    served: list[Evidence],
    against: list[Evidence],
    period: tuple[date, date],
    rules: Proposing,
) -> Proposal:
    """A duty that is kept all the time: what is said for it, and the share of days on which it is said to be broken."""
    state, reasons, _ = _reached(obligation, served, rules)
    if not served and against and obligation.kind == "prohibition":
        state = _KEPT
        reasons = ["Nobody says that it is kept; what counts is how often it is said to be broken."]
    if against:
        begins, day = period
        broken = {one.on for one in against if one.on is not None and begins <= one.on <= day}
        share = len(broken) / ((day - begins).days + 1)
        most = next(step.state for step in rules.broken if share <= step.share)
        reasons.append(
            f"Against it: {_who(against)}, on {len(broken)} of {(day - begins).days + 1} days ({share:.0%}): at most {most}."
        )
        state = min(state, most)
    return Proposal(state, tuple(reasons), bool(against))


def _reached(
    obligation: Obligation, served: list[Evidence], rules: Proposing
) -> tuple[int, list[str], Evidence | None]:
    """The state that the evidence for it reaches, why, and the best of it: the last of what shows most."""
    if not served:
        return 0, ["Nothing in the record shows that it is honoured."], None
    obligors = set(obligation.obligor or obligation.implied)
    vouched = [one for one in served if one.told.voice not in obligors]
    said = max(_level(one, rules) for one in served)
    state = max((_level(one, rules) for one in vouched), default=0)
    own = min(said, rules.own_word)
    level = max(state, own)
    shown, by = (vouched, "Vouched by") if state >= own else (served, "Said by those who owe it")
    reasons = [f"{by}: {_who(shown)}."]
    if said > level:
        reasons.append(f"Only those who owe it say more: no more than {rules.own_word} is proposed on their word.")
    return level, reasons, max(shown, key=lambda one: (_level(one, rules), str(one.told.published), one.told.claim))


def _level(one: Evidence, rules: Proposing) -> int:
    return rules.progress[one.shows] if one.shows is not None else 0


def _who(evidence: Iterable[Evidence]) -> str:
    """How many claims, of how many origins, by whom."""
    found = list(evidence)
    origins = len({one.told.lineage for one in found})
    voices = ", ".join(sorted({one.told.voice for one in found}))
    claims = f"{len(found)} claim{'s' if len(found) != 1 else ''}"
    return f"{claims} of {origins} independent origin{'s' if origins != 1 else ''} ({voices})"
