"""Control of places as a ledger's snapshot has it, zone maps beside it: what the command, the API and the pages show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from truceline.errors import LedgerError
from truceline.knowledge import Agreement, Knowledge
from truceline.knowledge.gazetteer import Gazetteer
from truceline.knowledge.gazetteer.rows import Box
from truceline.ledger import View
from truceline.model import Moment
from truceline.tracking.control import timelines
from truceline.tracking.control_statements import statements
from truceline.tracking.control_values import Disagreement, Interval, PlaceTimeline, Statement
from truceline.tracking.control_words import load_control_words
from truceline.tracking.zones import Revision, ZoneEvent, events_at, revisions


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """A place's timeline, and what each zone map's publication was for it."""

    line: PlaceTimeline
    zones: tuple[ZoneEvent, ...]


@dataclass(frozen=True, slots=True)
class ControlReport:
    """Who holds which place on a day, according to whom."""

    agreement: Agreement
    day: date
    places: tuple[PlaceReport, ...]
    maps: tuple[Revision, ...] = ()

    def only(self, wanted: str) -> "ControlReport":
        """The places of a name, an id, or a toponym that a speaker uses; those that hold it where none is so called.

        Raises:
            LedgerError: Nothing is said of any.
        """
        name = wanted.strip().casefold()
        exact = [one for one in self.places if name in _names(one.line)]
        found = exact or [one for one in self.places if any(name in other for other in _names(one.line))]
        if not found:
            known = ", ".join(sorted({one.line.name for one in self.places})) or "nothing is said of any place"
            raise LedgerError(f"nothing is said of who holds {wanted!r}; there are {known}")
        return replace(self, places=tuple(found))

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "agreement": self.agreement.id,
            "as_of": self.day.isoformat(),
            "places": [place_to_dict(one) for one in self.places],
        }


def control(view: View, day: date, knowledge: Knowledge | None = None, *, every_map: bool = False) -> ControlReport:
    """Who holds which place, according to whom.

    Args:
        view: The snapshot.
        day: The last day of publication that counts.
        knowledge: Where the words come from; what ships when None.
        every_map: Show zone maps of later days too.

    Raises:
        LedgerError: The ledger is kept under no agreement.
    """
    agreement = view.agreement
    if agreement is None:
        raise LedgerError("the ledger is kept under no agreement; give it one with `truceline init --agreement NAME`")
    words = load_control_words(knowledge or Knowledge.load())
    lines = timelines(statements(view, agreement, day, words), agreement)
    maps = revisions(view, day=None if every_map else day, clock=agreement.zone)
    return ControlReport(agreement, day, tuple(PlaceReport(line, _events(line, maps)) for line in lines), tuple(maps))


def control_of(found: ControlReport, wanted: str, gazetteer: Gazetteer) -> ControlReport:
    """What is said of one place; of one that nobody speaks of, what the zone maps have of it.

    Args:
        found: The whole.
        wanted: A name, a toponym, an id.
        gazetteer: Knows the places nobody speaks of.

    Raises:
        LedgerError: Nothing is said of it, and no map can tell where it lies.
    """
    try:
        return found.only(wanted)
    except LedgerError:
        area = found.agreement.area
        box = Box(west=area.west, south=area.south, east=area.east, north=area.north)
        rows = [row for row in gazetteer.lookup(wanted) if (row.lat, row.lon) in box and not row.inherited]
        if not rows or not found.maps:
            raise
    lines = [PlaceTimeline(row.id, row.name, row.id, row.kind, row.lat, row.lon, (), (), (), (), ()) for row in rows]
    return replace(found, places=tuple(PlaceReport(line, _events(line, found.maps)) for line in lines))


def _events(line: PlaceTimeline, maps: Sequence[Revision]) -> tuple[ZoneEvent, ...]:
    return tuple(events_at(maps, line.lat, line.lon)) if line.lat is not None and line.lon is not None else ()


def _names(line: PlaceTimeline) -> set[str]:
    names = {line.name, line.place, *(said for said, _ in line.said)}
    return {name.casefold() for name in names}


def place_to_dict(one: PlaceReport) -> dict[str, Any]:
    """A place as JSON values."""
    line = one.line
    return {
        "place": line.name,
        "id": line.id,
        "kind": line.kind,
        "lat": line.lat,
        "lon": line.lon,
        "said": [{"text": said, "by": list(voices)} for said, voices in line.said],
        "intervals": [interval_to_dict(interval) for interval in line.intervals],
        "disagreements": [_disagreement(found) for found in line.disagreements],
        "announced": [_statement(told) for told in line.announced],
        "undated": [_statement(told) for told in line.undated],
        "zones": [_event(event) for event in one.zones],
    }


def interval_to_dict(one: Interval) -> dict[str, Any]:
    """A time for which a voice says one thing, as JSON values."""
    return {
        **_brief(one),
        "from": one.start.isoformat(),
        "from_by": one.statements[0].since_by,
        "until": _moment(one.until),
        "ended_by": one.ended_by,
        "last_said": _moment(one.last_said),
        "revised_by": one.revised_by,
        "origins": len(one.lineages),
        "statements": [_statement(told) for told in one.statements],
    }


def _brief(one: Interval) -> dict[str, Any]:
    return {
        "track": one.track,
        "voice": one.voice,
        "speaker": one.speaker,
        "holder": one.holder,
        "holder_name": one.holder_name,
        "extent": one.extent,
        "denied": one.denied,
    }


def _statement(one: Statement) -> dict[str, Any]:
    return {
        "claim": one.claim,
        "document": one.document,
        "span": list(one.span),
        "text": one.text,
        "speaker": one.speaker,
        "voice": one.voice,
        "publisher": one.publisher,
        "published": _moment(one.published),
        "modality": one.modality,
        "act": one.act,
        "track": one.track,
        "holder": one.holder,
        "holder_name": one.holder_name,
        "extent": one.extent,
        "denied": one.denied,
        "background": one.background,
        "said": one.said,
        "place_by": one.place_by,
        "since": _moment(one.since),
        "since_by": one.since_by,
        "incident": one.incident,
    }


def _disagreement(one: Disagreement) -> dict[str, Any]:
    sides = [{**_brief(side), "claims": [told.claim for told in side.statements]} for side in (one.one, one.other)]
    span = {"from": one.start.isoformat(), "until": _moment(one.until)}
    return {"kind": one.kind, "track": one.track, **span, "sides": sides}


def _event(one: ZoneEvent) -> dict[str, Any]:
    found = one.revision
    return {
        "zone": found.zone,
        "publisher": found.publisher,
        "published": found.published.isoformat(),
        "entry": found.entry,
        "inside": one.inside,
        "change": one.change,
    }


def _moment(moment: Moment | None) -> str | None:
    return moment.isoformat() if moment is not None else None
