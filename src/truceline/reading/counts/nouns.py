"""The counted noun: which it is, what it counts, of which status, and whose."""

from truceline.knowledge.quantities import CountedNoun, CountedVocabulary, Status
from truceline.reading.counts.found import Turned
from truceline.reading.numbers import Number
from truceline.reading.words import ParsedText

NOMINAL = frozenset({"NOUN", "PROPN"})
_INSIDE_A_PHRASE = frozenset({"VBN", "VBG", "JJ", "PRP$", "POS"})


class Nouns:
    """Finds and describes the nouns that the numbers of one text count."""

    def __init__(self, parsed: ParsedText, vocabulary: CountedVocabulary) -> None:
        self.parsed = parsed
        self.words = parsed.words
        self.vocabulary = vocabulary

    def head(self, number: Number) -> int | None:
        """Word index of the noun that is counted."""
        after = number.last + 1
        if number.kind == "compound":
            return self._compound_noun(number)
        if after < len(self.words) and self.words[after].lower == "of":
            head = self._run(after + 1, skip_determiners=True)
            if head is not None and self.words[head].lemma in self.vocabulary.containers:
                return self._contained(head)
            return head
        head = self._run(after)
        if head is not None and self.words[head].lemma in self.vocabulary.containers:
            return self._contained(head)
        return head

    def _compound_noun(self, number: Number) -> int | None:
        """ "12-vehicle convoy" counts vehicles; "20-strong unit" counts the unit's people."""
        inner = number.last + 2
        return (
            inner
            if inner < len(self.words) and self.words[inner].sentence == self.words[number.last].sentence
            else None
        )

    def _contained(self, head: int) -> int:
        """The noun behind a container: "two cases of violation"."""
        after = head + 1
        if after < len(self.words) and self.words[after].lower == "of":
            inner = self._run(after + 1, skip_determiners=True)
            if inner is not None and self.noun(inner) is not None:
                return inner
        return head

    def _run(self, i: int, *, skip_determiners: bool = False) -> int | None:
        """The noun that a run of modifiers from word ``i`` ends in."""
        words, vocabulary = self.words, self.vocabulary
        head: int | None = None
        stop = min(i + 8, len(words))
        sentence = words[i].sentence if i < len(words) else -1
        while i < stop and words[i].sentence == sentence:
            word = words[i]
            if (
                word.lower in vocabulary.states
                and word.tag not in {"NNS"}
                and not (word.tag == "NN" and word.lemma in vocabulary.nouns)
            ):
                if not self.noun_follows(i + 1):
                    break
            elif word.pos in NOMINAL or self._is_mistagged(i):
                if (
                    head is not None
                    and words[head].tag == "NNS"
                    and not (word.lemma in vocabulary.nouns and word.tag in {"NN", "NNS"})
                ):
                    break
                if (
                    head is not None
                    and words[head].lemma in vocabulary.nouns
                    and word.lemma not in vocabulary.nouns
                    and word.pos == "PROPN"
                ):
                    break
                head = i
            elif word.pos == "PRON" and skip_determiners and word.lower in vocabulary.part_pronouns:
                return i
            elif head is not None and word.text not in {"-", "/"} and word.lower != "'s" and word.tag != "POS":
                break
            elif head is None and not (
                word.pos in {"ADJ", "ADV"}
                or word.text in {"-", "/"}
                or word.tag in {"VBN", "VBG", "JJ", "PRP$", "POS"}
                or (skip_determiners and word.pos in {"DET", "PRON", "NUM"})
            ):
                break
            i += 1
        return head

    def _is_mistagged(self, i: int) -> bool:
        """A counted noun that the tagger took for an adjective: nothing nominal follows it."""
        word, following = self.words[i], self.words[i + 1 : i + 2]
        if word.lemma not in self.vocabulary.nouns or word.pos not in {"NUM", "ADJ"} or word.tag == "CD":
            return False
        return not following or following[0].pos not in {"ADJ", "NOUN", "PROPN"}

    def noun_follows(self, i: int) -> bool:
        """Whether a counted noun stands after a state within the same phrase: "three wounded soldiers"."""
        for word in self.words[i : i + 4]:
            if word.lemma in self.vocabulary.nouns and word.pos in NOMINAL and word.lower not in self.vocabulary.states:
                return True
            if word.pos not in {"ADJ", "PROPN", "NOUN"} and word.text != "-":
                return False
        return False

    def noun(self, head: int | None) -> CountedNoun | None:
        if head is None:
            return None
        word = self.words[head]
        noun = self.vocabulary.nouns.get(word.lemma) or self.vocabulary.nouns.get(word.lower)
        if noun is None or noun.kind == "outcome" and word.lower in self.vocabulary.states and word.pos not in NOMINAL:
            return None
        return noun

    def node(self, number: Number, head: int | None) -> int:
        """The word that stands for the whole phrase in the parse: the number itself in "three of them", else the noun."""
        words = self.words
        if head is None or (number.last + 1 < len(words) and words[number.last + 1].lower == "of"):
            node = number.last
            if (
                number.bound == "total"
                or words[node].dep in {"nummod", "quantmod", "compound"}
                and words[words[node].head].dep not in {"nsubj", "nsubjpass", "dobj"}
            ):
                node = words[node].head if words[node].head > node and words[words[node].head].pos in NOMINAL else node
            return node
        node = head
        while (
            words[node].dep in {"compound", "nmod", "amod"}
            and node < words[node].head <= node + 3
            and words[words[node].head].pos in NOMINAL
        ):
            node = words[node].head
        return node

    def is_excluded(self, number: Number, head: int | None, noun: CountedNoun) -> bool:
        """Days of a date, rounds of talks, violations of another kind."""
        if head is None:
            return False
        words, vocabulary = self.words, self.vocabulary
        after = words[head + 1].lower if head + 1 < len(words) else ""
        before = words[number.first - 1].lower if number.first else ""
        if noun.what == "days" and (
            after in vocabulary.days_not_before
            or before in vocabulary.days_not_after
            or number.kind in {"article", "zero"}
        ):
            return True
        if noun.what == "times" and (number.kind in {"article", "zero"} or words[head].tag != "NNS"):
            return True
        if after in {"of", "in", "for"} and head + 2 < len(words):
            following = self.words[head + 2 : head + 5]
            if any(word.lemma in vocabulary.not_of for word in following):
                return True
        modifiers = vocabulary.not_with.get(words[head].lemma)
        return bool(modifiers and any(word.lower in modifiers for word in words[number.last + 1 : head]))

    def status(self, number: Number, head: int | None, noun: CountedNoun | None) -> Status:
        if noun is not None and noun.kind == "thing":
            return "unknown"
        start = number.last + 1
        for i in range(start, head if head is not None else start):
            modifier = self.vocabulary.nouns.get(self.words[i].lemma)
            if modifier is not None and modifier.status != "unknown":
                return modifier.status
            if self.words[i].lower in {"military", "army", "armed"}:
                return "combatant"
        return noun.status if noun is not None else "unknown"

    def whose(self, number: Number, head: int | None, turned: Turned | None) -> int | None:
        """Possessor or nationality: before the noun, behind "of" or "from"; with "lost" and "suffered", the subject."""
        words = self.words
        if head is not None:
            between = range(min(number.last + 1, head), head)
            for i in between:
                word = words[i]
                if word.tag == "PRP$" or (word.text[0].isupper() and word.pos in {"ADJ", "PROPN"}):
                    return i
            for child in words[head].children:
                word = words[child]
                if word.dep == "poss":
                    return child
                if word.dep == "prep" and word.lower in {"of", "from"} and child == head + 1:
                    return next((c for c in word.children if words[c].dep == "pobj"), None)
        else:
            nxt = words[number.last + 1] if number.last + 1 < len(words) else None
            if (
                nxt is not None
                and nxt.pos in {"ADJ", "PROPN"}
                and nxt.text[0].isupper()
                and nxt.lower not in self.vocabulary.states
            ):
                return nxt.i
        verb = turned.by if turned else None
        for above in [] if verb is None else [verb, *self.parsed.ancestors(verb)][:2]:
            if words[above].lemma in {"lose", "suffer", "sustain"}:
                return next((c for c in words[above].children if words[c].dep == "nsubj"), None)
        return None
