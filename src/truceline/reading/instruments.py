"""Instruments: the weapons a text names, their calibre, and whether they are used, fired, or only spoken of."""

import re
from dataclasses import dataclass
from typing import Literal

from truceline.knowledge.quantities import InstrumentVocabulary
from truceline.model import Span
from truceline.reading.words import ParsedText

Use = Literal["used", "fired", "other"]

_NOMINAL = frozenset({"NOUN", "PROPN"})
_BREAKS = frozenset({",", ".", ";", ":", "!", "?", ")", '"', "'", "'s"})
_VERBAL = frozenset({"VERB", "AUX"})
_MIXED = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[\w-]+")
_FIGURE = re.compile(r"\.?\d{1,3}(?:[.,]\d{1,2})?")
_HELD = frozenset({"pobj", "pcomp", "compound", "nmod", "amod", "poss"})


@dataclass(frozen=True, slots=True)
class FoundInstrument:
    """A weapon of the text.

    Attributes:
        kind: From the closed list of ``instruments.yaml``.
        head: Word index of its head noun.
        governor: Word index of the verb or event noun it belongs to ("shelled with …", "drone strike"); None if alone.
        use: ``used`` as an instrument, ``fired`` (it is what flies), or ``other`` ("withdrew its artillery").
        calibre: As written, e.g. ``82mm``.
    """

    kind: str
    span: Span
    text: str
    head: int
    governor: int | None
    use: Use
    calibre: str | None = None


def find_instruments(parsed: ParsedText, vocabulary: InstrumentVocabulary) -> tuple[FoundInstrument, ...]:
    """All weapons of the text, in order and without overlap; each with how it is used."""
    return _Finder(parsed, vocabulary).find()


