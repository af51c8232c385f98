"""The face of this station: all at once (``build``) or as documents arrive (``Index``)."""

from collections.abc import Iterable
from datetime import date

from truceline.knowledge import Agreement, Knowledge
from truceline.model import Decisions, Document, Incident, Incidents, Witness


def build(
    witnesses: Iterable[Witness],
    *,
    documents: Iterable[Document] = (),
    decisions: Decisions | None = None,
    agreement: Agreement | None = None,
    knowledge: Knowledge | None = None,
) -> Incidents:
    """Everything that these claims come to; the same in whatever order they are given.

    Args:
        witnesses: Claims, each with its document.
        documents: Documents without claims, which count for lineages only.
        decisions: What persons decided.
        agreement: Gives the parties, the zone and the obligations.
        knowledge: The acts, and the words that incidents are matched by; what ships when None.
    """
    index = Index(decisions=decisions, agreement=agreement, knowledge=knowledge)
    index.add(witnesses, documents=documents)
    return index.incidents()


class Index:
    """Incidents kept up as claims arrive. Adding touches the neighbourhood in time and place, never the whole."""

    def __init__(
        self,
        *,
        decisions: Decisions | None = None,
        agreement: Agreement | None = None,
        knowledge: Knowledge | None = None,
    ) -> None:
        raise NotImplementedError

    def add(self, witnesses: Iterable[Witness], *, documents: Iterable[Document] = ()) -> frozenset[str]:
        """Take in more claims; the ids of incidents that came, went or changed. What is known already changes nothing."""
        raise NotImplementedError

    def decide(self, decisions: Decisions) -> frozenset[str]:
        """Put these decisions in the place of those before; the ids of incidents that came, went or changed."""
        raise NotImplementedError

    def incident(self, id: str) -> Incident | None:  # noqa: A002 - it is what the incident calls it
        """The incident of this id."""
        raise NotImplementedError

    def incidents(self) -> Incidents:
        """Everything as it stands."""
        raise NotImplementedError


def days_touched(witness: Witness, *, agreement: Agreement | None = None) -> tuple[date, ...]:
    """The days (in the agreement's zone) a claim may belong to: what a store keeps to find a neighbourhood by."""
    raise NotImplementedError


def reach(days: Iterable[date]) -> tuple[date, date]:
    """First and last day whose claims must be in the index for claims of these days to find their incidents."""
    raise NotImplementedError
