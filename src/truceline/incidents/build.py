"""The face of this station: all at once (``build``) or as documents arrive (``Index``)."""

from collections.abc import Iterable
from datetime import date, tzinfo

from truceline.incidents.aggregates import aggregate
from truceline.incidents.assemble import Assembler
from truceline.incidents.clusters import Apart, Clusterer
from truceline.incidents.days import Days
from truceline.incidents.lineage import LineageIndex
from truceline.incidents.mentions import SUMMARY, Mention, MentionMaker
from truceline.incidents.scenes import Scene, SceneFinder
from truceline.incidents.spans import REACH, Stretch, stretch_of, window_of
from truceline.incidents.vocabulary import load_incident_words
from truceline.incidents.voices import MONITOR, Voices
from truceline.knowledge import Agreement, Knowledge
from truceline.model import Aggregate, Claim, Decisions, Document, Incident, Incidents, Lineage, Unmatched, Witness


def build(
    witnesses: Iterable[Witness],
    *,
    documents: Iterable[Document] = (),
    decisions: Decisions | None = None,
    agreement: Agreement | None = None,
    knowledge: Knowledge | None = None,
) -> Incidents:
    """Everything that these claims come to; the same in whatever order they are given.

    Args:
        witnesses: Claims, each with its document.
        documents: Documents without claims, which count for lineages and for the monitor's silence only.
        decisions: What persons decided.
        agreement: Gives the parties, the zone and the obligations.
        knowledge: The acts, and the words that incidents are matched by; what ships when None.
    """
    index = Index(decisions=decisions, agreement=agreement, knowledge=knowledge)
    index.add(witnesses, documents=documents)
    return index.incidents()