class _Finder:
    def __init__(self, parsed: ParsedText, vocabulary: InstrumentVocabulary) -> None:
        self.parsed = parsed
        self.words = parsed.words
        self.vocabulary = vocabulary
        self.lowers = [word.lower for word in parsed.words]

    def find(self) -> tuple[FoundInstrument, ...]:
        found: list[FoundInstrument] = []
        i, n = 0, len(self.words)
        while i < n:
            match = self._named(i)
            if match is None:
                i += 1
                continue
            kind, last = match
            kind, last = self._run_on(kind, last)
            if self._is_name_only(i, last):
                i = last + 1
                continue
            weapon = self._found(kind, i, last)
            if weapon.use != "other" or not self._is_weak(i, last):
                found.append(weapon)
            i = last + 1
        return tuple(found)

    # --- wording -------------------------------------------------------------------------------------------------

    def _named(self, i: int) -> tuple[str, int] | None:
        """Kind and last word of a wording or designation that begins at word ``i``."""
        lower = self.lowers[i]
        if lower in self.vocabulary.wordings and (match := self.vocabulary.wordings.match(self.lowers, i)):
            last = i + match[0] - 1
            return (match[1], last) if self._is_thing(i, last) else None
        text = self.words[i].text
        if not (text[0].isupper() or text[0].isdigit()) or (self.words[i].pos == "VERB" and text[1:].islower()):
            return None
        last = i
        while last + 1 < len(self.words) and self._is_glued(last + 1):
            last += 1
        whole = self.parsed.text[self.words[i].start : self.words[last].end]
        candidates = [(whole.lower(), last)] if last > i else []
        candidates.append((lower, i))
        for candidate, end in candidates:
            plural = candidate.removesuffix("s")
            for kind, pattern in self.vocabulary.designations:
                if pattern.fullmatch(candidate) or pattern.fullmatch(plural):
                    return kind, end
        return None

    def _is_thing(self, first: int, last: int) -> bool:
        """Whether the tagger, too, takes a wording for a thing: not "to bomb", nor "technical talks"."""
        word = self.words[last]
        if word.pos in _NOMINAL or word.tag == "NNS" or first < last or word.text[0].isupper():
            return True
        following = self.words[last + 1 : last + 2]  # "a mine explosion", where the tagger sees a pronoun
        return word.pos != "VERB" and bool(following) and following[0].lemma in self.vocabulary.tails

    def _is_glued(self, i: int) -> bool:
        return self.words[i].start == self.words[i - 1].end and self.words[i].text not in _BREAKS

    def _run_on(self, kind: str, last: int) -> tuple[str, int]:
        """Take in what the wording runs on into: "Grad rockets", "Bayraktar TB2 drones", "mortar fire"."""
        vocabulary = self.vocabulary
        while last + 1 < len(self.words) and self.words[last + 1].sentence == self.words[last].sentence:
            step = last + 1
            if self.words[step].text == "-" and self._is_glued(step) and step + 1 < len(self.words):
                step += 1
            word = self.words[step]
            if word.pos in _NOMINAL and {word.lemma, word.lower} & vocabulary.tails:
                last = step
                continue
            more = self._named(step) if self.words[last].tag != "NNS" else None
            typed = word.text[0].isupper() or self.words[last].text[0].isupper() or _MIXED.fullmatch(word.text)
            if more is None or not typed:
                break
            kind = more[0] if kind in vocabulary.unspecified else kind
            last = more[1]
        return kind, last

    def _calibre(self, i: int) -> tuple[int, str] | None:
        """First word and text of a calibre before word ``i``: "82mm", "152-mm", ".50-calibre", "12.7 mm"."""
        words = self.words
        j = i - 1
        while j > 0 and words[j].pos == "ADJ" and words[j].lower not in self.vocabulary.calibre_units and i - j <= 3:
            j -= 1
        if j >= 0 and words[j].text == "-":
            j -= 1
        glued = re.fullmatch(r"(\.?\d+(?:[.,]\d+)?)-?([a-z]+)", words[j].lower) if j >= 0 else None
        if glued and glued[2] in self.vocabulary.calibre_units:
            return j, words[j].text
        if j < 1 or words[j].lower.rstrip("s.") not in self.vocabulary.calibre_units:
            return None
        unit = j
        j -= 1
        if words[j].text == "-" and j:
            j -= 1
        if not _FIGURE.fullmatch(words[j].text):
            return None
        span = self.parsed.span(j, unit)
        return j, self.parsed.text[span[0] : span[1]]

    def _is_name_only(self, first: int, last: int) -> bool:
        """A capitalised word inside a name ("Stone Bridge", "Tank Street") is no weapon, nor is a round of talks."""
        following = self.words[last + 1 : last + 5]
        if (
            following
            and following[0].lower == "of"
            and any(word.lemma in self.vocabulary.not_of for word in following[1:])
        ):
            return True
        word = self.words[first]
        sentence = self.parsed.sentences[word.sentence]
        if first != last or word.pos != "PROPN" or word.text.isupper() or _MIXED.fullmatch(word.text):
            return False
        neighbour = self.words[last + 1] if last + 1 < sentence.last else None
        return first > sentence.first and neighbour is not None and neighbour.pos == "PROPN" and neighbour.head != first

    def _is_weak(self, first: int, last: int) -> bool:
        """Whether a wording is a weapon only where it is used as one: "a round", "a plane"."""
        return first == last and {self.words[first].lemma, self.lowers[first]} & self.vocabulary.weak != frozenset()

    # --- use -----------------------------------------------------------------------------------------------------

    def _found(self, kind: str, first: int, last: int) -> FoundInstrument:
        calibre = self._calibre(first)
        start = calibre[0] if calibre else first
        span = self.parsed.span(start, last)
        governor, use = self._use(last)
        text = self.parsed.text[span[0] : span[1]]
        return FoundInstrument(kind, span, text, last, governor, use, calibre[1] if calibre else None)

    def _use(self, head: int) -> tuple[int | None, Use]:
        """The word it belongs to, and whether that word makes use of it."""
        words, vocabulary = self.words, self.vocabulary
        fire = words[head].lemma in vocabulary.always_used  # "mortar fire" is use whatever is said of it
        if words[head].lemma in vocabulary.event_tails and not fire and self._is_tail(head):
            return head, "used"
        node, relation = head, ""
        for _ in range(12):
            word, above = words[node], words[words[node].head]
            if above.i == node:
                break
            if above.pos in _VERBAL and word.dep != "pobj":
                return self._by_verb(above.i, word.dep if relation in {"", "of"} else "other", fire)
            if word.dep in {"pobj", "pcomp"}:
                holder = words[above.head]
                if holder.i == above.i:
                    break
                if holder.pos in _VERBAL:
                    known = relation == "" or fire
                    return self._by_preposition(holder.i, above.lower, fire) if known else (holder.i, "other")
                handed_on = holder.lemma in vocabulary.munition_tails or holder.lemma in vocabulary.portions
                relation = "" if handed_on else above.lower  # "shells from mortars"
            else:
                holder = above
            if holder.lemma in vocabulary.nouns and word.dep in _HELD:
                return holder.i, "used"
            node = holder.i
        return None, "used" if fire else "other"

    def _is_tail(self, head: int) -> bool:
        return head > 0 and self.words[head - 1].sentence == self.words[head].sentence

    def _by_preposition(self, verb: int, preposition: str, fire: bool) -> tuple[int, Use]:
        vocabulary, lemma = self.vocabulary, self.words[verb].lemma
        if fire:
            return verb, "used"
        if preposition == "as" and lemma in vocabulary.assessed:
            return verb, "used"
        if lemma in vocabulary.not_uses and not (
            preposition == "by" or (preposition == "with" and lemma in vocabulary.harmed_with)
        ):
            return verb, "other"
        if preposition in vocabulary.prepositions:
            return verb, "used"
        return verb, "used" if preposition in vocabulary.loose and lemma in vocabulary.loose_verbs else "other"

    def _by_verb(self, verb: int, relation: str, fire: bool) -> tuple[int, Use]:
        words, vocabulary = self.words, self.vocabulary
        lemma = words[verb].lemma
        if lemma in vocabulary.using and words[verb].dep in {"advcl", "acl", "xcomp"} and words[verb].tag == "VBG":
            above = words[verb].head
            return above if words[above].pos in _VERBAL or words[above].lemma in vocabulary.nouns else verb, "used"
        if relation in {"dobj", "nsubjpass", "attr"}:
            down = any(words[c].lower in vocabulary.down for c in words[verb].children)
            if lemma in vocabulary.fire and not down:
                return verb, "fired"
            if lemma in vocabulary.use and not down:
                return verb, "used"
        if relation == "nsubj" and lemma in vocabulary.subject:
            return verb, "used"
        return verb, "used" if fire else "other"
