"""What is known of an actor: from a name, from a country and a noun, or from another actor it belongs to."""

from dataclasses import dataclass, replace

from truceline.grounding.actors.names import Named
from truceline.grounding.actors.sides import STATE, Sides
from truceline.knowledge import Agreement, Country, Knowledge, KnownActor, Noun, Person
from truceline.model import Actor, Span

# How sure a resolution is; a literal name is 1.
BUILT = 0.95
BY_CAPITAL = 0.9
LOCAL = 0.8
BY_OFFICE = 0.85
BY_PRONOUN = 0.8
OTHER_SIDE = 0.7
OF_THING = 0.7
AMBIGUOUS = 0.6
UNOWNED = 0.5
_ETHNIC = 0.8

NON_STATE = frozenset({"REB", "PAR", "SEP"})
"""Sectors of those who fight against or beside a state; whoever leads or speaks for them is of them."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an actor, before it is tied to words of a text.

    ``code`` is the country or entity it was built on; ``flag`` a kind and a reason for the reader.
    """

    actor: str | None = None
    name: str | None = None
    party: str | None = None
    role: str | None = None
    country: str | None = None
    sector: str | None = None
    score: float = 1.0
    code: str | None = None
    flag: tuple[str, str] | None = None

    def in_words(self, text: str, span: Span) -> Actor:
        """The actor as the words of a text name it."""
        return Actor(
            text=text,
            span=span,
            actor=self.actor,
            name=self.name,
            party=self.party,
            role=self.role,
            country=self.country,
            sector=self.sector,
            score=round(self.score, 2),
        )


NOTHING = Known(score=0.0)


