"""How values are put into words for the report: days, precisions, counts, names beside what the text wrote."""

from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Literal

from truceline.model import Actor, Count, Moment, Place, Time

Toponyms = Literal["speaker", "both", "gazetteer"]
"""Which names of a place are shown; the speaker's own always is."""

_PLACE_PRECISION = {
    1: "",
    2: "near",
    3: "somewhere in the district",
    4: "somewhere in the province",
    5: "along or around",
    6: "somewhere in the country",
    7: "at sea or in the air",
}
_COARSE_TIME = {3: "a week", 4: "a month", 5: "a year or more"}


def day(moment: Moment) -> str:
    """``Sat 12 Dec 2020``, with the time of day where there is one."""
    written = f"{moment:%a} {moment.day} {moment:%b} {moment.year}"
    return f"{written} {moment:%H:%M}{_zone(moment)}" if isinstance(moment, datetime) else written


def actor(who: Actor) -> str:
    """The words of the text; the known name after them where it is another."""
    if who.name is None or who.name.casefold() in who.text.casefold():
        return _clean(who.text)
    sure = "" if who.score >= 1 else f" {who.score:.2f}"
    return f"{_clean(who.text)} [{who.name}{sure}]"


def place(where: Place, toponyms: Toponyms = "speaker", *, garbled: bool = False) -> str:
    """The speaker's toponym; behind it other names as the policy wants them, and how exact the place is.

    Args:
        where: The place.
        toponyms: ``speaker``: nothing but the name the text uses; ``both``: all that the place is called;
            ``gazetteer``: the gazetteer's name and how sure it is.
        garbled: The name is a garbled one, so that what it was read as is told whatever the policy.
    """
    known = _names(where, "gazetteer" if garbled else toponyms)
    if where.precision is not None and _PLACE_PRECISION[where.precision]:
        known.append(_PLACE_PRECISION[where.precision])
    if where.name is None:
        known.append("not in the gazetteer")
    return _clean(where.text) + (f" [{', '.join(known)}]" if known else "")


def _names(where: Place, toponyms: Toponyms) -> list[str]:
    if toponyms == "both":
        from truceline.knowledge.gazetteer import other_names

        others = other_names(where.id, where.text, where.name)
        return [f"also {' and '.join(others)}"] if others else []
    other = where.name is not None and where.name.casefold() != where.text.casefold()
    return [f"{where.name} {where.score:.2f}"] if toponyms == "gazetteer" and other else []


def time(when: Time) -> str:
    """The interval in days or hours, and the words of the text."""
    words = f"“{_clean(when.text)}”"
    if when.start is None or when.end is None:
        return f"{words} [no day can be told]"
    return f"{_interval(when.start, when.end)} {words}" + (
        f" [{_COARSE_TIME[when.precision]}]" if when.precision in _COARSE_TIME else ""
    )


def count(counted: Count) -> str:
    """``3 wounded``, ``at least 3 killed``, ``15–20 vehicles``; the words of the text where they say it otherwise."""
    low, high = counted.min, counted.max
    if low is None and high is None:
        number = "unreadable number of"
    elif high is None:
        number = f"{low:,} or more"
    elif low is None:
        number = f"up to {high:,}"
    else:
        number = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    status = "" if counted.status == "unknown" else f" ({counted.status})"
    return f"{number} {counted.what.replace('_', ' ')}{status} “{_clean(counted.text)}”"


def act(name: str | None) -> str:
    """An act of the vocabulary as words."""
    return name.replace("_", " ") if name else "no act named"


def _interval(start: Moment, end: Moment) -> str:
    if isinstance(start, datetime) and isinstance(end, datetime):
        if start.date() == end.date():
            return f"{day(start.date())} {start:%H:%M}–{end:%H:%M}{_zone(end)}"
        if end.time() == time_of_day.min and end.date() - start.date() == timedelta(days=1):
            return f"{day(start.date())} {start:%H:%M}–24:00{_zone(end)}"
        return f"{day(start)} to {day(end)}"
    last = _before(end)
    return day(start) if _date(start) == last else f"{day(start)} to {day(last)}"


def _before(end: Moment) -> date:
    """The last day of an interval whose end is exclusive."""
    return end.date() if isinstance(end, datetime) else end - timedelta(days=1)


def _date(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _zone(moment: datetime) -> str:
    offset = moment.utcoffset()
    if offset is None:
        return ""
    minutes = int(offset.total_seconds()) // 60
    if minutes == 0:
        return " UTC"
    sign, minutes = ("-" if minutes < 0 else "+"), abs(minutes)
    return f" UTC{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")


def _clean(words: str) -> str:
    return " ".join(words.split())
