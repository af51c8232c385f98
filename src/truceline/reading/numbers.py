"""Numbers of the text: how many, as an honest range; years, dates, calibres and names that only look like numbers are left out."""

import math
import re
from dataclasses import dataclass, replace
from typing import Literal

from truceline.knowledge.quantities import NumberWords
from truceline.model import Flag, Span
from truceline.reading.words import ParsedText, Word

Kind = Literal["digits", "words", "mixed", "vague", "zero", "article", "compound", "unreadable"]

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
_OPENING = frozenset("\"'([{“‘«")
_CLOSING = frozenset(".,;:!)]}\"'”’»…")
_DASHES = frozenset({"-", "—"})


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
class _Value:
    """A figure before its surroundings are looked at: words ``[start, end)``."""

    end: int
    low: float | None
    high: float | None
    kind: Kind
    bound: str | None = None
    scaled: bool = False  # has its own "thousand" or "million"
    scale: float = 1  # the last of them
    spoilt: str | None = None


_REFUSED = _Value(0, None, None, "digits")


def find_numbers(parsed: ParsedText, words: NumberWords) -> tuple[Number, ...]:
    """All numbers of the text, in order and without overlap.

    Left out are years, dates, clock times, ordinals, percentages, sums of money, ages, calibres, distances, and numbers
    that are part of a name or of a reference ("Route 60", "Article 5").
    """
    return _Finder(parsed, words).find()


