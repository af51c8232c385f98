"""The grammar of times: which runs of symbols are expressions, and what they mean.

Six stages. *Dates* and *clocks* read the atoms. *Counted* looks from a day to another ("two days after 10 November"), *events*
from what happened ("two days after the attack").
*Runs* joins two of a kind ("from 18:00 to 20:00"). *Moments* puts a part or time of day on its day ("late on Friday",
"20:40 on 11 December"). *Ranges* joins what is left ("from Friday night to Monday").
"""

from collections.abc import Sequence
from functools import lru_cache

from truceline.grounding.times.atoms import PLAIN
from truceline.grounding.times.cascade import Found, Made, Rule, Stage, symbols
from truceline.grounding.times.grammar_clocks import CLOCKS
from truceline.grounding.times.grammar_dates import DATES
from truceline.grounding.times.grammar_relative import RELATIVE, UNITS
from truceline.grounding.times.values import Calendar, Clock, From, FromEvent, Hours, OfDay, Part, Range, Value

WORD_CLASSES = frozenset(
    [
        "ABOUT",
        "AFTER",
        "AGO",
        "ALL_TIMES",
        "AN",
        "AND",
        "AS_OF",
        "AT",
        "BEFORE",
        "BETWEEN",
        "BY",
        "CENTURY",
        "CLOCKWORD",
        "COMING",
        "DAY",
        "DECADES",
        "EVERY",
        "FOLLOWING",
        "FOR",
        "FORTNIGHT",
        "FROM",
        "HALF",
        "HOLIDAY",
        "HOUR",
        "IN",
        "LAST",
        "LOCAL",
        "MINUTE",
        "MONTH",
        "MONTHS",
        "NEXT",
        "NUMBER",
        "OCLOCK",
        "OF",
        "ON",
        "OR",
        "ORDINAL",
        "OVERNIGHT",
        "PART",
        "PAST",
        "PHASE",
        "PREFIX",
        "PREVIOUS",
        "QUARTER",
        "RECENT",
        "SEASON",
        "SHORT_MONTH",
        "SHORT_WEEKDAY",
        "SINCE",
        "THAT",
        "THE",
        "THIS",
        "THROUGH",
        "TIME",
        "TO",
        "TODAY",
        "TONIGHT",
        "UNTIL",
        "VAGUE_PHASE",
        "WEEK",
        "WEEKDAY",
        "WEEKEND",
        "WITHIN",
        "YEARS",
    ]
)
"""Classes that the data file must give words for."""

_SCANNED = [
    "AMPM",
    "BREAK",
    "CLOCK",
    "CLOSE",
    "COLON",
    "COMMA",
    "DASH",
    "DAYNUM",
    "DECADE",
    "DOTTED",
    "HHMM",
    "HYPHEN",
    "INT",
    "ISO",
    "NTH",
    "NUMDATE",
    "OFFSET",
    "OPEN",
    "OTHER",
    "QUARTER_NO",
    "QUOTE",
    "SLASH",
    "SMALL",
    "STOP",
    "YEAR",
    "ZONE",
    "ZONE_PLACE",
]
_MADE = ["XCLOCK", "XCLOCKS", "XDATE", "XDAY", "XDAYS", "XHOURS", "XMOMENT", "XPART", "XRANGE"]

_MACROS = {
    "NUM": "(?:NUMBER|DAYNUM|SMALL|AN)",
    "NUMERAL": "(?:DAYNUM|NTH)",
    "UNIT": "(?:DAY|WEEKEND|WEEK|FORTNIGHT|MONTHS|QUARTER|YEARS|DECADES|CENTURY|HOUR|MINUTE)",
    "WHICH": "(?:LAST|THIS|NEXT)",
    "TILL": "(?:TO|THROUGH|UNTIL|HYPHEN)",
}


def _parts(found: Found, *groups: str) -> list[Value]:
    values = []
    for group in groups:
        made = found.value(group)
        if isinstance(made, Made):
            values.append(made.value)
    return values


def _run(found: Found) -> Value | None:
    first, last = _parts(found, "a", "b")
    return Range(first, last)


def _ends(found: Found) -> Value | None:
    first = _parts(found, "a") or _parts(found, "a2")
    return Range(first[0], _parts(found, "b")[0])


def _dates(found: Found) -> Value | None:
    """Without "from", only dates make a run: "put off on Friday to Monday" names two days."""
    first, last = _parts(found, "a", "b")
    dates = isinstance(first, Calendar) and isinstance(last, Calendar) and first.month and last.month
    return Range(first, last) if dates else None


def _on_day(found: Found) -> Value | None:
    """A clock time, a run of them or a part of the day, on a day or on each end of a run of days."""
    time, day = _parts(found, "t", "d")
    if isinstance(time, OfDay):
        time = time.time
    if isinstance(time, Part) and found.has("of") and time.name == "night":
        time = Part("whole night")
    if isinstance(day, Range) and not isinstance(time, Part):
        return None
    assert isinstance(time, Clock | Part | Hours | Range)
    return OfDay(time, day)


