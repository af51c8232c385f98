"""Cues: matches the reporting words of the lexicon against the clause view, and gathers speaker and content."""

from collections.abc import Iterator

from truceline.knowledge.frames import CueClass, FrameLexicon
from truceline.model.claim import Modality
from truceline.reading.frames import keys_of
from truceline.reading.quotes import Quote
from truceline.reading.reports import Report, trimmed
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Filler, Predicate
from truceline.reading.words import ParsedText, Word

_CLAUSE_ROLES = frozenset({"clause", "inf", "ing"})


class CueFinder:
    """Finds the reports that a word of the lexicon introduces."""

    def __init__(self, lexicon: FrameLexicon, sorter: Sorter) -> None:
        self._classes = lexicon.cues.classes
        self._index = lexicon.cue_index
        self._mutual = {phrase.split()[0] for phrase in lexicon.support.mutual_words}
        self._sorter = sorter

    def reports(self, view: ClauseView, quotes: tuple[Quote, ...]) -> list[Report]:
        """All reports introduced by a verb, noun, adjective, adverb or preposition, in text order."""
        found: list[Report] = []
        in_quote = {i: quote for quote in quotes if quote.speech for i in range(quote.first, quote.last + 1)}
        for i in sorted(view.predicates):
            predicate = view.predicates[i]
            report = self._verb(view, predicate, in_quote) if predicate.kind == "v" else self._noun(view, predicate)
            if report is not None:
                found.append(report)
        found.extend(self._adjectives(view))
        found.extend(self._hosted(view))
        return sorted(found, key=lambda report: report.cue)

    @property
    def plain_class(self) -> tuple[str, CueClass]:
        """The class of plain saying, for forms that have no word of their own."""
        return "say", self._classes["say"]

    def is_speech_noun(self, lemma: str) -> bool:
        """Whether a noun stands for somebody's words ("report", "statement")."""
        return lemma in self._index.get("nouns", {})

    def takes_quotes(self, view: ClauseView, predicate: Predicate) -> bool:
        """Whether a predicate may introduce words in quotation marks."""
        if predicate.kind != "v":
            return False
        keys = [key for key, _, _ in keys_of(view, predicate)]
        names = (name for key in keys for name in self._index.get("verbs", {}).get(key, ()))
        return any("quote" in self._classes[name].content for name in names)

    def quote_report(self, view: ClauseView, predicate: Predicate, quote: Quote) -> Report:
        """A report of a quotation by the verb beside it, where the parser saw no tie between the two."""
        name = next(
            name
            for key, _, _ in keys_of(view, predicate)
            for name in self._index["verbs"].get(key, ())
            if "quote" in self._classes[name].content
        )
        speakers = _with_coordinated(view.parsed, predicate.roles.get("subj", []))
        words = set(range(quote.first, quote.last + 1))
        return self._report(view, predicate, name, self._classes[name], (predicate.i,), speakers, words, f"cue {name}/{predicate.lemma}: beside a quotation", None)

    # ---- verbs -------------------------------------------------------------------------------------------------------

    def _verb(self, view: ClauseView, predicate: Predicate, in_quote: dict[int, Quote]) -> Report | None:
        index = self._index.get("verbs", {})
        for key, preposition, at in [*_negated_keys(view, predicate), *self._phrase_keys(view, predicate), *keys_of(view, predicate)]:
            for name in index.get(key, ()):
                report = self._as_class(view, predicate, name, at, preposition, in_quote)
                if report is not None:
                    return report
        return None

    def _phrase_keys(self, view: ClauseView, predicate: Predicate) -> Iterator[tuple[str, str | None, tuple[int, ...]]]:
        """ "trade blame", "decline to say", "hold … responsible": verb with the word that completes it."""
        words = view.parsed.words
        for role in ("obj", "clause", "attr"):
            for filler in predicate.roles.get(role, ()):
                yield f"{predicate.lemma} {words[filler.head].lemma}", None, (predicate.i, filler.head)
                for child in words[filler.head].children:  # "held the army responsible" is parsed as a small clause at times
                    if words[child].dep in {"acomp", "amod", "oprd"}:
                        yield f"{predicate.lemma} {words[child].lemma}", None, (predicate.i, child)
        for filler in predicate.roles.get("inf", ()):
            yield f"{predicate.lemma} to {words[filler.head].lemma}", None, (predicate.i, filler.head)

    def _as_class(
        self, view: ClauseView, predicate: Predicate, name: str, at: tuple[int, ...], preposition: str | None, in_quote: dict[int, Quote]
    ) -> Report | None:
        cue_class = self._classes[name]
        parsed = view.parsed
        speakers = _with_coordinated(parsed, predicate.roles.get("subj", []))
        if name == "blame":
            return self._blame(view, predicate, name, cue_class, speakers)
        for alternative in cue_class.content:
            content = self._content(view, predicate, alternative, at, preposition, in_quote)
            if content is None:
                continue
            words, refers = content
            if not words:
                continue
            return self._report(view, predicate, name, cue_class, at, speakers, words, f"cue {name}/{_text(parsed, at)}: {alternative}", refers)
        if cue_class.bare and speakers:
            return self._report(view, predicate, name, cue_class, at, speakers, set(), f"cue {name}/{_text(parsed, at)}: bare", None)
        return None

    def _content(
        self, view: ClauseView, predicate: Predicate, alternative: str, at: tuple[int, ...], preposition: str | None, in_quote: dict[int, Quote]
    ) -> tuple[set[int], int | None] | None:
        """Words of one alternative of content, and the noun in it that may stand for an earlier claim; None if it is not there."""
        roles = alternative.split("+")
        words: set[int] = set()
        refers = None
        for role in roles:
            if role == "quote":
                return self._quoted_content(view, predicate, in_quote)
            fillers = predicate.roles.get(role, [])
            if role == "obj" and preposition and not fillers:
                fillers = predicate.roles.get(preposition, [])
            if preposition and not fillers and role in {"clause", "ing"}:
                fillers = predicate.roles.get(f"{preposition}-clause", []) or predicate.roles.get(f"{preposition}-ing", [])
            fillers = [f for f in fillers if f.head not in at and not f.path.startswith("understood")]
            if not fillers or (role in {"obj", "on", "for", "of", "about", "over", "with"} and self._is_time(view, fillers[0])):
                return None
            for filler in fillers[:1]:
                words |= self._subtree(view, filler, predicate)
                if role == "obj" and len(roles) == 1:
                    refers = filler.head
        return words, refers

    def _is_time(self, view: ClauseView, filler: Filler) -> bool:
        return self._sorter.of_filler(view, filler) <= {"time", "name"} and "time" in self._sorter.of_filler(view, filler)

    def _quoted_content(self, view: ClauseView, predicate: Predicate, in_quote: dict[int, Quote]) -> tuple[set[int], None] | None:
        """Quoted words beside the cue that the parser did not hang on it."""
        words = view.parsed.words
        sentence = view.parsed.sentences[words[predicate.i].sentence]
        own = in_quote.get(predicate.i)
        near = {q for i in range(sentence.first, sentence.last) if (q := in_quote.get(i)) is not None and q is not own}
        if not near or (own is not None):
            return None
        return {i for q in near for i in range(q.first, q.last + 1)}, None

    def _subtree(self, view: ClauseView, filler: Filler, predicate: Predicate) -> set[int]:
        """Words below a filler, without the cue itself and without an aside that says who denies it."""
        parsed = view.parsed
        words = set(parsed.subtree(filler.head))
        if predicate.i in words:
            words -= set(parsed.subtree(predicate.i))
        for i in list(words):
            if parsed.words[i].dep == "relcl" and i in words and self._is_aside(view, i):
                words -= set(parsed.subtree(i))
        return words

    def _is_aside(self, view: ClauseView, i: int) -> bool:
        """ ", which the ministry denies": a relative clause behind a comma whose verb reports."""
        words = view.parsed.words
        first = min(view.parsed.subtree(i))
        clause = view.predicates.get(i)
        if clause is None or first == 0 or words[first - 1].text != ",":
            return False
        names = self._index.get("verbs", {}).get(clause.lemma, ())
        return any(self._classes[name].modality is Modality.DENIED for name in names) and not clause.roles.get("clause")

    def _report(
        self, view: ClauseView, predicate: Predicate, name: str, cue_class: CueClass, at: tuple[int, ...],
        speakers: tuple[Filler, ...], content: set[int], by: str, refers: int | None,
    ) -> Report:  # fmt: skip
        modality = cue_class.modality
        if predicate.negation is not None and name != "no_blame":
            modality = cue_class.negated or Modality.DECLINED
        accused = None
        for role in cue_class.accused:
            accused = accused or predicate.first(role)
        mutual = cue_class.mutual or (accused is not None and self._is_mutual(view.parsed, accused))
        return Report(
            cue=_cue_words(view, predicate, at),
            speakers=speakers,
            content=trimmed(view.parsed, content - set(at)),
            name=name,
            cue_class=cue_class,
            modality=modality,
            kind="indirect",
            by=by,
            accused=None if mutual else accused,
            refers=refers,
            mutual=mutual,
        )

    def _is_mutual(self, parsed: ParsedText, filler: Filler) -> bool:
        word = parsed.words[filler.head]
        return word.lower in self._mutual or any(parsed.words[c].lower in self._mutual for c in word.children)

    def _blame(self, view: ClauseView, predicate: Predicate, name: str, cue_class: CueClass, speakers: tuple[Filler, ...]) -> Report | None:
        """ "blamed A for the deed", "blamed the deed on A": which of the two is the deed follows from the preposition."""
        deed = predicate.first("for-ing", "for")
        accused = predicate.first("obj")
        if deed is None:
            on = self._accused_after_on(view, predicate)
            if on is not None:
                deed, accused = accused, on
        words = self._subtree(view, deed, predicate) if deed is not None else set()
        if deed is not None and accused is not None and accused.head in words:
            words -= set(view.parsed.subtree(view.parsed.words[accused.head].head))
        report = self._report(view, predicate, name, cue_class, (predicate.i,), speakers, words, f"cue {name}", None)
        if report.mutual or accused is None:
            return _replace(report, accused=None)
        return _replace(report, accused=accused)

    def _accused_after_on(self, view: ClauseView, predicate: Predicate) -> Filler | None:
        """The "on"-phrase of "blame": its own, or the last that the parser hung on the deed ("blamed the attack on the army")."""
        own = [f for f in predicate.roles.get("on", ()) if self._sorter.is_actor(view, f) and not self._is_time(view, f)]
        if own:
            return own[0]
        deed = predicate.first("obj")
        noun = view.predicates.get(deed.head) if deed is not None else None
        below = [f for f in (noun.roles.get("on", ()) if noun else ()) if self._sorter.is_actor(view, f) and not self._is_time(view, f)]
        return Filler(below[-1].head, "on-phrase of 'blame'") if below else None

    # ---- nouns, adjectives, adverbs, prepositions ----------------------------------------------------------------------

    def _noun(self, view: ClauseView, predicate: Predicate) -> Report | None:
        for name in self._index.get("nouns", {}).get(predicate.lemma, ()):
            cue_class = self._classes[name]
            for role in ("clause", "of-ing", "inf", "of", "about", "over"):
                filler = predicate.first(role)
                if filler is None or (role in {"of", "about", "over"} and not self._names_deed(view, filler)):
                    continue
                source_roles = cue_class.speaker if name == "claim_noun" else ("poss", "by", "from", "mod")
                source = self._noun_source(view, predicate, source_roles, filler)
                speakers = _with_coordinated(view.parsed, [source]) if source else ()
                content = self._subtree(view, filler, predicate)
                return self._report(view, predicate, name, cue_class, (predicate.i,), speakers, content, f"cue {name}/{predicate.lemma}: noun + {role}", None)
        return None

    def _names_deed(self, view: ClauseView, filler: Filler) -> bool:
        return filler.head in view.predicates or "deed" in self._sorter.of_filler(view, filler)

    def _noun_source(self, view: ClauseView, predicate: Predicate, roles: tuple[str, ...], content: Filler) -> Filler | None:
        for role in (*roles, "lv"):
            for filler in predicate.roles.get(role, ()):
                if filler.head != content.head and self._sorter.is_actor(view, filler):
                    return filler
        verb = view.predicates.get(view.parsed.words[predicate.i].head)
        if verb is not None and view.parsed.words[predicate.i].dep == "dobj" and verb.lemma in {"make", "issue", "release", "publish", "voice", "express", "have"}:
            return verb.first("subj")
        return None

    def _adjectives(self, view: ClauseView) -> Iterator[Report]:
        """ "is confident that …", "is ready to …"."""
        index = self._index.get("adjectives", {})
        for predicate in list(view.predicates.values()):
            for state in predicate.roles.get("attr", ()) if predicate.kind == "v" else ():
                word = view.parsed.words[state.head]
                below = next((view.parsed.words[c] for c in word.children if view.parsed.words[c].dep in {"ccomp", "xcomp"}), None)
                for name in index.get(word.lower, ()) if below is not None else ():
                    speakers = _with_coordinated(view.parsed, predicate.roles.get("subj", []))
                    assert below is not None
                    words = set(view.parsed.subtree(below.i))
                    yield self._report(view, predicate, name, self._classes[name], (predicate.i, word.i), speakers, words, f"cue {name}/{word.lower}", None)
                    break

    def _hosted(self, view: ClauseView) -> Iterator[Report]:
        """Adverbs and "according to": the content is the clause that they hang on."""
        parsed = view.parsed
        for word in parsed.words:
            if word.pos == "ADV" and word.lower in self._index.get("adverbs", {}):
                name = self._index["adverbs"][word.lower][0]
                host, below = _host(parsed, word), {word.i}
                yield self._hosted_report(parsed, name, (word.i,), (), host, below)
            elif word.lower in {"according", "per"}:
                at, source = _prepositional_source(parsed, word)
                if source is not None:
                    host, below = _host(parsed, word), set(parsed.subtree(word.i))
                    speakers = _with_coordinated(parsed, [Filler(source, "according to + noun")])
                    yield self._hosted_report(parsed, "according_to", at, speakers, host, below)

    def _hosted_report(self, parsed: ParsedText, name: str, at: tuple[int, ...], speakers: tuple[Filler, ...], host: int, below: set[int]) -> Report:
        words = set(parsed.subtree(host)) - below
        cue_class = self._classes[name]
        return Report(at, speakers, trimmed(parsed, words), name, cue_class, cue_class.modality, "indirect", f"cue {name}/{_text(parsed, at)}")


