"""Times named on the calendar: which year's 10 November, which week's Friday, which winter is meant."""

from datetime import date, timedelta

from truceline.grounding.times.calendar import ONE_DAY, Interval, add_months, nth_weekday, part_of_unit, unit_around
from truceline.grounding.times.context import Context, Impossible
from truceline.grounding.times.counted import year_of
from truceline.grounding.times.tense import Tense
from truceline.grounding.times.values import Calendar, Holiday, Portion, Season, TwoReadings, Weekend, Which

# A date without a year is looked for this far behind publication before one ahead is considered, and that far ahead:
# the press leaves the year out only within about a year.
_LONG_AGO = timedelta(days=300)
_SOON = timedelta(days=65)
# A date just after publication is the same days' news in another zone, not last year's.
_SLACK = timedelta(days=2)
_AROUND = 6  # years searched to make weekday and date agree


def resolve_calendar(value: Calendar, context: Context, tense: Tense | None) -> Interval | None:
    """A day, month, year or weekday by name."""
    if value.month is None and value.weekday is not None:
        return _weekday(value.weekday, value.which, context, tense)
    if value.month is None and value.day is not None:
        return _day_of_month(value.day, context, tense)
    if value.month is None:
        year = year_of(value.year, context)
        return (
            None
            if year is None
            else part_of_unit(unit_around(date(year, 1, 1), "year"), "year", value.phase, context.words.phases)
        )
    if value.day is not None and not _exists(value.month, value.day):
        raise Impossible
    year = year_of(value.year, context)
    if year is None and value.year is None:
        year = _year_without(value, context, tense)
    if year is None:
        return None
    if value.day is None:
        return part_of_unit(
            unit_around(date(year, value.month, 1), "month"), "month", value.phase, context.words.phases
        )
    try:
        day = date(year, value.month, value.day)
    except ValueError:
        raise Impossible from None
    if value.weekday is not None and day.weekday() != value.weekday:
        context.notes.append("weekday differs")
    return Interval(day, day + ONE_DAY)


def _day_of_month(day: int, context: Context, tense: Tense | None) -> Interval | None:
    """The last such day of a month, or the next one."""
    today = context.published
    if today is None:
        return None
    days = [d for n in (-2, -1, 0, 1, 2) if (d := _on(*_month_on(today, n), day))]
    chosen = min(d for d in days if d >= today) if tense == "future" else max(d for d in days if d <= today)
    return Interval(chosen, chosen + ONE_DAY)


def _month_on(today: date, months: int) -> tuple[int, int]:
    month = add_months(today, months)
    return month.year, month.month


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
    days = [
        d for y in range(anchor.year - _AROUND, anchor.year + _AROUND + 1) if (d := _on(y, value.month, value.day or 1))
    ]
    if value.weekday is not None and (fitting := [d for d in days if d.weekday() == value.weekday]):
        near = min(fitting, key=lambda d: abs(d - base))
        if abs(near - base) < timedelta(days=366):
            return near.year
    if context.published is None:
        return min(days, key=lambda d: (abs(d - base), d)).year
    if value.which is not None:
        return _which_of(days, base, value.which)
    slack = timedelta(0) if whole_month else _SLACK
    behind = max(d for d in days if d <= base + slack)
    ahead = min(d for d in days if d >= base)
    if tense == "present" and ahead - base <= min(_SOON, base - behind):
        return ahead.year
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


def resolve_two_readings(value: TwoReadings, context: Context, tense: Tense | None) -> Interval | None:
    """The one reading that had happened by publication; both of them, if both had."""
    day_first = resolve_calendar(value.day_first, context, tense)
    month_first = resolve_calendar(value.month_first, context, tense)
    if day_first is None or month_first is None:
        return day_first or month_first
    if context.published:
        likely = [i for i in (day_first, month_first) if i.first_day <= context.published + _SLACK]
        if len(likely) == 1:
            return likely[0]
    context.notes.append("two readings")
    return Interval(
        min(day_first.first_day, month_first.first_day), max(day_first.last_day, month_first.last_day) + ONE_DAY
    )


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


def resolve_weekend(value: Weekend, context: Context, tense: Tense | None) -> Interval | None:
    """Saturday and Sunday: the last ones, unless the clause looks ahead."""
    today, which = context.published, value.which
    if today is None:
        return None
    this = unit_around(today, "weekend")
    if which == 1 or (which == -1 and today >= this.first_day):
        return unit_around(today, "weekend", which)
    if which == -1 or (which is None and tense != "future" and today < this.first_day):
        return unit_around(today, "weekend", -1)
    return this


def resolve_season(value: Season, context: Context, tense: Tense | None) -> Interval | None:
    """Three months."""
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


def resolve_portion(value: Portion, context: Context, tense: Tense | None) -> Interval | None:
    """A quarter or half of a year, a half or week of a month."""
    if value.month is not None:
        month = resolve_calendar(Calendar(value.year, value.month), context, tense)
        if month is None:
            return None
        start, end = month.first_day, month.last_day + ONE_DAY
        length = timedelta(days=7 if value.unit == "week" else (end - start).days // 2)
        if value.ordinal == -1:
            return Interval(end - length, end)
        first = start + (value.ordinal - 1) * length
        return (
            Interval(first, end if value.unit == "half" and value.ordinal == 2 else min(first + length, end))
            if first < end
            else None
        )
    year = year_of(value.year, context)
    months = 3 if value.unit == "quarter" else 6
    ordinal = 12 // months if value.ordinal == -1 else value.ordinal
    if year is None or not 1 <= ordinal <= 12 // months:
        return None
    start = date(year, (ordinal - 1) * months + 1, 1)
    return Interval(start, add_months(start, months))


def resolve_holiday(value: Holiday, context: Context, tense: Tense | None) -> Interval | None:
    """The day of a feast."""

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
