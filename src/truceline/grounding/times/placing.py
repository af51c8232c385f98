"""Hours on their day: clock times, parts of the day, and ranges between them, in the zone they name or the text's."""

from datetime import datetime, timedelta, timezone, tzinfo

from truceline.grounding.times.calendar import ONE_DAY, Interval
from truceline.grounding.times.context import Context, Impossible
from truceline.grounding.times.resolve import resolve
from truceline.grounding.times.tense import Tense
from truceline.grounding.times.values import Calendar, Clock, Exact, Hours, OfDay, Part, Range, Value
from truceline.grounding.times.vocabulary import named_zone


def place(value: Value, context: Context, tense: Tense | None) -> Interval | None:
    """Like ``resolve``, with clock times and parts of the day."""
    try:
        if isinstance(value, OfDay) and value.day is not None:
            day = resolve(value.day, context, tense)
            return None if day is None else hours_on(value.time, day, context)
        if isinstance(value, Exact):
            return _exact(value, context)
        if isinstance(value, Range) and (isinstance(value.first, OfDay) or isinstance(value.last, OfDay)):
            return _range(value, context, tense)
    except OverflowError:  # beyond the years 1 to 9999
        return None
    return resolve(value, context, tense)


def _range(value: Range, context: Context, tense: Tense | None) -> Interval | None:
    first, last = place(value.first, context, tense), place(value.last, context, tense)
    if first is None or last is None:
        return None
    if _midnight(first, context) > _midnight(last, context, end=True):  # Friday and Sunday of two weeks
        week = timedelta(days=7)
        first, last = (first, _moved(last, week)) if tense == "future" else (_moved(first, -week), last)
    at_clock = isinstance(value.last, OfDay) and isinstance(value.last.time, Clock)
    start, end = _midnight(first, context), _midnight(last, context, end=not at_clock)
    return Interval(start, end, first.part_of_day or last.part_of_day) if start < end else None


def _midnight(interval: Interval, context: Context, *, end: bool = False) -> datetime:
    moment = interval.end if end else interval.start
    return (
        moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day, tzinfo=context.zone)
    )


def _moved(interval: Interval, by: timedelta) -> Interval:
    return Interval(interval.start + by, interval.end + by, interval.part_of_day)


def _exact(value: Exact, context: Context) -> Interval | None:
    try:
        at = datetime.fromisoformat(value.stamp)
    except ValueError as fault:
        raise Impossible from fault
    at = _in_zone(at, context) if at.tzinfo else at.replace(tzinfo=context.zone)
    return Interval(at, at + timedelta(minutes=1))


def _in_zone(at: datetime, context: Context) -> datetime:
    return at.astimezone(context.zone) if context.zone is not None else at


def hours_on(time: Value, day: Interval, context: Context) -> Interval | None:
    """A clock time, a run of them, a part of the day or a number of hours, on a day (or from a first to a last day)."""
    try:
        first = datetime.combine(day.first_day, datetime.min.time(), context.zone)
        last = datetime.combine(day.last_day, datetime.min.time(), context.zone)
        match time:
            case Part(name):
                if name in {"night", "whole night"} and first != last:
                    return Interval(first + timedelta(hours=18), last + timedelta(hours=6), part_of_day=True)
                start, end = context.words.parts.get(name) or context.words.parts.get(name.split(" ", 1)[-1], (0, 24))
                return Interval(first + timedelta(hours=start), last + timedelta(hours=end), part_of_day=True)
            case Clock():
                at = _at(first, time, context)
                return Interval(at, at + timedelta(minutes=1))
            case Range(Clock() as begin, Clock() as finish):
                if begin.zone is None:
                    begin = Clock(begin.minute, finish.zone)
                start_at, end_at = _at(first, begin, context), _at(first, finish, context)
                return Interval(start_at, end_at + ONE_DAY if end_at <= start_at else end_at)
            case Hours(count, Clock() as clock):
                at = _at(first, clock, context)
                return Interval(at - timedelta(hours=count), at)
    except OverflowError:
        return None
    return None


def later(interval: Interval, context: Context) -> bool:
    """Whether hours begin only after the hour of publication, where that is known."""
    at, start = context.published_at, interval.start
    if at is None or not isinstance(start, datetime) or (at.tzinfo is None) != (start.tzinfo is None):
        return False
    return start > at


def back(interval: Interval, days: int) -> Interval:
    """The same hours so many days before."""
    return _moved(interval, timedelta(days=-days))


def not_later(value: Value, interval: Interval | None, context: Context, tense: Tense | None) -> Interval | None:
    """The hours of a weekday, a week earlier where they had not come at publication: "on Saturday evening" said that morning."""
    if interval is None or tense == "future" or not isinstance(value, OfDay) or not isinstance(value.day, Calendar):
        return interval
    weekday = value.day.weekday is not None and value.day.month is None and value.day.which is None
    return back(interval, 7) if weekday and later(interval, context) else interval


def zone_of(name: str | int | None) -> tzinfo | None:
    """The zone of an IANA name or of so many minutes ahead of UTC; none where no day has so many ("UTC-99")."""
    if isinstance(name, int):
        return timezone(timedelta(minutes=name)) if timedelta(minutes=abs(name)) < ONE_DAY else None
    return None if name is None else named_zone(name)


def _at(midnight: datetime, clock: Clock, context: Context) -> datetime:
    zone = zone_of(clock.zone) or context.text_zone
    at = midnight + timedelta(minutes=clock.minute)
    return at if zone is None else _in_zone(at.replace(tzinfo=zone), context)
