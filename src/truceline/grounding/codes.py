"""Codes of actors as event data writes them: country (ISO 3166-1 alpha-3) and sector (CAMEO / PLOVER)."""

from collections.abc import Iterator, Sequence

from truceline.grounding.coreference import Referents
from truceline.knowledge import Countries
from truceline.model import Place
from truceline.reading.phrases import coordinated, noun_phrase
from truceline.reading.words import ParsedText

_STATELESS = frozenset({"IGO", "NGO"})  # sectors that stand where others have a country
_ABBREVIATION = 4  # characters up to which a name in capitals is no common word ("US")


class CountryNames:
    """Finds names of countries, their people, capitals and stand-ins in a run of words."""

    def __init__(self, countries: Countries, ethnic: frozenset[str]) -> None:
        self.ethnic = ethnic
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for country in countries.by_code.values():
            for phrase, _ in country.words():
                words = tuple(phrase.replace("-", " - ").split())
                if words:
                    self._by_first.setdefault(words[0].lower(), []).append((words, country.iso))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def within(self, parsed: ParsedText, indices: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Pairs of first word and code, in text order; the longest name wins."""
        words = parsed.words
        inside = set(indices)
        end = -1
        for i in sorted(inside):
            if i < end or (i > 0 and words[i - 1].lower in self.ethnic):  # "ethnic X" are people of another state
                continue
            for name, code in self._by_first.get(words[i].lower, ()):
                span = words[i : i + len(name)]
                if len(span) == len(name) and all(
                    _same(word.text, part) for word, part in zip(span, name, strict=True)
                ):
                    end = i + len(name)
                    yield i, code
                    break


def _same(text: str, name: str) -> bool:
    if name.isupper() or "." in name:
        return text == name if len(name) <= _ABBREVIATION else text.lower() == name.lower()
    return text.lower() == name.lower()


class ActorCodes:
    """The codes of the phrases of one text."""

    def __init__(self, parsed: ParsedText, referents: Referents, names: CountryNames, places: Sequence[Place]) -> None:
        self._parsed = parsed
        self._referents = referents
        self._names = names
        self._placed = {i: place.country for place in places if place.country for i in parsed.covering(place.span)}
        self._cache: dict[int, tuple[tuple[str, ...], str | None]] = {}

    def of(self, head: int) -> tuple[str, ...]:
        """Countries of a phrase and of what is coordinated with it, then their sectors; each once."""
        found = [self._one(i) for i in coordinated(self._parsed, head)]
        countries = [code for codes, _ in found for code in codes]
        return tuple(dict.fromkeys([*countries, *(sector for _, sector in found if sector)]))

    def countries(self, head: int) -> tuple[str, ...]:
        """Only the countries (or ``IGO``, ``NGO``)."""
        return tuple(dict.fromkeys(code for i in coordinated(self._parsed, head) for code in self._one(i)[0]))

    def named_in(self, indices: Sequence[int]) -> list[tuple[int, tuple[str, ...]]]:
        """Countries named anywhere in a run of words, in text order; where none is, those of the places named."""
        found: list[tuple[int, tuple[str, ...]]] = [
            (i, (code,)) for i, code in self._names.within(self._parsed, indices)
        ]
        return found or [(i, (self._placed[i],)) for i in indices if i in self._placed]

    def _one(self, head: int) -> tuple[tuple[str, ...], str | None]:
        if head not in self._cache:
            self._cache[head] = self._find(head)
        return self._cache[head]

    def _find(self, head: int) -> tuple[tuple[str, ...], str | None]:
        parsed = self._parsed
        stands_for = self._referents.stands_for(head)
        if stands_for != head:
            return self._one(stands_for)
        actor = self._referents.of_word(head)
        sector = actor.sector if actor is not None else None
        first, last = noun_phrase(parsed, head)
        before = [code for _, code in self._names.within(parsed, range(first, head + 1))]
        if before:
            return tuple(dict.fromkeys(before)), sector
        if (
            actor is not None
            and actor.country
            and not any(parsed.words[i].lower in self._names.ethnic for i in range(first, head))
        ):
            return (actor.country,), sector
        if sector in _STATELESS:
            return (sector,), sector
        after = [codes for _, codes in self.named_in(range(head + 1, last + 1))]
        if not after:
            below = [i for i in parsed.subtree(head) if i > last and not _elsewhere(parsed, i, head)]
            after = [codes for _, codes in self.named_in(below)]
        return (after[0] if after else ()), sector


def _elsewhere(parsed: ParsedText, i: int, head: int) -> bool:
    """Whether a word below ``head`` belongs to a phrase coordinated with it or set beside it."""
    for j in (i, *parsed.ancestors(i)):
        if j == head:
            return False
        if parsed.words[j].dep in {"conj", "relcl"} and parsed.words[j].head == head:
            return True
    return False
