"""The words that recognition and offsets look at, from the data files."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from truceline.knowledge.gazetteer import normalise
from truceline.knowledge.gazetteer.files import alpha3
from truceline.knowledge.loading import Entry, load

_DATA = files("truceline.knowledge") / "data" / "places"


class Words(Entry):
    """The data file ``words.yaml``."""

    source: str
    kind_words: dict[str, tuple[str, ...]]
    kind_before: frozenset[str]
    plurals: dict[str, str]
    abbreviated: dict[str, str]
    kind_sure: frozenset[str]
    connectors: frozenset[str]
    list_joints: frozenset[str]
    locative: frozenset[str]
    locative_sure: frozenset[str]
    organisation_words: frozenset[str]
    located_things: frozenset[str]
    titles: frozenset[str]
    person_heads: frozenset[str]
    contractions: frozenset[str]
    particles: frozenset[str]
    not_places: frozenset[str]
    speech_verbs: frozenset[str]
    directions: dict[str, float]
    units: dict[str, float]
    near: tuple[str, ...]
    along: tuple[str, ...]
    numbers: dict[str, float]

    def kind_of(self, word: str) -> str | None:
        """The kind word that a word is, in the singular."""
        word = self.plurals.get(word, word)
        return word if word in self.kind_words else None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words, given names, and words for what belongs to a country (by ISO code) or an area (by gazetteer id)."""

    words: Words
    given_names: frozenset[str]
    demonyms: dict[str, str]


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Read the data files once a process."""
    words = load(_DATA / "words.yaml", Words)
    given = frozenset(name.lower() for name, _ in _table("given_names"))
    demonyms = {
        normalise(word): of if ":" in of else alpha3(of) for of, row in _table("demonyms") for word in row.split("|")
    }
    return Vocabulary(words, given, demonyms)


def _table(name: str) -> list[list[str]]:
    lines = (_DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
