"""What follows from the times of a text: when it was written, how far an open time reaches, which dates are wrong."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from truceline.grounding.times.calendar import ONE_DAY, add_months, day_of
from truceline.grounding.times.find import IMPOSSIBLE, TWO_READINGS, WEEKDAY_DIFFERS
from truceline.grounding.times.vocabulary import TimeWords, load_time_words
from truceline.model import Flag, Moment, Time
from truceline.reading.words import ParsedText


class Window(NamedTuple):
    """When a text was written, as far as it says itself; ``end`` is excluded, and None where nothing bounds it.

    Both are None where the text ties itself to a month but names no year.
    """

    start: date | None
    end: date | None
    reason: str


_WHY = {
    IMPOSSIBLE: ("impossible_date", "no such day exists"),
    TWO_READINGS: ("ambiguous_date", "day and month can be read either way round"),
    WEEKDAY_DIFFERS: ("weekday_differs", "the weekday named is not that of the date"),
}


def time_flags(times: Sequence[Time]) -> tuple[Flag, ...]:
    """A flag for each date that does not exist, can be read in two ways, or has another weekday than the text says."""
    return tuple(
        Flag(kind, time.span, time.text, why) for time in times for mark, (kind, why) in _WHY.items() if mark in time.by
    )


def undated_flag(parsed: ParsedText, times: Sequence[Time], words: TimeWords | None = None) -> Flag | None:
    """For a text without a publication time: the window it implies, with the reason, or that its times stay open."""
    window = implied_window(parsed, times, words)
    if window is not None:
        bounds = [f"from {window.start}"] if window.start else []
        bounds += [f"before {window.end}"] if window.end else []
        when = f"written {' and '.join(bounds)}: " if bounds else ""
        return Flag("undated", None, None, f"no publication date; {when}{window.reason}")
    if any(time.start is None for time in times):
        return Flag(
            "undated", None, None, "no publication date, and the text implies none; its relative times stay open"
        )
    return None


def extent(time: Time, published: date | datetime | None = None) -> tuple[Moment | None, Moment | None]:
    """The stretch a time opens or closes: "since 10 November" from then to publication, "until Friday" up to its end.

    A bound that neither the text nor publication gives is None. Times that open nothing are returned as they are.
    """
    relation = time.by.rpartition(", ")[2] if ", " in time.by else ""
    match relation:
        case "since" | "from":
            return time.start, _after(published)
        case "after":
            return time.end, _after(published)
        case "until" | "by" | "as of":
            return None, time.end
        case "before":
            return None, time.start
    return time.start, time.end


def _after(published: date | datetime | None) -> Moment | None:
    return published + ONE_DAY if published is not None and not isinstance(published, datetime) else published


def implied_window(parsed: ParsedText, times: Sequence[Time], words: TimeWords | None = None) -> Window | None:
    """The time of writing that an undated text implies; None where it implies nothing.

    "Last month's agreement", where the text dates the agreement to 10 November, was written in December: of the year
    named, if one is. Failing that, a text is not older than the last full date it tells of.
    """
    return _month_after(parsed, times, words or _shipped()) or _not_before(times)


@lru_cache(maxsize=1)
def _shipped() -> TimeWords:
    return load_time_words()


def _month_numbers(words: TimeWords) -> Mapping[str, int]:
    """Names and abbreviations of months -> number, full names first."""
    found = sorted(
        (kind, word, value) for word, (kind, value) in words.words.items() if kind in {"MONTH", "SHORT_MONTH"}
    )
    return {word: value for _, word, value in found if isinstance(value, int)}


def _months_on(time: Time, words: TimeWords) -> int | None:
    """How many months writing is after the month meant: 1 for "last month", 0 for "this month", -1 for "next month"."""
    known = [words.words.get(word, ("", 0)) for word in time.text.lower().split()]
    if len(known) != 2 or known[0][0] not in {"LAST", "THIS", "NEXT"} or known[1][0] != "MONTHS":
        return None
    return -int(known[0][1])


def _month_after(parsed: ParsedText, times: Sequence[Time], words: TimeWords) -> Window | None:
    months = _month_numbers(words)
    for time in times:
        offset = _months_on(time, words)
        if time.start is not None or offset is None:
            continue
        nouns = _qualified(parsed, time)
        for dated in times:
            month = _month_named(parsed, dated, months)
            if (
                month is None
                or dated is time
                or not (nouns & _qualified(parsed, dated) or _only_month(parsed, times, month, months))
            ):
                continue
            wanted = (month + offset - 1) % 12 + 1
            named = next(name for name, number in months.items() if number == wanted).title()
            because = f"“{time.text}” and “{dated.text}” name one month, so it was written in {named}"
            if dated.start is None:
                return Window(None, None, because + "; the text gives no year")
            first = add_months(day_of(dated.start), offset)
            return Window(first, add_months(first, 1), because)
    return None


def _qualified(parsed: ParsedText, time: Time) -> set[str]:
    """Lemmas of the nouns that a time is said of: those above it in its sentence, up to three steps."""
    lemmas = set()
    for i in parsed.covering(time.span):
        for _, above in zip(range(4), parsed.ancestors(i), strict=False):
            if parsed.words[above].pos == "NOUN":
                lemmas.add(parsed.words[above].lemma)
    return lemmas - {parsed.words[i].lemma for i in parsed.covering(time.span)}


def _month_named(parsed: ParsedText, time: Time, months: Mapping[str, int]) -> int | None:
    """The month of a date that names one, read off the date or, without a year, off its words."""
    if not time.by.startswith(("calendar day", "month")):
        return None
    if time.start is not None:
        return time.start.month
    lowers = (parsed.words[i].lower.rstrip(".") for i in parsed.covering(time.span))
    return next((months[lower] for lower in lowers if lower in months), None)


def _only_month(parsed: ParsedText, times: Sequence[Time], month: int, months: Mapping[str, int]) -> bool:
    return {m for t in times if (m := _month_named(parsed, t, months)) is not None} == {month}


def _not_before(times: Sequence[Time]) -> Window | None:
    told = [
        t
        for t in times
        if t.end is not None and t.by.startswith(("calendar day", "ISO date", "clock time", "part of day")) and _past(t)
    ]
    if not told:
        return None
    last = max(told, key=lambda t: day_of(t.start) if t.start else date.min)
    assert last.start is not None
    return Window(day_of(last.start), None, f"it tells of “{last.text}”, so it was written then or later")


def _past(time: Time) -> bool:
    return not time.by.endswith((", until", ", by", ", before", ", from"))
