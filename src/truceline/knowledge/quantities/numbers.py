"""Number words: how numbers are written, and which range each wording stands for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from truceline.knowledge.loading import Entry, Source, load_merged
from truceline.knowledge.quantities.counted import load_counted_vocabulary
from truceline.knowledge.quantities.files import Phrases, compile_pattern, shipped


class _Cardinals(Entry):
    source: str
    ones: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    articles: list[str]


class _Suffixes(Entry):
    source: str
    scales: dict[str, int]


class _FixedPhrases(Entry):
    source: str
    values: dict[str, int]


class _Zero(Entry):
    source: str
    determiners: list[str]
    pronouns: list[str]
    nil: list[str]
    no_is_not: list[str]


class VagueWord(Entry):
    """A wording that names no figure: the least number it can stand for and the rule that says so."""

    min: int = Field(ge=1)
    max: int | None = None
    rule: str
    scales: bool = False
    of: bool = False
    alone: bool = True
    not_before: list[str] = Field(default_factory=list)


class _Vague(Entry):
    source: str
    words: dict[str, VagueWord]


class _Bounds(Entry):
    source: str
    margin: float = Field(gt=0, lt=1)
    before: dict[
        Literal["at_least", "above", "at_most", "below", "nearly", "just_over", "about", "exact", "total"], list[str]
    ]
    after: dict[Literal["at_least", "at_most", "about"], list[str]]
    preposition: list[str]


class _Ranges(Entry):
    source: str
    between: list[str]
    from_: list[str] = Field(alias="from")
    joiners: list[str]
    between_joiners: list[str]
    at_least_joiners: list[str]
    change: list[str]


class _Others(Entry):
    source: str
    months: list[str]
    month_follows: list[str]
    clock: list[str]
    clock_before: list[str]
    year_before: list[str]
    labels: list[str]
    percent: list[str]
    percent_two: list[str]
    currencies: list[str]
    money: list[str]
    fractions: list[str]
    ages: list[str]
    lengths: list[str]
    measured_of: list[str]
    measures: list[str]
    one_is_not_a_count: list[str]
    compound_nouns: list[str]


class _Damage(Entry):
    why: str
    regex: str


class _Unreadable(Entry):
    source: str
    patterns: list[_Damage]


class _NumberFile(Entry):
    cardinals: _Cardinals
    suffixes: _Suffixes
    phrases: _FixedPhrases
    zero: _Zero
    vague: _Vague
    bounds: _Bounds
    ranges: _Ranges
    others: _Others
    unreadable: _Unreadable


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number file, indexed; ``counted`` are the words (any form) that a number can count, from the counted file."""

    ones: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    articles: frozenset[str]
    suffixes: dict[str, int]
    fixed: Phrases[int]
    zeros: Phrases[str]
    no_is_not: frozenset[str]
    vague: Phrases[VagueWord]
    margin: float
    before: Phrases[str]
    after: Phrases[str]
    prepositions: frozenset[str]
    between: frozenset[str]
    from_: frozenset[str]
    joiners: frozenset[str]
    between_joiners: frozenset[str]
    at_least_joiners: Phrases[None]
    change: frozenset[str]
    months: frozenset[str]
    month_follows: frozenset[str]
    clock: frozenset[str]
    clock_before: frozenset[str]
    year_before: frozenset[str]
    labels: frozenset[str]
    percent: Phrases[None]
    currencies: frozenset[str]
    money: frozenset[str]
    fractions: frozenset[str]
    ages: Phrases[None]
    lengths: frozenset[str]
    measured_of: frozenset[str]
    measures: frozenset[str]
    one_is_not: frozenset[str]
    compounds: frozenset[str]
    damage: tuple[tuple[str, re.Pattern[str]], ...]
    counted: frozenset[str]
    starters: frozenset[str]


def load_number_words(sources: Sequence[Source] | None = None, *, counted: frozenset[str] | None = None) -> NumberWords:
    """Load the number words; later files add to or replace entries of earlier ones.

    Args:
        sources: ``numbers.yaml`` files; the shipped one when not given.
        counted: Words that a number can count (``CountedVocabulary.words``), to see "a soldier" and "44.0 people";
            those of the shipped vocabulary when not given.

    Raises:
        KnowledgeError: A file is broken; names file and entry.
    """
    sources = sources or [shipped("numbers.yaml")]
    file, source = load_merged(sources, _NumberFile), sources[-1]
    other, bounds = file.others, file.bounds
    damage = tuple((entry.why, compile_pattern(source, entry.regex)) for entry in file.unreadable.patterns)
    tables: dict[str, Any] = {
        "fixed": Phrases(file.phrases.values.items()),
        "zeros": Phrases(
            [(w, "determiner") for w in file.zero.determiners]
            + [(w, "pronoun") for w in file.zero.pronouns]
            + [(w, "nil") for w in file.zero.nil]
        ),
        "vague": Phrases(file.vague.words.items()),
        "before": Phrases((w, rule) for rule, wordings in bounds.before.items() for w in wordings),
    }
    starters = {first for table in tables.values() for first in table}
    starters.update(
        file.cardinals.ones, file.cardinals.tens, file.cardinals.articles, file.ranges.between, file.ranges.from_
    )
    starters.update(w for w in file.cardinals.scales)
    return NumberWords(
        **tables,
        ones=file.cardinals.ones,
        tens=file.cardinals.tens,
        scales=file.cardinals.scales,
        articles=frozenset(file.cardinals.articles),
        suffixes=file.suffixes.scales,
        no_is_not=frozenset(file.zero.no_is_not) | frozenset(other.one_is_not_a_count),
        margin=bounds.margin,
        after=Phrases((w, rule) for rule, wordings in bounds.after.items() for w in wordings),
        prepositions=frozenset(bounds.preposition),
        between=frozenset(file.ranges.between),
        from_=frozenset(file.ranges.from_),
        joiners=frozenset(file.ranges.joiners),
        between_joiners=frozenset(file.ranges.between_joiners),
        at_least_joiners=Phrases((w, None) for w in file.ranges.at_least_joiners),
        change=frozenset(file.ranges.change),
        months=frozenset(other.months),
        month_follows=frozenset(other.month_follows),
        clock=frozenset(other.clock),
        clock_before=frozenset(other.clock_before),
        year_before=frozenset(other.year_before),
        labels=frozenset(other.labels),
        percent=Phrases((w, None) for w in [*other.percent, *other.percent_two]),
        currencies=frozenset(other.currencies),
        money=frozenset(other.money),
        fractions=frozenset(other.fractions),
        ages=Phrases((w, None) for w in other.ages),
        lengths=frozenset(other.lengths),
        measured_of=frozenset(other.measured_of),
        measures=frozenset(other.measures),
        one_is_not=frozenset(other.one_is_not_a_count),
        compounds=frozenset(other.compound_nouns),
        damage=damage,
        counted=load_counted_vocabulary().words if counted is None else counted,
        starters=frozenset(starters),
    )
