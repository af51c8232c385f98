"""The baseline as JSON values."""

from collections.abc import Mapping
from typing import Any

from truceline.tracking.baseline.coverage import Coverage, Stretch
from truceline.tracking.baseline.measure import Baseline, Group, Quiet, Trend
from truceline.tracking.record import Record
from truceline.tracking.statistics.bounds import Bounds
from truceline.tracking.statistics.breaches import Breach


def baseline_to_dict(baseline: Baseline, record: Record) -> dict[str, Any]:
    """A baseline as JSON values; incidents by id, each in full once."""
    return {
        "agreement": record.agreement.id,
        "as_of": record.day,
        "since": baseline.since,
        "until": baseline.until,
        "number": baseline.number.to_dict(),
        "standing": _each(baseline.standing),
        "by": {by: [_group(group) for group in groups] for by, groups in baseline.groups.items()},
        "named": [
            {
                "party": row.party,
                "incidents": list(row.named),
                "contested": row.contested,
                "by": dict(row.by),
                "denied": dict(row.denied),
            }
            for row in baseline.named
        ],
        "monitor": dict(baseline.monitor),
        "first": baseline.first.id if baseline.first else None,
        "undated": list(baseline.undated),
        "quiet": _quiet(baseline.quiet) if baseline.quiet else None,
        "trend": _trend(baseline.trend),
        "latest": _trend(baseline.latest),
        "coverage": coverage_to_dict(baseline.coverage),
        "incidents": [breach_to_dict(one) for one in baseline.incidents],
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
        "longest_without_bulletin": _stretch(coverage.unseen) if coverage.unseen else None,
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


def _group(group: Group) -> dict[str, Any]:
    return {
        "key": group.key,
        "number": group.number.to_dict(),
        "standing": _each(group.standing),
        "first": group.first.id if group.first else None,
        "incidents": list(group.incidents),
    }


def _quiet(quiet: Quiet) -> dict[str, Any]:
    return {
        **_stretch(quiet.stretch),
        "with_bulletin": quiet.with_bulletin,
        "with_documents": quiet.with_documents,
        "with_nothing": quiet.with_nothing,
    }


def _trend(trend: Trend) -> dict[str, Any]:
    return {
        "now": _stretch(trend.now),
        "before": _stretch(trend.before),
        "number": trend.number.to_dict(),
        "number_before": trend.number_before.to_dict(),
        "days_with_documents": trend.seen,
        "days_with_documents_before": trend.seen_before,
        "word": trend.word,
    }


def _stretch(stretch: Stretch) -> dict[str, Any]:
    return {"first": stretch.first, "last": stretch.last, "days": stretch.days}


def _each(bounds: Mapping[Any, Bounds]) -> dict[str, Any]:
    return {str(key): value.to_dict() for key, value in bounds.items()}
