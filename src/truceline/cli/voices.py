"""Who speaks: the chain of a claim's speakers, and the claims grouped by the party, role or voice they come from."""

from typing import TYPE_CHECKING

from truceline.cli import wording
from truceline.cli.console import visible
from truceline.model import Claim, Reading, Span

if TYPE_CHECKING:
    from truceline.knowledge import Agreement

_OWN = "Own voice"


class Voices:
    """The speakers of one reading."""

    def __init__(self, reading: Reading, agreement: "Agreement | None") -> None:
        self._reading = reading
        self._parties = {party.id: party.name for party in agreement.parties} if agreement else {}

    def chain(self, claim: Claim) -> str:
        """``agency › ministry``, outermost first; the document's own voice where nobody is named."""
        if not claim.speakers:
            return self._own()
        return " › ".join(visible(wording.actor(speaker)) for speaker in claim.speakers)

    def words(self, span: Span) -> str:
        """The words of a span, on one line."""
        return " ".join(visible(self._reading.document.text[span[0] : span[1]]).split())

    def groups(self) -> list[tuple[str, str, list[Claim]]]:
        """Name, role and claims of each voice: parties by name, then other roles, then the rest, the own voice last."""
        found: dict[tuple[int, str, str], list[Claim]] = {}
        for claim in self._reading.claims:
            found.setdefault(self._group(claim), []).append(claim)
        return [(name, role, found[order, name, role]) for order, name, role in sorted(found)]

    def _group(self, claim: Claim) -> tuple[int, str, str]:
        if not claim.speakers:
            return 3, self._own(), ""
        speaker = claim.speakers[-1]  # whose words they are; who passes them on stands in the chain
        if speaker.party is not None:
            return 0, self._parties.get(speaker.party, speaker.party), "party"
        name = visible(speaker.name or wording.actor(speaker))
        if speaker.role is not None and speaker.role not in ("party", "other"):
            return 1, name, speaker.role
        return 2, name, ""

    def _own(self) -> str:
        publisher = self._reading.document.publisher
        return f"{_OWN} ({visible(publisher)})" if publisher else f"{_OWN} of the text"
