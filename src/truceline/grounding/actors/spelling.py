"""How alike two spellings of a person's name are, by sound and by letters."""

import re
from functools import lru_cache

from rapidfuzz.distance import Indel, Levenshtein

from truceline.grounding.actors.names import fold

# Sounds that transliterations, transcription by ear and translation there and back mix up; longer spellings first.
_SOUNDS = (
    ("dzh", "j"), ("tch", "j"), ("sch", "s"), ("kh", "k"), ("gh", "k"), ("zh", "j"), ("ch", "j"), ("sh", "s"),
    ("ph", "f"), ("th", "t"), ("ts", "s"), ("tz", "s"), ("dz", "s"), ("ck", "k"),
)  # fmt: skip
_CLASSES = str.maketrans(
    {"b": "p", "d": "t", "g": "k", "q": "k", "c": "k", "h": "k", "x": "k", "v": "f", "w": "f", "z": "s", "y": ""}
)
_VOWELS = re.compile(r"[aeiou]")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=16384)
def skeleton(name: str) -> str:
    """The consonants of a name, voiced as voiceless, each family of sounds as one letter."""
    text = fold(name)
    for spelling, sound in _SOUNDS:
        text = text.replace(spelling, sound)
    text = _VOWELS.sub("", text.translate(_CLASSES))
    return _DOUBLED.sub(r"\1", text)


def alikeness(one: str, other: str) -> float:
    """0..1: the mean of how alike two names are in their consonants and in their letters."""
    first, second = skeleton(one), skeleton(other)
    sound = Levenshtein.normalized_similarity(first, second) if first and second else 0.0
    letters = Indel.normalized_similarity(fold(one).replace(" ", ""), fold(other).replace(" ", ""))
    return (sound + letters) / 2


def name_alikeness(words: list[str], name: str) -> float:
    """How alike the words of a text are to a name: the family name alone where the text has one word, else both."""
    parts = name.split()
    if len(words) == 1:
        return alikeness(words[0], parts[-1])
    return (alikeness(words[-1], parts[-1]) + alikeness(" ".join(words), name)) / 2