def _negated_keys(view: ClauseView, predicate: Predicate) -> Iterator[tuple[str, str | None, tuple[int, ...]]]:
    """ "did not assign blame", "named no party": verb, negation and object together."""
    words = view.parsed.words
    for filler in predicate.roles.get("obj", ()):
        negation = predicate.negation
        if negation is None:
            negation = next((c for c in words[filler.head].children if words[c].lower == "no"), None)
        if negation is None and words[predicate.i].dep == "pcomp" and words[words[predicate.i].head].lower == "without":
            negation = words[predicate.i].head
        if negation is not None:
            yield f"not {predicate.lemma} {words[filler.head].lemma}", None, tuple(sorted({negation, predicate.i, filler.head}))
    if predicate.negation is not None:
        yield f"not {predicate.lemma}", None, tuple(sorted({predicate.negation, predicate.i}))


def _cue_words(view: ClauseView, predicate: Predicate, at: tuple[int, ...]) -> tuple[int, ...]:
    """The cue with its auxiliaries and negation, as far as they stand beside it."""
    words = view.parsed.words
    found = set(at)
    for c in words[predicate.i].children:
        if words[c].dep in {"aux", "auxpass", "neg", "prt"} and words[c].sentence == words[predicate.i].sentence and predicate.kind == "v":
            found.add(c)
    return tuple(sorted(found))


