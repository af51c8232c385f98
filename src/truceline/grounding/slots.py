"""Where the grammar of an act wants a place: names standing there are places even if no gazetteer has them."""

from collections.abc import Callable, Collection, Iterable

from truceline.reading.frames import ActFound
from truceline.reading.view import ClauseView

# Prepositions that locate an act or say where it came from or went to.
_PLACE_ROLES = ("in", "at", "near", "around", "outside", "inside", "from", "to", "into", "towards", "toward", "through", "across", "along", "between")  # fmt: skip
_CONTROL_ROLES = ("of", "over")


def place_slots(
    view: ClauseView, acts: Iterable[ActFound], place_acts: Collection[str], is_somebody: Callable[[int], bool]
) -> frozenset[int]:
    """Indices of proper names that fill a place slot of an act and are nobody the knowledge has.

    Args:
        place_acts: Acts that are done to places.
        is_somebody: Whether the phrase headed by a word is a known actor.
    """
    found: set[int] = set()
    for act in acts:
        roles = [filler for role in _PLACE_ROLES for filler in act.predicate.roles.get(role, ())]
        if act.act in place_acts:
            roles += [filler for role in _CONTROL_ROLES for filler in act.predicate.roles.get(role, ())]
            roles += [act.patient] if act.patient is not None else []
        for filler in roles:
            if view.parsed.words[filler.head].pos == "PROPN" and not is_somebody(filler.head):
                found.add(filler.head)
                found.update(c for c in view.parsed.words[filler.head].children if view.parsed.words[c].dep == "conj" and view.parsed.words[c].pos == "PROPN")
    return frozenset(found)
