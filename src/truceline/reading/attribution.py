"""Attribution: whose words are whose. Cues give most of it; quotations, headlines and asides the rest."""

from dataclasses import replace

from truceline.knowledge.frames import FrameLexicon
from truceline.model import Attribution
from truceline.reading.cues import CueFinder
from truceline.reading.extents import completed, cue_spans, source_words
from truceline.reading.headlines import headline_reports
from truceline.reading.interviews import interview_reports
from truceline.reading.mistaken import inner_quotations, mistaken_cues
from truceline.reading.parting import unshared
from truceline.reading.quoted import attach_quotes
from truceline.reading.quotes import Quote, find_quotes
from truceline.reading.reports import Kind, Report, runs, trimmed
from truceline.reading.sorts import Sorter
from truceline.reading.verdicts import VerdictFinder
from truceline.reading.view import ClauseView
from truceline.reading.words import ParsedText


class Attributor:
    """Finds the reports of a text."""

    def __init__(self, lexicon: FrameLexicon, sorter: Sorter) -> None:
        self._cues = CueFinder(lexicon, sorter)
        self._sorter = sorter
        self._continuing = lexicon.cues.closed.continuing_marks
        self._verdicts = VerdictFinder(lexicon, sorter)

    def reports(self, view: ClauseView) -> tuple[tuple[Report, ...], tuple[Quote, ...]]:
        """Reports in text order, and the quotations found on the way."""
        quotes = find_quotes(view.parsed)
        reports = [
            completed(view, report, self._cues.reporters, self._continuing)
            for report in self._cues.reports(view, quotes)
        ]
        reports = unshared(view, reports)
        reports += mistaken_cues(view, quotes, self._cues)
        reports = attach_quotes(view, reports, quotes, self._cues)
        reports = inner_quotations(view, reports, quotes, self._cues)
        reports += headline_reports(view, reports, quotes, self._sorter, self._cues)
        reports += interview_reports(view, reports, self._sorter, self._cues)
        reports = [
            *_placed([replace(report, kind=_kind(report, quotes)) for report in reports], quotes),
            *self._verdicts.reports(view),
        ]
        return tuple(sorted(reports, key=lambda report: (report.cue, report.content))), quotes


def to_attributions(parsed: ParsedText, reports: tuple[Report, ...]) -> tuple[Attribution, ...]:
    """The layer that users see: spans of source, cue and content.

    It has whatever the text itself attributes, and of what is said within somebody's words the speech of others who are named
    ("the agency quoted the ministry as saying"); what a quoted speaker thinks or wants stands only in the quotation.
    """
    shown = (_with_accused(parsed, report) for report in reports if report.form != "verdict")
    return tuple(_attribution(parsed, report) for report in shown if report.content and _is_shown(parsed, report))


def outermost(reports: tuple[Report, ...]) -> tuple[Report, ...]:
    """Reports by the text itself, without those that stand within another's content or within a quotation."""
    return tuple(report for report in reports if not report.within and report.form != "verdict")


def _with_accused(parsed: ParsedText, report: Report) -> Report:
    """Where somebody is blamed and nothing named that they did, the blamed are all the content there is."""
    if report.content or report.accused is None:
        return report
    return replace(report, content=trimmed(parsed, set(parsed.subtree(report.accused.head)) - set(report.cue)))


def _is_shown(parsed: ParsedText, report: Report) -> bool:
    if not report.within:
        return True
    named = bool(report.speakers) and parsed.words[report.speakers[0].head].pos in {"ADJ", "NOUN", "PROPN"}
    return named and report.cue_class.speech


def _placed(reports: list[Report], quotes: tuple[Quote, ...]) -> list[Report]:
    """Each report with what its cue stands in."""
    quoted = {i for quote in quotes if quote.speech for i in range(quote.first, quote.last + 1)}
    contents = [frozenset(report.content) for report in reports]
    placed = []
    for at, report in enumerate(reports):
        if any(
            report.cue[-1] in content and content.issuperset(report.cue)
            for n, content in enumerate(contents)
            if n != at
        ):
            report = replace(report, within="report")  # noqa: PLW2901 - the placed one takes its stead
        if quoted.issuperset(report.cue) and report.form != "colon":  # a script may stand in marks as a whole
            report = replace(report, within="quotation")  # noqa: PLW2901
        placed.append(report)
    return placed


def _attribution(parsed: ParsedText, report: Report) -> Attribution:
    return Attribution(
        source=tuple(parsed.span(first, last) for first, last in runs(parsed, source_words(parsed, report))),
        cue=cue_spans(parsed, report),
        content=tuple(parsed.span(first, last) for first, last in runs(parsed, report.content)),
        kind=report.kind,
        by=report.by,
    )


def _kind(report: Report, quotes: tuple[Quote, ...]) -> Kind:
    if not report.content:
        return "indirect"
    quoted = sum(any(q.first <= i <= q.last for q in quotes) for i in report.content)
    share = quoted / len(report.content)
    return "direct" if share >= 0.9 else "mixed" if quoted else "indirect"
