"""Incidents: what several claims speak of, each party's version of it, and where versions cannot both hold."""

from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from truceline.model.claim import Claim, PlacePrecision, TimePrecision
from truceline.model.document import Document
from truceline.model.moment import Moment

Stance = Literal["value", "denied", "no_side", "no_access", "no_information", "silent"]
"""What a cell of a version is: a value, its denial, or one of the ways to give none. ``no_side`` is said ("did not assign
blame"), ``no_access`` and ``no_information`` are said too ("could not reach the site", "has no contact"); ``silent`` is that
this voice speaks of the incident and says nothing on this field."""

CopyKind = Literal["same", "cut", "rewritten", "credited"]
"""How a document goes back to another: word for word, in part, in other words, or by its own credit to an agency."""

ChangeKind = Literal[
    "lost_negation",
    "added_negation",
    "reversed_voice",
    "dropped_attribution",
    "changed_number",
    "moved_date",
    "changed_name",
]
"""What a copy made of a sentence of its original."""


# ---- what goes in ----


@dataclass(frozen=True, slots=True)
class Witness:
    """A claim with the document it stands in."""

    claim: Claim
    document: Document


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of a claim as a person set it; ``value`` is of the field's type in ``Claim`` (an ``Actor``, a ``Time``, …)."""

    claim: str
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Decisions:
    """What persons decided. All refer to claims, since incidents change as documents arrive; the order is of no account.

    Attributes:
        together: Groups of claims that speak of one incident (a merge, an accepted link). Groups that share a claim join.
        apart: Pairs of groups no claim of which speaks of the same incident as one of the other (a split, a rejected link).
        excluded: Claims that belong to no incident.
        corrections: Fields set by a person; the latest of one claim and field stands last and holds.
        witnesses: Pairs of documents that a person found to be copies (True) or independent (False).
    """

    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    excluded: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    witnesses: tuple[tuple[str, str, bool], ...] = ()


# ---- lineages ----


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that a copy changed: what was done to it, and both wordings."""

    kind: ChangeKind
    before: str
    after: str
    original: tuple[int, int]
    copy: tuple[int, int]
    why: str


@dataclass(frozen=True, slots=True)
class Copy:
    """That one document goes back to the same origin as another, how that shows, and what it changed."""

    document: str
    of: str
    kind: CopyKind
    score: float
    why: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """The documents that go back to one origin: one witness, however many there are.

    Attributes:
        id: Made of its first document.
        origin: Who the words are from, as far as known: the agency credited, else the publisher of the first document.
        documents: Ids in order of publication.
        copies: Why each belongs here.
    """

    id: str
    origin: str | None
    documents: tuple[str, ...]
    copies: tuple[Copy, ...] = ()


# ---- links ----


@dataclass(frozen=True, slots=True)
class LinkReason:
    """One thing that speaks for (or, below a half, against) a link."""

    part: str
    score: float
    says: str


@dataclass(frozen=True, slots=True)
class Link:
    """Why a claim is in its incident. ``to`` is the claim of the incident it is nearest to (None for the only one)."""

    claim: str
    to: str | None
    score: float
    reasons: tuple[LinkReason, ...]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A claim that is in no incident, and why: background, a plan or a threat, politics, nothing to place it by."""

    claim: str
    why: str


# ---- incidents ----


@dataclass(frozen=True, slots=True)
class IncidentTime:
    """When, as the most exact of the claims have it: ``start`` inclusive, ``end`` exclusive."""

    start: Moment
    end: Moment
    precision: TimePrecision


@dataclass(frozen=True, slots=True)
class IncidentPlace:
    """Where, as the most exact of the claims have it, with every toponym its speakers use."""

    name: str
    said: tuple[str, ...]
    id: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one field in one version, with those who say so.

    Attributes:
        key: What is compared, the same for the same value ("azerbaijan", "3", "2020-12-11").
        text: What is shown.
        stance: A value, its denial, or the way in which none is given.
        speakers: Names of those who say so within the version, in alphabetical order.
        lineages: Independent origins behind it; their number is what counts.
    """

    key: str
    text: str
    stance: Stance
    speakers: tuple[str, ...]
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    lineages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """What one party's claims, taken together, say. ``party`` is its id, ``monitor``, or ``others``."""

    party: str
    name: str
    claims: tuple[str, ...]
    fields: dict[str, tuple[Value, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """A value as one side of a contradiction."""

    party: str
    value: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Values of one field that cannot all hold; computed, never typed in."""

    field: str
    kind: str
    values: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Touch:
    """An obligation that claims of the incident put in question or serve, if they are true."""

    obligation: str
    side: Literal["questioned", "served"]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """An occurrence that several claims speak of.

    Attributes:
        id: Place and day ("hadrut-2020-12-11"); where two share them, with a mark of its first claim.
        anchor: Its first claim (earliest published); the same as long as no earlier document arrives.
        act: The act most say it was.
        state: What a machine proposes: ``alleged``, ``observed`` (the monitor asserts it) or ``corroborated`` (opposed parties do).
        documents: Ids, in order of publication.
        lineages: Ids of the independent origins.
    """

    id: str
    anchor: str
    title: str
    act: str
    when: IncidentTime | None
    place: IncidentPlace | None
    state: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    lineages: tuple[str, ...]
    versions: tuple[Version, ...]
    contradictions: tuple[Contradiction, ...]
    obligations: tuple[Touch, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A summary ("12 violations overnight"): it contains incidents and is none of them."""

    id: str
    claim: str
    text: str
    start: Moment | None
    end: Moment | None
    place: str | None
    min: int | None
    max: int | None
    contains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incidents:
    """All that a set of claims comes to. Incidents are in order of time."""

    incidents: tuple[Incident, ...]
    lineages: tuple[Lineage, ...]
    aggregates: tuple[Aggregate, ...]
    unmatched: tuple[Unmatched, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values."""
        plain: dict[str, Any] = _plain(self)
        return plain


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [item if item.__class__ is str else _plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if not is_dataclass(value):
        return value
    told = ((name, getattr(value, name)) for name in _names(value.__class__))
    return {name: one if one.__class__ is str else _plain(one) for name, one in told}


@lru_cache(maxsize=64)
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))
