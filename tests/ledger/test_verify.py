"""What was tampered with is found, and the first entry named."""

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from tests.ledger.stand_in import StandInReader, sentence

from truceline.errors import LedgerError
from truceline.ledger import Ledger
from truceline.ledger.entries import Row, digest
from truceline.ledger.log import rows
from truceline.ledger.tables import entry as entry_table

Write = Callable[..., Path]


@pytest.fixture
def filled(ledger: Ledger, write: Write) -> Ledger:
    """Three documents, a checkpoint, a grade."""
    days = ("2021-05-03", "2021-05-04", "2021-05-05")
    paths = [write(f"t{i}", sentence("Alpha", "Bravo", "Dorvan", day)) for i, day in enumerate(days)]
    list(ledger.ingest(paths, StandInReader()))
    ledger.checkpoint()
    ledger.grade("source", "Wire", "B")
    return ledger


def _tamper(ledger: Ledger, *statements: str) -> None:
    """What somebody with the database in his hands can do, who lifts the guard first."""
    with ledger.database.writing() as connection:
        for table in ("entry", "content"):
            for verb in ("update", "delete"):
                on = "" if ledger.database.is_sqlite else f" ON {table}"
                connection.execute(text(f"DROP TRIGGER {table}_{verb}{on}"))
        for statement in statements:
            connection.execute(text(statement))


def test_a_whole_ledger(filled: Ledger) -> None:
    found = filled.verify()
    assert (found.fault, found.entries, found.signed) == (None, 9, 7)
    assert found.contents >= 9
    assert filled.verify(contents=False).contents == 0


@pytest.mark.parametrize(
    ("statement", "number", "why"),
    [
        ("UPDATE entry SET payload = replace(payload, 'Wire', 'Word') WHERE number = 4", 4, "hash"),
        ("UPDATE entry SET who = 'boris' WHERE number = 9", 9, "hash"),
        ("DELETE FROM entry WHERE number = 5", 5, "missing"),
        ("DELETE FROM entry WHERE number = 1", 1, "missing"),
        ("DELETE FROM entry", None, "empty"),
        ("DELETE FROM content WHERE size = (SELECT max(size) FROM content)", None, "missing"),
    ],
)
def test_the_first_bad_entry_is_named(filled: Ledger, statement: str, number: int | None, why: str) -> None:
    _tamper(filled, statement)
    fault = filled.verify().fault
    assert fault is not None and why in fault.why
    assert number is None or fault.number == number


def test_changed_bytes_of_a_document_are_found(filled: Ledger) -> None:
    with filled.view() as view:
        entry = next(entry for entry in view.log() if entry.payload.get("name") == "t1.txt")
    key = entry.payload["document"].removeprefix("sha256:")
    _tamper(filled, f"UPDATE content SET coding = 'plain' WHERE hash = '{key}'")
    fault = filled.verify().fault
    assert fault is not None and fault.number == entry.number and "not what it was" in fault.why
    assert filled.verify(contents=False).fault is None


@pytest.mark.parametrize("payload", ["{}", "[]", "1", "not json", '{"number":1}'])
@pytest.mark.parametrize("kind", ["checkpoint", "document", "stamp", "gossip"])
def test_a_payload_that_no_ledger_writes_is_a_fault_and_no_crash(filled: Ledger, kind: str, payload: str) -> None:
    if not filled.database.is_sqlite:
        pytest.skip("the database has no part in it")
    with filled.database.reading() as connection:
        last = list(rows(connection))[-1]
    forged = Row(last.number + 1, last.at, "boris", kind, payload, last.hash, "")
    forged = forged._replace(hash=digest(forged))
    with filled.database.writing() as connection:
        connection.execute(insert(entry_table), [forged._asdict()])
    fault = filled.verify(authority=b"x").fault
    assert fault is not None and fault.number == forged.number


def test_nothing_is_derived_from_a_log_that_is_not_whole(filled: Ledger) -> None:
    _tamper(filled, "UPDATE entry SET who = 'boris' WHERE number = 4")
    with pytest.raises(LedgerError, match="entry 4"):
        filled.rebuild()


def _rewrite(filled: Ledger, start: int) -> None:
    """Somebody changes an entry and hashes everything after it anew."""
    with filled.database.reading() as connection:
        old = list(rows(connection))
    _tamper(filled)
    previous = old[start - 2].hash
    with filled.database.writing() as connection:
        for row in old[start - 1 :]:
            changed = Row(
                row.number, row.at, "boris" if row.number == start else row.who, row.kind, row.payload, previous, ""
            )
            previous = digest(changed)
            connection.execute(
                text("UPDATE entry SET who = :who, previous = :previous, hash = :hash WHERE number = :number"),
                {**changed._asdict(), "hash": previous},
            )