def _with_coordinated(parsed: ParsedText, fillers: list[Filler]) -> tuple[Filler, ...]:
    found = list(fillers[:1])
    for filler in found:
        if filler.literal is None:
            found.extend(Filler(c, f"coordinated with {filler.path}") for c in parsed.words[filler.head].children if parsed.words[c].dep == "conj" and parsed.words[c].pos in {"NOUN", "PROPN", "PRON"})
    return tuple(found)


def _host(parsed: ParsedText, word: Word) -> int:
    """The clause a sentence adverb belongs to: the nearest verb above it, else the top of its phrase."""
    top = word.i
    for i in parsed.ancestors(word.i):
        top = i
        if parsed.words[i].pos in {"VERB", "AUX"}:
            return i
    return top


def _prepositional_source(parsed: ParsedText, word: Word) -> tuple[tuple[int, ...], int | None]:
    for c in word.children:
        child = parsed.words[c]
        if child.dep == "pobj":
            return (word.i,), c
        if child.dep == "prep" and child.lower == "to":
            target = next((g for g in child.children if parsed.words[g].dep == "pobj"), None)
            return (word.i, c), target
    return (word.i,), None


def _text(parsed: ParsedText, at: tuple[int, ...]) -> str:
    return " ".join(parsed.words[i].lemma for i in sorted(at))


def _replace(report: Report, **changes: object) -> Report:
    from dataclasses import replace

    return replace(report, **changes)  # type: ignore[arg-type]
