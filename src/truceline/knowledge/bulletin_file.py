"""The schema of a template file of bulletins; what its keys mean is in docs/bulletins.md."""

from datetime import date
from typing import Literal

from pydantic import Field

from truceline.knowledge.loading import Entry

Kind = Literal["daily", "total", "level", "list", "said"]
"""daily: counts for the period alone; total: from a beginning up to the period's end; level: as it stands; list: each mention is
an item; said: told or not."""


class MissionEntry(Entry):
    """Which texts are the mission's."""

    publishers: tuple[str, ...] = Field(min_length=1)
    headings: tuple[str, ...] = Field(min_length=1)


class PeriodEntry(Entry):
    """Which period a bulletin covers."""

    covers: Literal["day_of_issue", "day_before", "to_clock"]
    zone: str
    clock: str = Field(default="00:00", pattern=r"^\d\d:\d\d$")
    between: tuple[str, ...] = ()


class FieldEntry(Entry):
    """One thing that is told."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    what: str
    kind: Kind
    unit: str | None = None
    phrases: tuple[str, ...] = ()
    choices: dict[str, tuple[str, ...]] = {}
    total_of: str | None = None
    since: date | None = None
    monotone: bool = False
    step: float | None = Field(default=None, gt=0)
    by_place: bool = False
    sides: bool = False
    starred: bool = False
    coverage: bool = False
    absence: bool = False


class RowsEntry(Entry):
    """How rows of the table of violations are told."""

    id: str = Field(default="violations", pattern=r"^[a-z][a-z0-9_]*$")
    observers: tuple[str, ...]
    control: dict[str, tuple[str, ...]] = {}
    means: dict[str, tuple[str, ...]]
    observations: dict[str, tuple[str, ...]]
    descriptions: dict[str, tuple[str, ...]] = {}
    assessed: tuple[str, ...] = ()


class TemplateFile(Entry):
    """A whole template file."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str
    source: str
    mission: MissionEntry
    period: PeriodEntry
    regions: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    fields: tuple[FieldEntry, ...] = Field(min_length=1)
    rows: RowsEntry | None = None
