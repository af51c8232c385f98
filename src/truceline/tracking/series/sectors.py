"""Quoted an event was seen from an observer: distances and directions that belong to no named place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from truceline.grounding.places.vocabulary import load_vocabulary
from truceline.model import Offset
from truceline.tracking.series.values import Sector


@dataclass(frozen=True, slots=True)
class _Patterns:
    sector: re.Pattern[str]
    reference: re.Pattern[str]
    flight: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = load_vocabulary().words
    direction = _any(d for d in words.directions if not d.endswith("ern"))
    number = rf"(?:\d+(?:[.,]\d+)?|\b{_any(words.numbers)}\b)"
    unit = _any(words.units, whole=False)
    amount = rf"(?P<least>{number})(?:\s*(?:-|–|—|to|and)\s*(?P<most>{number}))?[\s-]*(?P<unit>{unit})\b\.?"
    joint = r"\s*(?:,\s*(?:and\s+)?|and\s+|or\s+|to\s+|/\s*|-\s*|–\s*)(?:to\s+the\s+)?"
    bearings = rf"(?:to\s+(?:the\s+)?)?(?P<bearings>{direction}(?:{joint}{direction})*)"
    return _Patterns(
        sector=re.compile(
            rf"(?<![\d.,]){amount}\s*,?\s*(?:away\s+)?{bearings}\b(?![-–‑]\w|\s+(?:of|from)\b)", re.IGNORECASE
        ),
        reference=re.compile(
            rf"(?P<all>(?<![\d.,]){amount}\s*(?:away\s+)?{bearings}\s+(?:of|from)\s+(?:the\s+)?(?P<name>[A-Z]\S*(?:\s[A-Z]\S*)*))"
        ),
        flight=re.compile(
            rf"\bfrom\s+(?:the\s+)?(?P<a>{direction})\s+to(?:wards?)?\s+(?:the\s+)?(?P<b>{direction})\b", re.IGNORECASE
        ),
    )


def _any(words: Iterable[str], *, whole: bool = True) -> str:
    """Any of the words; ``whole`` where none may be the end of a longer one ("4km" is four kilometres all the same)."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    either = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
    return rf"(?:\b(?:{either})\b)" if whole else rf"(?:{either})"


def sectors(text: str, start: int, end: int) -> tuple[Sector, ...]:
    """Distances with directions between two places of a text that are counted from the observer, in order."""
    return tuple(
        Sector(match.group(), match.span(), _km(match), bearings(match["bearings"]))
        for match in _patterns().sector.finditer(text, start, end)
    )


def references(text: str, start: int, end: int) -> tuple[Offset, ...]:
    """Distances with directions from a named place: "57km north-east of Donetsk"."""
    return tuple(
        Offset("distance", match["all"].rstrip(",.;)"), (match.start(), match.start() + len(match["all"].rstrip(",.;)"))),
               bearings(match["bearings"]), _km(match), match["name"].rstrip(",.;)"))
        for match in _patterns().reference.finditer(text, start, end)
    )  # fmt: skip


def flights(text: str, start: int, end: int) -> tuple[tuple[float, float], ...]:
    """Directions of flight: "from west to east"."""
    return tuple((bearings(m["a"])[0], bearings(m["b"])[0]) for m in _patterns().flight.finditer(text, start, end))


def bearings(text: str) -> tuple[float, ...]:
    """The directions that words name, as degrees clockwise from north; "east-north-east" is midway between its parts."""
    return tuple(_between(match[1], match[2]) for match in _compound().finditer(text))


@lru_cache(maxsize=1)
def _compound() -> re.Pattern[str]:
    named = _any(d for d in load_vocabulary().words.directions if not d.endswith("ern"))
    return re.compile(rf"({named})(?:[-–‑]({named}))?", re.IGNORECASE)


def _between(first: str, second: str | None) -> float:
    one = _degrees(first)
    if second is None:
        return one
    # The turn from one to the other, the short way round.
    turn = (_degrees(second) - one + 180) % 360 - 180
    return (one + turn / 2) % 360


def _degrees(word: str) -> float:
    known = load_vocabulary().words.directions
    word = re.sub(r"\s+", " ", word).replace("–", "-").replace("‑", "-")
    return float(known.get(word.upper(), known.get(word.lower(), 0.0)))


def _km(match: re.Match[str]) -> tuple[float, float]:
    words = load_vocabulary().words
    unit = words.units[match["unit"].lower()]
    least = _number(match["least"]) * unit
    most = _number(match["most"]) * unit if match["most"] else least
    return round(min(least, most), 4), round(max(least, most), 4)


def _number(text: str) -> float:
    known = load_vocabulary().words.numbers.get(text.lower())
    return known if known is not None else float(text.replace(",", "."))
