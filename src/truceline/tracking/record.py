"""The record that everything here is reckoned from: what a snapshot of the ledger holds, cut at a day of publication.

Two days are kept apart. *As known* is which entries count, and is the snapshot's own. *The day* is which publications count, and
on which day the clocks are read: a dossier that was brought in years later still shows what stood on that day.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from truceline.knowledge import Agreement
from truceline.knowledge.obligations import as_day
from truceline.ledger import View, tables
from truceline.ledger.history import at
from truceline.model import Incident, Moment, Span, parse_moment
from truceline.tracking.standing import Decided, decisions, incidents


@dataclass(frozen=True, slots=True)
class Told:
    """A claim, as far as tracking needs it.

    Attributes:
        claim: Its id.
        document: Id of the document it stands in.
        incident: Id of the incident it belongs to.
        lineage: Id of the document's lineage; the document's own id where it stands alone.
        voice: Whose version it belongs to: a party's id, ``monitor`` or ``others``.
        speaker: Who takes the position; the publisher in a document's own voice.
        agent_party, patient_party: Party or role.
        place: The gazetteer's name, or the speaker's where none fits.
        place_said: The speaker's own toponym.
        starts, ends: When it happened: inclusive and exclusive.
        background: Whether it is told as history, not as news.
        span: Its characters in the document's text.
    """

    claim: str
    document: str
    incident: str | None
    lineage: str
    publisher: str | None
    published: Moment | None
    voice: str
    speaker: str | None
    modality: str
    act: str
    agent: str | None
    agent_party: str | None
    patient: str | None
    patient_party: str | None
    place: str | None
    place_id: str | None
    place_said: str | None
    starts: Moment | None
    ends: Moment | None
    background: bool
    confidence: float
    span: Span

    def day(self, zone: tzinfo) -> date | None:
        """The day it happened on, by this clock."""
        return as_day(self.starts, zone) if self.starts is not None else None


@dataclass(frozen=True, slots=True)
class Tracked:
    """An incident with what persons decided of it."""

    incident: Incident
    state: str
    attribution: str | None = None
    ruling: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What was published up to a day, as known at an entry.

    Attributes:
        agreement: The ledger's agreement.
        day: The last day of publication that counts, by the clock of the agreement's area.
        told: Claims, in the order of publication.
        incidents: In the order of time; those of which nothing was published by the day are left out.
    """

    agreement: Agreement
    day: date
    told: tuple[Told, ...]
    incidents: tuple[Tracked, ...]

    @property
    def zone(self) -> tzinfo:
        """The clock of the agreement's area."""
        return self.agreement.zone


def gather(view: View, agreement: Agreement, day: date, *, acts: Collection[str] | None = None) -> Record:
    """The record of a snapshot.

    Args:
        view: The snapshot.
        agreement: Its agreement.
        day: The last day of publication that counts.
        acts: Only claims of these acts; all that name an act when None. Incidents are not narrowed by it.
    """
    decided = decisions(view)
    tracked = []
    for one in incidents(view, agreement, day):
        last = decided.get(one.id) or Decided(one.state, None, None)
        tracked.append(Tracked(one, last.state, last.attribution, last.ruling))
    return Record(agreement, day, tuple(told(view, agreement, day, acts=acts)), tuple(tracked))


def told(view: View, agreement: Agreement, day: date, *, acts: Collection[str] | None = None) -> list[Told]:
    """The claims of documents published up to a day, in the order of publication. Documents without a date are left out."""
    claim = tables.claim
    return _published(
        view, agreement, day, claim.c.act.in_(sorted(acts)) if acts is not None else claim.c.act.is_not(None)
    )


def bearing(view: View, agreement: Agreement, day: date, *, acts: Collection[str]) -> list[Told]:
    """The same of the claims that are tied to any obligation, by a rule or a person, and of those of some acts."""
    claim, tie, tying = tables.claim, tables.tie, tables.tying
    tied = (select(table.c.claim).where(*at(table, view.number)) for table in (tie, tying))
    return _published(view, agreement, day, or_(claim.c.act.in_(sorted(acts)), *(claim.c.id.in_(one) for one in tied)))


def _published(view: View, agreement: Agreement, day: date, condition: ColumnElement[bool]) -> list[Told]:
    found = (_told(row) for row in view.connection.execute(_claims(view).where(condition)))
    known = [one for one in found if published_by(one.published, day, agreement.zone)]
    return sorted(known, key=lambda one: (str(one.published), one.document, one.span, one.claim))


def published_by(published: Moment | None, day: date, zone: tzinfo) -> bool:
    """Whether something was out at the end of a day, by this clock."""
    return published is not None and as_day(published, zone) <= day


def _claims(view: View) -> Select[Any]:
    claim, document, member, bearing = tables.claim, tables.document, tables.member, tables.bearing
    lineage = tables.lineage
    number = view.number
    return (
        select(
            claim,
            document.c.publisher,
            document.c.published,
            member.c.incident,
            bearing.c.voice,
            bearing.c.background,
            lineage.c.lineage,
        )
        .join(document, document.c.id == claim.c.document)
        .join(bearing, bearing.c.claim == claim.c.id)
        .outerjoin(member, and_(member.c.claim == claim.c.id, *at(member, number)))
        .outerjoin(lineage, and_(lineage.c.document == claim.c.document, *at(lineage, number)))
        .where(*at(claim, number), *at(document, number), *at(bearing, number))
    )


def _told(row: Any) -> Told:
    return Told(
        claim=row.id,
        document=row.document,
        incident=row.incident,
        lineage=row.lineage or row.document,
        publisher=row.publisher,
        published=_moment(row.published),
        voice=row.voice,
        speaker=row.speaker or row.publisher,
        modality=row.modality,
        act=row.act,
        agent=row.agent,
        agent_party=row.agent_party,
        patient=row.patient,
        patient_party=row.patient_party,
        place=row.place,
        place_id=row.place_id,
        place_said=row.place_said,
        starts=_moment(row.starts),
        ends=_moment(row.ends),
        background=bool(row.background),
        confidence=row.confidence,
        span=(row.position, row.ends_at),
    )


def _moment(stored: str | None) -> date | datetime | None:
    return parse_moment(stored) if stored is not None else None  # type: ignore[return-value]
