"""One form for the spellings of a name, and a coarser one for its sound."""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

from pydantic import Field

from truceline.knowledge.loading import Entry, load

DATA = files("truceline.knowledge") / "data" / "places"
_SPACES = re.compile(r"[\s\-‐‑‒–—―_/,]+")
_DROPPED = re.compile(r"['’‘ʼʻ`´ʹʺ\"“”.()]")


class Sound(Entry):
    """Letter groups written for one another, and the class each belongs to."""

    source: str
    groups: dict[str, str] = Field(min_length=1)


class Spelling(Entry):
    """The data file ``spelling.yaml``."""

    source: str
    letters: dict[str, str]
    abbreviations: dict[str, str]
    sound: Sound


@lru_cache(maxsize=1)
def _spelling() -> tuple[dict[int, str], dict[str, str], dict[str, str], re.Pattern[str]]:
    data = load(DATA / "spelling.yaml", Spelling)
    groups = sorted(data.sound.groups, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, groups)))
    return str.maketrans(data.letters), data.abbreviations, data.sound.groups, pattern


def normalise(name: str) -> str:
    """The form under which names are looked up: no case, accents, apostrophes, full stops; hyphens are spaces.

    >>> normalise("Köhnə Tağlar"), normalise("Nagorno-Karabakh"), normalise("St. John's")
    ('kohna taglar', 'nagorno karabakh', 'saint johns')
    """
    letters, abbreviations, _, _ = _spelling()
    text = _DROPPED.sub("", name.casefold())
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(letters))
        text = "".join(ch for ch in text if not unicodedata.combining(ch))
        text = _DROPPED.sub("", text.casefold()).translate(letters)
    words = _SPACES.sub(" ", text).split()
    if len(words) > 1 and words[0] in abbreviations:
        words[0] = abbreviations[words[0]]
    return " ".join(words)


@lru_cache(maxsize=65536)
def sound(name: str) -> str:
    """The consonant skeleton of a name: sounds of one class are one letter, vowels and doubles are left out.

    That a name begins with a vowel is kept, as ``a``: it changes the name's shape more than a vowel within does.

    >>> sound("Khtsaberd"), sound("Gadrut"), sound("Hadrut"), sound("Agdara")
    ('ksprt', 'ktrt', 'ktrt', 'aktr')
    """
    _, _, groups, pattern = _spelling()
    plain = normalise(name).replace(" ", "")
    found: list[str] = ["a"] if plain and pattern.match(plain) is None else []
    for match in pattern.finditer(plain):
        letter = groups[match.group()]
        if not found or found[-1] != letter:
            found.append(letter)
    return "".join(found)
