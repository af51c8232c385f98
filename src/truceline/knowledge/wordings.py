"""Wordings: a small language for what a text may say, written by people who know the texts and not the code.

A wording is made of pieces with ``…`` between them. The words of a piece stand together in this order; the pieces stand in
one sentence in any order. ``a|b`` is one word or the other, ``(…|…)`` one group of words or another, ``[…]`` may be left out,
``{number}``, ``{date}`` and ``{place}`` stand for what the grammars of numbers, times and names find. Words fit in any
inflection.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SLOTS = ("number", "date", "place")
"""What may stand in braces."""

_GAP = re.compile(r"\s*(?:…|\.\.\.)\s*")
_TOKEN = re.compile(r"\{[^}]*\}|[\[\]()|{}]|[^\s\[\]()|{}]+")
_PARTS = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*|[^\w\s-]")
# The endings of English number and tense, longer ones first, with what stands in their place.
_ENDINGS = (
    *(("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("zes", "z")),
    *(("ing", ""), ("ed", ""), ("s", "")),
)


class WordingError(ValueError):
    """A wording is not well formed; says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word, as written and folded."""

    text: str
    folded: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for something that a grammar finds."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences, or none of them."""

    options: tuple["Sequence", ...]
    optional: bool = False


Element = Word | Slot | Choice
Sequence = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording ready to be looked for.

    Attributes:
        text: As it stands in the file.
        pieces: What must be there, in any order.
        slots: Names of the slots it has.
    """

    text: str
    pieces: tuple[Sequence, ...]
    slots: frozenset[str]


def parse_wording(text: str) -> Wording:
    """Read one wording.

    Raises:
        WordingError: A bracket is open, a slot unknown, a piece empty, or there are two numbers.
    """
    pieces = tuple(_piece(part) for part in _GAP.split(text.strip()))
    slots = [element.name for piece in pieces for element in _all(piece) if isinstance(element, Slot)]
    if slots.count("number") > 1:
        raise WordingError("two {number}; a wording tells one number, write two wordings")
    return Wording(text, pieces, frozenset(slots))


def fold(word: str) -> str:
    """A word without the endings of English number and tense, so that "cleared" and "clearing" are one.

    Two words that fold alike need not be related; wordings hold several words, so that this does not matter.
    """
    word = word.lower().removesuffix("'s").removesuffix("’s")
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 - len(instead) and not word.endswith("ss"):
            word = word.removesuffix(ending) + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def _piece(text: str) -> Sequence:
    tokens = _TOKEN.findall(text)
    sequence, rest = _sequence(tokens, 0, "")
    if rest < len(tokens):
        raise WordingError(f"{tokens[rest]!r} has no opening bracket")
    if not any(isinstance(element, Slot) or not _may_be_empty(element) for element in sequence):
        raise WordingError("a piece that may be left out whole finds everything" if sequence else "an empty piece")
    return sequence


def _sequence(tokens: list[str], i: int, closing: str) -> tuple[Sequence, int]:
    """The elements from token ``i`` to the closing bracket, or to a ``|`` inside brackets."""
    found: list[Element] = []
    while i < len(tokens) and tokens[i] not in ("]", ")"):
        if tokens[i] == "|":
            if closing:
                break
            raise WordingError("'|' stands between two words without blanks: a|b")
        options: list[Sequence] = []
        element, i = _element(tokens, i)
        options.append(element)
        # Inside brackets "|" parts whole sequences; outside it parts two words.
        while not closing and i < len(tokens) and tokens[i] == "|":
            if i + 1 >= len(tokens):
                raise WordingError("nothing after '|'")
            element, i = _element(tokens, i + 1)
            options.append(element)
        found.extend(options[0] if len(options) == 1 else [Choice(tuple(options))])
    return tuple(found), i


def _element(tokens: list[str], i: int) -> tuple[Sequence, int]:
    token = tokens[i]
    if token in ("[", "("):
        return _bracket(tokens, i + 1, "]" if token == "[" else ")")
    if token.startswith("{"):
        name = token[1:-1].strip()
        if name not in SLOTS:
            raise WordingError(f"unknown slot {token}; there are {', '.join('{' + slot + '}' for slot in SLOTS)}")
        return (Slot(name),), i + 1
    if token in ("|", "}"):
        raise WordingError(f"{token!r} without what belongs before it")
    return tuple(Word(part, fold(part)) for part in _PARTS.findall(token)), i + 1


def _bracket(tokens: list[str], i: int, closing: str) -> tuple[Sequence, int]:
    options: list[Sequence] = []
    while True:
        option, i = _sequence(tokens, i, closing)
        options.append(option)
        if i >= len(tokens):
            raise WordingError(f"a bracket is not closed; {closing!r} is missing")
        if tokens[i] == "|":
            i += 1
            continue
        if tokens[i] != closing:
            raise WordingError(f"{tokens[i]!r} closes a bracket that {closing!r} should close")
        if not all(options):
            raise WordingError("an empty bracket, or nothing on one side of '|'")
        return (Choice(tuple(options), optional=closing == "]"),), i + 1


def _all(sequence: Sequence) -> Iterator[Element]:
    for element in sequence:
        yield element
        if isinstance(element, Choice):
            for option in element.options:
                yield from _all(option)


def _may_be_empty(element: Element) -> bool:
    return isinstance(element, Choice) and (
        element.optional or any(all(_may_be_empty(inner) for inner in option) for option in element.options)
    )
