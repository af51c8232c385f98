"""Agreements: the parties and who acts for them, other roles, the area, and what was promised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AwareDatetime, BeforeValidator, Field

from truceline.errors import KnowledgeError
from truceline.knowledge.actors import Actors, KnownActor, Role
from truceline.knowledge.acts import ActVocabulary
from truceline.knowledge.citing import Citation, CitingFile, find
from truceline.knowledge.countries import Countries
from truceline.knowledge.loading import Entry, Source, load
from truceline.knowledge.obligations import Obligation, TextVersion, Tie, Variant, faults
from truceline.knowledge.parties import Party, Person, RoleRule, within

if TYPE_CHECKING:
    from truceline.knowledge.knowledge import Knowledge


class Area(Entry):
    """Where the agreement applies: ISO codes, a box of degrees, and the names of place files."""

    name: str
    countries: tuple[str, ...]
    south: float = Field(ge=-90, le=90)
    north: float = Field(ge=-90, le=90)
    west: float = Field(ge=-180, le=180)
    east: float = Field(ge=-180, le=180)
    places: tuple[str, ...] = ()


class ZoneStep(Entry):
    """The clock of the area from a day on."""

    offset: str = Field(pattern=r"^[+-]\d\d:\d\d$")
    since: date = Field(default=date.min, alias="from")


def _steps(value: Any) -> Any:
    return ({"offset": value},) if isinstance(value, str) else value


class _AgreementFile(CitingFile):
    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str
    kind: Literal["interstate", "intrastate", "local", "multiparty"]
    signed: date
    effective: AwareDatetime
    ended: date | None = None
    zone: Annotated[tuple[ZoneStep, ...], BeforeValidator(_steps), Field(min_length=1)]
    area: Area
    parties: tuple[Party, ...] = Field(min_length=1)
    roles: tuple[RoleRule, ...] = ()
    persons: tuple[Person, ...] = ()
    actors: tuple[KnownActor, ...] = ()
    versions: tuple[TextVersion, ...] = ()
    variants: tuple[Variant, ...] = ()
    monitor_template: str | None = None
    version: int = Field(default=1, ge=1)
    revised: date | None = None
    obligations: tuple[Obligation, ...]

    def _citations(self) -> Iterable[tuple[str, Citation]]:
        things: tuple[Party | Person | KnownActor | Obligation, ...]
        things = (*self.parties, *self.persons, *self.actors, *self.obligations)
        for thing in things:
            yield f"{type(thing).__name__.lower()} {thing.id}", thing.source
        for obligation in self.obligations:
            yield from ((f"change of {obligation.id}", change.source) for change in obligation.changes)
            yield from ((f"variant of {obligation.id}", variant.source) for variant in obligation.variants)
        yield from ((f"role {rule.role} of {rule.who}", rule.source) for rule in self.roles)
        yield from ((f"variant {variant.version}", variant.source) for variant in self.variants)
        yield from ((f"version {version.version}", version.source) for version in self.versions)


@dataclass(frozen=True, slots=True)
class _Zone(tzinfo):
    """A clock set by decree: offsets from given days on. Needs no time zone database, so it is the same everywhere."""

    steps: tuple[tuple[date, timedelta], ...]

    def utcoffset(self, dt: datetime | None) -> timedelta:
        day = dt.date() if dt else date.max
        return next((offset for since, offset in reversed(self.steps) if since <= day), self.steps[0][1])

    def dst(self, dt: datetime | None) -> timedelta:  # noqa: ARG002 - the signature is tzinfo's
        return timedelta(0)

    def __reduce__(self) -> "tuple[type[_Zone], tuple[tuple[tuple[date, timedelta], ...]]]":
        return type(self), (self.steps,)  # tzinfo's own would make one without steps

    def tzname(self, dt: datetime | None) -> str:
        minutes = int(self.utcoffset(dt).total_seconds()) // 60
        return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement as its file states it. Parties are in alphabetical order.

    ``versions`` are the texts as published; ``monitor_template`` names the template of the mission's bulletins;
    ``version`` and ``revised`` are the file's own.
    """

    id: str
    title: str
    kind: str
    signed: date
    effective: datetime
    ended: date | None
    zone: tzinfo
    area: Area
    parties: tuple[Party, ...]
    roles: tuple[RoleRule, ...]
    persons: tuple[Person, ...]
    actors: tuple[KnownActor, ...]
    versions: tuple[TextVersion, ...]
    variants: tuple[Variant, ...]
    monitor_template: str | None
    version: int
    revised: date | None
    obligations: tuple[Obligation, ...]
    sources: dict[str, str]

    @classmethod
    def load(cls, name_or_path: str | Path, knowledge: "Knowledge | None" = None) -> "Agreement":
        """Load an agreement that ships (by its file's name or its id) or one of your own (by path).

        Raises:
            KnowledgeError: There is none of this name (lists what there is), or the file is broken.
        """
        return (knowledge or _knowledge()).agreement(name_or_path)

    @staticmethod
    def names(knowledge: "Knowledge | None" = None) -> list[str]:
        """Names of the agreements there are."""
        return list((knowledge or _knowledge()).agreements())

    def party(self, party: str) -> Party:
        """The party of this id."""
        return find({known.id: known for known in self.parties}, party, f"party of {self.id}")

    def obligation(self, obligation: str) -> Obligation:
        """The obligation of this id."""
        return find({known.id: known for known in self.obligations}, obligation, f"obligation of {self.id}")

    def party_of(self, who: str | None, on: date | None = None) -> str | None:
        """Id of the party that a country (by code) or actor (by id) belongs to on a day; any day when None."""
        members = ((party.id, member) for party in self.parties for member in party.members if member.who == who)
        return next((party for party, member in members if within(member, on)), None)

    def role_of(self, who: str | None, traits: Sequence[str | None] = (), on: date | None = None) -> Role | None:
        """The role of a country or actor on a day; a rule narrowed to one of ``traits`` (sector, unit) goes first."""
        rules = [rule for rule in self.roles if rule.who == who and within(rule, on)]
        narrowed = next((rule for rule in rules if rule.only and any(trait in rule.only for trait in traits)), None)
        general = next((rule for rule in rules if not rule.only), None)
        return narrowed.role if narrowed else general.role if general else None


