"""Control of places in values: what a claim says, the time for which a voice says it, and where voices differ."""

from dataclasses import dataclass

from truceline.model import Moment, Span
from truceline.tracking.control_words import Track


@dataclass(frozen=True, slots=True)
class Statement:
    """What one claim says of one place.

    Attributes:
        place: What places are joined by: the gazetteer's id, else the name.
        said: The speaker's own toponym.
        place_by: How the place is known to be meant: ``named``, ``named beside`` another, ``same sentence``, a noun in quotation
            marks that stands for places named before, or ``corrected`` by a person.
        holder: The party's id or role, else its name; None where nobody is named.
        giver: Who is said to have handed the place over.
        extent: ``whole``, ``part``, ``most``, ``outskirts``, or ``near`` it.
        denied: Whether just this is said not to be so.
        counts: Whether it says what is; what is demanded, promised or expected is only listed.
        since: From when it holds; None for history without a date.
        latest: The end, exclusive, of the time in which it began.
        since_by: Whether the claim gives the time, its incident does, or only the publication: it holds since then or before.
        voice: A party's id, ``monitor`` or ``others``.
    """

    place: str
    place_name: str
    place_id: str | None
    place_kind: str | None
    lat: float | None
    lon: float | None
    said: str
    place_by: str
    track: Track
    holder: str | None
    holder_name: str | None
    giver: str | None
    extent: str
    denied: bool
    counts: bool
    since: Moment | None
    latest: Moment | None
    since_by: str
    voice: str
    speaker: str | None
    modality: str
    act: str
    background: bool
    claim: str
    incident: str | None
    document: str
    lineage: str
    publisher: str | None
    published: Moment | None
    span: Span
    text: str

    @property
    def value(self) -> tuple[str | None, str, bool]:
        """What is compared: who, how much of the place, and whether it is denied."""
        return self.holder, self.extent, self.denied


@dataclass(frozen=True, slots=True)
class Interval:
    """A time for which one voice says one thing of a place.

    Attributes:
        start: From when.
        until: Up to when; None as long as the voice has said nothing else.
        ended_by: The claim that says otherwise.
        last_said: When it was last said.
        revised_by: The claim by which the voice took it back for all of its time; then it holds nowhere.
        statements: Those that say it, in the order of publication.
    """

    track: Track
    voice: str
    speaker: str | None
    holder: str | None
    holder_name: str | None
    extent: str
    denied: bool
    start: Moment
    until: Moment | None
    ended_by: str | None
    last_said: Moment | None
    revised_by: str | None
    statements: tuple[Statement, ...]

    @property
    def lineages(self) -> frozenset[str]:
        """The independent origins behind it."""
        return frozenset(one.lineage for one in self.statements)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A time for which two voices say of a place what cannot both be so.

    Attributes:
        kind: ``holder`` (another holds it), ``denied``, or ``extent`` (part against whole).
        until: None where it goes on.
    """

    kind: str
    track: Track
    start: Moment
    until: Moment | None
    one: Interval
    other: Interval


@dataclass(frozen=True, slots=True)
class PlaceTimeline:
    """All that is said of who holds a place.

    Attributes:
        name: The gazetteer's name, or the speakers' where it has none.
        said: The toponyms in use, each with the voices that use it.
        intervals: By voice and track, in the order of time; what was taken back stands among them.
        announced: What is demanded, promised, threatened or expected.
        undated: History that is told without a date.
    """

    place: str
    name: str
    id: str | None
    kind: str | None
    lat: float | None
    lon: float | None
    said: tuple[tuple[str, tuple[str, ...]], ...]
    intervals: tuple[Interval, ...]
    disagreements: tuple[Disagreement, ...]
    announced: tuple[Statement, ...]
    undated: tuple[Statement, ...]