class _Finder:
    def __init__(self, parsed: ParsedText, words: NumberWords) -> None:
        self.parsed = parsed
        self.words = parsed.words
        self.data = words
        self.lowers = [word.lower for word in parsed.words]
        self.refused: set[int] = set()  # words of dates and references: what is coordinated with them is the same

    def find(self) -> tuple[Number, ...]:
        found: list[Number] = []
        starters, lowers = self.data.starters, self.lowers
        i, n = 0, len(lowers)
        while i < n:
            lower = lowers[i]
            if lower not in starters and (lower.isalpha() and lower[0] != "x" or not _SPECIAL.search(lower)):
                i += 1
                continue
            value = self._bounded(i)
            if value is None:
                i += 1
                continue
            start = i
            if value is _REFUSED or self._is_something_else(start, value):
                i = self._refuse(start, value)
                continue
            found.append(self._number(start, value))
            i = value.end
        return tuple(found)

    # --- figures -------------------------------------------------------------------------------------------------

    def _bounded(self, i: int, depth: int = 0) -> _Value | None:
        """A figure with the words that bound it, before or after."""
        if (match := self.data.before.match(self.lowers, i)) and depth < 3 and i + match[0] < len(self.words):
            inner = self._bounded(i + match[0], depth + 1)
            if inner is not None and inner is not _REFUSED and inner.spoilt is None and self._bounds(i, inner):
                return self._apply(match[1], inner)
            if inner is not None and inner.spoilt is not None:
                return inner
        value = self._ranged(i)
        if value is None or value is _REFUSED or value.spoilt or depth:
            return value
        if value.end < len(self.words) and (after := self.data.after.match(self.lowers, value.end)):
            return self._apply(after[1], replace(value, end=value.end + after[0]))
        return value

    def _bounds(self, i: int, inner: _Value) -> bool:
        """Whether a word that is also a preposition bounds the number, as the parser sees it."""
        word = self.words[i]
        if word.lower not in self.data.prepositions or word.dep != "prep":
            return True
        return word.i == self.parsed.sentences[word.sentence].first and self._counted_follows(inner.end)

    def _apply(self, rule: str, value: _Value) -> _Value:
        low, high = value.low, value.high
        margin = max(1, round(self.data.margin * (high if high is not None else low or 0)))
        if rule == "at_least":
            high = None
        elif rule == "above":
            low, high = None if low is None else low + 1, None
        elif rule == "at_most":
            low = None
        elif rule == "below":
            low, high = None, None if high is None else max(0, high - 1)
        elif rule == "nearly":
            low = None if low is None else max(0, low - margin)
        elif rule == "just_over":
            low, high = None if low is None else low + 1, None if high is None else high + margin
        elif rule == "about":
            low, high = None if low is None else max(0, low - margin), None if high is None else high + margin
        return replace(value, low=low, high=high, bound=rule)

    def _ranged(self, i: int) -> _Value | None:
        """A figure, or two that make a range: "14-15", "two or three", "between 15 and 20"."""
        lower, n = self.lowers[i], len(self.words)
        opened = lower in self.data.between or lower in self.data.from_
        start = i + 1 if opened else i
        if start >= n:
            return None
        left = self._figure(start)
        if left is None or left is _REFUSED or left.spoilt or left.kind in {"zero", "article"} or left.end + 1 >= n:
            return None if opened and (left is None or left is not _REFUSED) else left
        joiners = self.data.between_joiners if lower in self.data.between else self.data.joiners
        if opened and lower in self.data.from_ and self._is_change(i):
            return None
        joiner = self.lowers[left.end]
        spaced_dash = joiner == "-" and self.words[left.end].start > self.words[left.end - 1].end
        if joiner in joiners or spaced_dash or joiner == "-":
            right = self._figure(left.end + 1)
            if right and right is not _REFUSED and not right.spoilt and right.kind not in {"zero", "article"}:
                joined = self._join(left, right)
                if joined and (opened or joiner not in self.data.from_) and self._may_join(left, joiner):
                    return joined
        match = self.data.at_least_joiners.match(self.lowers, left.end + (joiner == ","))
        if match and (right := self._figure(left.end + (joiner == ",") + match[0])) and right.low is not None:
            return replace(right, low=left.low, high=None)
        return None if opened else left

    def _is_change(self, i: int) -> bool:
        """Whether "from A to B" tells of a change: some change word stands shortly before, or governs it."""
        near = self.words[max(0, i - 4) : i]
        return any(word.lemma in self.data.change for word in (*near, self.words[self.words[i].head]))

    def _may_join(self, left: _Value, joiner: str) -> bool:
        return joiner != "to" or not self._is_change(left.end - 1)

    @staticmethod
    def _join(left: _Value, right: _Value) -> _Value | None:
        if left.low is None or right.low is None:
            return None
        low = left.low
        if right.scaled and not left.scaled and low * right.scale < right.low:
            low *= right.scale  # "two to three dozen"
        if low >= right.low:
            return None
        kind: Kind = left.kind if left.kind == right.kind else "mixed"
        return _Value(right.end, low, right.high, kind, bound=left.bound, scaled=right.scaled)

    def _figure(self, i: int) -> _Value | None:
        """One figure: a fixed phrase, a vague word, digits or number words."""
        lowers, data = self.lowers, self.data
        lower = lowers[i]
        if lower.isalpha() and lower[0] != "x" or lower in data.starters:
            if match := data.zeros.match(lowers, i):
                return self._zero(i, *match)
            if match := data.fixed.match(lowers, i):
                return self._scaled(_Value(i + match[0], match[1], match[1], "words", scaled=match[1] >= 100))
            if match := data.vague.match(lowers, i):
                word = match[1]
                end = i + match[0]
                value = _Value(end, word.min, word.max, "vague", bound="vague")
                scaled = self._scaled(value) if word.scales else value
                if scaled is value and (not word.alone or (word.of and lowers[end : end + 1] != ["of"])):
                    return None
                if scaled is value and self.words[i].pos in {"ADV", "VERB"}:
                    return None
                return scaled
            if lower in data.ones or lower in data.tens:
                return self._scaled(self._words(i))
            if lower in data.articles:
                return self._article(i)
            return None
        return self._digits(i) if _SPECIAL.search(lower) else None

    def _words(self, i: int) -> _Value:
        """Number words up to ninety-nine."""
        data, lowers = self.data, self.lowers
        if lowers[i] in data.ones:
            return _Value(i + 1, data.ones[lowers[i]], data.ones[lowers[i]], "words" if data.ones[lowers[i]] else "zero")
        total, end = data.tens[lowers[i]], i + 1
        unit = end + 1 if lowers[end : end + 1] == ["-"] else end
        if unit < len(lowers) and 0 < data.ones.get(lowers[unit], 0) < 10:
            total, end = total + data.ones[lowers[unit]], unit + 1
        return _Value(end, total, total, "words")

    def _scaled(self, value: _Value) -> _Value:
        """Take in the scales that follow: "two hundred and fifty thousand", "3.5 million", "several dozen"."""
        lowers, data, n = self.lowers, self.data, len(self.lowers)
        end, low, high = value.end, value.low, value.high
        if low is None:
            return value
        total = 0.0
        group, kind, scaled, last_scale = low, value.kind, value.scaled, value.scale
        while end < n:
            word = lowers[end]
            if (scale := data.scales.get(word)) and not (word == "score" and self.words[end].pos == "VERB"):
                group = (group or 1) * scale
                if scale >= 1000:
                    total, group = total + group, 0
                last_scale = last_scale * scale if total == 0 or scale >= 1000 else scale
                end, scaled, kind = end + 1, True, "mixed" if value.kind == "digits" else kind
                continue
            step = end + 1 if word == "and" and scaled else end
            if scaled and step < n and (lowers[step] in data.ones or lowers[step] in data.tens) and value.kind == "words":
                small = self._words(step)
                if small.low is not None and 0 < small.low and (group % 100 == 0) and (step > end or group or total):
                    follows = lowers[small.end : small.end + 1]
                    ends_here = step > end and not (group >= 100 or total >= 1000)
                    if not ends_here and not (step > end and self._is_new_count(step, small.end, follows)):
                        group, end = group + small.low, small.end
                        continue
            break
        if not scaled or end == value.end:
            return replace(value, scaled=value.scaled)
        low = total + group
        factor = low / value.low if value.low else 1
        return _Value(end, low, high * factor if high is not None else None, kind, value.bound, True, last_scale)

    def _is_new_count(self, step: int, end: int, follows: list[str]) -> bool:
        """ "a hundred and five wounded" is one number; "a hundred killed and five wounded" never comes here."""
        return bool(follows) and follows[0] in self.data.scales and self.data.scales[follows[0]] == 12 and end > step

    def _zero(self, i: int, length: int, sort: str) -> _Value | None:
        word = self.words[i]
        end = i + length
        if sort == "determiner":
            if end >= len(self.words) or self.lowers[end] in self.data.one_is_not:
                return None
            head = self.words[word.head] if word.dep in {"det", "neg"} else None
            following = self.words[end : end + 5]
            nominal = any(w.pos in {"NOUN", "PROPN"} for w in following) and following[0].pos in {"NOUN", "PROPN", "ADJ", "VERB", "NUM", "ADV"}
            if not nominal or (head is not None and head.pos in {"ADV", "INTJ"}):
                return None
            if self.lowers[end] in {"longer", "doubt"} or following[0].text in {",", "."}:
                return None
        return _Value(end, 0, 0, "zero")

    def _article(self, i: int) -> _Value | None:
        word = self.words[i]
        head = self.words[word.head]
        if any(self.words[j].pos == "NUM" for j in range(i + 1, min(head.i, i + 6))):
            return None
        if word.dep == "det" and i < head.i <= i + 5 and head.tag in {"NN", "NNP"} and head.lemma in self.data.counted:
            return _Value(i + 1, 1, 1, "article")
        if word.pos in {"PRON", "DET"} and word.dep in {"nsubj", "nsubjpass", "dobj"} and word.lower not in {"a", "an"}:
            return _Value(i + 1, 1, 1, "article")
        return None

    # --- digits --------------------------------------------------------------------------------------------------

    def _cluster(self, i: int) -> tuple[int, int] | None:
        """First and after-last word of what is written without a space around word ``i``; None when ``i`` is inside one."""
        words = self.words
        if i and words[i - 1].end == words[i].start and words[i - 1].text not in _OPENING and words[i - 1].text not in _DASHES | {"~", ">", "<", "≥", "≤", "≈", "+", "/"}:
            return None
        if i > 1 and words[i - 1].text in {"-", "/"} and words[i - 1].end == words[i].start and words[i - 2].end == words[i - 1].start:
            return None
        end = i + 1
        while end < len(words) and words[end].start == words[end - 1].end:
            end += 1
        while end - 1 > i and words[end - 1].text in _CLOSING | _DASHES | {"'s", "...", "--"}:
            end -= 1
        return i, end

    def _digits(self, i: int) -> _Value | None:
        cluster = self._cluster(i)
        if cluster is None:
            return None
        _, end = cluster
        text = self.parsed.text[self.words[i].start : self.words[end - 1].end].translate({0x2013: "-", 0x2011: "-", 0x2019: "'"}).lstrip("+").rstrip(".,;:!")
        if not text:
            return None
        if (sign := self.data.before.match([text[0]], 0)) and (value := self._plain(i, end, text[1:])) not in {None, _REFUSED}:
            return self._apply(sign[1], value)
        if (value := self._plain(i, end, text)) is not None:
            return value
        for why, pattern in self.data.damage:
            if pattern.fullmatch(text) and self._counted_follows(end):
                return _Value(end, None, None, "unreadable", spoilt=why)
        lower = text.lower()
        if match := _RANGE.fullmatch(text):
            low, high = _whole(match[1]), _whole(match[2])
            if low is None or high is None or low >= high or len(match[1]) == 4 == len(match[2]) and _YEAR.fullmatch(match[1]):
                return _REFUSED
            return self._scaled(_Value(end, low, high, "digits"))
        if match := _COMPOUND.fullmatch(lower):
            figure = _whole(match[1])
            if figure is None or not self._is_compound(match[2]):
                return _REFUSED
            return _Value(i + 1, figure, figure, "compound")
        if (match := _WITH_LETTERS.fullmatch(lower)) and (scale := self.data.suffixes.get(match[2])):
            figure = _decimal(match[1])
            if figure is not None and (match[2] not in self.data.lengths or self._counted_follows(end)):
                return _Value(end, figure * scale, figure * scale, "mixed", scaled=True)
        return _REFUSED

    def _plain(self, i: int, end: int, text: str) -> _Value | None:
        """Digits alone, with their marks for thousands and decimals; None when the text is not of that form."""
        if _GROUPED.fullmatch(text) or _PLAIN.fullmatch(text):
            figure = int(re.sub(r"\D", "", text))
            if len(text) > 2 and text[0] == "0":
                return None if "," in text else _REFUSED
            end, figure = self._spaced_groups(i, end, text, figure)
            return self._scaled(_Value(end, figure, figure, "digits" if figure else "zero"))
        if not (_DECIMAL.fullmatch(text) or _COMMA_DECIMAL.fullmatch(text)):
            return None
        following = self.lowers[end] if end < len(self.lowers) else ""
        scale, measured = self.data.scales.get(following), following in self.data.measures
        value = _decimal(text)
        if value is None:
            return None
        if scale:
            return _Value(end + 1, value * scale, value * scale, "mixed", scaled=True, scale=scale)
        counted = self._counted_follows(end)
        if _DOTTED.fullmatch(text) and counted and not measured:
            return _Value(end, int(text.replace(".", "")), int(text.replace(".", "")), "digits")
        if _DOTTED.fullmatch(text) and measured and following not in self.data.lengths:
            return _Value(end, None, None, "unreadable", spoilt="the point may mark thousands or decimals")
        if measured:
            return _Value(end, value, value, "digits")
        if counted:
            why = "thousands mark in the wrong place" if "," in text else "a fraction of something that comes whole"
            return _Value(end, None, None, "unreadable", spoilt=why)
        return _REFUSED

    def _spaced_groups(self, i: int, end: int, text: str, figure: int) -> tuple[int, int]:
        """Groups of three set apart by one blank: "1 960", "38 300"; a plain blank only before something counted."""
        if not (_PLAIN.fullmatch(text) and len(text) <= 3) or self.lowers[i - 1 : i] and i and self.lowers[i - 1] in self.data.months:
            return end, figure
        j, value, hard = end, figure, True
        while j < len(self.words) and len(self.lowers[j]) == 3 and self.lowers[j].isdecimal():
            gap = self.parsed.text[self.words[j - 1].end : self.words[j].start]
            if len(gap) != 1 or gap == "\n":
                break
            hard = hard and gap in "\u00a0\u2009\u202f"
            value, j = value * 1000 + int(self.lowers[j]), j + 1
        return (j, value) if j > end and (hard or self._counted_follows(j)) else (end, figure)

    def _is_compound(self, noun: str) -> bool:
        return noun in self.data.compounds or (noun in self.data.counted and noun not in self.data.lengths)

    # --- surroundings --------------------------------------------------------------------------------------------

    def _counted_follows(self, end: int) -> bool:
        """Whether something that can be counted follows within the phrase."""
        for word in self.words[end : end + 6]:
            if word.lemma in self.data.counted or word.lower in self.data.counted:
                return True
            if word.pos in {"PUNCT", "ADP", "AUX", "CCONJ", "SCONJ", "NUM"} and word.text not in {"-", "of"}:
                return False
        return False

    def _is_something_else(self, start: int, value: _Value) -> bool:
        if value.kind in {"zero", "article", "unreadable", "compound"} or value.bound == "vague":
            return False
        data, lowers, end = self.data, self.lowers, value.end
        before = lowers[start - 1] if start else ""
        after = lowers[end] if end < len(lowers) else ""
        if self._is_date(start, value, before, after):
            return True
        if after and (data.percent.match(lowers, end) or after in data.money or self._is_age(start, end, after)):
            return True
        if before in data.currencies or lowers[start] in data.currencies:
            return True
        if after in data.clock and (after != "hours" or len(lowers[end - 1]) == 4):
            return True
        if self._is_hyphenated(end, after):
            return True
        if after in data.fractions and value.high is not None and value.high < 10:
            return True
        if after in data.lengths and not (after in data.measures and lowers[end + 1 : end + 2] and lowers[end + 1] in data.measured_of and not self._is_bearing(end + 2)):
            return True
        if lowers[end - 1] == "one" and value.end - start == 1:
            return self._is_pronoun_one(start, after)
        return self._is_reference(start, before, value)

    def _is_bearing(self, i: int) -> bool:
        """ "5 km of Agdam" is a distance: a name, not a thing, follows."""
        return i < len(self.words) and self.words[i].pos == "PROPN"

    def _is_hyphenated(self, end: int, after: str) -> bool:
        """ "three-way talks", "two-thirds": hyphenated to something that is not counted."""
        words = self.words
        if after != "-" or end + 1 >= len(words) or words[end].start != words[end - 1].end:
            return False
        return not self._is_compound(words[end + 1].lemma) if words[end + 1].start == words[end].end else False

    def _is_date(self, start: int, value: _Value, before: str, after: str) -> bool:
        lowers, data = self.lowers, self.data
        high = value.high if value.high is not None else value.low
        if high is None or high != int(high):
            return False
        text = lowers[value.end - 1]
        if high <= 31 and (lowers[start].isdecimal() or lowers[start] in data.between or value.kind == "digits"):
            if after in data.months or self._month_ahead(value.end):
                return True
            if before in data.months and self.words[start - 1].text[0].isupper():
                opened = lowers[start - 2] in data.month_follows if start > 1 else False
                dated = start > 1 and lowers[start - 2].isdecimal()
                return not ((opened or dated) and self._counted_follows(value.end))
        if _YEAR.fullmatch(text) and value.end - start <= 4 and value.kind == "digits":
            dated = before in data.year_before or before in data.months or before == "," and start - 2 in self.refused
            if dated and value.bound is None:
                return True
            return not self._counted_follows(value.end) and value.bound in {None, "about"}
        return False

    def _month_ahead(self, i: int) -> bool:
        """ "8, 9 and 10 December": only days and joiners stand between the number and a month."""
        lowers = self.lowers
        for j in range(i, min(i + 8, len(lowers))):
            lower = lowers[j]
            if lower in self.data.months:
                return j > i and self.words[j].text[0].isupper()
            if not (lower in {",", "and", "or", "to", "-", "/", "of"} or (lower.isdecimal() and int(lower) <= 31)):
                return False
        return False

    def _is_age(self, start: int, end: int, after: str) -> bool:
        lowers = self.lowers
        if after in {"year", "years", "-"} and (self.data.ages.match(lowers, end) or lowers[end + 1 : end + 2] == ["old"]):
            return True
        if after == "-" and self.data.ages.match(lowers, min(end + 1, len(lowers) - 1)):
            return True
        bracketed = start > 1 and lowers[start - 1] == "," and after in {",", "."} and end - start == 1
        return bracketed and self.words[start - 2].pos == "PROPN" and self.words[start].dep not in {"nsubj", "nsubjpass", "dobj"}

    def _is_pronoun_one(self, start: int, after: str) -> bool:
        if after in self.data.one_is_not:
            return True
        word = self.words[start]
        return word.pos != "NUM" and after != "of" and not self._counted_follows(start + 1)

    def _is_reference(self, start: int, before: str, value: _Value) -> bool:
        """Whether the number names a thing ("Route 60", "articles 5 and 6") and counts nothing."""
        if self._counted_follows(value.end):
            return False
        words = self.words
        if before in self.data.labels:
            return True
        if self.lowers[value.end : value.end + 1] == ["of"]:
            return False
        if start > 1 and before in {"and", "or", ",", "to", "-", "/"} and start - 2 in self.refused:
            return True
        following = words[value.end].pos if value.end < len(words) else "PUNCT"
        previous = words[start - 1] if start else None
        named = previous is not None and previous.pos == "PROPN" and previous.sentence == words[start].sentence and previous.end < words[start].start
        return named and lower_case(words[start]) and following not in {"NOUN", "ADJ", "VERB", "PROPN", "NUM"} and before not in self.data.months

    def _refuse(self, start: int, value: _Value) -> int:
        if value is _REFUSED:
            cluster = self._cluster(start)
            end = cluster[1] if cluster else start + 1
        else:
            end = value.end
        self.refused.update(range(start, max(end, start + 1)))
        return max(end, start + 1)

    def _number(self, start: int, value: _Value) -> Number:
        last = value.end - 1
        span = self.parsed.span(start, last)
        if value.kind == "unreadable":
            while start < last and not _SPECIAL.search(self.lowers[start]):
                start += 1
            span = self.parsed.span(start, last)
            text = self.parsed.text[span[0] : span[1]]
            flag = Flag("unreadable_number", span, text, f"{value.spoilt}; no value is taken from it")
            return Number(start, last, span, None, None, "unreadable", flag=flag)
        low = None if value.low is None else math.floor(value.low)
        high = None if value.high is None else math.ceil(value.high)
        decimal = any(v is not None and v != int(v) for v in (value.low, value.high))
        return Number(start, last, span, low, high, value.kind, value.bound, low != high, decimal)


def lower_case(word: Word) -> bool:
    """Whether a word is written without capitals (digits are)."""
    return word.text == word.lower


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
