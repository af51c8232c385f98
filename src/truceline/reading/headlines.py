"""Headline and script forms: "Shelling resumes: ministry", "Minister: we will answer", "X — agency", "Q: Who fired?"."""

from truceline.reading.cues import CueFinder
from truceline.reading.phrases import noun_phrase
from truceline.reading.quotes import Quote
from truceline.reading.reports import Form, Report, trimmed
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Filler
from truceline.reading.words import Sentence

_DASHES = frozenset({"—", "–", "-", "--"})
_LONGEST_SOURCE = 8
_LONGEST_LABEL = 5  # words before the colon of a script: "Q", "JANE DOE", "The interviewer"


def headline_reports(
    view: ClauseView, reports: list[Report], quotes: tuple[Quote, ...], sorter: Sorter, cues: CueFinder
) -> list[Report]:
    """Reports marked by nothing but a colon or a dash beside a speaker's name."""
    covered = {i for report in reports for i in report.content}
    found = []
    for number, sentence in enumerate(view.parsed.sentences):
        report = _by_mark(view, number, sentence, covered, quotes, sorter, cues)
        if report is not None:
            found.append(report)
    return found


def _by_mark(
    view: ClauseView,
    number: int,
    sentence: Sentence,
    covered: set[int],
    quotes: tuple[Quote, ...],
    sorter: Sorter,
    cues: CueFinder,
) -> Report | None:
    words = view.parsed.words
    marks = [
        i
        for i in range(sentence.first + 1, sentence.last)
        if words[i].text == ":" or (words[i].text in _DASHES and _stands_free(view, i))
    ]
    if not marks:
        return None
    first, last = marks[0], marks[-1]
    if words[first].text == ":":
        speaker = _speaker(view, sentence.first, first, sorter, cues) or _label(view, number, first, sorter)
        content = _following(view, number, first, quotes) if speaker is not None else ()
        if speaker is not None and content and not set(content) <= covered:
            return _report(first, speaker, content, cues, "colon after the speaker", "colon")
    end = sentence.last - 1 if words[sentence.last - 1].pos == "PUNCT" else sentence.last
    if not _ends_paragraph(view, number) or words[sentence.last - 1].text == ".":
        return None
    speaker = _speaker(view, last + 1, end, sorter, cues)
    content = trimmed(view.parsed, set(range(sentence.first, last)))
    if speaker is not None and len(content) > 1 and not set(content) <= covered:
        return _report(last, speaker, content, cues, "speaker after the mark", "mark")
    return None


def _stands_free(view: ClauseView, i: int) -> bool:
    words = view.parsed.words
    return i + 1 < len(words) and words[i].start > words[i - 1].end and words[i + 1].start > words[i].end


def _ends_paragraph(view: ClauseView, number: int) -> bool:
    sentences = view.parsed.sentences
    return number + 1 >= len(sentences) or sentences[number + 1].paragraph != sentences[number].paragraph


def _speaker(view: ClauseView, first: int, last: int, sorter: Sorter, cues: CueFinder) -> Filler | None:
    """The one noun phrase between two words, if it names somebody and nothing else stands there."""
    words = view.parsed.words
    if not 0 < last - first <= _LONGEST_SOURCE or any(words[i].pos in {"VERB", "AUX"} for i in range(first, last)):
        return None
    inside = range(first, last)
    heads = [i for i in inside if words[i].head not in inside or words[i].head == i]
    nominal = [i for i in heads if words[i].pos in {"NOUN", "PROPN"}]
    if len(nominal) != 1 or any(words[i].pos not in {"NOUN", "PROPN", "PUNCT"} for i in heads):
        return None
    head = nominal[0]
    if noun_phrase(view.parsed, head)[1] >= last:  # where it begins, the parser overlooks the mark at times
        return None
    sorts = sorter.of(words[head])
    if "actor" in sorts or ("name" in sorts and "time" not in sorts) or cues.speaks(words[head].lemma):
        return Filler(head, "beside the mark")
    return None


def _label(view: ClauseView, number: int, colon: int, sorter: Sorter) -> Filler | None:
    """ "JANE DOE: …", "Q: …": capitals before a colon at the start of a paragraph."""
    words, sentence = view.parsed.words, view.parsed.sentences[number]
    label = range(sentence.first, colon)
    begins = number == 0 or view.parsed.sentences[number - 1].paragraph != sentence.paragraph
    if not begins or not 0 < len(label) <= _LONGEST_LABEL or "time" in sorter.of(words[colon - 1]):
        return None
    named = [i for i in label if words[i].pos not in {"PUNCT", "DET", "ADP"}]
    if not named or not all(words[i].text[0].isupper() for i in named):
        return None
    shouted = all(words[i].text.isupper() for i in named)
    return Filler(named[-1], "label before a colon") if shouted or all(words[i].pos == "PROPN" for i in named) else None


def _following(view: ClauseView, number: int, mark: int, quotes: tuple[Quote, ...]) -> tuple[int, ...]:
    """What a speaker before a colon says: the rest of the paragraph, or the quotation that begins there."""
    sentences = view.parsed.sentences
    for quote in quotes:
        if quote.first - 2 <= mark < quote.first and quote.opened:
            return trimmed(view.parsed, set(range(quote.first, quote.last + 1)))
    while not _ends_paragraph(view, number):
        number += 1
    return trimmed(view.parsed, set(range(mark + 1, sentences[number].last)))


def _report(mark: int, speaker: Filler, content: tuple[int, ...], cues: CueFinder, by: str, form: Form) -> Report:
    name, cue_class = cues.plain_class
    return Report((mark,), (speaker,), content, name, cue_class, cue_class.modality, "indirect", by, form=form)
