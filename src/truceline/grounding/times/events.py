"""Times counted from what happened: the day that the text has told of the attack, and so many days on from it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from truceline.grounding.times.calendar import Interval, unit_around
from truceline.grounding.times.values import FromEvent
from truceline.model import Span
from truceline.reading.words import ParsedText, Word

# Shorter words are alike by chance.
_LEAST_STEM = 4
_DAYS = frozenset({1, "part_of_day", "time"})


class Dated(NamedTuple):
    """A time of the text that is on the calendar already."""

    span: Span
    sentence: int
    interval: Interval


def event_after(parsed: ParsedText, span: Span) -> Word | None:
    """The noun or verb that "two days after …" counts from; ``span`` ends with the preposition."""
    covered = parsed.covering((span[1] - 1, span[1]))
    if not covered:
        return None
    preposition = parsed.words[covered[-1]]
    for child in preposition.children:
        word = parsed.words[child]
        if word.dep in {"pobj", "pcomp"} and word.pos in {"NOUN", "VERB"}:
            return word
    head = parsed.words[preposition.head]
    return head if preposition.dep == "mark" and head.pos == "VERB" and head.i > preposition.i else None


def day_from_event(parsed: ParsedText, event: Word, value: FromEvent, dated: Sequence[Dated]) -> Interval | None:
    """So many units from the day that the text gives the event; None where it gives none.

    A date that belongs to the words for the event goes first ("the attack of 3 December"), then the last sentence before it
    that tells of the same and names a day.
    """
    base = next((d.interval for d in dated if _belongs(parsed, d, event)), None)
    if base is None:
        base = next((d.interval for d in _told(parsed, event, dated)), None)
    if base is None:
        return None
    if value.unit in {"hour", "minute"}:
        if base.precision != "time" or not isinstance(base.start, datetime):
            return None
        start = base.start + timedelta(**{f"{value.unit}s": value.count})
        return Interval(start, start + timedelta(minutes=1))
    if value.unit == "day" and base.precision not in _DAYS:
        return None
    try:
        return unit_around(base.last_day if value.count > 0 else base.first_day, value.unit, value.count)
    except (ValueError, OverflowError):  # beyond the years 1 to 9999
        return None


def _belongs(parsed: ParsedText, dated: Dated, event: Word) -> bool:
    return any(event.i in parsed.ancestors(i) for i in parsed.covering(dated.span)) and dated.span[0] > event.start


def _told(parsed: ParsedText, event: Word, dated: Sequence[Dated]) -> Iterable[Dated]:
    """Times before the event's words in whose sentence the same is told, the last sentence first, the nearest time first."""
    found = []
    for one in dated:
        if one.span[0] >= event.start or one.sentence < 0:
            continue
        sentence = parsed.sentences[one.sentence]
        times = parsed.covering(one.span)
        same = [
            word.i
            for word in parsed.words[sentence.first : sentence.last]
            if word.i < event.i and word.i not in times and _same(word, event)
        ]
        if same and times:
            found.append((-one.sentence, min(abs(i - times[0]) for i in same), one))
    return (one for _, _, one in sorted(found, key=lambda entry: entry[:2]))


def _same(word: Word, event: Word) -> bool:
    """Whether two words tell of one thing: "attack" and "attacked", "shelling" and "shelled"."""
    if word.pos not in {"NOUN", "VERB"}:
        return False
    one, other = word.lemma.lower(), event.lemma.lower()
    if one == other:
        return True
    return min(len(one), len(other)) >= _LEAST_STEM and (one.startswith(other) or other.startswith(one))
