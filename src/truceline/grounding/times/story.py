"""A year that a paragraph tells of: "In 1992 … . In May … . In August …" are of one year."""

from dataclasses import dataclass, replace

from truceline.grounding.times.values import Calendar, Value
from truceline.model import Span
from truceline.reading.words import ParsedText

# "In late May": words before a time that begins its sentence.
_BEFORE = 2


@dataclass(slots=True)
class Story:
    """The year of the paragraph at hand, as long as its sentences begin with times of that year.

    Only times that begin their sentence count, since only those move a story on: "the pact of 1994" does not make the
    Friday after it one of 1994.
    """

    parsed: ParsedText
    this_year: int | None
    year: int | None = None
    paragraph: int = -1

    def told(self, value: Value, span: Span, sentence: int) -> Value:
        """The value, with the year of the story where it needs one; the story goes on or ends with it."""
        if sentence < 0 or not self._begins(span, sentence):
            return value
        here = self.parsed.sentences[sentence].paragraph
        if here != self.paragraph:
            self.year, self.paragraph = None, here
        if not isinstance(value, Calendar) or value.weekday is not None or value.which is not None:
            self.year = None
            return value
        if isinstance(value.year, int):
            self.year = value.year if value.year != self.this_year else None
            return value
        if value.month is None or value.year is not None or self.year is None:
            self.year = self.year if value.month is not None and value.year is None else None
            return value
        return replace(value, year=self.year)

    def _begins(self, span: Span, sentence: int) -> bool:
        covered = self.parsed.covering(span)
        return bool(covered) and covered[0] - self.parsed.sentences[sentence].first <= _BEFORE
