"""Is the log whole, and is everything it speaks of still what it was?"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from truceline.errors import LedgerError
from truceline.ledger import log, signing
from truceline.ledger.canonical import sha256
from truceline.ledger.entries import Entry, Fault, Kind, Row, check

Progress = Callable[[int], None]

# What a payload names contents by.
_NAMES = {
    Kind.AGREEMENT: ("content",),
    Kind.DOCUMENT: ("document", "text"),
    Kind.READING: ("document", "content"),
    Kind.ZONE: ("content",),
}


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying found.

    Attributes:
        entries: How many entries fit, from the first.
        contents: How many contents were looked at.
        signed: The newest entry that a good signature covers; 0 when there is none.
        stamped: The newest entry that a good time stamp covers; 0 when there is none.
        head: Hash of the last entry that fits.
        public_key: The key that checkpoints are signed with.
        fault: The first thing that does not fit.
    """

    entries: int
    contents: int
    signed: int
    stamped: int
    head: str
    public_key: str
    fault: Fault | None


def verify(
    connection: Connection,
    *,
    contents: bool = True,
    public_key: str | None = None,
    head: tuple[int, str] | None = None,
    authority: bytes | None = None,
    progress: Progress | None = None,
) -> Verified:
    """Walk the log from its first entry and name the first that does not fit; then look at every content.

    Args:
        connection: One snapshot of the ledger.
        contents: Whether to hash the contents too.
        public_key: The key that the ledger must name as its own, known from elsewhere.
        head: Number and hash of an entry, known from elsewhere (a printed checkpoint).
        authority: Certificate (PEM) of the authority whose time stamps to check.
        progress: Told how many entries were walked.
    """
    walk = _Walk(connection, public_key=public_key, head=head, authority=authority)
    fault: Fault | None = None
    for row in check(log.rows(connection)):
        fault = row if isinstance(row, Fault) else walk.step(row)
        if fault is not None:
            break
        if progress is not None and walk.number % 10_000 == 0:
            progress(walk.number)
    fault = fault or walk.end()
    looked = 0
    if contents and fault is None:
        looked, fault = _contents(connection, walk.named)
    return Verified(walk.number, looked, walk.signed, walk.stamped, walk.hash, walk.key, fault)


class _Walk:
    """What is kept in mind while the log is walked."""

    def __init__(
        self, connection: Connection, *, public_key: str | None, head: tuple[int, str] | None, authority: bytes | None
    ) -> None:
        self.connection = connection
        self.number, self.hash, self.key, self.ledger = 0, "", "", ""
        self.signed, self.stamped = 0, 0
        self.named: dict[str, int] = {}
        self._expected_key, self._head, self._authority = public_key, head, authority
        self._special: dict[str, Callable[[Entry], str | None]] = {
            Kind.LEDGER: self._first,
            Kind.CHECKPOINT: self._checkpoint,
            Kind.STAMP: self._stamp,
            Kind.DOCUMENT: self._names,
            Kind.READING: self._names,
            Kind.AGREEMENT: self._names,
            Kind.ZONE: self._names,
        }
        self._before = ""

    def step(self, row: Row) -> Fault | None:
        """Take in an entry whose hash fits."""
        if (row.number == 1) != (row.kind == Kind.LEDGER.value):
            return Fault(row.number, "a log begins with an entry of kind ledger, and has no other")
        try:
            entry = Entry.of(row)
            look = self._special.get(entry.kind)
            why = look(entry) if look else None
        except (AttributeError, KeyError, TypeError, ValueError):  # somebody hashed anew what no ledger writes
            why = f"its payload is not that of an entry of kind {row.kind}"
        if self._head is not None and row.number == self._head[0] and row.hash != self._head[1]:
            why = "its hash is not the one known from elsewhere"
        if why is not None:
            return Fault(row.number, why)
        self._before, self.number, self.hash = self.hash, row.number, row.hash
        return None

    def end(self) -> Fault | None:
        """What is wrong with the log as a whole."""
        if self.number == 0:
            return Fault(None, "the log is empty")
        if self._head is not None and self.number < self._head[0]:
            return Fault(
                self.number + 1, f"it and all after it are gone: entry {self._head[0]} is known from elsewhere"
            )
        return None

    def _first(self, entry: Entry) -> str | None:
        self.key, self.ledger = entry.payload["public_key"], entry.payload["ledger"]
        if self._expected_key is not None and self._expected_key != self.key:
            return "it names another public key than the one known from elsewhere"
        return None

    def _checkpoint(self, entry: Entry) -> str | None:
        told = entry.payload
        if (told["number"], told["head"]) != (self.number, self.hash):
            return "it signs another head than the entry before it"
        if not signing.is_signed(told, ledger=self.ledger, public_key=self.key):
            return "its signature is not by the ledger's key"
        self.signed = self.number
        return None

    def _stamp(self, entry: Entry) -> str | None:
        if self._authority is None:
            return None
        from truceline.ledger.stamping import check_token

        signed = log.one(self.connection, entry.payload["checkpoint"])
        why = check_token(entry.payload["token"], signed.hash, self._authority)
        if why is None:
            self.stamped = signed.payload["number"]
        return why

    def _names(self, entry: Entry) -> str | None:
        for name in _NAMES[entry.kind]:
            self.named.setdefault(entry.payload[name].removeprefix("sha256:"), entry.number)
        return None


def _contents(connection: Connection, named: dict[str, int]) -> tuple[int, Fault | None]:
    """Hash every content; the fault of the earliest entry that names a bad or a missing one."""
    seen: set[str] = set()
    bad: list[tuple[int, str]] = []
    for key, coding, stored in log.contents(connection):
        seen.add(key)
        try:
            fits = sha256(log.unpack(key, coding, stored)) == key
        except LedgerError:
            fits = False
        if not fits and key in named:
            bad.append((named[key], f"content {key[:16]}… that it names is not what it was"))
    gone = ((number, key) for key, number in named.items() if key not in seen)
    bad += [(number, f"content {key[:16]}… that it names is missing") for number, key in gone]
    first = min(bad, default=None)
    return len(seen), Fault(*first) if first else None
