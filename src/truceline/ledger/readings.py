"""Readings as the ledger keeps them: in JSON under their hash, and back as claims and documents."""

import json
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, select

from truceline.errors import LedgerError
from truceline.ledger import log
from truceline.ledger.canonical import compact
from truceline.ledger.history import at
from truceline.ledger.tables import document as documents
from truceline.ledger.tables import reading as readings
from truceline.model import Claim, Document, Flag, Reading, parse_moment

Key = TypeVar("Key", str, int)


def written(reading: Reading) -> bytes:
    """A reading as the content that is kept of it."""
    return compact(reading.to_dict())


def plain_reading(connection: Connection, document: str, number: int) -> dict[str, Any] | None:
    """The reading of a document as JSON values, as known at an entry; None for one that was never read."""
    found = connection.execute(
        select(readings.c.content).where(readings.c.document == document, *at(readings, number))
    ).first()
    return json.loads(log.get(connection, found.content)) if found else None


def claims_of(plain: dict[str, Any]) -> tuple[Claim, ...]:
    """The claims of a reading in JSON values."""
    try:
        return _claims().validate_python(plain["claims"])
    except (KeyError, ValidationError) as fault:
        raise LedgerError("a kept reading does not fit this version; read it again with `ingest --again`") from fault


def working_text(connection: Connection, key: str) -> str:
    """The text that spans point into, by the hash of its content."""
    return log.get(connection, key).decode("utf-8", "surrogatepass")


def load_document(connection: Connection, key: str, number: int) -> Document:
    """A document with its text, as known at an entry.

    Raises:
        LedgerError: There is none.
    """
    row = connection.execute(select(documents).where(documents.c.id == key, *at(documents, number))).first()
    if row is None:
        raise LedgerError(f"no document {key}; `truceline search` finds those there are")
    return Document(
        id=row.id,
        text=working_text(connection, row.text),
        title=row.title,
        publisher=row.publisher,
        published=parse_moment(row.published),  # type: ignore[arg-type]
        language=row.language,
        url=row.url,
        flags=tuple(_flag(flag) for flag in json.loads(row.flags)),
    )


def load_whole(connection: Connection, key: str, number: int) -> tuple[Document, tuple[Claim, ...]]:
    """A document with its claims as the machine read them (corrections are decisions, and kept apart)."""
    plain = plain_reading(connection, key, number)
    return load_document(connection, key, number), claims_of(plain) if plain else ()


def batches(keys: Iterable[Key], size: int = 500) -> Iterable[list[Key]]:
    """Keys in portions that a database takes in one question."""
    ordered = sorted(set(keys))
    return (ordered[i : i + size] for i in range(0, len(ordered), size))


def _flag(plain: dict[str, Any]) -> Flag:
    span = plain["span"]
    return Flag(plain["kind"], tuple(span) if span else None, plain["text"], plain["why"])


@lru_cache(maxsize=1)
def _claims() -> TypeAdapter[tuple[Claim, ...]]:
    return TypeAdapter(tuple[Claim, ...])


def corrected(claim: Claim, fields: dict[str, Any]) -> Claim:
    """The claim with the fields that a person set."""
    return replace(claim, **fields) if fields else claim
