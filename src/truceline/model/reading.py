"""A reading: everything one document says, as one frozen value with JSON in and out."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from truceline.model.claim import Actor, Claim, Place, Time
from truceline.model.document import Document, Flag, Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """The layer under the claims: whose words (source), by which cue, which words (content).

    Each of ``source``, ``cue`` and ``content`` is a tuple of spans, since any of them may be interrupted.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: Literal["direct", "mixed", "indirect"]
    by: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says: claims, and the layers they are made of."""

    document: Document
    claims: tuple[Claim, ...]
    attributions: tuple[Attribution, ...]
    places: tuple[Place, ...]
    times: tuple[Time, ...]
    actors: tuple[Actor, ...]

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Flags of the document and of its claims, in text order."""
        raised = [*self.document.flags, *(flag for claim in self.claims for flag in claim.flags)]
        return tuple(dict.fromkeys(sorted(raised, key=lambda flag: (flag.span or (0, 0), flag.kind))))

    def to_dict(self) -> dict[str, Any]:
        """The reading as JSON values; the shape is what ``truceline schema`` prints."""
        from truceline.model.codec import reading_to_dict

        return reading_to_dict(self)

    def to_plover(self) -> list[dict[str, Any]]:
        """The reading as events of PLOVER: ``{"event", "mode", "source": [codes], "target": [codes], "claim"}``."""
        # The one step against the flow of the layers, and taken only when it is asked for: events need the grammar, which a
        # reading is made without; importing the model loads nothing later.
        events: list[dict[str, Any]] = import_module("truceline.plover").to_plover(self)
        return events
