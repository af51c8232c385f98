"""Quotations to their speakers: by the cue that has them, the cue beside them, else by the speaker who goes on speaking."""

from dataclasses import replace

from truceline.reading.cues import CueFinder
from truceline.reading.quotes import Quote
from truceline.reading.reports import Report, trimmed
from truceline.reading.view import ClauseView, Predicate

_REACH = 14  # words between a quotation's end and the verb of its cue: "…," said A, spokesman of B
_SHARE_OF_QUOTE = 0.4
_SHARE_OF_CONTENT = 0.6
_GROWS = frozenset({"clause", "quote", "host", "ing", "inf"})  # content that a quotation may complete


def attach_quotes(view: ClauseView, reports: list[Report], quotes: tuple[Quote, ...], cues: CueFinder) -> list[Report]:
    """Give every quotation of speech to a report."""
    found = list(reports)
    last: int | None = None  # index into ``found`` of the report that the latest quotation went to
    previous: Quote | None = None
    for quote in quotes:
        if not quote.speech:
            continue
        at = _holder(found, quote)
        if at is None:
            beside = _cue_beside(view, quote, found, cues)
            if isinstance(beside, Report):
                found.append(beside)
                at = len(found) - 1
            else:
                at = beside
        if at is None:
            before = _speaker_before(view, found, quote)
            newer = before is not None and previous is not None and found[before].cue[-1] > previous.last
            goes_on = last is not None and previous is not None and _goes_on(view, previous, quote, found[last])
            at = last if goes_on and not newer else before
        if at is None:
            continue
        found[at] = _with_quote(view, found[at], quote)
        last, previous = at, quote
    return found


def _with_quote(view: ClauseView, report: Report, quote: Quote) -> Report:
    """The report with the whole quotation as its content, if it is one that can have it."""
    inside = set(range(quote.first, quote.last + 1))
    speakers = {i for s in report.speakers for i in (s.head, s.literal) if i is not None}
    if speakers & inside or not _may_grow(view, report, quote):
        return report
    return replace(report, content=trimmed(view.parsed, (set(report.content) | inside) - set(report.cue)))


def _may_grow(view: ClauseView, report: Report, quote: Quote) -> bool:
    """Whether a report's content is of a kind that quotations complete, or leads to this one by a colon."""
    if report.alternative in _GROWS:
        return True
    if report.content and quote.first <= report.content[-1] < quote.last and report.cue[-1] < report.content[0]:
        return not any(quote.first <= i <= quote.last for i in report.cue)  # "praised "a man who can …""
    between = view.parsed.words[report.content[-1] + 1 : quote.first] if report.content else ()
    return any(word.text == ":" for word in between) and all(
        word.pos == "PUNCT" or word.text == "''" for word in between
    )


def _holder(reports: list[Report], quote: Quote) -> int | None:
    """The report that has most of the quotation as its content already, its cue standing outside."""
    inside = range(quote.first, quote.last + 1)
    best, most = None, 0
    for at, report in enumerate(reports):
        if not report.content or report.content[0] > quote.last or report.content[-1] < quote.first:
            continue
        if any(i in inside for i in report.cue) or (not report.speakers and report.cue_class.thought):
            continue
        shared = sum(i in inside for i in report.content)
        enough = shared >= _SHARE_OF_QUOTE * len(inside) or shared >= _SHARE_OF_CONTENT * len(report.content)
        if enough and shared > most:
            best, most = at, shared
    return best


# ---- the cue beside it -------------------------------------------------------------------------------------------------


