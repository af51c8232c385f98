"""Which language a text is in: asked only where it is not plainly the one that can be read."""

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import name as character_name

from pydantic import Field

from truceline.knowledge.loading import Entry, load

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGUAGES = Path(__file__).parent.parent / "knowledge" / "data" / "languages.yaml"

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_UNKNOWN = "zxx"


class Readable(Entry):
    """The language that is read."""

    code: str
    taken_for_it: tuple[str, ...]
    source: str


class CommonWords(Entry):
    """Words whose share of a text shows that it is in the readable language."""

    words: frozenset[str]
    share: float = Field(gt=0, lt=1)
    source: str


class Limits(Entry):
    """When the identifier is believed."""

    least_letters: int
    readable_at_most: float
    source: str


class Names(Entry):
    """What languages are called."""

    source: str
    of: dict[str, str]


class Languages(Entry):
    """The data file of languages."""

    readable: Readable
    common_words: CommonWords
    identifier: Limits
    names: Names


def foreign_language(text: str) -> str | None:
    """Code of the language of a text that is surely not the readable one, else None.

    A text in which the readable language's common words are frequent is not looked at further. A headline of names
    tells nothing: the identifier is believed only above a length, unless most letters are not Latin.
    """
    known = languages()
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    letters = sum(map(len, words))
    common = sum(word in known.common_words.words for word in words)
    if not words or common >= known.common_words.share * len(words):
        return None
    other_script = not _mostly_latin("".join(words))
    if letters < known.identifier.least_letters and not other_script:
        return None
    scores = dict(_identifier().rank(sample))
    readable = sum(scores.pop(code, 0.0) for code in (known.readable.code, *known.readable.taken_for_it))
    scores.pop(_UNKNOWN, None)
    if readable > known.identifier.readable_at_most and not other_script:
        return None
    return str(max(scores, key=scores.__getitem__))


def language_name(code: str) -> str:
    """The English name of a language, with its code."""
    name = languages().names.of.get(code.partition("-")[0].lower())
    return f"{name} ({code})" if name else f"the language {code!r}"


@lru_cache(maxsize=1)
def languages() -> Languages:
    """What is known of languages, from the data file."""
    return load(LANGUAGES, Languages)


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _mostly_latin(letters: str) -> bool:
    sample = letters[:2_000]
    latin = sum(letter.isascii() or character_name(letter, "").startswith("LATIN") for letter in sample)
    return latin * 2 >= len(sample)
