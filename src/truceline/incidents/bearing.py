"""What a claim bears on by itself, apart from any incident: whose version it belongs to, and which obligations it touches."""

from collections.abc import Iterable
from dataclasses import dataclass

from truceline.incidents.mentions import Mention, MentionMaker
from truceline.incidents.obligations import Tied, ties
from truceline.incidents.vocabulary import load_incident_words
from truceline.incidents.voices import Voices
from truceline.knowledge import Agreement, Knowledge
from truceline.model import Claim, Decisions, Document


@dataclass(frozen=True, slots=True)
class Bearing:
    """One claim's.

    Attributes:
        claim: Its id.
        voice: A party's id, ``monitor`` or ``others``.
        background: Whether it is told as history, not as news.
        ties: The obligations it bears on, by the agreement's rules.
    """

    claim: str
    voice: str
    background: bool
    ties: tuple[Tied, ...]


class Bearings:
    """Finds what the claims of one document bear on, under an agreement (or none)."""

    def __init__(self, knowledge: Knowledge, agreement: Agreement | None) -> None:
        self._agreement = agreement
        zone = agreement.zone if agreement else None
        voices = Voices(knowledge, agreement)
        self._maker = MentionMaker(load_incident_words(knowledge), voices, zone, Decisions())

    def of(self, document: Document, claims: Iterable[Claim]) -> list[Bearing]:
        """The bearings of a document's claims, in text order."""
        return [self._bearing(mention) for mention in self._maker.mentions(list(claims), document)]

    def _bearing(self, mention: Mention) -> Bearing:
        background = any(flag.kind == "background" for flag in mention.claim.flags)
        found = ties(mention, self._agreement) if self._agreement is not None else ()
        return Bearing(mention.id, mention.voice, background, tuple(found))