def test_a_log_that_was_hashed_anew_fails_at_its_checkpoint(filled: Ledger) -> None:
    _rewrite(filled, 4)
    fault = filled.verify().fault
    assert fault is not None and fault.number == 8 and "signs another head" in fault.why


def test_what_comes_after_the_checkpoint_is_held_by_a_head_known_from_elsewhere(filled: Ledger) -> None:
    head = filled.verify().head
    assert filled.verify(head=(9, head)).fault is None
    assert (filled.verify(head=(12, head)).fault or pytest.fail()).number == 10
    _rewrite(filled, 9)
    assert filled.verify().fault is None
    fault = filled.verify(head=(9, head)).fault
    assert fault is not None and fault.number == 9


def test_another_key_is_found(filled: Ledger) -> None:
    assert filled.verify(public_key=filled.verify().public_key).fault is None
    fault = filled.verify(public_key="00" * 32).fault
    assert fault is not None and fault.number == 1


def test_the_key_lies_beside_the_ledger_for_its_owner_alone(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "own.db"):
        pass
    key = tmp_path / "own.db.key"
    assert key.stat().st_mode & 0o777 == 0o600
    key.rename(tmp_path / "away")
    with Ledger.open(tmp_path / "own.db") as ledger, pytest.raises(LedgerError, match="nothing can be signed"):
        ledger.checkpoint()
    key.write_text("no key")
    with Ledger.open(tmp_path / "own.db") as ledger, pytest.raises(LedgerError, match="cannot be read"):
        ledger.checkpoint()


def test_a_checkpoint_is_signed_once(filled: Ledger) -> None:
    assert filled.checkpoint() is not None
    assert filled.checkpoint() is None


def test_half_a_file_is_told_in_one_line(tmp_path: Path, write: Write) -> None:
    path = tmp_path / "half.db"
    with Ledger.create(path) as ledger:
        list(
            ledger.ingest(
                [write("t", *(sentence("Alpha", "Bravo", "Dorvan", "2021-05-03") for _ in range(50)))], StandInReader()
            )
        )
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(LedgerError, match=r"damaged|not a ledger|no ledger"), Ledger.open(path) as ledger:
        ledger.verify()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to play the time-stamp authority")
def test_time_stamps_of_an_authority(filled: Ledger, tmp_path: Path) -> None:
    authority = Authority(tmp_path / "tsa")
    filled.stamp(authority.answer(filled.stamp_request()))
    trusted = authority.certificate.read_bytes()
    found = filled.verify(authority=trusted)
    assert (found.fault, found.stamped) == (None, 7)
    other = Authority(tmp_path / "other").certificate.read_bytes()
    fault = filled.verify(authority=other).fault
    assert fault is not None and fault.number == 10 and "time stamp does not hold" in fault.why
    stale = filled.stamp_request()
    filled.grade("source", "Wire", "C")
    filled.checkpoint()
    with pytest.raises(LedgerError, match="another checkpoint"):
        filled.stamp(authority.answer(stale))
    with pytest.raises(LedgerError, match="no time stamp"):
        filled.stamp(b"nothing")


class Authority:
    """A time-stamp authority of openssl, with a certificate of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self.certificate = folder / "root.pem"
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(
            "[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nCN=Test authority\n"
            "[ca]\nbasicConstraints=critical,CA:TRUE\nsubjectKeyIdentifier=hash\n"
            "[leaf]\nextendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\nbasicConstraints=CA:FALSE\n"
            "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\ncrypto_device=builtin\nsigner_digest=sha256\ndefault_policy=1.2.3.4\n"
            "digests=sha256,sha384,sha512\naccuracy=secs:1\nordering=no\ntsa_name=no\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n"
        )
        self._run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem", "-days", "9",
                  "-subj", "/CN=Test root", "-config", "tsa.cnf", "-extensions", "ca")  # fmt: skip
        self._run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-config", "tsa.cnf")
        self._run("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-out",
                  "tsa.pem", "-days", "9", "-extfile", "tsa.cnf", "-extensions", "leaf")  # fmt: skip

    def answer(self, request: bytes) -> bytes:
        """Stamp what is asked."""
        (self._folder / "request.tsq").write_bytes(request)
        self._run("ts", "-reply", "-queryfile", "request.tsq", "-signer", "tsa.pem", "-inkey", "tsa.key", "-config", "tsa.cnf",
                  "-out", "answer.tsr")  # fmt: skip
        return (self._folder / "answer.tsr").read_bytes()

    def _run(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self._folder, check=True, capture_output=True)
