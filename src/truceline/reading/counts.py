"""Counts: what a number counts, whose, of which status, and which predicate it belongs to.

A count is found from the number outwards: its noun, the words that turn persons into killed, wounded and so on (beside the
noun, above it in the parse, or in a noun of its own: "the death of three"), then the predicate that governs it.
"""

from dataclasses import dataclass, replace

from truceline.knowledge.quantities import CountedNoun, CountedVocabulary, Status
from truceline.model import Flag, Span
from truceline.reading.numbers import Number
from truceline.reading.words import ParsedText, Word

_NOMINAL = frozenset({"NOUN", "PROPN"})
_VERBAL = frozenset({"VERB", "AUX"})
_BOTH = {"killed", "wounded"}
_JOINERS = frozenset({"and", ",", "or", "&", "plus", "but"})


@dataclass(frozen=True, slots=True)
class FoundCount:
    """A count of the text, before parties are resolved.

    Attributes:
        what: From the closed vocabulary of ``counted.yaml``.
        min: Least value, None when no lower bound is given; both None when unreadable (then flagged).
        max: Greatest value, None when no upper bound is given.
        unit: Unit of a measure ("ha"), None for things counted singly.
        head: Word index of the counted noun; None for a bare number ("killed two").
        governor: Word index of the verb, event noun or state ("dead") the count belongs to; None when it stands alone.
        whose: Word index of the possessor or nationality, for the party.
        cumulative: Whether it is a running total; ``cumulative_since`` is the span of its start where given.
        part: Whether it is a part of the count before it ("including two children") and not to be added.
        number: Word index of the number's last word (of the noun where there is no number: "without losses").
    """

    what: str
    min: int | None
    max: int | None
    span: Span
    text: str
    unit: str | None
    status: Status
    head: int | None
    governor: int | None
    whose: int | None
    number: int
    cumulative: bool = False
    cumulative_since: Span | None = None
    part: bool = False
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class _Turned:
    """What persons were turned into, by which word, up to which word the wording reaches."""

    what: str
    by: int
    last: int | None = None


