"""What an agreement promises, as its file states it: obligations, their dates, and what bears on them."""

from datetime import date, datetime, tzinfo
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BeforeValidator, Field

from truceline.knowledge.citing import Citation
from truceline.knowledge.loading import Entry
from truceline.model import Moment

Kind = Literal["prohibition", "delivery", "guarantee", "institution", "condition"]
"""Not to do; to do by a time; to keep up; to set up; something that holds only if something else does."""


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_tuple, json_schema_input_type=str | tuple[str, ...])]

# A time of day without an offset would mean another instant on every machine.
Due = AwareDatetime | date

Progress = Literal["begun", "partly", "done"]
"""How far something brings an obligation: taken up, carried out in part, carried out."""


class Tie(Entry):
    """Which claims bear on an obligation: one of ``acts``, by whom, to whom, where, and on which side of the due date.

    ``by`` and ``to`` name parties, roles or ``obligor``; empty means anyone. ``where`` are names of places; empty means
    anywhere in the agreement's area. ``shows``: how far the obligation is carried out if such a claim holds; where it is
    missing, the obligation's kind decides.

    ``about`` are words, or beginnings of words ("school"), one of which stands in the claim's sentence; ``status`` asks that
    it counts people of this status ("three fishermen were killed": civilian).
    """

    acts: Names
    by: Names = ()
    to: Names = ()
    where: Names = ()
    about: Names = ()
    status: Literal["combatant", "civilian"] | None = None
    when: Literal["any", "before_due", "after_due"] = "any"
    shows: Progress | None = None
    note: str | None = None


class ComputedDate(Entry):
    """A date that follows from ``effective``, ``due``, another obligation's due date, or an earlier ``what``."""

    what: str
    start: str = Field(alias="from")
    years: int = 0
    months: int = 0
    days: int = 0
    on: date = Field(alias="date")


class Change(Entry):
    """A date that was moved, or a duty that was altered, after the text: by whom, and whether a document says so."""

    what: str
    due: Due | None = None
    by: str
    formal: bool
    announced: date | None = None
    sure: bool = True
    source: Citation = ()


class Variant(Entry):
    """Words in which one version of the text differs, where the difference matters; in our words."""

    version: str
    says: str
    sure: bool = True
    source: Citation = ()


class TextVersion(Entry):
    """One published version of the text: its name, language, the day it came out, and the party or actor behind it."""

    version: str
    language: str = Field(pattern=r"^[a-z]{2,3}$")
    published: date | None = None
    by: str | None = None
    sure: bool = True
    source: Citation = ()


class Obligation(Entry):
    """One obligation. ``obligor`` is empty where the text names nobody; ``due`` is missing where it sets no date.

    ``theme`` groups obligations of a kind over agreements, as the provisions of the Peace Accords Matrix do.
    """

    id: str
    article: str
    says: str
    kind: Kind
    theme: str | None = None
    obligor: Names = ()
    implied: Names = ()
    continuous: bool = False
    due: Due | None = None
    parameters: dict[str, int | float | str] = Field(default_factory=dict)
    computed: tuple[ComputedDate, ...] = ()
    depends_on: Names = ()
    variants: tuple[Variant, ...] = ()
    changes: tuple[Change, ...] = ()
    questioned_by: tuple[Tie, ...] = ()
    served_by: tuple[Tie, ...] = ()
    evidence: str | None = None
    note: str | None = None
    sure: bool = True
    source: Citation = ()

    def due_on(self, day: date | None = None) -> Moment | None:
        """The due date, with the changes announced by ``day`` (all of them when None)."""
        due = self.due
        for change in self.changes:
            if change.due is not None and (day is None or change.announced is None or change.announced <= day):
                due = change.due
        return due


def as_day(moment: Moment, zone: tzinfo) -> date:
    """The day of a moment by the clock of the agreement's area."""
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
