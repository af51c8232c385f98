"""Finding numbers: figures, ranges of two figures, and the words that bound them."""

import math
from dataclasses import replace

from truceline.knowledge.quantities import NumberWords
from truceline.model import Flag
from truceline.reading.numbers.digits import Digits, bounded, is_special
from truceline.reading.numbers.figures import Figures
from truceline.reading.numbers.lookalikes import Lookalikes
from truceline.reading.numbers.values import REFUSED, Kind, Number, Value
from truceline.reading.words import ParsedText


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
        self.digits = Digits(parsed, words)
        self.figures = Figures(parsed, words, self.digits)
        self.lookalikes = Lookalikes(parsed, words, self.digits)
        self.lowers = self.digits.lowers

    def find(self) -> tuple[Number, ...]:
        found: list[Number] = []
        starters, lowers = self.data.starters, self.lowers
        i, n = 0, len(lowers)
        while i < n:
            lower = lowers[i]
            if lower not in starters and ((lower.isalpha() and lower[0] != "x") or not is_special(lower)):
                i += 1
                continue
            value = self._bounded(i)
            if value is None:
                i += 1
                continue
            start = i
            if value is REFUSED or self.lookalikes.claim(start, value):
                i = self._refuse(start, value)
                continue
            if value.kind == "vague" and found and found[-1].last == start - 1:
                i += 1  # "six multiple rocket launchers"
                continue
            found.append(self._number(start, value))
            i = value.end
        return tuple(found)

    def _bounded(self, i: int, depth: int = 0) -> Value | None:
        """A figure with the words that bound it, before or after."""
        if (match := self.data.before.match(self.lowers, i)) and depth < 3 and i + match[0] < len(self.words):
            inner = self._bounded(i + match[0], depth + 1)
            if inner is not None and inner is not REFUSED and inner.spoilt is None and self._bounds(i, inner):
                return bounded(match[1], inner, self.data.margin)
            if inner is not None and inner.spoilt is not None:
                return inner
        value = self._ranged(i)
        if value is None or value is REFUSED or value.spoilt or depth:
            return value
        if value.end < len(self.words) and (after := self.data.after.match(self.lowers, value.end)):
            return bounded(after[1], replace(value, end=value.end + after[0]), self.data.margin)
        return value

    def _bounds(self, i: int, inner: Value) -> bool:
        """Whether a word that is also a preposition bounds the number, as the parser sees it."""
        word = self.words[i]
        if word.lower not in self.data.prepositions or word.dep not in {"prep", "prt"}:
            return True
        return (
            word.dep == "prep"
            and word.i == self.parsed.sentences[word.sentence].first
            and self.digits.counted_follows(inner.end)
        )

    def _ranged(self, i: int) -> Value | None:
        """A figure, or two that make a range: "14-15", "two or three", "between 15 and 20"."""
        lower, n = self.lowers[i], len(self.words)
        opened = lower in self.data.between or lower in self.data.from_
        start = i + 1 if opened else i
        if start >= n:
            return None
        left = self.figures.read(start)
        if left is None or left is REFUSED or left.spoilt or left.kind in {"zero", "article"} or left.end + 1 >= n:
            return None if opened and (left is None or left is not REFUSED) else left
        joiners = self.data.between_joiners if lower in self.data.between else self.data.joiners
        if opened and lower in self.data.from_ and self._is_change(i):
            return None
        joiner = self.lowers[left.end]
        spaced_dash = joiner == "-" and self.words[left.end].start > self.words[left.end - 1].end
        if joiner in joiners or spaced_dash or joiner == "-":
            right = self.figures.read(left.end + 1)
            if right and right is not REFUSED and not right.spoilt and right.kind not in {"zero", "article"}:
                joined = self._join(left, right)
                if joined and (opened or joiner not in self.data.from_) and self._may_join(left, joiner):
                    return joined
        match = self.data.at_least_joiners.match(self.lowers, left.end + (joiner == ","))
        if match and (right := self.figures.read(left.end + (joiner == ",") + match[0])) and right.low is not None:
            return replace(right, low=left.low, high=None)
        return None if opened else left

    def _is_change(self, i: int) -> bool:
        """Whether "from A to B" tells of a change: some change word stands shortly before, or governs it."""
        near = self.words[max(0, i - 4) : i]
        return any(word.lemma in self.data.change for word in (*near, self.words[self.words[i].head]))

    def _may_join(self, left: Value, joiner: str) -> bool:
        return joiner != "to" or not self._is_change(left.end - 1)

    @staticmethod
    def _join(left: Value, right: Value) -> Value | None:
        if left.low is None or right.low is None:
            return None
        low = left.low
        if right.scaled and not left.scaled and low * right.scale < right.low:
            low *= right.scale  # "two to three dozen"
        if low >= right.low:
            return None
        kind: Kind = left.kind if left.kind == right.kind else "mixed"
        return Value(right.end, low, right.high, kind, bound=left.bound, scaled=right.scaled)

    def _refuse(self, start: int, value: Value) -> int:
        if value is REFUSED:
            cluster = self.digits.cluster(start)
            end = cluster[1] if cluster else start + 1
        else:
            end = value.end
        self.lookalikes.refused.update(range(start, max(end, start + 1)))
        return max(end, start + 1)

    def _number(self, start: int, value: Value) -> Number:
        last = value.end - 1
        span = self.parsed.span(start, last)
        if value.kind == "unreadable":
            while start < last and not is_special(self.lowers[start]):
                start += 1
            span = self.parsed.span(start, last)
            text = self.parsed.text[span[0] : span[1]]
            flag = Flag("unreadable_number", span, text, f"{value.spoilt}; no value is taken from it")
            return Number(start, last, span, None, None, "unreadable", flag=flag)
        low = None if value.low is None else math.floor(value.low)
        high = None if value.high is None else math.ceil(value.high)
        decimal = any(v is not None and v != int(v) for v in (value.low, value.high))
        return Number(start, last, span, low, high, value.kind, value.bound, low != high, decimal)
