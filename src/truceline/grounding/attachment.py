"""What belongs to which act: times, places, counts and instruments, by their way through the clauses."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from truceline.model import Span
from truceline.reading.found import FoundClaim
from truceline.reading.view import ClauseView


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


Mention = TypeVar("Mention", bound=_Spanned)


@dataclass(frozen=True, slots=True)
class Placed(Generic[Mention]):
    """A mention with the word that heads it and the predicates above that word, nearest first."""

    mention: Mention
    head: int
    homes: tuple[int, ...]
    preposition: str | None


def placed(view: ClauseView, mentions: Iterable[Mention]) -> list[Placed[Mention]]:
    """Find each mention's place in the parse."""
    found = []
    for mention in mentions:
        words = view.parsed.covering(mention.span)
        if not words:
            continue
        inside = set(words)
        head = next(
            (i for i in words if view.parsed.words[i].head not in inside or view.parsed.words[i].head == i), words[0]
        )
        first = _first_of(view, head)
        above = view.parsed.words[view.parsed.words[first].head]
        preposition = above.lower if above.pos in {"ADP", "SCONJ"} and above.i != first else None
        homes = tuple(i for i in view.parsed.ancestors(head) if i in view.predicates)
        found.append(Placed(mention, head, homes, preposition))
    return found


def _first_of(view: ClauseView, i: int) -> int:
    """The first of names joined by "and": what governs it governs them all."""
    words = view.parsed.words
    while words[i].dep == "conj" and words[i].head != i:
        i = words[i].head
    return i


def carriers(claim: FoundClaim) -> tuple[int, ...]:
    """The words whose modifiers are the act's own: its predicate and the light verb that carries it."""
    if claim.predicate is None:
        return (claim.at,)
    support = claim.predicate.support
    return (claim.predicate.i,) if support is None else (claim.predicate.i, support)


def reach(view: ClauseView, claim: FoundClaim) -> list[int]:
    """Predicates whose modifiers hold for the act, its own first, up to the edge of what its speaker says."""
    own = list(carriers(claim))
    report = claim.chain[-1].report if claim.chain else None
    inside = set(report.content) if report is not None and report.content else None
    cues = {i for link in claim.chain for i in link.report.cue}
    below = view.parsed.words[own[-1]]
    for i in view.parsed.ancestors(own[-1]):
        if i in cues or (inside is not None and i not in inside) or _own_world(view, below.i):
            break
        if i in view.predicates and i not in own:
            own.append(i)
        below = view.parsed.words[i]
    return own


def _own_world(view: ClauseView, i: int) -> bool:
    """Whether a clause has a time and place apart from the clause above it: a relative clause, "after …"."""
    word = view.parsed.words[i]
    if word.dep == "relcl" or (word.dep == "acl" and i in view.predicates):
        return True
    clause = view.predicates.get(i)
    return word.dep == "advcl" and clause is not None and clause.mark is not None


def of_cue(view: ClauseView, claim: FoundClaim, candidates: list[Placed[Mention]]) -> list[Placed[Mention]]:
    """Mentions that modify the cue of the innermost report rather than its content."""
    if not claim.chain:
        return []
    report = claim.chain[-1].report
    inside = set(report.content)
    cue = set(report.cue)
    sentence = view.parsed.words[report.cue[-1]].sentence
    return [
        c for c in candidates
        if c.head not in inside
        and view.parsed.words[c.head].sentence == sentence
        and any(home in cue for home in c.homes[:2])
    ]  # fmt: skip
