"""The ledger: documents, what they say, and what persons decide, in a log that never forgets."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, select

from truceline.errors import InputError, LedgerError
from truceline.knowledge import Agreement, Knowledge
from truceline.ledger import evidence as incoming
from truceline.ledger import log, readings, schema, signing, tables
from truceline.ledger.canonical import storable
from truceline.ledger.database import Database
from truceline.ledger.entries import Entry, Kind
from truceline.ledger.evidence import Evidence, KeptAgreement, Reads
from truceline.ledger.history import number_at, standing
from truceline.ledger.keeping import Keeping
from truceline.ledger.matching import kept_agreement, make_neighbourhood
from truceline.ledger.review import Review
from truceline.ledger.rows import moment
from truceline.ledger.tying import ObligationReview
from truceline.ledger.views import View
from truceline.ledger.writing import Clock, Writer, transaction
from truceline.ledger.zones import ZoneMaps
from truceline.model import Document, Flag, Reading

FORMAT = 1
"""The form of the entries; a ledger of another is refused."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one source: ``added``, ``known`` (it was there), ``again`` (read anew), ``refused`` (and why)."""

    source: str
    outcome: Literal["added", "known", "again", "refused"]
    document: str | None = None
    claims: int = 0
    fault: InputError | None = None


def _now() -> datetime:
    return datetime.now(UTC)


class Ledger(Keeping, Review, ObligationReview, ZoneMaps):
    """A ledger in an SQLite file or a PostgreSQL database; make one with ``create``, open one with ``open``.

    Args:
        database: Where it is kept.
        who: The person in whose name entries are made.
        clock: Tells the time of entries.
        matching: Whether claims are matched into incidents as they come.
    """

    def __init__(self, database: Database, *, who: str, clock: Clock = _now, matching: bool = True) -> None:
        self.database = database
        self.who = who
        self._clock = clock
        self._knowledge = Knowledge.load()
        self._neighbourhood = make_neighbourhood(self._knowledge) if matching else None

    @classmethod
    def create(
        cls,
        where: str | Path,
        *,
        agreement: str | Path | None = None,
        who: str = "unnamed",
        clock: Clock = _now,
        matching: bool = True,
    ) -> "Ledger":
        """Make a ledger, or bring one that is there up to this version; either way its agreement may be given.

        Raises:
            KnowledgeError: No such agreement.
            LedgerError: It cannot be made there.
        """
        kept = incoming.find_agreement(agreement, Knowledge.load()) if agreement is not None else None
        database = Database(where)
        ledger = cls(database, who=who, clock=clock, matching=matching)
        if database.is_sqlite:
            _make_file(database)
        with database.founding() as connection:
            before = schema.version(connection)
            schema.upgrade(connection)
            new = log.last_row(connection) is None
        if not new and before != schema.NEWEST:
            ledger.rebuild()  # what the older version did not derive
        with ledger._writing() as writer:
            if new and log.last_row(writer.connection) is None:
                name = secrets.token_hex(16)
                public = signing.own_key(signing.key_path(database, name))
                writer.enter(Kind.LEDGER, who, {"format": FORMAT, "ledger": name, "public_key": public})
            if kept is not None:
                ledger._agree(writer, kept)
        return ledger

    @classmethod
    def open(cls, where: str | Path, *, who: str = "unnamed", clock: Clock = _now, matching: bool = True) -> "Ledger":
        """Open a ledger.

        Raises:
            LedgerError: There is none, or it is of another version.
        """
        database = Database(where)
        if database.path is not None and not database.path.is_file():
            raise LedgerError(
                f"{database.name}: no ledger here; make one with `truceline init`, or name another with --ledger"
            )
        with database.reading() as connection:
            there = schema.version(connection)
            first = log.one(connection, 1).payload if there and log.last_number(connection) else None
        if first is None:
            raise LedgerError(
                f"{database.name}: no ledger here; make one with `truceline init`, or name another with --ledger"
            )
        if first["format"] != FORMAT or there != schema.NEWEST:
            raise LedgerError(f"{database.name}: of another version; bring it up with `truceline init {database.name}`")
        return cls(database, who=who, clock=clock, matching=matching)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- reading ----

    @contextmanager
    def view(self, as_of: date | datetime | str | int | None = None) -> Iterator[View]:
        """The ledger as it was known at a day, a time, an entry; now when None.

        Raises:
            LedgerError: Nothing was known then.
        """
        with self.database.reading() as connection:
            number = number_at(connection, as_of)
            yield View(connection, number, lambda: kept_agreement(connection, self._knowledge, number))

    @property
    def agreement(self) -> Agreement | None:
        """The agreement it is kept under: the one entered last."""
        with self.database.reading() as connection:
            return kept_agreement(connection, self._knowledge)

    # ---- documents ----

    def holds(self, document: str) -> bool:
        """Whether a document of this id is here and was read."""
        with self.database.reading() as connection:
            return _is_read(connection, document)

    def add(self, evidence: Evidence, reading: Reading, *, again: bool = False) -> bool:
        """Enter a document with its reading: both are kept, or neither. False when it was there already.

        Args:
            evidence: The document and its bytes.
            reading: What it says.
            again: Put this reading in the place of an earlier one.
        """
        with self._writing() as writer:
            return self._add_to(writer, evidence, reading, again=again)

    def _add_to(self, writer: Writer, evidence: Evidence, reading: Reading, *, again: bool = False) -> bool:
        """``add`` within a transaction."""
        evidence.check()
        key = evidence.document.id
        if _is_read(writer.connection, key) and not again:
            return False
        if not _is_there(writer.connection, key):
            writer.put(evidence.content)
            text = writer.put(evidence.document.text.encode("utf-8", "surrogatepass"))
            writer.enter(Kind.DOCUMENT, self.who, _told(evidence, text))
        content = writer.put(readings.written(reading))
        told = {
            "document": key,
            "content": content,
            "claims": len(reading.claims),
            "reader": f"truceline {version('truceline')}",
        }
        writer.enter(Kind.READING, self.who, told)
        return True

    def ingest(
        self, sources: Iterable[str | Path], reader: Reads | None = None, *, again: bool = False
    ) -> Iterator[Ingested]:
        """Read files into the ledger, one at a time; a bad one costs only itself.

        Each file is whole in the ledger before the next is begun. Run again after a crash, it goes on where it was.

        Args:
            sources: Paths.
            reader: What reads; a ``truceline.Reader`` with the ledger's agreement when None.
            again: Read also what was read before, and keep the new reading beside the old one.
        """
        for source in sources:
            name = str(source)
            try:
                evidence = incoming.of_file(source)
            except InputError as fault:
                yield Ingested(name, "refused", fault=fault)
                continue
            key = evidence.document.id
            known = self.holds(key)
            if known and not again:
                yield Ingested(name, "known", key)
                continue
            if reader is None:
                from truceline.reader import Reader

                reader = Reader(agreement=self.agreement, knowledge=self._knowledge)
            reading = reader.read_document(self._as_corrected(evidence))
            added = self.add(evidence, reading, again=again)
            outcome: Literal["added", "known", "again"] = "again" if known else "added" if added else "known"
            yield Ingested(name, outcome, key, len(reading.claims))

    def _as_corrected(self, evidence: Evidence) -> Document:
        """The document with what persons corrected in it."""
        with self.database.reading() as connection:
            if not _is_there(connection, evidence.document.id):
                return evidence.document
            return readings.load_document(connection, evidence.document.id, log.last_number(connection))

    def _writing(self) -> AbstractContextManager[Writer]:
        return transaction(self.database, self._neighbourhood, self._clock)

    def _agree(self, writer: Writer, kept: KeptAgreement) -> None:
        agreement = kept.load(self._knowledge)
        last = next(log.rows(writer.connection, kind=Kind.AGREEMENT, newest=True), None)
        content = writer.put(kept.content)
        if last is None or Entry.of(last).payload["content"] != content:
            writer.enter(
                Kind.AGREEMENT, self.who, {"agreement": agreement.id, "title": agreement.title, "content": content}
            )


