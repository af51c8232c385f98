"""Over which time a number counts: marks such as "since 14 November", "in total", "over the past day", and what they govern."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from truceline.model import Moment, Time
from truceline.reading.words import Sentence
from truceline.tracking.series.figures import Figure
from truceline.tracking.series.matching import find_matches
from truceline.tracking.series.page import Page
from truceline.tracking.series.values import Period, Scope

_FROM = ("since", "from")
_UP_TO = ("as of", "by", "until")
_SCOPES: dict[str, Scope] = {
    "total": "total",
    "since": "since",
    "until": "until",
    "period": "period",
    "before": "before",
}
_PASSED_OVER = ("before", "after")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words ``first`` to ``last`` that say over which time numbers near them count."""

    scope: Scope
    first: int
    last: int
    day: date | None = None
    period: Period | None = None


def find_marks(page: Page, sentence: Sentence, spans: Iterable[Mark] = ()) -> tuple[Mark, ...]:
    """The marks of a sentence, in order; one that lies inside another is dropped.

    Args:
        page: The text.
        sentence: The sentence.
        spans: Periods that it names by two dates.
    """
    found = [*spans, *_worded(page, sentence), *_dated(page, sentence), *_totals(page, sentence)]
    found.sort(key=lambda mark: (mark.first - mark.last, mark.first))
    kept: list[Mark] = []
    for mark in found:
        if not any(other.first <= mark.last and mark.first <= other.last for other in kept):
            kept.append(mark)
    return tuple(_joined(page, sorted(kept, key=lambda mark: mark.first)))


def _joined(page: Page, marks: Sequence[Mark]) -> Iterable[Mark]:
    """Marks with the dates that belong to them: "since work began on 23 November", "as of 14 April"."""
    i = 0
    while i < len(marks):
        mark = marks[i]
        after = marks[i + 1] if i + 1 < len(marks) and marks[i + 1].scope == "day" else None
        if after is not None and mark.scope == "since" and mark.day is None and _no_figure_between(page, mark, after):
            yield Mark("since", mark.first, after.last, after.day)
            i += 1
        elif after is not None and mark.scope == "until" and after.first == mark.last + 1:
            yield Mark("total", mark.first, after.last, after.day)
            i += 1
        elif mark.scope != "until":
            yield mark
        i += 1


def _no_figure_between(page: Page, one: Mark, other: Mark) -> bool:
    same = page.segments[one.last] == page.segments[other.first]
    return same and not any(i in page.in_figure for i in range(one.last + 1, other.first))


def _worded(page: Page, sentence: Sentence) -> Iterable[Mark]:
    """Marks in words. No word may stand between those of a mark: "the previous period" is not "the period"."""
    for kind, wording in page.tools.words.marks:
        for match in find_matches(page, sentence, wording):
            if match.skipped == 0:
                yield Mark(_SCOPES[kind], match.first, match.last)


def _dated(page: Page, sentence: Sentence) -> Iterable[Mark]:
    for first in range(sentence.first, sentence.last):
        if first not in page.time_at:
            continue
        last, time = page.time_at[first]
        scope = _scope_of(time)
        if scope is not None:
            yield Mark(scope, first, last, day_of(time.start) if time.start else None)


def _scope_of(time: Time) -> Scope | None:
    relation = time.by.split(":")[0].rpartition(", ")[2]
    if time.start is None or relation in _PASSED_OVER:
        return None
    if relation in _UP_TO:
        return "total"
    if relation in _FROM:
        return "since"
    if time.by.startswith("stretch"):
        return "period"
    return "day" if time.precision in {1, "part_of_day", "time"} else None


def _totals(page: Page, sentence: Sentence) -> Iterable[Mark]:
    """ "A total of 52,811": the words belong to the number."""
    for figure in page.figures:
        if figure.total and sentence.first <= figure.first < sentence.last:
            yield Mark("total", figure.first, figure.first)


def governing(
    page: Page, figure: Figure, marks: Sequence[Mark], rivals: Sequence[Figure], others: Sequence[Figure]
) -> list[Mark]:
    """The marks that say over which time a number counts, the strongest first.

    Those of its own segment; else the nearest before it; else the nearest after it, unless that belongs to a rival.

    Args:
        page: The text.
        figure: The number.
        marks: All marks of its sentence.
        rivals: Numbers of the sentence that tell the same thing.
        others: All numbers of the sentence that tell something.
    """
    segments = page.segments
    own = [
        mark
        for mark in marks
        if segments[mark.last] == segments[figure.first] and _nearest(mark, others, segments).first == figure.first
    ]
    if own:
        return sorted(own, key=_strength)
    before = [mark for mark in marks if mark.last <= figure.first and mark.scope != "before"]
    if before:
        last = max(segments[mark.last] for mark in before)
        return sorted((mark for mark in before if segments[mark.last] == last), key=_strength)
    after = [mark for mark in marks if mark.first > figure.last and mark.scope != "before"]
    if not after:
        return []
    first = min(after, key=lambda mark: mark.first)
    owner = _nearest(first, others, segments)
    return [] if owner.first != figure.first and any(owner is rival for rival in rivals) else [first]


def _nearest(mark: Mark, figures: Sequence[Figure], segments: Sequence[int]) -> Figure:
    """The number that a mark stands nearest to; a comma between them counts for several words."""

    def cost(figure: Figure) -> tuple[int, int]:
        gap = figure.first - mark.last if figure.first > mark.last else mark.first - figure.last
        return max(0, gap) + 6 * abs(segments[figure.first] - segments[mark.last]), figure.first

    return min(figures, key=cost)


def _strength(mark: Mark) -> tuple[int, int]:
    return ("since", "before", "day", "period", "total").index(mark.scope), mark.first


def day_of(moment: Moment) -> date:
    """The calendar day of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment
