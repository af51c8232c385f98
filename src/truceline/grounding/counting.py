"""Which count belongs to which claim: by the predicate it was counted in, never beyond its own clause."""

from collections.abc import Sequence

from truceline.grounding.attachment import carriers
from truceline.grounding.coreference import Referents
from truceline.model import Count
from truceline.reading.counts import FoundCount
from truceline.reading.found import FoundClaim
from truceline.reading.view import ClauseView

# Counts of people harmed or moved belong to the act that harms or moves them, whatever else stands in the clause.
_OUTCOMES = {
    "killing": frozenset({"killed"}),
    "wounding": frozenset({"wounded"}),
    "capture": frozenset({"captured", "detained"}),
    "displace": frozenset({"displaced"}),
    "return_displaced": frozenset({"returned"}),
}
_ANY_OUTCOME = frozenset(what for whats in _OUTCOMES.values() for what in whats)
_FAR = 50  # a count in somebody's words that name no act


class Counting:
    """Gives out the counts of one text."""

    def __init__(self, view: ClauseView, referents: Referents, counts: Sequence[FoundCount]) -> None:
        self._view = view
        self._referents = referents
        self._counts = counts

    def taken(self, claims: Sequence[FoundClaim]) -> list[list[FoundCount]]:
        """The counts of each claim, in the order of the claims; of several acts the nearest takes a count."""
        found: list[list[FoundCount]] = [[] for _ in claims]
        for count in self._counts:
            if count.what == "days" and "-" in count.text:
                continue  # "a 44-day battle": part of how the act is called
            distances = [self._distance(claim, count) for claim in claims]
            least = min((d for d in distances if d is not None), default=None)
            for number, distance in enumerate(distances):
                if distance is not None and distance == least:
                    found[number].append(count)
        return found

    def as_count(self, count: FoundCount) -> Count:
        """The count with the party of those counted."""
        whose = self._referents.of_word(count.whose) if count.whose is not None else None
        if whose is None and count.head is not None:
            whose = self._referents.of_word(count.head)
        party = whose.party if whose else None
        return Count(count.what, count.min, count.max, count.text, count.span, count.unit, party, count.status)

    def _distance(self, claim: FoundClaim, count: FoundCount) -> int | None:
        """How far a count is from an act: 0 for the act's own word; None where it belongs to another clause."""
        words = self._view.parsed.words
        if claim.predicate is None:
            inside = any(w in claim.piece for w in self._view.parsed.covering(count.span))
            return _FAR if inside else None
        own = set(carriers(claim)) | set(claim.words)
        if count.head is not None and count.head in own:
            return 0
        suits = self._suits(claim.act, count.what)
        if count.governor in own:
            return 1 if suits else 4
        if count.head is not None and count.head in {f.head for f in (claim.patient, claim.agent) if f is not None}:
            return 2 if suits else 5
        start = count.head if count.head is not None else next(iter(self._view.parsed.covering(count.span)), None)
        if start is None or words[start].sentence != words[claim.at].sentence:
            return None
        for steps, i in enumerate(self._view.parsed.ancestors(start)):
            if i in own:
                return (6 if suits else 9) + steps
            above = self._view.predicates.get(i)
            if above is not None and above.kind == "v":
                return None
        return None

    def _suits(self, act: str | None, what: str) -> bool:
        """Whether a count is of the kind that this act produces."""
        wanted = _OUTCOMES.get(act or "")
        return what in wanted if wanted is not None else what not in _ANY_OUTCOME
