"""Finding the times of a text and putting them on the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from truceline.grounding.times.atoms import Atom, scan
from truceline.grounding.times.calendar import ONE_DAY, Interval
from truceline.grounding.times.cascade import Made, symbol_of
from truceline.grounding.times.context import Context, Impossible, Unlikely
from truceline.grounding.times.events import Dated, day_from_event, event_after
from truceline.grounding.times.grammar import stages
from truceline.grounding.times.placing import back, hours_on, later, not_later, place, zone_of
from truceline.grounding.times.story import Story
from truceline.grounding.times.tense import governing_word, tense_around
from truceline.grounding.times.values import Calendar, Clock, FromEvent, Hours, OfDay, Part, Range, Value
from truceline.grounding.times.vocabulary import TimeWords
from truceline.model import Span, Time
from truceline.reading.words import ParsedText

IMPOSSIBLE = "impossible date"
TWO_READINGS = "two readings"
WEEKDAY_DIFFERS = "weekday differs"

_RELATIONS = {
    "SINCE": "since",
    "UNTIL": "until",
    "BY": "by",
    "BEFORE": "before",
    "AFTER": "after",
    "AS_OF": "as of",
    "FROM": "from",
}
# Letters between "two days after" and the word for what happened, beyond which that word is left out of the expression.
_LONGEST_EVENT = 60
_FIRST_YEAR, _LAST_YEAR = 1000, 9000
_ZONES = frozenset({"ZONE", "ZONE_PLACE"})
# Parts of the day that stand for a certain one only after these; "at night" is any night.
_POINTS = frozenset({"dawn", "dusk", "midday"})


@dataclass(slots=True)
class _Finding:
    """An expression on its way to a ``Time``."""

    by: str
    value: Value
    span: Span
    core: Span  # without "since", "until" and their like
    sentence: int
    interval: Interval | None = None
    done: bool = False


def find_times(
    parsed: ParsedText, *, published: date | datetime | None, zone: tzinfo | None = None, words: TimeWords
) -> tuple[Time, ...]:
    """The times a text names, in text order, none overlapping.

    Args:
        parsed: The text.
        published: When it came out; None leaves what depends on it unresolved.
        zone: Zone of the clock times that name none, and of all that are returned; by default that of ``published``.
        words: The vocabulary, from ``load_time_words``.
    """
    nodes = scan(parsed, words)
    for stage in stages():
        nodes = stage.rewrite(nodes, parsed)
    findings = _findings(nodes, parsed, words)
    context = _context(published, zone, words)
    context.text_zone = _zone_of_text(nodes)
    _resolve_days(findings, parsed, context)
    _resolve_events(findings, parsed)
    _resolve_clocks(findings, parsed, context)
    return tuple(_time(finding, parsed) for finding in findings if finding.done)


def _context(published: date | datetime | None, zone: tzinfo | None, words: TimeWords) -> Context:
    if published is not None and not _FIRST_YEAR <= published.year <= _LAST_YEAR:
        published = None  # no press of that year; counting from it would leave the calendar
    if not isinstance(published, datetime):
        return Context(words, published, None, zone)
    if zone is not None:
        published = published.astimezone(zone) if published.tzinfo else published.replace(tzinfo=zone)
    return Context(words, published.date(), published, published.tzinfo)


def _zone_of_text(nodes: Sequence[Atom]) -> tzinfo | None:
    """The zone of a bulletin's "all times in EET"."""
    for i, node in enumerate(nodes):
        if node.kind == "ALL_TIMES":
            return next(
                (zone_of(n.value) for n in nodes[i + 1 : i + 3] if isinstance(n.value, int | str) and n.kind in _ZONES),
                None,
            )
    return None


