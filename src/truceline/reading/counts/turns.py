"""What an act makes of counted persons: killed, wounded, captured, returned."""

from truceline.knowledge.quantities import CountedVocabulary
from truceline.reading.counts.binding import VERBAL, Binding
from truceline.reading.counts.found import Turned
from truceline.reading.counts.nouns import NOMINAL, Nouns
from truceline.reading.numbers import Number
from truceline.reading.words import ParsedText, Word

_BEGINS_A_PHRASE = frozenset({"DET", "NUM", "PRON", "NOUN", "PROPN", "ADJ", "ADV"})
_PASSED_UP = frozenset({"conj", "appos", "nummod", "quantmod", "compound", "nmod", "amod", "det", "dep"})
_PREDICATED = frozenset({"acomp", "oprd", "xcomp", "attr", "ccomp", "advmod", "advcl", "dobj", "amod"})
_BOTH = {"killed", "wounded"}


class Turns:
    """Reads off the words around a counted noun what happened to those it counts."""

    def __init__(self, parsed: ParsedText, vocabulary: CountedVocabulary, nouns: Nouns, binding: Binding) -> None:
        self.parsed = parsed
        self.words = parsed.words
        self.vocabulary = vocabulary
        self.nouns = nouns
        self.binding = binding
        self.number_words = binding.number_words

    def turned(self, number: Number, head: int | None, node: int) -> Turned | None:
        """What an act makes of the counted persons.

        A noun of its own ("the release of five citizens detained at the border") says more than a participle beside it.
        """
        if modifier := self._by_modifier(number, head):
            return modifier
        above = self._above(number, node)
        if above is not None and above.by < number.first and self.words[above.by].pos == "NOUN":
            return above
        return self._beside(number, head) or self._before(number) or above

    def _by_modifier(self, number: Number, head: int | None) -> Turned | None:
        """ "three wounded soldiers" """
        if head is None:
            return None
        for i in range(number.last + 1, head):
            if what := self.vocabulary.states.get(self.words[i].lower):
                return Turned(self._joined_state(i, what), i)
        return None

    def _beside(self, number: Number, head: int | None) -> Turned | None:
        """ "two killed", "three soldiers wounded in the clash", "12 people seriously hurt" """
        words = self.words
        i = max(number.last, head if head is not None else -1) + 1
        while i < len(words) and words[i].lower not in self.vocabulary.states and self._is_between(words[i], head):
            i += 1
        if i >= len(words) or (words[i].sentence != words[number.last].sentence and number.readable):
            return None  # a spoilt number may have been read as the end of a sentence
        word = words[i]
        what = self.vocabulary.states.get(word.lower)
        if what is None or (word.pos in VERBAL and self._is_active(word)) or self.nouns.noun_follows(i + 1):
            return None
        return Turned(self._joined_state(i, what), i, i)

    def _is_between(self, word: Word, head: int | None) -> bool:
        """What may stand before the state: "12 people *seriously* hurt", "two *more* killed"."""
        return word.pos == "ADV" or word.text == "-" or (head is None and word.lower in self.vocabulary.further)

    def _is_active(self, word: Word) -> bool:
        """Whether a participle form is an active verb with an object of its own."""
        following = self.words[word.i + 1 : word.i + 2]
        objects = (self.words[c] for c in word.children if c > word.i and self.words[c].dep in {"dobj", "dative"})
        return any(o.pos != "ADV" for o in objects) and bool(following) and following[0].pos in _BEGINS_A_PHRASE

    def _before(self, number: Number) -> Turned | None:
        """ "Killed: 12", "wounded – 30": the form of tables."""
        words = self.words
        i = number.first - 1
        if i < 1 or words[i].text not in {":", "-", "–", "—"}:
            return None
        word = words[i - 1]
        what = self.vocabulary.states.get(word.lower)
        noun = self.vocabulary.nouns.get(word.lemma)
        if what is None and noun is not None and noun.kind == "outcome":
            what = noun.what
        return Turned(what, i - 1) if what else None

    def _above(self, number: Number, node: int) -> Turned | None:
        """By the words above in the parse: object and subject of a verb, "of" of a noun."""
        words, vocabulary = self.words, self.vocabulary
        top, relation = self._climb(node, range(number.first, number.last + 1))
        if top is None:
            return None
        word = words[top]
        if relation == "of":
            what = vocabulary.of_turns.get(word.lemma) if word.pos in NOMINAL else None
            if what is None:
                return None
            return Turned(what, top if word.lemma in vocabulary.events else self.binding.governor(top) or top)
        if word.pos not in VERBAL and word.tag not in {"VBN", "VBD"}:
            return None
        if what := self._by_verb(word, relation):
            return Turned(what, top)
        if relation not in {"nsubj", "nsubjpass", "dobj", "attr"}:
            return None
        return self._by_complement(word, relation)

    def _by_complement(self, verb: Word, relation: str) -> Turned | None:
        """ "is missing", "were taken prisoner", "received wounds", "were forced to flee" """
        words, vocabulary = self.words, self.vocabulary
        for child in self._complements(verb):
            word = words[child]
            state = vocabulary.states.get(word.lower)
            what = state or vocabulary.complements.get(word.lemma)
            if what and child not in self.number_words and not self._has_number(child):
                return Turned(self._joined_state(child, what), child if state else verb.i)
            if relation != "dobj" and word.dep in {"xcomp", "ccomp"} and word.lemma in vocabulary.subject_turns:
                return Turned(vocabulary.subject_turns[word.lemma], child)
        return None

    def _by_verb(self, word: Word, relation: str) -> str | None:
        vocabulary = self.vocabulary
        if relation in {"dobj", "nsubjpass"} and (what := self._verb_in(vocabulary.object_turns, word)):
            return self._joined_verb(word, what)
        if relation in {"nsubj", "nsubjpass"} and (what := self._verb_in(vocabulary.subject_turns, word)):
            return what
        participle = relation == "nsubj" and word.tag in {"VBN", "VBD", "VBG"} and word.lower in vocabulary.states
        if participle and not any(self.words[c].dep == "dobj" for c in word.children):  # "two soldiers killed Friday"
            return self._joined_verb(word, vocabulary.states[word.lower])
        return None

    def _verb_in(self, table: dict[str, str], word: Word) -> str | None:
        """The verb alone or with a particle: "kill", "wipe out", "come back"."""
        if what := table.get(word.lemma):
            return what
        particles = (
            self.words[c] for c in word.children if self.words[c].dep in {"prt", "advmod", "prep"} and c > word.i
        )
        return next((table[verb] for p in particles if (verb := f"{word.lemma} {p.lower}") in table), None)

    def _complements(self, word: Word) -> list[int]:
        """What is said of a verb's subject or object: "is missing", "left dead", "among the wounded"."""
        words, found = self.words, []
        for child in word.children:
            dep = words[child].dep
            if dep in _PREDICATED and child > word.i:
                found.append(child)
            elif dep == "prep" and words[child].lower in {"among", "amongst"}:
                found.extend(c for c in words[child].children if words[c].dep in {"pobj", "pcomp"})
        return found

    def _has_number(self, i: int) -> bool:
        return any(c in self.number_words and self.words[c].dep != "det" for c in self.words[i].children)

    def _climb(self, node: int, own: range) -> tuple[int | None, str]:
        """The word above a phrase and how it hangs on it, through coordination, apposition and containers."""
        words, vocabulary = self.words, self.vocabulary
        for _ in range(12):
            word = words[node]
            if word.head == node:
                return None, ""
            head = words[word.head]
            if word.dep == "pobj":
                above = words[head.head]
                if above.i == head.i or (above.i in self.number_words and above.i not in own):
                    return None, ""  # "three of the five soldiers": what happened, happened to the three
                holds = above.lemma in vocabulary.containers or above.lemma in vocabulary.totals or above.i in own
                if head.lower != "of" or not holds or above.lemma in vocabulary.of_turns:
                    return above.i, head.lower
                node = above.i
            elif word.dep in _PASSED_UP and head.pos not in VERBAL:
                node = head.i
            elif word.dep == "conj" and any(words[c].dep == "dobj" and c < node for c in head.children):
                return head.i, "dobj"  # "free the mayor and 30 others": the parser may tie the second to the verb
            else:
                return head.i, word.dep
        return None, ""

    def _joined_state(self, i: int, what: str) -> str:
        """ "12 killed and wounded" are casualties, undivided."""
        words = self.words
        if i + 2 < len(words) and words[i + 1].lower in {"and", "or", "/", "&"}:
            other = self.vocabulary.states.get(words[i + 2].lower)
            if {what, other} == _BOTH and not self._number_in(i + 3, i + 5):
                return "casualties"
        return what

    def _joined_verb(self, word: Word, what: str) -> str:
        """ "ten people were killed and injured": one number for both."""
        above = self.words[word.head]
        near = word.dep == "conj" and above.i >= word.i - 3
        if near and {what, self.vocabulary.object_turns.get(above.lemma)} == _BOTH:
            own = any(self.words[c].dep == "dobj" for c in above.children)
            return what if own or self._number_in(above.i, word.i) else "casualties"
        for child in word.children:
            other = self.words[child]
            if other.dep != "conj" or child > word.i + 3:
                continue
            second = self.vocabulary.object_turns.get(other.lemma)
            own = any(self.words[c].dep in {"nsubj", "nsubjpass", "dobj"} for c in other.children)
            if {what, second} == _BOTH and not own and not self._number_in(word.i + 1, child + 3):
                return "casualties"
        return what

    def _number_in(self, start: int, end: int) -> bool:
        return any(i in self.number_words for i in range(start, end))

    def total(self, number: Number, node: int) -> Turned | None:
        """ "the death toll rose to 12", "the number of wounded reached 30" """
        words, vocabulary = self.words, self.vocabulary
        sentence = self.parsed.sentences[words[number.first].sentence]
        if number.first > sentence.first and words[number.first - 1].lower == "from":
            return None
        for i in range(number.first - 1, max(sentence.first, number.first - 14) - 1, -1):
            word = words[i]
            if i in self.number_words and words[number.first - 1].lower != "to":
                return None
            if word.lemma not in vocabulary.totals or word.pos not in NOMINAL:
                continue
            near = (*words[max(i - 2, sentence.first) : i][::-1], *words[i + 1 : number.first])
            what = self._totalled(near) or vocabulary.total_means.get(word.lemma)
            return Turned(what, self.binding.governor(node) or i) if what else None
        return None

    def _totalled(self, near: tuple[Word, ...]) -> str | None:
        """What a total sums up: a state ("the number of wounded"), else a noun ("death toll")."""
        vocabulary = self.vocabulary
        states = (vocabulary.states[word.lower] for word in near if word.lower in vocabulary.states)
        nouns = (vocabulary.nouns.get(word.lemma) for word in near if word.pos in NOMINAL)
        return next(states, None) or next((noun.what for noun in nouns if noun is not None), None)
