"""Times counted from an anchor: so many units from publication or from the text, and runs of them."""

from datetime import date, datetime, timedelta

from truceline.grounding.times.calendar import MONTHS_OF, ONE_DAY, Interval, add_months, part_of_unit, unit_around
from truceline.grounding.times.context import Context, Unlikely
from truceline.grounding.times.tense import Tense
from truceline.grounding.times.values import Shift, Stretch


def resolve_shift(value: Shift, context: Context) -> Interval | None:
    """So many units from an anchor."""
    if value.unit in {"hour", "minute"}:
        return _shift_clock(value, context)
    base = _anchor(value, context)
    if base is None:
        return None
    if value.unit == "fortnight":
        whole = unit_around(base + timedelta(days=14 * value.count), "week")
    elif value.unit in {"week", "month", "year"} and abs(value.count) > 1:
        whole = unit_around(base, value.unit, value.count)
    else:
        whole = unit_around(base, value.unit, value.count)
    if value.weekday is not None:
        day = whole.first_day + timedelta(days=value.weekday)
        return Interval(day, day + ONE_DAY)
    return part_of_unit(whole, value.unit, value.phase, context.words.phases)


def _anchor(value: Shift, context: Context) -> date | None:
    if value.anchor == "published":
        return context.published
    if value.unit == "day":
        named = context.last_day
    else:
        named = context.last_week if value.unit in {"week", "weekend", "fortnight"} else context.last
    if named is None:
        return context.published
    return named.last_day if value.count > 0 else named.first_day


def _shift_clock(value: Shift, context: Context) -> Interval | None:
    step = timedelta(**{value.unit + "s": value.count})
    if value.anchor == "published":
        if context.published_at is not None:
            start = context.published_at + step
            return Interval(start, start + timedelta(**{value.unit + "s": 1}))
        return None
    named = context.last_day
    if named is None or not isinstance(named.start, datetime) or named.part_of_day:
        return None
    start = named.start + step
    return Interval(start, start + timedelta(minutes=1))


def resolve_stretch(value: Stretch, context: Context, tense: Tense | None) -> Interval | None:
    """A run of units up to or from publication."""
    if value.direction in {"within", "in"} and tense != "future":
        raise Unlikely
    today = context.published
    if value.count is None:
        if today is None:
            return None
        return _around(today, timedelta(days=context.words.vague.get(value.unit, 0)), value)
    if value.unit in {"hour", "minute"}:
        return _stretch_of_hours(value, context)
    if today is None:
        return None
    if value.direction == "in":
        return unit_around(today, value.unit, value.count)
    if value.unit in MONTHS_OF:
        months = MONTHS_OF[value.unit] * value.count
        back = value.direction == "back"
        other = _same_day(add_months(today, -months if back else months), today.day)
        return Interval(other, today + ONE_DAY) if back else Interval(today, other + ONE_DAY)
    days = value.count * {"week": 7, "fortnight": 14, "weekend": 7}.get(value.unit, 1) * ONE_DAY
    return _around(today, days, value)


def _same_day(month: date, day: int) -> date:
    last = add_months(month, 1) - ONE_DAY
    return month.replace(day=min(day, last.day))


def _stretch_of_hours(value: Stretch, context: Context) -> Interval | None:
    assert value.count is not None
    length = timedelta(**{value.unit + "s": value.count})
    at, today = context.published_at, context.published
    if at is not None:
        return Interval(at - length, at) if value.direction == "back" else Interval(at, at + length)
    if today is None:
        return None
    days = -(-length // ONE_DAY) * ONE_DAY
    return _around(today, days, value)


def year_of(year: int | Shift | None, context: Context) -> int | None:
    """A year by number, or counted from its anchor."""
    if isinstance(year, Shift):
        interval = resolve_shift(year, context)
        return interval.first_day.year if interval else None
    return year


def _around(today: date, reach: timedelta, value: Stretch) -> Interval:
    """Whole days back or on; the day of publication belongs to both."""
    if value.direction == "back":
        return Interval(today - reach, today + ONE_DAY)
    return Interval(today, today + reach + ONE_DAY)
