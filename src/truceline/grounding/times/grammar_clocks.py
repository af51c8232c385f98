"""Clock times and parts of the day."""

import re

from truceline.grounding.times.cascade import Found, Rule
from truceline.grounding.times.values import Clock, OfDay, Part, Range, Shift, Value

_NAMED_ZONE = "(?:(?P<z>ZONE) TIME?|(?P<z2>ZONE_PLACE) TIME|(?P<z3>OFFSET)|LOCAL TIME?)"
_BRACKETED_ZONE = _NAMED_ZONE.replace("<z", "<k")
_ZONE = f"(?: OPEN {_BRACKETED_ZONE} CLOSE | HOUR? {_NAMED_ZONE} (?: OPEN OFFSET CLOSE)? | HOUR)"
# What stands before a bare group of four digits that is a time.
_BEFORE_DIGITS = frozenset(
    {"AT", "FROM", "TO", "UNTIL", "BETWEEN", "AND", "SINCE", "BY", "ABOUT", "BEFORE", "AFTER", "AS_OF"}
)
_AFTERNOON = frozenset({"afternoon", "evening", "dusk"})
_AFTER_SIX = frozenset({"night"})


def zone(found: Found) -> str | int | None:
    """The zone named beside a clock time: an IANA name, or minutes ahead of UTC."""
    for group in ("z3", "k3"):
        match = re.search(r"([+\-−–])\s?(\d{1,2}):?(\d{2})?", str(found.value(group)))
        if match:
            minutes = int(match[2]) * 60 + int(match[3] or 0)
            return minutes if match[1] == "+" else -minutes
    values = (found.value(group) for group in ("z", "z2", "k", "k2") if found.has(group))
    return next((value for value in values if isinstance(value, str | int)), None)


def _minute(token: object) -> int | None:
    """Minutes after midnight of ``20:40``; None for what is a ratio or a score."""
    hour, minute = (int(part) for part in re.split(r"[:.]", str(token))[:2])
    return hour * 60 + minute if hour <= 24 and minute < 60 and hour * 60 + minute <= 1440 else None


def _twelve(minute: int, afternoon: int) -> int | None:
    return minute % 720 + afternoon * 60 if minute < 780 else None


def _clock(found: Found) -> Value | None:
    minute = _minute(found.value("c"))
    if minute is not None and found.has("ap"):
        minute = _twelve(minute, found.number("ap"))
    if minute is None or (found.before() in {"HYPHEN", "OTHER"} and found.before(2) not in {"CLOCK", "XCLOCK"}):
        return None
    return Clock(minute, zone(found))


def _hour(found: Found) -> Value | None:
    hour = found.number("h")
    if not 1 <= hour <= 12:
        return None
    if found.has("p"):
        part = str(found.value("p"))
        late = part in _AFTERNOON or (part in _AFTER_SIX and hour >= 6)
        return Clock(hour % 12 * 60 + (720 if late else 0), zone(found))
    minute = _twelve(hour * 60, found.number("ap")) if found.has("ap") else hour * 60
    return None if minute is None else Clock(minute, zone(found))


def _spoken(found: Found) -> Value | None:
    """ "half past six", "a quarter to nine in the evening"."""
    hour = found.number("h")
    if not 1 <= hour <= 12:
        return None
    minute = 30 if found.kind("u") == "HALF" else 15
    part = str(found.value("p"))
    late = found.number("ap") > 0 or part in _AFTERNOON or (part in _AFTER_SIX and hour >= 6)
    start = hour % 12 * 60 + (720 if late else 0)
    return Clock((start + (minute if found.kind("way") == "PAST" else -minute)) % 1440)


def _digits(found: Found) -> Value | None:
    atom = found.nodes[found.groups["q"]]
    hour, minute = divmod(int(found.parsed.text[atom.start : atom.end]), 100)
    marked = found.last > found.groups["q"]
    if hour > 24 or minute > 59 or not (marked or (found.kind("q") == "HHMM" and found.before() in _BEFORE_DIGITS)):
        return None
    return Clock(hour * 60 + minute, zone(found))


def _hours(found: Found) -> Value | None:
    first, last = found.number("a"), found.number("b")
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    afternoon = found.number("ap")
    end = last % 12 * 60 + afternoon * 60
    start = first % 12 * 60 + afternoon * 60
    return Range(Clock(start if start < end else first % 12 * 60, zone(found)), Clock(end, zone(found)))


def _part(found: Found) -> Value | None:
    if found.before() == "EVERY":
        return None
    name = str(found.value("p"))
    phase = found.value("ph")
    return Part(
        f"{phase} {name}"
        if phase and name not in {"small hours", "midday", "dawn", "dusk", "daytime", "overnight"}
        else name
    )


CLOCKS = [
    Rule("clock time", f"(?P<c>CLOCK) (?P<ap>AMPM)? {_ZONE}?", _clock),
    Rule("clock time", f"(?P<c>DOTTED) (?P<ap>AMPM) {_ZONE}?", _clock),
    Rule("clock time", f"(?P<c>DOTTED) {_ZONE}", _clock),
    Rule("clock time", f"(?P<h>DAYNUM) (?P<ap>AMPM) {_ZONE}?", _hour),
    Rule(
        "clock time",
        "(?P<u>HALF|QUARTER) (?P<way>PAST|TO) (?P<h>NUMBER|DAYNUM) (?:IN THE (?P<p>PART)|(?P<ap>AMPM))?",
        _spoken,
    ),
    Rule("clock time", f"(?P<h>DAYNUM|NUMBER) OCLOCK (?:IN THE (?P<p>PART))? {_ZONE}?", _hour),
    Rule(
        "clock time",
        f"(?P<h>DAYNUM|NUMBER) IN THE (?P<p>PART) {_ZONE}?",
        lambda f: _hour(f) if f.before() in {"AT", "ABOUT", "BY", "UNTIL", "SINCE"} else None,
    ),
    Rule("clock time", f"(?P<q>HHMM|YEAR) {_ZONE}", _digits),
    Rule("clock time", "(?P<q>HHMM)", _digits),
    Rule("clock time", f"(?P<w>CLOCKWORD) {_ZONE}?", lambda f: Clock(f.number("w"), zone(f))),
    Rule(
        "run of clock times",
        f"(?:BETWEEN (?P<a>DAYNUM) AND|FROM? (?P<a2>DAYNUM) TILL) (?P<b>DAYNUM) (?P<ap>AMPM) {_ZONE}?",
        lambda f: _hours(_either(f)),
    ),
    Rule("part of day", "(?: (?P<ph>PHASE) HYPHEN? (?:IN|AT|OF|THAT)? THE?)? (?P<p>PART)", _part),
    Rule("part of day", "(?P<ph>PHASE) (?:IN|AT) THE (?P<day>DAY)", lambda f: Part(f"{f.value('ph')} day")),
    Rule("part of day", "(?P<p>OVERNIGHT)", _part),
    Rule("part of day", "(?P<p>TONIGHT)", lambda f: OfDay(Part(str(f.value("p"))), Shift("day", 0))),
]


def _either(found: Found) -> Found:
    """The same match, its first number under ``a`` whichever branch it came from."""
    groups = dict(found.groups)
    groups.setdefault("a", groups.get("a2", 0))
    return Found(found.nodes, found.first, found.last, groups, found.parsed)
