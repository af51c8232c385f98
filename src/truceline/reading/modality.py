"""Modality: what position the words around an act take on it, before anybody's report is considered."""

from dataclasses import dataclass, replace

from truceline.knowledge.frames import FrameLexicon
from truceline.model.claim import Modality
from truceline.reading.background import BackgroundReader
from truceline.reading.view import ClauseView, Filler, Predicate
from truceline.reading.words import Word

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "pcomp", "pobj", "acl", "dobj", "prep", "amod", "nsubjpass", "conj"})
_CLAUSES = frozenset({"relcl", "advcl", "ccomp"})
_AHEAD = frozenset({"will", "would"})
_QUESTIONS = frozenset({"ccomp", "pcomp", "csubj", "csubjpass", "advcl", "dep"})
_INTERROGATIVE = frozenset({"WP", "WDT", "WP$"})


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
        self._closed = lexicon.cues.closed

    def stance(self, view: ClauseView, predicate: Predicate, stop: frozenset[int]) -> Stance:
        """The stance towards ``predicate``; words in ``stop`` (cues) are not looked at, nor what is above them."""
        found = self._own(view, predicate) or self._from_above(view, predicate, stop)
        found = found or Stance(Modality.ASSERTED, None, "plain statement")
        why = self._background.why(view, predicate, stop)
        if why is None or found.background:
            return found
        return replace(
            found, why=why if found.modality is Modality.ASSERTED else f"{found.why}; {why}", background=True
        )

    def _own(self, view: ClauseView, predicate: Predicate) -> Stance | None:
        """What the act's own clause, or that of the verb that carries it, makes of it."""
        carrier = view.predicates.get(predicate.support) if predicate.support is not None else None
        for clause in (predicate, carrier):
            if clause is not None and (stance := self._open_question(view, clause)) is not None:
                return stance
            if clause is not None and (stance := self._clause(view, clause)) is not None:
                return stance
        if predicate.kind == "n" and (stance := self._unspecific(view, predicate)) is not None:
            return stance
        ended = carrier is not None and self._ends_one(view, carrier, view.parsed.words[predicate.i])
        if carrier is not None and carrier.lemma not in self._closed.possession and not ended:
            particle = f" {carrier.particle}" if carrier.particle else ""
            modality = self._operators.get(("verbs", carrier.lemma + particle))
            if modality is not None:
                return Stance(modality, carrier.i, f"'{view.parsed.words[carrier.i].text}' before it")
        return None

    def _open_question(self, view: ClauseView, clause: Predicate) -> Stance | None:
        """ "To find out who fired", "will investigate which side began": whoever asks names nobody."""
        words = view.parsed.words
        asked = next((f for role in ("subj", "obj") for f in clause.roles.get(role, ()) if is_asked_for(view, f)), None)
        if asked is None or words[clause.i].dep not in _QUESTIONS:
            return None
        above = view.predicates.get(words[clause.i].head)
        if above is None or above.kind != "v" or above.i == clause.i:
            return None
        open_ = above.mark == "to" or above.modal is not None or above.negation is not None
        if (
            not open_
            and above.lemma + (f" {above.particle}" if above.particle else "") not in self._closed.seeking_verbs
        ):
            return None
        return Stance(
            Modality.DECLINED, asked.head, f"'{words[above.i].text} {words[asked.head].text}': an open question"
        )

    def _unspecific(self, view: ClauseView, predicate: Predicate) -> Stance | None:
        """ "An attack on one would be an attack on all": no deed in particular is the subject of "would"."""
        word = view.parsed.words[predicate.i]
        above = view.predicates.get(word.head)
        if (
            above is None
            or above.modal not in {*self._closed.weak_modals, "will"}
            or word.dep not in {"nsubj", "nsubjpass"}
            or word.tag == "NNS"
        ):
            return None
        before = [view.parsed.words[c] for c in word.children]
        if any(
            child.dep == "poss" or (child.dep == "det" and child.lower not in self._closed.indefinite)
            for child in before
        ):
            return None
        return Stance(Modality.HYPOTHETICAL, above.i, f"subject of '{above.modal}'")

    def _clause(self, view: ClauseView, clause: Predicate) -> Stance | None:
        """Condition, modal verb, negation and future of one clause."""
        words = view.parsed.words
        if _is_inverted(view, words[clause.i]):
            return Stance(Modality.HYPOTHETICAL, None, "inverted condition")
        if clause.mark in self._conditional and clause.mark != "to":
            return Stance(Modality.HYPOTHETICAL, None, f"'{clause.mark}'-clause")
        if self._yet_to_be(view, clause):
            return Stance(Modality.EXPECTED, None, "time clause of the future")
        negation = clause.negation if clause.negation is not None else self._negative_argument(view, clause)
        if negation is None:
            negation = self._cleft(view, words[clause.i])
        if clause.modal in self._closed.demanding_modals:
            return Stance(Modality.DEMANDED, negation, f"'{clause.modal}'{' not' if negation is not None else ''}")
        if negation is not None:
            return Stance(Modality.DENIED, negation, f"negated by '{words[negation].text}'")
        if clause.modal == "will":
            return Stance(Modality.EXPECTED, None, "future tense")
        return (
            Stance(Modality.HYPOTHETICAL, None, f"'{clause.modal}'")
            if clause.modal in self._closed.weak_modals
            else None
        )

    def _yet_to_be(self, view: ClauseView, clause: Predicate) -> bool:
        """ "Will stop when the army withdraws": a time clause in the present tense beside one in the future."""
        words = view.parsed.words
        word = words[clause.i]
        above = view.predicates.get(word.head)
        if word.dep != "advcl" or clause.tense != "present" or above is None or above.modal not in _AHEAD:
            return False
        marks = {clause.mark, *(words[c].lower for c in word.children if words[c].dep in {"advmod", "mark"})}
        return not marks.isdisjoint(self._closed.future_marks)

    def _cleft(self, view: ClauseView, word: Word) -> int | None:
        """ "It was not we who broke the truce": the negation of "it was" is the clause's own."""
        above = view.predicates.get(view.parsed.words[word.head].head)
        if word.dep != "relcl" or above is None or above.negation is None or above.kind != "v":
            return None
        subject, is_said = above.first("subj"), above.roles.get("attr", ())
        expletive = subject is not None and view.parsed.words[subject.head].lower == "it"
        return above.negation if expletive and any(f.head == word.head for f in is_said) else None

    def _negative_argument(self, view: ClauseView, clause: Predicate) -> int | None:
        """ "No soldiers were hurt", "nobody fired": the subject or object carries the negation."""
        for role in ("subj", "obj"):
            for filler in clause.roles.get(role, ()):
                if filler.path.startswith("understood"):
                    continue
                word = view.parsed.words[filler.head]
                if self._is_mute(word):
                    return word.i
                negator = self._negating(view, word)
                if negator is not None:
                    return negator
        return None

    def _is_mute(self, word: Word) -> bool:
        """Whether a determiner or pronoun negates ("no", "nobody", "none")."""
        return word.lower in self._negators and word.pos in {"DET", "PRON", "NOUN"}

    def _from_above(self, view: ClauseView, predicate: Predicate, stop: frozenset[int]) -> Stance | None:
        """Operators on the way up: "failed to", "plans to", "the possibility of", an if-clause, a purpose."""
        words = view.parsed.words
        below: Word = words[predicate.i]
        for i in view.parsed.ancestors(predicate.i):
            word = words[i]
            if i in stop:
                return self._denied_report(view, word) or self._purpose_of(view, below, stop)
            stance = self._step(view, word, below, carried=i == predicate.support)
            if stance is None and below.dep in _CLAUSES:
                stance = self._purpose_of(view, below, stop)
            if stance is not None:
                return stance
            if below.dep in {"relcl", "advcl"}:
                return None  # what is true of the main clause need not hold of an aside
            below = word
        return self._purpose_of(view, below, stop)

    def _step(self, view: ClauseView, word: Word, below: Word, *, carried: bool) -> Stance | None:
        """What one word on the way up makes of what is below it."""
        if below.dep == "advcl" and _is_inverted(view, below):
            return Stance(Modality.HYPOTHETICAL, None, "inverted condition above it")
        if below.dep not in _COMPLEMENTS:
            return None
        if word.pos in {"ADP", "SCONJ"} and word.lower in self._negators and below.dep in {"pobj", "pcomp"}:
            return Stance(Modality.DENIED, word.i, f"'{word.text}' before it")
        if word.pos == "NOUN" and below.dep != "amod" and (negator := self._negating(view, word)) is not None:
            return Stance(Modality.DENIED, negator, f"'{view.parsed.words[negator].text} {word.text}' above it")
        above = view.predicates.get(word.i)
        if above is not None:
            return None if carried else self._operator(view, above, below)
        if word.pos in {"NOUN", "ADJ"} and below.dep != "amod":
            modality = self._operators.get(("nouns" if word.pos == "NOUN" else "adjectives", word.lemma))
            return Stance(modality, word.i, f"'{word.text}' above it") if modality is not None else None
        return None

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
        return next((c for c in noun.children if c < noun.i and self._is_mute(view.parsed.words[c])), None)

    def _operator(self, view: ClauseView, above: Predicate, below: Word) -> Stance | None:
        if below.dep in {"nsubjpass", "dobj"}:
            return self._operator_on_noun(view, above, below)
        if below.dep not in {"xcomp", "ccomp", "pcomp", "acl", "prep", "pobj"}:
            return None
        text = view.parsed.words[above.i].text
        modality = self._operators.get(({"v": "verbs", "n": "nouns", "a": "adjectives"}[above.kind], above.lemma))
        governs = (
            below.dep in {"xcomp", "acl", "pcomp"} or above.kind == "n" or below.lower in {"from", "of", "for", "to"}
        )
        if modality is not None and governs:
            if above.negation is not None and modality is Modality.DENIED:
                return Stance(Modality.ASSERTED, above.i, f"'not {text}'")
            return Stance(modality, above.i, f"'{text}' governs it")
        if below.dep != "xcomp":
            return None
        if above.lemma == "be" and any(view.parsed.words[c].tag == "TO" for c in below.children):
            return Stance(Modality.EXPECTED, above.i, f"'{text} to'")
        if above.negation is not None:
            return Stance(Modality.DENIED, above.negation, f"'{text}' is negated")
        return Stance(Modality.EXPECTED, above.i, "future tense above it") if above.modal == "will" else None

    def _operator_on_noun(self, view: ClauseView, above: Predicate, below: Word) -> Stance | None:
        """ "Prevented an attack", "an attack was planned"."""
        if above.kind != "v" or below.pos != "NOUN":
            return None
        lemma = above.lemma + (f" {above.particle}" if above.particle else "")
        if lemma in self._closed.presupposing_verbs:
            return Stance(Modality.ASSERTED, above.i, f"object of '{view.parsed.words[above.i].text}'")
        if above.negation is not None:
            return None
        if self._ends_one(view, above, below):
            return None
        modality = self._operators.get(("verbs", above.lemma))
        if modality not in {Modality.DENIED, Modality.EXPECTED, Modality.HYPOTHETICAL}:
            return None
        if modality is Modality.DENIED and (failed := self._failed(view, above)) is not None:
            return Stance(
                Modality.ASSERTED, failed, f"'{view.parsed.words[failed].text} to {view.parsed.words[above.i].text}'"
            )
        return Stance(modality, above.i, f"'{view.parsed.words[above.i].text}' governs it")

    def _failed(self, view: ClauseView, clause: Predicate) -> int | None:
        """ "Failed to prevent the attack": what keeps the denying verb itself from being done."""
        word = view.parsed.words[clause.i]
        above = view.predicates.get(word.head)
        if word.dep != "xcomp" or above is None or above.i == clause.i:
            return None
        return (
            above.i
            if self._operators.get(("verbs", above.lemma)) is Modality.DENIED and above.negation is None
            else None
        )

    def _ends_one(self, view: ClauseView, verb: Predicate, noun: Word) -> bool:
        """ "Stopped a violation": the one that is ended there was; "stopped the shelling" says that there is none."""
        below = (view.parsed.words[c] for c in noun.children)
        return verb.lemma in self._closed.ending_verbs and any(c.dep == "det" and c.lower in {"a", "an"} for c in below)

    def _purpose_of(self, view: ClauseView, below: Word, stop: frozenset[int]) -> Stance | None:
        clause = view.predicates.get(below.i)
        if clause is None or below.i in stop:
            return None
        if clause.mark in self._conditional and clause.mark != "to" and below.dep in {"advcl", "ccomp"}:
            return Stance(Modality.HYPOTHETICAL, None, f"'{clause.mark}'-clause above it")
        if clause.mark in self._purpose and below.dep in {"advcl", "acl", "relcl"}:
            return Stance(Modality.EXPECTED, None, "purpose clause", background=True)
        return None


def is_asked_for(view: ClauseView, filler: Filler) -> bool:
    """Whether a question asks who or what fills a role: "who", "which side"; relative pronouns have got their antecedent."""
    words = view.parsed.words
    if filler.literal is not None:
        return False
    return words[filler.head].tag in _INTERROGATIVE or any(
        words[c].tag in _INTERROGATIVE and words[c].dep in {"det", "poss"} for c in words[filler.head].children
    )


def _is_inverted(view: ClauseView, word: Word) -> bool:
    """ "Should the talks fail, …", "Had they withdrawn, …": an auxiliary opens a clause that leads another."""
    words = view.parsed.words
    if word.dep not in {"advcl", "ccomp"} or word.head < word.i:
        return False
    first = words[min(view.parsed.subtree(word.i))]
    return first.dep in {"aux", "auxpass"} and first.head == word.i and word.i > first.i + 1
