"""Dates by name or number: days, months, years, decades, centuries, seasons, feasts."""

from truceline.grounding.times.cascade import Found, Rule
from truceline.grounding.times.values import (
    Calendar,
    Exact,
    Holiday,
    Portion,
    Range,
    Season,
    Shift,
    TwoReadings,
    Value,
    Which,
    Years,
)
from truceline.grounding.times.vocabulary import Phase

_WHICH: dict[str, Which] = {"LAST": -1, "THIS": 0, "NEXT": 1}
# "of that year" counts from the text, "of last year" from publication.
YEAR_SHIFT = "(?:COMMA? OF? (?P<shift>LAST|THIS|NEXT|THAT|FOLLOWING|PREVIOUS) YEARS)"
_PHASE = "(?:(?P<ph>PHASE) HYPHEN? (?:OF|IN)? THE?)?"
_NOT_CLOCK = "(?! AMPM| OCLOCK| HYPHEN DAY)"


def which(found: Found, group: str = "which") -> Which | None:
    """last, this or next, as a number."""
    return _WHICH.get(found.kind(group))


def phase(found: Found) -> Phase | None:
    """early, mid or late."""
    value = found.value("ph")
    return value if value in ("early", "mid", "late") else None


def year(found: Found) -> int | Shift | None:
    """The year, given or counted from an anchor."""
    if found.has("y"):
        return found.number("y")
    if found.has("shift"):
        in_text = found.kind("shift") in {"THAT", "FOLLOWING", "PREVIOUS"}
        return Shift("year", found.number("shift"), "text" if in_text else "published")
    return None


def _day(found: Found) -> Value | None:
    if found.before() == "EVERY":
        return None
    if found.has("d") and found.first == found.groups["m"] and found.before() == "IN" and found.counts("d"):
        return (
            Calendar(month=found.number("m")) if found.last == found.groups["m"] else None
        )  # "in December 12 soldiers died"
    return Calendar(
        year(found), found.number("m"), found.number("d"), found.number("w") if found.has("w") else None, which(found)
    )


def _nth(found: Found) -> Value | None:
    """ "on the 14th", but not "on the 14th floor"."""
    atom = found.nodes[found.groups["d"]]
    words = [found.parsed.words[i] for i in found.parsed.covering((atom.start, atom.end))]
    return Calendar(day=found.number("d")) if words and all(word.head < word.i for word in words) else None


def _days(found: Found) -> Value | None:
    first = Calendar(year(found), found.number("m"), found.number("a"), found.number("w") if found.has("w") else None)
    return Range(first, Calendar(year(found), found.number("m"), found.number("b")))


def _month(found: Found) -> Value | None:
    if found.before() == "EVERY":
        return None
    return Calendar(year(found), found.number("m"), which=which(found), phase=phase(found))


def _iso(found: Found) -> Value | None:
    stamp = str(found.value("t"))
    return Exact(stamp) if "T" in stamp else Calendar(int(stamp[:4]), int(stamp[5:7]), int(stamp[8:10]))


def _numeric(found: Found) -> Value | None:
    token = str(found.value("t"))
    mark = "/" if "/" in token else "."
    a, b, c = (int(part) for part in token.split(mark))
    if a > 31:
        return Calendar(a, b, c)
    full = c + 2000 if c < 70 else c + 1900 if c < 100 else c
    if mark == "." or a == b or a > 12:
        return Calendar(full, b, a)
    return Calendar(full, a, b) if b > 12 else TwoReadings(Calendar(full, b, a), Calendar(full, a, b))


_BEFORE_YEAR = frozenset(
    {
        "IN",
        "SINCE",
        "UNTIL",
        "BY",
        "OF",
        "BEFORE",
        "AFTER",
        "FROM",
        "BETWEEN",
        "AND",
        "TO",
        "OPEN",
        "COMMA",
        "OR",
        "FOR",
        "ON",
        "AT",
        "ABOUT",
        "THROUGH",
    }
)


