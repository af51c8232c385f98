"""Where the grammar of an act wants a place: names standing there are places even if no gazetteer has them."""

from collections.abc import Callable, Collection, Iterable

from truceline.reading.frames import ActFound
from truceline.reading.phrases import coordinated
from truceline.reading.view import ClauseView

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
) -> dict[int, float]:
    """Proper names that fill a place slot of an act and are nobody the knowledge has: word -> weight of that sign.

    Args:
        view: The clauses of the text.
        acts: The acts found in it.
        place_acts: Acts that are done to places.
        prepositions: Those that locate an act or say where it came from or went to.
        is_somebody: Whether the phrase headed by a word is a known actor.
    """
    found: dict[int, float] = {}
    for act in acts:
        located = [filler for role in prepositions for filler in act.predicate.roles.get(role, ())]
        if act.act in place_acts:
            located += [filler for role in _CONTROL_ROLES for filler in act.predicate.roles.get(role, ())]
        targets = [act.patient] if act.patient is not None and act.act in place_acts else []
        for fillers, weight in ((targets, TARGET), (located, LOCATED)):
            for filler in fillers:
                if view.parsed.words[filler.head].pos == "PROPN" and not is_somebody(filler.head):
                    names = (i for i in coordinated(view.parsed, filler.head) if view.parsed.words[i].pos == "PROPN")
                    found.update((i, weight) for i in names)
    return found
