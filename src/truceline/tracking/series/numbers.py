"""The numbers that a bulletin tells: which field a number belongs to, over which time it counts, and where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from truceline.knowledge.bulletin_file import Kind
from truceline.knowledge.bulletins import BulletinField, Template
from truceline.model import Flag
from truceline.reading.words import Sentence
from truceline.tracking.series.figures import Figure
from truceline.tracking.series.marks import Mark, find_marks, governing
from truceline.tracking.series.matching import Match, find_matches
from truceline.tracking.series.page import Page
from truceline.tracking.series.periods import Timing, period_of
from truceline.tracking.series.surroundings import nearest_place, negated, side_named
from truceline.tracking.series.values import Period, Quoted, Value

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Told:
    """A number with the field that its words belong to; ``match`` is None where the words are those of an earlier number."""

    figure: Figure
    field: BulletinField
    match: Match | None
    after: Figure | None = None


def numbers(page: Page, template: Template, times: Timing) -> Iterator[Value]:
    """Every number that a field's wordings fit, and those that continue one ("…, 38,300 since 14 November")."""
    fields = [field for field in template.fields if field.numeric and field.wordings]
    last: _Told | None = None
    before: tuple[int, Mark] | None = None
    where: tuple[int, Quoted] | None = None
    for number, sentence in enumerate(page.parsed.sentences):
        if last is not None and sentence.paragraph != page.sentence_of(last.figure.first).paragraph:
            last = None
        marks = find_marks(page, sentence, times.spans.get(number, ()))
        carried = before[1] if before and before[0] == sentence.paragraph and not marks else None
        if marks:
            before = sentence.paragraph, marks[-1]
        told = _continued(page, sentence, _matched(page, sentence, fields), marks, last)
        last = _topic(page, told) or last
        for one in told:
            value = _value(page, template, times, number, one, (marks, carried), told)
            # A paragraph goes from region to region; "there" and silence mean the one named last.
            if value.place is not None:
                where = sentence.paragraph, value.place
            elif one.field.by_place and where is not None and where[0] == sentence.paragraph:
                value = replace(value, place=where[1], by=f"{value.by}; place named before")
            yield value


def _matched(page: Page, sentence: Sentence, fields: Sequence[BulletinField]) -> dict[int, _Told]:
    """For each number of the sentence the field whose wording fits it best."""
    best: dict[int, tuple[float, _Told]] = {}
    for field in fields:
        for _, wording in field.wordings:
            for match in find_matches(page, sentence, wording):
                figure = match.figure
                if figure is None or not _fits(page, sentence, figure, match):
                    continue
                if figure.first not in best or match.cost < best[figure.first][0]:
                    best[figure.first] = match.cost, _Told(figure, field, match)
    return {first: told for first, (_, told) in best.items()}


def _fits(page: Page, sentence: Sentence, figure: Figure, match: Match) -> bool:
    """Whether the number may be what the wording tells.

    A bare distance is nobody's number unless the wording has its unit; and where the wording has nothing beside the number
    ("returned … {number}"), nothing else may stand there that the number counts.
    """
    if figure.length:
        return figure.last + 1 in match.words or page.words[figure.last].text[-1:].isalpha()
    bare = match.anchor == (figure.first, figure.last)
    return not bare or _stands_alone(page, sentence, figure)


def _continued(
    page: Page, sentence: Sentence, matched: dict[int, _Told], marks: Sequence[Mark], last: _Told | None
) -> list[_Told]:
    """The numbers of the sentence in order; one without words of its own, but with a mark, tells what the one before it told."""
    told: list[_Told] = []
    for figure in page.figures:
        if not sentence.first <= figure.first < sentence.last:
            continue
        if figure.first in matched:
            told.append(matched[figure.first])
            continue
        before = _topic(page, told) or last
        if (
            before is not None
            and not figure.length
            and _stands_alone(page, sentence, figure)
            and _marked(page, figure, marks)
        ):
            told.append(_Told(figure, before.field, None, before.figure))
    return told


def _topic(page: Page, told: Sequence[_Told]) -> _Told | None:
    """What the sentence is about so far: the newest number that is no part of one before it ("including 12 explosions")."""
    parts = page.tools.words.parts
    for one in reversed(told):
        before = page.words[max(one.figure.first - 3, page.sentence_of(one.figure.first).first) : one.figure.first]
        if not any(word.lower in parts for word in before) and not (before and before[-1].text == "("):
            return one
    return told[-1] if told else None


def _stands_alone(page: Page, sentence: Sentence, figure: Figure) -> bool:
    """Whether nothing that it could count follows the number."""
    following = figure.last + 1
    if following >= sentence.last or following in page.in_time:
        return True
    if page.words[following].lower in page.tools.words.part_of and following + 2 < sentence.last:
        # "686 of them on 8 December" is as many of the same; "26,512 of them destroyed" is something else.
        return following + 2 in page.in_time or page.words[following + 2].pos in {"ADP", "PUNCT"}
    return page.words[following].pos in {"PUNCT", "ADP", "SCONJ", "CCONJ", "AUX", "VERB", "ADV", "PRON", "DET"}


