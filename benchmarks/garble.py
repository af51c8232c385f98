"""Made-up garbles of place names, and how often the matcher finds the name again: ``python -m benchmarks.garble``.

Four ways in which names get damaged on their way into a text: carried between scripts (transliteration swaps), written
as heard (vowels lost or changed), read by a machine (letters that look alike), and translated there and back (syllables
cut or joined). The generator knows nothing of the matcher; its swaps are listed here, by what they come from.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence


def _swaps(pairs: str) -> tuple[tuple[str, str], ...]:
    """``kh:h`` read as: where a name has kh, h may be written."""
    return tuple((old, new) for old, _, new in (pair.partition(":") for pair in pairs.split()))


TRANSLITERATION = _swaps(
    "kh:h kh:k h:g h:kh gh:g gh:kh g:q g:gh q:k k:q ts:c ts:s ts:tz ch:tch ch:c j:dzh j:dj zh:j sh:s sh:ch "
    "b:p d:t t:d v:w v:f z:s y:i a:e u:ou i:y o:u"
)
LOOK_ALIKE = _swaps("rn:m m:rn l:i i:l h:b e:c c:e cl:d d:cl u:n n:u t:f g:q v:y")
ENDINGS = ("", "h", "a", "e", "t", "i")
SEED = 20
HOW_MANY = 400


def swapped(name: str, swaps: Sequence[tuple[str, str]], times: int, chance: random.Random) -> str:
    for _ in range(times):
        fitting = [(old, new) for old, new in swaps if old in name]
        if not fitting:
            break
        old, new = chance.choice(fitting)
        places = [i for i in range(len(name)) if name.startswith(old, i)]
        at = chance.choice(places)
        name = name[:at] + new + name[at + len(old) :]
    return name


def transliterated(name: str, chance: random.Random) -> str:
    return swapped(name, TRANSLITERATION, chance.choice((1, 2, 2, 3)), chance)


def misheard(name: str, chance: random.Random) -> str:
    letters = list(name)
    inner = [i for i in range(1, len(letters)) if letters[i] in "aeiou"]
    for i in chance.sample(inner, min(len(inner), chance.choice((1, 2)))):
        letters[i] = chance.choice(("", "", "a", "e", "i", "o", "u"))
    return "".join(letters)


def misread(name: str, chance: random.Random) -> str:
    return swapped(name, LOOK_ALIKE, chance.choice((1, 1, 2)), chance)


def translated_back(name: str, chance: random.Random) -> str:
    name = transliterated(name.replace(" ", ""), chance)
    if len(name) > 6 and chance.random() < 0.5:
        name = name[: -chance.choice((1, 2))]
    return misheard(name, chance) + chance.choice(ENDINGS)


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "transliteration": transliterated, "vowels": misheard, "look-alikes": misread, "there and back": translated_back,
}  # fmt: skip


ELSEWHERE = {
    "Iran, Iraq, Syria": (36, 30, 54, 37.5),
    "Ukraine": (24, 45, 39, 51),
    "South Sudan, Ethiopia": (26, 4, 42, 14),
    "Colombia": (-78, 0, -70, 11),
    "United States": (-100, 30, -80, 42),
}


# Kinds that one kind word stands for: "village of X", "X district".
ALIKE = (frozenset({"settlement", "village"}), frozenset({"first_order", "second_order"}))


class Bench:
    """A region's matcher, and the names that it must not be asked about."""

    def __init__(self) -> None:
        from truceline.grounding.places.finder import places_of_region
        from truceline.grounding.places.garble import NameMatcher
        from truceline.knowledge.gazetteer import Box, Gazetteer, Region, normalise

        self.chance = random.Random(SEED)
        self.gazetteer = Gazetteer.open()
        region = Region(boxes=(Box(45.3, 38.5, 48.3, 40.7),), supplements=("karabakh",))
        self.rows = places_of_region(self.gazetteer, region)
        self.matcher = NameMatcher(self.rows)
        self.normalise = normalise
        self.own = {self.plain(name) for row in self.rows for name in (row.name, *row.names)}

    def plain(self, name: str) -> str:
        """The look-up form without spaces."""
        return self.normalise(name).replace(" ", "")

    def taken(self, name: str, kind: str | None, *, elsewhere: bool = False) -> tuple[bool, list[set[str]]]:
        """Whether a match is proposed for a name that stands with or without its kind, and the names of each match."""
        from truceline.grounding.places.garble import accepted

        kinds = next((like for like in ALIKE if kind in like), frozenset({kind} if kind else ()))
        found = self.matcher.match(name, kinds=kinds, limit=8)
        names = [{self.normalise(n) for n in (m.row.name, *m.row.names)} for m in found]
        count = self.matcher.count(kinds)
        return accepted(name, found, kinds=kinds, of_kinds=count, elsewhere=elsewhere), names


