"""Which of the places of a name is meant: all names of a text are weighed together, one sense a text."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from truceline.grounding.places.candidates import Mention, bare_division, holds, own_name_of
from truceline.grounding.places.vocabulary import Words
from truceline.knowledge.gazetteer import PlaceRow, Region

Floats = npt.NDArray[np.float64]

# What speaks for a candidate, each against a spread of about 1 between the least and the best known place of a name.
_POPULATION = 1.0  # a million people against none
_KIND_PRIOR = {
    "country": 1.3,
    "capital": 1.1,
    "first_order": 0.8,
    "second_order": 0.35,
    "area": 0.8,
    "sea": 0.8,
    "river": 0.5,
    "range": 0.5,
    "line": 0.5,
}
_OWN_NAME = 0.5
_TOWN_RATHER = -1.5  # a division named like its chief town, with no kind word beside the name
_KIND_FITS, _KIND_DIFFERS = 0.9, -0.4
_IN_REGION, _IN_REGION_COUNTRY, _PUBLISHER = 1.2, 0.4, 1.0
_IN_CONTAINER, _NOT_IN_CONTAINER = 2.5, -0.8
_HELD = 0.9  # the text names the country or division that holds it
_SAME_COUNTRY, _SAME_DIVISION, _NEAR = 1.0, 0.8, 1.2
_NEAR_KM = 80.0
_TEMPERATURE = 0.35
_ROUNDS = 3
_MOST_CANDIDATES = 14
# Two candidates so near each other are one place under two entries (a town and its district).
ONE_PLACE_KM = 25.0
# Below this share of all that speaks for its candidates, a name stays without coordinates.
RESOLVED = 0.12
_EARTH_KM = 6371.0
_WIDE = frozenset({"country", "first_order", "area", "sea", "range"})


@dataclass(slots=True, eq=False)
class Sense:
    """One name of the text, its candidates, and how much speaks for each (a share of 1)."""

    key: str
    rows: tuple[PlaceRow, ...]
    mentions: list[Mention] = field(default_factory=list)
    shares: tuple[float, ...] = ()

    def ranked(self) -> list[tuple[PlaceRow, float]]:
        """Candidates with their shares, best first."""
        return sorted(zip(self.rows, self.shares, strict=True), key=lambda pair: (-pair[1], pair[0].id))

    def chosen(self) -> tuple[PlaceRow, float] | None:
        """The best candidate with the share of all entries for that place; None when too little speaks for it."""
        ranked = self.ranked()
        if not ranked:
            return None
        best = ranked[0][0]
        share = min(1.0, sum(share for row, share in ranked if one_place(best, row)))
        return (best, share) if share >= RESOLVED else None


def one_place(a: PlaceRow, b: PlaceRow) -> bool:
    """Whether two entries stand for the same place on the map, or one holds the other and is named after it."""
    return (
        a.id == b.id
        or distance_km(a, b) <= ONE_PLACE_KM
        or (a.admin1 == b.admin1 != "" and "first_order" in {a.kind, b.kind})
    )


def distance_km(a: PlaceRow, b: PlaceRow) -> float:
    """Great-circle distance; infinite where a point is unknown."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, h)))


def resolve(mentions: Sequence[Mention], words: Words, region: Region | None, publisher: str | None) -> list[Sense]:
    """Weigh the candidates of all names of a text.

    Args:
        publisher: ISO alpha-3 code of the publisher's country, where known.
    """
    senses: dict[str, Sense] = {}
    for mention in mentions:
        senses.setdefault(mention.key, Sense(mention.key, ())).mentions.append(mention)
    _share_rows(senses, words)
    named = _divisions_named(senses.values())
    for sense in senses.values():
        _prior(sense, words, region, publisher, named)
    found = list(senses.values())
    _weigh_together([sense for sense in found if sense.rows])
    return found


def _share_rows(senses: dict[str, Sense], words: Words) -> None:
    """A text that says "X County" or "X district" may say just "X" after that, and mean the same."""
    for key, sense in senses.items():
        short, _, last = key.rpartition(" ")
        if words.kind_of(last) and (bare := senses.get(short)):
            known = {row.id for row in bare.mentions[0].rows}
            more = tuple(row for row in sense.mentions[0].rows if row.id not in known)
            for mention in bare.mentions:
                mention.rows = (*mention.rows, *more)


def _divisions_named(senses: Iterable[Sense]) -> frozenset[str]:
    """Codes of the divisions that the text may name, so that small places in them are not left out early."""
    return frozenset(
        row.admin1
        for sense in senses
        for row in sense.mentions[0].rows
        if row.kind == "first_order" and own_name_of(row, sense.key)
    )


