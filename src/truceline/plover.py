"""The PLOVER view: what a text says, as events of PLOVER with source and target.

An act of a claim has its category from the vocabulary of acts; a few frames (``data/frames/plover.yaml``) name events that the
vocabulary does not have; and saying something of somebody is an event too. What is promised, demanded, threatened or refused is
coded as the promise, demand, threat or refusal, not as the deed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from truceline.grounding.actors import ActorResolver
from truceline.grounding.codes import ActorCodes, CountryNames
from truceline.grounding.coreference import Referents
from truceline.knowledge import Knowledge
from truceline.knowledge.frames import FrameLexicon, PloverFrames, load_plover_frames
from truceline.model import Claim, Modality, Reading
from truceline.reading.attribution import Attributor
from truceline.reading.frames import ActFound, FrameMatcher, support_of
from truceline.reading.modality import ModalityReader, Stance
from truceline.reading.parse import parse
from truceline.reading.pipeline import DEFAULT_PIPELINE, load_pipeline
from truceline.reading.reports import Report
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Filler, Predicate, Support, clause_view

HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "THREATEN", "PROTEST", "REJECT", "ACCUSE"})
"""Categories whose announcement is a threat; that of any other is an agreement to do it."""

_AT_HOME = frozenset({"COERCE", "CONCEDE", "PROTEST"})
"""Categories that, with nobody named, are about one's own country: who protests, protests where he is."""

_ABROAD = frozenset({"GOV", "MIL", "SPY", "IGO", "NGO", "MED", "UAF"})
"""Sectors that act across borders: one of them with no country is not taken to be at home."""

_WILL = frozenset({Modality.PROMISED, Modality.EXPECTED})
_SUBSUMING = frozenset({"REQUEST", "THREATEN", "AGREE", "REJECT"})


@dataclass(frozen=True, slots=True)
class PloverEvent:
    """One event: category, mode, codes of both sides, and the word it stands at."""

    event: str
    mode: str | None
    source: tuple[str, ...]
    target: tuple[str, ...]
    at: int
    act: str | None = None


def to_plover(reading: Reading, knowledge: Knowledge | None = None) -> list[dict[str, Any]]:
    """Events of a reading: ``{"event", "mode", "source": [codes], "target": [codes], "claim": id or None}``.

    The text is parsed once more, since a reading keeps what was found and not the parse.
    """
    view = _shipped() if knowledge is None else PloverReader(knowledge)
    return view.events(reading)


@lru_cache(maxsize=1)
def _shipped() -> "PloverReader":
    return PloverReader(Knowledge.load())


