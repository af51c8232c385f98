"""Which day a bulletin was issued for, and which periods it covers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from truceline.errors import InputError
from truceline.knowledge.bulletins import Template
from truceline.model import Document, Moment, Time
from truceline.tracking.series.marks import Mark, day_of
from truceline.tracking.series.matching import find_matches
from truceline.tracking.series.page import Page
from truceline.tracking.series.values import Period

_ONE_DAY = timedelta(days=1)
# A heading is in the first paragraphs; a date further down is of an event.
_HEADING_PARAGRAPHS = 3


@dataclass(frozen=True, slots=True)
class Timing:
    """A bulletin's own times.

    Attributes:
        issued: The day that its heading names, else its publication.
        main: The period it is about; the last one where it covers several.
        spans: Periods that sentences name ("between the evenings of …"), as marks by sentence.
        periods: All periods, in order.
    """

    issued: date
    main: Period
    spans: dict[int, tuple[Mark, ...]]
    periods: tuple[Period, ...]

    def of_sentence(self, number: int) -> Period:
        """The period that a sentence is about as a whole."""
        named = {mark.period for mark in self.spans.get(number, ()) if mark.period}
        return named.pop() if len(named) == 1 else self.main


def timing(page: Page, template: Template, name: str) -> Timing:
    """The times of a bulletin.

    Raises:
        InputError: It names no day and has no publication date.
    """
    as_of = _as_of(page)
    issued = _issued(page, as_of)
    if issued is None:
        raise InputError(
            f"{name}: the bulletin has no date; give it a header with `published:`, or a date in its heading"
        )
    spans = _spans(page, template)
    whole = _main(template, issued, as_of)
    named = [mark.period for marks in spans.values() for mark in marks if mark.period]
    latest = max(named, key=lambda period: period.day, default=None)
    main = whole if latest is None or latest.day != whole.day else latest
    covered = {period.day: period for period in (*named, main) if period.day <= main.day}
    return Timing(issued, main, spans, tuple(covered[day] for day in sorted(covered)))


def period_of(template: Template, day: date, by: str) -> Period:
    """The period that is filed under a day."""
    if template.covers != "to_clock":
        return Period(day, day, day + _ONE_DAY, by)
    end = datetime.combine(day, template.clock, template.zone)
    return Period(day, end - _ONE_DAY, end, by)


def own_day(template: Template, issued: date) -> date:
    """The day that a bulletin issued on a day is about."""
    return issued if template.covers == "day_of_issue" else issued - _ONE_DAY


def _main(template: Template, issued: date, as_of: Time | None) -> Period:
    if template.covers == "to_clock" and as_of is not None and as_of.start is not None:
        end = as_of.start
        if isinstance(end, datetime):
            return Period(end.date(), end - _ONE_DAY, end, f"“{' '.join(as_of.text.split())}”")
        return period_of(template, day_of(end), f"“{' '.join(as_of.text.split())}”")
    return period_of(template, own_day(template, issued), f"{template.covers.replace('_', ' ')} {issued.isoformat()}")


def _heading_times(page: Page) -> list[Time]:
    firsts = [s for s in page.parsed.sentences if s.paragraph < _HEADING_PARAGRAPHS]
    end = firsts[-1].end if firsts else 0
    return [time for time in page.times if time.span[1] <= end and time.start is not None]


def _as_of(page: Page) -> Time | None:
    """What the heading says the information goes up to."""
    return next(
        (time for time in _heading_times(page) if time.by.endswith("as of") and time.precision in {1, "time"}), None
    )


def _issued(page: Page, as_of: Time | None) -> date | None:
    published = _published_day(page.document)
    dated = [time for time in _heading_times(page) if time is not as_of and time.by.startswith("calendar day")]
    own = next((time for time in dated if time.by == "calendar day"), None)
    if (
        own is not None
        and own.start is not None
        and (published is None or abs(day_of(own.start) - published) <= 2 * _ONE_DAY)
    ):
        first = page.parsed.sentences[0].paragraph if page.parsed.sentences else 0
        inside = page.parsed.covering(own.span)
        if inside and page.sentence_of(inside[0]).paragraph == first:
            return day_of(own.start)
    if published is not None:
        return published
    return day_of(as_of.start) + _ONE_DAY if as_of is not None and as_of.start is not None else None


def _published_day(document: Document) -> date | None:
    published: Moment | None = document.published
    return None if published is None else day_of(published)


def _spans(page: Page, template: Template) -> dict[int, tuple[Mark, ...]]:
    """Periods that sentences name by two dates, as marks."""
    found: dict[int, tuple[Mark, ...]] = {}
    for number, sentence in enumerate(page.parsed.sentences):
        marks: dict[int, Mark] = {}
        for wording in template.between:
            for match in find_matches(page, sentence, wording):
                days = [time.start for time in match.times if time.start is not None]
                if days and match.first not in marks:
                    _, text = page.text_of(match.first, match.last)
                    period = period_of(template, day_of(days[-1]), f"“{' '.join(text.split())}”")
                    marks[match.first] = Mark("period", match.first, match.last, None, period)
        if marks:
            found[number] = tuple(marks[first] for first in sorted(marks))
    return found