def load_agreement(source: Source, acts: ActVocabulary, actors: Actors, countries: Countries) -> Agreement:
    """Load an agreement file and check what it refers to.

    Raises:
        KnowledgeError: Names the file, the entry and what is wrong with it.
    """
    file = load(source, _AgreementFile)
    zone = _zone(file.zone)
    wrong = [*_repeated(file), *_unknown(file, acts, actors, countries)]
    wrong += faults(file.obligations, file.effective, zone)
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise KnowledgeError(f"{source}: {wrong[0]}{more}")
    values = {name: getattr(file, name) for name in Agreement.__slots__ if name not in {"zone", "parties"}}
    return Agreement(zone=zone, parties=tuple(sorted(file.parties, key=lambda party: party.name)), **values)


def _zone(steps: tuple[ZoneStep, ...]) -> tzinfo:
    def offset(text: str) -> timedelta:
        size = timedelta(hours=int(text[1:3]), minutes=int(text[4:6]))
        return -size if text[0] == "-" else size

    return _Zone(tuple(sorted((step.since, offset(step.offset)) for step in steps)))


def _named(file: _AgreementFile) -> tuple[Person | KnownActor, ...]:
    return (*file.persons, *file.actors)


def _repeated(file: _AgreementFile) -> list[str]:
    found = []
    for what, ids in {
        "party": [party.id for party in file.parties],
        "obligation": [obligation.id for obligation in file.obligations],
        "person or actor": [known.id for known in _named(file)],
    }.items():
        repeated = next((key for i, key in enumerate(ids) if key in ids[:i]), None)
        if repeated:
            found.append(f"{what} {repeated} occurs twice; remove one or give it another id")
    prefix = f"{file.id}/"
    wrong = (obligation.id for obligation in file.obligations if not obligation.id.startswith(prefix))
    return found + [f"obligation {key}: its id must begin with {prefix}" for key in wrong]


def _unknown(file: _AgreementFile, acts: ActVocabulary, actors: Actors, countries: Countries) -> list[str]:
    """References to parties, acts, countries and actors that do not exist."""
    parties = {party.id for party in file.parties}
    sides = parties | {"obligor", "party", "monitor", "guarantor", "mediator", "media", "other"}
    own = {known.id for known in _named(file)}

    def exists(who: str) -> bool:
        return who in countries or who in actors or who in own

    found = []
    for party in file.parties:
        unknown = (member.who for member in party.members if not exists(member.who))
        found += [f"party {party.id}: member {who!r} is no country code and no actor's id" for who in unknown]
    found += [
        f"role {rule.role}: {rule.who!r} is no country code and no actor's id"
        for rule in file.roles
        if not exists(rule.who)
    ]
    for person in _named(file):
        if person.party is not None and person.party not in parties:
            found.append(f"{person.id}: unknown party {person.party!r}; there are {', '.join(sorted(parties))}")
        if person.country is not None and person.country not in countries:
            found.append(f"{person.id}: unknown country code {person.country!r}")
    found += [f"area: unknown country code {code!r}" for code in file.area.countries if code not in countries]
    for obligation in file.obligations:
        named = (
            party for party in (*obligation.obligor, *obligation.implied) if party not in sides and not exists(party)
        )
        found += [
            f"obligation {obligation.id}: unknown party {party!r}; there are {', '.join(sorted(parties))}"
            for party in named
        ]
        for tie in (*obligation.questioned_by, *obligation.served_by):
            found += _tie_faults(obligation.id, tie, acts, sides)
    return found


def _tie_faults(obligation: str, tie: Tie, acts: ActVocabulary, sides: set[str]) -> Iterable[str]:
    yield from (
        f"obligation {obligation}: unknown act {act!r}; acts.yaml lists those there are"
        for act in tie.acts
        if act not in acts
    )
    yield from (
        f"obligation {obligation}: unknown party or role {side!r}; there are {', '.join(sorted(sides))}"
        for side in (*tie.by, *tie.to)
        if side not in sides
    )


def _knowledge() -> "Knowledge":
    from truceline.knowledge.knowledge import Knowledge

    return Knowledge.load()