def _make_file(database: Database) -> None:
    assert database.path is not None
    if database.path.is_dir():
        raise LedgerError(f"{database.name}: a folder; give the path of a file")
    if not database.path.parent.is_dir():
        raise LedgerError(f"{database.path.parent}: no such folder; make it first")


def _told(evidence: Evidence, text: str) -> dict[str, Any]:
    """What the entry of a document says."""
    document = evidence.document
    return {
        "document": document.id,
        "name": storable(evidence.name),
        "how": storable(evidence.how),
        "size": len(evidence.content),
        "text": text,
        "begins": evidence.begins,
        "title": _clean(document.title),
        "publisher": _clean(document.publisher),
        "published": moment(document.published),
        "language": document.language,
        "url": _clean(document.url),
        "flags": [_flag(flag) for flag in document.flags],
    }


def _flag(flag: Flag) -> dict[str, Any]:
    return {
        "kind": flag.kind,
        "span": list(flag.span) if flag.span else None,
        "text": _clean(flag.text),
        "why": storable(flag.why),
    }


def _clean(text: str | None) -> str | None:
    return storable(text) if text is not None else None


def _is_there(connection: Connection, document: str) -> bool:
    table = tables.document
    return connection.execute(select(table.c.id).where(table.c.id == document).limit(1)).first() is not None


def _is_read(connection: Connection, document: str) -> bool:
    table = tables.reading
    query = select(table.c.document).where(table.c.document == document, standing(table))
    return connection.execute(query).first() is not None
