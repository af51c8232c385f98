"""Words that call a breach the first, the only or the biggest of its kind, and since when."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from truceline.model import Span
from truceline.tracking.statistics.rules import Rank, RankWords

_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])|\n+")
_SINCE = re.compile(r"\bsince\s+(?P<rest>[^.,;]+)")
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a sentence claims: a rank among breaches.

    Attributes:
        span: The words from the rank to its noun.
        sentence: The sentence they stand in.
        level: From which severity on, where the words say so.
        acts: Of which acts, where the noun says so; empty means any breach.
        since: The day from which it counts, where one is written as 2020-12-31; else None, for the agreement's.
    """

    span: Span
    sentence: Span
    rank: Rank
    level: str | None
    noun: str
    acts: tuple[str, ...]
    since: date | None


def phrases(text: str, words: RankWords) -> list[Phrase]:
    """The claims of rank in a text, in its order."""
    found: list[Phrase] = []
    for sentence in sentences(text):
        found += _in_sentence(text, sentence, words)
    return found


def sentences(text: str) -> Iterable[Span]:
    """The sentences of a text, roughly: cut at full stops before capitals, and at line ends."""
    start = 0
    for gap in _SENTENCE.finditer(text):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < len(text):
        yield start, len(text)


def _in_sentence(text: str, sentence: Span, words: RankWords) -> Iterable[Phrase]:
    start, end = sentence
    rank_of = {word: rank for rank, forms in words.ranks.items() for word in forms}
    for match in _pattern(words).finditer(text, start, end):
        between = match["between"].split()
        if any(word.strip("“”\"'").casefold() in words.stops for word in between):
            continue
        noun = _noun(match["noun"], words)
        if noun in words.times and not _names_breach(text[start:end], words):
            continue
        level = next(
            (level for word in between for level, forms in words.levels.items() if word.casefold() in forms), None
        )
        yield Phrase(
            span=match.span(),
            sentence=sentence,
            rank=rank_of[match["rank"].casefold()],
            level=level,
            noun=noun,
            acts=words.acts.get(noun, ()),
            since=_since(text[start:end]),
        )


def _noun(written: str, words: RankWords) -> str:
    folded = written.casefold()
    known = {*words.nouns, *words.times}
    return folded if folded in known else folded.removesuffix("s") if folded.removesuffix("s") in known else folded[:-2]


def _names_breach(sentence: str, words: RankWords) -> bool:
    return re.search(rf"\b(?:{_either(words.nouns)})(?:e?s|ed)?\b", sentence, re.IGNORECASE) is not None


def _since(sentence: str) -> date | None:
    said = _SINCE.search(sentence)
    written = _ISO.search(said["rest"]) if said else None
    if written is None:
        return None
    try:
        return date.fromisoformat(written.group())
    except ValueError:
        return None


@lru_cache(maxsize=4)
def _compiled(ranks: tuple[str, ...], nouns: tuple[str, ...], reach: int) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<rank>{_either(ranks)})\b(?P<between>(?:\s+[^\s.,;:!?()]+){{0,{reach}}}?)\s+(?P<noun>(?:{_either(nouns)})(?:e?s)?)\b",
        re.IGNORECASE,
    )


def _pattern(words: RankWords) -> re.Pattern[str]:
    ranks = tuple(form for forms in words.ranks.values() for form in forms)
    return _compiled(ranks, (*words.nouns, *words.times), words.reach)


def _either(words: Iterable[str]) -> str:
    """Any of these words; the longest first, so that "flare-up" is not left at "flare"."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
