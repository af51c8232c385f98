"""Where something lay in relation to a named place: direction, distance, between, along, near."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from truceline.grounding.places.vocabulary import Words, load_vocabulary
from truceline.model import Offset, PlacePrecision

# No phrase of this kind is longer.
_REACH = 110


@dataclass(frozen=True, slots=True)
class _Patterns:
    before: re.Pattern[str]
    adjective: re.Pattern[str]
    between: re.Pattern[str]
    second: re.Pattern[str]
    side: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = load_vocabulary().words
    direction = _any(d for d in words.directions if not d.endswith("ern"))
    adjective = _any(d for d in words.directions if d.endswith("ern"))
    number = rf"(?:\d+(?:[.,]\d+)*|\b{_any(words.numbers)}\b)"
    amount = (
        rf"(?P<least>{number})(?:\s*(?:-|–|—|to|or|and)\s*(?P<most>{number}))?[\s-]*(?P<unit>{_any(words.units)})\b\.?"
    )
    kinds = _any([*words.kind_words, *words.plurals])
    # "the", "the village of", "the town of"
    head = rf"\s*(?:the\s+)?(?:(?:{kinds})\s+(?:of\s+)?)?(?:the\s+)?$"
    towards = rf"(?:to\s+the\s+)?(?P<d1>{direction})(?:\s*(?:and|or|-|to)\s*(?P<d2>{direction}))?"
    return _Patterns(
        before=re.compile(
            rf"(?:(?P<within>\bwithin\s+)?(?:{amount})\s*(?:away\s+)?(?:(?:{towards})\s+)?(?:of|from)"
            rf"|\b(?:{towards.replace('d1', 'd3').replace('d2', 'd4')})\s+(?:of|from)"
            rf"|\b(?P<near>{_any(words.near)})|\b(?P<along>{_any(words.along)})){head}",
            re.IGNORECASE,
        ),
        adjective=re.compile(
            rf"\b(?:(?P<d1>{adjective})\s+(?:(?:part|parts|outskirts|suburbs|edge)\s+of\s+)?(?:the\s+)?)$",
            re.IGNORECASE,
        ),
        between=re.compile(rf"\bbetween{head}", re.IGNORECASE),
        second=re.compile(rf"^\s*and{head}", re.IGNORECASE),
        side=re.compile(r"^(?:'s|’s)?\s+(?P<d1>" + direction + r")\b(?!\s+of\b)", re.IGNORECASE),
    )


def _any(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first) + ")"


def find_offset(text: str, sentence_start: int, start: int) -> Offset | None:
    """The words before a place's name that put something beside it, not at it."""
    floor = max(sentence_start, start - _REACH)
    window, patterns, words = text[floor:start], _patterns(), load_vocabulary().words
    if match := patterns.before.search(window):
        return _read(match, floor, text, words)
    if match := patterns.between.search(window):
        return _offset("between", text, floor + match.start(), floor + _trimmed(match))
    if match := patterns.adjective.search(window):
        end = floor + match.end("d1")
        return _offset("direction", text, floor + match.start(), end, bearings=(words.directions[match["d1"].lower()],))
    return None


def joins(text: str, end: int, start: int) -> bool:
    """Whether what lies between two names makes them the two ends of "between A and B"."""
    return bool(_patterns().second.match(text[end:start]))


def precision_with(offset: Offset | None, precision: PlacePrecision) -> PlacePrecision:
    """A place is known less exactly when only something beside it is named."""
    if offset is None or precision > 2:
        return precision
    return 5 if offset.kind in {"between", "along"} else 2


def _read(match: re.Match[str], floor: int, text: str, words: Words) -> Offset:
    start, end = floor + match.start(), floor + _trimmed(match)
    if match["near"]:
        return _offset("near", text, start, end)
    if match["along"]:
        return _offset("along", text, start, end)
    bearings = tuple(_bearing(match[name], words) for name in ("d1", "d2", "d3", "d4") if match[name])
    if not match["unit"]:
        return _offset("direction", text, start, end, bearings=bearings)
    unit = words.units[match["unit"].lower()]
    least = _number(match["least"], words) * unit
    most = _number(match["most"], words) * unit if match["most"] else least
    if match["within"]:
        return _offset("within", text, start, end, bearings=bearings, km=(0.0, most))
    return _offset("distance", text, start, end, bearings=bearings, km=(min(least, most), max(least, most)))


def _trimmed(match: re.Match[str]) -> int:
    return match.start() + len(match.group().rstrip())


def _offset(
    kind: str,
    text: str,
    start: int,
    end: int,
    *,
    bearings: tuple[float, ...] = (),
    km: tuple[float, float] | None = None,
) -> Offset:
    while start < end and text[start].isspace():
        start += 1
    return Offset(kind, text[start:end], (start, end), bearings, km)


def _bearing(word: str, words: Words) -> float:
    return words.directions.get(word, words.directions.get(word.lower(), 0.0))


def _number(text: str, words: Words) -> float:
    text = re.sub(r"\s+", " ", text.lower())
    if text in words.numbers:
        return words.numbers[text]
    # A comma before three digits parts thousands; before fewer it is a decimal comma.
    plain = re.sub(r",(?=\d{3}\b)", "", text).replace(",", ".")
    try:
        return round(float(plain), 3)
    except ValueError:
        return float(plain.split(".")[0])
