"""Claims: one speaker's position on one act, every value tied to its span (see docs/architecture.md)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from truceline.model.document import Flag, Span
from truceline.model.moment import Moment

TimePrecision = Literal[1, 2, 3, 4, 5, "part_of_day", "time"]
"""UCDP ``date_prec`` (1 day, 2 two to six days, 3 week, 4 month, 5 year or more), or finer than a day."""

PlacePrecision = Literal[1, 2, 3, 4, 5, 6, 7]
"""UCDP ``where_prec``: 1 exact, 2 near a point, 3 second-order area, 4 first-order area, 5 linear or fuzzy, 6 country,
7 sea or air."""


class Modality(StrEnum):
    """The position a speaker takes on an act."""

    ASSERTED = "asserted"
    DENIED = "denied"
    THREATENED = "threatened"
    DEMANDED = "demanded"
    WARNED = "warned"
    PROMISED = "promised"
    EXPECTED = "expected"
    HYPOTHETICAL = "hypothetical"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who: the words of the text, and what is known of the one they name.

    Attributes:
        actor: Stable id, e.g. ``arm-mod`` for a known actor or ``ARM.MIL`` for one built from the text; None when unknown.
        name: The name in the knowledge; None when unknown.
        party: Id of the agreement's party it fights or speaks for.
        role: ``party``, ``monitor``, ``guarantor``, ``mediator``, ``media`` or ``other``; None when not known.
        country: ISO 3166-1 alpha-3.
        sector: PLOVER/CAMEO sector (GOV, MIL, REB, CVL, IGO, …).
        score: 0..1, how sure the resolution is (1 for a literal name, less for a pronoun).
    """

    text: str
    span: Span
    actor: str | None = None
    name: str | None = None
    party: str | None = None
    role: str | None = None
    country: str | None = None
    sector: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A gazetteer entry that a name may stand for."""

    name: str
    id: str
    lat: float | None
    lon: float | None
    score: float


@dataclass(frozen=True, slots=True)
class Offset:
    """Where something lay in relation to a named point, as the text says it.

    Attributes:
        kind: ``direction``, ``distance``, ``between``, ``along``, ``within``, ``near``.
        bearings: Degrees clockwise from north, one per direction named.
        km: Least and greatest distance in kilometres, None where not given.
        other: Name of the second point of ``between``.
    """

    kind: str
    text: str
    span: Span
    bearings: tuple[float, ...] = ()
    km: tuple[float, float] | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where: the speaker's toponym, the gazetteer's name beside it, and the runners-up."""

    text: str
    span: Span
    name: str | None = None
    id: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None
    score: float = 0.0
    kind: str | None = None
    country: str | None = None
    offset: Offset | None = None
    alternatives: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Time:
    """When: ``start`` inclusive, ``end`` exclusive; both None where the text gives no anchor."""

    text: str
    span: Span
    start: Moment | None
    end: Moment | None
    precision: TimePrecision | None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many of what, whose, of which status; ``max`` None means no upper bound is given."""

    what: str
    min: int | None
    max: int | None
    text: str
    span: Span
    unit: str | None = None
    party: str | None = None
    status: Literal["combatant", "civilian", "unknown"] = "unknown"


@dataclass(frozen=True, slots=True)
class Instrument:
    """With what."""

    text: str
    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that mark who speaks ("said", "according to", ":")."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field has its value: the rule or model, the words it looked at, and how sure it is."""

    field: str
    by: str
    span: Span | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One speaker's position on one act.

    ``speakers`` is outermost first; empty means the document's own voice. ``act`` is None where someone's words are
    attributed but name no act of the vocabulary. A part that could not be resolved is None and flagged.
    """

    id: str
    span: Span
    text: str
    sentence: Span
    quoted: bool
    speakers: tuple[Actor, ...]
    cue: Cue | None
    said: Time | None
    modality: Modality
    act: str | None
    act_span: Span | None
    agent: Actor | None
    patient: Actor | None
    place: Place | None
    when: Time | None
    counts: tuple[Count, ...]
    instrument: Instrument | None
    confidence: float
    by: str
    flags: tuple[Flag, ...] = ()
    reasons: tuple[Reason, ...] = ()
