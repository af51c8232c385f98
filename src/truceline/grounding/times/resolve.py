"""From values to intervals on the calendar, given publication, tense and what the text has named before."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from truceline.grounding.times.calendar import Interval, day_of, part_of_unit, unit_around, whole_years
from truceline.grounding.times.context import Context
from truceline.grounding.times.counted import resolve_shift, resolve_stretch, year_of
from truceline.grounding.times.named import (
    resolve_calendar,
    resolve_holiday,
    resolve_portion,
    resolve_season,
    resolve_two_readings,
    resolve_weekend,
)
from truceline.grounding.times.tense import Tense
from truceline.grounding.times.values import (
    Calendar,
    From,
    Holiday,
    Portion,
    Range,
    Season,
    Shift,
    Stretch,
    TwoReadings,
    Value,
    Weekend,
    Years,
)


def resolve(value: Value, context: Context, tense: Tense | None) -> Interval | None:
    """Put a value on the calendar; None where nothing anchors it. Clock times are not for here.

    Raises:
        Unlikely: It is no time in this context.
        Impossible: It names a day that does not exist.
    """
    try:
        return _resolve(value, context, tense)
    except (ValueError, OverflowError):  # beyond the years 1 to 9999
        return None


def _resolve(value: Value, context: Context, tense: Tense | None) -> Interval | None:
    resolver = _RESOLVERS.get(type(value))
    return resolver(value, context, tense) if resolver else None


def _years(value: Years, context: Context, _: Tense | None) -> Interval | None:
    unit = "decade" if value.stop - value.start == 10 else "century"
    return part_of_unit(whole_years(value.start, value.stop), unit, value.phase, context.words.phases)


def _from(value: From, context: Context, tense: Tense | None) -> Interval | None:
    base = _resolve(value.base, context, tense)
    return None if base is None else unit_around(base.first_day, value.unit, value.count)


def _range(value: Range, context: Context, tense: Tense | None) -> Interval | None:
    """From first to last; the one without a year takes that of the other."""
    first, last = value.first, value.last
    end = _resolve(last, context, tense)
    if (
        isinstance(first, Calendar)
        and first.year is None
        and isinstance(last, Calendar)
        and last.year is not None
        and first.month
    ):
        year = year_of(last.year, context)
        if year is not None:
            later = last.month is not None and first.month > last.month
            first = Calendar(year - later, first.month, first.day, first.weekday, first.which, first.phase)
    start = _resolve(first, context, tense)
    if start is None or end is None:
        return None
    if start.first_day > end.last_day and isinstance(first, Calendar):
        week_day = first.month is None and first.weekday is not None
        if week_day and tense == "future":
            end = Interval(end.first_day + timedelta(days=7), end.last_day + timedelta(days=8))
        elif week_day:
            start = Interval(start.first_day - timedelta(days=7), start.last_day - timedelta(days=6))
        elif first.month and first.year is None:
            start = _resolve(Calendar(start.first_day.year - 1, first.month, first.day), context, tense)
    if start is None or day_of(start.start) > end.last_day:
        return None
    return Interval(start.start, end.end)


_RESOLVERS: Mapping[type, Callable[[Any, Context, Tense | None], Interval | None]] = {
    Calendar: resolve_calendar,
    From: _from,
    Holiday: resolve_holiday,
    Portion: resolve_portion,
    Range: _range,
    Season: resolve_season,
    Shift: lambda value, context, _: resolve_shift(value, context),
    Stretch: resolve_stretch,
    TwoReadings: resolve_two_readings,
    Weekend: resolve_weekend,
    Years: _years,
}
