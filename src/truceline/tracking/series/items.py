"""What a bulletin tells without a number: that a line was quiet, that a patrol was turned back, that no side was named."""

from collections.abc import Iterator

from truceline.knowledge.bulletins import BulletinField, Template
from truceline.model import Flag
from truceline.reading.words import Sentence
from truceline.tracking.series.marks import day_of, find_marks
from truceline.tracking.series.matching import Match, find_matches
from truceline.tracking.series.page import Page
from truceline.tracking.series.periods import Timing, period_of
from truceline.tracking.series.surroundings import negated, side_named, starred
from truceline.tracking.series.values import Period, Quoted, Value

# What may stand between the names of a list.
_JOINTS = frozenset({"CCONJ", "PUNCT", "DET"})


def items(page: Page, template: Template, times: Timing) -> Iterator[Value]:
    """Every mention that a ``list`` or ``said`` field's wordings fit."""
    told: set[tuple[str, int, str | None, Quoted | None]] = set()
    for field in template.fields:
        if field.numeric:
            continue
        for number, sentence in enumerate(page.parsed.sentences):
            for choice, match in _matches(page, sentence, field):
                for where in _places(page, sentence, field, match):
                    if (key := (field.id, number, choice, where)) not in told:
                        told.add(key)
                        yield _item(page, template, times, (number, sentence), field, (choice, match, where))


def _matches(page: Page, sentence: Sentence, field: BulletinField) -> Iterator[tuple[str | None, Match]]:
    """The best match of each stretch of the sentence: one where a field is said or not, else one for each beginning."""
    found = [(choice, match) for choice, wording in field.wordings for match in find_matches(page, sentence, wording)]
    # The fullest wording wins: "observed along the whole line" says more than "observed".
    found.sort(key=lambda pair: (-len(pair[1].words), pair[1].cost, pair[1].first))
    kept: list[tuple[str | None, Match]] = []
    for choice, match in found:
        clash = any(
            (match.anchor[0] <= other.anchor[1] and other.anchor[0] <= match.anchor[1])
            or (kept_choice == choice and (field.kind == "said" or match.words & other.words))
            for kept_choice, other in kept
        )
        if not clash:
            kept.append((choice, match))
    yield from sorted(kept, key=lambda pair: pair[1].first)


def _item(
    page: Page,
    template: Template,
    times: Timing,
    where: tuple[int, Sentence],
    field: BulletinField,
    found: tuple[str | None, Match, Quoted | None],
) -> Value:
    (number, sentence), (choice, match, place) = where, found
    span, text = page.text_of(match.first, match.last)
    flags: list[Flag] = []
    side = None
    if field.sides:
        side, flag = side_named(page, template, sentence)
        flags += [flag] if flag else []
    if field.starred and starred(page, sentence):
        flags.append(Flag("starred", (sentence.start, sentence.end), None, "marked with a star"))
    return Value(
        field=field.id,
        kind=field.kind,
        unit=field.unit,
        period=_period(page, template, times, number, sentence, match),
        span=span,
        text=text,
        choice=choice,
        negated=negated(page, match),
        place=place,
        side=side,
        by=f"“{match.wording.text}”",
        flags=tuple(flags),
    )


def _period(page: Page, template: Template, times: Timing, number: int, sentence: Sentence, match: Match) -> Period:
    """The day that the match or its sentence names, else the bulletin's own."""
    if number in times.spans:
        return times.of_sentence(number)
    day = next((day_of(time.start) for time in match.times if time.start is not None), None)
    if day is None:
        days = {mark.day for mark in find_marks(page, sentence) if mark.scope == "day" and mark.day is not None}
        day = days.pop() if len(days) == 1 else None
    if day is None:
        return times.main
    known = next((period for period in times.periods if period.day == day), None)
    return known or period_of(template, day, "a day that the text names")


def _places(page: Page, sentence: Sentence, field: BulletinField, match: Match) -> list[Quoted | None]:
    """The place of an item; each of several that are listed together."""
    if not (field.by_place or match.places):
        return [None]
    names = page.names_in(sentence)
    if match.places:
        first = match.places[0]
    elif names:
        middle = match.anchor[0]
        first = min(
            names,
            key=lambda name: 6 * abs(page.segments[name.first] - page.segments[middle]) + abs(name.first - middle),
        )
    else:
        return [None]
    listed = [first]
    for name in names:
        if name.first > listed[-1].last and all(
            page.words[i].pos in _JOINTS for i in range(listed[-1].last + 1, name.first)
        ):
            listed.append(name)
    return [name.where for name in listed]
