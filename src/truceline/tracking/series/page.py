"""A bulletin's text with what the grammars find in it: words, figures, times, names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property, lru_cache

from truceline.grounding.places.vocabulary import load_vocabulary
from truceline.grounding.times import TimeWords, find_times, load_time_words
from truceline.knowledge.bulletin_words import BulletinWords, load_bulletin_words
from truceline.knowledge.quantities import InstrumentVocabulary, NumberWords, load_instruments, load_number_words
from truceline.knowledge.wordings import fold
from truceline.model import Document, Moment, Span, Time
from truceline.reading.instruments import FoundInstrument, find_instruments
from truceline.reading.words import ParsedText, Sentence, Word
from truceline.tracking.series.figures import find_figures
from truceline.tracking.series.values import Quoted


@dataclass(frozen=True, slots=True)
class Tools:
    """The vocabularies that bulletins are read with."""

    numbers: NumberWords
    times: TimeWords
    instruments: InstrumentVocabulary
    words: BulletinWords


@lru_cache(maxsize=1)
def tools() -> Tools:
    """Those that ship, loaded once a process."""
    return Tools(load_number_words(), load_time_words(), load_instruments(), load_bulletin_words())


@dataclass(frozen=True, slots=True)
class Name:
    """A place named in the text: words ``first`` to ``last``."""

    first: int
    last: int
    where: Quoted


class Page:
    """One document's text as the reading of bulletins looks at it."""

    def __init__(self, document: Document, parsed: ParsedText, zone: tzinfo, published: Moment | None) -> None:
        self.document = document
        self.parsed = parsed
        self.words = parsed.words
        self.tools = tools()
        self.times = find_times(parsed, published=published, zone=zone, words=self.tools.times)
        self.time_at: dict[int, tuple[int, Time]] = {}
        for time in self.times:
            inside = parsed.covering(time.span)
            if inside:
                self.time_at[inside[0]] = (inside[-1], time)
        self.in_time = {i for first, (last, _) in self.time_at.items() for i in range(first, last + 1)}
        # "the past 24 hours" and "14 November" are times; what they count is no value of a bulletin.
        self.figures = tuple(f for f in find_figures(parsed, self.tools.numbers) if f.first not in self.in_time)
        self.figure_at = {figure.first: figure for figure in self.figures}
        self.in_figure = {i for figure in self.figures for i in range(figure.first, figure.last + 1)}
        # The "no" of "no casualties" is a number, and a word that wordings have too.
        self.in_amount = {i for f in self.figures if f.figure != 0 for i in range(f.first, f.last + 1)}
        self.folded = [(fold(word.lower), fold(word.lemma)) for word in parsed.words]

    @cached_property
    def instruments(self) -> tuple[FoundInstrument, ...]:
        """Weapons that the text names."""
        return find_instruments(self.parsed, self.tools.instruments)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Places, as runs of capitalised words behind a word of place or beside a noun for a kind of place."""
        return tuple(_names(self))

    @cached_property
    def name_at(self) -> dict[int, Name]:
        """Places by their first word."""
        return {name.first: name for name in self.names}

    @cached_property
    def segments(self) -> list[int]:
        """For each word the number of the segment of its sentence: commas, brackets and "while" begin a new one."""
        breaks, found, number, sentence = self.tools.words.breaks, [], 0, -1
        for word in self.words:
            inside = word.i in self.in_figure or word.i in self.in_time
            if word.sentence != sentence or (word.lower in breaks and not inside):
                number, sentence = number + 1, word.sentence
            found.append(number)
        return found

    def text_of(self, first: int, last: int) -> tuple[Span, str]:
        """Span and text from word ``first`` to word ``last``, both included."""
        span = self.parsed.span(first, last)
        return span, self.parsed.text[slice(*span)]

    def sentence_of(self, i: int) -> Sentence:
        """The sentence of a word."""
        return self.parsed.sentences[self.words[i].sentence]

    def names_in(self, sentence: Sentence) -> Sequence[Name]:
        """The places that a sentence names."""
        return [name for name in self.names if sentence.first <= name.first < sentence.last]


def _names(page: Page) -> list[Name]:
    vocabulary = load_vocabulary().words
    kinds = frozenset((*vocabulary.kind_words, *vocabulary.plurals))
    found: list[Name] = []
    i = 0
    while i < len(page.words):
        end = _run(page, i)
        if end is None:
            i += 1
            continue
        last = end
        after = page.words[end + 1].lower if end + 1 < len(page.words) else ""
        if after in kinds:
            last = end + 1
        if not _is_body(page, i, end, vocabulary.organisation_words) and (
            after in kinds or _is_located(page, i, kinds, found)
        ):
            span, text = page.text_of(i, last)
            found.append(Name(i, last, Quoted(text, span)))
        i = last + 1
    return found


def _is_body(page: Page, first: int, last: int, organisations: frozenset[str]) -> bool:
    """Whether a name is that of an organisation: "the Mission", "the SMM"."""
    word = page.words[last]
    return word.lower in organisations or (first == last and word.text.isupper())


def _run(page: Page, i: int) -> int | None:
    """The last word of the capitalised run that begins here."""
    if not _is_name(page, page.words[i]):
        return None
    end, words = i, page.words
    while end + 1 < len(words) and words[end + 1].sentence == words[i].sentence:
        following = words[end + 1]
        glued = following.text in {"-", "'", "’"} or following.start == words[end].end
        beyond = words[end + 2] if end + 2 < len(words) else None
        if _is_name(page, following):
            end += 1
        elif glued and beyond is not None and beyond.start == following.end and beyond.text[:1].isalnum():
            end += 2
        else:
            break
    return end


def _is_name(page: Page, word: Word) -> bool:
    return word.pos in {"PROPN", "ADJ", "NOUN"} and word.text[:1].isupper() and word.i not in page.in_time


def _is_located(page: Page, i: int, kinds: frozenset[str], found: list[Name]) -> bool:
    """Whether a word of place stands before it, or before a list of places that it ends."""
    locative, j = load_vocabulary().words.locative, i - 1
    while j >= 0 and page.words[j].sentence == page.words[i].sentence:
        word = page.words[j]
        if j == i - 1 and word.pos in {"CCONJ", "PUNCT"} and found and found[-1].last == j - 1:
            return True
        if word.lower in locative:
            return True
        if word.pos not in {"DET", "ADJ"} and word.lower not in kinds and not _hyphenated(page, j):
            return False
        j -= 1
    return False


def _hyphenated(page: Page, i: int) -> bool:
    """Whether a word is part of a compound such as "government-controlled"."""
    words = page.words
    before = i > 0 and words[i - 1].end == words[i].start and words[i - 1].text in {"-", "–"}
    after = i + 1 < len(words) and words[i + 1].start == words[i].end and words[i + 1].text in {"-", "–"}
    return before or after or words[i].text in {"-", "–"}
