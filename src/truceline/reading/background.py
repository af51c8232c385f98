"""History, general truths and bare mentions: acts that a text speaks of without telling them as news."""

import re

from truceline.knowledge.frames import FrameLexicon
from truceline.reading.view import ClauseView, Filler, Predicate
from truceline.reading.words import Word

_YEARS = re.compile(r"(1[5-9]|20)\d\d('?s)?")
_WITHIN = frozenset(
    {"conj", "advcl", "relcl", "ccomp", "acl", "xcomp", "pcomp", "prep", "pobj", "dobj", "nsubj", "nsubjpass"}
)
"""Ways from an act up to a clause whose time is its own time too."""


class BackgroundReader:
    """Says of an act that it is not news, and why.

    News has a day; a text that gives an act no more than a year, a decade or a generation speaks of history. So it does with a
    war that is no part of a clause of its own, and a "when"-clause in the present tense is true at any time.
    """

    def __init__(self, lexicon: FrameLexicon) -> None:
        self._sorts = lexicon.sorts
        self._ending = lexicon.cues.closed.ending_verbs
        self._eras = frozenset(word for word, sorts in lexicon.sorts.items() if "era" in sorts)

    def why(self, view: ClauseView, predicate: Predicate, stop: frozenset[int]) -> str | None:
        """Why an act is background; None for news. What stands above a word in ``stop`` (a cue) is somebody else's clause."""
        if predicate.topic:
            return "a bare mention"
        if (ended := self._ended(view, predicate)) is not None:
            return f"ended by '{view.parsed.words[ended].text}'"
        own = self._of_clause(view, predicate)
        if own is not None:
            return own
        below = view.parsed.words[predicate.i]
        for i in view.parsed.ancestors(predicate.i):
            outside = i in stop and below.dep != "conj"  # what is joined to a report is not part of it
            if outside or below.dep not in _WITHIN or self._has_day(view, predicate):
                return None
            above = view.predicates.get(i)
            why = self._of_clause(view, above) if above is not None else None
            if why is not None:
                return f"{why}, in the clause above it"
            below = view.parsed.words[i]
        return None

    def _ended(self, view: ClauseView, predicate: Predicate) -> int | None:
        """The agreement that brought a deed to an end: "the deal that ended 44 days of fighting"."""
        words = view.parsed.words
        below = words[predicate.i]
        if predicate.kind != "n":
            return None
        for i in view.parsed.ancestors(predicate.i):
            above = view.predicates.get(i)
            if above is not None and above.kind == "v":
                return self._agreement_of(view, above) if self._ends(view, above) else None
            if below.dep not in {"pobj", "prep", "dobj", "nsubjpass", "conj", "compound"}:
                return None
            below = words[i]
        return None

    def _ends(self, view: ClauseView, verb: Predicate) -> bool:
        objects = (view.parsed.words[f.head].lemma for f in verb.roles.get("obj", ()))
        return verb.lemma in self._ending or any(f"{verb.lemma} {noun}" in self._ending for noun in objects)

    def _agreement_of(self, view: ClauseView, verb: Predicate) -> int | None:
        for role in ("subj", "by", "with", "under"):
            for filler in verb.roles.get(role, ()):
                if "truce" in self._sorts.get(view.parsed.words[filler.head].lemma, ()):
                    return filler.head
        return None

    def _of_clause(self, view: ClauseView, clause: Predicate) -> str | None:
        return "a general truth" if _is_general(view, clause) else self._long_ago(view, clause)

    def _long_ago(self, view: ClauseView, predicate: Predicate) -> str | None:
        """The words that date a clause to years or longer spans, if nothing dates it to a day."""
        if predicate.tense == "future" or self._has_day(view, predicate):
            return None
        for word in _time_words(view, predicate):
            if _is_year(word, view) or word.lemma in self._eras:
                return f"history: '{word.text}'"
        return None

    def _has_day(self, view: ClauseView, predicate: Predicate) -> bool:
        names = (word for word in _time_words(view, predicate) if word.pos == "PROPN")
        return any(_is_number(view.parsed.words[c]) for word in names for c in word.children)


def _time_words(view: ClauseView, predicate: Predicate) -> list[Word]:
    """Heads of the phrases that may say when: prepositional and adverbial ones, and a number before a noun ("the 1994 raid")."""
    words = view.parsed.words
    fillers: list[Filler] = []
    for role, found in predicate.roles.items():
        if role not in {"subj", "obj", "iobj", "clause", "inf", "ing", "attr", "poss", "lv", "lv-obj"}:
            fillers.extend(found)
    heads = [words[filler.head] for filler in fillers]
    if predicate.kind == "n":
        heads += [words[c] for c in words[predicate.i].children if words[c].dep in {"nummod", "compound", "amod"}]
    heads += [
        number for head in heads if head.pos == "NOUN" for number in _numbers(view, head)
    ]  # "in the siege of 1915"
    # "ago" and "later" head the phrase that measures them
    heads += [words[c] for head in heads if head.pos == "ADV" for c in head.children]
    return heads


def _numbers(view: ClauseView, noun: Word) -> list[Word]:
    """Numbers that stand before a noun or below its prepositions."""
    words = view.parsed.words
    below = [c for c in noun.children if words[c].dep == "nummod"]
    below += [g for c in noun.children if words[c].dep == "prep" for g in words[c].children]
    return [words[i] for i in below if words[i].pos == "NUM"]


def _is_year(word: Word, view: ClauseView) -> bool:
    """A year alone; not one that belongs to a date."""
    return _YEARS.fullmatch(word.lower) is not None and not any(
        view.parsed.words[c].pos in {"PROPN", "NUM"} for c in word.children
    )


def _is_number(word: Word) -> bool:
    return word.pos == "NUM" and word.lower.isdigit()


def _is_general(view: ClauseView, predicate: Predicate) -> bool:
    """ "When armies stop fighting": present tense under "when", with nobody in particular as its subject."""
    words = view.parsed.words
    word = words[predicate.i]
    if word.dep != "advcl" or predicate.tense != "present" or not any(words[c].tag == "WRB" for c in word.children):
        return False
    subject = predicate.first("subj", "obj")
    return subject is not None and words[subject.head].tag == "NNS" and not words[subject.head].children


__all__ = ["BackgroundReader"]
