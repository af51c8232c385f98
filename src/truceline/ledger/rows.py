"""What stands in the derived tables of a claim, an incident, a document: values of the model as columns."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from truceline.ledger.canonical import compact, storable
from truceline.model import Actor, Aggregate, Claim, Incident, Incidents, Lineage, Moment

if TYPE_CHECKING:
    from truceline.incidents import Bearing

# A document longer than this is searched in pieces: PostgreSQL indexes at most a megabyte as one.
_LONGEST_PASSAGE = 100_000
_PASSAGES = 64
_HEADING = 1_000


def claim_row(claim: Claim, document: str, opened: int, *, corrected: bool) -> dict[str, Any]:
    """A claim as a row of ``claim``."""
    speaker = claim.speakers[-1] if claim.speakers else None
    place, when = claim.place, claim.when
    return {
        "id": claim.id,
        "opened": opened,
        "closed": None,
        "document": document,
        "position": claim.span[0],
        "ends_at": claim.span[1],
        "act": claim.act,
        "modality": str(claim.modality),
        "speaker": _name(speaker),
        "party": _side(speaker),
        "agent": _name(claim.agent),
        "agent_party": _side(claim.agent),
        "patient": _name(claim.patient),
        "patient_party": _side(claim.patient),
        "place": storable(place.name or place.text) if place else None,
        "place_id": place.id if place else None,
        "place_said": storable(place.text) if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "starts": moment(when.start) if when else None,
        "ends": moment(when.end) if when else None,
        "confidence": claim.confidence,
        "status": "corrected" if corrected else "read",
    }


def bearing_rows(
    bearings: Iterable["Bearing"], document: str, opened: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What a document's claims bear on, as rows of ``bearing`` and of ``tie``."""
    shared = {"document": document, "opened": opened, "closed": None}
    told, tied = [], []
    for one in bearings:
        told.append({"claim": one.claim, "voice": one.voice, "background": int(one.background), **shared})
        tied += [
            {"claim": one.claim, "obligation": tie.obligation, "side": tie.side, "rule": tie.rule, **shared}
            for tie in one.ties
        ]
    return told, tied


def incident_row(incident: Incident, opened: int) -> dict[str, Any]:
    """An incident as a row of ``incident``."""
    when, place = incident.when, incident.place
    return {
        "id": incident.id,
        "opened": opened,
        "closed": None,
        "act": incident.act,
        "title": storable(incident.title),
        "starts": moment(when.start) if when else None,
        "ends": moment(when.end) if when else None,
        "place": storable(place.name) if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "proposed": incident.state,
        "claims": len(incident.claims),
        "documents": len(incident.documents),
        "lineages": len(incident.lineages),
        "contradictions": len(incident.contradictions),
        "body": zlib.compress(compact(incident_to_dict(incident))),
    }


def lineage_row(lineage: Lineage, document: str, opened: int) -> dict[str, Any]:
    """A document's place in its lineage as a row of ``lineage``."""
    copy = next((copy for copy in lineage.copies if copy.document == document), None)
    changes: list[dict[str, Any]] = []
    if copy is not None:
        alone = replace(lineage, copies=(copy,))
        changes = Incidents((), (alone,), (), ()).to_dict()["lineages"][0]["copies"][0]["changes"]
    return {
        "document": document,
        "opened": opened,
        "closed": None,
        "lineage": lineage.id,
        "origin": storable(lineage.origin) if lineage.origin is not None else None,
        "of": copy.of if copy is not None else None,
        "kind": copy.kind if copy is not None else None,
        "score": copy.score if copy is not None else None,
        "why": storable(copy.why) if copy is not None else None,
        "changes": json.dumps(changes, ensure_ascii=True, sort_keys=True),
    }


def aggregate_row(aggregate: Aggregate, opened: int) -> dict[str, Any]:
    """A summary as a row of ``aggregate``; what it contains has rows of its own."""
    return {
        "claim": aggregate.claim,
        "opened": opened,
        "closed": None,
        "text": storable(aggregate.text),
        "starts": moment(aggregate.start),
        "ends": moment(aggregate.end),
        "place": storable(aggregate.place) if aggregate.place is not None else None,
        "least": aggregate.min,
        "most": aggregate.max,
    }


def incident_to_dict(incident: Incident) -> dict[str, Any]:
    """An incident as JSON values."""
    plain: dict[str, Any] = Incidents((incident,), (), (), ()).to_dict()["incidents"][0]
    return plain


def incident_body(stored: bytes) -> dict[str, Any]:
    """The JSON values of a stored incident."""
    plain: dict[str, Any] = json.loads(zlib.decompress(stored))
    return plain


def passage_rows(document: str, entry: int, heading: str, text: str) -> list[dict[str, Any]]:
    """A working text as rows of ``passage``: nearly always one."""
    size = max(_LONGEST_PASSAGE, -(-len(text) // _PASSAGES))
    cuts = range(0, max(len(text), 1), size)
    return [
        {
            "number": entry * _PASSAGES + i,
            "opened": entry,
            "document": document,
            "start": start,
            "heading": storable(heading)[:_HEADING],
            "body": storable(text[start : start + size]),
        }
        for i, start in enumerate(cuts)
    ]


def moment(value: Moment | None) -> str | None:
    """A day or an hour as ISO 8601."""
    return value.isoformat() if value is not None else None


def _name(actor: Actor | None) -> str | None:
    return storable(actor.name or actor.text) if actor else None


def _side(actor: Actor | None) -> str | None:
    return (actor.party or actor.role) if actor else None