class PloverReader:
    """Turns readings into events; make one and use it for many."""

    def __init__(self, knowledge: Knowledge, pipeline: str = DEFAULT_PIPELINE) -> None:
        self._knowledge = knowledge
        self._pipeline = pipeline

    def events(self, reading: Reading) -> list[dict[str, Any]]:
        """The events of one reading, in text order, each once."""
        found: dict[tuple[str, tuple[str, ...], tuple[str, ...]], dict[str, Any]] = {}
        view = clause_view(parse(reading.document.text, load_pipeline(self._pipeline)), self._support)
        for event in self._coder(view, reading).events():
            claim = _claim_of(event, view, reading)
            key = (event.event, event.source, event.target)
            entry = {
                "event": event.event, "mode": event.mode, "source": list(event.source), "target": list(event.target),
                "claim": claim.id if claim else None,
            }  # fmt: skip
            if key not in found or (found[key]["claim"] is None and claim is not None):
                found[key] = entry
        return list(found.values())

    def _coder(self, view: ClauseView, reading: Reading) -> "_Coder":
        published = reading.document.published
        resolver = ActorResolver(self._knowledge) if published is None else self._resolver
        reports, quotes = self._attributor.reports(view)
        persons = frozenset(a.id for a in self._knowledge.actors.by_id.values() if a.kind == "person")
        referents = Referents(
            view, resolver, self._knowledge.actor_nouns, reports, quotes, persons=persons, pronouns=self._lexicon.support.pronouns
        )
        codes = ActorCodes(view.parsed, referents, self._names, reading.places)
        return _Coder(self, view, reports, codes)

    # ---- what is loaded once -------------------------------------------------------------------------------------------

    @cached_property
    def _lexicon(self) -> FrameLexicon:
        return FrameLexicon.load({name: self._knowledge.data(f"frames/{name}.yaml") for name in ("triggers", "cues", "support")})

    @cached_property
    def frames(self) -> PloverFrames:
        """Frames of the events that the vocabulary of acts lacks."""
        return load_plover_frames(self._knowledge.data("frames/plover.yaml"))

    @cached_property
    def _resolver(self) -> ActorResolver:
        return ActorResolver(self._knowledge)

    @cached_property
    def _names(self) -> CountryNames:
        return CountryNames(self._knowledge.countries, self._knowledge.actor_nouns.ethnic)

    @cached_property
    def sectors(self) -> frozenset[str]:
        """All codes of sectors."""
        return frozenset(self._knowledge.actor_nouns.sectors)

    @cached_property
    def sorter(self) -> Sorter:
        """Sorts of nouns."""
        return Sorter(self._lexicon, self._knowledge)

    @cached_property
    def _support(self) -> Support:
        return support_of(self._lexicon, self._lexicon.events(self.frames))

    @cached_property
    def _attributor(self) -> Attributor:
        return Attributor(self._lexicon, self.sorter)

    @cached_property
    def modality(self) -> ModalityReader:
        """Stances of acts."""
        return ModalityReader(self._lexicon)

    @cached_property
    def _acts(self) -> FrameMatcher:
        return FrameMatcher(self._lexicon, self.sorter)

    @cached_property
    def _further(self) -> FrameMatcher:
        return FrameMatcher(self._lexicon, self.sorter, self._lexicon.events(self.frames))

    def named(self, view: ClauseView) -> Iterator[tuple[ActFound, str, str | None, str | None]]:
        """What the text names: found words, category, mode, and the act where it is one of the vocabulary."""
        further = {found.predicate.i: found for found in self._further.acts(view)}
        acts = {found.predicate.i: found for found in self._acts.acts(view)}
        for i in sorted({*further, *acts}):
            if i in further:
                event, _, mode = further[i].act.partition(" ")
                yield further[i], event, mode or None, acts[i].act if i in acts else None
            else:
                plover = self._knowledge.acts[acts[i].act].plover
                yield acts[i], plover.event, plover.mode, acts[i].act


