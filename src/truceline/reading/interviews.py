"""Interviews printed as questions and answers without names: whoever is introduced before the first question answers."""

from truceline.reading.cues import CueFinder
from truceline.reading.reports import Report, trimmed
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Filler

_LEAST_QUESTIONS = 2
_LONGEST_QUESTION = 60  # words
_LONGEST_INTRODUCTION = 250


def interview_reports(view: ClauseView, reports: list[Report], sorter: Sorter, cues: CueFinder) -> list[Report]:
    """One report for each answer that nothing else attributes; its cue is the question mark that it answers."""
    paragraphs = _paragraphs(view)
    asked = [n for n, (first, last) in enumerate(paragraphs) if _is_question(view, first, last)]
    if len(asked) < _LEAST_QUESTIONS or asked[-1] - asked[0] < _LEAST_QUESTIONS:
        return []
    person = _introduced(view, paragraphs[asked[0]][0], sorter)
    if person is None:
        return []
    covered = {i for report in reports for i in report.content}
    name, cue_class = cues.plain_class
    found = []
    for question, following in zip(asked, [*asked[1:], len(paragraphs)], strict=True):
        words = {i for first, last in paragraphs[question + 1 : following] for i in range(first, last)}
        content = trimmed(view.parsed, words)
        if content and len(words & covered) < len(words) / 2:
            cue = (paragraphs[question][1] - 1,)
            by = "answer to the question before it"
            found.append(
                Report(cue, (person,), content, name, cue_class, cue_class.modality, "indirect", by, form="answer")
            )
    return found


def _paragraphs(view: ClauseView) -> list[tuple[int, int]]:
    """First word and word after the last, of each paragraph."""
    spans: dict[int, tuple[int, int]] = {}
    for sentence in view.parsed.sentences:
        first, _ = spans.get(sentence.paragraph, (sentence.first, 0))
        spans[sentence.paragraph] = (first, sentence.last)
    return list(spans.values())


def _is_question(view: ClauseView, first: int, last: int) -> bool:
    words = view.parsed.words
    short = 2 <= last - first <= _LONGEST_QUESTION
    return short and words[last - 1].text == "?" and not any(words[i].text == ":" for i in range(first, last))


def _introduced(view: ClauseView, end: int, sorter: Sorter) -> Filler | None:
    """The first person with a forename before the questions begin."""
    words = view.parsed.words
    for i in range(min(end, _LONGEST_INTRODUCTION)):
        word = words[i]
        forenames = [c for c in word.children if words[c].dep == "compound" and words[c].pos == "PROPN" and c == i - 1]
        if word.pos != "PROPN" or not forenames:
            continue
        sorts = sorter.of(word) | sorter.of(words[forenames[0]])
        if not sorts & {"place_name", "place", "actor", "truce", "time"} and word.dep not in {
            "compound",
            "nmod",
            "poss",
        }:
            return Filler(i, "introduced before the questions")
    return None