def _year(found: Found) -> Value | None:
    """A bare year; numbers that count, name or price something are not."""
    value = Calendar(found.number("y"), phase=phase(found))
    if phase(found) or found.has("word"):
        return value
    after = found.after()
    if after in {"OTHER", "HYPHEN", "HOUR", "DAYNUM", "SMALL"} or (
        found.before() == "HYPHEN" and found.before(2) != "PREFIX"
    ):
        return None
    words = found.parsed.words
    atom = found.nodes[found.first]
    for i in found.parsed.covering((atom.start, atom.end))[:1]:
        previous = words[i - 1] if i else None
        if (
            previous is not None
            and found.before() not in _BEFORE_YEAR
            and (previous.tag in {"NNP", "NN", "IN", "CD", "$"})
        ):
            return None
        determined = previous is not None and previous.tag in {"DT", "PRP$", "POS", "JJ", "VBG", "RB"}
        if found.counts("y") and not determined:
            return None
        if found.before() == "FOR" and words[i].dep == "nummod":
            return None
    return value


def _years(found: Found) -> Value | None:
    first, last = found.number("a"), found.number("b")
    if found.kind("b") != "YEAR":
        last += first // 100 * 100
    return Range(Calendar(first), Calendar(last)) if first < last else None


def _decade(found: Found) -> Value | None:
    digits = "".join(c for c in str(found.value("t")) if c.isdigit())
    start = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return Years(start, start + (100 if start % 100 == 0 and start < 2000 else 10), phase(found))


def _century(found: Found) -> Value | None:
    n = found.number("n")
    return Years(n * 100 - 100 or 1, n * 100, phase(found)) if 1 <= n <= 30 else None


def _weekday(found: Found) -> Value | None:
    if found.before() == "EVERY" or (found.before() == "EVERY" and found.before(2) == "ON"):
        return None
    if found.has("week"):
        shift = {"LAST": -1, "THIS": 0, "NEXT": 1, "FOLLOWING": 1, "PREVIOUS": -1, "THAT": 0}[found.kind("week")]
        in_text = found.kind("week") in {"FOLLOWING", "PREVIOUS", "THAT"}
        return Shift("week", shift, "text" if in_text else "published", weekday=found.number("w"))
    return Calendar(weekday=found.number("w"), which=-1 if found.has("past") else which(found))


def _season(found: Found) -> Value | None:
    given = year(found)
    if (
        given is None
        and not found.has("which")
        and not (found.before() == "THE" and found.before(2) in {"IN", "SINCE", "UNTIL", "BY"})
    ):
        return None
    return Season(found.number("s"), given, which(found), phase(found))


def _portion(found: Found) -> Value | None:
    unit = {"QUARTER": "quarter", "HALF": "half", "WEEK": "week"}[found.kind("u")]
    month = found.number("m") if found.has("m") else None
    if unit == "week" and month is None:
        return None
    given = year(found)
    if given is None and month is None:
        given = Shift("year", 0)
    return Portion(unit, found.number("n"), given, month)  # type: ignore[arg-type]  # one of the three


_OF_YEAR = f"(?:COMMA? OF? (?P<y>YEAR)|{YEAR_SHIFT})"

