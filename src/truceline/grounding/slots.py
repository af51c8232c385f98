"""Where the grammar of an act wants a place: names standing there are places even if no gazetteer has them."""

from collections.abc import Callable, Collection, Iterable

from truceline.reading.frames import ActFound
from truceline.reading.phrases import coordinated
from truceline.reading.view import ClauseView, Filler

LOCATED = 1.0  # after a preposition of place
TARGET = 0.6  # what an act was done to may as well be a person
_CONTROL_ROLES = ("of", "over")  # "control of X"


def place_slots(
    view: ClauseView,
    acts: Iterable[ActFound],
    *,
    place_acts: Collection[str],
    prepositions: Collection[str],
    is_somebody: Callable[[int], bool],
    locates: Callable[[int], bool],
) -> dict[int, float]:
    """Proper names that fill a place slot of an act and are nobody the knowledge has: word -> weight of that sign.

    Args:
        view: The clauses of the text.
        acts: The acts found in it.
        place_acts: Acts that are done to places.
        prepositions: Those that locate an act or say where it came from or went to.
        is_somebody: Whether the phrase headed by a word is a known actor.
        locates: Whether a noun says where something is of what its "of" governs ("in the direction of X").
    """
    found: dict[int, float] = {}
    for act in acts:
        located = [filler for role in prepositions for filler in act.predicate.roles.get(role, ())]
        located += [below for filler in located if locates(filler.head) for below in _of(view, filler.head)]
        if act.act in place_acts:
            located += [filler for role in _CONTROL_ROLES for filler in act.predicate.roles.get(role, ())]
        targets = [act.patient] if act.patient is not None and act.act in place_acts else []
        for fillers, weight in ((targets, TARGET), (located, LOCATED)):
            for filler in fillers:
                if view.parsed.words[filler.head].pos == "PROPN" and not is_somebody(filler.head):
                    names = (i for i in coordinated(view.parsed, filler.head) if view.parsed.words[i].pos == "PROPN")
                    found.update((i, weight) for i in names)
    return found


def _of(view: ClauseView, i: int) -> list[Filler]:
    """What the "of" of a noun governs."""
    words = view.parsed.words
    below = (c for c in words[i].children if words[c].lower == "of")
    return [Filler(g, "of + noun") for c in below for g in words[c].children if words[g].dep == "pobj"]
