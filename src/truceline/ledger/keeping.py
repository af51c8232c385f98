"""Keeping: signing the log, having it stamped, verifying it, rebuilding from it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from truceline.errors import LedgerError
from truceline.knowledge import Knowledge
from truceline.ledger import log, signing, stamping
from truceline.ledger.database import Database
from truceline.ledger.entries import Entry, Kind
from truceline.ledger.matching import make_neighbourhood
from truceline.ledger.neighbourhood import Neighbourhood
from truceline.ledger.rebuild import Rebuilt, rebuild
from truceline.ledger.verify import Verified, verify
from truceline.ledger.writing import Writer


class Keeping:
    """The part of a ledger that keeps the log trustworthy; ``Ledger`` is one."""

    who: str
    database: Database
    _knowledge: Knowledge
    _neighbourhood: Neighbourhood | None
    _writing: Callable[[], AbstractContextManager[Writer]]

    def checkpoint(self) -> Entry | None:
        """Sign the head of the log; None when it is signed already.

        Raises:
            LedgerError: The key is not here.
        """
        with self._writing() as writer:
            last = log.last_row(writer.connection)
            assert last is not None
            if last.kind in {Kind.CHECKPOINT.value, Kind.STAMP.value}:
                return None
            first = log.one(writer.connection, 1).payload
            path = signing.key_path(self.database, first["ledger"])
            payload = signing.sign(path, ledger=first["ledger"], number=last.number, head=last.hash)
            return writer.enter(Kind.CHECKPOINT, self.who, payload)

    def verify(self, **options: Any) -> Verified:
        """Walk the log and the contents; see ``verify.verify``."""
        with self.database.reading() as connection:
            return verify(connection, **options)

    def rebuild(self, *, keep: bool = True) -> Rebuilt:
        """Derive every table again from the log; with ``keep`` False only compare."""
        neighbourhood = make_neighbourhood(self._knowledge) if self._neighbourhood else None
        return rebuild(self.database, neighbourhood, keep=keep)

    def last_checkpoint(self) -> Entry:
        """The newest checkpoint.

        Raises:
            LedgerError: There is none yet.
        """
        with self.database.reading() as connection:
            row = next(log.rows(connection, kind=Kind.CHECKPOINT, newest=True), None)
        if row is None:
            raise LedgerError(f"{self.database.name}: no checkpoint yet; make one with `truceline checkpoint`")
        return Entry.of(row)

    def stamp_request(self) -> bytes:
        """What to ask a time-stamp authority (RFC 3161) about the newest checkpoint."""
        return stamping.request(self.last_checkpoint().hash)

    def stamp(self, by: str | bytes) -> Entry:
        """Enter an authority's stamp on the newest checkpoint: the answer, or the address to ask at.

        Raises:
            LedgerError: There is no answer, or it is not about this checkpoint.
        """
        signed = self.last_checkpoint()
        answer = stamping.ask(by, stamping.request(signed.hash)) if isinstance(by, str) else by
        kept, moment = stamping.token(answer, signed.hash)
        told = {"checkpoint": signed.number, "token": kept, "time": log.stamp(moment)}
        with self._writing() as writer:
            return writer.enter(Kind.STAMP, self.who, told)
