"""Number words, counted things and instruments: the data files behind the counting rules, checked and indexed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Generic, Literal, TypeVar

from pydantic import Field

from truceline.errors import KnowledgeError
from truceline.knowledge.loading import Entry, Source, load_yaml, validate

Payload = TypeVar("Payload")
Status = Literal["combatant", "civilian", "unknown"]

_TOKEN = re.compile(r"'s\b|[^\s'-]+(?:'(?!s\b)[^\s'-]+)*|-|'")


class Phrases(Generic[Payload]):
    """Wordings of one or more tokens, each with what it means; the longest one that fits wins."""

    __slots__ = ("_by_first",)

    def __init__(self, pairs: Iterable[tuple[str, Payload]] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Payload]]] = {}
        for wording, payload in pairs:
            tokens = tuple(_TOKEN.findall(wording.lower())) or (wording,)
            self._by_first.setdefault(tokens[0], []).append((tokens, payload))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def __contains__(self, first: str) -> bool:
        return first in self._by_first

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_first)

    def match(self, lowers: Sequence[str], i: int) -> tuple[int, Payload] | None:
        """Length and meaning of the longest wording that begins at token ``i``."""
        for tokens, payload in self._by_first.get(lowers[i], ()):
            if len(tokens) == 1 or tuple(lowers[i : i + len(tokens)]) == tokens:
                return len(tokens), payload
        return None


# --- numbers -----------------------------------------------------------------------------------------------------


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


def shipped(name: str) -> Source:
    """A data file that comes with the package."""
    return files("truceline.knowledge") / "data" / name


def load_number_words(sources: Sequence[Source] | None = None, *, counted: frozenset[str] = frozenset()) -> NumberWords:
    """Load the number words; later files add to or replace entries of earlier ones.

    Args:
        sources: ``numbers.yaml`` files; the shipped one when not given.
        counted: Words that a number can count (``CountedVocabulary.words``); needed to see "a soldier" and "44.0 people".

    Raises:
        KnowledgeError: A file is broken; names file and entry.
    """
    file, source = _load_merged(sources or [shipped("numbers.yaml")], _NumberFile)
    other, bounds = file.others, file.bounds
    damage = tuple((entry.why, _compile(source, entry.regex)) for entry in file.unreadable.patterns)
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
        counted=counted,
        starters=frozenset(starters),
    )


_File = TypeVar("_File", bound=Entry)


def _load_merged(sources: Sequence[Source], schema: type[_File]) -> tuple[_File, Source]:
    """Merge files key by key (lists are joined, scalars replaced) and check the whole after each file."""
    value: Any = {}
    for source in sources:
        value = _merge(value, load_yaml(source))
        file = validate(source, schema, value)
    return file, sources[-1]


def _merge(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: _merge(old[key], value) if key in old else value for key, value in new.items()}}
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *(item for item in new if item not in old)]
    return new


def _compile(source: Source, regex: str) -> re.Pattern[str]:
    try:
        return re.compile(regex)
    except re.error as fault:
        raise KnowledgeError(
            f"{source}: pattern {regex!r} is not a regular expression ({fault}); mend or remove it"
        ) from fault


# --- counted things ----------------------------------------------------------------------------------------------


class _Persons(Entry):
    source: str
    default: dict[Status, str]
    status: dict[Status, list[str]]


class Turn(Entry):
    """Which words turn counted persons into killed, wounded, …"""

    object: list[str]
    subject: list[str]
    state: list[str]
    of: list[str]


class _ViolationVerbs(Entry):
    verbs: list[str]
    objects: list[str]


class _BareZero(Entry):
    nouns: list[str]
    any: list[str]
    without: list[str]


class _CountedFile(Entry):
    persons: _Persons
    states: dict[str, list[str] | str]
    outcomes: dict[str, list[str] | str]
    zero_means: dict[str, list[str]]
    things: dict[str, list[str] | str]
    containers: list[str]
    compound_nouns: dict[str, str]
    article_counts: list[str]
    units: dict[str, str]
    days_not_before: list[str]
    days_not_after: list[str]
    not_of: list[str]
    not_with: dict[str, list[str]]
    holders: dict[str, str]
    turns: dict[str, Turn | str]
    complements: dict[str, str]
    violation_verbs: _ViolationVerbs
    totals: list[str]
    including: list[str]
    part_pronouns: list[str]
    cumulative: list[str]
    events: list[str]
    bare_noun_zero: _BareZero


@dataclass(frozen=True, slots=True)
class CountedNoun:
    """What a noun counts: ``kind`` is ``person`` (acts may turn it), ``outcome`` or ``thing`` (they may not)."""

    what: str
    kind: Literal["person", "outcome", "thing"]
    status: Status


@dataclass(frozen=True, slots=True)
class CountedVocabulary:
    """The counted file, indexed by lemma or, for states, by the word as it is written."""

    whats: frozenset[str]
    nouns: dict[str, CountedNoun]
    object_turns: dict[str, str]
    subject_turns: dict[str, str]
    states: dict[str, str]
    of_turns: dict[str, str]
    complements: dict[str, str]
    zero_means: dict[str, tuple[str, ...]]
    containers: frozenset[str]
    compound_nouns: dict[str, str]
    article_counts: frozenset[str]
    units: dict[str, str]
    days_not_before: frozenset[str]
    days_not_after: frozenset[str]
    not_of: frozenset[str]
    not_with: dict[str, frozenset[str]]
    violation_verbs: frozenset[str]
    violation_objects: frozenset[str]
    totals: frozenset[str]
    including: frozenset[str]
    part_pronouns: frozenset[str]
    cumulative: Phrases[None]
    events: frozenset[str]
    zero_nouns: frozenset[str]
    any_words: frozenset[str]
    without: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """Every word that may stand beside a number: counted nouns and states."""
        return frozenset(self.nouns) | frozenset(self.states)


def load_counted_vocabulary(sources: Sequence[Source] | None = None) -> CountedVocabulary:
    """Load the vocabulary of counted things; later files add to or replace entries of earlier ones.

    Raises:
        KnowledgeError: A file is broken; names file and entry.
    """
    file, source = _load_merged(sources or [shipped("counted.yaml")], _CountedFile)
    nouns: dict[str, CountedNoun] = {}
    for what, words in file.things.items():
        nouns.update({word: CountedNoun(what, "thing", "unknown") for word in words if isinstance(words, list)})
    for what, words in file.outcomes.items():
        nouns.update({word: CountedNoun(what, "outcome", "unknown") for word in words if isinstance(words, list)})
    for status, names in file.persons.status.items():
        nouns.update({word: CountedNoun(file.persons.default[status], "person", status) for word in names})
    for what, words in file.states.items():
        nouns.update({word: CountedNoun(what, "person", "unknown") for word in words if isinstance(words, list)})
    turns = {what: turn for what, turn in file.turns.items() if isinstance(turn, Turn)}
    whats = {noun.what for noun in nouns.values()} | set(turns) | set(file.persons.default.values())
    for what in (
        *file.complements.values(),
        *file.compound_nouns.values(),
        *file.units,
        *(w for means in file.zero_means.values() for w in means),
    ):
        if what not in whats:
            raise KnowledgeError(f"{source}: {what!r} is counted nowhere; use one of {', '.join(sorted(whats))}")
    return CountedVocabulary(
        whats=frozenset(whats),
        nouns=nouns,
        object_turns={word: what for what, turn in turns.items() for word in turn.object},
        subject_turns={word: what for what, turn in turns.items() for word in turn.subject},
        states={word: what for what, turn in turns.items() for word in turn.state},
        of_turns=file.holders | {word: what for what, turn in turns.items() for word in turn.of},
        complements=file.complements,
        zero_means={what: tuple(means) for what, means in file.zero_means.items()},
        containers=frozenset(file.containers),
        compound_nouns=file.compound_nouns,
        article_counts=frozenset(file.article_counts),
        units=file.units,
        days_not_before=frozenset(file.days_not_before),
        days_not_after=frozenset(file.days_not_after),
        not_of=frozenset(file.not_of),
        not_with={noun: frozenset(words) for noun, words in file.not_with.items()},
        violation_verbs=frozenset(file.violation_verbs.verbs),
        violation_objects=frozenset(file.violation_verbs.objects),
        totals=frozenset(file.totals),
        including=frozenset(file.including),
        part_pronouns=frozenset(file.part_pronouns),
        cumulative=Phrases((w, None) for w in file.cumulative),
        events=frozenset(file.events),
        zero_nouns=frozenset(file.bare_noun_zero.nouns),
        any_words=frozenset(file.bare_noun_zero.any),
        without=frozenset(file.bare_noun_zero.without),
    )


# --- instruments -------------------------------------------------------------------------------------------------


class _Designation(Entry):
    kind: str
    regex: str


class _Designations(Entry):
    source: str
    patterns: list[_Designation]
    capital: bool


class _Tails(Entry):
    source: str
    munition: list[str]
    event: list[str]


class _Calibre(Entry):
    source: str
    units: list[str]


class _Uses(Entry):
    source: str
    use: list[str]
    fire: list[str]
    subject: list[str]
    nouns: list[str]
    prepositions: list[str]
    loose: list[str]
    loose_verbs: list[str]
    assessed: list[str]
    using: list[str]
    harmed_with: list[str]
    down: list[str]
    not_: list[str] = Field(alias="not")


class _InstrumentFile(Entry):
    kinds: dict[str, list[str] | str]
    not_of: list[str]
    designations: _Designations
    tails: _Tails
    calibre: _Calibre
    uses: _Uses


@dataclass(frozen=True, slots=True)
class InstrumentVocabulary:
    """The instrument file, indexed."""

    kinds: frozenset[str]
    wordings: Phrases[str]
    not_of: frozenset[str]
    designations: tuple[tuple[str, re.Pattern[str]], ...]
    munition_tails: frozenset[str]
    event_tails: frozenset[str]
    calibre_units: frozenset[str]
    use: frozenset[str]
    fire: frozenset[str]
    subject: frozenset[str]
    nouns: frozenset[str]
    prepositions: frozenset[str]
    loose: frozenset[str]
    loose_verbs: frozenset[str]
    assessed: frozenset[str]
    using: frozenset[str]
    harmed_with: frozenset[str]
    down: frozenset[str]
    not_uses: frozenset[str]


def load_instruments(sources: Sequence[Source] | None = None) -> InstrumentVocabulary:
    """Load the instruments; later files add to or replace entries of earlier ones.

    Raises:
        KnowledgeError: A file is broken; names file and entry.
    """
    file, source = _load_merged(sources or [shipped("instruments.yaml")], _InstrumentFile)
    wordings = [(w, kind) for kind, words in file.kinds.items() if isinstance(words, list) for w in words]
    kinds = frozenset(kind for _, kind in wordings)
    for entry in file.designations.patterns:
        if entry.kind not in kinds:
            raise KnowledgeError(
                f"{source}: designation {entry.regex!r}: no kind {entry.kind!r}; use one of {', '.join(sorted(kinds))}"
            )
    plural = [(w + "s", kind) for w, kind in wordings if not w.endswith("s")]
    return InstrumentVocabulary(
        kinds=kinds,
        wordings=Phrases([*wordings, *plural]),
        not_of=frozenset(file.not_of),
        designations=tuple((entry.kind, _compile(source, entry.regex)) for entry in file.designations.patterns),
        munition_tails=frozenset(file.tails.munition),
        event_tails=frozenset(file.tails.event),
        calibre_units=frozenset(file.calibre.units),
        use=frozenset(file.uses.use),
        fire=frozenset(file.uses.fire),
        subject=frozenset(file.uses.subject),
        nouns=frozenset(file.uses.nouns),
        prepositions=frozenset(file.uses.prepositions),
        loose=frozenset(file.uses.loose),
        loose_verbs=frozenset([*file.uses.loose_verbs, *file.uses.use]),
        assessed=frozenset(file.uses.assessed),
        using=frozenset(file.uses.using),
        harmed_with=frozenset(file.uses.harmed_with),
        down=frozenset(file.uses.down),
        not_uses=frozenset(file.uses.not_),
    )
