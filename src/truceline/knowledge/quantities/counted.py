"""The vocabulary of counted things: nouns, and the words that turn persons into killed, wounded and so on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from truceline.errors import KnowledgeError
from truceline.knowledge.loading import Entry, Source, load_merged
from truceline.knowledge.quantities.files import Phrases, shipped

Status = Literal["combatant", "civilian", "unknown"]


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
    modifiers: dict[str, Status]
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
    not_below: dict[str, list[str]]
    holders: dict[str, str]
    turns: dict[str, Turn | str]
    complements: dict[str, str]
    violation_verbs: _ViolationVerbs
    total_means: dict[str, str]
    totals: list[str]
    further: list[str]
    bearing: list[str]
    also_of_things: list[str]
    including: list[str]
    part_pronouns: list[str]
    part_prepositions: list[str]
    since: list[str]
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
    not_below: dict[str, frozenset[str]]
    violation_verbs: frozenset[str]
    violation_objects: frozenset[str]
    modifiers: dict[str, Status]
    total_means: dict[str, str]
    totals: frozenset[str]
    further: frozenset[str]
    bearing: frozenset[str]
    also_of_things: frozenset[str]
    including: frozenset[str]
    part_pronouns: frozenset[str]
    part_prepositions: frozenset[str]
    since: frozenset[str]
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
    sources = sources or [shipped("counted.yaml")]
    file, source = load_merged(sources, _CountedFile), sources[-1]
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
        not_below={noun: frozenset(words) for noun, words in file.not_below.items()},
        not_with={noun: frozenset(words) for noun, words in file.not_with.items()},
        violation_verbs=frozenset(file.violation_verbs.verbs),
        violation_objects=frozenset(file.violation_verbs.objects),
        modifiers=file.modifiers,
        total_means=file.total_means,
        totals=frozenset(file.totals),
        further=frozenset(file.further),
        bearing=frozenset(file.bearing),
        also_of_things=frozenset(file.also_of_things),
        including=frozenset(file.including),
        part_pronouns=frozenset(file.part_pronouns),
        part_prepositions=frozenset(file.part_prepositions),
        since=frozenset(file.since),
        cumulative=Phrases((w, None) for w in file.cumulative),
        events=frozenset(file.events),
        zero_nouns=frozenset(file.bare_noun_zero.nouns),
        any_words=frozenset(file.bare_noun_zero.any),
        without=frozenset(file.bare_noun_zero.without),
    )
