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

    "No casualties" gives two counts of zero, killed and wounded. A number whose noun is not in the vocabulary and which
    no act turns into one of its kinds is left out.
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

    def _is_part(self, number: Number, head: int | None, node: int, before: FoundCount) -> bool:
        return self.binding.is_part(number, node) or (head is None and self.binding.continues(number, before))

    def _turned(
        self, number: Number, head: int | None, node: int, noun: CountedNoun | None, whole: FoundCount | None
    ) -> Turned | None:
        """What was done to persons; those who are a part of others share it."""
        if noun is not None and noun.kind != "person":
            return None
        turned = self.turns.turned(number, head, node)
        if turned is not None and noun is None and head is not None and self._is_of_things(head, turned):
            return None
        turned = turned or (self.turns.total(number, node) if noun is None else None)
        if turned is None and whole is not None and whole.governor is not None:
            return Turned(whole.what, whole.governor)
        return turned

    def _is_of_things(self, head: int, turned: Turned) -> bool:
        """Whether an unknown noun below such a word need not be a person: "lost no ground"."""
        word, verb = self.words[head], self.words[turned.by]
        unknown = word.pos != "PRON" and not word.text[0].isupper() and word.lower not in self.vocabulary.further
        return unknown and verb.lemma in self.vocabulary.also_of_things

    def _count(self, number: Number, before: list[FoundCount]) -> FoundCount | None:
        head = self.nouns.head(number)
        noun = self.nouns.compound(number, head) or self.nouns.noun(head)
        if noun is not None and self.nouns.is_excluded(number, head, noun):
            return None
        node = self.nouns.node(number, head)
        whole = before[-1] if before and self._is_part(number, head, node, before[-1]) else None
        turned = self._turned(number, head, node, noun, whole)
        governor: int | None
        if turned is not None:
            what, governor = turned.what, turned.by
        elif noun is not None:
            what, governor = noun.what, self.binding.governor(node)
        else:
            return None
        if what == "times":
            what, governor = self.binding.times(node)
        reach = (number.last, head, turned.last if turned else None)
        last = max(i for i in reach if i is not None)
        span = self.parsed.span(number.first, last)
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
            whole is not None,
            (number.flag,) if number.flag else (),
        )
