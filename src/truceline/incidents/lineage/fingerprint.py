"""What of a document is compared: its sentences word for word, and the chain of its facts in the order they are told.

A copy that was re-written, or translated there and back, shares hardly a sentence with its original, but it tells the same
names, numbers, days and quotations in the same order.
"""

import re
import sys
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from truceline.incidents.vocabulary import IncidentVocabulary
from truceline.model import Document, Span

SHINGLE = 3
"""Words."""
# Shorter sentences ("He did not elaborate.") are anybody's.
_SENTENCE = 6
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’»)]*\s+(?=[\"“‘«(]?[A-ZÀ-ÞА-Я0-9])|\n\s*\n")
# "J. Silva", "St. Paul", and before a number "Nov. 10", "Art. 4".
_NOT_END, _NOT_BEFORE_NUMBER = re.compile(r"\b[A-Z][a-z]?\.$"), re.compile(r"\b[A-Z][a-z]{2,3}\.$")
_TOKEN = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_QUOTE = re.compile(r"[\"“«](?P<words>[^\"“”«»]{12,400})[\"”»]")
# Of these letters on, a name that was garbled is still known: Hadrut, Qadrut.
_FUZZY_LETTERS, _FUZZY_RATIO = 5, 76


@dataclass(frozen=True, slots=True)
class Fact:
    """A name, a number or a word of a quotation, with the weight it has for telling two texts apart."""

    kind: str
    key: str
    weight: float


@dataclass(frozen=True, slots=True)
class Details:
    """What of a document is only looked at beside another; made again when needed, since it is larger than the text."""

    sentences: tuple[Span, ...]
    words: tuple[tuple[str, ...], ...]
    shingles: frozenset[str]
    facts: tuple[Fact, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A document as copies of it are looked for: hashes of its sentences, the keys of its facts, its credit."""

    document: Document
    hashes: frozenset[int]
    keys: frozenset[str]
    credit: str | None

    @property
    def details(self) -> Details:
        """All that is compared."""
        return details(self.document)


def fingerprint(document: Document, vocabulary: IncidentVocabulary) -> Fingerprint:
    """The fingerprint of a document."""
    found = details(document)
    return Fingerprint(
        document=document,
        hashes=frozenset(_hash(sentence) for sentence in found.words if len(sentence) >= _SENTENCE),
        keys=frozenset(sys.intern(fact.key) for fact in found.facts),
        credit=credit_of(document, vocabulary),
    )


@lru_cache(maxsize=1024)
def details(document: Document) -> Details:
    """The sentences, words and facts of a document."""
    spans = sentences(document.text)
    words = tuple(tuple(token.casefold() for token in _TOKEN.findall(document.text[start:end])) for start, end in spans)
    flat = [word for sentence in words for word in sentence]
    facts = _facts(document.text, spans)
    return Details(
        sentences=spans,
        words=words,
        shingles=frozenset(" ".join(flat[i : i + SHINGLE]) for i in range(max(1, len(flat) - SHINGLE + 1))),
        facts=facts,
        weight=sum(fact.weight for fact in facts),
    )


def sentences(text: str) -> tuple[Span, ...]:
    """Spans of the sentences, by their punctuation."""
    spans: list[Span] = []
    start = 0
    for match in [*_SENTENCE_END.finditer(text), None]:
        end = match.start() + _quotes(match.group()) if match else len(text)
        if match and _goes_on(text, start, match):
            continue
        stripped = text[start:end]
        left = start + len(stripped) - len(stripped.lstrip())
        right = start + len(stripped.rstrip())
        if right > left:
            spans.append((left, right))
        start = match.end() if match else end
    return tuple(spans)


def _quotes(between: str) -> int:
    """Closing quotation marks at the head of what lies between two sentences."""
    return len(between) - len(between.lstrip('"”’»)'))


def _goes_on(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a full stop is that of an abbreviation."""
    before, after = text[start : match.start()], text[match.end() : match.end() + 1]
    return bool(_NOT_END.search(before)) or (after.isdigit() and bool(_NOT_BEFORE_NUMBER.search(before)))


def credit_of(document: Document, vocabulary: IncidentVocabulary) -> str | None:
    """The agency that a text credits itself to in its first or last lines."""
    text = document.text.strip()
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return None
    first, last = (
        lines[0][:160] + (" \n" + lines[1][:80] if len(lines) > 1 and len(lines[0]) < 80 else ""),
        lines[-1][-120:],
    )
    for written, pattern, name in vocabulary.credit_marks:
        if written not in first and written not in last:
            continue  # ten times as fast as the pattern
        if pattern.search(first) or (len(lines) > 1 and pattern.search(last)):
            return name
    return None


def shared_chain(one: Details, other: Details, least: float = 0.0) -> tuple[float, int]:
    """The facts both tell in one order: their share of the poorer text's (by weight), and how many they are.

    Args:
        one: A document.
        other: Another.
        least: A smaller share is of no interest, and told as none where it is seen beforehand.
    """
    alike = _shared({(fact.kind, fact.key) for fact in one.facts}, {(fact.kind, fact.key) for fact in other.facts})
    met = {fact for facts in alike.values() for fact in facts}
    left = [fact for fact in one.facts if (fact.kind, fact.key) in alike]
    right = [fact for fact in other.facts if (fact.kind, fact.key) in met]
    most = min(sum(fact.weight for fact in left), sum(fact.weight for fact in right))
    if not left or most < least * min(one.weight, other.weight):
        return 0.0, 0
    keys = [(fact.kind, fact.key) for fact in right]
    best = [(0.0, 0)] * (len(right) + 1)
    for mine in left:
        diagonal, kin = (0.0, 0), alike[mine.kind, mine.key]
        for j, theirs in enumerate(right, start=1):
            above = best[j]
            if keys[j - 1] in kin:
                value = diagonal[0] + min(mine.weight, theirs.weight), diagonal[1] + 1
                best[j] = max(value, above, best[j - 1])
            else:
                best[j] = max(above, best[j - 1])
            diagonal = above
    weight, number = best[-1]
    return weight / min(one.weight, other.weight), number


def _shared(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """The facts of one text with those of the other that are the same, or the same garbled."""
    found = {fact: {fact} for fact in one & other}
    spelt = [fact for fact in other if fact[0] != "number" and len(fact[1]) >= _FUZZY_LETTERS]
    for fact in one:
        if fact[0] != "number" and len(fact[1]) >= _FUZZY_LETTERS:
            kin = {theirs for theirs in spelt if theirs[0] == fact[0] and _alike(fact[1], theirs[1])}
            if kin:
                found.setdefault(fact, set()).update(kin)
    return found


def _facts(text: str, spans: tuple[Span, ...]) -> tuple[Fact, ...]:
    quoted = [match.span("words") for match in _QUOTE.finditer(text)]
    starts = {start for start, _ in spans}
    found: list[tuple[str, str]] = []
    inside = {
        m.group() for m in _TOKEN.finditer(text) if m.group()[0].isupper() and not _begins(text, m.start(), starts)
    }
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token[0].isdigit():
            found.append(("number", token.strip(".,").replace(",", "")))
        elif any(a <= match.start() < b for a, b in quoted):
            if len(token) >= _FUZZY_LETTERS:
                found.append(("quote", token.casefold()))
        elif token[0].isupper() and len(token) >= 3 and token in inside:
            found.append(("name", token.casefold().removesuffix("’s").removesuffix("'s")))
    often: dict[tuple[str, str], int] = {}
    for fact in found:
        often[fact] = often.get(fact, 0) + 1
    weights = {"number": 1.5, "name": 1.0, "quote": 0.6}
    return tuple(Fact(kind, key, weights[kind] / often[kind, key] ** 0.7) for kind, key in found)


def _begins(text: str, at: int, starts: set[int]) -> bool:
    return at in starts or (at - 1 in starts and not text[at - 1].isalnum())


@lru_cache(maxsize=200_000)
def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if one[0].isdigit() or min(len(one), len(other)) < _FUZZY_LETTERS:
        return False
    return fuzz.ratio(one, other) >= _FUZZY_RATIO


def _hash(words: tuple[str, ...]) -> int:
    import hashlib

    return int.from_bytes(hashlib.blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=8).digest())
