"""The counted noun: which it is, what it counts, of which status, and whose."""

from truceline.knowledge.quantities import CountedNoun, CountedVocabulary, Status
from truceline.reading.counts.found import Turned
from truceline.reading.numbers import Number
from truceline.reading.words import ParsedText, Word

NOMINAL = frozenset({"NOUN", "PROPN"})
_INSIDE_A_PHRASE = frozenset({"VBN", "VBG", "JJ", "PRP$"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj"})
_LINKS = frozenset({"-", "/"})


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
        partitive = after < len(self.words) and self.words[after].lower == "of"
        head = self._run(after + 1, skip_determiners=True) if partitive else self._run(after)
        if head is not None and self.words[head].lemma in self.vocabulary.containers:
            return self._contained(head)
        return head

    def _compound_noun(self, number: Number) -> int | None:
        """ "12-vehicle convoy" counts vehicles; "20-strong unit" counts the unit's people."""
        inner = number.last + 2
        inside = inner < len(self.words) and self.words[inner].sentence == self.words[number.last].sentence
        return inner if inside else None

    def compound(self, number: Number, head: int | None) -> CountedNoun | None:
        """The persons meant by a noun glued to the number: "30-man", "20-strong"."""
        if number.kind != "compound" or head is None:
            return None
        what = self.vocabulary.compound_nouns.get(self.words[head].lemma)
        return CountedNoun(what, "person", "unknown") if what else None

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
        head: int | None = None
        for word in self.words[i : i + 8]:
            if word.sentence != self.words[i].sentence:
                break
            if (
                self._joins_modifiers(word.i)
                or self._is_hyphenated(word.i)
                or (self._is_state(word) and self.noun_follows(word.i + 1))
            ):
                continue
            if self._is_state(word):
                break
            if word.pos in NOMINAL or self._is_mistagged(word.i):
                if head is not None and self._ends(self.words[head], word):
                    break
                head = word.i
            elif word.pos == "PRON" and skip_determiners and word.lower in self.vocabulary.part_pronouns:
                return word.i
            elif word.text in _LINKS or word.tag == "POS":
                continue
            elif head is not None or not self._may_modify(word, skip_determiners):
                break
        return head

    def _is_state(self, word: Word) -> bool:
        """Whether a word says what happened to persons and is not itself the counted noun ("the wounded")."""
        noun = word.tag == "NNS" or (word.tag == "NN" and word.lemma in self.vocabulary.nouns)
        return word.lower in self.vocabulary.states and not noun

    def _ends(self, head: Word, word: Word) -> bool:
        """Whether the phrase ended before ``word``: "three soldiers | Friday", "12 people | Tripoli"."""
        counted = word.lemma in self.vocabulary.nouns
        if head.tag == "NNS" and not (counted and word.tag in {"NN", "NNS"}):
            return True
        return head.lemma in self.vocabulary.nouns and word.pos == "PROPN" and not counted

    @staticmethod
    def _may_modify(word: Word, skip_determiners: bool) -> bool:
        if word.pos in {"ADJ", "ADV"} or word.tag in _INSIDE_A_PHRASE:
            return True
        return skip_determiners and word.pos in {"DET", "PRON", "NUM"}

    def _joins_modifiers(self, i: int) -> bool:
        """ "21 military *and* civilian personnel" """
        if self.words[i].pos != "CCONJ" or i + 1 >= len(self.words):
            return False
        return self.words[i - 1].pos == "ADJ" and self.words[i + 1].pos == "ADJ" and self.noun_follows(i + 2)

    def _is_hyphenated(self, i: int) -> bool:
        """Whether a word is a part of a modifier joined by a hyphen: "crew-served weapons"."""
        words = self.words
        after = (
            i + 2 < len(words)
            and words[i + 1].text == "-"
            and words[i].end == words[i + 1].start == words[i + 2].start - 1
        )
        before = words[i - 1].text == "-" and words[i - 1].end == words[i].start and words[i].pos not in NOMINAL
        return after or (before and i > 1)

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
        """What the word counts, None when it is not in the vocabulary."""
        if head is None:
            return None
        word = self.words[head]
        noun = self.vocabulary.nouns.get(word.lemma) or self.vocabulary.nouns.get(word.lower)
        if noun is not None and noun.kind == "outcome" and word.pos not in NOMINAL:
            return None if word.lower in self.vocabulary.states else noun
        return noun

    def node(self, number: Number, head: int | None) -> int:
        """The word that stands for the phrase in the parse: the number in "three of them", else the noun."""
        words = self.words
        if head is None or (number.last + 1 < len(words) and words[number.last + 1].lower == "of"):
            node = number.last
            above = words[words[node].head]
            modifies = words[node].dep in {"nummod", "quantmod", "compound"} and above.dep not in _ARGUMENTS
            lifted = (modifies or number.bound == "total") and above.i > node and above.pos in NOMINAL
            return above.i if lifted else node
        node = head
        while words[node].dep in {"compound", "nmod", "amod"}:
            above = words[words[node].head]
            if not node < above.i <= node + 3 or above.pos not in NOMINAL:
                break
            node = above.i
        return node

    def is_excluded(self, number: Number, head: int | None, noun: CountedNoun) -> bool:
        """Days of a date, rounds of talks, violations of another kind."""
        if head is None:
            return False
        words, vocabulary = self.words, self.vocabulary
        after = words[head + 1].lower if head + 1 < len(words) else ""
        before = words[number.first - 1].lower if number.first else ""
        plain = number.kind not in {"article", "zero"}
        if noun.what == "days" and (
            not plain or after in vocabulary.days_not_before or before in vocabulary.days_not_after
        ):
            return True
        if noun.what == "times" and not (plain and words[head].tag == "NNS"):
            return True
        if after in {"of", "in", "for"} and head + 2 < len(words):
            following = self.words[head + 2 : head + 5]
            if any(word.lemma in vocabulary.not_of for word in following):
                return True
        if words[words[head].head].lemma in vocabulary.not_below.get(words[head].lemma, ()):
            return True
        modifiers = vocabulary.not_with.get(words[head].lemma)
        return bool(modifiers and any(word.lower in modifiers for word in words[number.last + 1 : head]))

    def status(self, number: Number, head: int | None, noun: CountedNoun | None) -> Status:
        """Combatant or civilian by the noun, else by what stands before it ("armed men", "civilian deaths")."""
        if head is None or (noun is not None and (noun.kind == "thing" or noun.status != "unknown")):
            return "unknown" if noun is None or noun.kind == "thing" else noun.status
        for word in self.words[number.last + 1 : head]:
            modifier = self.vocabulary.nouns.get(word.lemma)
            status = self.vocabulary.modifiers.get(word.lower) or (modifier.status if modifier else "unknown")
            if status != "unknown":
                return status
        return "unknown"

    def whose(self, number: Number, head: int | None, turned: Turned | None) -> int | None:
        """Possessor or nationality: before the noun, behind "of" or "from"; with "lost" and "suffered", the subject."""
        words = self.words
        found = self._possessor(number, head)
        if found is not None or turned is None:
            return found
        for above in [turned.by, *self.parsed.ancestors(turned.by)][:2]:
            if words[above].lemma in self.vocabulary.bearing:
                return next((c for c in words[above].children if words[c].dep == "nsubj"), None)
        return None

    def _possessor(self, number: Number, head: int | None) -> int | None:
        words = self.words
        between = words[number.last + 1 : number.last + 2 if head is None else head]
        for word in between:
            named = word.text[0].isupper() and word.pos in {"ADJ", "PROPN"} and word.lower not in self.vocabulary.states
            if word.tag == "PRP$" or named:
                return word.i
        for child in words[head].children if head is not None else []:
            word = words[child]
            if word.dep == "poss":
                return child
            if word.dep == "prep" and word.lower in {"of", "from"} and word.i == words[word.head].i + 1:
                return next((c for c in word.children if words[c].dep == "pobj"), None)
        return None
