"""From values to intervals on the calendar, given publication, tense and what the text has named before."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from truceline.grounding.times.calendar import ONE_DAY, Interval, add_months, day_of, nth_weekday, part_of_unit, unit_around
from truceline.grounding.times.tense import Tense
from truceline.grounding.times.values import (
    Calendar,
    Exact,
    Holiday,
    OfDay,
    Portion,
    Range,
    Season,
    Shift,
    Stretch,
    TwoReadings,
    Value,
    Weekend,
    Which,
    Years,
)
from truceline.grounding.times.vocabulary import TimeWords

# A date without a year is looked for this far behind publication before one ahead is considered, and that far ahead: the press
# leaves the year out only within about a year.
_LONG_AGO = timedelta(days=300)
_SOON = timedelta(days=65)
# A date just after publication is the same days' news in another zone, not last year's.
_SLACK = timedelta(days=2)
_AROUND = 6  # years searched to make weekday and date agree


class Unlikely(Exception):  # noqa: N818  # control flow inside this package, never seen outside
    """The context speaks against the expression being a time at all."""


class Impossible(Exception):  # noqa: N818  # as above
    """No such day exists."""


@dataclass(slots=True)
class Context:
    """What relative expressions count from; ``last`` and ``last_day`` move with the text."""

    words: TimeWords
    published: date | None
    published_at: datetime | None
    zone: tzinfo | None
    last: Interval | None = None
    last_day: Interval | None = None
    dated: date | None = None  # the last date given in full, for texts without a publication time
    notes: list[str] = field(default_factory=list)


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
    match value:
        case Calendar():
            return _calendar(value, context, tense)
        case TwoReadings(day_first, month_first):
            return _two_readings(_calendar(day_first, context, tense), _calendar(month_first, context, tense), context)
        case Shift():
            return _shift(value, context)
        case Years(start, stop, phase):
            unit = "decade" if stop - start == 10 else "century"
            return part_of_unit(Interval(date(start, 1, 1), date(stop, 1, 1)), unit, phase, context.words.phases)
        case Stretch():
            return _stretch(value, context, tense)
        case Weekend(which):
            return _weekend(which, context, tense)
        case Season():
            return _season(value, context, tense)
        case Portion():
            return _portion(value, context, tense)
        case Holiday():
            return _holiday(value, context, tense)
        case Range(first, last):
            return _range(first, last, context, tense)
        case Exact() | OfDay():
            return None
        case _:
            return None


def year_of(year: int | Shift | None, context: Context) -> int | None:
    """A year by number, or counted from its anchor."""
    if isinstance(year, Shift):
        interval = _shift(year, context)
        return interval.first_day.year if interval else None
    return year


def _calendar(value: Calendar, context: Context, tense: Tense | None) -> Interval | None:
    if value.month is None and value.weekday is not None:
        return _weekday(value.weekday, value.which, context, tense)
    if value.month is None:
        year = year_of(value.year, context)
        return None if year is None else part_of_unit(unit_around(date(year, 1, 1), "year"), "year", value.phase, context.words.phases)
    if value.day is not None and not _exists(value.month, value.day):
        raise Impossible
    year = year_of(value.year, context)
    if year is None and value.year is None:
        year = _year_without(value, context, tense)
    if year is None:
        return None
    if value.day is None:
        return part_of_unit(unit_around(date(year, value.month, 1), "month"), "month", value.phase, context.words.phases)
    try:
        day = date(year, value.month, value.day)
    except ValueError:
        raise Impossible from None
    if value.weekday is not None and day.weekday() != value.weekday:
        context.notes.append("weekday differs")
    return Interval(day, day + ONE_DAY)


def _exists(month: int, day: int) -> bool:
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


def _year_without(value: Calendar, context: Context, tense: Tense | None) -> int | None:
    """The year of a day or month given without one."""
    assert value.month is not None
    whole_month = value.day is None
    anchor = context.published or context.dated
    if anchor is None:
        return None
    base = anchor.replace(day=1) if whole_month else anchor
    days = [d for y in range(anchor.year - _AROUND, anchor.year + _AROUND + 1) if (d := _on(y, value.month, value.day or 1))]
    if value.weekday is not None and (fitting := [d for d in days if d.weekday() == value.weekday]):
        near = min(fitting, key=lambda d: abs(d - base))
        if abs(near - base) < timedelta(days=366):
            return near.year
    if context.published is None or tense == "present" and value.which is None:
        return min(days, key=lambda d: (abs(d - base), d)).year
    if value.which is not None:
        return _which_of(days, base, value.which)
    slack = timedelta(0) if whole_month else _SLACK
    behind = max(d for d in days if d <= base + slack)
    ahead = min(d for d in days if d >= base)
    if tense == "future":
        return (behind if ahead - base > _LONG_AGO and base - behind <= _SOON and not whole_month else ahead).year
    return (ahead if base - behind > _LONG_AGO and ahead - base <= _SOON and not whole_month else behind).year


def _which_of(days: list[date], base: date, which: Which) -> int:
    if which == 0:
        return base.year
    return (max(d for d in days if d < base) if which < 0 else min(d for d in days if d > base)).year


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _two_readings(day_first: Interval | None, month_first: Interval | None, context: Context) -> Interval | None:
    """The one reading that had happened by publication; both of them, if both had."""
    if day_first is None or month_first is None:
        return day_first or month_first
    if context.published:
        likely = [i for i in (day_first, month_first) if i.first_day <= context.published + _SLACK]
        if len(likely) == 1:
            return likely[0]
    context.notes.append("two readings")
    return Interval(min(day_first.first_day, month_first.first_day), max(day_first.last_day, month_first.last_day) + ONE_DAY)


def _weekday(weekday: int, which: Which | None, context: Context, tense: Tense | None) -> Interval | None:
    """A story calls its own day by name, too: Saturday's "on Saturday" is today in either direction."""
    today = context.published
    if today is None:
        return None
    back = (today.weekday() - weekday) % 7
    ahead = (weekday - today.weekday()) % 7
    if which == -1:
        day = today - timedelta(days=back or 7)
    elif which == 1:
        day = today + timedelta(days=ahead or 7)
    elif which == 0 and tense != "past":
        day = today + timedelta(days=ahead)
    else:
        day = today + timedelta(days=ahead) if tense == "future" else today - timedelta(days=back)
    return Interval(day, day + ONE_DAY)


