"""Cues: matches the reporting words of the lexicon against the clause view, and gathers speaker and content."""

from collections.abc import Iterator
from dataclasses import replace

from truceline.knowledge.frames import CueClass, FrameLexicon
from truceline.model.claim import Modality
from truceline.reading.content import ContentFinder, cue_group
from truceline.reading.frames import keys_of
from truceline.reading.hosted import HostedCues
from truceline.reading.nominal import NominalCues
from truceline.reading.quotes import Quote
from truceline.reading.reports import Report, ReportMaker
from truceline.reading.sorts import Sorter
from truceline.reading.speakers import can_hold, negator_of, outside, speakers_of
from truceline.reading.strays import for_clauses
from truceline.reading.view import ClauseView, Filler, Predicate

Key = tuple[str, str | None, tuple[int, ...]]


_NEEDS_HOLDER = frozenset({"obj", "obj+for", "obj+for-ing", "ing", "rest"})


class CueFinder:
    """Finds the reports that a word of the lexicon introduces."""

    def __init__(self, lexicon: FrameLexicon, sorter: Sorter) -> None:
        self._classes = lexicon.cues.classes
        self._verbs = lexicon.cue_index.get("verbs", {})
        self._lemmas = frozenset(key.removeprefix("not ").split()[0] for key in self._verbs)
        self._nouns = lexicon.cue_index.get("nouns", {})
        self._sorter = sorter
        self._expletives = lexicon.cues.closed.expletives
        self._paired = lexicon.cues.closed.paired_negators
        speech = [
            c for c in self._classes.values() if not c.thought and ({"clause", "quote"} & set(c.content) or c.accused)
        ]
        self.reporters = frozenset(
            word
            for c in speech
            for word in c.words.get("verbs", ())
            if c.modality is not Modality.EXPECTED and c.speaker_is != ("document",)
        )
        quoting = frozenset(word for c in speech if "quote" in c.content for word in c.words.get("verbs", ()))
        self._content = ContentFinder(sorter, self.reporters, self.reporters & quoting)
        self._documents = frozenset(lexicon.cues.documents)
        self._make = ReportMaker(lexicon)
        self._nominal = NominalCues(lexicon, sorter, self._content, self._make)
        self._hosted = HostedCues(lexicon, sorter)

    def reports(self, view: ClauseView, quotes: tuple[Quote, ...]) -> list[Report]:
        """All reports introduced by a verb, noun, adjective, adverb or preposition, in text order."""
        found: list[Report] = []
        in_quote = {i: quote for quote in quotes if quote.speech for i in range(quote.first, quote.last + 1)}
        for i in sorted(view.predicates):
            predicate = view.predicates[i]
            report = (
                self._verb(view, predicate, in_quote) if predicate.kind == "v" else self._nominal.noun(view, predicate)
            )
            if report is not None:
                found.append(report)
        found = _without_parts(found)
        found.extend(self._nominal.copular(view))
        found.extend(self._hosted.reports(view))
        return sorted(found, key=lambda report: report.cue)

    @property
    def plain_class(self) -> tuple[str, CueClass]:
        """The class of plain saying, for forms that have no word of their own."""
        return "say", self._classes["say"]

    @property
    def written_class(self) -> tuple[str, CueClass]:
        """The class of what stands written ("the log reads")."""
        return "reads", self._classes["reads"]

    def is_written(self, lemma: str) -> bool:
        """Whether a verb says what stands written."""
        return "reads" in self._verbs.get(lemma, ())

    def mutual_class(self, phrase: str) -> tuple[str, CueClass] | None:
        """The class of a phrase by which two sides speak of one another ("trade blame")."""
        return next(((name, c) for name in self._verbs.get(phrase, ()) if (c := self._classes[name]).mutual), None)

    def speaks(self, lemma: str) -> bool:
        """Whether a noun stands for somebody's words or for a document ("report", "statement", "poll")."""
        return lemma in self._nouns or lemma in self._documents

    def takes_quotes(self, view: ClauseView, predicate: Predicate) -> bool:
        """Whether a predicate may introduce words in quotation marks."""
        return predicate.kind == "v" and self._quoting_class(view, predicate) is not None

    def quote_report(self, view: ClauseView, predicate: Predicate, quote: Quote) -> Report:
        """A report of a quotation by the verb beside it, where the parser saw no tie between the two."""
        name = self._quoting_class(view, predicate)
        assert name is not None
        cue_class = self._classes[name]
        speakers = speakers_of(view, predicate, cue_class)
        words = set(range(quote.first, quote.last + 1))
        speakers = outside(view, predicate, speakers, words)
        by = f"cue {name}/{predicate.lemma}: beside a quotation"
        made = self._make(view, predicate, name, cue_class, (predicate.i,), speakers, words, by, alternative="quote")
        return replace(made, form="beside")

    def group(self, view: ClauseView, predicate: Predicate) -> tuple[int, int]:
        """First and last word of a verb with its subject and what it governs beside it."""
        return cue_group(view.parsed, predicate)

    def _quoting_class(self, view: ClauseView, predicate: Predicate) -> str | None:
        for key, _, _ in keys_of(view, predicate):
            for name in self._verbs.get(key, ()):
                if "quote" in self._classes[name].content:
                    return name
        return None

    # ---- verbs -------------------------------------------------------------------------------------------------------

    def _verb(self, view: ClauseView, predicate: Predicate, in_quote: dict[int, Quote]) -> Report | None:
        word = view.parsed.words[predicate.i]
        if predicate.lemma not in self._lemmas or word.dep == "amod":  # "registered voters" reports nothing
            return None
        for key, preposition, at in [
            *_negated_keys(view, predicate, self._paired),
            *_phrase_keys(view, predicate),
            *keys_of(view, predicate),
        ]:
            if preposition and predicate.particle and predicate.particle not in key:
                continue  # "called him out for" is no call for anything
            for name in self._verbs.get(key, ()):
                report = self._as_class(view, predicate, name, at, preposition, in_quote)
                if report is not None:
                    return report
        return None

    def _as_class(
        self,
        view: ClauseView,
        predicate: Predicate,
        name: str,
        at: tuple[int, ...],
        preposition: str | None,
        in_quote: dict[int, Quote],
    ) -> Report | None:
        cue_class = self._classes[name]
        word = view.parsed.words[predicate.i]
        if not cue_class.speech and _is_description(view, predicate):
            return None
        speakers = speakers_of(view, predicate, cue_class)
        nobody = not speakers and predicate.passive  # "is believed to have left"
        if (
            cue_class.speaker_is
            and not nobody
            and not can_hold(view, speakers, cue_class.speaker_is, self._sorter, self._documents, self._expletives)
        ):
            return None
        if name == "blame":
            return self._blame(view, predicate, name, cue_class, speakers)
        lemmas = " ".join(view.parsed.words[i].lemma for i in sorted(at))
        for alternative in cue_class.content:
            content = self._content.find(view, predicate, alternative, at, preposition, in_quote)
            if content is None or not content[0] or (cue_class.speaker_is and nobody and alternative in _NEEDS_HOLDER):
                continue
            if nobody and alternative in _NEEDS_HOLDER and word.dep == "acl":  # "the plan announced last week"
                continue
            words, refers = content
            speakers = outside(view, predicate, speakers, words)
            by = (
                f"cue {name}/{lemmas}, set apart: clause"
                if alternative == "host"
                else f"cue {name}/{lemmas}: {alternative}"
            )
            return self._make(view, predicate, name, cue_class, at, speakers, words, by, refers, alternative)
        if cue_class.bare and speakers:
            by = f"cue {name}/{lemmas}: bare"
            return self._make(view, predicate, name, cue_class, at, speakers, set(), by, alternative="bare")
        return None

    def _blame(
        self, view: ClauseView, predicate: Predicate, name: str, cue_class: CueClass, speakers: tuple[Filler, ...]
    ) -> Report | None:
        """ "blamed A for the deed", "blamed the deed on A": which of the two is the deed follows from the preposition."""
        deed = predicate.first("for-ing", "for") or self._deed_in(view, predicate)
        accused = predicate.first("obj")
        if deed is None:
            on = self._accused_after_on(view, predicate)
            if on is not None:
                deed, accused = accused, on
        words = self._content.below(view, deed, predicate) if deed is not None else set()
        if deed is not None and accused is not None and accused.head in words:
            words -= set(view.parsed.subtree(view.parsed.words[accused.head].head))
        report = self._make(view, predicate, name, cue_class, (predicate.i,), speakers, words, f"cue {name}")
        return replace(report, accused=None if report.mutual else accused)

    def _deed_in(self, view: ClauseView, predicate: Predicate) -> Filler | None:
        """ "Blamed the rebels in the killing": a deed, and no place or time."""
        inside = predicate.roles.get("in", ())
        return next((f for f in inside if "deed" in self._sorter.of_filler(view, f)), None)

    def _accused_after_on(self, view: ClauseView, predicate: Predicate) -> Filler | None:
        """The "on"-phrase of "blame": its own, or the last that the parser hung on the deed ("blamed the attack on the army")."""
        own = [
            f
            for f in predicate.roles.get("on", ())
            if self._sorter.is_actor(view, f) and not self._content.is_time(view, f)
        ]
        if own:
            return own[0]
        deed = predicate.first("obj")
        noun = view.predicates.get(deed.head) if deed is not None else None
        fillers = noun.roles.get("on", ()) if noun else ()
        below = [f for f in fillers if self._sorter.is_actor(view, f) and not self._content.is_time(view, f)]
        return Filler(below[-1].head, "on-phrase of 'blame'") if below else None


