"""Parties and roles: on whose side of an agreement a country, body or person stands on a day."""

from collections.abc import Iterable, Sequence
from datetime import date

from truceline.grounding.actors.names import Who
from truceline.knowledge import Agreement, Country
from truceline.knowledge.actors import Role
from truceline.knowledge.parties import within

# Sectors that speak and fight for a state. In a war within one state only these make its party by nationality alone.
STATE = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD", "PRE", None})
"""Sectors that are a state's own."""


class Sides:
    """An agreement's parties and roles on one day; without an agreement there are none."""

    def __init__(self, agreement: Agreement | None, on: date | None) -> None:
        self._agreement = agreement
        self.on = on
        self.all = tuple(party.id for party in agreement.parties) if agreement else ()
        self.interstate = agreement is not None and agreement.kind == "interstate"
        self._called = {noun: party.id for party in agreement.parties for noun in party.called} if agreement else {}
        self._with_role = {rule.who for rule in agreement.roles} if agreement else frozenset()
        self._names = {party.id: party.name for party in agreement.parties} if agreement else {}

    def name(self, party: str) -> str:
        """A party's name; its id where it is unknown."""
        return self._names.get(party, party)

    def opponents(self, party: str | None) -> tuple[str, ...]:
        """All parties but this one; none for what is no party."""
        return tuple(other for other in self.all if other != party) if party in self.all else ()

    def of(self, who: str | None) -> str | None:
        """The party that a country's code or actor's id belongs to."""
        return self._agreement.party_of(who, self.on) if self._agreement and who else None

    def state_of(self, party: str) -> str | None:
        """The code of the state that is a party's first member."""
        members = self._agreement.party(party).members if self._agreement else ()
        return next((member.who for member in members if member.who.isupper()), None)

    def called(self, words: Iterable[str]) -> str | None:
        """The party that the first of these words that has one means."""
        return next((self._called[word] for word in words if word in self._called), None)

    def only_member(self, party: str) -> str | None:
        """A party's member where it has but one."""
        members = self._agreement.party(party).members if self._agreement else ()
        return members[0].who if len(members) == 1 else None

    def place(
        self,
        code: str | None,
        actor: str | None,
        traits: Sequence[str | None],
        *,
        own: str | None = None,
        public: bool = True,
    ) -> tuple[str | None, str | None]:
        """Party and role of an actor of a country.

        Args:
            code: The country or entity.
            actor: The actor's id, which goes before the country.
            traits: Sector and institution, for roles narrowed to them.
            own: The party its entry in the agreement gives.
            public: Whether it is a body of its country, with the country's party and role (the press is not).
        """
        if self._agreement is None:
            return None, None
        by_country = public and (self.interstate or not traits or traits[0] in STATE)
        party = own or self.of(actor) or (self.of(code) if by_country else None)
        if party:
            return party, "party"
        role = self._agreement.role_of(actor, traits, self.on)
        if role is None and public:
            role = self._agreement.role_of(code, traits, self.on)
        return None, role or ("other" if code or actor else None)

    def concerns(self, who: Who) -> bool:
        """Whether the agreement is about this one."""
        return isinstance(who, Country) and self.concerns_code(who.code)

    def concerns_code(self, code: str) -> bool:
        """Whether the agreement is about the country or entity of this code."""
        if self._agreement is None:
            return False
        return self.of(code) is not None or code in self._agreement.area.countries

    def about(self, names: Iterable[Who]) -> bool:
        """Whether a text that names these may be about the agreement: not, if all it names is somewhere else."""
        elsewhere = False
        for who in names:
            if isinstance(who, Country):
                if self.concerns_code(who.code):
                    return True
                elsewhere |= who.code not in self._with_role
            elif who.party is not None or self.of(who.id):
                return True
        return not elsewhere

    def only_holder(self, unit: str | None) -> tuple[str, Role] | None:
        """The one mission or country whose monitors or peacekeepers (``unit``) an agreement has on the day."""
        if self._agreement is None or unit is None:
            return None
        rules = [
            rule
            for rule in self._agreement.roles
            if rule.role in {"monitor", "guarantor"} and within(rule, self.on) and (unit in rule.only or not rule.only)
        ]
        missions = {rule.who: rule.role for rule in rules if not rule.only and not rule.who.isupper()}
        found = missions or {rule.who: rule.role for rule in rules if unit in rule.only}
        return next(iter(found.items())) if len(found) == 1 else None

    def shared(self, parties: list[str | None]) -> str | None:
        """The one party that all of several have."""
        return parties[0] if len(set(parties)) == 1 else None