def _shift(value: Shift, context: Context) -> Interval | None:
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
    fine = value.unit in {"day", "week", "weekend", "fortnight"}
    named = context.last_day if fine else context.last
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


def _stretch(value: Stretch, context: Context, tense: Tense | None) -> Interval | None:
    if value.direction in {"within", "in"} and tense != "future":
        raise Unlikely
    today = context.published
    if value.count is None:
        if today is None:
            return None
        reach = timedelta(days=context.words.vague.get(value.unit, 0))
        return Interval(today - reach, today + ONE_DAY) if value.direction == "back" else Interval(today, today + reach + ONE_DAY)
    if value.unit in {"hour", "minute"}:
        return _stretch_of_hours(value, context)
    if today is None:
        return None
    if value.direction == "in":
        return unit_around(today, value.unit, value.count)
    if value.unit in {"month", "year", "decade", "century", "quarter"}:
        months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[value.unit] * value.count
        back = value.direction == "back"
        other = _same_day(add_months(today, -months if back else months), today.day)
        return Interval(other, today + ONE_DAY) if back else Interval(today, other + ONE_DAY)
    days = value.count * {"week": 7, "fortnight": 14, "weekend": 7}.get(value.unit, 1) * ONE_DAY
    return Interval(today - days, today + ONE_DAY) if value.direction == "back" else Interval(today, today + days + ONE_DAY)


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
    return Interval(today - days, today + ONE_DAY) if value.direction == "back" else Interval(today, today + days + ONE_DAY)


def _weekend(which: Which | None, context: Context, tense: Tense | None) -> Interval | None:
    today = context.published
    if today is None:
        return None
    this = unit_around(today, "weekend")
    if which == 1 or (which == -1 and today >= this.first_day):
        return unit_around(today, "weekend", which)
    if which == -1 or (which is None and tense != "future" and today < this.first_day):
        return unit_around(today, "weekend", -1)
    return this


def _season(value: Season, context: Context, tense: Tense | None) -> Interval | None:
    year = year_of(value.year, context)
    if year is None:
        if context.published is None:
            return None
        starts = [date(context.published.year + n, value.month, 1) for n in (-2, -1, 0, 1, 2)]
        begun = [d for d in starts if d <= context.published]
        current = add_months(begun[-1], 3) > context.published
        if value.which == 1 or (value.which != -1 and tense == "future" and not current):
            year = starts[len(begun)].year
        else:
            year = begun[-2 if value.which == -1 and current else -1].year
    start = date(year, value.month, 1)
    return Interval(start, add_months(start, 3))


def _portion(value: Portion, context: Context, tense: Tense | None) -> Interval | None:
    if value.month is not None:
        month = _calendar(Calendar(value.year, value.month), context, tense)
        if month is None:
            return None
        start, end = month.first_day, month.last_day + ONE_DAY
        length = timedelta(days=7 if value.unit == "week" else (end - start).days // 2)
        if value.ordinal == -1:
            return Interval(end - length, end)
        first = start + (value.ordinal - 1) * length
        return Interval(first, end if value.unit == "half" and value.ordinal == 2 else min(first + length, end)) if first < end else None
    year = year_of(value.year, context)
    months = 3 if value.unit == "quarter" else 6
    ordinal = 12 // months if value.ordinal == -1 else value.ordinal
    if year is None or not 1 <= ordinal <= 12 // months:
        return None
    start = date(year, (ordinal - 1) * months + 1, 1)
    return Interval(start, add_months(start, months))


def _holiday(value: Holiday, context: Context, tense: Tense | None) -> Interval | None:
    def on(year: int) -> date:
        if value.name in context.words.fixed_holidays:
            return date(year, *context.words.fixed_holidays[value.name])
        return nth_weekday(year, *context.words.moving_holidays[value.name])

    year = year_of(value.year, context)
    if year is not None:
        day = on(year)
    elif (today := context.published) is None:
        return None
    else:
        days = [on(today.year + n) for n in (-1, 0, 1)]
        behind = max(d for d in days if d < today or (d == today and value.which != -1))
        ahead = min(d for d in days if d > today or (d == today and value.which != 1))
        day = ahead if value.which == 1 or (value.which is None and tense == "future") else behind
    return Interval(day, day + ONE_DAY)


def _range(first: Value, last: Value, context: Context, tense: Tense | None) -> Interval | None:
    """From first to last; the one without a year takes that of the other."""
    end = _resolve(last, context, tense)
    if isinstance(first, Calendar) and first.year is None and isinstance(last, Calendar) and last.year is not None and first.month:
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