def _findings(nodes: Sequence[Atom], parsed: ParsedText, words: TimeWords) -> list[_Finding]:
    findings = []
    for i, node in enumerate(nodes):
        made = node.value
        if not isinstance(made, Made) or not _stands(nodes, i, made.value):
            continue
        by, start, value = made.by, node.start, made.value
        if isinstance(value, Range) and by == "run of days" and _moved(node, parsed, words):
            by, value = "new date", value.last
        before = nodes[i - 1] if i else None
        if before is not None and before.kind == "THE" and i > 1:
            before = nodes[i - 2]
        if before is not None and before.kind in _RELATIONS and _governs(before, node, parsed):
            by, start = f"{by}, {_RELATIONS[before.kind]}", before.start
        inside = parsed.covering((node.start, node.end))
        findings.append(
            _Finding(
                by,
                value,
                (start, node.end),
                (node.start, node.end),
                parsed.words[inside[0]].sentence if inside else -1,
            )
        )
    return findings


def _stands(nodes: Sequence[Atom], i: int, value: Value) -> bool:
    """Whether a value is a time of its own: quantities are not, and parts of the day only where one day is meant."""
    if isinstance(value, Hours):
        return False
    if not isinstance(value, Part):
        return True
    before = nodes[i - 1].kind if i else "BREAK"
    earlier = nodes[i - 2].kind if i > 1 else "BREAK"
    if " " in value.name or value.name == "overnight":
        return not (value.name == "small hours" and before not in {"THE", "IN"})
    if value.name in _POINTS:
        return before in {"AT", "BY", "BEFORE", "AFTER", "UNTIL", "SINCE", "AROUND", "ABOUT"} or before == "IN"
    return before == "THE" and earlier in {"IN", "BY", "UNTIL", "SINCE"} and not _followed_by_noun(nodes, i)


def _followed_by_noun(nodes: Sequence[Atom], i: int) -> bool:
    return i + 1 < len(nodes) and nodes[i + 1].kind == "OF"


def _moved(node: Atom, parsed: ParsedText, words: TimeWords) -> bool:
    """Whether "from 15 to 25 November" is no run of days but a date put off to another."""
    inside = parsed.covering((node.start, node.end))
    first = parsed.words[inside[0]] if inside else None
    if first is None or first.dep != "prep":
        return False
    verb = parsed.words[first.head]
    kinds = {parsed.words[i].dep for i in verb.children}
    return verb.lemma in words.tense.moved and bool(kinds & {"nsubjpass", "auxpass", "dobj"})


def _governs(before: Atom, node: Atom, parsed: ParsedText) -> bool:
    """Whether a preposition takes the expression itself, not a noun it qualifies ("after Thursday's ruling")."""
    top = governing_word(parsed, (node.start, node.end))
    if top is None:
        return False
    governors = parsed.covering((before.start, before.end))
    return top.head in governors or (top.head == top.i and top.i - 1 in governors)


def _resolve_days(findings: list[_Finding], parsed: ParsedText, context: Context) -> None:
    """All that names its day, in text order; what comes first may anchor what follows."""
    context.dated = next((d for f in findings if (d := _full_date(f.value))), None)
    story = Story(parsed, context.published.year if context.published else None)
    for finding in findings:
        if isinstance(finding.value, Clock | FromEvent | Part) or _lacks_day(finding.value):
            continue
        told = story.told(finding.value, finding.span, finding.sentence)
        if told is not finding.value:
            finding.value, finding.by = told, f"{finding.by}: year of the paragraph"
        tense = tense_around(parsed, finding.core, context.words.tense)
        context.notes.clear()
        try:
            finding.interval = place(finding.value, context, tense)
        except Unlikely:
            continue
        except Impossible:
            finding.by = IMPOSSIBLE
        finding.done = True
        finding.interval = not_later(finding.value, finding.interval, context, tense)
        if context.notes:
            finding.by = f"{finding.by}: {context.notes[0]}"
        _remember(finding, context)


