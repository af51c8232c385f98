"""Who stands where under an agreement: parties with their members, other roles, persons with their offices."""

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from truceline.knowledge.actors import Role, Sector
from truceline.knowledge.citing import Citation
from truceline.knowledge.loading import Entry


class Member(Entry):
    """A country's code or an actor's id that belongs to a party, for a time or for good."""

    who: str
    since: date | None = Field(default=None, alias="from")
    until: date | None = Field(default=None, alias="to")


def _member(value: Any) -> Any:
    return {"who": value} if isinstance(value, str) else value


class Party(Entry):
    """A signatory with those who fight or speak for it.

    ``called`` are bare nouns that, within this agreement's texts, mean this party ("the rebels").
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str
    members: tuple[Annotated[Member, BeforeValidator(_member, json_schema_input_type=str | Member)], ...]
    called: tuple[str, ...] = ()
    source: Citation = ()


class RoleRule(Entry):
    """Who has a role: a country or actor; ``only`` narrows it to sectors, institutions or units ("MIL", "mod")."""

    role: Role
    who: str
    only: tuple[str, ...] = ()
    since: date | None = Field(default=None, alias="from")
    until: date | None = Field(default=None, alias="to")
    source: Citation = ()


class Office(Entry):
    """An office someone held. ``office`` is a key of the titles in ``actor_nouns.yaml``; ``of`` a country or actor."""

    office: str
    of: str | None = None
    title: str | None = None
    sector: Sector = "GOV"
    since: date | None = Field(default=None, alias="from")
    until: date | None = Field(default=None, alias="to")
    sure: bool = True
    source: Citation = ()


class Person(Entry):
    """Someone who speaks or decides under the agreement; ``last`` are family names used alone."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str
    last: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    country: str
    party: str | None = None
    role: Role | None = None
    offices: tuple[Office, ...] = ()
    sure: bool = True
    source: Citation = ()

    def sector(self, on: date | None) -> str | None:
        """The sector of the office held on a day (of the last one when the day is not known)."""
        held = [office for office in self.offices if within(office, on)] or list(self.offices)
        return held[-1].sector if held else None


Dated = Member | RoleRule | Office
"""What holds for a time."""


def within(dated: Dated, on: date | None) -> bool:
    """Whether something dated holds on a day; always when the day is not known."""
    return on is None or ((dated.since is None or dated.since <= on) and (dated.until is None or on <= dated.until))
