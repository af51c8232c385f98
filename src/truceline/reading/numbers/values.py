"""What a number of the text is, and a figure before its surroundings are looked at."""

from dataclasses import dataclass
from typing import Literal

from truceline.model import Flag, Span

Kind = Literal["digits", "words", "mixed", "vague", "zero", "article", "compound", "unreadable"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the text.

    Attributes:
        first: Index of the first word, bound included ("at least").
        last: Index of the last word.
        min: Least value; None when the wording gives none ("up to ten") or the number is unreadable.
        max: Greatest value; None when the wording gives none.
        bound: Rule of the bounding words (``at_least``, ``nearly``, ``total`` …), or None.
        approximate: Whether the range is wider than the figure that is written.
        decimal: Whether a fraction was written; the range then holds it between whole numbers.
        flag: ``unreadable_number`` where the figure is spoilt.
    """

    first: int
    last: int
    span: Span
    min: int | None
    max: int | None
    kind: Kind
    bound: str | None = None
    approximate: bool = False
    decimal: bool = False
    flag: Flag | None = None

    @property
    def readable(self) -> bool:
        """Whether a value may be taken from it."""
        return self.flag is None


@dataclass(frozen=True, slots=True)
class Value:
    """A figure before its surroundings are looked at: words ``[start, end)``."""

    end: int
    low: float | None
    high: float | None
    kind: Kind
    bound: str | None = None
    scaled: bool = False  # has its own "thousand" or "million"
    scale: float = 1  # the last of them
    spoilt: str | None = None


REFUSED = Value(0, None, None, "digits")
"""Stands for what is written in digits and is no count: a date, a type designation, a clock time."""
