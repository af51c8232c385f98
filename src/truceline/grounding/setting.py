"""Where and when an act happened, of all the places and times a sentence names."""

from dataclasses import dataclass, field

from truceline.grounding.attachment import Placed, carriers, of_cue, reach
from truceline.model import Actor, Place, Reason, Span, Time
from truceline.reading.claims import FoundClaim
from truceline.reading.view import ClauseView

_LOCATIVE = frozenset({"in", "at", "near", "around", "outside", "inside", "on", "along", "across", "between", "over", "into", "towards", "toward", "through",
                       "within", "throughout", "beside", "off", "by", "of", "to", "from", "against", "amid", "behind", "under", "beyond", "opposite", "north", "south", "east", "west"})  # fmt: skip
_AWAY = frozenset({"from", "to", "against", "by", "of"})  # a weaker sign that it happened there


@dataclass(frozen=True, slots=True)
class Where:
    """A place with the way it was found."""

    place: Place
    reasons: list[Reason] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class When:
    """A time with the way it was found; ``borrowed`` from the statement where the act has none of its own."""

    time: Time
    borrowed: bool
    reasons: list[Reason] = field(default_factory=list)


def time_of(view: ClauseView, claim: FoundClaim, times: list[Placed[Time]]) -> When | None:
    """The time of the act: its own, its clause's, one that follows the deed of an accusation, else that of the statement."""
    if claim.predicate is None:
        return None
    own = _along(view, claim, times)
    if own is not None:
        return When(own.mention, False, [Reason("when", f"modifies {_name(view, own.homes[0])}", own.mention.span)])
    cue = of_cue(view, claim, times)
    after = [t for t in cue if claim.chain and claim.chain[-1].report.content and t.head > claim.chain[-1].report.content[-1]]
    if after and claim.chain[-1].report.accused is not None:
        return When(after[0].mention, False, [Reason("when", "follows the deed", after[0].mention.span)])
    if cue and claim.act is not None and _is_past(claim):
        return When(cue[0].mention, True, [Reason("when", "time of the statement", cue[0].mention.span)])
    return None


def place_of(
    view: ClauseView, claim: FoundClaim, places: list[Placed[Place]], agent: Actor | None, patient: Actor | None, speakers: tuple[Actor, ...]
) -> Where | None:
    """The place of the act: what locates its predicate first, then its patient, then the clauses it stands in."""
    if claim.predicate is None:
        return None
    taken = [a.span for a in (agent, *speakers) if a is not None]
    free = [p for p in places if not any(_within(p.mention.span, span) for span in taken)]
    patient_span = patient.span if patient is not None else _phrase(view, claim)
    own = set(carriers(claim))
    located = [p for p in free if p.homes and p.homes[0] in own and p.preposition in _LOCATIVE]
    strong = [p for p in located if p.preposition not in _AWAY] or [p for p in free if p.homes and p.homes[0] in own and p.preposition is None and not _in(p, patient_span)]
    for candidates, how in (
        (strong, "locates the act"),
        ([p for p in places if _in(p, patient_span) and not _is_actor_name(p, patient)], "is what it was done to"),
        (located, "locates the act"),
    ):
        if candidates:
            best = min(candidates, key=lambda p: abs(p.head - claim.at))
            return Where(best.mention, [Reason("place", how, best.mention.span, best.mention.score)])
    for carrier in reach(view, claim)[len(own) :]:
        here = [p for p in free if p.homes and p.homes[0] == carrier and p.preposition in _LOCATIVE - _AWAY]
        if here:
            best = min(here, key=lambda p: abs(p.head - claim.at))
            return Where(best.mention, [Reason("place", f"locates {_name(view, carrier)}", best.mention.span, best.mention.score)])
    return None


def _along(view: ClauseView, claim: FoundClaim, times: list[Placed[Time]]) -> Placed[Time] | None:
    for carrier in reach(view, claim):
        here = [t for t in times if t.homes and t.homes[0] == carrier]
        if here:
            return min(here, key=lambda t: abs(t.head - claim.at))
    return None


def _is_past(claim: FoundClaim) -> bool:
    return claim.stance.modality in {"asserted", "denied"} and (claim.predicate is None or claim.predicate.tense in {"past", None})


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _in(place: Placed[Place], span: Span | None) -> bool:
    return span is not None and _within(place.mention.span, span)


def _is_actor_name(place: Placed[Place], patient: Actor | None) -> bool:
    """Whether the place is nothing but the name of the actor it was done to ("threatened Armenia")."""
    return patient is not None and patient.sector is not None and place.mention.span == patient.span


def _phrase(view: ClauseView, claim: FoundClaim) -> Span | None:
    if claim.patient is None:
        return None
    words = view.parsed.subtree(claim.patient.head)
    return view.parsed.span(words[0], words[-1])


def _name(view: ClauseView, i: int) -> str:
    return f"'{view.parsed.words[i].text}'"


__all__ = ["When", "Where", "place_of", "time_of"]
