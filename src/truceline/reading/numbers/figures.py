"""Figures in words, and with scales: "twenty-one", "two dozen", "3.5 million", "several hundred", "none"."""

from truceline.knowledge.quantities import NumberWords, VagueWord
from truceline.reading.numbers.digits import Digits, is_special
from truceline.reading.numbers.values import Kind, Value
from truceline.reading.words import ParsedText

_BEYOND_COUNTING = 10**15
_BEFORE_NOUN = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "NUM", "ADV"})


class Figures:
    """Reads one figure, in words or digits, off the words of one text."""

    def __init__(self, parsed: ParsedText, data: NumberWords, digits: Digits) -> None:
        self.words = parsed.words
        self.data = data
        self.digits = digits
        self.lowers = digits.lowers

    def read(self, i: int) -> Value | None:
        """One figure: a fixed phrase, a vague word, digits or number words; REFUSED for what is no count."""
        lowers, data = self.lowers, self.data
        lower = lowers[i]
        if lower not in data.starters and ((lower.isalpha() and lower[0] != "x") or not is_special(lower)):
            return None
        if negation := data.zeros.match(lowers, i):
            return self._zero(i, *negation)
        if fixed := data.fixed.match(lowers, i):
            length, figure = fixed
            return self._scaled(Value(i + length, figure, figure, "words", scaled=figure >= 100))
        if vague := data.vague.match(lowers, i):
            return self._vague(i, *vague)
        if lower in data.ones or lower in data.tens:
            return self._scaled(self._words(i))
        if lower in data.articles:
            return self._article(i)
        value = self.digits.read(i) if is_special(lower) else None
        return self._scaled(value) if value is not None and value.kind == "digits" else value

    def _vague(self, i: int, length: int, word: VagueWord) -> Value | None:
        """ "dozens", "several hundred"; not an adverb, nor a word that lacks the "of" or the scale it needs."""
        end = i + length
        if word.not_before and self.lowers[end : end + 1] and self.lowers[end] in word.not_before:
            return None
        value = Value(end, word.min, word.max, "vague", bound="vague")
        scaled = self._scaled(value) if word.scales else value
        if scaled is not value:
            return scaled
        if not word.alone or (word.of and self.lowers[end : end + 1] != ["of"]):
            return None
        return None if self.words[i].pos in {"ADV", "VERB"} else value

    def _words(self, i: int) -> Value:
        """Number words up to ninety-nine."""
        data, lowers = self.data, self.lowers
        if lowers[i] in data.ones:
            return Value(i + 1, data.ones[lowers[i]], data.ones[lowers[i]], "words" if data.ones[lowers[i]] else "zero")
        total, end = data.tens[lowers[i]], i + 1
        unit = end + 1 if lowers[end : end + 1] == ["-"] else end
        if unit < len(lowers) and 0 < data.ones.get(lowers[unit], 0) < 10:
            total, end = total + data.ones[lowers[unit]], unit + 1
        return Value(end, total, total, "words")

    def _scaled(self, value: Value) -> Value:
        """Take in the scales that follow: "two hundred and fifty thousand", "3.5 million", "several dozen"."""
        if value.low is None:
            return value
        lowers, scales = self.lowers, self.data.scales
        end, scale, total, group = value.end, value.scale, 0.0, value.low
        while end < len(lowers):
            factor = scales.get(lowers[end])
            if factor and self.words[end].pos != "VERB" and group * factor < _BEYOND_COUNTING:
                group, scale, end = (group or 1) * factor, scale * factor, end + 1
                if factor >= 1000:
                    total, group = total + group, 0
                continue
            small = (
                self._after_scale(end)
                if value.kind == "words" and (scale > 1 or value.scaled) and group % 100 == 0
                else None
            )
            if small is None or small.low is None:
                break
            group, end = group + small.low, small.end
        if end == value.end:
            return value
        low = total + group
        high = None if value.high is None else value.high * low / value.low if value.low else low
        kind: Kind = "mixed" if value.kind == "digits" else value.kind
        return Value(end, low, high, kind, value.bound, scaled=True, scale=scale)

    def _after_scale(self, end: int) -> Value | None:
        """The units behind a scale: "and five" of "a hundred and five"."""
        start = end + 1 if self.lowers[end] == "and" else end
        if start >= len(self.lowers) or not (
            self.lowers[start] in self.data.ones or self.lowers[start] in self.data.tens
        ):
            return None
        small = self._words(start)
        return small if small.low else None

    def _zero(self, i: int, length: int, sort: str) -> Value | None:
        """ "no soldiers", "none"; not the adverb of "no longer" or the label of "No. 5"."""
        end = i + length
        if sort == "determiner":
            following = self.words[end : end + 5]
            if not following or following[0].pos not in _BEFORE_NOUN or following[0].lower in self.data.no_is_not:
                return None
            if not any(word.pos in {"NOUN", "PROPN"} for word in following):
                return None
        return Value(end, 0, 0, "zero")

    def _article(self, i: int) -> Value | None:
        word = self.words[i]
        head = self.words[word.head]
        # "a 12-vehicle convoy" counts vehicles, "a ten-year-old girl" is one girl
        following = self.lowers[i + 1 : i + 4]
        numbered = len(following) > 2 and self.words[i + 1].pos == "NUM"
        if numbered and (following[1] != "-" or self.digits.is_compound(following[2])):
            return None
        if word.dep == "det" and i < head.i <= i + 8 and head.tag in {"NN", "NNP"} and head.lemma in self.data.counted:
            return Value(i + 1, 1, 1, "article")
        alone = word.pos in {"PRON", "DET"} and word.dep in {"nsubj", "nsubjpass", "dobj"}  # "another was wounded"
        return Value(i + 1, 1, 1, "article") if alone else None
