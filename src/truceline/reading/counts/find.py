"""Finding counts, from each number outwards: its noun, what an act makes of it, and the predicate it belongs to."""

from truceline.knowledge.quantities import CountedNoun, CountedVocabulary
from truceline.reading.counts.binding import Binding
from truceline.reading.counts.found import FoundCount, Turned
from truceline.reading.counts.nouns import Nouns
from truceline.reading.counts.sharing import Sharing
from truceline.reading.counts.turns import Turns
from truceline.reading.numbers import Number
from truceline.reading.words import ParsedText


def find_counts(
    parsed: ParsedText, numbers: tuple[Number, ...], vocabulary: CountedVocabulary
) -> tuple[FoundCount, ...]:
    """All counts of the text, in order.

    "No casualties" gives two counts of zero, killed and wounded. A number whose noun is not in the vocabulary and which no
    act turns into one of its kinds is left out.
    """
    return _Counter(parsed, numbers, vocabulary).find()


class _Counter:
    def __init__(self, parsed: ParsedText, numbers: tuple[Number, ...], vocabulary: CountedVocabulary) -> None:
        self.parsed = parsed
        self.words = parsed.words
        self.numbers = numbers
        self.vocabulary = vocabulary
        self.nouns = Nouns(parsed, vocabulary)
        in_numbers = frozenset(i for number in numbers for i in range(number.first, number.last + 1))
        self.binding = Binding(parsed, vocabulary, in_numbers)
        self.turns = Turns(parsed, vocabulary, self.nouns, self.binding)
        self.sharing = Sharing(parsed, numbers, vocabulary, self.nouns, self.binding)

    def find(self) -> tuple[FoundCount, ...]:
        found: list[FoundCount] = []
        for number in self.numbers:
            if (count := self._count(number, found)) is not None:
                found.append(count)
        found = self.sharing.share(found)
        found = [count for count in found if not self.sharing.is_idle(count)]
        found.extend(self.sharing.bare_zeros({count.head for count in found}))
        found.sort(key=lambda count: (count.span, count.what))
        return tuple(split for count in found for split in self.sharing.split_zero(count))

    def _count(self, number: Number, before: list[FoundCount]) -> FoundCount | None:
        head = self.nouns.head(number)
        noun = self.nouns.noun(head)
        if number.kind == "compound" and head is not None:
            if what := self.vocabulary.compound_nouns.get(self.words[head].lemma):
                noun = CountedNoun(what, "person", "unknown")
        node = self.nouns.node(number, head)
        if noun is not None and self.nouns.is_excluded(number, head, noun):
            return None
        part = self.binding.is_part(number, node) if before else False
        turned = None
        if noun is None or noun.kind == "person":
            turned = self.turns.turned(number, head, node)
        if turned is None and noun is None:
            turned = self.turns.total(number, node)
        if turned is None and noun is None and not part and head is None and before and before[-1].part:
            part = self.binding.continues(number, before[-1])
        if turned is None and noun is None and part and before[-1].governor is not None:
            turned = Turned(before[-1].what, before[-1].governor)  # a part keeps the kind of its whole
        if turned is None and noun is None:
            return None
        governor = turned.by if turned else self.binding.governor(node)
        what = turned.what if turned else noun.what if noun else ""
        if part and noun is not None and noun.kind == "person" and (turned is None or turned.by == before[-1].governor):
            what, governor = before[-1].what, before[-1].governor
        if noun is not None and what == "times":
            what, governor = self.binding.times(node)
        last = max(
            number.last,
            head if head is not None else number.last,
            (turned.last if turned and turned.last else number.last),
        )
        first = number.first if head is None or head >= number.first else head
        span = self.parsed.span(first, last)
        cumulative, since = self.binding.cumulative(number, governor, last)
        return FoundCount(
            what,
            number.min,
            number.max,
            span,
            self.parsed.text[span[0] : span[1]],
            self.vocabulary.units.get(noun.what) if noun else None,
            self.nouns.status(number, head, noun),
            head,
            governor,
            self.nouns.whose(number, head, turned),
            number.last,
            cumulative,
            since,
            part,
            (number.flag,) if number.flag else (),
        )
