"""Agreements: the parties and who acts for them, other roles, the area, and what was promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.errors import KnowledgeError
from truceline.knowledge.actors import Actors, KnownActor, Role
from truceline.knowledge.acts import ActVocabulary
from truceline.knowledge.agreement_faults import Referred, agreement_faults
from truceline.knowledge.agreement_file import AgreementFile, Area, make_zone
from truceline.knowledge.citing import find
from truceline.knowledge.countries import Countries
from truceline.knowledge.loading import Source, load
from truceline.knowledge.obligations import Obligation, TextVersion, Variant
from truceline.knowledge.parties import Party, Person, RoleRule, within

if TYPE_CHECKING:
    from truceline.knowledge.knowledge import Knowledge


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
        """The obligation of this id, with or without the agreement's before it ("6a")."""
        known = {known.id: known for known in self.obligations}
        full = f"{self.id}/{obligation}"
        return find(known, full if full in known else obligation, f"obligation of {self.id}")

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
    file = load(source, AgreementFile)
    wrong = [found.message for found in agreement_faults(file, Referred(acts, actors, countries))]
    if wrong:
        more = f" (and {len(wrong) - 1} more; `truceline agreements check` tells all)" if len(wrong) > 1 else ""
        raise KnowledgeError(f"{source}: {wrong[0]}{more}")
    values = {name: getattr(file, name) for name in Agreement.__slots__ if name not in {"zone", "parties"}}
    parties = tuple(sorted(file.parties, key=lambda party: party.name))
    return Agreement(zone=make_zone(file.zone), parties=parties, **values)


def _knowledge() -> "Knowledge":
    from truceline.knowledge.knowledge import Knowledge

    return Knowledge.load()
