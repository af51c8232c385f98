"""Whose version a claim belongs to: a party, the monitor, or others; and which side an actor stands on."""

from functools import lru_cache

from truceline.grounding.actors import ActorResolver
from truceline.knowledge import Agreement, Knowledge
from truceline.model import Actor, Claim, Document

MONITOR = "monitor"
OTHERS = "others"


class Voices:
    """Finds the voice of a claim under an agreement (or none)."""

    def __init__(self, knowledge: Knowledge, agreement: Agreement | None) -> None:
        self._resolver = ActorResolver(knowledge, agreement, None)
        self.names = {party.id: party.name for party in agreement.parties} if agreement else {}
        self._publisher = lru_cache(maxsize=4096)(self._resolver.publisher)

    def publisher(self, document: Document) -> Actor | None:
        """The actor who publishes a document."""
        return self._publisher(document.publisher) if document.publisher else None

    def speaker(self, claim: Claim, document: Document) -> Actor | None:
        """Who takes the position: the innermost speaker, or the publisher in the document's own voice."""
        return claim.speakers[-1] if claim.speakers else self.publisher(document)

    def voice(self, speaker: Actor | None) -> str:
        """The column of a speaker: a party's id, ``monitor`` or ``others``."""
        if speaker is None:
            return OTHERS
        if speaker.party:
            return speaker.party
        if speaker.role == MONITOR:
            return MONITOR
        if not self.names and speaker.country and speaker.role is None and speaker.sector in {"GOV", "MIL", "REB"}:
            return speaker.country  # without an agreement, states and armed groups speak for themselves
        return OTHERS

    def order(self, voice: str) -> tuple[int, str]:
        """Parties in alphabetical order of their names, then others, the monitor last."""
        return {OTHERS: 1, MONITOR: 2}.get(voice, 0), self.name(voice).casefold()

    def name(self, voice: str) -> str:
        """What a voice is called."""
        return self.names.get(voice) or {MONITOR: "Monitor", OTHERS: "Others"}.get(voice, voice)


def side(actor: Actor | None) -> str | None:
    """Which side an actor stands on, as far as known: its party, else its country or group; None for a monitor."""
    if actor is None or actor.role in {MONITOR, "media", "mediator"}:
        return None
    return actor.party or actor.country or actor.actor
