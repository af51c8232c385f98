"""Names that something else has marked as places: looked up in more ways than those that a text is searched for."""

from collections.abc import Iterable

from truceline.grounding.places.candidates import Mention, kind_beside
from truceline.grounding.places.vocabulary import Vocabulary
from truceline.knowledge.gazetteer import Gazetteer, PlaceRow, normalise
from truceline.model import Span
from truceline.reading.words import ParsedText

_DIVISIONS = frozenset({"first_order", "second_order"})
# Longer runs of capitals are names in capitals.
_LONGEST_ACRONYM = 3


class GivenNames:
    """Looks marked names up."""

    def __init__(self, gazetteer: Gazetteer, vocabulary: Vocabulary) -> None:
        self._gazetteer, self._vocabulary = gazetteer, vocabulary

    def mention(self, parsed: ParsedText, span: Span) -> Mention:
        """The name with all that it may stand for; words for what belongs to a country or area are read as that."""
        key = normalise(parsed.text[span[0] : span[1]])
        covered = parsed.covering(span) or [0]
        rows = self._gazetteer.lookup_keys([key])[key] if key else ()
        if (whose := self._vocabulary.demonyms.get(key)) is not None:
            area = self._gazetteer.get(whose) if ":" in whose else None
            rows = (area,) if area else tuple(row for row in self._countries() if row.country == whose)
        elif not rows:
            rows = self._otherwise(key)
        rows = tuple(row for row in rows if not _only_an_acronym(parsed.text[span[0] : span[1]], row))
        kind = kind_beside(parsed, covered[0], covered[-1], self._vocabulary.words) if parsed.words else None
        return Mention(covered[0], covered[-1], *span, key, rows, kind=kind)

    def _otherwise(self, key: str) -> tuple[PlaceRow, ...]:
        """Places of a name that is unknown as it stands: cut short, with a kind word too many, or without its own."""
        own, words = self._vocabulary.words, key.split()
        full = [own.abbreviated.get(word, word) for word in (words[:1] + words[-1:] if len(words) > 1 else ())]
        options = [" ".join([full[0], *words[1:-1], full[1]])] if full else []
        for name in (key, *options):
            options += self._shorter(name.split())
        divisions = {kind for kind, meant in own.kind_words.items() if _DIVISIONS & {*meant[:1]}}
        options += [f"{key} {kind}" for kind in sorted(divisions)]
        known = self._gazetteer.lookup_keys(options)
        return next((known[option] for option in options if known[option]), ())

    def _shorter(self, words: list[str]) -> Iterable[str]:
        """A name without its kind word or direction ("city of X", "X area", "the X")."""
        own = self._vocabulary.words
        if len(words) > 1 and own.kind_of(words[-1]):
            yield " ".join(words[:-1])
        if len(words) > 2 and words[1] == "of" and own.kind_of(words[0]):
            yield " ".join(words[2:])
        if len(words) > 1 and (words[0] == "the" or words[0] in own.directions):
            yield " ".join(words[1:])

    def _countries(self) -> tuple[PlaceRow, ...]:
        return tuple(row for row in self._gazetteer.of_source("countries") if row.kind == "country")


def _only_an_acronym(text: str, row: PlaceRow) -> bool:
    """Whether a few capitals are written like a place of that name, and are none of its own short forms."""
    short = text.isupper() and text.isalpha() and len(text) <= _LONGEST_ACRONYM
    return short and row.kind in {"settlement", "village", "capital"} and text not in (row.name, *row.names)
