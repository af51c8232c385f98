"""The incidents station as the ledger uses it."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from truceline.knowledge import Agreement, Knowledge
from truceline.ledger import log
from truceline.ledger.entries import Entry, Kind
from truceline.ledger.evidence import KeptAgreement
from truceline.ledger.index import Matching
from truceline.ledger.neighbourhood import Neighbourhood
from truceline.model import Decisions, Witness

if TYPE_CHECKING:
    from truceline.incidents import Bearings


def kept_agreement(
    connection: Connection, knowledge: Knowledge | None = None, until: int | None = None
) -> Agreement | None:
    """The agreement that the ledger is kept under: the one entered last, or last up to an entry."""
    last = next(log.rows(connection, until=until, kind=Kind.AGREEMENT, newest=True), None)
    if last is None:
        return None
    kept = KeptAgreement(log.get(connection, Entry.of(last).payload["content"]))
    return kept.load(knowledge or Knowledge.load())


def make_neighbourhood(knowledge: Knowledge) -> Neighbourhood:
    """A neighbourhood whose claims are matched by ``truceline.incidents``."""

    def make(decisions: Decisions, agreement: Agreement | None) -> Matching:
        from truceline.incidents import Index

        return Index(decisions=decisions, agreement=agreement, knowledge=knowledge)

    def bear(agreement: Agreement | None) -> "Bearings":
        from truceline.incidents import Bearings

        return Bearings(knowledge, agreement)

    def days(witness: Witness, agreement: Agreement | None) -> Iterable[date]:
        from truceline.incidents import days_touched

        return days_touched(witness, agreement=agreement)

    def reach(touched: Iterable[date]) -> tuple[date, date]:
        from truceline.incidents import reach as reached

        return reached(touched)

    return Neighbourhood(
        make, bear, days, reach, lambda connection, until: kept_agreement(connection, knowledge, until)
    )
