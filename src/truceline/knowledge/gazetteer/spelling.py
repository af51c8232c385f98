"""One form for the spellings of a name, and a coarser one for its sound."""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

from pydantic import Field

from truceline.knowledge.loading import Entry, load

DATA = files("truceline.knowledge") / "data" / "places"
_SPACES = re.compile(r"[\s\-‐‑‒–—―_/,]+")
_DOUBLED = re.compile(r"([a-z])\1+")
# Shorter names have too many neighbours.
_LEAST_LOOSE = 5
_DROPPED = re.compile(r"['’‘ʼʻ`´ʹʺ\"“”.()]")


class Sound(Entry):
    """Letter groups written for one another, and the class each belongs to."""

    source: str
    groups: dict[str, str] = Field(min_length=1)


class Loose(Entry):
    """Articles that are left out and letter groups that are made one; ``$`` ends a group that ends a word."""

    source: str
    articles: frozenset[str]
    groups: dict[str, str]


class Spelling(Entry):
    """The data file ``spelling.yaml``."""

    source: str
    letters: dict[str, str]
    abbreviations: dict[str, str]
    loose: Loose
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


@lru_cache(maxsize=1)
def _loose() -> tuple[frozenset[str], tuple[tuple[re.Pattern[str], str], ...]]:
    data = load(DATA / "spelling.yaml", Spelling).loose
    return data.articles, tuple((re.compile(rf"{group.removesuffix('$')}\b" if group[-1] == "$" else group), letter)
                                for group, letter in data.groups.items())  # fmt: skip


def loose(key: str) -> str:
    """The form in which romanisations of one name agree, of a name's look-up form; empty where that says too little.

    >>> loose(normalise("Ma‘arrat an Nu‘mān")), loose(normalise("Maarat al-Numan"))
    ('marat numan', 'marat numan')
    """
    articles, groups = _loose()
    text = " ".join(word for word in key.split() if word not in articles)
    for pattern, letter in groups:
        text = pattern.sub(letter, text)
    text = _DOUBLED.sub(r"\1", text)
    return text if len(text) >= _LEAST_LOOSE and text.isascii() else ""


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
