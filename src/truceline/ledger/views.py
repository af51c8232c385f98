"""Looking: one snapshot of the ledger, as it was known at one entry. Nothing here writes."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from truceline.errors import LedgerError
from truceline.ledger import log, search, tables
from truceline.ledger.document_views import DocumentViews
from truceline.ledger.entries import Entry, Kind
from truceline.ledger.history import at
from truceline.ledger.search import Wanted


class View(DocumentViews):
    """The ledger as known at entry ``number``; get one from ``Ledger.view``.

    Attributes:
        number: The newest entry that is known.
    """

    def search(self, wanted: Wanted, limit: int = 20) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Documents and claims; documents only where nothing is asked of claims.

        Raises:
            LedgerError: There is no word to look for.
        """
        claims = search.claims(self.connection, wanted, self.number, limit) if wanted.about_claims else []
        found = [] if wanted.about_claims else search.documents(self.connection, wanted, self.number, limit)
        return found, claims

    def log(self, *, kind: Kind | None = None, newest: bool = False) -> Iterator[Entry]:
        """The entries, in order or the newest first."""
        return map(Entry.of, log.rows(self.connection, until=self.number, kind=kind, newest=newest))

    def entry(self, number: int) -> dict[str, Any]:
        """One entry of the log.

        Raises:
            LedgerError: There is none of this number, or it was not there yet.
        """
        if number > self.number:
            raise LedgerError(f"no entry {number}; {self.number} is the newest that was known")
        return log.one(self.connection, number).to_dict()

    def counts(self) -> dict[str, int]:
        """How many rows stand in each table."""
        from sqlalchemy import func

        return {
            table.name: self.connection.scalar(select(func.count()).select_from(table).where(*at(table, self.number)))
            or 0
            for table in tables.DERIVED
        }