def _cue_beside(view: ClauseView, quote: Quote, reports: list[Report], cues: CueFinder) -> Report | int | None:
    """The reporting verb next to the quotation: "…," X said / X said: "…"."""
    words = view.parsed.words
    paragraphs = {view.parsed.sentences[words[quote.first].sentence].paragraph}
    if _opens_sentence(view, quote) and words[max(0, quote.first - 2)].text == ":":  # "The army said:", then a new line
        paragraphs.add(min(paragraphs) - 1)

    def same_paragraph(i: int) -> bool:
        return 0 <= i < len(words) and view.parsed.sentences[words[i].sentence].paragraph in paragraphs

    after = [i for i in range(quote.last + 1, quote.last + 1 + _REACH) if same_paragraph(i)]
    before = [i for i in range(quote.first - 1, quote.first - 1 - _REACH, -1) if same_paragraph(i)]
    ended = quote.last + 1 < len(words) and words[quote.last].text in {".", "!"}
    for stretch, leads in ((after if not ended else [], False), (before, True)):
        for i in stretch:
            if words[i].text in {".", "!", "?", ";"} and i != stretch[0]:
                break
            predicate = view.predicates.get(i)
            if predicate is None or not cues.takes_quotes(view, predicate):
                continue
            if leads and not _leads_in(view, i, quote):
                continue
            mine = next((at for at, report in enumerate(reports) if i in report.cue), None)
            if mine is None:
                return cues.quote_report(view, predicate, quote)
            if leads or not reports[mine].content or _ends_it(view, quote, predicate):
                return mine
    return None


def _leads_in(view: ClauseView, verb: int, quote: Quote) -> bool:
    """Whether nothing but the cue's own phrases and a comma, colon or "that" stands between the verb and the quotation."""
    between = [word for word in view.parsed.words[verb + 1 : quote.first] if word.text not in {'"', "“", "''"}]
    if between and between[-1].text == ".":
        between.pop()  # "…, he said in a statement. "We are ready.""
    return not any(word.pos == "VERB" or word.text in {".", ";", "!"} for word in between)


def _ends_it(view: ClauseView, quote: Quote, predicate: Predicate) -> bool:
    """Whether a quotation's last words and the cue after it are of one sentence with nothing said between them."""
    words = view.parsed.words
    between = words[quote.last + 1 : predicate.i]
    return words[quote.last].sentence == words[predicate.i].sentence and not any(word.pos == "VERB" for word in between)


# ---- the speaker who goes on -------------------------------------------------------------------------------------------


def _goes_on(view: ClauseView, previous: Quote, quote: Quote, report: Report) -> bool:
    """Whether a quotation without a cue continues the one before it."""
    words = view.parsed.words
    here = view.parsed.sentences[words[quote.first].sentence]
    there = view.parsed.sentences[words[previous.last].sentence]
    if here.paragraph == there.paragraph:
        return not _named_between(view, previous, quote, report) or _opens_sentence(view, quote)
    between = range(previous.last + 1, quote.first)
    lead = [words[i] for i in between if view.parsed.sentences[words[i].sentence].paragraph == here.paragraph]
    topic = ":" in {word.text for word in lead[-2:]} and not any(word.pos in {"VERB", "AUX"} for word in lead)
    nothing_between = topic or all(word.pos == "PUNCT" for word in lead)  # "On prisoners: "We hold 12 of them.""
    return (
        here.paragraph == there.paragraph + 1
        and nothing_between
        and (not previous.closed or not _named_between(view, previous, quote, report))
    )


def _named_between(view: ClauseView, previous: Quote, quote: Quote, report: Report) -> bool:
    """Whether somebody else comes to word between the two."""
    for i in range(previous.last + 1, quote.first):
        predicate = view.predicates.get(i)
        if i in report.cue or predicate is None or predicate.kind != "v":
            continue
        if predicate.first("subj") is not None:
            return True
    return False


def _opens_sentence(view: ClauseView, quote: Quote) -> bool:
    words = view.parsed.words
    first = view.parsed.sentences[words[quote.first].sentence].first
    return all(words[i].pos == "PUNCT" or words[i].text == "''" for i in range(first, quote.first))


def _speaker_before(view: ClauseView, reports: list[Report], quote: Quote) -> int | None:
    """The latest report of speech before a quotation that makes a sentence of its own or ends the report's."""
    words = view.parsed.words
    here = view.parsed.sentences[words[quote.first].sentence]
    best: int | None = None
    within = {i for report in reports if not report.cue_class.thought for i in report.content}
    for at, report in enumerate(reports):
        cue = report.cue[-1]
        if cue in within:
            continue
        if cue >= quote.first or report.cue_class.thought or not report.speakers or not _may_grow(view, report, quote):
            continue
        sentence = view.parsed.sentences[words[cue].sentence]
        if sentence.paragraph != here.paragraph or (sentence.first < here.first and not _opens_sentence(view, quote)):
            continue
        if best is None or reports[best].cue[-1] < cue:
            best = at
    return best
