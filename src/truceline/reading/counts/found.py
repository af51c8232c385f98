"""What a count of the text is."""

from dataclasses import dataclass

from truceline.knowledge.quantities import Status
from truceline.model import Flag, Span

JOINERS = frozenset({"and", ",", "or", "&", "plus", "but"})
"""What coordinates counts."""


@dataclass(frozen=True, slots=True)
class FoundCount:
    """A count of the text, before parties are resolved.

    Attributes:
        what: From the closed vocabulary of ``counted.yaml``.
        min: Least value, None when no lower bound is given; both None when unreadable (then flagged).
        max: Greatest value, None when no upper bound is given.
        unit: Unit of a measure ("ha"), None for things counted singly.
        head: Word index of the counted noun; None for a bare number ("killed two").
        governor: Word index of the verb, event noun or state ("dead") the count belongs to; None when it stands alone.
        whose: Word index of the possessor or nationality, for the party.
        cumulative: Whether it is a running total; ``cumulative_since`` is the span of its start where given.
        part: Whether it is a part of the count before it ("including two children") and not to be added.
        number: Word index of the number's last word (of the noun where there is no number: "without losses").
    """

    what: str
    min: int | None
    max: int | None
    span: Span
    text: str
    unit: str | None
    status: Status
    head: int | None
    governor: int | None
    whose: int | None
    number: int
    cumulative: bool = False
    cumulative_since: Span | None = None
    part: bool = False
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Turned:
    """What persons were turned into, by which word, up to which word the wording reaches."""

    what: str
    by: int
    last: int | None = None
