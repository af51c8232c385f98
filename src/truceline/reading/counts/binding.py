"""What a count belongs to: its predicate, the whole it is a part of, the start it runs from."""

from truceline.knowledge.quantities import CountedVocabulary
from truceline.model import Span
from truceline.reading.counts.found import JOINERS, FoundCount
from truceline.reading.numbers import Number
from truceline.reading.words import ParsedText

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
            if beside and word.pos not in VERBAL:
                continue
            if word.lower in self.vocabulary.including:
                continue
            if word.pos in VERBAL or (
                word.pos == "NOUN" and word.lemma in self.vocabulary.events and above not in self.number_words
            ):
                return above
        return None

    def times(self, node: int) -> tuple[str, int | None]:
        """ "violated the ceasefire 12 times" counts violations; of any other act, the times."""
        governor = self.governor(node)
        if governor is None:
            return "times", None
        word = self.words[governor]
        if word.lemma in self.vocabulary.violation_verbs:
            near = (self.words[c] for c in word.children if self.words[c].dep in {"dobj", "nsubjpass", "nsubj"})
            if any(
                w.lemma in self.vocabulary.violation_objects or w.lower in self.vocabulary.violation_objects
                for w in near
            ):
                return "violations", governor
        return "times", governor

    def is_part(self, number: Number, node: int) -> bool:
        """ "including two children", "two of them children", "among them a nurse" """
        words, vocabulary = self.words, self.vocabulary
        sentence = self.parsed.sentences[words[number.first].sentence]
        i = number.first - 1
        if i < sentence.first:
            return False
        if words[i].lower in vocabulary.including or (
            words[i].lower in vocabulary.part_pronouns and i and words[i - 1].lower in {"among", "of"}
        ):
            return words[i].lower != "among"
        if i > sentence.first and words[i].text == "," and number.last + 2 < len(words):
            return words[number.last + 1].lower == "of" and words[number.last + 2].lower in vocabulary.part_pronouns
        above = words[words[node].head]
        return (
            above.lower == "including"
            and words[node].dep == "pobj"
            or (words[node].dep == "conj" and words[words[above.i].head].lower == "including")
        )

    def continues(self, number: Number, before: FoundCount) -> bool:
        """ "12 in Idlib, seven in Aleppo and two in Latakia": a bare number, a place behind it, after a part."""
        words = self.words
        if words[before.number].sentence != words[number.first].sentence or number.last + 1 >= len(words):
            return False
        return words[number.last + 1].pos == "ADP" and words[number.first - 1].lower in JOINERS

    def cumulative(self, number: Number, governor: int | None, last: int) -> tuple[bool, Span | None]:
        """Whether the count runs since a start, and the words that name the start."""
        words = self.words
        sentence = self.parsed.sentences[words[number.first].sentence]
        cumulative = number.bound == "total"
        for i in range(sentence.first, sentence.last):
            if words[i].lower == "since":
                if self.governor(i) not in {governor, None} and not last < i <= last + 3:
                    continue
                below = [c for c in words[i].children if words[c].dep in {"pobj", "pcomp"}] or (
                    [words[i].head] if words[i].dep == "mark" else []
                )
                if not below:
                    continue
                inside = [j for j in self.parsed.subtree(below[0]) if j > i]
                if words[i].dep == "mark" and words[below[0]].dep != "advcl":
                    continue
                return True, self.parsed.span(inside[0], inside[-1]) if inside else None
        if not cumulative:
            near = (
                words[max(sentence.first, number.first - 4) : number.first],
                words[last + 1 : min(last + 8, sentence.last)],
            )
            for lowers in ([word.lower for word in part] for part in near):
                cumulative = cumulative or any(self.vocabulary.cumulative.match(lowers, j) for j in range(len(lowers)))
        return cumulative, None
