"""Cues that hang on the clause they report: "reportedly", "according to …", "in the ministry's view", "in a poll"."""

from collections.abc import Iterator

from truceline.knowledge.frames import FrameLexicon
from truceline.reading.reports import Report, trimmed
from truceline.reading.sorts import Sorter
from truceline.reading.speakers import with_coordinated
from truceline.reading.view import ClauseView, Filler
from truceline.reading.words import ParsedText, Word


class HostedCues:
    """Finds adverbs and prepositions that name or hide the source of the clause around them."""

    def __init__(self, lexicon: FrameLexicon, sorter: Sorter) -> None:
        self._classes = lexicon.cues.classes
        self._adverbs = lexicon.cue_index.get("adverbs", {})
        self._prepositions = lexicon.cue_index.get("prepositions", {})
        self._attributes = lexicon.cue_index.get("attributes", {})
        self._firsts = frozenset(phrase.split()[0] for phrase in self._prepositions)
        self._sorter = sorter

    def reports(self, view: ClauseView) -> Iterator[Report]:
        """Reports by a word that hangs on what it reports."""
        parsed = view.parsed
        for word in parsed.words:
            if word.pos == "ADV" and word.lower in self._adverbs:
                yield self._report(parsed, self._adverbs[word.lower][0], (word.i,), (), word, {word.i})
            elif word.lower in self._attributes and word.dep == "amod" and word.head > word.i:
                name = self._attributes[word.lower][0]
                yield self._of(
                    parsed, name, (word.i,), (), set(parsed.subtree(word.head)) - set(parsed.subtree(word.i))
                )
            elif word.lower in self._firsts:
                report = self._by_preposition(parsed, word)
                if report is not None:
                    yield report

    def _by_preposition(self, parsed: ParsedText, word: Word) -> Report | None:
        for phrase, at, source in _phrases(parsed, word):
            name = next(iter(self._prepositions.get(phrase, ())), None)
            if name is None or source is None:
                continue
            speakers = with_coordinated(parsed, [Filler(source, f"'{phrase}' + noun")])
            return self._report(parsed, name, at, speakers, word, set(parsed.subtree(word.i)))
        return None

    def _report(
        self,
        parsed: ParsedText,
        name: str,
        at: tuple[int, ...],
        speakers: tuple[Filler, ...],
        word: Word,
        below: set[int],
    ) -> Report:
        host = _host(parsed, word)
        words = set(parsed.subtree(host)) - below
        if (
            not speakers
        ):  # "Though talks went on, the town had reportedly fallen": the one clause, not what stands around it
            for c in parsed.words[host].children:
                if parsed.words[c].dep == "advcl" and any(
                    parsed.words[g].dep == "mark" for g in parsed.words[c].children
                ):
                    words -= set(parsed.subtree(c))
        return self._of(parsed, name, at, speakers, words)

    def _of(
        self, parsed: ParsedText, name: str, at: tuple[int, ...], speakers: tuple[Filler, ...], words: set[int]
    ) -> Report:
        cue_class = self._classes[name]
        by = f"cue {name}/{' '.join(parsed.words[i].lemma for i in sorted(at))}"
        return Report(at, speakers, trimmed(parsed, words), name, cue_class, cue_class.modality, "indirect", by)


def _phrases(parsed: ParsedText, word: Word) -> Iterator[tuple[str, tuple[int, ...], int | None]]:
    """Ways to look a preposition up: (phrase, words of the cue, head of the source)."""
    words = parsed.words
    for c in word.children:
        child = words[c]
        if child.dep == "pobj":
            owner = next((g for g in child.children if words[g].dep == "poss"), None)
            if owner is not None:
                yield f"{word.lower} … {child.lemma}", (word.i, c), owner
            for g in child.children:
                inner = next((h for h in words[g].children if words[h].dep == "pobj"), None)
                if words[g].dep == "prep":
                    yield f"{word.lower} the {child.lemma} {words[g].lower}", (word.i, c, g), inner
            yield f"{word.lower} {child.lemma}", (word.i,), c
            yield word.lower, (word.i,), c
        elif child.dep == "prep":
            inner = next((g for g in child.children if words[g].dep == "pobj"), None)
            yield f"{word.lower} {child.lower}", (word.i, c), inner


def _host(parsed: ParsedText, word: Word) -> int:
    """The clause a sentence adverb belongs to: the nearest verb above it, else the top of its phrase."""
    top = word.i
    for i in parsed.ancestors(word.i):
        top = i
        if parsed.words[i].pos in {"VERB", "AUX"}:
            return i
    return top
