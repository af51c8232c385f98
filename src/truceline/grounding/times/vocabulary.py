"""The words of time: a validated data file, turned once into look-up tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, model_validator

from truceline.errors import KnowledgeError
from truceline.knowledge.loading import Entry, Source, load_merged

Phase = Literal["early", "mid", "late"]
"""Which part of a longer unit is meant."""

Tokens = tuple[str, ...]
"""A phrase as the scanner cuts it: ``("new", "year", "'", "s", "eve")``."""

_DATA = "data/times.yaml"


class _Class(Entry):
    source: str
    words: dict[str, int | str] = Field(min_length=1)


class _Doubtful(Entry):
    source: str
    words: frozenset[str]


class _Parts(Entry):
    source: str
    hours: dict[str, tuple[Annotated[int, Field(ge=0, le=24)], Annotated[int, Field(gt=0, le=36)]]]


class _Phases(Entry):
    source: str
    week: dict[Phase, tuple[int, int]]
    month: dict[Phase, tuple[int, int]]
    year: dict[Phase, tuple[int, int]]
    decade: dict[Phase, tuple[int, int]]
    century: dict[Phase, tuple[int, int]]


class _Vague(Entry):
    source: str
    days: dict[Literal["day", "week", "month", "year"], int]


class _Holidays(Entry):
    source: str
    fixed: dict[str, tuple[Annotated[int, Field(ge=1, le=12)], Annotated[int, Field(ge=1, le=31)]]]
    nth_weekday: dict[str, tuple[int, int, int]]


class _Zones(Entry):
    source: str
    offsets: dict[str, int]
    places: dict[str, str]


class TenseWords(Entry):
    """Lemmas and small words by what they say of when: see the data file."""

    source: str
    ahead: frozenset[str]
    ahead_until: frozenset[str]
    infinitive: frozenset[str]
    future: frozenset[str]
    moved: frozenset[str]
    negative: frozenset[str]
    tried: frozenset[str]
    prepositions_ahead: frozenset[str]


class _File(Entry):
    classes: dict[str, _Class]
    doubtful: _Doubtful
    parts: _Parts
    phases: _Phases
    vague: _Vague
    holidays: _Holidays
    zones: _Zones
    tense: TenseWords

    @model_validator(mode="after")
    def _check_names(self) -> "_File":
        for name in ("PART", "OVERNIGHT", "TONIGHT"):
            for word, part in self.classes[name].words.items() if name in self.classes else ():
                if part not in self.parts.hours:
                    raise ValueError(f"{name}: {word!r} is {part!r}, which has no hours under parts")
        dated = {*self.holidays.fixed, *self.holidays.nth_weekday}
        for word, holiday in self.classes["HOLIDAY"].words.items() if "HOLIDAY" in self.classes else ():
            if holiday not in dated:
                raise ValueError(f"HOLIDAY: {word!r} is {holiday!r}, which has no date under holidays")
        return self


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The vocabulary of times, ready to look up.

    Attributes:
        words: Single word -> (class, value).
        doubtful: Names of months that are common words too.
        phrases: First two tokens -> phrases that begin with them, longest first, each with its class and value.
        phrase_starts: First tokens of phrases.
        parts: Part of the day -> hours from and to (over 24: the next day).
        phases: Unit -> phase -> first and last of its sub-units, both included.
        vague: Unit -> days that "recent" or "coming" ones may reach.
        fixed_holidays: Holiday -> month, day.
        moving_holidays: Holiday -> month, weekday, which one in the month.
        offsets: Zone abbreviation -> minutes ahead of UTC.
        places: Place named before "time" -> IANA zone.
        tense: What makes a time lie ahead of its clause.
    """

    words: Mapping[str, tuple[str, int | str]]
    doubtful: frozenset[str]
    phrases: Mapping[tuple[str, str], tuple[tuple[Tokens, str, int | str], ...]]
    phrase_starts: frozenset[str]
    parts: Mapping[str, tuple[int, int]]
    phases: Mapping[str, Mapping[Phase, tuple[int, int]]]
    vague: Mapping[str, int]
    fixed_holidays: Mapping[str, tuple[int, int]]
    moving_holidays: Mapping[str, tuple[int, int, int]]
    offsets: Mapping[str, int]
    places: Mapping[str, str]
    tense: TenseWords


def load_time_words(sources: Sequence[Source] | None = None) -> TimeWords:
    """Load the vocabulary of times: what comes with Truceline, or these files, each added to those before it.

    Raises:
        KnowledgeError: A class of the grammar has no words, a word stands in two classes, a value has the wrong form.
    """
    from truceline.grounding.times.grammar import WORD_CLASSES

    sources = sources or [files("truceline.knowledge").joinpath(_DATA)]
    file, source = load_merged(sources, _File), sources[-1]
    if missing := sorted(WORD_CLASSES - file.classes.keys()):
        raise KnowledgeError(f"{source}: classes: {missing[0]} is missing; the grammar of times needs it")
    if unknown := sorted(file.classes.keys() - WORD_CLASSES):
        raise KnowledgeError(f"{source}: classes › {unknown[0]}: no rule of the grammar of times uses it; remove it")
    words, phrases = _index(source, file)
    return TimeWords(
        words=MappingProxyType(words),
        doubtful=file.doubtful.words,
        phrases=MappingProxyType(phrases),
        phrase_starts=frozenset(first for first, _ in phrases),
        parts=MappingProxyType(file.parts.hours),
        phases=MappingProxyType(
            {
                unit: MappingProxyType(getattr(file.phases, unit))
                for unit in ("week", "month", "year", "decade", "century")
            }
        ),
        vague=MappingProxyType({str(unit): days for unit, days in file.vague.days.items()}),
        fixed_holidays=MappingProxyType(file.holidays.fixed),
        moving_holidays=MappingProxyType(file.holidays.nth_weekday),
        offsets=MappingProxyType(file.zones.offsets),
        places=MappingProxyType(file.zones.places),
        tense=file.tense,
    )


@lru_cache(maxsize=256)
def named_zone(name: str) -> ZoneInfo | None:
    """The zone of an IANA name; None where this machine has no data for it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _index(
    source: Source, file: _File
) -> tuple[dict[str, tuple[str, int | str]], dict[tuple[str, str], tuple[tuple[Tokens, str, int | str], ...]]]:
    from truceline.grounding.times.atoms import cut

    words: dict[str, tuple[str, int | str]] = {}
    phrases: dict[tuple[str, str], list[tuple[Tokens, str, int | str]]] = {}
    entries = [(word, name, value) for name, entry in file.classes.items() for word, value in entry.words.items()]
    entries += [(place, "ZONE_PLACE", zone) for place, zone in file.zones.places.items()]
    entries += [(short, "ZONE", minutes) for short, minutes in file.zones.offsets.items()]
    for word, name, value in entries:
        tokens = cut(word)
        if len(tokens) > 1:
            phrases.setdefault((tokens[0], tokens[1]), []).append((tokens, name, value))
        elif word in words:
            raise KnowledgeError(f"{source}: classes › {name}: {word!r} stands in {words[word][0]} too; keep one")
        else:
            words[word] = (name, value)
    return words, {start: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for start, found in phrases.items()}
