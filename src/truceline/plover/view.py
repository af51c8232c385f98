"""The PLOVER view of a reading.

An act of a claim has its category from the vocabulary of acts; a few frames (``data/frames/plover.yaml``) name events that the
vocabulary does not have; and saying something of somebody is an event too. What is promised, demanded, threatened or refused is
coded as the promise, demand, threat or refusal, not as the deed.
"""

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any

from truceline.grounding.actors import ActorResolver
from truceline.grounding.codes import ActorCodes, CountryNames
from truceline.grounding.coreference import Referents
from truceline.knowledge import Knowledge
from truceline.knowledge.frames import FrameLexicon, PloverFrames, load_plover_frames
from truceline.model import Claim, Reading
from truceline.plover.coder import Coder
from truceline.plover.events import Named, PloverEvent
from truceline.plover.sides import Sides
from truceline.reading.attribution import Attributor
from truceline.reading.frames import FrameMatcher, support_of
from truceline.reading.modality import ModalityReader
from truceline.reading.parse import parse
from truceline.reading.pipeline import DEFAULT_PIPELINE, load_pipeline
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Support, clause_view


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

    def _coder(self, view: ClauseView, reading: Reading) -> Coder:
        reports, quotes = self._attributor.reports(view)
        referents = Referents(
            view,
            self._resolver,
            self._knowledge.actor_nouns,
            reports,
            quotes,
            persons=self._persons,
            pronouns=self._lexicon.support.pronouns,
            authoring=self._lexicon.cues.closed.authoring,
        )
        codes = ActorCodes(view.parsed, referents, self._names, reading.places)
        sides = Sides(view, codes, self._sorter, frozenset(self._knowledge.actor_nouns.sectors))
        named = list(self._all_named(view))
        return Coder(view, reports, named, cues=self._frames.cues, modality=self._modality, sides=sides)

    def _all_named(self, view: ClauseView) -> Iterator[Named]:
        """What the text names; where a frame of PLOVER's own and an act stand at one word, the frame is the nearer."""
        further = {found.predicate.i: found for found in self._further.acts(view)}
        acts = {found.predicate.i: found for found in self._acts.acts(view)}
        for i in sorted({*further, *acts}):
            if i in further:
                event, _, mode = further[i].act.partition(" ")
                yield Named(further[i], event, mode or None, acts[i].act if i in acts else None)
            else:
                plover = self._knowledge.acts[acts[i].act].plover
                yield Named(acts[i], plover.event, plover.mode, acts[i].act)

    # ---- what is loaded once -------------------------------------------------------------------------------------------

    @cached_property
    def _persons(self) -> frozenset[str]:
        return frozenset(actor.id for actor in self._knowledge.actors.by_id.values() if actor.kind == "person")

    @cached_property
    def _lexicon(self) -> FrameLexicon:
        names = ("triggers", "cues", "support")
        return FrameLexicon.load({name: self._knowledge.data(f"frames/{name}.yaml") for name in names})

    @cached_property
    def _frames(self) -> PloverFrames:
        return load_plover_frames(self._knowledge.data("frames/plover.yaml"))

    @cached_property
    def _resolver(self) -> ActorResolver:
        return ActorResolver(self._knowledge)

    @cached_property
    def _names(self) -> CountryNames:
        return CountryNames(self._knowledge.countries, self._knowledge.actor_nouns.ethnic)

    @cached_property
    def _sorter(self) -> Sorter:
        return Sorter(self._lexicon, self._knowledge)

    @cached_property
    def _support(self) -> Support:
        return support_of(self._lexicon, self._lexicon.events(self._frames))

    @cached_property
    def _attributor(self) -> Attributor:
        return Attributor(self._lexicon, self._sorter)

    @cached_property
    def _modality(self) -> ModalityReader:
        return ModalityReader(self._lexicon)

    @cached_property
    def _acts(self) -> FrameMatcher:
        return FrameMatcher(self._lexicon, self._sorter)

    @cached_property
    def _further(self) -> FrameMatcher:
        return FrameMatcher(self._lexicon, self._sorter, self._lexicon.events(self._frames))


def _claim_of(event: PloverEvent, view: ClauseView, reading: Reading) -> Claim | None:
    """The claim an event is of: its act at the same word, or one in the words that the report introduces."""
    word = view.parsed.words[event.at]
    spans = [
        (claim, span) for claim in reading.claims for span in (claim.act_span, claim.cue and claim.cue.span) if span
    ]
    return next((claim for claim, span in spans if span[0] < word.end and word.start < span[1]), None)
