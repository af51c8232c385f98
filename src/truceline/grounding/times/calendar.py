"""Arithmetic on the calendar: half-open intervals of days, by unit and part of a unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from truceline.grounding.times.vocabulary import Phase
from truceline.model import Moment, TimePrecision

Phases = Mapping[str, Mapping[Phase, tuple[int, int]]]

ONE_DAY = timedelta(days=1)
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
"""Length of the units that are made of months."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``start`` up to but not including ``end``."""

    start: Moment
    end: Moment
    part_of_day: bool = False

    @property
    def first_day(self) -> date:
        """The day on which it starts."""
        return day_of(self.start)

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        if isinstance(self.end, datetime):
            return (self.end - timedelta(microseconds=1)).date()
        return self.end - ONE_DAY

    @property
    def precision(self) -> TimePrecision:
        """UCDP's ``date_prec`` by length, or finer than a day."""
        if isinstance(self.start, datetime) or isinstance(self.end, datetime):
            return "part_of_day" if self.part_of_day else "time"
        days = (self.end - self.start).days
        return 1 if days <= 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5


def day_of(moment: Moment) -> date:
    """The day of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment


def add_months(day: date, months: int) -> date:
    """First day of the month so many months on."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def unit_around(day: date, unit: str, shift: int = 0) -> Interval:
    """The calendar unit that holds a day, or one so many units on.

    Raises:
        ValueError, OverflowError: It lies outside of the years 1 to 9999.
    """
    if unit == "day":
        start = day + shift * ONE_DAY
        return Interval(start, start + ONE_DAY)
    if unit in {"week", "fortnight", "weekend"}:
        monday = day - timedelta(days=day.weekday())
        start = monday + timedelta(weeks=shift * (2 if unit == "fortnight" else 1))
        return (
            Interval(start + timedelta(days=5), start + timedelta(days=7))
            if unit == "weekend"
            else Interval(start, start + timedelta(days=7))
        )
    months = MONTHS_OF[unit]
    back = {"month": 0, "quarter": (day.month - 1) % 3, "year": day.month - 1}.get(unit)
    if back is None:
        back = day.month - 1 + 12 * (day.year % (months // 12))
    start = add_months(day, shift * months - back)
    return Interval(start, add_months(start, months))


def whole_years(start: int, stop: int) -> Interval:
    """From the first day of one year to that of another."""
    return Interval(date(start, 1, 1), date(stop, 1, 1))


def part_of_unit(whole: Interval, unit: str, phase: Phase | None, phases: Phases) -> Interval:
    """Early, mid or late in a week, month, year, decade or century."""
    if phase is None or unit not in phases or phase not in phases[unit]:
        return whole
    first, last = phases[unit][phase]
    start, end = day_of(whole.start), day_of(whole.end)
    if unit in {"week", "month"}:
        return Interval(start + (first - 1) * ONE_DAY, min(start + last * ONE_DAY, end))
    step = 1 if unit == "year" else 12
    return Interval(add_months(start, (first - 1) * step), min(add_months(start, last * step), end))


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th such weekday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7, weeks=n - 1)
