"""Modality: what position the words around an act take on it, before anybody's report is considered."""

from dataclasses import dataclass, replace

from truceline.knowledge.frames import FrameLexicon
from truceline.model.claim import Modality
from truceline.reading.background import BackgroundReader
from truceline.reading.view import ClauseView, Predicate
from truceline.reading.words import Word

_STRONG = {"should": Modality.DEMANDED, "must": Modality.DEMANDED, "ought": Modality.DEMANDED}
_WEAK = frozenset({"would", "could", "may", "might", "can"})


@dataclass(frozen=True, slots=True)
class Stance:
    """A modality with the words that make it and why."""

    modality: Modality
    word: int | None
    why: str
    background: bool = False  # history, purpose or general truth: not news


class ModalityReader:
    """Reads the stance of an act from its clause and the operators above it, up to where a report begins."""

    def __init__(self, lexicon: FrameLexicon) -> None:
        self._operators = lexicon.operators
        self._conditional = frozenset(lexicon.support.conditional_marks)
        self._purpose = frozenset(lexicon.support.purpose_marks)
        self._background = BackgroundReader(lexicon)
        self._negators = frozenset(lexicon.support.negators)
        self._mutes = frozenset(word for word in lexicon.support.negators if word in {"no", "none", "nobody", "neither", "nothing"})

    def stance(self, view: ClauseView, predicate: Predicate, stop: frozenset[int]) -> Stance:
        """The stance towards ``predicate``; words in ``stop`` (cues) are not looked at, nor what is above them."""
        found = self._own(view, predicate) or self._from_above(view, predicate, stop)
        found = found or Stance(Modality.ASSERTED, None, "plain statement")
        why = self._background.why(view, predicate, stop)
        if why is None or found.background:
            return found
        return replace(found, why=why if found.modality is Modality.ASSERTED else f"{found.why}; {why}", background=True)

    def _own(self, view: ClauseView, predicate: Predicate) -> Stance | None:
        words = view.parsed.words
        carrier = view.predicates.get(predicate.support) if predicate.support is not None else None
        for clause in (predicate, carrier):
            if clause is None:
                continue
            if _is_inverted(view, words[clause.i]):
                return Stance(Modality.HYPOTHETICAL, None, "inverted condition")
            if clause.mark in self._conditional and clause.mark != "to":
                return Stance(Modality.HYPOTHETICAL, None, f"'{clause.mark}'-clause")
            negation = clause.negation if clause.negation is not None else self._negative_argument(view, clause)
            if clause.modal in _STRONG:
                return Stance(_STRONG[clause.modal], negation, f"'{clause.modal}'{' not' if negation is not None else ''}")
            if negation is not None:
                return Stance(Modality.DENIED, negation, f"negated by '{words[negation].text}'")
            if clause.modal == "will":
                return Stance(Modality.EXPECTED, None, "future tense")
            if clause.modal in _WEAK:
                return Stance(Modality.HYPOTHETICAL, None, f"'{clause.modal}'")
        if predicate.kind == "n" and (stance := self._unspecific(view, predicate)) is not None:
            return stance
        if carrier is not None:
            particle = f" {carrier.particle}" if carrier.particle else ""
            modality = self._operators.get(("verbs", carrier.lemma + particle))
            if modality is not None:
                return Stance(modality, carrier.i, f"'{words[carrier.i].text}' before it")
        return None

    def _negative_argument(self, view: ClauseView, clause: Predicate) -> int | None:
        """ "No soldiers were hurt", "nobody fired": the subject or object carries the negation."""
        for role in ("subj", "obj"):
            for filler in clause.roles.get(role, ()):
                if filler.path.startswith("understood"):
                    continue
                word = view.parsed.words[filler.head]
                if word.lower in self._mutes or word.lower == "no-one":
                    return word.i
                for c in word.children:
                    if view.parsed.words[c].lower in self._mutes and c < word.i:
                        return c
        return None

    def _unspecific(self, view: ClauseView, predicate: Predicate) -> Stance | None:
        """ "An attack on one would be an attack on all": no deed in particular is the subject of "would"."""
        word = view.parsed.words[predicate.i]
        above = view.predicates.get(word.head)
        if above is None or above.modal not in {*_WEAK, "will"} or word.dep not in {"nsubj", "nsubjpass"}:
            return None
        definite = any(view.parsed.words[c].lower not in {"a", "an", "any"} for c in word.children if view.parsed.words[c].dep in {"det", "poss"})
        if definite or word.tag == "NNS":
            return None
        return Stance(Modality.HYPOTHETICAL, above.i, f"subject of '{above.modal}'")

    def _from_above(self, view: ClauseView, predicate: Predicate, stop: frozenset[int]) -> Stance | None:
        """Operators on the way up: "failed to", "plans to", "the possibility of", an if-clause, a purpose."""
        words = view.parsed.words
        below: Word = words[predicate.i]
        for i in view.parsed.ancestors(predicate.i):
            word = words[i]
            if i in stop:
                return self._denied_report(view, word) or self._purpose_of(view, below, stop)
            above = view.predicates.get(i)
            complement = below.dep in {"xcomp", "ccomp", "pcomp", "pobj", "acl", "dobj", "prep", "amod", "nsubjpass", "conj"}
            if word.pos in {"ADP", "SCONJ"} and word.lower in self._negators and below.dep in {"pobj", "pcomp"}:
                return Stance(Modality.DENIED, i, f"'{word.text}' before it")
            if word.pos == "NOUN" and complement and below.dep != "amod" and (negator := self._negating(view, word)) is not None:
                return Stance(Modality.DENIED, negator, f"'{view.parsed.words[negator].text} {word.text}' above it")
            if above is not None and complement and i != predicate.support:
                stance = self._operator(view, above, below)
                if stance is not None:
                    return stance
            elif above is None and word.pos in {"NOUN", "ADJ"} and complement:
                kind = "nouns" if word.pos == "NOUN" else "adjectives"
                modality = self._operators.get((kind, word.lemma))
                if modality is not None and below.dep != "amod":
                    return Stance(modality, i, f"'{word.text}' above it")
            if below.dep == "advcl" and _is_inverted(view, below):
                return Stance(Modality.HYPOTHETICAL, None, "inverted condition above it")
            if below.dep in {"relcl", "advcl", "ccomp"}:
                stance = self._purpose_of(view, below, stop)
                if stance is not None:
                    return stance
                if below.dep in {"relcl", "advcl"}:
                    return None  # what is true of the main clause need not hold of an aside
            below = word
        return self._purpose_of(view, below, stop)

    def _denied_report(self, view: ClauseView, cue: Word) -> Stance | None:
        """ "No reports of", "no truth in claims of": where a noun reports, what negates it negates the deed."""
        word = cue
        while word.pos in {"NOUN", "ADP"}:
            if (negator := self._negating(view, word)) is not None:
                return Stance(Modality.DENIED, negator, f"'{view.parsed.words[negator].text} {word.text}' above it")
            if word.head == word.i:
                return None
            word = view.parsed.words[word.head]
        return None

    def _negating(self, view: ClauseView, noun: Word) -> int | None:
        """ "No evidence of", "no truth in reports of": the negator of a noun, which negates what the noun is about."""
        return next((c for c in noun.children if c < noun.i and view.parsed.words[c].lower in self._mutes), None)

    def _operator(self, view: ClauseView, above: Predicate, below: Word) -> Stance | None:
        words = view.parsed.words
        if below.dep in {"nsubjpass", "dobj"} and above.kind == "v" and above.negation is None:
            noun_like = below.pos == "NOUN"
            modality = self._operators.get(("verbs", above.lemma)) if noun_like else None
            if modality in {Modality.DENIED, Modality.EXPECTED, Modality.HYPOTHETICAL}:
                return Stance(modality, above.i, f"'{words[above.i].text}' governs it")
            return None
        if below.dep not in {"xcomp", "ccomp", "pcomp", "acl", "prep", "pobj"}:
            return None
        kind = {"v": "verbs", "n": "nouns", "a": "adjectives"}[above.kind]
        modality = self._operators.get((kind, above.lemma))
        if modality is not None and (below.dep in {"xcomp", "acl", "pcomp"} or above.kind == "n" or below.lower in {"from", "of", "for", "to"}):
            if above.negation is not None and modality is Modality.DENIED:
                return Stance(Modality.ASSERTED, above.i, f"'not {words[above.i].text}'")
            return Stance(modality, above.i, f"'{words[above.i].text}' governs it")
        if above.lemma == "be" and above.kind == "v" and below.dep == "xcomp" and _has_to(view, below):
            return Stance(Modality.EXPECTED, above.i, f"'{words[above.i].text} to'")
        if above.negation is not None and below.dep == "xcomp":
            return Stance(Modality.DENIED, above.negation, f"'{words[above.i].text}' is negated")
        if above.modal == "will" and below.dep == "xcomp":
            return Stance(Modality.EXPECTED, above.i, "future tense above it")
        return None

    def _purpose_of(self, view: ClauseView, below: Word, stop: frozenset[int]) -> Stance | None:
        clause = view.predicates.get(below.i)
        if clause is None or below.i in stop:
            return None
        if clause.mark in self._conditional and clause.mark != "to" and below.dep in {"advcl", "ccomp"}:
            return Stance(Modality.HYPOTHETICAL, None, f"'{clause.mark}'-clause above it")
        if clause.mark in self._purpose and below.dep in {"advcl", "acl", "relcl"}:
            return Stance(Modality.EXPECTED, None, "purpose clause", background=True)
        return None


def _is_inverted(view: ClauseView, word: Word) -> bool:
    """ "Should the talks fail, …", "Had they withdrawn, …": an auxiliary opens a clause that leads another."""
    words = view.parsed.words
    if word.dep not in {"advcl", "ccomp"} or word.head < word.i:
        return False
    first = words[min(view.parsed.subtree(word.i))]
    return first.dep in {"aux", "auxpass"} and first.head == word.i and word.i > first.i + 1


def _has_to(view: ClauseView, word: Word) -> bool:
    return any(view.parsed.words[c].tag == "TO" for c in word.children)
