"""The sentence sets of tests/sentences: their format, where phrases stand in a text, when two phrases name the same."""

import random
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BeforeValidator, RootModel

from truceline.errors import KnowledgeError
from truceline.knowledge.loading import Entry, load
from truceline.model import Actor, Modality, Span

FOLDER = Path(__file__).parent / "sentences"
SEED = 2019
"""Seed of the held third: an entry's id alone decides, so that adding entries moves none."""

ANY = "*"
"""Stands for "not judged" wherever a field allows several values."""

_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*|['’]s\b")


def _listed(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


OneOf = Annotated[tuple[str | None, ...], BeforeValidator(_listed)]
"""A value or a list of values of which any is right; None (``~``) means that nothing must be found."""


class ExpectedAttribution(Entry):
    """Whose words (source), by which cue, which words (content)."""

    source: OneOf
    cue: OneOf
    content: tuple[str, ...]
    kind: Literal["direct", "mixed", "indirect"]


class ExpectedSpeaker(Entry):
    """Who claims what stands in these words, outermost speaker first, and with which modality."""

    words: OneOf
    speakers: tuple[OneOf, ...]
    modality: OneOf = ("asserted",)


class AttributionEntry(Entry):
    """One to three sentences with all attributions in them."""

    id: str
    about: str
    text: str
    hard: bool = False
    held: bool = False
    attributions: tuple[ExpectedAttribution, ...]
    claims: tuple[ExpectedSpeaker, ...] = ()
    may: tuple[str, ...] = ()


class ExpectedCount(Entry):
    """How many of what; ``near`` instead of the two bounds where the text says "about"."""

    what: OneOf
    min: int | None = None
    max: int | None = None
    near: int | None = None

    def __str__(self) -> str:
        bounds = f"near {self.near}" if self.near is not None else f"{self.min}-{self.max}"
        return f"{'/'.join(map(str, self.what))} {bounds}"


class ExpectedClaim(Entry):
    """One claim of an act; a role left out must be empty, ``*`` is not judged."""

    act: OneOf
    words: OneOf
    agent: OneOf = (None,)
    patient: OneOf = (None,)
    place: OneOf = (None,)
    instrument: OneOf = (None,)
    counts: tuple[ExpectedCount, ...] | Literal["*"] = ()
    modality: OneOf = ("asserted",)
    background: bool | Literal["*"] = False

    @property
    def judged_counts(self) -> tuple[ExpectedCount, ...]:
        """The counts that must be found; none where counts are not judged."""
        return () if isinstance(self.counts, str) else self.counts


class ActEntry(Entry):
    """A sentence with the acts claimed in it; a further act read in the words of ``may`` is not counted as wrong."""

    id: str
    text: str
    negative: str | None = None
    held: bool = False
    claims: tuple[ExpectedClaim, ...]
    may: tuple[str, ...] = ()


class Vocabulary(Entry):
    """What entries may say, and the words by which phrases are compared."""

    acts: dict[str, tuple[str, ...]]
    counted: tuple[str, ...]
    always_counted: tuple[str, ...]
    instruments: tuple[str, ...]
    negative: tuple[str, ...]
    determiners: frozenset[str]
    phrase_ends: frozenset[str]

    @cached_property
    def act_ids(self) -> frozenset[str]:
        """All acts of all families."""
        return frozenset(act for family in self.acts.values() for act in family)


class _Attributions(RootModel[tuple[AttributionEntry, ...]]):
    pass


class _Acts(RootModel[tuple[ActEntry, ...]]):
    pass


def attribution_entries(path: Path = FOLDER / "attribution.yaml") -> tuple[AttributionEntry, ...]:
    """The entries of attribution.yaml, every phrase checked to stand in its text."""
    entries = load(path, _Attributions).root
    for entry in entries:
        for expected in entry.attributions:
            _check(path, entry.id, entry.text, (*expected.source, *expected.cue, *expected.content))
        for claim in entry.claims:
            _check(path, entry.id, entry.text, (*claim.words, *(name for choice in claim.speakers for name in choice)))
            _check_modality(path, entry.id, claim.modality)
        _check(path, entry.id, entry.text, entry.may)
    return entries


def act_entries(path: Path = FOLDER / "acts.yaml") -> tuple[ActEntry, ...]:
    """The entries of acts.yaml, every phrase checked to stand in its text and every value to be in the vocabulary."""
    words = vocabulary()
    entries = load(path, _Acts).root
    for entry in entries:
        for claim in entry.claims:
            _check(path, entry.id, entry.text, (*claim.words, *claim.agent, *claim.patient, *claim.place))
            _check_modality(path, entry.id, claim.modality)
            unknown = {*claim.act} - words.act_ids | {*claim.instrument} - {*words.instruments, None}
            unknown |= {what for count in claim.judged_counts for what in count.what} - {*words.counted}
            if unknown := unknown - {ANY}:
                raise KnowledgeError(
                    f"{path}: entry {entry.id}: not in vocabulary.yaml: {', '.join(sorted(map(str, unknown)))}"
                )
        if entry.negative not in (None, *words.negative):
            raise KnowledgeError(f"{path}: entry {entry.id}: unknown kind of negative {entry.negative!r}")
        _check(path, entry.id, entry.text, entry.may)
    return entries


def vocabulary(path: Path = FOLDER / "vocabulary.yaml") -> Vocabulary:
    """The vocabulary beside the sets."""
    return load(path, Vocabulary)


def belongs_to_held(entry_id: str) -> bool:
    """Whether this entry is one of the third that developers do not look at while tuning."""
    return random.Random(f"{SEED}:{entry_id}").random() < 1 / 3


def _check(path: Path, entry_id: str, text: str, phrases: tuple[str | None, ...]) -> None:
    for phrase in phrases:
        if phrase is not None and phrase != ANY and not places_of(text, phrase):
            raise KnowledgeError(
                f"{path}: entry {entry_id}: {phrase!r} does not stand in the text; copy it letter by letter"
            )


def _check_modality(path: Path, entry_id: str, modalities: OneOf) -> None:
    if unknown := {*modalities} - {*Modality, ANY}:
        raise KnowledgeError(f"{path}: entry {entry_id}: unknown modality {sorted(map(str, unknown))}")


def places_of(text: str, phrase: str) -> tuple[Span, ...]:
    """Where a phrase stands: ``words``, ``first … last``, or ``words#2`` for the second place alone."""
    phrase, _, number = phrase.partition("#") if re.search(r"#\d$", phrase) else (phrase, "", "")
    first, _, last = (part.strip() for part in phrase.partition("…"))
    found = []
    for start, end in _occurrences(text, first):
        ends = [stop for begin, stop in _occurrences(text, last) if begin >= end] if last else [end]
        found += [(start, ends[0])] if ends else []
    return tuple(found[int(number) - 1 : int(number)] if number else found)


def _occurrences(text: str, phrase: str) -> list[Span]:
    before = r"(?<!\w)" if phrase[:1].isalnum() else ""
    after = r"(?!\w)" if phrase[-1:].isalnum() else ""
    return [match.span() for match in re.finditer(before + re.escape(phrase) + after, text)]


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


@dataclass(frozen=True, slots=True)
class Matcher:
    """Compares phrases of one text without a parser: by their heads, by their words."""

    text: str
    words: Vocabulary

    def names_same(self, expected: str, found: Actor) -> bool:
        """Whether an actor found is the one expected: same head in place, or the same name elsewhere in the text."""
        if any(self.heads_agree(place, found.span) for place in places_of(self.text, expected)):
            return True
        wanted = self._core(expected.partition("#")[0])
        return any(
            core and (core <= wanted or wanted <= core) for core in map(self._core, (found.text, found.name or ""))
        )

    def heads_agree(self, one: Span, other: Span) -> bool:
        """Whether the head of each lies within the other."""
        return self._within(self.head(one), other) and self._within(self.head(other), one)

    def head(self, span: Span) -> Span:
        """The last word before the first preposition, relative word or comma."""
        best = span
        for index, word in enumerate(_WORD.finditer(self.text, *span)):
            begins_anew = word[0].casefold() in self.words.phrase_ends or "," in self.text[best[1] : word.start()]
            if index and begins_anew and best != span:
                break
            if word[0].casefold() not in self.words.determiners and not begins_anew:
                best = word.span()
        return best

    def word_starts(self, spans: tuple[Span, ...]) -> frozenset[int]:
        """Places of the words inside the spans."""
        return frozenset(word.start() for start, end in spans for word in _WORD.finditer(self.text, start, end))

    def mostly_same(self, one: frozenset[int], other: frozenset[int]) -> bool:
        """Whether at least half of each side's words are shared."""
        shared = len(one & other)
        return shared > 0 and 2 * shared >= len(one) and 2 * shared >= len(other)

    def _core(self, phrase: str) -> frozenset[str]:
        core: list[str] = []
        for word in _WORD.findall(phrase.split(",", maxsplit=1)[0]):
            if word.casefold() in self.words.phrase_ends and core:
                break
            if word.casefold() not in self.words.determiners:
                core.append(re.sub(r"['’]s$", "", word.casefold()))
        return frozenset(core)

    @staticmethod
    def _within(inner: Span, outer: Span) -> bool:
        return outer[0] <= inner[0] and inner[1] <= outer[1]


AnyEntry = TypeVar("AnyEntry", AttributionEntry, ActEntry)


def part(entries: tuple[AnyEntry, ...], *, held: bool) -> tuple[AnyEntry, ...]:
    """The held third, or what is not held."""
    return tuple(entry for entry in entries if entry.held is held)
