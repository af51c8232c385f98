"""The schema of an agreement's data file, and the clock of its area."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, Field, model_validator

from truceline.knowledge.actors import KnownActor
from truceline.knowledge.citing import CitingFile
from truceline.knowledge.findings import Path
from truceline.knowledge.loading import Entry
from truceline.knowledge.obligations import Obligation, TextVersion, Variant
from truceline.knowledge.parties import Party, Person, RoleRule

AgreementKind = Literal["interstate", "intrastate", "local", "multiparty"]
"""Between states; within one; for a place; among more than two sides."""


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


class AgreementFile(CitingFile):
    """An agreement as its file states it; whether what it refers to exists is checked afterwards."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str
    kind: AgreementKind
    signed: date
    effective: AwareDatetime
    ended: date | None = None
    zone: Annotated[
        tuple[ZoneStep, ...],
        BeforeValidator(_steps, json_schema_input_type=str | tuple[ZoneStep, ...]),
        Field(min_length=1),
    ]
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

    @model_validator(mode="after")
    def _sources_exist(self) -> "AgreementFile":
        """Nothing here: each citation is checked at its place (agreement_faults.py), so that all faults are told."""
        return self


def walk(entry: BaseModel, at: Path = (), where: str = "the file") -> Iterator[tuple[Path, BaseModel, str]]:
    """Every entry inside an entry: its path, itself, and how messages name it."""
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        for i, inner in enumerate(value) if isinstance(value, tuple) else ():
            if isinstance(inner, BaseModel):
                called = name_of(inner, where)
                yield (*at, name, i), inner, called
                yield from walk(inner, (*at, name, i), called)


def name_of(entry: BaseModel, within: str) -> str:
    """How messages name an entry: by its id, or by what it has and the entry that holds it."""
    kind = type(entry).__name__.lower().removeprefix("known")
    if hasattr(entry, "id"):
        return f"{kind} {entry.id}"
    own = next(
        (str(getattr(entry, key)) for key in ("version", "office", "who", "role", "what") if hasattr(entry, key)), ""
    )
    return " ".join(part for part in (kind, repr(own) if own else "", "of", within) if part)


@dataclass(frozen=True, slots=True)
class Zone(tzinfo):
    """A clock set by decree: offsets from given days on. Needs no time zone database, so it is the same everywhere."""

    steps: tuple[tuple[date, timedelta], ...]

    def utcoffset(self, dt: datetime | None) -> timedelta:
        """The offset on that day."""
        day = dt.date() if dt else date.max
        return next((offset for since, offset in reversed(self.steps) if since <= day), self.steps[0][1])

    def dst(self, dt: datetime | None) -> timedelta:  # noqa: ARG002 - the signature is tzinfo's
        """None is known of: a decree's steps are offsets."""
        return timedelta(0)

    def __reduce__(self) -> "tuple[type[Zone], tuple[tuple[tuple[date, timedelta], ...]]]":
        return type(self), (self.steps,)  # tzinfo's own would make one without steps

    def tzname(self, dt: datetime | None) -> str:
        """``UTC+04:00``."""
        minutes = int(self.utcoffset(dt).total_seconds()) // 60
        return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def make_zone(steps: tuple[ZoneStep, ...]) -> Zone:
    """The clock that a file's steps make."""

    def offset(text: str) -> timedelta:
        size = timedelta(hours=int(text[1:3]), minutes=int(text[4:6]))
        return -size if text[0] == "-" else size

    return Zone(tuple(sorted((step.since, offset(step.offset)) for step in steps)))