DATES = [
    Rule("ISO date", "(?P<t>ISO)", _iso),
    Rule("numeric date", "(?P<t>NUMDATE)", _numeric),
    Rule("calendar day", f"(?:(?P<w>WEEKDAY) COMMA? ON?)? THE? (?P<d>NUMERAL) OF? (?P<m>MONTH) {_OF_YEAR}?", _day),
    Rule(
        "calendar day",
        f"(?:(?P<w>WEEKDAY) COMMA? ON?)? (?P<which>WHICH)? (?P<m>MONTH) THE? (?P<d>NUMERAL) {_NOT_CLOCK} {_OF_YEAR}?",
        _day,
    ),
    Rule(
        "calendar day",
        "(?P<m>MONTH) NUMERAL (?: COMMA NUMERAL)* COMMA? AND (?P<span>(?P<d>NUMERAL) (?: COMMA? (?P<y>YEAR))?)",
        lambda f: None if f.counts("d") else _day(f),
    ),
    Rule(
        "calendar day",
        "(?P<span>(?P<d>NUMERAL))"
        "(?= (?:COMMA NUMERAL)* COMMA? AND THE? NUMERAL OF? (?P<m>MONTH) (?:COMMA? (?P<y>YEAR))?)",
        lambda f: None if f.before() == "BETWEEN" else _day(f),
    ),
    Rule(
        "run of days",
        f"(?:(?P<w>WEEKDAY) COMMA?)? FROM? THE? (?P<a>NUMERAL) TILL THE? (?P<b>NUMERAL) OF? (?P<m>MONTH) {_OF_YEAR}?",
        _days,
    ),
    Rule("run of days", f"BETWEEN THE? (?P<a>NUMERAL) AND THE? (?P<b>NUMERAL) OF? (?P<m>MONTH) {_OF_YEAR}?", _days),
    Rule("run of days", f"FROM? (?P<m>MONTH) (?P<a>NUMERAL) TILL (?P<b>NUMERAL) {_NOT_CLOCK} {_OF_YEAR}?", _days),
    Rule("run of days", f"BETWEEN (?P<m>MONTH) (?P<a>NUMERAL) AND (?P<b>NUMERAL) {_NOT_CLOCK} {_OF_YEAR}?", _days),
    Rule("day of the month", "ON THE (?P<span>(?P<d>NTH)) (?! OF| MONTH| HYPHEN| CENTURY| AND)", _nth),
    Rule("month", f"{_PHASE} (?P<which>WHICH)? (?P<m>MONTH) {_OF_YEAR}?", _month),
    Rule(
        "run of years",
        "(?:FROM|BETWEEN)? (?P<a>YEAR) (?:HYPHEN|SLASH|TO|UNTIL|THROUGH) (?P<b>YEAR|DAYNUM|SMALL)",
        _years,
    ),
    Rule("run of years", "BETWEEN (?P<a>YEAR) AND (?P<b>YEAR)", _years),
    Rule("year", f"{_PHASE} (?:THE (?P<word>YEARS) OF?)? (?P<y>YEAR)", _year),
    Rule("decade", f"{_PHASE} (?P<t>DECADE)", _decade),
    Rule("century", f"{_PHASE} (?P<n>NTH|ORDINAL) HYPHEN? CENTURY", _century),
    Rule("weekday", "(?:THIS (?P<past>PAST|LAST)|(?P<which>WHICH))? (?P<w>WEEKDAY)", _weekday),
    Rule("weekday", "(?P<w>WEEKDAY) OF? (?P<week>LAST|THIS|NEXT|FOLLOWING|PREVIOUS|THAT) WEEK", _weekday),
    Rule("weekday", "(?P<week>LAST|THIS|NEXT) WEEK COMMA? ON (?P<w>WEEKDAY)", _weekday),
    Rule("season", f"{_PHASE} (?P<which>WHICH)? (?P<s>SEASON) (?:OF? (?P<y>YEAR)|{YEAR_SHIFT})?", _season),
    Rule(
        "part of year",
        f"THE? (?P<n>ORDINAL|NTH|LAST) (?P<u>QUARTER|HALF|WEEK) (?:OF (?P<m>MONTH) {_OF_YEAR}?)",
        _portion,
    ),
    Rule(
        "part of year",
        "THE? (?P<n>ORDINAL|NTH|LAST) (?P<u>QUARTER|HALF) (?:OF|IN|COMMA)?"
        "(?:(?P<y>YEAR)|(?P<shift>LAST|THIS|NEXT|THAT) YEARS|THE YEARS)",
        _portion,
    ),
    Rule(
        "part of year",
        "(?P<n>QUARTER_NO) (?:OF|COMMA)? (?P<y>YEAR)",
        lambda f: Portion("quarter", f.number("n"), f.number("y")),
    ),
    Rule(
        "feast",
        f"(?P<which>WHICH)? (?P<h>HOLIDAY) {_OF_YEAR}?",
        lambda f: Holiday(str(f.value("h")), year(f), which(f)),
    ),
]
