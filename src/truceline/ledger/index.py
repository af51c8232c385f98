"""What the ledger asks of the incidents station: an index of claims, the days they may belong to, what they bear on."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Protocol

from truceline.knowledge import Agreement
from truceline.model import Aggregate, Decisions, Document, Incident, Lineage, Witness

if TYPE_CHECKING:
    from truceline.incidents import Bearings


class Matching(Protocol):
    """What an index of incidents does (``truceline.incidents.Index``)."""

    def add(self, witnesses: Iterable[Witness], *, documents: Iterable[Document] = ()) -> frozenset[str]:
        """Take in claims; ids of the incidents that changed."""

    def decide(self, decisions: Decisions) -> frozenset[str]:
        """Put decisions in the place of those before; ids of the incidents that changed."""

    def incident(self, id: str, /) -> Incident | None:  # noqa: A002 - the index names it so
        """The incident of this id."""

    def lineage(self, document: str, /) -> Lineage:
        """The lineage of a document that is known."""

    def kin(self, document: str, /) -> frozenset[str]:
        """The documents that a document's lineage depends on, itself among them."""

    def unmatched(self, claim: str, /) -> str | None:
        """Why a claim is in no incident; None for one that is in one, for a summary, and for one that is not known."""

    def aggregate(self, claim: str, /) -> Aggregate | None:
        """The summary that a claim makes."""

    def summaries(self, incident: str, /) -> frozenset[str]:
        """The claims whose summaries are of an incident's days."""

    def beside(self, claim: str, /) -> frozenset[str]:
        """The incidents of a summary's days."""


Make = Callable[[Decisions, Agreement | None], Matching]
Days = Callable[[Witness, Agreement | None], Iterable[date]]
Bear = Callable[[Agreement | None], "Bearings"]
Reach = Callable[[Iterable[date]], tuple[date, date]]
