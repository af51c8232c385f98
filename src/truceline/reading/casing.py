"""Capitals that say nothing: paragraphs typed in capitals and headlines with a capital on every word.

The tagger takes a capitalised word for a name. Such paragraphs are lowered for the parser, letter for letter so that offsets
stay true; the document's text is not touched.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from truceline.reading.openers import DateOpeners

_SHOUTED = 0.8  # share of capitals among the letters
_HEADLINE = 0.7  # share of capitalised words among the longer ones
_HEADLINE_WORDS = 24
_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("es", ""),
    ("s", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("d", ""),
)


@dataclass(frozen=True, slots=True)
class Casing:
    """What is known of words and capitals.

    Attributes:
        names: Words, in lower case, that are written with a capital wherever they stand.
        common: Base forms of words that are not.
        openers: Sets off the dates that open a clause, where given.
    """

    names: Collection[str] = frozenset()
    common: Collection[str] = frozenset()
    openers: DateOpeners | None = None

    def for_parsing(self, piece: str, lower_words: Collection[str] = ()) -> str:
        """A paragraph as it would be written without needless capitals and with its dates set off; of the same length.

        Args:
            piece: The paragraph.
            lower_words: Words that the rest of the text writes in lower case.
        """
        cased = self._cased(piece, lower_words)
        return self.openers.apart(cased) if self.openers is not None else cased

    def _cased(self, piece: str, lower_words: Collection[str]) -> str:
        letters = [c for c in piece if c.isalpha()]
        if len(letters) < 8:
            return piece
        if sum(c.isupper() for c in letters) >= _SHOUTED * len(letters):
            return self._lowered(piece)
        if _is_headline(piece):
            return self._title_lowered(piece, lower_words)
        return piece

    def _lowered(self, piece: str) -> str:
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in piece)

        def recapitalised(match: re.Match[str]) -> str:
            word = match.group()
            starts = _starts_sentence(lowered, match.start())
            return word[0].upper() + word[1:] if word in self.names or starts else word

        result = _WORD.sub(recapitalised, lowered)
        return result if len(result) == len(piece) else piece

    def _title_lowered(self, piece: str, lower_words: Collection[str]) -> str:
        def lowered(match: re.Match[str]) -> str:
            word = match.group()
            low = word.lower()
            if len(low) != len(word) or word.isupper() or low in self.names or _starts_sentence(piece, match.start()):
                return word
            return low if low in lower_words or self._is_common(low) else word

        return _WORD.sub(lowered, piece)

    def _is_common(self, word: str) -> bool:
        if word in self.common:
            return True
        stems = (word[: -len(ending)] + rest for ending, rest in _ENDINGS if word.endswith(ending))
        return any(stem in self.common or (stem[-1:] == stem[-2:-1] and stem[:-1] in self.common) for stem in stems)


def lower_words(text: str) -> frozenset[str]:
    """The words that a text writes in lower case."""
    return frozenset(word for word in _WORD.findall(text) if word.islower())


def _is_headline(piece: str) -> bool:
    """Short, no full stop at its end, and nearly all longer words with a capital."""
    words: list[str] = _WORD.findall(piece)
    longer = [word for word in words if len(word) > 3]
    if not 4 <= len(words) <= _HEADLINE_WORDS or len(longer) < 3 or piece.rstrip().endswith("."):
        return False
    return sum(word[0].isupper() for word in longer) >= _HEADLINE * len(longer)


def _starts_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \"'(")
    return not before or before[-1] in ".!?"