def _marked(page: Page, figure: Figure, marks: Sequence[Mark]) -> bool:
    segments = page.segments
    return any(
        segments[mark.last] == segments[figure.first]
        or mark.scope == "before"
        or (mark.last < figure.first and segments[figure.first] - segments[mark.last] == 1)
        for mark in marks
    )


def _value(
    page: Page,
    template: Template,
    times: Timing,
    number: int,
    told: _Told,
    marked: tuple[Sequence[Mark], Mark | None],
    in_sentence: Sequence[_Told],
) -> Value:
    figure, match, (marks, carried) = told.figure, told.match, marked
    rivals = [one.figure for one in in_sentence if one.field is told.field and one is not told]
    found = governing(page, figure, marks, rivals, [one.figure for one in in_sentence])
    mark = found[0] if found else None
    # "… since 23 November. 23,512 items have been neutralised": the perfect goes on counting from the same beginning.
    goes_on = mark is None and carried is not None and carried.scope in {"since", "total"} and _is_perfect(page, figure)
    field, kind = _field_of(template, told.field, carried if goes_on else mark)
    period = _period(template, times, number, kind, found)
    first = min(figure.first, match.first if match else figure.first)
    last = max(figure.last, match.last if match else figure.last)
    span, text = page.text_of(first, last)
    flags = list(_flags(page, told, figure, mark, kind, template))
    side, side_flag = side_named(page, template, page.parsed.sentences[number]) if field.sides else (None, None)
    wording = f"“{match.wording.text}”" if match else "words of the number before"
    readable = figure.flag is None
    return Value(
        field=field.id,
        kind=kind,
        unit=field.unit,
        period=period,
        span=span,
        text=text,
        figure=figure.figure if readable else None,
        least=figure.least if readable else None,
        most=figure.most if readable else None,
        number_span=page.parsed.span(figure.first, figure.last),
        negated=match is not None and figure.figure != 0 and negated(page, match),
        mark=_quoted(page, carried if goes_on else mark),
        since=next((m.day for m in found if m.scope == "since"), None) or (field.since if kind == "total" else None),
        place=_where(page, told, marks) if field.by_place else None,
        side=side,
        by=f"{wording}; {mark.scope if mark else 'mark of the sentence before' if goes_on else 'no mark'}",
        flags=(*flags, *((side_flag,) if side_flag and figure.figure != 0 else ())),
    )


def _quoted(page: Page, mark: Mark | None) -> Quoted | None:
    if mark is None:
        return None
    span, text = page.text_of(mark.first, mark.last)
    return Quoted(text, span)


def _is_perfect(page: Page, figure: Figure) -> bool:
    """Whether the verb that the number belongs to is in the present perfect."""
    parsed = page.parsed
    for i in (figure.last, *parsed.ancestors(figure.last)):
        if page.words[i].pos in {"VERB", "AUX"}:
            return any(
                page.words[j].lemma == "have" and page.words[j].pos == "AUX" and page.words[j].tag != "VBD"
                for j in page.words[i].children
            )
    return False


def _where(page: Page, told: _Told, marks: Sequence[Mark]) -> Quoted | None:
    """The place a number is told for; one without words of its own may have that of the number before."""
    own = nearest_place(page, told.figure, told.match, marks)
    return own if own is not None or told.after is None else nearest_place(page, told.after, None, marks)


def _field_of(template: Template, field: BulletinField, mark: Mark | None) -> tuple[BulletinField, Kind]:
    """The field and kind that a mark makes of a number."""
    if field.kind == "level":
        return field, "level"
    if mark is None or mark.scope in {"day", "period", "before"}:
        return field, "daily" if mark is not None or field.kind == "daily" else field.kind
    return template.total_for(field.id) or field, "total"


def _period(template: Template, times: Timing, number: int, kind: Kind, marks: Sequence[Mark]) -> Period:
    if marks and marks[0].scope == "before":
        earlier = times.periods[-2] if len(times.periods) > 1 else None
        return earlier or period_of(template, times.main.day - _ONE_DAY, "told as the period before")
    named = next((mark.period for mark in marks if mark.period is not None), None)
    if named is not None or (number in times.spans and kind != "level"):
        return named or times.of_sentence(number)
    day = next((mark.day for mark in marks if mark.scope in {"day", "total"} and mark.day is not None), None)
    if day is not None:
        known = next((period for period in times.periods if period.day == day), None)
        return known or period_of(template, day, "a day that the text names")
    if kind == "level" and template.covers != "to_clock":
        return period_of(template, times.issued, "as it stood when issued")
    return times.main


def _flags(
    page: Page, told: _Told, figure: Figure, mark: Mark | None, kind: Kind, template: Template
) -> Iterator[Flag]:
    span, text = page.text_of(figure.first, figure.last)
    if figure.flag is not None:
        yield figure.flag
    if mark is None and kind == "daily" and figure.figure and template.total_for(told.field.id) is not None:
        yield Flag(
            "unmarked",
            span,
            text,
            "nothing says whether it counts for the period or from a beginning; taken for the period",
        )
    if kind == "total" and told.field.kind == "daily" and template.total_for(told.field.id) is None:
        yield Flag(
            "cumulative", span, text, "counted from a beginning, where the template knows only a figure for the period"
        )
