"""Names that no gazetteer has as they stand: matched by sound and spelling, within the region only."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from truceline.grounding.places.resolve import distance_km
from truceline.knowledge.gazetteer import PlaceRow, normalise, sound

# A match below this is none. A kind word ("X region") says that the name is a place, so less likeness will do than for
# a name that only follows "in", if the place is of that kind and no other of the kind is nearly as like: a village that
# no gazetteer knows is a little like many, a garbled one like one. A sure match needs no such distance. What each costs in
# false matches is measured by benchmarks.garble.
MATCHED, MATCHED_WITH_KIND, SURE = 0.74, 0.66, 0.82
# The distance grows with the number of places of the kind, of which the likest of a strange name is the likest.
CLEAR = 0.021
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
        self._kinds = Counter({row.id: row.kind for row in self._rows}.values())

    def count(self, kinds: frozenset[str]) -> int:
        """How many places of the region are of some kinds."""
        return sum(self._kinds[kind] for kind in kinds)

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


def accepted(
    name: str,
    found: Sequence[Likeness],
    *,
    kinds: frozenset[str] = frozenset(),
    of_kinds: int = 0,
    elsewhere: bool = False,
) -> bool:
    """Whether the best match is good enough to be proposed.

    Args:
        name: The name as the text has it.
        found: What ``NameMatcher.match`` gave for it, asked with enough runners-up.
        kinds: Kinds of place that a kind word beside the name allows; empty where there is none.
        of_kinds: How many places of the region are of these kinds.
        elsewhere: The text speaks of other places outside the region, so only a sure match counts.
    """
    if not found:
        return False
    best = found[0]
    short = _SHORT_NAME * max(0, _SAFE_LETTERS - len(normalise(name).replace(" ", "")))
    if elsewhere:
        return best.score >= SURE + short
    if best.score >= (SURE if kinds else MATCHED) + short:
        return True
    if best.row.kind not in kinds or best.score < MATCHED_WITH_KIND + short:
        return False
    own = {normalise(own) for own in (best.row.name, *best.row.names)}
    rivals = (one.score for one in found[1:] if one.row.kind in kinds and normalise(one.name) not in own)
    return best.score - next(rivals, 0.0) >= CLEAR * log(1 + of_kinds)


def _similar(text: str, others: list[str]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    table = cdist([text], others, scorer=Levenshtein.normalized_similarity, dtype=np.float64)
    return table[0]  # type: ignore[no-any-return]
