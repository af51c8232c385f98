"""Headline and script forms: "Shelling resumes: ministry", "Minister: we will answer", "X — agency"."""

from truceline.reading.cues import CueFinder
from truceline.reading.phrases import noun_phrase
from truceline.reading.quotes import Quote
from truceline.reading.reports import Report, trimmed
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Filler
from truceline.reading.words import Sentence

_DASHES = frozenset({"—", "–", "-", "--"})
_LONGEST_SOURCE = 8


def headline_reports(view: ClauseView, reports: list[Report], quotes: tuple[Quote, ...], sorter: Sorter, cues: CueFinder) -> list[Report]:
    """Reports marked by nothing but a colon or a dash beside a speaker's name."""
    covered = {i for report in reports for i in report.content}
    found = []
    for number, sentence in enumerate(view.parsed.sentences):
        report = _by_mark(view, number, sentence, covered, quotes, sorter, cues)
        if report is not None:
            found.append(report)
    return found


def _by_mark(
    view: ClauseView, number: int, sentence: Sentence, covered: set[int], quotes: tuple[Quote, ...], sorter: Sorter, cues: CueFinder
) -> Report | None:
    words = view.parsed.words
    marks = [i for i in range(sentence.first + 1, sentence.last - 1) if words[i].text == ":" or (words[i].text in _DASHES and _stands_free(view, i))]
    if not marks:
        return None
    first, last = marks[0], marks[-1]
    end = sentence.last - 1 if words[sentence.last - 1].pos == "PUNCT" else sentence.last
    if words[first].text == ":" and (speaker := _speaker(view, sentence.first, first, sorter, cues)) is not None:
        content = _following(view, number, first, quotes)
        if content and not set(content) <= covered:
            return _report(view, first, speaker, content, cues, "colon after the speaker")
    ends_paragraph = number + 1 >= len(view.parsed.sentences) or view.parsed.sentences[number + 1].paragraph != sentence.paragraph
    if ends_paragraph and (speaker := _speaker(view, last + 1, end, sorter, cues)) is not None and words[sentence.last - 1].text != ".":
        content = trimmed(view.parsed, set(range(sentence.first, last)))
        if len(content) > 1 and not set(content) <= covered:
            return _report(view, last, speaker, content, cues, "speaker after the mark")
    return None


def _stands_free(view: ClauseView, i: int) -> bool:
    words = view.parsed.words
    return words[i].start > words[i - 1].end and words[i + 1].start > words[i].end


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
    left, right = noun_phrase(view.parsed, head)
    if left < first or right >= last:
        return None
    sorts = sorter.of(words[head])
    if "actor" in sorts or ("name" in sorts and "time" not in sorts) or cues.is_speech_noun(words[head].lemma):
        return Filler(head, "beside the mark")
    return None


def _following(view: ClauseView, number: int, mark: int, quotes: tuple[Quote, ...]) -> tuple[int, ...]:
    """What a speaker before a colon says: the rest of the sentence, or the quotation that begins there."""
    sentence = view.parsed.sentences[number]
    for quote in quotes:
        if quote.first - 2 <= mark < quote.first and quote.opened:
            return trimmed(view.parsed, set(range(quote.first, quote.last + 1)))
    return trimmed(view.parsed, set(range(mark + 1, sentence.last)))


def _report(view: ClauseView, mark: int, speaker: Filler, content: tuple[int, ...], cues: CueFinder, by: str) -> Report:
    name, cue_class = cues.plain_class
    return Report((mark,), (speaker,), content, name, cue_class, cue_class.modality, "indirect", by)
