"""Cues that are nouns or adjectives: "the claim that …", "made no mention of …", "is confident that …", "is against …"."""

from collections.abc import Iterator

from truceline.knowledge.frames import CueClass, FrameLexicon
from truceline.reading.content import ContentFinder
from truceline.reading.reports import Report, ReportMaker
from truceline.reading.sorts import Sorter
from truceline.reading.speakers import can_hold, speakers_of, with_coordinated
from truceline.reading.view import ClauseView, Filler, Predicate
from truceline.reading.words import Word

_PHRASES = frozenset({"of", "about", "over", "for", "on", "against", "to", "with", "from", "in"})
_CLAUSES = frozenset({"ccomp", "xcomp"})
_OUTLETS = frozenset({"media", "website"})  # sorts of what reports stand in: "claims in the Syrian media that …"


class NominalCues:
    """Finds reports whose cue is a noun, alone or carried by a verb, or an adjective or preposition after "be"."""

    def __init__(self, lexicon: FrameLexicon, sorter: Sorter, content: ContentFinder, make: ReportMaker) -> None:
        self._classes = lexicon.cues.classes
        self._nouns = lexicon.cue_index.get("nouns", {})
        self._adjectives = lexicon.cue_index.get("adjectives", {})
        self._stances = lexicon.cue_index.get("stances", {})
        self._carriers = frozenset(lexicon.cues.carriers)
        self._expletives = lexicon.cues.closed.expletives
        self._copulas = frozenset(lexicon.cues.copulas)
        self._sorter = sorter
        self._content = content
        self._make = make

    # ---- nouns -------------------------------------------------------------------------------------------------------

    def noun(self, view: ClauseView, predicate: Predicate) -> Report | None:
        """The report of an event noun."""
        for name in self._nouns.get(predicate.lemma, ()):
            cue_class = self._classes[name]
            for role in cue_class.noun_content:
                filler = predicate.first(role)
                if filler is None or (role in _PHRASES and not self._says(view, predicate, cue_class, filler, role)):
                    continue
                verb = self._carrier(view, predicate)
                speakers = self._noun_speakers(view, predicate, filler, verb)
                if cue_class.speaker_is and not speakers:
                    continue
                content = self._content.below(view, filler, predicate)
                at = (predicate.i,) if verb is None else (verb.i, predicate.i)
                by = f"cue {name}/{predicate.lemma}: noun + {role}"
                return self._make(view, verb or predicate, name, cue_class, at, speakers, content, by)
        return None

    def _says(self, view: ClauseView, predicate: Predicate, cue_class: CueClass, filler: Filler, role: str) -> bool:
        """Whether a noun's phrase is what it says, not who says it or when."""
        if self._content.is_time(view, filler):
            return False
        if not cue_class.speech and not self._is_deed(view, filler) and self._carrier(view, predicate) is None:
            return False
        if role in {"of", "about", "over"} and (cue_class.speech or self._is_deed(view, filler)):
            if role != "of" and not self._is_deed(view, filler) and not self._has_owner(view, predicate):
                return False  # "a question about taxes"
            return not (role == "of" and self._sorter.is_actor(view, filler) and not self._is_deed(view, filler))
        return self._has_owner(view, predicate)

    def _has_owner(self, view: ClauseView, predicate: Predicate) -> bool:
        """Whether it is told whose word a noun is, or who utters it."""
        return bool(predicate.first("poss", "by", "from")) or self._carrier(view, predicate) is not None

    def _is_deed(self, view: ClauseView, filler: Filler) -> bool:
        return filler.head in view.predicates or "deed" in self._sorter.of_filler(view, filler)

    def _carrier(self, view: ClauseView, predicate: Predicate) -> Predicate | None:
        """The verb that says nothing of its own: "made a claim", "has doubts", "issued a denial"."""
        word = view.parsed.words[predicate.i]
        verb = view.predicates.get(word.head)
        if verb is None or verb.kind != "v" or verb.lemma not in self._carriers:
            return None
        owner = predicate.first("poss")
        if owner is not None and view.parsed.words[owner.head].tag != "PRP$":
            return None  # "repeated the army's claim": the army's, not the one's who repeats it
        fillers = verb.roles.get("obj", [])
        return verb if any(f.head == word.i for f in fillers) else None

    def _noun_speakers(
        self, view: ClauseView, predicate: Predicate, content: Filler, verb: Predicate | None
    ) -> tuple[Filler, ...]:
        parsed = view.parsed
        for role in ("poss", "by", "from", "of", "in", "on", "mod"):
            for filler in predicate.roles.get(role, ()):
                if filler.head == content.head or self._content.is_time(view, filler):
                    continue
                word = parsed.words[filler.head]
                if role in {"in", "on"} and not self._sorter.of(word) & _OUTLETS:
                    continue
                if role == "mod" and not (
                    self._sorter.names_somebody(word) or self._sorter.of(word) & {"actor", "troop"}
                ):
                    continue
                if self._sorter.is_actor(view, filler) or role == "poss":
                    return with_coordinated(parsed, [filler])
        if verb is not None:
            return speakers_of(view, verb, self._classes["say"])
        return with_coordinated(parsed, predicate.roles.get("lv", []))

    # ---- after "be" --------------------------------------------------------------------------------------------------

    def copular(self, view: ClauseView) -> Iterator[Report]:
        """ "is confident that …", "was critical of …", "are in favour of …"."""
        for predicate in list(view.predicates.values()):
            if predicate.kind != "v" or predicate.lemma not in self._copulas:
                continue
            report = self._by_adjective(view, predicate) or self._by_stance(view, predicate)
            if report is not None:
                yield report

    def _by_adjective(self, view: ClauseView, predicate: Predicate) -> Report | None:
        words = view.parsed.words
        for c in words[predicate.i].children:
            word = words[c]
            if word.dep not in {"acomp", "attr", "oprd", "advmod"} or word.lower not in self._adjectives:
                continue
            below = self._complement(view, word) or (
                self._complement(view, words[predicate.i]) if word.dep == "acomp" else None
            )
            if below is None:
                continue
            head, at, role = below
            for name in self._adjectives[word.lower]:
                report = self._copular(
                    view, predicate, name, (predicate.i, c, *at), head, f"{word.lower}: {role}", role
                )
                if report is not None and (role == "clause" or self._classes[name].speaker):
                    return report
        return None

    def _complement(self, view: ClauseView, word: Word) -> tuple[int, tuple[int, ...], str] | None:
        words = view.parsed.words
        for c in word.children:
            question = words[c].dep == "advcl" and words[min(view.parsed.subtree(c))].lower in {"if", "whether"}
            if (words[c].dep in _CLAUSES or (question and word.lower in self._adjectives)) and c > word.i:
                return c, (), "clause"
        for c in word.children:
            if words[c].dep == "prep" and c > word.i:
                for g in words[c].children:
                    if words[g].dep in {"pobj", "pcomp"} and not self._content.is_time(view, Filler(g, "")):
                        return g, (c,), words[c].lower
        return None

    def _by_stance(self, view: ClauseView, predicate: Predicate) -> Report | None:
        words = view.parsed.words
        for c in words[predicate.i].children:
            if words[c].dep != "prep" or c < predicate.i:
                continue
            for phrase, at, inner in _stance_phrases(view, c):
                name = next(iter(self._stances.get(phrase, ())), None)
                head = next((g for g in words[inner].children if words[g].dep in {"pobj", "pcomp"}), None)
                if name is not None and head is not None and not self._content.is_time(view, Filler(head, "")):
                    return self._copular(view, predicate, name, (predicate.i, *at), head, f"{phrase}: stance", "stance")
        return None

    def _copular(
        self, view: ClauseView, predicate: Predicate, name: str, at: tuple[int, ...], head: int, by: str, way: str
    ) -> Report | None:
        cue_class: CueClass = self._classes[name]
        speakers = speakers_of(view, predicate, cue_class)
        if cue_class.speaker and not can_hold(view, speakers, ("actor",), self._sorter, frozenset(), self._expletives):
            return None
        words = set(view.parsed.subtree(head))
        return self._make(view, predicate, name, cue_class, at, speakers, words, f"cue {name}/{by}", alternative=way)


def _stance_phrases(view: ClauseView, c: int) -> Iterator[tuple[str, tuple[int, ...], int]]:
    """ "against", "in favour of": the phrase, its words, and the preposition whose object is the content."""
    words = view.parsed.words
    yield words[c].lower, (c,), c
    for g in words[c].children:
        for h in words[g].children:
            if words[h].dep == "prep":
                yield f"{words[c].lower} {words[g].lower} {words[h].lower}", (c, g, h), h
