"""Two names, one place: what others call a place, to be shown beside the name a speaker used and never in its stead."""

from collections.abc import Mapping
from functools import lru_cache

from truceline.errors import KnowledgeError
from truceline.knowledge.gazetteer.spelling import DATA, normalise

_FILE = "toponyms.tsv"


def other_names(place_id: str | None, used: str, name: str | None) -> tuple[str, ...]:
    """The other names of a place, in alphabetical order.

    Args:
        place_id: The place's id.
        used: The name the text uses.
        name: The gazetteer's name, which is the other one where none are listed.
    """
    listed = load_toponyms().get(place_id or "") or ((name,) if name else ())
    return tuple(other for other in listed if normalise(other) not in {normalise(used), ""})


@lru_cache(maxsize=1)
def load_toponyms() -> Mapping[str, tuple[str, ...]]:
    """Names in use for places that have several, by the place's id.

    Raises:
        KnowledgeError: A line of the shipped file is broken.
    """
    found: dict[str, tuple[str, ...]] = {}
    lines = (DATA / _FILE).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#") or line == "id\tnames":
            continue
        place, _, names = line.partition("\t")
        listed = tuple(names.split("|"))
        if place in found or len(listed) < 2 or list(listed) != sorted(listed):
            raise KnowledgeError(f"{_FILE} line {number}: an id of its own and two or more names in order are wanted")
        found[place] = listed
    return found
