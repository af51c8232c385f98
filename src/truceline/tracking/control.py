"""Control of places: who holds each, since when, according to whom. Every voice keeps its own line; none stands above another."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, tzinfo
from itertools import groupby

from truceline.incidents.voices import MONITOR, OTHERS
from truceline.knowledge import Agreement
from truceline.tracking.control_lines import Lines, instant
from truceline.tracking.control_values import Disagreement, Interval, PlaceTimeline, Statement
from truceline.tracking.control_words import Track

ORDER: tuple[Track, ...] = ("control", "presence", "surrounded", "road", "left")
"""Tracks in the order they are shown."""

_SIZES = {"whole", "most", "part", "outskirts"}


def timelines(statements: Iterable[Statement], agreement: Agreement) -> tuple[PlaceTimeline, ...]:
    """The timeline of each place, by name.

    Args:
        statements: In the order of publication.
        agreement: Gives the clock, and the parties their order.
    """
    ordered = sorted(statements, key=lambda one: one.place)  # stable: publication order stays within a place
    made = [_timeline(key, list(group), agreement) for key, group in groupby(ordered, key=lambda one: one.place)]
    return tuple(sorted(made, key=lambda line: (line.name.casefold(), line.place)))


def voice_order(agreement: Agreement) -> Callable[[str], tuple[int, str]]:
    """Parties in alphabetical order of their names, then others, the monitor last."""
    names = {party.id: party.name.casefold() for party in agreement.parties}
    return lambda voice: ({OTHERS: 1, MONITOR: 2}.get(voice, 0), names.get(voice, voice))


def standing_on(line: PlaceTimeline, day: date, zone: tzinfo) -> tuple[Interval, ...]:
    """What each voice says of a place for a day."""
    end = instant(datetime.combine(day, time.max, zone), zone)
    return tuple(
        one
        for one in line.intervals
        if one.revised_by is None
        and instant(one.start, zone) <= end
        and (one.until is None or instant(one.until, zone) > end)
    )


def _timeline(place: str, statements: Sequence[Statement], agreement: Agreement) -> PlaceTimeline:
    order, zone = voice_order(agreement), agreement.zone
    counting = [one for one in statements if one.counts and one.since is not None]
    lines = Lines(zone)
    for one in counting:
        lines.take_in(one)
    rank = {track: i for i, track in enumerate(ORDER)}
    intervals = sorted(
        lines.all(),
        key=lambda i: (
            order(i.voice),
            i.speaker or "",
            rank[i.track],
            instant(i.start, zone),
            i.holder or "",
            i.extent,
        ),
    )
    named = next((one for one in statements if one.place_id), statements[0])
    return PlaceTimeline(
        place=place,
        name=named.place_name,
        id=named.place_id,
        kind=named.place_kind,
        lat=named.lat,
        lon=named.lon,
        said=_toponyms(statements, order),
        intervals=tuple(intervals),
        disagreements=tuple(_disagreements(intervals, zone)),
        announced=tuple(one for one in statements if not one.counts),
        undated=tuple(one for one in statements if one.counts and one.since is None),
    )


def _toponyms(
    statements: Sequence[Statement], order: Callable[[str], tuple[int, str]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, set[str]] = {}
    for one in statements:
        found.setdefault(one.said, set()).add(one.voice)
    return tuple((said, tuple(sorted(voices, key=order))) for said, voices in sorted(found.items()))


def _disagreements(intervals: Sequence[Interval], zone: tzinfo) -> Iterable[Disagreement]:
    standing = [one for one in intervals if one.revised_by is None]
    for i, one in enumerate(standing):
        for other in standing[i + 1 :]:
            kind = _difference(one, other)
            if kind is None or one.voice == other.voice:
                continue
            start = max(one.start, other.start, key=lambda moment: instant(moment, zone))
            ends = [end for end in (one.until, other.until) if end is not None]
            until = min(ends, key=lambda moment: instant(moment, zone)) if ends else None
            if until is None or instant(start, zone) < instant(until, zone):
                yield Disagreement(kind, one.track, start, until, one, other)


def _difference(one: Interval, other: Interval) -> str | None:
    """How two voices differ; None where both can be so."""
    if one.track != other.track or None in (one.holder, other.holder):
        return None
    if one.holder == other.holder:
        if one.denied != other.denied:
            return "denied"
        sizes = {one.extent, other.extent}
        return "extent" if len(sizes) == 2 and sizes <= _SIZES and not one.denied else None
    # Two sides' troops can be in one place, and around it; it cannot be held whole by both.
    whole = one.extent == other.extent == "whole" and not one.denied and not other.denied
    return "holder" if one.track == "control" and whole else None