def _phase_of_day(found: Found) -> Value | None:
    phase = found.value("ph")
    day = _parts(found, "d")[0]
    if found.has("p"):
        part = _parts(found, "p")[0]
        return OfDay(Part(f"{phase} {part.name}"), day) if isinstance(part, Part) else None
    return OfDay(Part(f"{phase} day"), day)


def _hours_to(found: Found) -> Value | None:
    hours, clock = _parts(found, "h", "c")
    if not isinstance(hours, Hours) or not isinstance(clock, Clock):
        return None
    day = _parts(found, "d")
    return OfDay(Hours(hours.count, clock), day[0] if day else None)


def _counted_from(found: Found) -> Value | None:
    day = _parts(found, "d")[0]
    if isinstance(day, Range) or (found.kind("which") in {"OF", "FROM"}) != (
        found.kind("u") in {"WEEK", "WEEKEND"} and not found.has("n")
    ):
        return None
    count = found.number("which") * (found.number("n") or 1)
    return From(day, UNITS[found.kind("u")], count)


def _from_event(found: Found) -> Value | None:
    if found.number("u") > 1 and not found.has("n"):
        return None
    return FromEvent(UNITS[found.kind("u")], found.number("dir") * (found.number("n") or 1))


_EVENTS = [
    Rule(
        "counted from an event",
        "(?:THE|(?P<n>NUM)) (?P<u>DAY|WEEK|FORTNIGHT|MONTHS|YEARS|HOUR|MINUTE) (?P<dir>BEFORE|AFTER)"
        " (?! THE? (?:XDAY|XDAYS|XDATE|XCLOCK|XCLOCKS|XPART|XMOMENT|XRANGE|STOP|COMMA|BREAK|QUOTE))",
        _from_event,
    ),
]

_RUNS = [
    Rule(
        "run of clock times",
        "(?:BETWEEN ABOUT? (?P<a>XCLOCK) AND|(?:FROM ABOUT?)? (?P<a2>XCLOCK) TILL) ABOUT? (?P<b>XCLOCK)",
        _ends,
    ),
    Rule(
        "run of days",
        "(?:BETWEEN THE? (?P<a>XDAY) AND|FROM THE? (?P<a2>XDAY) TILL) THE? (?P<b>XDAY)(?! XPART| AT)",
        _ends,
    ),
    Rule("run of days", "(?P<a>XDAY) TO (?P<b>XDAY)(?! XPART| AT)", _dates),
    Rule("run of days", "(?P<a>XDAY) (?:THROUGH|HYPHEN) (?P<b>XDAY)(?! XPART| AT)", _run),
]


_MOMENTS = [
    Rule("part of day", "(?P<t>XPART) (?:(?P<of>OF)|COMMA|ON|FROM|BETWEEN)? THE? (?P<d>XDAYS|XDAY)", _on_day),
    Rule("part of day", "(?P<d>XDAY) COMMA? (?:(?:IN|ON|AT) THE?)? (?P<t>XPART)", _on_day),
    Rule("part of day", "(?P<ph>PHASE) (?:ON|IN)? THE? (?P<d>XDAY) (?P<p>XPART)?", _phase_of_day),
    Rule("clock time", "(?P<t>XCLOCK|XCLOCKS) (?:OPEN XCLOCK CLOSE)? COMMA? ON? THE? (?P<d>XDAY) XPART?", _on_day),
    Rule("clock time", "(?P<d>XDAY) XPART? COMMA? (?:AT|BY|UNTIL)? ABOUT? (?P<t>XCLOCK|XCLOCKS)", _on_day),
    Rule(
        "hours to a clock time",
        "(?P<h>XHOURS) (?:TO|UNTIL|BEFORE) (?P<c>XCLOCK) (?: COMMA? ON? (?P<d>XDAY))?",
        _hours_to,
    ),
]

_COUNTED = [
    Rule(
        "counted from a day",
        "(?:THE|THIS|(?P<n>NUM)) (?P<u>DAY|WEEK|WEEKEND|MONTHS|YEARS) (?P<which>BEFORE|AFTER|OF|FROM)"
        " (?P<d>XDAY|XDAYS) (?! QUOTE)",
        _counted_from,
    ),
]

_ENDS = "(?:XMOMENT|XDAY|XDATE)"
_RANGES = [
    Rule("range", f"BETWEEN THE? (?P<a>{_ENDS}) AND THE? (?P<b>{_ENDS})", _run),
    Rule("range", f"FROM THE? (?P<a>{_ENDS}) (?:TO|UNTIL|THROUGH|HYPHEN) THE? (?P<b>{_ENDS})", _run),
    Rule("range", f"(?P<a>{_ENDS}) (?:HYPHEN|THROUGH) (?P<b>{_ENDS})", _run),
]


@lru_cache(maxsize=1)
def stages() -> Sequence[Stage]:
    """The compiled stages, in order."""
    known = symbols([*WORD_CLASSES, *_SCANNED, *_MADE, PLAIN])
    return tuple(
        Stage(rules, known, _MACROS)
        for rules in ([*DATES, *RELATIVE, *CLOCKS], _COUNTED, _EVENTS, _RUNS, _MOMENTS, _RANGES)
    )
