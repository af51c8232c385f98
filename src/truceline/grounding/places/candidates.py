"""A name in the text with what it may stand for, and what the words beside it and the gazetteer's codes say of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from truceline.grounding.places.names import capital
from truceline.grounding.places.vocabulary import Words
from truceline.knowledge.gazetteer import PlaceRow, sound
from truceline.reading.words import ParsedText

_SPOT_DEGREES = 0.15
_LEAST_CONSONANTS = 4


@dataclass(slots=True, eq=False)
class Mention:
    """A name in the text with the places it may stand for. ``first`` and ``last`` are indices of words."""

    first: int
    last: int
    start: int
    end: int
    key: str
    rows: tuple[PlaceRow, ...] = ()
    weight: float = 0.0
    kind: str | None = None  # the kind word beside it
    container: "Mention | None" = None
    located: bool = False  # a preposition of place stands before it
    run: tuple[int, int] = (0, 0)


def bare_division(row: PlaceRow, rows: Iterable[PlaceRow], key: str) -> bool:
    """Whether a row is a division, and not one that shares its name with a town in which most of its people live."""
    if row.kind not in {"first_order", "second_order"}:
        return False
    return not any(
        town.kind in {"settlement", "capital", "city"}
        and own_name_of(town, key)
        and (town.admin1 == row.admin1 or _same_spot(town, row))
        and 2 * town.population >= row.population
        for town in rows
    )


def _same_spot(a: PlaceRow, b: PlaceRow) -> bool:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    return abs(a.lat - b.lat) < _SPOT_DEGREES and abs(a.lon - b.lon) < _SPOT_DEGREES


def own_name_of(row: PlaceRow, key: str) -> bool:
    """Whether a name is more than one of the hundreds of foreign and former names that large lists carry."""
    return row.key == key or row.sources != ("geonames",) or _spelt_otherwise(row, key)


def _spelt_otherwise(row: PlaceRow, key: str) -> bool:
    """Whether a name is the row's own in another romanisation; a few consonants say too little."""
    heard = sound(key)
    return len(heard) >= _LEAST_CONSONANTS and heard == sound(row.key)


def holds(holder: PlaceRow, row: PlaceRow) -> bool:
    """Whether one place lies in another, as far as the gazetteer's codes tell."""
    if holder.id == row.id:
        return False
    if row.parent == holder.id:
        return True
    if holder.kind == "country":
        return holder.country == row.country
    if holder.kind == "first_order":
        return bool(holder.admin1) and holder.admin1 == row.admin1
    return False


def kind_beside(parsed: ParsedText, first: int, last: int, own: Words) -> str | None:
    """The kind word that stands with a name, in the singular."""
    words = parsed.words
    sentence = parsed.sentences[words[first].sentence]
    if (
        last + 1 < sentence.last
        and words[last + 1].start > words[last].end
        and (kind := own.kind_of(words[last + 1].lower))
    ):
        return kind
    i = first - 1
    # "the villages of A, B and C": back over the names before this one.
    while i > sentence.first and (capital(words[i]) or words[i].lower in {",", "and", "or", "-"}) and first - i < 12:
        if own.kind_of(words[i].lower):
            break
        i -= 1
    if i < sentence.first:
        return None
    if words[i].lower == "of" and i - 1 >= sentence.first:
        return own.kind_of(words[i - 1].lower) if i == first - 1 or words[i - 1].lower in own.plurals else None
    if i == first - 1 and (kind := own.kind_of(words[i].lower)):
        return kind if kind in own.kind_before or kind in own.kind_sure else None
    return None
