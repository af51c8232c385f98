"""What stands around a match: a negation, a place, the name of a party, a star."""

from collections.abc import Sequence

from truceline.knowledge.bulletins import Template
from truceline.model import Flag
from truceline.reading.words import Sentence
from truceline.tracking.series.figures import Figure
from truceline.tracking.series.marks import Mark
from truceline.tracking.series.matching import Match
from truceline.tracking.series.page import Page
from truceline.tracking.series.values import Quoted

# "did not ever return"
_REACH = 3


def negated(page: Page, match: Match) -> bool:
    """Whether a negation that the wording does not have itself stands before or inside the words that fitted."""
    segments, negators = page.segments, page.tools.words.negators
    for i in range(max(match.first - _REACH, 0), match.last):
        word = page.words[i]
        if word.lower in negators and i not in match.words and word.i not in page.in_figure:
            inside = i >= match.first
            if segments[i] == segments[max(match.first, 0) if not inside else i] and (inside or _same(page, i, match)):
                return True
    return False


def _same(page: Page, i: int, match: Match) -> bool:
    return page.words[i].sentence == page.words[match.first].sentence and page.segments[i] == page.segments[match.first]


def nearest_place(page: Page, figure: Figure, match: Match | None, marks: Sequence[Mark]) -> Quoted | None:
    """The place a number is told for: one in the wording, else the nearest in its segment, in the sentence, in its paragraph."""
    if match is not None and match.places:
        return match.places[0].where
    sentence = page.sentence_of(figure.first)
    taken = {i for mark in marks for i in range(mark.first, mark.last + 1)}
    names = [name for name in page.names_in(sentence) if name.first not in taken]
    if not names:
        return None

    def cost(first: int) -> tuple[int, int]:
        crossed = abs(page.segments[first] - page.segments[figure.first])
        # "12 explosions in Donetsk region and, in Luhansk region, 4": what follows is nearer than what is before
        return 6 * crossed + abs(first - figure.first), 0 if first > figure.first else 1

    return min(names, key=lambda name: cost(name.first)).where


def side_named(page: Page, template: Template, sentence: Sentence) -> tuple[Quoted | None, Flag | None]:
    """The party that a sentence names; a flag where it names none, which is a value too."""
    for word in page.words[sentence.first : sentence.last]:
        if word.lower in template.sides or word.lemma in template.sides:
            span, text = page.text_of(word.i, word.i)
            return Quoted(text, span), None
    span = (sentence.start, sentence.end)
    return None, Flag("no_side_named", span, page.parsed.text[slice(*span)], "the sentence names neither party")


def starred(page: Page, sentence: Sentence) -> bool:
    """Whether a star stands in or directly behind a sentence."""
    text = page.parsed.text
    return "*" in text[sentence.start : sentence.end + 1]
