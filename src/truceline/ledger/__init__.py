"""The ledger: an append-only log of entries, and all that is derived from it."""

from truceline.ledger.entries import Entry, Kind
from truceline.ledger.evidence import Evidence
from truceline.ledger.ledger import Ingested, Ledger
from truceline.ledger.search import Wanted
from truceline.ledger.views import View

__all__ = ["Entry", "Evidence", "Ingested", "Kind", "Ledger", "View", "Wanted"]
