"""How incidents are counted, as ``statistics.yaml`` says: breaches, severity, counting rules, standing, and words of rank."""

from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Literal

from pydantic import Field, model_validator

from truceline.errors import KnowledgeError
from truceline.knowledge import Knowledge
from truceline.knowledge.citing import Citation, CitingFile
from truceline.knowledge.loading import Entry, load_merged

Status = Literal["combatant", "civilian", "unknown"]
Rank = Literal["first", "only", "biggest"]
Rule = Literal["incident", "claim", "lineage", "party"]
Standing = Literal["alleged", "corroborated", "verified", "refuted"]


class Breaches(Entry):
    """Which incidents count as alleged breaches."""

    families: tuple[str, ...]
    acts: tuple[str, ...]
    questioned: bool
    source: Citation = ()


class Level(Entry):
    """A level of severity: the marks of which one is enough."""

    id: str
    means: str
    people: dict[str, int] = Field(default_factory=dict)
    acts: frozenset[str] = frozenset()
    weapons: frozenset[str] = frozenset()
    source: Citation = ()


class CountingRule(Entry):
    """A way of counting."""

    id: Rule
    means: str
    source: Citation = ()


class Likeness(Entry):
    """When two periods are called alike."""

    share: float = Field(ge=0, lt=1)
    incidents: int = Field(ge=0)
    source: Citation = ()


class Casualties(Entry):
    """What of people is added up, in which statuses."""

    what: tuple[str, ...]
    status: tuple[Status, ...]
    source: Citation = ()


class RankWords(Entry):
    """Words that call an incident the first, the only or the biggest of its kind."""

    reach: int = Field(ge=0)
    ranks: dict[Rank, tuple[str, ...]]
    levels: dict[str, tuple[str, ...]]
    nouns: tuple[str, ...]
    stops: tuple[str, ...]
    times: tuple[str, ...]
    acts: dict[str, tuple[str, ...]]
    since: tuple[str, ...]
    source: Citation = ()


class StatisticsRules(CitingFile):
    """``statistics.yaml``; the comments there say what each part is for."""

    breaches: Breaches
    severity: tuple[Level, ...] = Field(min_length=1)
    rules: tuple[CountingRule, ...] = Field(min_length=1)
    standing: dict[Standing, tuple[str, ...]]
    trend: Likeness
    casualties: Casualties
    claims_of_rank: RankWords

    def _citations(self) -> Iterable[tuple[str, Citation]]:
        yield from ((f"severity {level.id}", level.source) for level in self.severity)
        yield from ((f"rule {rule.id}", rule.source) for rule in self.rules)
        yield "breaches", self.breaches.source
        yield "trend", self.trend.source
        yield "casualties", self.casualties.source
        yield "claims_of_rank", self.claims_of_rank.source

    @model_validator(mode="after")
    def _levels_exist(self) -> "StatisticsRules":
        first, known = self.severity[0], {level.id for level in self.severity}
        if len(known) < len(self.severity):
            raise ValueError("severity: two levels have one id")
        if first.people or first.acts or first.weapons:
            raise ValueError(f"severity {first.id}: the first level takes what no other does; it can have no marks")
        unknown = [level for level in self.claims_of_rank.levels if level not in known]
        if unknown:
            raise ValueError(f"claims_of_rank: levels: unknown severity {unknown[0]!r}")
        stray = [noun for noun in self.claims_of_rank.acts if noun not in self.claims_of_rank.nouns]
        if stray:
            raise ValueError(f"claims_of_rank: acts: {stray[0]!r} is none of nouns:")
        return self

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """Ids of the levels of severity, the lightest first."""
        return tuple(level.id for level in self.severity)

    @cached_property
    def _standings(self) -> dict[str, Standing]:
        return {state: standing for standing, states in self.standing.items() for state in states}

    def stands(self, state: str) -> Standing | None:
        """How an incident in a state stands; None for a state that leaves it as it was (closed)."""
        return self._standings.get(state)


@lru_cache(maxsize=4)
def load_rules(knowledge: Knowledge) -> StatisticsRules:
    """Load ``statistics.yaml``, shipped and extra, and check its acts.

    Raises:
        KnowledgeError: The file is broken or names an act that does not exist.
    """
    rules = load_merged(knowledge.data("statistics.yaml"), StatisticsRules)
    acts = {*rules.breaches.acts, *(act for level in rules.severity for act in level.acts)}
    for act in sorted(acts | {act for named in rules.claims_of_rank.acts.values() for act in named}):
        knowledge.acts[act]
    families = {act.family for act in knowledge.acts}
    unknown = [family for family in rules.breaches.families if family not in families]
    if unknown:
        raise KnowledgeError(
            f"statistics.yaml: breaches: no family {unknown[0]!r}; there are {', '.join(sorted(families))}"
        )
    return rules