def find_counts(parsed: ParsedText, numbers: tuple[Number, ...], vocabulary: CountedVocabulary) -> tuple[FoundCount, ...]:
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
        self.number_words = {i for number in numbers for i in range(number.first, number.last + 1)}

    def find(self) -> tuple[FoundCount, ...]:
        found: list[FoundCount] = []
        for number in self.numbers:
            if (count := self._count(number, found)) is not None:
                found.append(count)
        found = self._shared(found)
        found = [count for count in found if not self._is_idle(count)]
        found.extend(self._bare_zeros({count.head for count in found}))
        found.sort(key=lambda count: (count.span, count.what))
        return tuple(split for count in found for split in self._split_zero(count))

    def _count(self, number: Number, before: list[FoundCount]) -> FoundCount | None:
        head = self._head(number)
        noun = self._noun(head)
        if number.kind == "compound" and head is not None:
            if what := self.vocabulary.compound_nouns.get(self.words[head].lemma):
                noun = CountedNoun(what, "person", "unknown")
        node = self._node(number, head)
        if noun is not None and self._is_excluded(number, head, noun):
            return None
        part = self._is_part(number, node) if before else False
        turned = None
        if noun is None or noun.kind == "person":
            turned = self._turned(number, head, node)
        if turned is None and noun is None:
            turned = self._total(number, node)
        if turned is None and noun is None and part and before[-1].governor is not None and head is not None:
            noun = None  # "including two Kurds": a part keeps the kind of its whole
            turned = _Turned(before[-1].what, before[-1].governor)
        if turned is None and noun is None:
            return None
        governor = turned.by if turned else self._governor(node)
        what = turned.what if turned else noun.what if noun else ""
        if part and noun is not None and noun.kind == "person" and (turned is None or turned.by == before[-1].governor):
            what, governor = before[-1].what, before[-1].governor
        if noun is not None and what == "times":
            what, governor = self._times(node)
        last = max(number.last, head if head is not None else number.last, (turned.last if turned and turned.last else number.last))
        first = number.first if head is None or head >= number.first else head
        span = self.parsed.span(first, last)
        cumulative, since = self._cumulative(number, governor, last)
        return FoundCount(
            what,
            number.min,
            number.max,
            span,
            self.parsed.text[span[0] : span[1]],
            self.vocabulary.units.get(noun.what) if noun else None,
            self._status(number, head, noun),
            head,
            governor,
            self._whose(number, head, turned),
            number.last,
            cumulative,
            since,
            part,
            (number.flag,) if number.flag else (),
        )

    # --- the counted noun ----------------------------------------------------------------------------------------

    def _head(self, number: Number) -> int | None:
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
        return inner if inner < len(self.words) and self.words[inner].sentence == self.words[number.last].sentence else None

    def _contained(self, head: int) -> int:
        """The noun behind a container: "two cases of violation"."""
        after = head + 1
        if after < len(self.words) and self.words[after].lower == "of":
            inner = self._run(after + 1, skip_determiners=True)
            if inner is not None and self._noun(inner) is not None:
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
            if word.lower in vocabulary.states and word.tag not in {"NNS"} and not (word.tag == "NN" and word.lemma in vocabulary.nouns):
                if not self._noun_follows(i + 1):
                    break
            elif word.pos in _NOMINAL or (word.lemma in vocabulary.nouns and word.pos in {"NUM", "ADJ"} and word.tag != "CD"):
                if head is not None and words[head].tag == "NNS" and not (word.lemma in vocabulary.nouns and word.tag in {"NN", "NNS"}):
                    break
                if head is not None and words[head].lemma in vocabulary.nouns and word.lemma not in vocabulary.nouns and word.pos == "PROPN":
                    break
                head = i
            elif word.pos == "PRON" and skip_determiners and word.lower in vocabulary.part_pronouns:
                return i
            elif head is not None and word.text not in {"-", "/"} and word.lower != "'s" and word.tag != "POS":
                break
            elif head is None and not (
                word.pos in {"ADJ", "ADV"} or word.text in {"-", "/"} or word.tag in {"VBN", "VBG", "JJ", "PRP$", "POS"} or (skip_determiners and word.pos in {"DET", "PRON", "NUM"})
            ):
                break
            i += 1
        return head

    def _noun_follows(self, i: int) -> bool:
        """Whether a counted noun stands after a state within the same phrase: "three wounded soldiers"."""
        for word in self.words[i : i + 4]:
            if word.lemma in self.vocabulary.nouns and word.pos in _NOMINAL and word.lower not in self.vocabulary.states:
                return True
            if word.pos not in {"ADJ", "PROPN", "NOUN"} and word.text != "-":
                return False
        return False

    def _noun(self, head: int | None) -> CountedNoun | None:
        if head is None:
            return None
        word = self.words[head]
        noun = self.vocabulary.nouns.get(word.lemma) or self.vocabulary.nouns.get(word.lower)
        if noun is None or noun.kind == "outcome" and word.lower in self.vocabulary.states and word.pos not in _NOMINAL:
            return None
        return noun

    def _node(self, number: Number, head: int | None) -> int:
        """The word that stands for the whole phrase in the parse: the number itself in "three of them", else the noun."""
        words = self.words
        if head is None or (number.last + 1 < len(words) and words[number.last + 1].lower == "of"):
            node = number.last
            if number.bound == "total" or words[node].dep in {"nummod", "quantmod", "compound"} and words[words[node].head].dep not in {"nsubj", "nsubjpass", "dobj"}:
                node = words[node].head if words[node].head > node and words[words[node].head].pos in _NOMINAL else node
            return node
        node = head
        while words[node].dep in {"compound", "nmod", "amod"} and node < words[node].head <= node + 3 and words[words[node].head].pos in _NOMINAL:
            node = words[node].head
        return node

    def _is_excluded(self, number: Number, head: int | None, noun: CountedNoun) -> bool:
        """Days of a date, rounds of talks, violations of another kind."""
        if head is None:
            return False
        words, vocabulary = self.words, self.vocabulary
        after = words[head + 1].lower if head + 1 < len(words) else ""
        before = words[number.first - 1].lower if number.first else ""
        if noun.what == "days" and (after in vocabulary.days_not_before or before in vocabulary.days_not_after or number.kind in {"article", "zero"}):
            return True
        if noun.what == "times" and (number.kind in {"article", "zero"} or words[head].tag != "NNS"):
            return True
        if after in {"of", "in", "for"} and head + 2 < len(words):
            following = self.words[head + 2 : head + 5]
            if any(word.lemma in vocabulary.not_of for word in following):
                return True
        modifiers = vocabulary.not_with.get(words[head].lemma)
        return bool(modifiers and any(word.lower in modifiers for word in words[number.last + 1 : head]))

    # --- killed, wounded, … --------------------------------------------------------------------------------------

    def _turned(self, number: Number, head: int | None, node: int) -> _Turned | None:
        """What an act makes of the counted persons."""
        return (
            self._by_modifier(number, head)
            or self._beside(number, head)
            or self._before(number)
            or self._above(number, node)
        )

    def _by_modifier(self, number: Number, head: int | None) -> _Turned | None:
        """ "three wounded soldiers" """
        if head is None:
            return None
        for i in range(number.last + 1, head):
            if what := self.vocabulary.states.get(self.words[i].lower):
                return _Turned(self._joined_state(i, what), i)
        return None

    def _beside(self, number: Number, head: int | None) -> _Turned | None:
        """ "two killed", "three soldiers wounded in the clash", "12 people seriously hurt" """
        words = self.words
        i = max(number.last, head if head is not None else -1) + 1
        if i < len(words) and words[i].lower in {"more", "others", "other", "people"} and head is None:
            i += 1
        while i < len(words) and (words[i].pos == "ADV" or words[i].text == "-") and words[i].lower not in self.vocabulary.states:
            i += 1
        if i >= len(words) or (words[i].sentence != words[number.last].sentence and number.readable):
            return None
        word = words[i]
        what = self.vocabulary.states.get(word.lower)
        if what is None or (word.pos in _VERBAL and self._is_active(word)) or self._noun_follows(i + 1):
            return None
        return _Turned(self._joined_state(i, what), i, i)

    def _is_active(self, word: Word) -> bool:
        """Whether a participle form is an active verb with an object of its own."""
        following = self.words[word.i + 1 : word.i + 2]
        has_object = any(self.words[c].dep in {"dobj", "dative"} and c > word.i and self.words[c].pos != "ADV" for c in word.children)
        return has_object and bool(following) and following[0].pos in {"DET", "NUM", "PRON", "NOUN", "PROPN", "ADJ", "ADV"}

    def _before(self, number: Number) -> _Turned | None:
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
        return _Turned(what, i - 1) if what else None

    def _above(self, number: Number, node: int) -> _Turned | None:
        """By the words above in the parse: object and subject of a verb, "of" of a noun."""
        words, vocabulary = self.words, self.vocabulary
        top, relation = self._climb(node, range(number.first, number.last + 1))
        if top is None:
            return None
        word = words[top]
        if relation == "of":
            what = vocabulary.of_turns.get(word.lemma)
            if what is None:
                return None
            return _Turned(what, top if word.lemma in vocabulary.events else self._governor(top) or top)
        if word.pos not in _VERBAL and word.tag not in {"VBN", "VBD"}:
            return None
        if what := self._by_verb(word, relation):
            return _Turned(what, top)
        if relation not in {"nsubj", "nsubjpass", "dobj", "attr"}:
            return None
        for child in self._complements(word):
            lower = words[child].lower
            what = vocabulary.states.get(lower) or vocabulary.complements.get(words[child].lemma)
            if what and child not in self.number_words and not self._has_number(child):
                return _Turned(self._joined_state(child, what), child if words[child].lower in vocabulary.states else top)
            if relation != "dobj" and (words[child].dep == "xcomp" or words[child].dep == "ccomp"):
                inner = vocabulary.subject_turns.get(words[child].lemma)
                if inner:
                    return _Turned(inner, child)
        return None

    def _by_verb(self, word: Word, relation: str) -> str | None:
        vocabulary = self.vocabulary
        if relation in {"dobj", "nsubjpass"} and (what := vocabulary.object_turns.get(word.lemma)):
            return self._joined_verb(word, what)
        if relation in {"nsubj", "nsubjpass"} and (what := vocabulary.subject_turns.get(word.lemma)):
            return what
        if relation == "nsubj" and word.tag in {"VBN", "VBD", "VBG"} and word.lower in vocabulary.states and not self._is_active(word):
            has_object = any(self.words[c].dep == "dobj" for c in word.children)
            return None if has_object else self._joined_verb(word, vocabulary.states[word.lower])
        return None

    def _complements(self, word: Word) -> list[int]:
        """What is said of a verb's subject or object: "is missing", "left dead", "taken prisoner", "among the wounded"."""
        words, found = self.words, []
        for child in word.children:
            dep = words[child].dep
            if dep in {"acomp", "oprd", "xcomp", "attr", "ccomp", "advmod", "advcl", "dobj", "amod"} and child > word.i:
                found.append(child)
            elif dep == "prep" and words[child].lower in {"among", "amongst"}:
                found.extend(c for c in words[child].children if words[c].dep in {"pobj", "pcomp"})
        return found

    def _has_number(self, i: int) -> bool:
        return any(c in self.number_words and self.words[c].dep != "det" for c in self.words[i].children)

    def _climb(self, node: int, own: range) -> tuple[int | None, str]:
        """The word above a noun phrase and how the phrase hangs on it, through coordination, apposition and containers."""
        words, vocabulary = self.words, self.vocabulary
        for _ in range(12):
            word = words[node]
            if word.head == node:
                return None, ""
            head = words[word.head]
            if word.dep == "pobj" and head.dep in {"prep", "agent", "dative", "pcomp"} or word.dep == "pobj":
                above = head.head
                if above == head.i:
                    return None, ""
                if above in self.number_words and above not in own:
                    return None, ""  # "three of the five soldiers": what happened, happened to the three
                if head.lower in {"of", "to", "for"} and words[above].lemma in vocabulary.of_turns and words[above].pos in _NOMINAL and head.lower == "of":
                    return above, "of"
                if head.lower == "of" and (words[above].lemma in vocabulary.containers or words[above].lemma in vocabulary.totals or above in own):
                    node = above
                    continue
                return above, head.lower
            if word.dep in {"conj", "appos", "nummod", "quantmod", "compound", "nmod", "amod", "det", "dep"} and head.pos not in _VERBAL:
                node = word.head
                continue
            return word.head, word.dep
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
        if word.dep == "conj" and above.i >= word.i - 3 and {what, self.vocabulary.object_turns.get(above.lemma)} == _BOTH:
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

    def _total(self, number: Number, node: int) -> _Turned | None:
        """ "the death toll rose to 12", "the number of wounded reached 30" """
        words, vocabulary = self.words, self.vocabulary
        sentence = self.parsed.sentences[words[number.first].sentence]
        if number.first > sentence.first and words[number.first - 1].lower == "from":
            return None
        for i in range(number.first - 1, max(sentence.first, number.first - 14) - 1, -1):
            word = words[i]
            if i in self.number_words and words[number.first - 1].lower != "to":
                return None
            if word.lemma not in vocabulary.totals or word.pos not in _NOMINAL:
                continue
            near = [j for j in (*range(i - 1, max(i - 3, sentence.first - 1), -1), *range(i + 1, number.first))]
            what = next((vocabulary.states[words[j].lower] for j in near if words[j].lower in vocabulary.states), None)
            if what is None:
                nouns = (vocabulary.nouns.get(words[j].lemma) for j in near if words[j].pos in _NOMINAL)
                what = next((noun.what for noun in nouns if noun is not None), None)
            if what is None and word.lemma == "toll":
                what = "casualties"
            if what is None:
                return None
            return _Turned(what, self._governor(node) or i)
        return None

    # --- what the count belongs to -------------------------------------------------------------------------------

    def _governor(self, node: int) -> int | None:
        """The nearest verb, or noun of an event, above a phrase."""
        below = node
        for above in self.parsed.ancestors(node):
            word, beside = self.words[above], self.words[below].dep in {"conj", "appos"}
            below = above
            if beside and word.pos not in _VERBAL:
                continue
            if word.lower in self.vocabulary.including:
                continue
            if word.pos in _VERBAL or (word.pos == "NOUN" and word.lemma in self.vocabulary.events and above not in self.number_words):
                return above
        return None

    def _times(self, node: int) -> tuple[str, int | None]:
        """ "violated the ceasefire 12 times" counts violations; of any other act, the times."""
        governor = self._governor(node)
        if governor is None:
            return "times", None
        word = self.words[governor]
        if word.lemma in self.vocabulary.violation_verbs:
            near = (self.words[c] for c in word.children if self.words[c].dep in {"dobj", "nsubjpass", "nsubj"})
            if any(w.lemma in self.vocabulary.violation_objects or w.lower in self.vocabulary.violation_objects for w in near):
                return "violations", governor
        return "times", governor

    def _is_part(self, number: Number, node: int) -> bool:
        """ "including two children", "two of them children", "among them a nurse" """
        words, vocabulary = self.words, self.vocabulary
        sentence = self.parsed.sentences[words[number.first].sentence]
        i = number.first - 1
        if i < sentence.first:
            return False
        if words[i].lower in vocabulary.including or (words[i].lower in vocabulary.part_pronouns and i and words[i - 1].lower in {"among", "of"}):
            return words[i].lower != "among"
        if i > sentence.first and words[i].text == "," and number.last + 2 < len(words):
            return words[number.last + 1].lower == "of" and words[number.last + 2].lower in vocabulary.part_pronouns
        above = words[words[node].head]
        return above.lower == "including" and words[node].dep == "pobj" or (words[node].dep == "conj" and words[words[above.i].head].lower == "including")

    def _status(self, number: Number, head: int | None, noun: CountedNoun | None) -> Status:
        start = number.last + 1
        for i in range(start, head if head is not None else start):
            modifier = self.vocabulary.nouns.get(self.words[i].lemma)
            if modifier is not None and modifier.status != "unknown":
                return modifier.status
            if self.words[i].lower in {"military", "army", "armed"}:
                return "combatant"
        return noun.status if noun is not None else "unknown"

    def _whose(self, number: Number, head: int | None, turned: _Turned | None) -> int | None:
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
            if nxt is not None and nxt.pos in {"ADJ", "PROPN"} and nxt.text[0].isupper() and nxt.lower not in self.vocabulary.states:
                return nxt.i
        verb = turned.by if turned else None
        for above in [] if verb is None else [verb, *self.parsed.ancestors(verb)][:2]:
            if words[above].lemma in {"lose", "suffer", "sustain"}:
                return next((c for c in words[above].children if words[c].dep == "nsubj"), None)
        return None

    def _cumulative(self, number: Number, governor: int | None, last: int) -> tuple[bool, Span | None]:
        """Whether the count runs since a start, and the words that name the start."""
        words = self.words
        sentence = self.parsed.sentences[words[number.first].sentence]
        cumulative = number.bound == "total"
        for i in range(sentence.first, sentence.last):
            if words[i].lower == "since":
                if self._governor(i) not in {governor, None} and not last < i <= last + 3:
                    continue
                below = [c for c in words[i].children if words[c].dep in {"pobj", "pcomp"}] or ([words[i].head] if words[i].dep == "mark" else [])
                if not below:
                    continue
                inside = [j for j in self.parsed.subtree(below[0]) if j > i]
                if words[i].dep == "mark" and words[below[0]].dep != "advcl":
                    continue
                return True, self.parsed.span(inside[0], inside[-1]) if inside else None
        if not cumulative:
            near = (words[max(sentence.first, number.first - 4) : number.first], words[last + 1 : min(last + 8, sentence.last)])
            for lowers in ([word.lower for word in part] for part in near):
                cumulative = cumulative or any(self.vocabulary.cumulative.match(lowers, j) for j in range(len(lowers)))
        return cumulative, None

    # --- between counts ------------------------------------------------------------------------------------------

    def _shared(self, counts: list[FoundCount]) -> list[FoundCount]:
        """Persons coordinated with turned persons share what happened: "three soldiers and two civilians were killed"."""
        result = list(counts)
        for k in range(len(result) - 2, -1, -1):
            if self._is_plain(result[k]) and self._are_joined(result[k], result[k + 1]) and self._is_turned(result[k + 1]):
                result[k] = replace(result[k], what=result[k + 1].what, governor=result[k + 1].governor)
        for k in range(1, len(result)):
            this, before = result[k], result[k - 1]
            if self._is_plain(this) and self._are_joined(before, this) and self._is_turned(before) and not self._acts_itself(this):
                result[k] = replace(this, what=before.what, governor=before.governor)
        return result

    def _is_plain(self, count: FoundCount) -> bool:
        noun = self._noun(count.head)
        return noun is not None and noun.kind == "person" and count.what == noun.what

    def _is_turned(self, count: FoundCount) -> bool:
        noun = self._noun(count.head)
        return (noun is None or noun.kind == "person") and (noun is None or count.what != noun.what) and count.governor is not None

    def _are_joined(self, left: FoundCount, right: FoundCount) -> bool:
        start = max(left.number, left.head if left.head is not None else -1) + 1
        first = next((n.first for n in self.numbers if n.last == right.number), right.number)
        between = self.words[start:first]
        return 0 < len(between) <= 2 and all(word.lower in _JOINERS for word in between)

    def _acts_itself(self, count: FoundCount) -> bool:
        if count.governor is None or count.head is None:
            return False
        return count.governor > count.head and self.words[count.head].dep in {"nsubj", "nsubjpass"}

    def _is_idle(self, count: FoundCount) -> bool:
        """Articles and negations that count nothing: "a soldier said", "no people live there"."""
        number = next((n for n in self.numbers if n.last == count.number), None)
        if number is None or number.kind not in {"article", "zero"}:
            return False
        noun = self._noun(count.head)
        if noun is not None and noun.kind == "person":
            return count.what == noun.what
        return number.kind == "article" and noun is not None and noun.kind == "thing" and count.what not in self.vocabulary.article_counts

    def _bare_zeros(self, counted: set[int | None]) -> list[FoundCount]:
        """ "without losses", "did not suffer any casualties": zero without a number."""
        found = []
        vocabulary, words = self.vocabulary, self.words
        for word in words:
            if word.lemma not in vocabulary.zero_nouns or word.i in counted or word.pos != "NOUN":
                continue
            head = words[word.head]
            governor = self._governor(word.i)
            bare = word.dep == "pobj" and head.lower in vocabulary.without
            negated = governor is not None and any(words[c].dep == "neg" for c in words[governor].children)
            has_any = any(words[c].lower in vocabulary.any_words for c in word.children)
            if not (bare or (negated and has_any) or (negated and word.dep == "dobj" and not self._has_number(word.i))):
                continue
            noun = vocabulary.nouns.get(word.lemma)
            if noun is None:
                continue
            first = head.i if bare else min([word.i, *word.children])
            span = self.parsed.span(first, word.i)
            text = self.parsed.text[span[0] : span[1]]
            found.append(FoundCount(noun.what, 0, 0, span, text, None, "unknown", word.i, governor, None, word.i))
        return found

    def _split_zero(self, count: FoundCount) -> list[FoundCount]:
        """None of a whole is none of its parts: "no casualties" is nobody killed and nobody wounded."""
        parts = self.vocabulary.zero_means.get(count.what, ()) if count.max == 0 and count.min == 0 else ()
        return [replace(count, what=what) for what in parts] or [count]
