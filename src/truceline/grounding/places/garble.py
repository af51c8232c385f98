"""Names that no gazetteer has as they stand: matched by sound and spelling, within the region only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from truceline.grounding.places.resolve import distance_km
from truceline.knowledge.gazetteer import PlaceRow, normalise, sound

# A match below this is none. A kind word ("X region") says that the name is a place, so less likeness will do than for
# a name that only follows "in". What each costs in false matches is measured by benchmarks.garble.
MATCHED, MATCHED_WITH_KIND = 0.74, 0.66
# A short name has many neighbours: each letter short of this many asks for more likeness.
_SAFE_LETTERS, _SHORT_NAME = 6, 0.03
_NEAR, _NEAR_KM = 0.10, 30.0
_KIND = 0.06
_SOUND = 0.5
_CONSIDERED, _KEPT = 40, 5_000


@dataclass(frozen=True, slots=True)
class Likeness:
    """A place of the region that a garbled name may stand for."""

    row: PlaceRow
    name: str  # the one of its names that is most like
    score: float


class NameMatcher:
    """The names of a region, ready to be compared with what a text has."""

    def __init__(self, rows: Iterable[PlaceRow]) -> None:
        self._rows: list[PlaceRow] = []
        self._spellings: list[str] = []
        self._sounds: list[str] = []
        self._names: list[str] = []
        self._asked: dict[str, tuple[tuple[float, int], ...]] = {}
        seen: set[tuple[str, str]] = set()
        for row in rows:
            for name in (row.name, *row.names):
                plain = normalise(name).replace(" ", "")
                if len(plain) > 2 and plain.isascii() and (row.id, plain) not in seen:
                    seen.add((row.id, plain))
                    self._rows.append(row)
                    self._names.append(name)
                    self._spellings.append(plain)
                    self._sounds.append(sound(name))

    def match(
        self, name: str, near: Sequence[PlaceRow] = (), kinds: frozenset[str] = frozenset(), limit: int = 4
    ) -> list[Likeness]:
        """Places most like a garbled name, best first.

        The likeness is the mean of two: of the consonant skeletons (see ``sound``) and of the letters without spaces.
        A place near those the text names for certain, and one of the kind that the text says, is preferred.
        """
        plain = normalise(name).replace(" ", "")
        if not self._rows or len(plain) < 3:
            return []
        found = []
        for value, i in self._likeliest(plain, sound(name)):
            row = self._rows[i]
            closest = min((distance_km(row, other) for other in near if other.id != row.id), default=float("inf"))
            preferred = (
                value + _NEAR * exp(-closest / _NEAR_KM) * (not row.inherited) + (_KIND if row.kind in kinds else 0.0)
            )
            found.append(Likeness(row, self._names[i], preferred))
        found.sort(key=lambda likeness: (-likeness.score, likeness.row.id))
        return [Likeness(one.row, one.name, round(min(one.score, 0.99), 3)) for one in found[:limit]]

    def _likeliest(self, plain: str, skeleton: str) -> Sequence[tuple[float, int]]:
        """The names most like one, the best of each place; kept, since a text asks twice and other texts ask again."""
        if (known := self._asked.get(plain)) is not None:
            return known
        likeness = (1 - _SOUND) * _similar(plain, self._spellings) + _SOUND * _similar(skeleton, self._sounds)
        best: dict[str, tuple[float, int]] = {}
        for i in np.argsort(-likeness, kind="stable")[:_CONSIDERED]:
            best.setdefault(self._rows[i].id, (float(likeness[i]), int(i)))
        if len(self._asked) >= _KEPT:
            self._asked = {}
        self._asked[plain] = result = tuple(best.values())
        return result


def accepted(name: str, found: Sequence[Likeness], *, kind: bool) -> bool:
    """Whether the best match is good enough to be proposed; ``kind``: a kind word stands beside the name."""
    letters = len(normalise(name).replace(" ", ""))
    wanted = (MATCHED_WITH_KIND if kind else MATCHED) + _SHORT_NAME * max(0, _SAFE_LETTERS - letters)
    return bool(found) and found[0].score >= wanted


def _similar(text: str, others: list[str]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    table = cdist([text], others, scorer=Levenshtein.normalized_similarity, dtype=np.float64)
    return table[0]  # type: ignore[no-any-return]
