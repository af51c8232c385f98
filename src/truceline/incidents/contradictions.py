"""Where versions cannot all hold: computed field by field from what is said, within a party as well as between parties."""

from collections.abc import Callable, Iterable
from itertools import combinations

from truceline.incidents.fields import BEGAN, CONTROL, UNNAMED, WHAT, WHEN, WHERE, Said, field_order
from truceline.incidents.vocabulary import IncidentVocabulary
from truceline.incidents.voices import side
from truceline.model import Contradiction, Held

# Times of the clock that are given for one occurrence differ by a little; this many minutes is no longer a little.
_MINUTES = 60

Judge = Callable[[Said, Said], str | None]


def contradictions(said: Iterable[Said], vocabulary: IncidentVocabulary) -> tuple[Contradiction, ...]:
    """All contradictions of an incident. Saying nothing, and naming no side, contradict nothing."""
    by_field: dict[str, list[Said]] = {}
    for value in said:
        if value.stance in ("value", "denied"):
            by_field.setdefault(value.field, []).append(value)
    found: list[Contradiction] = []
    for field in sorted(by_field, key=field_order):
        judge = _judge(field, vocabulary)
        kinds: dict[str, dict[tuple[str, str], list[str]]] = {}
        for one, other in combinations(by_field[field], 2):
            kind = judge(one, other)
            if kind is None:
                continue
            for value in (one, other):
                kinds.setdefault(kind, {}).setdefault((value.mention.voice, _shown(value)), []).append(value.mention.id)
        for kind, values in sorted(kinds.items()):
            held = tuple(
                Held(party, text, tuple(sorted(set(claims)))) for (party, text), claims in sorted(values.items())
            )
            found.append(Contradiction(field, kind, held))
    return tuple(found)


def _judge(field: str, vocabulary: IncidentVocabulary) -> Judge:
    name, _, whose = field.partition(":")
    if whose == UNNAMED:
        return lambda _one, _other: None  # five dead of whatever side may be two and three
    if name in vocabulary.words.casualties:
        return _numbers
    judges: dict[str, Judge] = {
        BEGAN: _who, WHAT: _deeds, WHEN: _times, WHERE: _places, CONTROL: _holders,
    }  # fmt: skip
    return judges.get(name, lambda _one, _other: None)


def _who(one: Said, other: Said) -> str | None:
    if one.stance == other.stance == "value" and one.key != other.key:
        return "different sides"
    return _denied(one, other)


def _denied(one: Said, other: Said) -> str | None:
    """One asserts what the other denies: the same act by the same side."""
    if one.stance == other.stance or one.key != other.key:
        return None
    return "asserted and denied"


def _deeds(one: Said, other: Said) -> str | None:
    """The same act by the same side; who is said to have begun is a field of its own."""
    mine, theirs = side(one.mention.claim.agent), side(other.mention.claim.agent)
    return _denied(one, other) if mine is not None and mine == theirs else None


def _numbers(one: Said, other: Said) -> str | None:
    if one.range is None or other.range is None:
        return None
    if one.stance != other.stance:
        return "asserted and denied" if _overlap(one.range, other.range) else None
    return None if one.stance == "denied" or _overlap(one.range, other.range) else "numbers that do not meet"


def _overlap(one: tuple[int, int | None], other: tuple[int, int | None]) -> bool:
    return (one[1] is None or one[1] >= other[0]) and (other[1] is None or other[1] >= one[0])


def _times(one: Said, other: Said) -> str | None:
    mine, theirs = one.mention.stretch, other.mention.stretch
    if mine is None or theirs is None:
        return None
    apart = not mine.meets(theirs) and (mine.gap(theirs) > _MINUTES or mine.day != theirs.day)
    return "times that do not meet" if apart else None


def _places(one: Said, other: Said) -> str | None:
    mine, theirs = one.mention.spot, other.mention.spot
    if mine is None or theirs is None or one.mention.document.id == other.mention.document.id:
        return None  # one text that names two villages says that both were hit
    if _names(one, other) or _names(other, one):
        return None
    return "places that do not meet" if mine.distance(theirs) > mine.radius + theirs.radius else None


def _names(one: Said, other: Said) -> bool:
    """Whether a sentence also names the other's place: "the villages of A and B"."""
    words = {word.casefold() for word in other.text.split() if len(word) >= 4}
    return bool(words) and words <= one.mention.tokens


def _holders(one: Said, other: Said) -> str | None:
    who, _, where = one.key.partition("@")
    other_who, _, other_where = other.key.partition("@")
    if where != other_where or not where:
        return None
    if who != other_who and one.stance == other.stance == "value":
        return "held by different sides"
    return _denied(one, other)


def _shown(value: Said) -> str:
    return f"not: {value.text}" if value.stance == "denied" else value.text