def measure_garbles() -> None:
    bench = Bench()
    print(f"== garbled names: {len(bench.rows)} places of a region, {HOW_MANY} garbles of each sort, seed {SEED}")
    total: Counter[str] = Counter()
    for way, garble in WAYS.items():
        hits = _garbles(bench, garble)
        total += hits
        _print(way, hits)
    _print("together", total)
    for where, edges in ELSEWHERE.items():
        _elsewhere(bench, where, edges)


def _garbles(bench: Bench, garble: Callable[[str, random.Random], str]) -> Counter[str]:
    hits: Counter[str] = Counter()
    while hits["all"] < HOW_MANY:
        row = bench.chance.choice(bench.rows)
        name = bench.normalise(row.name)
        garbled = garble(name, bench.chance)
        if len(bench.plain(garbled)) < 4 or bench.plain(garbled) in bench.own:
            continue
        bare, named = bench.taken(garbled.title(), None)
        rank = next((i for i, names in enumerate(named) if name in names), 99)
        sure, called = bench.taken(garbled.title(), row.kind)
        hits.update(["all"] + ["first"] * (rank == 0) + ["three"] * (rank < 3) + ["bare"] * bare + ["kind"] * sure)
        hits.update(["bare wrong"] * (bare and rank > 0) + ["kind wrong"] * (sure and name not in called[0]))
    return hits


def _elsewhere(bench: Bench, where: str, edges: tuple[float, float, float, float]) -> None:
    """How often a real name from elsewhere is taken for one of the region."""
    from truceline.knowledge.gazetteer import Box

    names = sorted({row.name for row in bench.gazetteer.within(Box(*edges)) if bench.plain(row.name) not in bench.own})
    sample = bench.chance.sample(names, min(500, len(names)))
    bare = sum(bench.taken(name, None)[0] for name in sample) / len(sample)
    village = sum(bench.taken(name, "settlement")[0] for name in sample) / len(sample)
    district = sum(bench.taken(name, "first_order")[0] for name in sample) / len(sample)
    far = sum(bench.taken(name, "settlement", elsewhere=True)[0] for name in sample) / len(sample)
    shares = f"after a preposition {bare:5.1%}, called a village {village:5.1%}, a district {district:5.1%}"
    shares += f", a village in a text about elsewhere {far:5.1%}"
    print(f"names of {where:22} taken for one of the region: {shares}   n {len(sample)}")


def _print(way: str, hits: Counter[str]) -> None:
    count = hits["all"]
    shares = [f"rank 1 {hits['first'] / count:6.1%}", f"rank 1-3 {hits['three'] / count:6.1%}"]
    for key, words in (("bare", "after a preposition"), ("kind", "with a kind word")):
        wrong = hits[f"{key} wrong"] / max(1, hits[key])
        shares.append(f"proposed {words} {hits[key] / count:6.1%} (wrong {wrong:5.1%})")
    print(f"{way:16} {'   '.join(shares)}   n {count}")


if __name__ == "__main__":
    measure_garbles()
