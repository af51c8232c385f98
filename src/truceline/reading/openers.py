"""Dates that open a clause: the parser gets a comma after them.

Of "On 13 December rebel units attacked" the parser makes one noun phrase, "13 December rebel units", and of the verb a participle.
With the comma that a careful writer sets there it does not. The comma takes the place of the space in the parser's copy of the
text, so that offsets stay true, and is dropped again from the words.
"""

import re
from collections.abc import Collection

from truceline.knowledge.openers import Openers


class DateOpeners:
    """Sets the comma after each date that opens a clause."""

    def __init__(self, openers: Openers, days: Collection[str]) -> None:
        """Args: the words around such dates, and the names of months and weekdays in lower case."""
        named = "|".join(re.escape(day.title()) for day in sorted(days, key=len, reverse=True) if len(day) > 2)
        before = "|".join(f"[{word[0]}{word[0].upper()}]{re.escape(word[1:])}" for word in openers.prepositions)
        marks = "|".join(map(re.escape, openers.marks))
        parts = "|".join(map(re.escape, openers.parts))
        self._continues = frozenset(openers.continues)
        self._date = re.compile(
            rf"""(?:^|(?<=[.!?]\ )|(?<=[.!?]["']\ )|(?<=^["'])|\b(?:{marks})\ )  # where a clause begins
                 (?:[A-Z]?[a-z]+\ )?(?:{before})\ (?:the\ (?:[a-z]+\ ){{1,2}}of\ )?  # "Late on", "On the evening of"
                 (?:\d{{1,2}}(?:st|nd|rd|th)?\ )?(?:{named})(?:\ (?:{parts}))?\ (?=([^\W\d_][\w.-]*))""",
            re.VERBOSE,
        )

    def apart(self, piece: str) -> str:
        """The piece with a comma for the space after each such date; of the same length."""
        for match in self._date.finditer(piece):
            following = match.group(1)
            if following.lower() not in self._continues:
                piece = f"{piece[: match.end() - 1]},{piece[match.end() :]}"
        return piece


__all__ = ["DateOpeners"]