class Index:
    """Incidents kept up as claims arrive. Adding touches the neighbourhood in time and place, never the whole."""

    def __init__(
        self,
        *,
        decisions: Decisions | None = None,
        agreement: Agreement | None = None,
        knowledge: Knowledge | None = None,
    ) -> None:
        known = knowledge or Knowledge.load()
        self._vocabulary = load_incident_words(known)
        self._voices = Voices(known, agreement)
        self._agreement = agreement
        self._zone: tzinfo | None = agreement.zone if agreement else None
        self._documents: dict[str, Document] = {}
        self._claims: dict[str, dict[str, Claim]] = {}
        self._mentions: dict[str, list[Mention]] = {}
        self._scenes: dict[str, list[Scene]] = {}
        self._seen: dict[str, tuple[str, Mention]] = {}
        self._summaries: dict[int, set[str]] = {}
        self._start(decisions or Decisions())

    def _start(self, decisions: Decisions) -> None:
        self._decisions = decisions
        apart = Apart(decisions.apart)
        self._apart = apart
        self._finder = SceneFinder(self._vocabulary)
        self._maker = MentionMaker(self._vocabulary, self._voices, self._zone, decisions)
        self._lineages = LineageIndex(self._vocabulary, decisions)
        assembler = Assembler(self._vocabulary, self._voices, self._agreement, self._lineages)
        self._days = Days(Clusterer(self._vocabulary, apart), assembler, decisions.together)

    def add(self, witnesses: Iterable[Witness], *, documents: Iterable[Document] = ()) -> frozenset[str]:
        """Take in more claims; the ids of incidents that came, went or changed. What is known already changes nothing."""
        touched: dict[str, None] = {}
        for document in documents:
            if self._know(document):
                touched[document.id] = None
        for witness in witnesses:
            new = self._know(witness.document)
            claims = self._claims[witness.document.id]
            if new or witness.claim.id not in claims:
                claims[witness.claim.id] = witness.claim
                touched[witness.document.id] = None
        return self._take(touched)

    def decide(self, decisions: Decisions) -> frozenset[str]:
        """Put these decisions in the place of those before; the ids of incidents that came, went or changed."""
        before = {incident.id: incident for incident in self._days.names.all()}
        self._mentions, self._scenes, self._seen, self._summaries = {}, {}, {}, {}
        self._start(decisions)
        self._take(dict.fromkeys(self._documents))
        after = {incident.id: incident for incident in self._days.names.all()}
        return frozenset(id_ for id_ in before.keys() | after.keys() if before.get(id_) != after.get(id_))

    def incident(self, id: str) -> Incident | None:  # noqa: A002 - it is what the incident calls it
        """The incident of this id."""
        return self._days.names.get(id)

    def incidents(self) -> Incidents:
        """Everything as it stands."""
        claims = {document: self._told(document) for document in self._claims}
        mentions = [mention.id for known in self._mentions.values() for mention in known]
        reasons = ((claim, self.unmatched(claim)) for claim in sorted(mentions))
        return Incidents(
            incidents=tuple(self._days.names.all()),
            lineages=tuple(self._lineages.lineages(claims)),
            aggregates=tuple(sorted(filter(None, map(self.aggregate, mentions)), key=lambda a: a.id)),
            unmatched=tuple(Unmatched(claim, why) for claim, why in reasons if why is not None),
        )

    # ---- one by one, for a store that keeps them up ----

    def lineage(self, document: str) -> Lineage:
        """The lineage of a document that is known."""
        kin = self._lineages.kin(document)
        return self._lineages.lineage(document, {one: self._told(one) for one in kin})

    def kin(self, document: str) -> frozenset[str]:
        """The documents that a document's lineage depends on."""
        return self._lineages.kin(document)

    def unmatched(self, claim: str) -> str | None:
        """Why a claim is in no incident; None for one that is in one, and for a summary."""
        if claim not in self._seen:
            return None
        document, mention = self._seen[claim]
        if mention.why_not is not None:
            return mention.why_not if mention.why_not != SUMMARY else None
        if self._days.holds(claim):
            return None
        told = any(claim in scene.claims for scene in self._scenes[document])
        return "neither day nor place is given" if told else "told beside no incident"

    def aggregate(self, claim: str) -> Aggregate | None:
        """The summary that a claim makes; None where it is none."""
        mention = self._seen[claim][1] if claim in self._seen else None
        if mention is None or mention.why_not != SUMMARY:
            return None
        stretch = self._stretch(mention)
        within = self._days.within(stretch) if stretch is not None else ()
        return aggregate(mention, stretch, within, self._vocabulary.words.summaries, self._zone)

    def summaries(self, incident: str) -> frozenset[str]:
        """The claims whose summaries are of an incident's days."""
        days = self._days.days_of(incident)
        return frozenset(claim for day in days for claim in self._summaries.get(day, ()))

    def beside(self, claim: str) -> frozenset[str]:
        """The incidents of a summary's days, whether it contains them or not."""
        mention = self._seen[claim][1] if claim in self._seen else None
        stretch = self._stretch(mention) if mention is not None and mention.why_not == SUMMARY else None
        return frozenset(incident.id for incident in self._days.within(stretch)) if stretch is not None else frozenset()

    def _told(self, document: str) -> list[Claim]:
        """The claims of a document as they stand in it, in whatever order they came."""
        return sorted(self._claims[document].values(), key=lambda claim: (claim.act_span or claim.span, claim.id))

    # ---- taking in ----

    def _know(self, document: Document) -> bool:
        if document.id in self._documents:
            return False
        self._documents[document.id] = document
        self._claims[document.id] = {}
        return True

    def _take(self, touched: Iterable[str]) -> frozenset[str]:
        regrouped: set[str] = set()
        for id_ in touched:
            document = self._documents[id_]
            if id_ not in self._mentions and self._is_monitor(document):
                self._days.bulletin(document)
            mentions = self._maker.mentions(list(self._claims[id_].values()), document)
            regrouped |= self._lineages.add(document, _days_told(mentions))
            scenes = self._finder.split(self._finder.scenes(mentions), self._apart.pairs)
            placed = [self._finder.window(scene, self._zone) for scene in scenes]
            self._days.replace(self._scenes.get(id_, ()), placed)
            self._mentions[id_], self._scenes[id_] = mentions, placed
            self._note(id_, mentions)
        self._days.regrouped(scene for id_ in sorted(regrouped) for scene in self._scenes.get(id_, ()))
        return self._days.settle()

    def _is_monitor(self, document: Document) -> bool:
        return self._voices.voice(self._voices.publisher(document)) == MONITOR

    def _note(self, document: str, mentions: Iterable[Mention]) -> None:
        """Keep the mentions of a document at hand, and its summaries by day."""
        for mention in mentions:
            self._seen[mention.id] = document, mention
            stretch = self._stretch(mention) if mention.why_not == SUMMARY else None
            for day in stretch.days() if stretch is not None else ():
                self._summaries.setdefault(day, set()).add(mention.id)

    def _stretch(self, mention: Mention) -> Stretch | None:
        """The time that a summary is of."""
        return mention.stretch or window_of(mention.document, self._zone)


def _days_told(mentions: Iterable[Mention]) -> frozenset[int]:
    """The days that a document tells of."""
    told = (mention.stretch.days() if mention.stretch else (mention.said,) for mention in mentions)
    return frozenset(day for days in told for day in days if day is not None)


def days_touched(witness: Witness, *, agreement: Agreement | None = None) -> tuple[date, ...]:
    """The days (in the agreement's zone) a claim may belong to: what a store keeps to find a neighbourhood by."""
    zone = agreement.zone if agreement else None
    stretch = stretch_of(witness.claim.when, zone)
    window = window_of(witness.document, zone)
    days = {day for one in (stretch, window) if one is not None for day in one.days()}
    return tuple(date.fromordinal(day) for day in sorted(days))


def reach(days: Iterable[date]) -> tuple[date, date]:
    """First and last day whose claims must be in the index for claims of these days to find their incidents."""
    known = sorted(day.toordinal() for day in days)
    return date.fromordinal(max(1, known[0] - REACH)), date.fromordinal(known[-1] + REACH)
