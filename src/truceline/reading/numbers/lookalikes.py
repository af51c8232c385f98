"""Numbers that say something else than how many: dates, ages, distances, sums, references, names."""

import re

from truceline.knowledge.quantities import NumberWords
from truceline.reading.numbers.digits import Digits
from truceline.reading.numbers.values import Value
from truceline.reading.words import ParsedText

_YEAR = re.compile(r"(?:19|20)\d\d")


class Lookalikes:
    """Tells by its surroundings that a figure counts nothing."""

    def __init__(self, parsed: ParsedText, data: NumberWords, digits: Digits) -> None:
        self.words = parsed.words
        self.data = data
        self.digits = digits
        self.lowers = digits.lowers
        self.refused: set[int] = set()  # words of dates and references: what is coordinated with them is the same

    def claim(self, start: int, value: Value) -> bool:
        """Whether a figure that begins at word ``start`` is something else than a count."""
        if value.kind in {"zero", "article", "unreadable", "compound"} or value.bound == "vague":
            return False
        lowers, end = self.lowers, value.end
        before = lowers[start - 1] if start else ""
        after = lowers[end] if end < len(lowers) else ""
        return (
            self._is_date(start, value, before, after)
            or self._is_amount(start, value, before, after)
            or self._is_hyphenated(end, after)
            or self._is_distance(end, after)
            or (lowers[start] == "one" and end == start + 1 and self._is_pronoun_one(start, after))
            or self._is_reference(start, before, value)
        )

    def _is_amount(self, start: int, value: Value, before: str, after: str) -> bool:
        """Shares, sums of money, ages, hours and fractions."""
        data, lowers, end = self.data, self.lowers, value.end
        if after and (data.percent.match(lowers, end) or after in data.money or self._is_age(start, end, after)):
            return True
        if before in data.currencies or (after in data.clock and (after != "hours" or len(lowers[end - 1]) == 4)):
            return True
        return after in data.fractions and value.high is not None and value.high < 10

    def _is_distance(self, end: int, after: str) -> bool:
        """A length or calibre, unless it measures a thing: "5 km of road", but not "5 km of Agdam"."""
        if after not in self.data.lengths:
            return False
        if after not in self.data.measures or end + 2 >= len(self.words):
            return True
        return self.lowers[end + 1] not in self.data.measured_of or self.words[end + 2].pos == "PROPN"

    def _is_hyphenated(self, end: int, after: str) -> bool:
        """ "three-way talks", "two-thirds": hyphenated to something that is not counted."""
        words = self.words
        if after != "-" or end + 1 >= len(words) or words[end].start != words[end - 1].end:
            return False
        return words[end + 1].start == words[end].end and not self.digits.is_compound(words[end + 1].lemma)

    def _is_date(self, start: int, value: Value, before: str, after: str) -> bool:
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
                return not ((opened or dated) and self.digits.counted_follows(value.end))
        if _YEAR.fullmatch(text) and value.end - start <= 4 and value.kind == "digits":
            dated = before in data.year_before or before in data.months or (before == "," and start - 2 in self.refused)
            if dated and value.bound is None:
                return True
            return not self.digits.counted_follows(value.end) and value.bound in {None, "about"}
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
        if after in {"year", "years"} and lowers[end + 1 : end + 2] == ["old"]:
            return True
        if self.data.ages.match(lowers, end) or (
            after == "-" and self.data.ages.match([*lowers[end + 1 : end + 4], ""], 0)
        ):
            return True
        if not (start > 1 and lowers[start - 1] == "," and after in {",", "."} and end == start + 1):
            return False
        named = self.words[start - 2].pos == "PROPN"  # "Ali Hassan, 34,"
        return named and self.words[start].dep not in {"nsubj", "nsubjpass", "dobj"}

    def _is_pronoun_one(self, start: int, after: str) -> bool:
        if after in self.data.one_is_not:
            return True
        word = self.words[start]
        return word.pos != "NUM" and after != "of" and not self.digits.counted_follows(start + 1)

    def _is_reference(self, start: int, before: str, value: Value) -> bool:
        """Whether the number names a thing ("Route 60", "articles 5 and 6") and counts nothing."""
        if self.digits.counted_follows(value.end):
            return False
        words = self.words
        if before in self.data.labels:
            return True
        if self.lowers[value.end : value.end + 1] == ["of"]:
            return False
        if start > 1 and before in {"and", "or", ",", "to", "-", "/"} and start - 2 in self.refused:
            return True
        following = words[value.end].pos if value.end < len(words) else "PUNCT"
        if following in {"NOUN", "ADJ", "VERB", "PROPN", "NUM"} or before in self.data.months or not start:
            return False
        word, previous = words[start], words[start - 1]  # "Minsk 2"
        apart = previous.end < word.start and previous.sentence == word.sentence
        return previous.pos == "PROPN" and apart and word.text == word.lower
