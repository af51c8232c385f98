"""The parsed text as flat, plain words: what every rule of the grammar looks at.

spaCy's own tokens are slow to ask from Python and tie the grammar to one library; the parse is copied once into
``Word`` objects whose offsets and indices run through the whole document.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from truceline.model import Span


@dataclass(slots=True, eq=False)
class Word:
    """One token of the parse. ``head`` and ``children`` are indices into ``ParsedText.words``; a root is its own head."""

    i: int
    text: str
    lower: str
    lemma: str
    pos: str  # Universal POS: NOUN, PROPN, VERB, AUX, ADP, …
    tag: str  # Penn Treebank: NNP, VBD, VBN, …
    dep: str  # spaCy's English labels: nsubj, dobj, pobj, ccomp, …
    head: int
    start: int
    end: int
    sentence: int
    children: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A range of words; ``paragraph`` counts from 0."""

    first: int  # index of the first word
    last: int  # index after the last word
    start: int  # character offsets into the document's text
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True, eq=False)
class ParsedText:
    """A document's text, its words and its sentences. Treat as read-only."""

    text: str
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]

    def subtree(self, i: int) -> list[int]:
        """Indices of word ``i`` and all below it, in text order."""
        found, stack = [], [i]
        while stack:
            found.append(current := stack.pop())
            stack.extend(self.words[current].children)
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[int]:
        """Heads of word ``i``, nearest first, up to the root."""
        while (head := self.words[i].head) != i:
            yield head
            i = head

    def span(self, first: int, last: int) -> Span:
        """Characters from word ``first`` to word ``last``, both included."""
        return self.words[first].start, self.words[last].end

    def covering(self, span: Span) -> list[int]:
        """Indices of the words that overlap a span of characters."""
        from bisect import bisect_right

        i = max(0, bisect_right(self.words, span[0], key=lambda word: word.start) - 1)
        found = []
        while i < len(self.words) and self.words[i].start < span[1]:
            if self.words[i].end > span[0]:
                found.append(i)
            i += 1
        return found
