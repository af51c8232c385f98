"""What a count belongs to: its predicate, the whole it is a part of, the start it runs from."""

from truceline.knowledge.quantities import CountedVocabulary
from truceline.model import Span
from truceline.reading.counts.found import JOINERS, FoundCount
from truceline.reading.numbers import Number
from truceline.reading.words import ParsedText, Word

VERBAL = frozenset({"VERB", "AUX"})


class Binding:
    """Ties the counts of one text to what stands around them."""

    def __init__(self, parsed: ParsedText, vocabulary: CountedVocabulary, number_words: frozenset[int]) -> None:
        self.parsed = parsed
        self.words = parsed.words
        self.vocabulary = vocabulary
        self.number_words = number_words

    def governor(self, node: int) -> int | None:
        """The nearest verb, or noun of an event, above a phrase."""
        below = node
        for above in self.parsed.ancestors(node):
            word, beside = self.words[above], self.words[below].dep in {"conj", "appos"}
            below = above
            if word.lower in self.vocabulary.including:
                continue
            if word.pos in VERBAL:
                return above
            if word.lemma in self.vocabulary.events and not beside and above not in self.number_words:
                return above
        return None

    def times(self, node: int) -> tuple[str, int | None]:
        """ "violated the ceasefire 12 times" counts violations; of any other act, the times."""
        governor = self.governor(node)
        if governor is None:
            return "times", None
        word = self.words[governor]
        if word.lemma in self.vocabulary.violation_verbs:
            near = [self.words[c] for c in word.children if self.words[c].dep in {"dobj", "nsubjpass", "nsubj"}]
            named = {form for w in near for form in (w.lemma, w.lower)}
            if named & self.vocabulary.violation_objects:
                return "violations", governor
        return "times", governor

    def is_part(self, number: Number, node: int) -> bool:
        """ "including two children", "two of them children", "among them a nurse" """
        words, vocabulary = self.words, self.vocabulary
        sentence = self.parsed.sentences[words[number.first].sentence]
        i = number.first - 1
        if i <= sentence.first:
            return False
        if words[i].lower in vocabulary.including:
            return words[i].dep != "prep" or words[i].head < i
        if words[i].lower in vocabulary.part_pronouns:
            return words[i - 1].lower in vocabulary.part_prepositions
        if words[i].text == "," and number.last + 2 < sentence.last:
            return words[number.last + 1].lower == "of" and words[number.last + 2].lower in vocabulary.part_pronouns
        above = words[words[node].head]
        listed = words[node].dep == "conj" and words[above.head].lower in vocabulary.including
        return listed or (words[node].dep == "pobj" and above.lower in vocabulary.including)

    def continues(self, number: Number, before: FoundCount) -> bool:
        """ "12 in Idlib, seven in Aleppo and two in Latakia": a bare number, a place behind it, after a part."""
        words = self.words
        if not before.part or not number.first or number.last + 1 >= len(words):
            return False
        together = words[before.number].sentence == words[number.first].sentence
        return together and words[number.last + 1].pos == "ADP" and words[number.first - 1].lower in JOINERS

    def cumulative(self, number: Number, governor: int | None, last: int) -> tuple[bool, Span | None]:
        """Whether the count runs since a start, and the words that name the start."""
        words = self.words
        sentence = self.parsed.sentences[words[number.first].sentence]
        for word in words[sentence.first : sentence.last]:
            if word.lower not in self.vocabulary.since or not (inside := self._start(word)):
                continue
            if self.governor(word.i) in {governor, None} or last < word.i <= last + 3:
                return True, self.parsed.span(inside[0], inside[-1])
        if number.bound == "total":
            return True, None
        before = [word.lower for word in words[max(sentence.first, number.first - 4) : number.first]]
        after = [word.lower for word in words[last + 1 : min(last + 8, sentence.last)]]
        marks = self.vocabulary.cumulative
        return any(marks.match(near, j) for near in (before, after) for j in range(len(near))), None

    def _start(self, since: Word) -> list[int]:
        """The words that name the start: "since 14 November", "since the truce began"."""
        below = next((c for c in since.children if self.words[c].dep in {"pobj", "pcomp"}), None)
        if below is None and since.dep == "mark" and self.words[since.head].dep == "advcl":
            below = since.head
        return [] if below is None else [i for i in self.parsed.subtree(below) if i > since.i]
