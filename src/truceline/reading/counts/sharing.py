"""Between counts: what coordinated counts share, which count nothing, and zeros that have no number."""

from dataclasses import replace

from truceline.knowledge.quantities import CountedVocabulary
from truceline.reading.counts.binding import Binding
from truceline.reading.counts.found import JOINERS, FoundCount
from truceline.reading.counts.nouns import Nouns
from truceline.reading.numbers import Number
from truceline.reading.words import ParsedText, Word


class Sharing:
    """Looks at the counts of one text beside each other."""

    def __init__(
        self,
        parsed: ParsedText,
        numbers: tuple[Number, ...],
        vocabulary: CountedVocabulary,
        nouns: Nouns,
        binding: Binding,
    ) -> None:
        self.parsed = parsed
        self.words = parsed.words
        self.by_last = {number.last: number for number in numbers}
        self.vocabulary = vocabulary
        self.nouns = nouns
        self.binding = binding

    def share(self, counts: list[FoundCount]) -> list[FoundCount]:
        """Coordinated persons share what happened to them: "three soldiers and two civilians were killed"."""
        result = list(counts)
        for k in reversed(range(len(result) - 1)):
            this, after = result[k], result[k + 1]
            if (
                not self._is_partitive(this)
                and self._is_plain(this)
                and self._is_turned(after)
                and self._are_joined(this, after)
            ):
                result[k] = replace(this, what=after.what, governor=after.governor)
        for k in range(1, len(result)):
            before, this = result[k - 1], result[k]
            if not self._are_joined(before, this):
                continue
            if self._is_plain(this) and self._is_turned(before) and not self._acts_itself(this):
                this = replace(this, what=before.what, governor=before.governor)
            same = (this.what, this.governor) == (before.what, before.governor)
            result[k] = replace(this, part=True) if before.part and same else this
        return result

    def _is_partitive(self, count: FoundCount) -> bool:
        """ "Of 13 hostages, ten were freed": the whole does not share what happened to its part."""
        first = self.by_last[count.number].first if count.number in self.by_last else count.number
        return first > 0 and self.words[first - 1].lower == "of"

    def _is_plain(self, count: FoundCount) -> bool:
        noun = self.nouns.noun(count.head)
        return noun is not None and noun.kind == "person" and count.what == noun.what

    def _is_turned(self, count: FoundCount) -> bool:
        noun = self.nouns.noun(count.head)
        turned = noun is None or (noun.kind == "person" and count.what != noun.what)
        return turned and count.governor is not None

    def _are_joined(self, left: FoundCount, right: FoundCount) -> bool:
        start = max(left.number, left.head if left.head is not None else -1) + 1
        first = self.by_last[right.number].first if right.number in self.by_last else right.number
        between = self.words[start:first]
        return 0 < len(between) <= 2 and all(word.lower in JOINERS for word in between)

    def _acts_itself(self, count: FoundCount) -> bool:
        if count.governor is None or count.head is None:
            return False
        return count.governor > count.head and self.words[count.head].dep in {"nsubj", "nsubjpass"}

    def is_idle(self, count: FoundCount) -> bool:
        """Articles and negations that count nothing: "a soldier said", "no people live there"."""
        number = self.by_last.get(count.number)
        if number is None or number.kind not in {"article", "zero"}:
            return False
        noun = self.nouns.noun(count.head)
        if noun is not None and noun.kind == "person":
            return count.what == noun.what
        counted = noun is None or noun.kind == "outcome" or count.what in self.vocabulary.article_counts
        return number.kind == "article" and not counted

    def bare_zeros(self, counted: set[int | None]) -> list[FoundCount]:
        """ "without losses", "did not suffer any casualties": zero without a number."""
        found = []
        for word in self.words:
            if word.lemma not in self.vocabulary.zero_nouns or word.pos != "NOUN" or word.i in counted:
                continue
            noun = self.vocabulary.nouns.get(word.lemma)
            governor = self.binding.governor(word.i)
            first = self._negation(word, governor)
            if noun is None or first is None:
                continue
            span = self.parsed.span(first, word.i)
            text = self.parsed.text[span[0] : span[1]]
            found.append(FoundCount(noun.what, 0, 0, span, text, None, "unknown", word.i, governor, None, word.i))
        return found

    def _negation(self, word: Word, governor: int | None) -> int | None:
        """The first word of a negated phrase: "without", "any", or the noun itself below a negated verb."""
        words, vocabulary = self.words, self.vocabulary
        if word.dep == "pobj" and words[word.head].lower in vocabulary.without:
            return word.head
        if governor is None or not any(words[c].dep == "neg" for c in words[governor].children):
            return None
        wide = any(words[c].lower in vocabulary.any_words for c in word.children)
        numbered = any(c in self.binding.number_words for c in word.children)
        return min([word.i, *word.children]) if wide or (word.dep == "dobj" and not numbered) else None

    def split_zero(self, count: FoundCount) -> list[FoundCount]:
        """None of a whole is none of its parts: "no casualties" is nobody killed and nobody wounded."""
        parts = self.vocabulary.zero_means.get(count.what, ()) if count.max == 0 and count.min == 0 else ()
        return [replace(count, what=what) for what in parts] or [count]
