"""The agreement's persons: by office and country, and by garbled names."""

from collections.abc import Collection, Iterable
from datetime import date

from truceline.grounding.actors.names import fold
from truceline.grounding.actors.spelling import alikeness, name_alikeness
from truceline.knowledge import Agreement, Person
from truceline.knowledge.parties import within

# Measured on garbles of the shipped agreements' persons (transliteration swaps, one to three a name: 735 of 736 read as
# the right person, none as another) against 140 names of other people given the same offices (none taken).
_LEAST = 0.75
_LEAST_FAMILY_NAME = 0.7
_LEAST_GIVEN_NAME = 0.5
_RUNNERS_UP = 3

PERSON = "person:"
"""What the ids of persons begin with whom no data file has."""


def person_id(words: Iterable[str]) -> str | None:
    """The id of somebody no data file has: from the name in full, so that it is the same in every document.

    >>> person_id(["Mamuka", "Kurtanidze"]), person_id(["Kurtanidze"])
    ('person:mamuka-kurtanidze', None)
    """
    parts = ["".join(c for c in fold(word) if c.isalnum()) for word in words]
    names = [part for part in parts if len(part) > 1]  # initials differ from text to text
    return PERSON + "-".join(names) if len(names) > 1 else None


class PersonMatcher:
    """Finds persons of an agreement by what a text says of them."""

    def __init__(self, agreement: Agreement | None, on: date | None) -> None:
        self._persons = agreement.persons if agreement else ()
        self._on = on

    def holder(self, offices: Collection[str], code: str) -> Person | None:
        """The one person of the agreement who held one of these offices of a country on the day."""
        found = [
            person
            for person in self._persons
            if any(held.office in offices and held.of == code and within(held, self._on) for held in person.offices)
        ]
        return found[0] if len(found) == 1 else None

    def fitting(self, persons: list[Person], offices: Collection[str], codes: Collection[str]) -> list[Person]:
        """Those whose office and country agree with what is said; all of them when nobody's do."""
        by_office = [person for person in persons if self._held(person, offices)] or persons
        return [person for person in by_office if person.country in codes] or by_office

    def garbled(self, words: list[str], offices: Collection[str], codes: Collection[str]) -> list[tuple[Person, float]]:
        """Persons of one of the offices whose name is like the words, best first; empty when none is like enough."""
        if not offices:
            return []
        scored = []
        for person in self._persons:
            if not self._held(person, offices) or (codes and person.country not in codes):
                continue
            score = max(self._score(words, name) for name in (person.name, *person.aliases))
            if score >= _LEAST:
                scored.append((person, round(min(score, 0.99), 2)))
        return sorted(scored, key=lambda pair: (-pair[1], pair[0].id))[:_RUNNERS_UP]

    def resembles(self, words: list[str]) -> bool:
        """Whether a name is like that of a person of the agreement, whatever the office."""
        names = (name for person in self._persons for name in (person.name, *person.aliases))
        ours = words[-1].isascii()
        return any(name.isascii() == ours and self._score(words, name) >= _LEAST for name in names)

    def _held(self, person: Person, offices: Collection[str]) -> bool:
        return any(held.office in offices and within(held, self._on) for held in person.offices)

    @staticmethod
    def _score(words: list[str], name: str) -> float:
        parts = name.split()
        if alikeness(words[-1], parts[-1]) < _LEAST_FAMILY_NAME:
            return 0.0
        if len(words) > 1 and (len(parts) == 1 or alikeness(words[0], parts[0]) < _LEAST_GIVEN_NAME):
            return 0.0
        return name_alikeness(words, name)
