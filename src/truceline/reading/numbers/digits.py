"""Figures in digits: marks for thousands and decimals, ranges, glued letters, and what is spoilt."""

import re
from dataclasses import replace

from truceline.knowledge.quantities import NumberWords
from truceline.reading.numbers.values import REFUSED, Value
from truceline.reading.words import ParsedText

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:'\d{3})+|\d{1,3}(?:\.\d{3}){2,}")
_DOTTED = re.compile(r"\d{1,3}\.\d{3}")
_DECIMAL = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d+\.\d+|\d{1,3}(?:\.\d{3})+,\d+")
_COMMA_DECIMAL = re.compile(r"\d{1,3},\d{1,2}")
_PLAIN = re.compile(r"\d{1,12}")
_RANGE = re.compile(r"(\d[\d,.]*)-(\d[\d,.]*)")
_WITH_LETTERS = re.compile(r"([\d,.]*\d)([a-z]+)")
_COMPOUND = re.compile(r"(\d[\d,]*)-([a-z]+)(?:-[a-z]+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPECIAL = re.compile(r"[\d?#_*�]|^[Xx]{2,}$|^\[")
_OPENING = frozenset("\"'([{“‘«~><≥≤≈+/")
_CLOSING = frozenset(".,;:!)]}\"'”’»…")
_DASHES = frozenset({"-", "—"})
_AS_TYPED = str.maketrans({"–": "-", "‑": "-", "’": "'"})


def is_special(text: str) -> bool:
    """Whether a word may be a figure that is not made of number words."""
    return _SPECIAL.search(text) is not None


class Digits:
    """Reads figures written in digits off the words of one text."""

    def __init__(self, parsed: ParsedText, data: NumberWords) -> None:
        self.parsed = parsed
        self.words = parsed.words
        self.data = data
        self.lowers = [word.lower for word in parsed.words]

    def cluster(self, i: int) -> tuple[int, int] | None:
        """What is written without a space from word ``i``, first and after-last word; None when ``i`` is inside."""
        words = self.words
        if i and words[i - 1].end == words[i].start:
            before, further = words[i - 1].text, words[i - 2] if i > 1 else None
            if before not in _OPENING | _DASHES:
                return None
            if before in {"-", "/"} and further is not None and further.end == words[i - 1].start:
                return None
        end = i + 1
        while end < len(words) and words[end].start == words[end - 1].end:
            end += 1
        while end - 1 > i and words[end - 1].text in _CLOSING | _DASHES | {"'s", "...", "--"}:
            end -= 1
        return i, end

    def read(self, i: int) -> Value | None:
        """The figure at word ``i``; REFUSED for what is no count, None inside a cluster."""
        cluster = self.cluster(i)
        if cluster is None:
            return None
        _, end = cluster
        text = self.parsed.text[self.words[i].start : self.words[end - 1].end].translate(_AS_TYPED)
        text = text.lstrip("+").rstrip(".,;:!")
        if not text:
            return None
        sign = self.data.before.match([text[0]], 0)  # "~50", ">38,300"
        value = self._plain(i, end, text[1:] if sign else text)
        if value is not None:
            return bounded(sign[1], value, self.data.margin) if sign and value is not REFUSED else value
        for why, pattern in self.data.damage:
            if pattern.fullmatch(text) and self.counted_follows(end):
                return Value(end, None, None, "unreadable", spoilt=why)
        return self._joined(i, end, text.lower())

    def _joined(self, i: int, end: int, text: str) -> Value:
        """Digits joined to other digits or letters: "14-15", "12-vehicle", "20k"."""
        if match := _RANGE.fullmatch(text):
            low, high = _whole(match[1]), _whole(match[2])
            years = _YEAR.fullmatch(match[1]) and len(match[2]) in {2, 4}
            return REFUSED if low is None or high is None or low >= high or years else Value(end, low, high, "digits")
        if match := _COMPOUND.fullmatch(text):
            figure = _whole(match[1])
            counted = figure is not None and self.is_compound(match[2])
            return Value(i + 1, figure, figure, "compound") if counted else REFUSED
        if (match := _WITH_LETTERS.fullmatch(text)) and (scale := self.data.suffixes.get(match[2])):
            amount = _decimal(match[1])
            if amount is not None and (match[2] not in self.data.lengths or self.counted_follows(end)):
                return Value(end, amount * scale, amount * scale, "mixed", scaled=True)
        return REFUSED

    def _plain(self, i: int, end: int, text: str) -> Value | None:
        """Digits alone, with their marks for thousands and decimals; None when the text is not of that form."""
        if _GROUPED.fullmatch(text) or _PLAIN.fullmatch(text):
            figure = int(re.sub(r"\D", "", text))
            if len(text) > 2 and text[0] == "0":
                return None if "," in text else REFUSED
            end, figure = self._spaced_groups(i, end, text, figure)
            return Value(end, figure, figure, "digits" if figure else "zero")
        if not (_DECIMAL.fullmatch(text) or _COMMA_DECIMAL.fullmatch(text)):
            return None
        following = self.lowers[end] if end < len(self.lowers) else ""
        value = _decimal(text)
        if value is None:
            return None
        if scale := self.data.scales.get(following):
            return Value(end + 1, value * scale, value * scale, "mixed", scaled=True, scale=scale)
        return self._decimal_of(end, text, value, following)

    def _decimal_of(self, end: int, text: str, value: float, following: str) -> Value:
        """A decimal is fair before a measure; before what comes whole it marks thousands or is a fault."""
        counted, measured = self.counted_follows(end), following in self.data.measures
        if _DOTTED.fullmatch(text) and counted and not measured:
            figure = int(text.replace(".", ""))
            return Value(end, figure, figure, "digits")
        if _DOTTED.fullmatch(text) and measured and following not in self.data.lengths:
            return Value(end, None, None, "unreadable", spoilt="the point may mark thousands or decimals")
        if measured:
            return Value(end, value, value, "digits")
        if counted:
            why = "thousands mark in the wrong place" if "," in text else "a fraction of something that comes whole"
            return Value(end, None, None, "unreadable", spoilt=why)
        return REFUSED

    def _spaced_groups(self, i: int, end: int, text: str, figure: int) -> tuple[int, int]:
        """Groups of three set apart by one blank: "1 960", "38 300"; a plain blank only before something counted."""
        dated = i > 0 and self.lowers[i - 1] in self.data.months
        if dated or len(text) > 3 or not _PLAIN.fullmatch(text):
            return end, figure
        j, value, hard = end, figure, True
        while j < len(self.words) and len(self.lowers[j]) == 3 and self.lowers[j].isdecimal():
            gap = self.parsed.text[self.words[j - 1].end : self.words[j].start]
            if len(gap) != 1 or gap == "\n":
                break
            hard = hard and gap in "\u00a0\u2009\u202f"
            value, j = value * 1000 + int(self.lowers[j]), j + 1
        return (j, value) if j > end and (hard or self.counted_follows(j)) else (end, figure)

    def is_compound(self, noun: str) -> bool:
        """Whether a noun glued to a number is counted by it ("12-vehicle convoy")."""
        return noun in self.data.compounds or (noun in self.data.counted and noun not in self.data.lengths)

    def counted_follows(self, end: int) -> bool:
        """Whether something that can be counted follows within the phrase."""
        for word in self.words[end : end + 6]:
            if word.lemma in self.data.counted or word.lower in self.data.counted:
                return True
            if word.pos in {"PUNCT", "ADP", "AUX", "CCONJ", "SCONJ", "NUM"} and word.text not in {"-", "of"}:
                return False
        return False


def bounded(rule: str, value: Value, margin: float) -> Value:
    """The range that a bounding word makes of a figure; ``margin`` is the share that "about" leaves open."""
    low, high = value.low, value.high
    less, more = (0 if side is None else max(1, round(margin * side)) for side in (low, high))
    if rule == "at_least":
        high = None
    elif rule == "above":
        low, high = None if low is None else low + 1, None
    elif rule == "at_most":
        low = None
    elif rule == "below":
        low, high = None, None if high is None else max(0, high - 1)
    elif rule == "nearly":
        low = None if low is None else max(0, low - less)
    elif rule == "just_over":
        low, high = None if low is None else low + 1, None if high is None else high + more
    elif rule == "about":
        low, high = None if low is None else max(0, low - less), None if high is None else high + more
    return replace(value, low=low, high=high, bound=rule)


def _whole(text: str) -> int | None:
    text = text.rstrip(".,")
    if _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    return None


def _decimal(text: str) -> float | None:
    if text.count(",") == 1 and "." in text and text.index(",") > text.rindex("."):
        text = text.replace(".", "").replace(",", ".")  # 1.191,3
    elif _COMMA_DECIMAL.fullmatch(text):
        text = text.replace(",", ".")
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None
