"""Countries and entities without full recognition: the words that name them, their people and their governments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from truceline.knowledge.citing import Citation, CitingFile, find, layered, load_all
from truceline.knowledge.loading import Entry, Source

Sense = Literal["name", "adjective", "people", "capital", "standin"]
"""How a word names a country: by its name, as an adjective, as its people, by its capital, by a building or street."""


class Country(Entry):
    """One country or entity. ``code`` is ISO 3166-1 alpha-3, or the claimed sovereign's code and two letters."""

    code: str = Field(pattern=r"^[A-Z]{3}(-[A-Z]{2})?$")
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    standins: tuple[str, ...] = ()
    claimed_by: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    since: date | None = Field(default=None, alias="from")
    until: date | None = Field(default=None, alias="to")
    source: Citation = ()

    @property
    def iso(self) -> str:
        """ISO 3166-1 alpha-3 code: its own, or the claimed sovereign's."""
        return self.claimed_by or self.code

    def words(self) -> Iterable[tuple[str, Sense]]:
        """Every word or phrase that stands for it, with the sense."""
        yield self.name, "name"
        yield from ((word, "name") for word in self.aliases)
        yield from ((word, "adjective") for word in self.adjectives)
        yield from ((word, "people") for word in self.people)
        yield from ((word, "capital") for word in self.capitals)
        yield from ((word, "standin") for word in self.standins)


class _CountriesFile(CitingFile):
    countries: tuple[Country, ...] = ()
    entities: tuple[Country, ...] = ()

    def _citations(self) -> Iterable[tuple[str, Citation]]:
        return ((f"country {country.code}", country.source) for country in (*self.countries, *self.entities))


@dataclass(frozen=True, slots=True)
class Countries:
    """All countries and entities by code."""

    by_code: dict[str, Country]

    def __getitem__(self, code: str) -> Country:
        """The country of this code; KnowledgeError names codes like it when there is none."""
        return find(self.by_code, code, "country code")

    def __contains__(self, code: object) -> bool:
        return code in self.by_code


def load_countries(sources: Sequence[Source]) -> Countries:
    """Load ``countries.yaml``, shipped and extra."""
    files = load_all(sources, _CountriesFile)
    return Countries(layered(files, lambda file: (*file.countries, *file.entities), lambda country: country.code))