def _is_description(view: ClauseView, predicate: Predicate) -> bool:
    """Whether an attitude is no more than a mark of a noun or a purpose ("groups opposing the deal", "came to back it")."""
    word = view.parsed.words[predicate.i]
    purpose = word.dep == "advcl" and predicate.mark == "to" and "clause" not in predicate.roles
    return purpose or (word.dep == "acl" and word.tag == "VBG")


def _without_parts(reports: list[Report]) -> list[Report]:
    """ "Expressed concern that …", "declined to comment on …": one report by all the cue's words, none by a part of them."""
    holders: dict[int, list[tuple[int, ...]]] = {}
    for report in reports:
        if len(report.cue) > 1 and report.content:
            for i in report.cue:
                holders.setdefault(i, []).append(report.cue)

    def is_part(cue: tuple[int, ...]) -> bool:
        return any(other != cue and (other[0] < cue[0] or other[-1] > cue[-1]) for other in holders.get(cue[-1], ()))

    return [report for report in reports if not is_part(report.cue)]


def _phrase_keys(view: ClauseView, predicate: Predicate) -> Iterator[Key]:
    """ "trade blame", "decline to say", "hold … responsible": verb with the word that completes it."""
    words = view.parsed.words
    for role in ("obj", "clause", "attr"):
        for filler in predicate.roles.get(role, ()):
            yield f"{predicate.lemma} {words[filler.head].lemma}", None, (predicate.i, filler.head)
            for child in words[
                filler.head
            ].children:  # "held the army responsible" is parsed as a small clause at times
                if words[child].dep in {"acomp", "amod", "oprd"}:
                    yield f"{predicate.lemma} {words[child].lemma}", None, (predicate.i, child)
    for filler in predicate.roles.get("inf", ()):
        yield f"{predicate.lemma} to {words[filler.head].lemma}", None, (predicate.i, filler.head)
    for filler in predicate.roles.get("adv", ()):
        for c in words[filler.head].children:
            if words[c].dep == "prep":
                yield (
                    f"{predicate.lemma} {words[filler.head].lower} {words[c].lower}",
                    words[c].lower,
                    (predicate.i, filler.head),
                )
    if for_clauses(view, predicate):
        yield f"{predicate.lemma} for", "for", (predicate.i,)


def _negated_keys(view: ClauseView, predicate: Predicate, paired: frozenset[str]) -> Iterator[Key]:
    """ "did not assign blame", "named no party", "without saying who": verb, negation and what is not said together."""
    words = view.parsed.words
    without = words[words[predicate.i].head]
    whole = negator_of(view, predicate, paired)
    if whole is None and words[predicate.i].dep == "pcomp" and without.lower == "without":
        whole = without.i
    for filler in predicate.roles.get("obj", ()):
        negation = whole
        if negation is None:
            negation = next((c for c in words[filler.head].children if words[c].lower == "no"), None)
        if negation is not None:
            at = tuple(sorted({negation, predicate.i, filler.head}))
            yield f"not {predicate.lemma} {words[filler.head].lemma}", None, at
    if whole is None:
        return
    at = tuple(sorted({whole, predicate.i}))
    for filler in predicate.roles.get("clause", ()):
        yield f"not {predicate.lemma} {words[view.parsed.subtree(filler.head)[0]].lower}", None, at
    yield f"not {predicate.lemma}", None, at