def _prior(sense: Sense, words: Words, region: Region | None, publisher: str | None, named: frozenset[str]) -> None:
    """What speaks for each candidate by itself; the best few are kept."""
    kinds = {kind for mention in sense.mentions if mention.kind for kind in words.kind_words[mention.kind]}
    containers = [mention.container.rows for mention in sense.mentions if mention.container]
    countries = frozenset(region.countries) if region else frozenset()
    scored = []
    for row in sense.mentions[0].rows:
        value = _POPULATION * math.log10(row.population + 10) / 6
        value += _KIND_PRIOR.get(row.kind, 0.0)
        if row.kind == "first_order" and not kinds and not bare_division(row, sense.mentions[0].rows, sense.key):
            value += _TOWN_RATHER
        value += _OWN_NAME if own_name_of(row, sense.key) else 0.0
        if kinds:
            value += _KIND_FITS if row.kind in kinds else _KIND_DIFFERS
        if region and region.holds(row):
            value += _IN_REGION
        elif row.country in countries:
            value += _IN_REGION_COUNTRY
        if publisher and row.country == publisher:
            value += _PUBLISHER
        if containers:
            inside = any(holds(holder, row) for rows in containers for holder in rows)
            value += _IN_CONTAINER if inside else _NOT_IN_CONTAINER
        scored.append((value + (_HELD if row.admin1 in named else 0.0), value, row))
    scored.sort(key=lambda entry: (-entry[0], entry[2].id))
    kept = scored[:_MOST_CANDIDATES]
    sense.rows = tuple(row for _, _, row in kept)
    sense.shares = tuple(value for _, value, _ in kept)


def _weigh_together(senses: list[Sense]) -> None:
    """Turn values into shares, each round letting the likely places of the other names speak."""
    if not senses:
        return
    rows = [row for sense in senses for row in sense.rows]
    group = np.repeat(np.arange(len(senses)), [len(sense.rows) for sense in senses])
    starts = np.searchsorted(group, np.arange(len(senses)))
    prior = np.array([value for sense in senses for value in sense.shares])
    other = group[:, None] != group[None, :]
    support = [
        (_NEAR, _nearness(rows) * other),
        (_HELD, _holding(rows) * other),
    ]
    country, division = _same([row.country for row in rows]) * other, _same([row.admin1 for row in rows]) * other
    others = max(1, len(senses) - 1)
    shares = _shares(prior, group, starts)
    for _ in range(_ROUNDS):
        value = prior + (_SAME_COUNTRY * (country @ shares) + _SAME_DIVISION * (division @ shares)) / others
        for weight, matrix in support:
            # At least one of the others speaks for it: 1 - (1 - a)(1 - b)…
            value = value + weight * (1 - np.exp(np.log1p(-np.minimum(matrix * shares, 0.99)).sum(axis=1)))
        shares = _shares(value, group, starts)
    for number, sense in enumerate(senses):
        sense.shares = tuple(float(share) for share in shares[group == number])


def _shares(value: Floats, group: npt.NDArray[np.int_], starts: npt.NDArray[np.int_]) -> Floats:
    top = np.maximum.reduceat(value, starts)[group]
    raised = np.exp((value - top) / _TEMPERATURE)
    result: Floats = raised / np.add.reduceat(raised, starts)[group]
    return result


def _nearness(rows: list[PlaceRow]) -> Floats:
    """1 for the same point, falling with distance; wide areas are near nothing, their points being arbitrary."""
    points = np.radians(np.array([(row.lat or 0.0, row.lon or 0.0) for row in rows]))
    lat, lon = points[:, 0], points[:, 1]
    unit = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    km = _EARTH_KM * np.arccos(np.clip(unit @ unit.T, -1.0, 1.0))
    counts = np.array([row.kind not in _WIDE and row.lat is not None for row in rows], dtype=np.float64)
    result: Floats = np.exp(-km / _NEAR_KM) * counts[:, None] * counts[None, :]
    return result


def _holding(rows: list[PlaceRow]) -> Floats:
    """Whether the place of a column holds that of a row: its division counts in full, its country less."""
    country = _same([row.country for row in rows]) * np.array([row.kind == "country" for row in rows])[None, :]
    division = _same([row.admin1 for row in rows]) * np.array([row.kind == "first_order" for row in rows])[None, :]
    own = np.eye(len(rows), dtype=bool)
    result: Floats = np.where(own, 0.0, np.maximum(0.5 * country, division))
    return result


def _same(codes: list[str]) -> Floats:
    numbers = {code: number for number, code in enumerate(dict.fromkeys(codes))}
    values = np.array([numbers[code] for code in codes])
    known = np.array([bool(code) for code in codes])
    result: Floats = ((values[:, None] == values[None, :]) & known[:, None] & known[None, :]).astype(np.float64)
    return result
