"""Statistics, breaches and coverage as JSON values."""

from typing import Any

from truceline.tracking.statistics.breaches import Breach
from truceline.tracking.statistics.casualties import Toll
from truceline.tracking.statistics.counting import Row
from truceline.tracking.statistics.coverage import Coverage, Stretch
from truceline.tracking.statistics.gathering import Statistics


def statistics_to_dict(found: Statistics) -> dict[str, Any]:
    """Statistics as JSON values."""
    return {
        "agreement": found.agreement.id,
        "as_of": found.day,
        "rule": found.rule,
        "by": found.by,
        "since": found.since,
        "until": found.until,
        "whole": _row(found.whole),
        "rows": [_row(row) for row in found.rows],
        "casualties": [_toll(toll) for toll in found.tolls],
        "coverage": coverage_to_dict(found.coverage),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "key": row.key,
        "first": row.first,
        "last": row.last,
        "number": row.number.to_dict(),
        "certain": row.certain,
        "standing": {name: bounds.to_dict() for name, bounds in row.standing.items()},
        "by_voice": {voice: bounds.to_dict() for voice, bounds in row.by_voice.items()},
        "names": {voice: dict(named) for voice, named in row.names.items()},
        "incidents": list(row.incidents),
    }


def _toll(toll: Toll) -> dict[str, Any]:
    return {
        "what": toll.what,
        "side": toll.side,
        "number": toll.number.to_dict(),
        "by_status": {status: bounds.to_dict() for status, bounds in toll.by_status.items()},
        "by_voice": {voice: bounds.to_dict() for voice, bounds in toll.by_voice.items()},
        "incidents": list(toll.incidents),
        "differing": list(toll.differing),
    }


def breach_to_dict(breach: Breach) -> dict[str, Any]:
    """An incident as statistics see it."""
    incident = breach.incident
    return {
        "id": breach.id,
        "title": incident.title,
        "act": incident.act,
        "place": incident.place.name if incident.place else None,
        "first": breach.first,
        "last": breach.last,
        "published": breach.published,
        "standing": breach.standing,
        "decided": breach.decided,
        "severity": {
            "least": breach.severity.least,
            "most": breach.severity.most,
            "by": {voice: {"least": least, "most": most} for voice, (least, most) in breach.severity.by.items()},
        },
        "named": [
            {
                "voice": one.voice,
                "party": one.party,
                "stance": one.stance,
                "claims": list(one.claims),
                "origins": len(one.lineages),
            }
            for one in breach.named
        ],
        "monitor": breach.monitor,
        "contested": breach.contested,
        "both_ways": breach.both_ways,
        "documents": len(incident.documents),
        "origins": len(incident.lineages),
    }


def coverage_to_dict(coverage: Coverage) -> dict[str, Any]:
    """What could be seen."""
    return {
        "days": coverage.days(),
        "with_bulletin": coverage.days("bulletin"),
        "monitor_passed_on": coverage.days("quoted"),
        "other_documents": coverage.days("documents"),
        "nothing_published": coverage.days("nothing"),
        "documents": coverage.documents,
        "bulletins": coverage.bulletins,
        "longest_without_bulletin": stretch_to_dict(coverage.unseen) if coverage.unseen else None,
        "posts": [_sighting(one) for one in coverage.posts],
        "patrols": [_sighting(one) for one in coverage.patrols],
        "access_denied": [
            {
                "day": one.day,
                "by": one.by,
                "to": one.to,
                "place": one.place,
                "voice": one.voice,
                "denied": one.denied,
                "claim": one.claim,
            }
            for one in coverage.refusals
        ],
        "by_day": {day.isoformat(): sight for day, sight in coverage.sights.items()},
    }


def _sighting(one: Any) -> dict[str, Any]:
    number = one.number.to_dict() if one.number is not None else None
    return {"day": one.day, "voice": one.voice, "number": number, "claim": one.claim}


def stretch_to_dict(stretch: Stretch) -> dict[str, Any]:
    """Days that follow each other."""
    return {"first": stretch.first, "last": stretch.last, "days": stretch.days}