def _resolve_events(findings: list[_Finding], parsed: ParsedText) -> None:
    """What is counted from an event, once all else that names its day is on the calendar."""
    for i, finding in enumerate(findings):
        if not isinstance(finding.value, FromEvent):
            continue
        event = event_after(parsed, finding.core)
        if event is None:
            continue
        others = (f for f in findings if f.interval is not None and f is not finding)
        dated = [Dated(f.core, f.sentence, f.interval) for f in others if f.interval is not None]
        finding.interval = day_from_event(parsed, event, finding.value, dated)
        free = i + 1 == len(findings) or findings[i + 1].span[0] >= event.end
        if free and event.end - finding.core[1] <= _LONGEST_EVENT:
            finding.span = (finding.span[0], event.end)
        finding.done = True


def _remember(finding: _Finding, context: Context) -> None:
    interval = finding.interval
    if interval is None:
        return
    context.last = interval
    if interval.precision not in {4, 5}:
        context.last_week = interval
    if interval.precision in {1, 2, "part_of_day", "time"}:
        context.last_day = interval
    context.dated = _full_date(finding.value) or context.dated


def _full_date(value: Value) -> date | None:
    """The first day of a date that gives year and month."""
    match value:
        case Calendar(year=int(year), month=int(month), day=day):
            try:
                return date(year, month, day or 1)
            except ValueError:
                return None
        case OfDay(day=day) if day is not None:
            return _full_date(day)
        case Range(_, last):
            return _full_date(last)
    return None


def _lacks_day(value: Value) -> bool:
    match value:
        case OfDay(day=None):
            return True
        case Range(first, _):
            return symbol_of(value) == "XCLOCKS" and isinstance(first, Clock)
    return False


def _resolve_clocks(findings: list[_Finding], parsed: ParsedText, context: Context) -> None:
    """What names an hour but no day takes that of its sentence, else the last one named, else that of publication."""
    today = Interval(context.published, context.published + ONE_DAY) if context.published else None
    last: Interval | None = None
    for i, finding in enumerate(findings):
        if finding.done:
            if finding.interval is not None and finding.interval.precision in {1, "part_of_day", "time"}:
                last = finding.interval
            continue
        value = finding.value
        time = value.time if isinstance(value, OfDay) else value
        if not (isinstance(value, Clock | Part) or _lacks_day(value)):
            continue
        day = _day_beside(findings, i) or (today if isinstance(time, Hours) else last) or last or today
        finding.done = True
        if day is None:
            continue
        ahead = tense_around(parsed, finding.core, context.words.tense) == "future"
        if ahead and today is not None and day.last_day < today.first_day:
            day = today  # what is to come is not on a day gone by
        one = Interval(day.first_day, day.first_day + ONE_DAY)
        if isinstance(time, Part) and time.name == "overnight" and day is today:
            one = Interval(one.first_day - ONE_DAY, one.first_day)
        finding.interval = hours_on(time, one, context)
        if day is today and not ahead and finding.interval is not None and later(finding.interval, context):
            finding.interval = back(finding.interval, 1)
        last = finding.interval or last


def _day_beside(findings: list[_Finding], i: int) -> Interval | None:
    """The day named nearest before it in the same sentence, else nearest after it."""
    here = findings[i].sentence

    def named(finding: _Finding) -> bool:
        return (
            finding.sentence == here
            and ", " not in finding.by
            and finding.interval is not None
            and finding.interval.precision in {1, "part_of_day", "time"}
        )

    before = next((f for f in reversed(findings[:i]) if named(f)), None)
    after = next((f for f in findings[i + 1 :] if named(f)), None)
    chosen = before or after
    return chosen.interval if chosen else None


def _time(finding: _Finding, parsed: ParsedText) -> Time:
    start, end = finding.span
    interval = finding.interval
    if interval is None:
        return Time(parsed.text[start:end], finding.span, None, None, None, finding.by)
    return Time(parsed.text[start:end], finding.span, interval.start, interval.end, interval.precision, finding.by)
