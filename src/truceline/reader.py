"""The reader: a text, with what is known, to a reading. Pure but for loading its parts once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from truceline.grounding.actors import ActorResolver
from truceline.grounding.claims import ClaimMaker, Found
from truceline.grounding.coreference import Referents
from truceline.grounding.places import PlaceFinder, Region
from truceline.grounding.slots import place_slots
from truceline.grounding.times import TimeWords, find_times, load_time_words, time_flags, undated_flag
from truceline.knowledge import Agreement, Knowledge
from truceline.knowledge.frames import FrameLexicon
from truceline.knowledge.gazetteer import Box, Gazetteer
from truceline.knowledge.openers import load_openers
from truceline.knowledge.quantities import (
    CountedVocabulary,
    InstrumentVocabulary,
    NumberWords,
    load_counted_vocabulary,
    load_instruments,
    load_number_words,
)
from truceline.model import Document, Reading, Span, Time, document_id, parse_moment
from truceline.reading.attribution import Attributor, to_attributions
from truceline.reading.casing import Casing
from truceline.reading.claims import ClaimFinder
from truceline.reading.counts import find_counts
from truceline.reading.frames import FrameMatcher, support_of
from truceline.reading.instruments import find_instruments
from truceline.reading.mending import mend
from truceline.reading.modality import ModalityReader
from truceline.reading.numbers import find_numbers
from truceline.reading.openers import DateOpeners
from truceline.reading.parse import parse_many
from truceline.reading.pipeline import DEFAULT_PIPELINE, load_pipeline
from truceline.reading.sorts import Sorter
from truceline.reading.view import Support, clause_view
from truceline.reading.words import ParsedText


class Reader:
    """Reads documents. Make one and use it for many texts; all that it loads, it loads once.

    Args:
        agreement: Name or file of an agreement, or one already loaded; decides parties, roles, zone and region.
        pipeline: Name of a spaCy pipeline other than the pinned one.
        knowledge: The knowledge to read with, or a folder laid over what ships.

    Raises:
        KnowledgeError: No such agreement, or a broken data file.
        PipelineError: The language pipeline is missing or not the pinned one.
    """

    def __init__(
        self,
        agreement: str | Path | Agreement | None = None,
        pipeline: str | None = None,
        knowledge: Knowledge | Path | None = None,
    ) -> None:
        self.knowledge = knowledge if isinstance(knowledge, Knowledge) else Knowledge.load(knowledge)
        self.agreement = (
            agreement
            if isinstance(agreement, Agreement) or agreement is None
            else Agreement.load(agreement, self.knowledge)
        )
        self.pipeline = pipeline or DEFAULT_PIPELINE
        self._grammar = _Grammar(self.knowledge)
        self._resolvers: dict[date | None, ActorResolver] = {}

    @cached_property
    def places(self) -> PlaceFinder:
        """Finds and resolves places in the agreement's region."""
        return PlaceFinder(Gazetteer.open(), _region(self.agreement) if self.agreement else None)

    def read(
        self,
        text: str,
        *,
        published: date | datetime | str | None = None,
        publisher: str | None = None,
        title: str | None = None,
        url: str | None = None,
    ) -> Reading:
        """Read one text.

        Args:
            text: The text; spans in the reading point into it as it is given.
            published: When it came out, as a date, a time or ISO text; relative dates need it.
        """
        return self.read_document(_document(text, published=published, publisher=publisher, title=title, url=url))

    def read_document(self, document: Document) -> Reading:
        """Read one document."""
        return next(self.read_many([document]))

    def read_many(self, texts: Iterable[str | Document]) -> Iterator[Reading]:
        """Read texts in batches, in order; each reading is what ``read`` gives for the text alone."""
        pending: list[Document] = []

        def waiting() -> Iterator[str]:
            for item in texts:
                document = item if isinstance(item, Document) else _document(item)
                pending.append(document)
                yield document.text

        for parsed in parse_many(waiting(), load_pipeline(self.pipeline), casing=self._grammar.casing):
            yield self._read(pending.pop(0), parsed)

    @cached_property
    def _persons(self) -> frozenset[str]:
        known = [*self.knowledge.actors.by_id.values(), *(self.agreement.actors if self.agreement else ())]
        return frozenset(a.id for a in known if a.kind == "person") | frozenset(
            p.id for p in (self.agreement.persons if self.agreement else ())
        )

    @cached_property
    def _organisations(self) -> frozenset[str]:
        """Names of organisations in lower case; there is a town called Red Cross, too."""
        known = [*self.knowledge.actors.by_id.values(), *(self.agreement.actors if self.agreement else ())]
        named = (a for a in known if a.kind != "person" and a.sector != "GOV")
        return frozenset(name.lower() for a in named for name in (a.name, *a.aliases))

    def _resolver(self, on: date | None) -> ActorResolver:
        if on not in self._resolvers:
            self._resolvers[on] = ActorResolver(self.knowledge, self.agreement, on)
        return self._resolvers[on]

    def _read(self, document: Document, parsed: ParsedText) -> Reading:
        grammar = self._grammar
        mend(parsed, verbs=grammar.support.verbs, adjectives=grammar.adjectives, men=grammar.counted.nouns)
        view = clause_view(parsed, grammar.support)
        reports, quotes = grammar.attributor.reports(view)
        acts = list(grammar.matcher.acts(view))
        claims = grammar.claims.claims(view, acts, reports, quotes)
        numbers = find_numbers(parsed, grammar.numbers)
        published = document.published
        on = published.date() if isinstance(published, datetime) else published
        resolver = self._resolver(on)
        slots = place_slots(
            view,
            acts,
            place_acts=grammar.lexicon.place_acts,
            prepositions=grammar.place_roles,
            is_somebody=lambda i: resolver.resolve(parsed, i).actor is not None,
            locates=lambda i: bool(grammar.sorter.of(parsed.words[i]) & {"place", "bearing"}),
        )
        places = self.places.find(parsed, slots=slots)
        times = find_times(
            parsed, published=published, zone=self.agreement.zone if self.agreement else None, words=grammar.times
        )
        referents = Referents(
            view,
            resolver,
            self.knowledge.actor_nouns,
            reports,
            quotes,
            persons=self._persons,
            pronouns=grammar.lexicon.support.pronouns,
            authoring=grammar.lexicon.cues.closed.authoring,
            answer_labels=grammar.lexicon.support.answer_labels,
            publisher=resolver.publisher(document.publisher) if document.publisher else None,
        )
        found = Found(
            view=view,
            referents=referents,
            places=tuple(
                place
                for place in places.places
                if not _overlaps(place.span, times) and place.text.lower() not in self._organisations
            ),
            times=times,
            counts=find_counts(parsed, numbers, grammar.counted),
            instruments=find_instruments(parsed, grammar.instruments),
            flags=(*places.flags, *referents.flags),
            prepositions=grammar.lexicon.support.place_prepositions,
        )
        made = ClaimMaker(document, found).make(claims)
        undated = undated_flag(parsed, times, grammar.times) if published is None else None
        flags = (
            *document.flags,
            *((undated,) if undated else ()),
            *found.flags,
            *time_flags(found.times),
            *(number.flag for number in numbers if number.flag is not None),
        )
        return Reading(
            document=replace(document, flags=tuple(dict.fromkeys(flags))),
            claims=made,
            attributions=to_attributions(parsed, reports),
            places=found.places,
            times=found.times,
            actors=found.referents.actors,
        )