class Registry:
    """Makes :class:`Known` actors out of the knowledge and an agreement's parties and roles."""

    def __init__(self, knowledge: Knowledge, agreement: Agreement | None, sides: Sides) -> None:
        self._countries = knowledge.countries
        self._sectors = knowledge.actor_nouns.sectors
        self._own = {actor.id: actor for actor in agreement.actors} if agreement else {}
        self._general = knowledge.actors.by_id
        self._sides = sides

    def listed(self, actor: str | None) -> KnownActor | None:
        """The actor of this id that a data file lists."""
        return (self._own.get(actor) or self._general.get(actor)) if actor else None

    def named(self, named: Named, tag: str = "NNP") -> Known:
        """What is known of a country, actor or person by name."""
        who = named.who
        if isinstance(who, Person):
            return self._person(who)
        if isinstance(who, KnownActor):
            return self._actor(who)
        if named.sense in {"people", "adjective"}:
            party, role = self._sides.place(who.code, None, ())
            name = who.people[-1] if who.people and tag != "JJ" else who.name
            return Known(who.code, name, party, role, who.iso, None, BUILT, who.code)
        return self._state(who, BY_CAPITAL if named.sense in {"capital", "standin"} else 1.0)

    def built(self, code: str, noun: Noun, score: float, *, ethnic: bool = False, former: bool = False) -> Known:
        """An actor from a country and a noun: ``arm-mod`` for an institution, ``ARM.MIL`` for others."""
        country, sector = self._countries[code], noun.sector
        if country.claimed_by and sector in {"GOV", "SEP"}:
            sector = "PRE"
        if former:
            return Known(country=country.iso, sector=sector, score=UNOWNED, code=code)
        party, role = self._sides.place(code, None, (sector, noun.unit))
        if ethnic:  # of a people, and so of its side, but not of its state
            return Known(None, None, party, "party" if party else None, country.iso, sector, _ETHNIC, code)
        identity = f"{code.lower()}-{noun.unit}" if noun.unit else f"{code}.{sector}" if sector else code
        listed = self.listed(identity)
        if listed:
            return replace(self._actor(listed), score=score)
        label = noun.unit_name or (self._sectors.get(sector or "") if sector not in {"GOV", "PRE"} else None)
        name = f"{label} ({country.name})" if label else country.name
        return Known(identity, name, party, role, country.iso, sector, score, code)

    def belonging(self, owner: Known, noun: Noun, score: float) -> Known:
        """Someone of an organisation, a group or a speaker's side ("its fighters", "UN observers")."""
        score = min(score, owner.score)
        listed = self.listed(owner.actor)
        # A mission's patrol is the mission, whatever sort of body the word means elsewhere.
        of_mission = noun.kind == "force" and listed is not None and listed.kind == "mission"
        if noun.delegates or of_mission or owner.sector in NON_STATE:
            return replace(owner, sector=owner.sector or noun.sector, score=score)
        sector = noun.sector if noun.sector not in {None, "GOV"} else owner.sector or noun.sector
        actor = f"{owner.actor}.{sector}" if owner.actor and sector != owner.sector else owner.actor
        return replace(owner, actor=actor, sector=sector, score=score)

    def called(self, party: str, noun: Noun) -> Known:
        """Whom a bare noun means that an agreement gives to a party ("the rebels")."""
        member = self._sides.only_member(party)
        listed = self.listed(member)
        if listed:
            return replace(self._actor(listed), score=OTHER_SIDE)
        if member in self._countries and member:
            return self.built(member, noun, OTHER_SIDE)
        return Known(None, self._sides.name(party), party, "party", sector=noun.sector, score=OTHER_SIDE)

    def only_holder(self, noun: Noun) -> Known | None:
        """Whom bare "monitors" or "peacekeepers" mean where an agreement has but one of the kind."""
        found = self._sides.only_holder(noun.unit)
        if found is None:
            return None
        listed = self.listed(found[0])
        if listed:
            return replace(self._actor(listed), score=OTHER_SIDE)
        return self.built(found[0], noun, OTHER_SIDE) if found[0] in self._countries else None

    def other_side(self, speaker: Actor | None) -> Known:
        """The one party that stands against the speaker's."""
        others = self._sides.opponents(speaker.party) if speaker else ()
        if len(others) != 1:
            return NOTHING
        name, code = self._sides.name(others[0]), self._sides.state_of(others[0])
        return Known(None, name, others[0], "party", score=OTHER_SIDE, code=code)

    def of_actor(self, actor: Actor) -> Known:
        """An actor already resolved, as the owner of another phrase."""
        code = (actor.actor or "").partition(".")[0]
        if code not in self._countries:
            listed = self.listed(actor.actor)
            code = (
                (listed.country if listed else None)
                or (self._sides.state_of(actor.party) if actor.party else None)
                or ""
            )
        return Known(
            actor.actor,
            actor.name,
            actor.party,
            actor.role,
            actor.country,
            actor.sector,
            actor.score,
            code or actor.country,
        )

    def _person(self, person: Person) -> Known:
        sector = person.sector(self._sides.on)
        party, role = self._sides.place(person.country, person.id, (sector,), own=person.party)
        role = role if party else person.role or role
        return Known(person.id, person.name, party, role, self._iso(person.country), sector, 1.0, person.country)

    def _actor(self, actor: KnownActor) -> Known:
        traits = (actor.sector, actor.id.partition("-")[2])
        party, role = self._sides.place(actor.country, actor.id, traits, own=actor.party, public=actor.sector in STATE)
        if party is None and actor.role and role in {None, "other"}:
            role = actor.role
        return Known(actor.id, actor.name, party, role, self._iso(actor.country), actor.sector, 1.0, actor.country)

    def _state(self, country: Country, score: float) -> Known:
        """A country named by itself: its government."""
        sector = "PRE" if country.claimed_by else "GOV"
        party, role = self._sides.place(country.code, None, (sector,))
        return Known(f"{country.code}.{sector}", country.name, party, role, country.iso, sector, score, country.code)

    def _iso(self, code: str | None) -> str | None:
        return self._countries[code].iso if code else None
