"""Of which places a claim speaks: lists of names, what is called after a place, and "both villages" followed to their names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from truceline.model import Span
from truceline.tracking.control_words import ControlWords

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""A word, with what a hyphen or an apostrophe joins to it."""

# From farther back a definite noun is not followed: another place has been spoken of since.
_REACH = 600


@dataclass(frozen=True, slots=True)
class Named:
    """A place that a text names."""

    span: Span
    text: str
    name: str | None
    id: str | None
    lat: float | None
    lon: float | None
    kind: str | None
    near: bool

    @property
    def key(self) -> str:
        """What places are joined by: the gazetteer's id, else the name."""
        return self.id or " ".join((self.name or self.text).split()).casefold()


@dataclass(frozen=True, slots=True)
class Meant:
    """A place that a claim is about, how much of it, and how it is known to be meant."""

    place: Named
    extent: str
    by: str


class PlacesInText:
    """The places that a text names, and what its claims mean by them.

    Args:
        text: The document's text.
        places: The places of its reading, as JSON values.
        words: The vocabulary.
    """

    def __init__(self, text: str, places: Iterable[dict[str, Any]], words: ControlWords) -> None:
        self._text = text
        self._words = words
        self._places = sorted((named(place) for place in places), key=lambda place: place.span)

    def meant(self, plain: dict[str, Any]) -> list[Meant]:
        """The places that a claim (as JSON values) names, or those named before that its noun stands for."""
        place, patient = plain["place"], plain["patient"]
        if place is None:
            return list(self._before(patient)) if patient is not None else []
        own = self._thing(named(place))
        if patient is not None and within(own.span, patient["span"]) and self._is_area(own):
            return list(self._in_area(own, patient))
        extent = self._extent(own)
        rest = [Meant(other, extent, "named beside") for other in self._listed(own)]
        return [Meant(own, extent, "named"), *rest]

    def preposition(self, position: int) -> str | None:
        """The word before a name, "the" and "the village of" passed over."""
        skipped = {*self._words.nouns, "the", "of"}
        return next((word for word in self._words_before(position) if word not in skipped), None)

    def _words_before(self, position: int) -> Iterator[str]:
        """The words before a position, the nearest first."""
        found = WORD.findall(self._text[max(0, position - 60) : position])
        return (word.casefold() for word in reversed(found))

    def _thing(self, place: Named) -> Named:
        """The corridor or road that is called after a place, where the text speaks of that."""
        after = WORD.match(self._text[place.span[1] :].lstrip(" "))
        if after is None or after.group().casefold() not in self._words.file.things or place.span[1] == len(self._text):
            return place
        names = [f"{name} {after.group()}" for name in (place.text, place.name or place.text)]
        return replace(place, text=names[0], name=names[1], id=None, lat=None, lon=None, kind=None)

    def _is_area(self, place: Named) -> bool:
        """Whether the name only tells in which area the things spoken of lie."""
        before = self._words_before(place.span[0])
        return next((word for word in before if word != "the"), None) in self._words.file.inside

    def _in_area(self, area: Named, patient: dict[str, Any]) -> Iterator[Meant]:
        """What "the only settlements in the area" are: those named just before, else a part of it; no place at all, no place."""
        spoken = {word.casefold() for word in WORD.findall(patient["text"])}
        if not spoken & self._words.nouns:
            return
        apposed = list(self._apposed(patient["span"][0]))
        yield from apposed or [Meant(area, "part", "named")]

    def _apposed(self, position: int) -> Iterator[Meant]:
        """The places just before a comma: "the villages of A and B, the only settlements in …"."""
        for i, place in enumerate(self._places):
            if re.fullmatch(r"\s*,\s*", self._text[place.span[1] : position]):
                yield from (Meant(one, "whole", "in apposition") for one in self._run(i))

    def _extent(self, place: Named) -> str:
        start = place.span[0]
        sentence = max(self._text.rfind(end, 0, start) for end in (". ", "\n", "; "))
        return self._words.extent(self._text[max(sentence + 1, start - 80, 0) : start])

    def _listed(self, place: Named) -> list[Named]:
        """The names that stand in one list with a place."""
        at_ = next((i for i, other in enumerate(self._places) if other.span == place.span), None)
        if at_ is None:
            return []
        return [other for other in self._run(at_) if other.span != place.span]

    def _run(self, at_: int) -> list[Named]:
        """The list of names that the place at an index belongs to."""
        first = last = at_
        while first > 0 and self._joined(self._places[first - 1], self._places[first]):
            first -= 1
        while last + 1 < len(self._places) and self._joined(self._places[last], self._places[last + 1]):
            last += 1
        return self._places[first : last + 1]

    def _joined(self, one: Named, other: Named) -> bool:
        between = self._text[one.span[1] : other.span[0]]
        words = [word.casefold() for word in WORD.findall(between)]
        allowed = self._words.file.between | self._words.nouns
        links = "," in between or any(word in self._words.file.between - {"the", "of"} for word in words)
        return links and all(word in allowed for word in words) and not re.search(r"[.;:!?\n]", between)

    def _before(self, patient: dict[str, Any]) -> Iterator[Meant]:
        """The places that a definite noun without a name ("both villages") stands for."""
        spoken = [word.casefold() for word in WORD.findall(patient["text"])]
        if len(spoken) < 2 or spoken[0] not in self._words.file.definite:
            return
        for noun, called in self._words.file.called.items():
            if spoken[-1] not in {noun, called.several}:
                continue
            several = spoken[-1] == called.several and noun != called.several
            known = [
                (i, place)
                for i, place in enumerate(self._places)
                if place.span[1] <= patient["span"][0]
                and patient["span"][0] - place.span[1] <= _REACH
                and place.kind in called.kinds
            ]
            groups = [self._run(i) for i, _ in reversed(known)]
            fitting = next((group for group in groups if (len(group) > 1) == several), None) if known else None
            yield from (Meant(place, "whole", f"“{patient['text']}”") for place in fitting or ())
            return


def named(place: dict[str, Any]) -> Named:
    """A place of a reading, given as JSON values."""
    offset = place.get("offset")
    return Named(
        span=(place["span"][0], place["span"][1]),
        text=place["text"],
        name=place["name"],
        id=place["id"],
        lat=place["lat"],
        lon=place["lon"],
        kind=place.get("kind"),
        near=offset is not None and offset["kind"] != "within",
    )


def within(inner: Sequence[int], outer: Sequence[int]) -> bool:
    """Whether one span lies in another."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]
