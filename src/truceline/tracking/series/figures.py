"""The numbers of a bulletin: those of the number grammar with their fractions, and lengths, which that grammar leaves out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from truceline.knowledge.quantities import NumberWords
from truceline.model import Flag
from truceline.reading.numbers import Number, find_numbers
from truceline.reading.words import ParsedText

_DIGITS = re.compile(r"\d+(?:[.,'\u00a0\u2009\u202f]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_GLUED = re.compile(r"(\d[\d.,]*)([a-z]+)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the text: words ``first`` to ``last``, what is written, and the range it stands for."""

    first: int
    last: int
    figure: float | None
    least: float | None
    most: float | None
    total: bool = False  # "a total of"
    length: bool = False  # of a unit of length, which only wordings that name the unit may take
    flag: Flag | None = None


def find_figures(parsed: ParsedText, words: NumberWords) -> tuple[Figure, ...]:
    """All figures of a text, in order and without overlap."""
    counted = [_figure(number, parsed) for number in find_numbers(parsed, words)]
    taken = {i for figure in counted for i in range(figure.first, figure.last + 1)}
    others = [*_lengths(parsed, words), *_thousands(parsed, words)]
    further = {figure.first: figure for figure in others if figure.first not in taken}
    return tuple(sorted([*counted, *further.values()], key=lambda figure: figure.first))


def read_decimal(text: str) -> float | None:
    """The number that digits with marks stand for: ``1,191.3``, ``1 191,3``, ``1.191,3``, ``414.6``."""
    match = _DIGITS.search(text)
    if match is None:
        return None
    digits = re.sub(r"['\u00a0\u2009\u202f]", "", match[0])
    if "," in digits and "." in digits:
        decimal = max(digits.rfind(","), digits.rfind("."))
        digits = re.sub(r"[.,]", "", digits[:decimal]) + "." + digits[decimal + 1 :]
    elif re.fullmatch(r"\d+,\d{1,2}", digits):
        digits = digits.replace(",", ".")
    try:
        return float(digits.replace(",", ""))
    except ValueError:
        return None


def _figure(number: Number, parsed: ParsedText) -> Figure:
    least, most = number.min, number.max
    written = _written(number)
    if number.decimal and (exact := read_decimal(parsed.text[slice(*number.span)])) is not None:
        low = exact if number.min is not None else None
        high = exact if number.max is not None else None
        return Figure(number.first, number.last, exact, low, high, number.bound == "total", flag=number.flag)
    return Figure(
        number.first,
        number.last,
        written,
        None if least is None else float(least),
        None if most is None else float(most),
        number.bound == "total",
        flag=number.flag,
    )


def _written(number: Number) -> float | None:
    """The figure that stands in the text, before the words around it bound it."""
    low, high = number.min, number.max
    if low is None or high is None:
        side = low if high is None else high
        shift = {"above": -1, "below": 1}.get(number.bound or "", 0)
        return None if side is None else float(side + shift)
    return {"nearly": float(high), "just_over": float(low - 1)}.get(number.bound or "", (low + high) / 2)


def _thousands(parsed: ParsedText, words: NumberWords) -> Iterator[Figure]:
    """Numbers with marks for thousands that stand behind a date ("since 14 November, 37,700"); no day or year is written so."""
    for i, word in enumerate(parsed.words):
        before = parsed.words[i - 1].lower if i else ""
        after = parsed.words[i + 1].lower if i + 1 < len(parsed.words) else ""
        something_else = before in words.currencies or after in words.money | words.lengths or "%" in after
        value = read_decimal(word.text) if _THOUSANDS.fullmatch(word.text) and not something_else else None
        if value is not None:
            yield Figure(i, i, value, value, value)


def _lengths(parsed: ParsedText, words: NumberWords) -> Iterator[Figure]:
    for i, word in enumerate(parsed.words):
        if not word.text[:1].isdigit():
            continue
        glued = _GLUED.fullmatch(word.lower)
        unit = glued[2] if glued else parsed.words[i + 1].lower if i + 1 < len(parsed.words) else ""
        value = read_decimal(glued[1] if glued else word.text)
        if unit in words.lengths and value is not None:
            yield Figure(i, i, value, value, value, length=True)
