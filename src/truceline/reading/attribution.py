"""Attribution: whose words are whose. Cues give most of it; quotations, headlines and asides the rest."""

from dataclasses import replace

from truceline.knowledge.frames import FrameLexicon
from truceline.model import Attribution
from truceline.reading.cues import CueFinder
from truceline.reading.headlines import headline_reports
from truceline.reading.quoted import attach_quotes
from truceline.reading.quotes import Quote, find_quotes
from truceline.reading.reports import Kind, Report, runs, trimmed
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Filler
from truceline.reading.words import ParsedText

_TAIL = frozenset({"advcl", "prep", "npadvmod", "advmod", "conj", "cc", "relcl", "acl", "appos", "dep", "punct"})


class Attributor:
    """Finds the reports of a text."""

    def __init__(self, lexicon: FrameLexicon, sorter: Sorter) -> None:
        self._cues = CueFinder(lexicon, sorter)
        self._sorter = sorter

    def reports(self, view: ClauseView) -> tuple[tuple[Report, ...], tuple[Quote, ...]]:
        """Reports in text order, and the quotations found on the way."""
        quotes = find_quotes(view.parsed)
        reports = self._cues.reports(view, quotes)
        reports = [_completed(view, report) for report in reports]
        reports = attach_quotes(view, reports, quotes, self._cues)
        reports += headline_reports(view, reports, quotes, self._sorter, self._cues)
        reports = [replace(report, kind=_kind(report, quotes)) for report in reports]
        return tuple(sorted(reports, key=lambda report: (report.cue, report.content))), quotes


def to_attributions(parsed: ParsedText, reports: tuple[Report, ...]) -> tuple[Attribution, ...]:
    """The layer that users see: spans of source, cue and content."""
    found = []
    for report in reports:
        if not report.content:
            continue
        found.append(
            Attribution(
                source=tuple(_source_span(parsed, report.speakers)),
                cue=tuple(parsed.span(first, last) for first, last in runs(parsed, report.cue)),
                content=tuple(parsed.span(first, last) for first, last in runs(parsed, report.content)),
                kind=report.kind,
                by=report.by,
            )
        )
    return tuple(found)


def _source_span(parsed: ParsedText, speakers: tuple[Filler, ...]) -> list[tuple[int, int]]:
    """The speakers as written: with titles and appositions, without what the cue itself hangs below them."""
    if not speakers:
        return []
    if speakers[0].literal is not None:
        return [parsed.span(speakers[0].literal, speakers[0].literal)]
    words: set[int] = set()
    for speaker in speakers:
        words |= _phrase(parsed, speaker.head)
    kept = trimmed(parsed, words)
    return [parsed.span(first, last) for first, last in runs(parsed, kept)]


def _phrase(parsed: ParsedText, head: int) -> set[int]:
    words = set(parsed.subtree(head))
    for c in parsed.words[head].children:
        if parsed.words[c].dep in {"relcl", "conj", "cc", "advcl"} or (parsed.words[c].dep == "acl" and c > head + 6):
            words -= set(parsed.subtree(c))
    return words


def _completed(view: ClauseView, report: Report) -> Report:
    """Content as far as the sentence carries it, where the parser hung a part of it elsewhere."""
    if not report.content or "verb" not in view.parsed.words[report.cue[-1]].pos.lower() or ": " not in report.by:
        return report
    role = report.by.rsplit(": ", 1)[1]
    if role not in {"clause", "quote"}:
        return report
    parsed = view.parsed
    cue = report.cue[-1]
    sentence = parsed.sentences[parsed.words[cue].sentence]
    speakers = {i for s in report.speakers for i in _phrase(parsed, s.literal if s.literal is not None else s.head)}
    words = set(report.content)
    if report.content[-1] < min([*report.cue, *speakers]):
        # inverted ("…, officials said"): all that stands before belongs to the content
        words |= {i for i in range(sentence.first, report.content[0]) if i not in speakers}
    elif report.content[0] > cue:
        words |= _tail(view, report, sentence.last)
    return replace(report, content=trimmed(parsed, words - set(report.cue) - speakers))


def _tail(view: ClauseView, report: Report, end: int) -> set[int]:
    """What follows the content and was hung on the cue though it says more about the content ("…, wounding three")."""
    parsed = view.parsed
    cue, last = report.cue[-1], report.content[-1]
    tail: set[int] = set()
    for c in sorted(parsed.words[cue].children):
        word = parsed.words[c]
        if c <= last or c >= end or word.dep not in _TAIL:
            continue
        predicate = view.predicates.get(c)
        if word.dep == "advcl" and (word.tag != "VBG" or (predicate is not None and predicate.mark)):
            break
        if word.dep in {"conj", "cc"}:
            break
        tail |= set(parsed.subtree(c))
    return tail


def _kind(report: Report, quotes: tuple[Quote, ...]) -> Kind:
    if not report.content:
        return "indirect"
    quoted = sum(any(q.first <= i <= q.last for q in quotes) for i in report.content)
    share = quoted / len(report.content)
    return "direct" if share >= 0.9 else "mixed" if quoted else "indirect"
