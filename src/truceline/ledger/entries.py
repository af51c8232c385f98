"""Entries: the lines of the append-only log, each with the hash of the one before."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from truceline.ledger.canonical import canonical, quoted

FIRST = "0" * 64
"""What the first entry has in the place of the hash before it."""


class Kind(StrEnum):
    """What an entry tells."""

    LEDGER = "ledger"
    AGREEMENT = "agreement"
    DOCUMENT = "document"
    CUSTODY = "custody"
    READING = "reading"
    DECISION = "decision"
    CORRECTION = "correction"
    GRADE = "grade"
    STATE = "state"
    ASSESSMENT = "assessment"
    TIE = "tie"
    ZONE = "zone"
    CHECKPOINT = "checkpoint"
    STAMP = "stamp"


class Row(NamedTuple):
    """An entry as it is stored: the payload is the canonical JSON that was hashed."""

    number: int
    at: str
    who: str
    kind: str
    payload: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log.

    Attributes:
        number: From 1, without gaps.
        at: When it was entered: UTC, ISO 8601 with milliseconds; never earlier than the entry before.
        who: The person, or the rule or program.
        payload: What it tells, as JSON values.
        previous: Hash of the entry before.
        hash: SHA-256 of the RFC 8785 JSON of all the others.
    """

    number: int
    at: str
    who: str
    kind: Kind
    payload: dict[str, Any]
    previous: str
    hash: str

    @classmethod
    def of(cls, row: Row) -> "Entry":
        """The entry of a stored row."""
        return cls(row.number, row.at, row.who, Kind(row.kind), json.loads(row.payload), row.previous, row.hash)

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "number": self.number,
            "at": self.at,
            "who": self.who,
            "kind": self.kind.value,
            "payload": self.payload,
            "previous": self.previous,
            "hash": self.hash,
        }


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that does not fit: in which entry (None for the ledger as a whole), and why."""

    number: int | None
    why: str


def seal(last: Row | None, *, at: str, who: str, kind: Kind, payload: dict[str, Any]) -> Row:
    """The row that follows ``last``."""
    number = last.number + 1 if last else 1
    previous = last.hash if last else FIRST
    written = canonical(payload)
    unsealed = Row(number, max(at, last.at) if last else at, who, kind.value, written, previous, "")
    return unsealed._replace(hash=digest(unsealed))


def digest(row: Row) -> str:
    """The hash a row must have. The members are written in the order that RFC 8785 sorts them into."""
    number, at, who, kind, payload, previous, _ = row
    written = (
        f'{{"at":{_quoted(at)},"kind":{_quoted(kind)},"number":{number},"payload":{payload},'
        f'"previous":{_quoted(previous)},"who":{_quoted(who)}}}'
    )
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def check(rows: Iterable[Row], after: Row | None = None) -> Iterator[Row | Fault]:
    """Each row that fits; then, if one does not, its fault, and no more."""
    number, previous, at = (after.number, after.hash, after.at) if after else (0, FIRST, "")
    for row in rows:
        number += 1
        if row.number != number:
            yield Fault(number, f"entry {number} is missing: the log goes on with entry {row.number}")
            return
        if row.previous != previous:
            yield Fault(number, "it does not follow the entry before: its previous hash is another")
            return
        if row.hash != digest(row):
            yield Fault(number, "its hash is not that of its content")
            return
        if row.at < at:
            yield Fault(number, f"it is dated {row.at}, before the entry before it")
            return
        previous, at = row.hash, row.at
        yield row


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    return quoted(text)
