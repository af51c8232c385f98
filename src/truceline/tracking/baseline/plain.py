"""The baseline as JSON values."""

from collections.abc import Mapping
from typing import Any

from truceline.tracking.baseline.measure import Baseline, Group, Quiet, Trend
from truceline.tracking.record import Record
from truceline.tracking.statistics.bounds import Bounds
from truceline.tracking.statistics.plain import breach_to_dict, coverage_to_dict, stretch_to_dict


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
        **stretch_to_dict(quiet.stretch),
        "with_bulletin": quiet.with_bulletin,
        "with_documents": quiet.with_documents,
        "with_nothing": quiet.with_nothing,
    }


def _trend(trend: Trend) -> dict[str, Any]:
    return {
        "now": stretch_to_dict(trend.now),
        "before": stretch_to_dict(trend.before),
        "number": trend.number.to_dict(),
        "number_before": trend.number_before.to_dict(),
        "days_with_documents": trend.seen,
        "days_with_documents_before": trend.seen_before,
        "word": trend.word,
    }


def _each(bounds: Mapping[Any, Bounds]) -> dict[str, Any]:
    return {str(key): value.to_dict() for key, value in bounds.items()}
