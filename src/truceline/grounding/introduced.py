"""Persons whom a text introduces in full and then calls by their family name."""

from functools import cached_property

from truceline.grounding.actors import ActorResolver
from truceline.grounding.actors.names import fold
from truceline.reading.words import ParsedText, Word

BY_FAMILY_NAME = 0.95
"""How sure it is that a family name means the one introduced under it, against the full name."""


class Introduced:
    """The persons that one text introduces, by family name.

    Only who is named in full with a title, an office or a word for what he or she is counts: two capitalised words by
    themselves may be anything.
    """

    def __init__(self, parsed: ParsedText, resolver: ActorResolver) -> None:
        self._parsed = parsed
        self._resolver = resolver

    def has(self, word: Word) -> bool:
        """Whether a word by itself is the family name of one of them."""
        before = self._parsed.words[word.i - 1] if word.i else None
        alone = before is None or before.pos != "PROPN" or before.sentence != word.sentence
        return alone and word.text[0].isupper() and fold(word.text) in self._by_family_name

    def before(self, word: Word) -> dict[str, int]:
        """Full names that end in this word and stand before it, each with the word that heads its first mention."""
        found: dict[str, int] = {}
        for head, name in self._by_family_name.get(fold(word.text), ()):
            if head < word.i:
                found.setdefault(name, head)
        return found

    @cached_property
    def _by_family_name(self) -> dict[str, list[tuple[int, str]]]:
        found: dict[str, list[tuple[int, str]]] = {}
        words = self._parsed.words
        for word in words[1:]:
            if word.pos == words[word.i - 1].pos == "PROPN" and word.dep != "compound":
                name = self._resolver.introduces(self._parsed, word.i)
                if name:
                    found.setdefault(fold(word.text), []).append((word.i, " ".join(name)))
        return found