class _Grammar:
    """The lexicons and what is built from them, each loaded when first asked for."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    @cached_property
    def lexicon(self) -> FrameLexicon:
        lexicon = FrameLexicon.load(
            {name: self._knowledge.data(f"frames/{name}.yaml") for name in ("triggers", "cues", "support")}
        )
        lexicon.check_acts(act.id for act in self._knowledge.acts)
        return lexicon

    @cached_property
    def place_roles(self) -> tuple[str, ...]:
        prepositions = self.lexicon.support.place_prepositions
        return tuple(sorted(prepositions["sure"] | {"from", "to"}))

    @cached_property
    def casing(self) -> Casing:
        nouns = self._knowledge.actor_nouns
        words = (word for country in self._knowledge.countries.by_code.values() for word, _ in country.words())
        names = frozenset(part.lower() for word in words for part in word.split() if part[:1].isupper()) | nouns.days
        plain = {part for noun in nouns.nouns for part in noun.split()} | self.lexicon.plain_words
        openers = load_openers(self._knowledge.data("frames/openers.yaml"))
        return Casing(names, frozenset(plain) - names, DateOpeners(openers, nouns.days))

    @cached_property
    def adjectives(self) -> frozenset[str]:
        """What may be said of somebody with "be"."""
        return frozenset(key.removeprefix("be ") for key in self.lexicon.acts.verbs if key.startswith("be "))

    @cached_property
    def sorter(self) -> Sorter:
        return Sorter(self.lexicon, self._knowledge)

    @cached_property
    def support(self) -> Support:
        return support_of(self.lexicon)

    @cached_property
    def attributor(self) -> Attributor:
        return Attributor(self.lexicon, self.sorter)

    @cached_property
    def matcher(self) -> FrameMatcher:
        return FrameMatcher(self.lexicon, self.sorter)

    @cached_property
    def claims(self) -> ClaimFinder:
        force = frozenset(act.id for act in self._knowledge.acts if act.family == "force")
        return ClaimFinder(ModalityReader(self.lexicon), self.sorter, self.lexicon, force)

    @cached_property
    def times(self) -> TimeWords:
        return load_time_words(self._knowledge.data("times.yaml"))

    @cached_property
    def numbers(self) -> NumberWords:
        return load_number_words(self._knowledge.data("numbers.yaml"), counted=self.counted.words)

    @cached_property
    def counted(self) -> CountedVocabulary:
        return load_counted_vocabulary(self._knowledge.data("counted.yaml"))

    @cached_property
    def instruments(self) -> InstrumentVocabulary:
        return load_instruments(self._knowledge.data("instruments.yaml"))


def _overlaps(span: Span, times: Sequence[Time]) -> bool:
    """Whether a span lies in a time: "Nov." and "March" are towns too."""
    return any(time.span[0] <= span[0] and span[1] <= time.span[1] for time in times)


def _region(agreement: Agreement) -> Region:
    area = agreement.area
    return Region(
        boxes=(Box(west=area.west, south=area.south, east=area.east, north=area.north),),
        countries=area.countries,
        supplements=area.places,
    )


def _document(
    text: str,
    *,
    published: date | datetime | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Document:
    moment = parse_moment(published)
    assert moment is None or isinstance(moment, date)
    return Document(
        id=document_id(text.encode("utf-8", "surrogatepass")),
        text=text,
        title=title,
        publisher=publisher,
        published=moment,
        url=url,
    )
