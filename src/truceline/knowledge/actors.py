"""Actors known by name in any agreement, and the nouns and titles that other actors are built from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from truceline.knowledge.citing import Citation, CitingFile, find, layered, load_all
from truceline.knowledge.loading import Entry, Source, load

Role = Literal["party", "monitor", "guarantor", "mediator", "media", "other"]
Status = Literal["combatant", "civilian"]
NounKind = Literal["person", "group", "organisation", "force"]
ActorKind = Literal["organisation", "agency", "mission", "group", "person"]
Means = Literal["all", "each_other", "other"]
Sector = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class KnownActor(Entry):
    """An organisation, mission, agency, armed group or person with its names in any script.

    ``party`` is of the agreement that lists it; ``short`` are names that stand for it only where
    an agreement has it as its own or as a party's member.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str
    kind: ActorKind = "organisation"
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}(-[A-Z]{2})?$")
    sector: Sector | None = None
    role: Role | None = None
    party: str | None = None
    sure: bool = True
    note: str | None = None
    source: Citation = ()


class _ActorsFile(CitingFile):
    actors: tuple[KnownActor, ...] = ()
    also: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    def _citations(self) -> Iterable[tuple[str, Citation]]:
        return ((f"actor {actor.id}", actor.source) for actor in self.actors)


@dataclass(frozen=True, slots=True)
class Actors:
    """Known actors by id, and further names of actors, of an agreement's persons and of countries by theirs."""

    by_id: dict[str, KnownActor]
    also: dict[str, tuple[str, ...]]

    def __getitem__(self, actor: str) -> KnownActor:
        """The actor of this id; KnowledgeError names ids like it when there is none."""
        return find(self.by_id, actor, "actor")

    def __contains__(self, actor: object) -> bool:
        return actor in self.by_id


class Noun(Entry):
    """What one noun tells of those it stands for."""

    sector: str | None
    status: Status | None = None
    kind: NounKind = "group"
    speaks: bool = True
    local: bool = False
    delegates: bool = False
    unit: str | None = None
    unit_name: str | None = None
    plural: bool = False


def _forms(value: Any) -> Any:
    """``army/armies`` -> (army, armies)."""
    return tuple(part.strip().lower() for part in value.split("/")) if isinstance(value, str) else value


class _NounGroup(Entry):
    sector: Sector | None
    status: Status | None = None
    kind: NounKind
    speaks: bool = True
    local: bool = False
    delegates: bool = Field(default=False, alias="for")
    unit: str | None = None
    name: str | None = None
    nouns: tuple[Annotated[tuple[str, ...], BeforeValidator(_forms)], ...]
    source: Citation = ()


class _Institution(Entry):
    unit: str
    sector: Sector
    name: str
    nouns: tuple[str, ...]
    source: Citation = ()


class Title(Entry):
    """Words that stand before a person's name, the office they tell of, its sector, and whether one person holds it."""

    office: str
    sector: Sector
    one: bool = False
    words: tuple[str, ...]


class _Collective(Entry):
    means: Means
    phrases: tuple[str, ...]


class _ActorNounsFile(CitingFile):
    nouns: tuple[_NounGroup, ...] = ()
    institutions: tuple[_Institution, ...] = ()
    titles: tuple[Title, ...] = ()
    sectors: dict[Sector, str] = Field(default_factory=dict)
    collectives: tuple[_Collective, ...] = ()
    pronouns: dict[Literal["persons", "own"], tuple[str, ...]] = Field(default_factory=dict)
    modifiers: dict[Literal["ethnic", "other"], tuple[str, ...]] = Field(default_factory=dict)
    not_actors: dict[Literal["days", "places", "body"], tuple[str, ...]] = Field(default_factory=dict)

    def _citations(self) -> Iterable[tuple[str, Citation]]:
        for group in self.nouns:
            yield f"noun group {group.nouns[0][0] if group.nouns else group.sector}", group.source
        yield from ((f"institution {institution.unit}", institution.source) for institution in self.institutions)


@dataclass(frozen=True, slots=True)
class ActorNouns:
    """Nouns by their (lower-case) forms, titles by their words, and the closed lists that go with them."""

    nouns: dict[str, Noun]
    titles: dict[str, Title]
    sectors: dict[str, str]
    collectives: dict[str, Means]
    persons: frozenset[str]
    own: frozenset[str]
    ethnic: frozenset[str]
    distancing: frozenset[str]
    days: frozenset[str]
    places: frozenset[str]
    body: frozenset[str]

    def get(self, phrase: str) -> Noun | None:
        """What a noun or compound (singular or plural, any case) tells; None for one that is not listed."""
        return self.nouns.get(phrase.lower())


def load_actors(sources: Sequence[Source]) -> Actors:
    """Load ``actors.yaml``, shipped and extra."""
    files = load_all(sources, _ActorsFile)
    also: dict[str, tuple[str, ...]] = {}
    for file in files.values():
        also |= {key: (*also.get(key, ()), *names) for key, names in file.also.items()}
    return Actors(layered(files, lambda file: file.actors, lambda actor: actor.id), also)


def load_actor_nouns(sources: Sequence[Source]) -> ActorNouns:
    """Load ``actor_nouns.yaml``, shipped and extra; an extra file's words are added, or replace the same words."""
    files = [load(source, _ActorNounsFile) for source in sources]
    nouns: dict[str, Noun] = {}
    for file in files:
        for group in file.nouns:
            nouns.update(_group_nouns(group))
        for institution in file.institutions:
            noun = Noun(
                sector=institution.sector,
                status="civilian",
                kind="organisation",
                local=True,
                unit=institution.unit,
                unit_name=institution.name,
            )
            nouns.update((word.lower(), noun) for word in institution.nouns)
    return ActorNouns(
        nouns=nouns,
        titles={word: title for file in files for title in file.titles for word in title.words},
        sectors={sector: name for file in files for sector, name in file.sectors.items()},
        collectives={phrase: group.means for file in files for group in file.collectives for phrase in group.phrases},
        persons=frozenset(word for file in files for word in file.pronouns.get("persons", ())),
        own=frozenset(word for file in files for word in file.pronouns.get("own", ())),
        ethnic=frozenset(word for file in files for word in file.modifiers.get("ethnic", ())),
        distancing=frozenset(word for file in files for word in file.modifiers.get("other", ())),
        days=frozenset(word for file in files for word in file.not_actors.get("days", ())),
        places=frozenset(word for file in files for word in file.not_actors.get("places", ())),
        body=frozenset(word for file in files for word in file.not_actors.get("body", ())),
    )


_TRAITS = ("sector", "status", "kind", "speaks", "local", "delegates", "unit")


def _group_nouns(group: _NounGroup) -> Iterable[tuple[str, Noun]]:
    singular = Noun(unit_name=group.name, **{name: getattr(group, name) for name in _TRAITS})
    plural = singular.model_copy(update={"plural": True})
    for forms in group.nouns:
        for i, form in enumerate(forms):
            yield form, plural if i else singular
