"""Verdicts: what somebody says is called untrue ("these reports do not correspond to reality", "called the claims false")."""

from collections.abc import Iterator

from truceline.knowledge.frames import FrameLexicon
from truceline.reading.reports import Report, trimmed
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Filler, Predicate
from truceline.reading.words import Word

_CLASS = "untrue"
_COMPLEMENTS = frozenset({"acomp", "attr", "oprd", "xcomp", "ccomp", "advmod", "prep"})


class VerdictFinder:
    """Finds clauses that call a claim untrue; whoever says so denies what it claims, beside the one who claims it."""

    def __init__(self, lexicon: FrameLexicon, sorter: Sorter) -> None:
        self._words = lexicon.cues.verdicts
        self._class = lexicon.cues.classes[_CLASS]
        self._nouns = frozenset(lexicon.cue_index.get("nouns", {}))
        self._negators = frozenset(lexicon.support.negators)
        self._copulas = frozenset(lexicon.cues.copulas)
        self._taking_up = lexicon.cues.closed.taking_up
        self._sorter = sorter

    def reports(self, view: ClauseView) -> Iterator[Report]:
        """One report for each verdict: its content is what is called untrue, its speakers are those of the clause around it."""
        for predicate in view.predicates.values():
            if predicate.kind != "v":
                continue
            said = self._said(view, predicate)
            cue = self._untrue(view, predicate) if said is not None else None
            if said is None or cue is None:
                continue
            speakers: tuple[Filler, ...] = ()
            if predicate.lemma in self._words.calling_verbs:
                subject = predicate.first("subj")
                if subject is None:
                    continue
                speakers = (subject,)
            content = set(view.parsed.subtree(said.i)) - set(cue)
            yield Report(
                cue=cue,
                speakers=speakers,
                content=trimmed(view.parsed, content),
                name=_CLASS,
                cue_class=self._class,
                modality=self._class.modality,
                kind="indirect",
                by=f"verdict: {' '.join(view.parsed.words[i].lower for i in cue)}",
                refers=said.i,
                form="verdict",
            )

    def _said(self, view: ClauseView, predicate: Predicate) -> Word | None:
        """The noun or pronoun for what is judged: the subject, or the object of whoever calls it something."""
        role = "obj" if predicate.lemma in self._words.calling_verbs else "subj"
        filler = predicate.first(role)
        if filler is None:
            return None
        word = view.parsed.words[filler.head]
        claim = word.lemma in self._nouns or "speech" in self._sorter.of(word)
        taken_up = word.pos in {"PRON", "DET"} and word.tag in {"DT", "PRP"}
        return word if claim or (taken_up and word.lower in self._taking_up) else None

    def _untrue(self, view: ClauseView, predicate: Predicate) -> tuple[int, ...] | None:
        """The words that call it untrue; None where nothing does."""
        words = self._words
        negated = predicate.negation is not None
        if predicate.lemma in self._copulas or predicate.lemma in words.calling_verbs:
            return self._by_complement(view, predicate, negated=negated)
        if predicate.lemma in words.matching_verbs and negated:
            return self._cue(predicate, predicate.i)
        if predicate.lemma in words.lacking_verbs | words.having_verbs:
            return self._by_grounds(view, predicate, negated=negated)
        return None

    def _by_complement(self, view: ClauseView, predicate: Predicate, *, negated: bool) -> tuple[int, ...] | None:
        """ "Is false", "is not true", "is far from the truth", "is without foundation"."""
        parsed = view.parsed
        for c in parsed.words[predicate.i].children:
            word = parsed.words[c]
            if word.dep not in _COMPLEMENTS or c < predicate.i:
                continue
            below = {parsed.words[i].lower for i in parsed.subtree(c)}
            denies = self._without_grounds(word, below) or self._far_from_reality(word, below)
            if (word.lower in self._words.untrue or denies) and not negated:
                return self._cue(predicate, c)
            if word.lower in self._words.upheld and (negated or not below.isdisjoint(self._negators)):
                return self._cue(predicate, c)
        return None

    def _by_grounds(self, view: ClauseView, predicate: Predicate, *, negated: bool) -> tuple[int, ...] | None:
        """ "Have no basis", "lack any foundation", "have nothing to do with reality"."""
        for filler in predicate.roles.get("obj", ()):
            word = view.parsed.words[filler.head]
            below = {view.parsed.words[i].lower for i in view.parsed.subtree(filler.head)}
            lacking = predicate.lemma in self._words.lacking_verbs
            without = negated or not below.isdisjoint(self._negators)
            if word.lemma in self._words.grounds and lacking != without:
                return self._cue(predicate, word.i)
            if self._far_from_reality(word, below):
                return self._cue(predicate, word.i)
        return None

    def _without_grounds(self, word: Word, below: set[str]) -> bool:
        return word.lower in self._negators and not below.isdisjoint(self._words.grounds)

    def _far_from_reality(self, word: Word, below: set[str]) -> bool:
        distant = word.lower in self._words.distancing or not below.isdisjoint(self._words.distancing)
        return distant and not below.isdisjoint(self._words.reality)

    @staticmethod
    def _cue(predicate: Predicate, complement: int) -> tuple[int, ...]:
        found = {predicate.i, complement}
        if predicate.negation is not None:
            found.add(predicate.negation)
        return tuple(sorted(found))