class _Coder:
    """Codes one text."""

    def __init__(self, reader: PloverReader, view: ClauseView, reports: tuple[Report, ...], codes: ActorCodes) -> None:
        self._reader = reader
        self._view = view
        self._reports = reports
        self._codes = codes

    def events(self) -> Iterator[PloverEvent]:
        """All events, in text order."""
        named = list(self._reader.named(self._view))
        speech = [event for report in self._reports if (event := self._speech(report, named)) is not None]
        covered = {i for report, event in self._spoken(speech) if event.event in _SUBSUMING for i in report.content}
        stop = frozenset(i for report in self._reports if not report.cue_class.thought for i in report.cue)
        deeds = [e for item in named if item[0].predicate.i not in covered and (e := self._deed(*item, stop)) is not None]
        taken = {event.at for event in (*speech, *deeds)} | covered
        yield from sorted([*speech, *deeds, *self._announced(taken)], key=lambda event: event.at)

    # ---- deeds -----------------------------------------------------------------------------------------------------------

    def _deed(self, found: ActFound, category: str, mode: str | None, act: str | None, stop: frozenset[int]) -> PloverEvent | None:
        predicate = found.predicate
        stance = self._reader.modality.stance(self._view, predicate, stop - set(found.words))
        if stance.why == "'would'" and any(predicate.i in report.content for report in self._reports):
            stance = Stance(Modality.EXPECTED, None, "future in the past")
        if stance.background or stance.modality in {Modality.HYPOTHETICAL, Modality.DECLINED}:
            return None
        agent = found.agent if found.agent is not None and self._is_somebody(found.agent) else None
        source = self._codes.of(agent.head) if agent else ()
        target = self._target(predicate, found.patient, source, category)
        source = self._at_home(predicate, agent, source, target, category, mode)
        if act == "show_of_force" and len(self._countries(agent)) > 1:
            category, mode = "COOPERATE", None  # an exercise of several states together
        modality = stance.modality
        if modality in _WILL and category != "REJECT":
            category, mode = ("THREATEN" if category in HOSTILE else "AGREE"), None
        elif stance.modality is Modality.DENIED:
            category, mode = "REJECT", None
        elif stance.modality in {Modality.DEMANDED, Modality.WARNED, Modality.THREATENED}:
            category, mode = ("REQUEST" if stance.modality is Modality.DEMANDED else "THREATEN"), None
        if (not source and not target) or (not source and predicate.kind == "n" and self._in_passing(predicate)):
            return None
        return PloverEvent(category, mode, source, target, predicate.i, act)

    def _in_passing(self, predicate: Predicate) -> bool:
        """Whether an event noun is no part of what a clause tells: "during a summit"."""
        return predicate.support is None and self._view.parsed.words[predicate.i].dep not in {"nsubj", "nsubjpass", "dobj", "ROOT", "attr"}

    def _lands(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Of codes those that stand in the country's place."""
        return tuple(code for code in codes if code not in self._reader.sectors or code in {"IGO", "NGO"})

    def _is_somebody(self, filler: Filler) -> bool:
        return bool(self._codes.countries(filler.head)) or self._reader.sorter.is_actor(self._view, filler)

    def _countries(self, filler: Filler | None) -> tuple[str, ...]:
        return self._codes.countries(filler.head) if filler is not None else ()

    def _target(self, predicate: Predicate, patient: Filler | None, source: tuple[str, ...], category: str) -> tuple[str, ...]:
        """The patient; failing a country in it, the next one named in the clause that is not the source's; at home, one's own."""
        own, someone = (), False
        if patient is not None:
            patient = self._party_in(patient)
            own, someone = self._codes.of(patient.head), self._reader.sorter.is_actor(self._view, patient)
            if category == "MOBILIZE":  # whom it calls up is its own; the target is whom it is against
                own, someone, patient = (), False, None
            elif set(self._countries(patient)) - {"IGO", "NGO"} and not self._owned(patient, source):
                return own
        words = self._view.parsed.words
        top = predicate.support if predicate.support is not None else predicate.i
        clause = [i for i in self._view.parsed.subtree(top) if words[i].sentence == words[top].sentence]
        if someone and source and patient is not None and not self._countries(patient) and category not in {"ASSAULT", "RETREAT"}:
            return (*self._lands(source), *own)  # nobody else's: one's own president
        if own and patient is not None and not self._owned(patient, source):
            return (*self._other(clause, predicate.i, source), *own)  # peacekeepers, inspectors: and where
        return self._other(clause, predicate.i, source) or own or (source if category in _AT_HOME else ())

    def _party_in(self, filler: Filler) -> Filler:
        """Whom a thing or deed is of: "a ban by the minister", "a request from the president"."""
        words = self._view.parsed.words
        if self._countries(filler) or self._reader.sorter.is_actor(self._view, filler):
            return filler
        phrases = [words[c] for c in words[filler.head].children if words[c].dep in {"prep", "agent"}]
        below = [Filler(c, f"{phrase.lower} + noun") for phrase in phrases for c in phrase.children if words[c].dep == "pobj"]
        below += [Filler(c, "possessive") for c in words[filler.head].children if words[c].dep == "poss"]
        return next((f for f in below if self._is_somebody(f)), filler)

    def _owned(self, filler: Filler, source: tuple[str, ...]) -> bool:
        """Whether a phrase is the source's own: "its troops"."""
        words = self._view.parsed.words
        return bool(source) and any(words[c].tag == "PRP$" for c in words[filler.head].children)

    def _at_home(
        self, predicate: Predicate | None, agent: Filler | None, source: tuple[str, ...], target: tuple[str, ...], category: str, mode: str | None
    ) -> tuple[str, ...]:
        """The source, with a country where it has none and the deed is one that is done at home.

        Protesters, parties and rebels act in their own country unless the text says otherwise; whoever arrests, judges or lifts a
        curfew does it where he governs; a resignation is the resigning one's country's.
        """
        if self._lands(source):
            return source
        domestic = category in _AT_HOME or mode == "resign" or (agent is not None and source and source[0] not in _ABROAD and category != "ASSAULT")
        if agent is None:
            place = predicate.first("in") if predicate is not None and (category == "COERCE" or mode == "investigate") else None
            return tuple(code for code in self._codes.countries(place.head)) if place is not None else source
        return (*self._lands(target), *source) if domestic else source

    def _other(self, indices: list[int], at: int, source: tuple[str, ...]) -> tuple[str, ...]:
        named = [(i, codes) for i, codes in self._codes.named_in(indices) if not set(codes) & set(source)]
        after = [codes for i, codes in named if i > at]
        return after[0] if after else (named[-1][1] if named else ())

    # ---- what is said ----------------------------------------------------------------------------------------------------

    def _spoken(self, events: list[PloverEvent]) -> Iterator[tuple[Report, PloverEvent]]:
        by_cue = {event.at: event for event in events}
        for report in self._reports:
            if report.cue[0] in by_cue:
                yield report, by_cue[report.cue[0]]

    def _speech(self, report: Report, named: list[tuple[ActFound, str, str | None, str | None]]) -> PloverEvent | None:
        """The event of speaking: accusing, denying, demanding, threatening, promising."""
        if not report.speakers or report.modality is Modality.DECLINED:
            return None
        plover = self._reader.frames.cues.get(report.name)
        subject = self._must(report) if plover is None else None
        if plover is None and subject is None:
            return None
        direct = {found.predicate.i for found, _, _, act in named if act is None} | {
            found.predicate.i for found, category, _, _ in named if category == "ASSAULT"
        }
        if report.cue[0] in direct:
            return None  # the frame is the nearer one: "summoned the ambassador", "attacked by militiamen"
        event, mode = (plover.event, plover.mode) if plover is not None else ("REQUEST", "change")
        heads = {i for i in report.content if self._view.parsed.words[i].head not in report.content}
        if event == "AGREE" and any(category in HOSTILE and heads & {found.predicate.i, found.predicate.support} for found, category, _, _ in named):
            event, mode = "THREATEN", None
        source = tuple(dict.fromkeys(code for speaker in report.speakers for code in self._codes.of(speaker.head)))
        target = self._addressed(report, subject, source)
        deeds = {category for found, category, _, _ in named if heads & {found.predicate.i, found.predicate.support}}
        speaker = report.speakers[0]
        at_home = next(iter(deeds & _AT_HOME), event)
        source = self._at_home(None, speaker, source, target, at_home, None)
        return PloverEvent(event, mode, source, target, report.cue[0]) if source or target else None

    def _must(self, report: Report) -> Filler | None:
        """Who, in somebody's words, must or should do something."""
        for i in report.content:
            clause = self._view.predicates.get(i)
            if clause is not None and clause.kind == "v" and clause.modal in {"must", "should", "ought"}:
                return clause.first("subj", "obj")
        return None

    def _addressed(self, report: Report, subject: Filler | None, source: tuple[str, ...]) -> tuple[str, ...]:
        """The accused, the one who is told, else the first in the words who is somebody else."""
        cue = self._view.predicates.get(report.cue[0])
        fillers = [report.accused, subject]
        if cue is not None:
            fillers += [filler for role in ("obj", "iobj", "on", "to", "against", "with", "from", "of") for filler in cue.roles.get(role, ())]
        words = self._view.parsed.words
        for i in report.content:  # whoever is to act, in the clause that is the content
            clause = self._view.predicates.get(i)
            if clause is not None and clause.kind == "v" and words[i].head not in report.content:
                fillers += [f for f in clause.roles.get("subj", ()) if words[f.head].pos != "PRON"]
                fillers += [f for f in clause.roles.get("obj", ()) if words[f.head].pos != "PRON"]
        spoke = {speaker.head for speaker in report.speakers}
        for filler in fillers:
            if filler is None or filler.head in spoke:
                continue
            party = self._party_in(filler)
            if self._countries(party):
                return self._codes.of(party.head)
            if self._reader.sorter.is_actor(self._view, party) and words[party.head].pos != "PRON":
                return (*self._lands(source), *self._codes.of(party.head))  # "the minister", one's own unless another's
        return self._other(list(report.content), report.cue[0], source)

    # ---- what somebody will do -------------------------------------------------------------------------------------------

    def _announced(self, taken: set[int]) -> Iterator[PloverEvent]:
        """ "X will …", "X is ready to …" where no frame names the deed: an agreement to act, or a refusal."""
        for i, predicate in sorted(self._view.predicates.items()):
            subject = predicate.first("subj")
            said = predicate.modal == "would" and any(i in report.content for report in self._reports)
            if i in taken or predicate.kind != "v" or not (predicate.modal == "will" or said) or subject is None or not self._countries(subject):
                continue
            source = self._codes.of(subject.head)
            category = "REJECT" if predicate.negation is not None else "AGREE"
            yield PloverEvent(category, None, source, self._target(predicate, predicate.first("obj", "to", "with"), source, category), i)


def _claim_of(event: PloverEvent, view: ClauseView, reading: Reading) -> Claim | None:
    """The claim an event is of: its act at the same word, or one in the words that the report introduces."""
    word = view.parsed.words[event.at]
    for claim in reading.claims:
        span = claim.act_span or (claim.cue.span if claim.cue else None)
        if span is not None and span[0] < word.end and word.start < span[1]:
            return claim
    return next((claim for claim in reading.claims if claim.cue is not None and claim.cue.span[0] <= word.start < claim.cue.span[1]), None)
