"""Times counted from another: from publication ("last week", "three days ago") or from the text ("the next day")."""

from truceline.grounding.times.cascade import Found, Rule
from truceline.grounding.times.grammar_dates import phase, which
from truceline.grounding.times.values import Anchor, Hours, OfDay, Part, Season, Shift, Stretch, Unit, Value, Weekend

UNITS: dict[str, Unit] = {
    "DAY": "day",
    "WEEKEND": "weekend",
    "WEEK": "week",
    "FORTNIGHT": "fortnight",
    "MONTHS": "month",
    "QUARTER": "quarter",
    "YEARS": "year",
    "DECADES": "decade",
    "CENTURY": "century",
    "HOUR": "hour",
    "MINUTE": "minute",
}
_IN_TEXT = frozenset({"FOLLOWING", "PREVIOUS", "THAT"})


def _unit(found: Found) -> Unit:
    return UNITS[found.kind("u")]


def _today(found: Found) -> Value | None:
    return Shift("day", found.number("t"))


def _shift(found: Found) -> Value | None:
    """ "last week", "the following evening", "that year", "early next month"; "the next …" counts from the text."""
    kind, count = found.kind("which"), found.number("which")
    in_text = kind in _IN_TEXT or (kind == "NEXT" and found.has("the"))
    anchor: Anchor = "text" if in_text else "published"
    if found.kind("u") in {"PART", "OVERNIGHT"}:
        return OfDay(Part(str(found.value("u"))), Shift("day", count, anchor))
    unit = _unit(found)
    if (
        found.number("u") > 1
        or unit in {"hour", "minute"}
        or (unit == "day" and kind in {"LAST", "NEXT"} and anchor == "published")
    ):
        return None
    if unit == "day" and kind == "THIS":
        return None
    if unit == "weekend" and not in_text:
        return Weekend(which(found))
    if unit == "day" and phase(found):
        return OfDay(Part(f"{phase(found)} day"), Shift("day", count, anchor))
    return Shift(unit, count, anchor, phase(found))


def _this(found: Found) -> Value | None:
    return None if found.number("u") > 1 else Shift(_unit(found), 0, "published", phase(found))


def _season(found: Found) -> Value | None:
    return Season(found.number("u"), Shift("year", found.number("which"), "text"))


def _day_before(found: Found) -> Value | None:
    count = found.number("dir")
    if found.kind("u") == "PART":
        return OfDay(Part(str(found.value("u"))), Shift("day", count, "text"))
    return None if found.number("u") > 1 else Shift(_unit(found), count, "text")


def _counted(found: Found) -> Value | None:
    """ "three weeks ago", "two days earlier"."""
    count = found.number("n") * found.number("dir")
    unit = _unit(found)
    if unit in {"decade", "century"}:  # a decade ago is a year, not the decade before this one
        unit, count = ("year" if unit == "decade" else "decade"), count * 10
    return Shift(unit, count, "published" if found.kind("dir") == "AGO" else "text")


def _stretch(found: Found) -> Value | None:
    if found.before() == "EVERY" or (found.before() == "OF" and found.before(2) == "EVERY"):
        return None
    count = found.number("n") if found.has("n") else None if found.number("u") > 1 else 1
    if found.kind("dir") not in {"RECENT", "COMING"} and count is None:
        return None
    return Stretch(_unit(found), count, "on" if found.number("dir") > 0 else "back")


_END = "(?= STOP| COMMA| BREAK| CLOSE| DASH| AND| COLON| QUOTE|$)"

RELATIVE = [
    Rule("relative day", "(?P<t>TODAY)", _today),
    Rule(
        "relative unit",
        "(?:(?P<ph>PHASE) HYPHEN? (?:IN|OF)? )? (?P<the>THE)?"
        "(?P<which>LAST|THIS|NEXT|FOLLOWING|PREVIOUS|THAT) (?P<u>UNIT|PART|OVERNIGHT)",
        _shift,
    ),
    Rule("relative unit", "VAGUE_PHASE (?:IN|ON)? THE? (?P<which>LAST|THIS|NEXT|THAT) (?P<u>UNIT)", _shift),
    Rule("relative unit", "(?P<ph>PHASE) (?:IN|OF)? THE (?P<u>WEEK|MONTHS|YEARS|DECADES|CENTURY)", _this),
    Rule("relative season", "(?P<which>THAT|FOLLOWING|PREVIOUS) (?P<u>SEASON)", _season),
    Rule("day from text", f"THE (?P<u>DAY|WEEK|MONTHS|YEARS|PART) (?P<dir>BEFORE|AFTER) {_END}", _day_before),
    Rule("counted back", "(?P<n>NUM) (?P<u>UNIT) (?P<dir>AGO)", _counted),
    Rule("counted from text", "(?P<n>NUM) (?P<u>UNIT) (?P<dir>VAGUE_PHASE)", _counted),
    Rule("counted from text", f"(?P<n>NUM) (?P<u>UNIT) (?P<dir>BEFORE|AFTER) {_END}", _counted),
    Rule("stretch", "THE? (?P<dir>LAST|PAST|NEXT|COMING|PREVIOUS) (?P<n>NUM) (?P<u>UNIT)", _stretch),
    Rule(
        "stretch",
        "(?:THE (?P<dir>PAST|COMING|LAST)|(?P<dir2>PAST))"
        "(?P<u>WEEK|FORTNIGHT|MONTHS|YEARS|DECADES|CENTURY|HOUR|DAY) (?! OF)",
        _stretch,
    ),
    Rule("vague stretch", "THE? (?P<dir>RECENT|COMING) (?P<u>DAY|WEEK|MONTHS|YEARS)", _stretch),
    Rule(
        "deadline",
        "WITHIN THE? (?:NEXT|COMING|FOLLOWING)? (?P<n>NUM) (?P<u>UNIT) (?! OF)",
        lambda f: Stretch(_unit(f), f.number("n"), "within"),
    ),
    Rule("counted on", "(?P<span>IN (?P<n>NUM) (?P<u>UNIT)) (?! OF)", lambda f: Stretch(_unit(f), f.number("n"), "in")),
    Rule(
        "weekend",
        "(?P<which>THIS|LAST|NEXT)? WEEKEND",
        lambda f: None if f.before() in {"EVERY", "AN"} else Weekend(which(f)),
    ),
    Rule(
        "hours",
        "(?:PAST|LAST|PREVIOUS)? (?P<n>NUM) (?P<u>HOUR) (?= (?:TO|UNTIL|BEFORE) )",
        lambda f: Hours(f.number("n")),
    ),
]
