"""Quotations to their speakers: by the cue beside them, else by the speaker who goes on speaking."""

from dataclasses import replace

from truceline.reading.cues import CueFinder
from truceline.reading.quotes import Quote
from truceline.reading.reports import Report, trimmed
from truceline.reading.view import ClauseView, Filler

_REACH = 14  # words between a quotation's end and the verb of its cue: "…," said A, spokesman of B
_SHARE = 0.4


def attach_quotes(view: ClauseView, reports: list[Report], quotes: tuple[Quote, ...], cues: CueFinder) -> list[Report]:
    """Give every quotation of speech to a report: one that has it in part, the cue beside it, or the last speaker's."""
    found = list(reports)
    last: int | None = None  # index into ``found`` of the report that the latest quotation went to
    previous: Quote | None = None
    for quote in quotes:
        if not quote.speech:
            continue
        at = _holder(found, quote)
        if at is None:
            beside = _cue_beside(view, quote, found, cues)
            if beside is not None:
                if isinstance(beside, int):
                    at = beside
                else:
                    found.append(beside)
                    at = len(found) - 1
        if at is None and last is not None and previous is not None and _goes_on(view, previous, quote):
            at = last
        if at is None:
            continue
        words = set(found[at].content) | {i for i in range(quote.first, quote.last + 1)}
        speakers = {i for s in found[at].speakers for i in (s.head, s.literal) if i is not None}
        if not speakers & set(range(quote.first, quote.last + 1)):
            found[at] = replace(found[at], content=trimmed(view.parsed, words - set(found[at].cue)))
        last, previous = at, quote
    return found


def _holder(reports: list[Report], quote: Quote) -> int | None:
    """The report that has most of the quotation as its content already, its cue standing outside."""
    inside = range(quote.first, quote.last + 1)
    best, most = None, 0.0
    for at, report in enumerate(reports):
        if any(i in inside for i in report.cue) or not report.content:
            continue
        share = sum(i in inside for i in report.content) / len(inside)
        if share >= _SHARE and share > most:
            best, most = at, share
    return best


def _cue_beside(view: ClauseView, quote: Quote, reports: list[Report], cues: CueFinder) -> Report | int | None:
    """The reporting verb next to the quotation: "…," X said / X said: "…"."""
    words = view.parsed.words
    paragraph = view.parsed.sentences[words[quote.first].sentence].paragraph

    def same_paragraph(i: int) -> bool:
        return 0 <= i < len(words) and view.parsed.sentences[words[i].sentence].paragraph == paragraph

    after = [i for i in range(quote.last + 1, quote.last + 1 + _REACH) if same_paragraph(i)]
    before = [i for i in range(quote.first - 1, quote.first - 1 - _REACH, -1) if same_paragraph(i)]
    ended = quote.last + 1 < len(words) and words[quote.last].text in {".", "!"}
    for stretch, must_touch in ((after if not ended else [], False), (before, True)):
        for i in stretch:
            if words[i].text in {".", "!", "?", ";"} and i != stretch[0]:
                break
            predicate = view.predicates.get(i)
            if predicate is None or not cues.takes_quotes(view, predicate):
                continue
            if must_touch and not _leads_in(view, i, quote):
                continue
            mine = next((at for at, report in enumerate(reports) if i in report.cue), None)
            if mine is not None:
                if not reports[mine].content or must_touch:
                    return mine
                continue
            return cues.quote_report(view, predicate, quote)
    return None


def _leads_in(view: ClauseView, verb: int, quote: Quote) -> bool:
    """Whether nothing but the cue's own phrases and a comma, colon or "that" stands between the verb and the quotation."""
    words = view.parsed.words
    between = words[verb + 1 : quote.first]
    return not any(word.pos == "VERB" for word in between) and not any(word.text in {".", ";", "!"} for word in between)


def _goes_on(view: ClauseView, previous: Quote, quote: Quote) -> bool:
    """Whether a quotation without a cue continues the one before it."""
    words = view.parsed.words
    here = view.parsed.sentences[words[quote.first].sentence]
    there = view.parsed.sentences[words[previous.last].sentence]
    if here.paragraph == there.paragraph:
        return True
    opens_paragraph = all(view.parsed.sentences[w.sentence].paragraph != here.paragraph for w in words[previous.last + 1 : quote.first - 1])
    return here.paragraph == there.paragraph + 1 and opens_paragraph and (not previous.closed or not _named_between(view, previous, quote))


def _named_between(view: ClauseView, previous: Quote, quote: Quote) -> bool:
    """Whether somebody else comes to word between the two."""
    for i in range(previous.last + 1, quote.first):
        predicate = view.predicates.get(i)
        if predicate is not None and predicate.kind == "v" and isinstance(predicate.first("subj"), Filler):
            return True
    return False
