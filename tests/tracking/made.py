"""Records made by hand from hand-made documents, without a ledger."""

from collections.abc import Iterable, Mapping
from datetime import date

from tests.incidents.dossiers import agreement
from tests.incidents.making import MONITOR

from truceline.incidents import build
from truceline.incidents.voices import Voices
from truceline.knowledge import Knowledge
from truceline.knowledge.obligations import as_day
from truceline.model import Witness
from truceline.tracking.record import Record, Told, Tracked
from truceline.tracking.statistics.issues import Issue
from truceline.tracking.statistics.rules import load_rules

NK = agreement("nagorno-karabakh-2020")
KNOWLEDGE = Knowledge.load()
RULES = load_rules(KNOWLEDGE)
VOICES = Voices(KNOWLEDGE, NK)


def record(*documents: list[Witness], day: str = "2020-12-31", states: Mapping[str, str] | None = None) -> Record:
    """The record of these documents; ``states`` by incident, else as a machine proposes them."""
    witnesses = [witness for one in documents for witness in one]
    built = build(witnesses, agreement=NK)
    incident_of = {claim: one.id for one in built.incidents for claim in one.claims}
    lineage_of = {key: lineage.id for lineage in built.lineages for key in lineage.documents}
    told = [_told(one, incident_of, lineage_of) for one in witnesses]
    tracked = tuple(Tracked(one, (states or {}).get(one.id, one.state)) for one in built.incidents)
    return Record(NK, date.fromisoformat(day), tuple(told), tracked)


def issues(*documents: list[Witness]) -> tuple[Issue, ...]:
    """What came out on which day; the hand-made monitor's documents are bulletins."""
    found = {}
    for one in (witness.document for made in documents for witness in made):
        assert one.published is not None
        found[one.id] = Issue(one.id, as_day(one.published, NK.zone), one.publisher, one.publisher == MONITOR)
    return tuple(sorted(found.values(), key=lambda issue: (issue.day, issue.document)))


def days(first: str, last: str) -> tuple[date, date]:
    """A period."""
    return date.fromisoformat(first), date.fromisoformat(last)


def ids(found: Iterable[object]) -> list[str]:
    """The ids of incidents."""
    return [str(getattr(one, "id", one)) for one in found]


def _told(witness: Witness, incident_of: Mapping[str, str], lineage_of: Mapping[str, str]) -> Told:
    claim, document = witness.claim, witness.document
    speaker = VOICES.speaker(claim, document)
    place, when, agent, patient = claim.place, claim.when, claim.agent, claim.patient
    return Told(
        claim=claim.id,
        document=document.id,
        incident=incident_of.get(claim.id),
        lineage=lineage_of.get(document.id, document.id),
        publisher=document.publisher,
        published=document.published,
        voice=VOICES.voice(speaker),
        speaker=speaker.name if speaker else document.publisher,
        modality=claim.modality,
        act=claim.act or "",
        agent=agent.name if agent else None,
        agent_party=(agent.party or agent.role) if agent else None,
        patient=patient.name if patient else None,
        patient_party=(patient.party or patient.role) if patient else None,
        place=place.name if place else None,
        place_id=place.id if place else None,
        place_said=place.text if place else None,
        starts=when.start if when else None,
        ends=when.end if when else None,
        background=any(flag.kind == "background" for flag in claim.flags),
        confidence=claim.confidence,
        span=claim.span,
    )
