"""Where and when an act happened, of all the places and times a sentence names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from truceline.grounding.attachment import Placed, carriers, of_cue, reach
from truceline.model import Actor, Place, Reason, Span, Time
from truceline.reading.found import FoundClaim
from truceline.reading.view import ClauseView, Filler

_COUNTRY = 6  # UCDP where_prec
_MODIFIES = frozenset({"compound", "amod", "poss", "nmod"})

Prepositions = Mapping[Literal["sure", "weak"], frozenset[str]]
"""Prepositions that place an act (``support.yaml``)."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place with the way it was found."""

    place: Place
    reason: Reason


@dataclass(frozen=True, slots=True)
class When:
    """A time with the way it was found; ``borrowed`` from the statement where the act has none of its own."""

    time: Time
    borrowed: bool
    reason: Reason


class Setting:
    """The places and times of one text, given out to its claims."""

    def __init__(
        self, view: ClauseView, places: list[Placed[Place]], times: list[Placed[Time]], prepositions: Prepositions
    ) -> None:
        self._view = view
        self._places = places
        self._times = times
        self._prepositions = prepositions

    # ---- when ----

    def time_of(self, claim: FoundClaim) -> When | None:
        """The act's own time, its clause's, one that follows the deed of an accusation, else the statement's."""
        if claim.predicate is None:
            return None
        for carrier in reach(self._view, claim):
            here = [t for t in self._times if t.homes and t.homes[0] == carrier]
            if here:
                own = min(here, key=lambda t: abs(t.head - claim.at))
                return self._when(own, f"modifies {self._name(carrier)}")
        cue = of_cue(self._view, claim, self._times)
        content = claim.chain[-1].report.content if claim.chain else ()
        after = [t for t in cue if content and t.head > content[-1]]
        if after and claim.chain[-1].report.accused is not None:
            return self._when(after[0], "follows the deed")
        if cue and _is_past(claim):
            return self._when(cue[0], "time of the statement", borrowed=True)
        return None

    def said_of(self, claim: FoundClaim, when: When | None) -> Time | None:
        """When it was said, where the cue has a time that is not the act's."""
        own = when.time if when is not None and not when.borrowed else None
        return next((t.mention for t in of_cue(self._view, claim, self._times) if t.mention is not own), None)

    def _when(self, found: Placed[Time], why: str, *, borrowed: bool = False) -> When:
        return When(found.mention, borrowed, Reason("when", why, found.mention.span))

    # ---- where ----

    def place_of(self, claim: FoundClaim, others: Sequence[Actor], patient: Actor | None) -> Where | None:
        """What locates the act's predicate, else its patient, else the clauses that the act stands in.

        Args:
            others: Agent and speakers; a place within their names tells where they are from.
        """
        if claim.predicate is None:
            return None
        for candidates, why in self._options(claim, [actor.span for actor in others], patient):
            if candidates:
                best = min(candidates, key=lambda p: abs(p.head - claim.at))
                return Where(best.mention, Reason("place", why, best.mention.span, best.mention.score))
        return None

    def _options(
        self, claim: FoundClaim, taken: list[Span], patient: Actor | None
    ) -> Iterator[tuple[list[Placed[Place]], str]]:
        for candidates, why in self._tiers(claim, taken, patient):
            yield self._finest(candidates), why

    def _tiers(
        self, claim: FoundClaim, taken: list[Span], patient: Actor | None
    ) -> Iterator[tuple[list[Placed[Place]], str]]:
        """Places by how surely they are the act's, the surest first."""
        sure, weak = self._prepositions["sure"], self._prepositions["weak"]
        free = [p for p in self._places if not any(_within(p.mention.span, span) for span in taken)]
        own = set(carriers(claim))
        mine = [p for p in free if p.homes and p.homes[0] in own]
        target = self._target(claim)
        yield [p for p in mine if p.preposition in sure], "locates the act"
        patients = own if claim.patient is None else {claim.patient.head}
        done_to = [p for p in self._places if _in(p, target) and not self._names(p, claim.agent, patients)]
        yield [p for p in done_to if not _is_name_of(p, patient)], "is what it was done to"
        named = [p for p in free if self._names(p, claim.agent, own)]
        loose = [p for p in mine if p not in named]
        yield [p for p in loose if p.preposition is None and not _in(p, target)], "modifies the act"
        yield [p for p in loose if p.preposition in weak], "locates the act"
        yield self._below([p for p in free if p not in named], own), "locates what it happened in"
        joined = self._joined(own)
        yield (
            [p for p in free if p.homes and p.homes[0] in joined and p.preposition in sure | weak],
            "of a joined clause",
        )
        for carrier in reach(self._view, claim)[len(own) :]:
            here = [p for p in free if p.homes and p.homes[0] == carrier and p.preposition in sure]
            yield here, f"locates {self._name(carrier)}"
        spans = [patient.span] if patient is not None else []
        spans += taken[:1]
        yield (
            [p for p in self._places if p.preposition in sure and any(_within(p.mention.span, span) for span in spans)],
            "is where those named were",
        )

    def _below(self, free: list[Placed[Place]], own: set[int]) -> list[Placed[Place]]:
        """Places of deeds and clauses under the act, the nearest: "killed in clashes near X", "while crossing into X"."""
        words = self._view.parsed.words
        found: list[tuple[int, Placed[Place]]] = []
        placing = self._prepositions["sure"] | self._prepositions["weak"]
        for place in free:
            depth = next((n for n, home in enumerate(place.homes) if home in own), None)
            if depth is None:
                continue
            bound_for = place.preposition is not None and place.preposition not in placing
            elsewhere = {"relcl", "conj"} if bound_for else {"relcl"}  # "burned the houses and left for X"
            if not any(words[home].dep in elsewhere for home in place.homes[:depth]):
                found.append((depth, place))
        nearest = min((depth for depth, _ in found), default=0)
        return [place for depth, place in found if depth == nearest]

    def _joined(self, own: set[int]) -> set[int]:
        words = self._view.parsed.words
        below = {c for i in own for c in words[i].children if words[c].dep == "conj"}
        return below | {words[i].head for i in own if words[i].dep == "conj"}

    def _finest(self, candidates: list[Placed[Place]]) -> list[Placed[Place]]:
        """Without countries that only say whose something is ("a US air strike"); whatever is finer goes before a country."""
        words = self._view.parsed.words
        placing = [p for p in candidates if not (p.mention.precision == _COUNTRY and words[p.head].dep in _MODIFIES)]
        return [p for p in placing if p.mention.precision != _COUNTRY] or placing

    def _target(self, claim: FoundClaim) -> Span | None:
        """The whole phrase of the patient: "our positions at X"."""
        if claim.patient is None:
            return None
        words = self._view.parsed.subtree(claim.patient.head)
        return self._view.parsed.span(words[0], words[-1])

    def _names(self, place: Placed[Place], agent: Filler | None, own: set[int]) -> bool:
        """Whether a country is part of what names the agent: "the ministers of A and B", of which neither is where they met."""
        if place.mention.precision != _COUNTRY:
            return False
        for i in (place.head, *self._view.parsed.ancestors(place.head)):
            if i in own:
                return False
            if agent is not None and i == agent.head:
                return True
        return False

    def _name(self, i: int) -> str:
        return f"'{self._view.parsed.words[i].text}'"


def _is_past(claim: FoundClaim) -> bool:
    if claim.act is None or claim.stance.modality not in {"asserted", "denied"}:
        return False
    return claim.predicate is None or claim.predicate.tense in {"past", None}


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _in(place: Placed[Place], span: Span | None) -> bool:
    return span is not None and _within(place.mention.span, span)


def _is_name_of(place: Placed[Place], patient: Actor | None) -> bool:
    """Whether the place is nothing but the name of the actor it was done to ("threatened Armenia")."""
    return patient is not None and patient.sector is not None and place.mention.span == patient.span
