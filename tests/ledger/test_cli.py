"""The ledger's commands, from init to export."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.stand_in import StandInReader, sentence

from truceline.cli.commands import main

Write = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(where: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command on a ledger of one's own: exit code, output, messages."""
    monkeypatch.setenv("TRUCELINE_LEDGER", where)
    monkeypatch.setenv("TRUCELINE_PERSON", "anna")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("truceline.reader.Reader", lambda **_: StandInReader())

    def one(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return one


@pytest.fixture
def filled(run: Run, write: Write) -> Run:
    """A ledger with two incidents."""
    paths = [
        write(
            "one", sentence("Alpha", "Bravo", "Dorvan", "2021-05-03"), sentence("Alpha", "Bravo", "Keld", "2021-05-03")
        ),
        write("two", sentence("Bravo", "Alpha", "Dorvan", "2021-05-03", "denied")),
    ]
    assert run("init")[0] == 0
    assert run("ingest", *map(str, paths))[:2] == (0, "2 added; 3 claims\n")
    return run


def _json(run: Run, *arguments: str) -> Any:
    code, out, err = run(*arguments, "--format", "json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_from_init_to_export(filled: Run, tmp_path: Path) -> None:
    inbox = sorted(str(path) for path in (tmp_path / "inbox").iterdir())
    assert filled("ingest", *inbox)[1] == "2 there already\n"
    assert filled("ingest", "--dry-run", "--again", *inbox)[1] == "would be: 2 read again\n"
    assert [row["id"] for row in _json(filled, "incidents")] == ["dorvan-2021-05-03", "keld-2021-05-03"]
    incident = _json(filled, "show", "dorvan")
    claim = incident["claims"][0]
    assert _json(filled, "show", claim)["incident"] == "dorvan-2021-05-03"
    document = _json(filled, "show", claim)["document"]
    assert _json(filled, "show", document)["custody"][0]["action"] == "received"
    assert _json(filled, "show", document[7:15])["id"] == document
    assert _json(filled, "show", "1")["kind"] == "ledger"
    assert [row["title"] for row in _json(filled, "search", "Keld")] == ["one"]
    assert len(_json(filled, "search", "--party", "bravo")) == 1
    assert _json(filled, "search", "Keld", "--as-of", "1") == []
    lines = filled("log", "--format", "json")[1].splitlines()
    assert [json.loads(line)["number"] for line in lines] == list(range(1, len(lines) + 1))
    assert _json(filled, "verify")["whole"] is True
    assert _json(filled, "rebuild")["changed"] == []
    assert _json(filled, "rebuild", "--dry-run")["entries"] == len(lines)
    for form in (("incidents",), ("show", "dorvan"), ("show", claim), ("show", document), ("show", "3"), ("search", "Keld"),
                 ("search", "--act", "shelling"), ("log",), ("verify",), ("rebuild",), ("checkpoint",)):  # fmt: skip
        code, out, err = filled(*form)
        assert (code, err) == (0, ""), form
        assert out.strip()
    assert filled("export", "--to", "out.jsonl") == (0, "", "")
    kinds = [json.loads(line)["type"] for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert kinds == ["document"] * 2 + ["claim"] * 3 + ["incident"] * 2
    assert filled("export", "--original", document, "--to", "original.txt")[0] == 0
    assert (tmp_path / "original.txt").read_bytes() in [Path(path).read_bytes() for path in inbox]
    assert _json(filled, "show", document)["custody"][-1]["action"] == "handed over"


def test_the_matrix_of_an_incident(filled: Run) -> None:
    assert _json(filled, "matrix", "dorvan")["id"] == "dorvan-2021-05-03"
    assert filled("matrix", "dorvan")[0] == 0


def test_reviewing(filled: Run) -> None:
    claim = _json(filled, "show", "dorvan")["claims"][0]
    for command in (
        ("accept", claim),
        ("reject", claim, "--reason", "another night"),
        ("undo", "8"),
        ("merge", "dorvan-2021-05-03", "keld-2021-05-03"),
        ("split", "dorvan-2021-05-03", claim),
        ("grade", "source", "Wire", "B"),
        ("grade", "claim", claim, "4"),
        ("state", "dorvan-2021-05-03", "logged"),
        ("assess", "source", "Wire", "late but careful"),
        ("correct", claim, "counts", "killed=3-4"),
        ("correct", claim, "place", "Keld@40,46"),
    ):
        code, out, err = filled("review", *command)
        assert (code, err) == (0, ""), command
        assert out.startswith("entry ") and out.endswith(" by anna\n")
    assert "set by anna; the machine read Dorvan" in filled("show", claim)[1]
    assert _json(filled, "rebuild")["changed"] == []


def test_a_checkpoint_known_from_elsewhere(filled: Run) -> None:
    told = _json(filled, "checkpoint")
    assert filled("verify", "--head", f"{told['number']}:{told['head']}")[0] == 0
    code, out, err = filled("verify", "--head", f"{told['number']}:{'0' * 64}")
    assert (code, out) == (1, "")
    assert f"entry {told['number']}: its hash is not the one known from elsewhere" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "nowhere"), "no incident nowhere"),
        (("show", "c-none"), "no claim c-none"),
        (("show", "99"), "no entry 99"),
        (("show", "dorvan", "--as-of", "yesterday"), "no such day or time"),
        (("search", "'"), "no word to search for"),
        (("log", "--kind", "gossip"), "no kind of entry"),
        (("verify", "--head", "7"), "write NUMBER:HASH"),
        (("verify", "--authority", "none.pem"), "cannot be read"),
        (("export", "--to", "no/such/folder"), "cannot be written"),
        (("ingest", "none.txt"), "no such file"),
        (("review", "state", "dorvan", "closed"), "needs a reason"),
        (("review", "state", "dorvan", "verified"), "cannot become"),
        (("review", "correct", "c-", "act", "x"), "more than one claim begins so"),
        (("review", "merge", "dorvan"), "needs two incidents"),
        (("checkpoint", "--stamp", "ftp://x"), "not an address"),
        (("init", "--agreement", "none"), "unknown agreement"),
        (("incidents", "--ledger", "none.db"), "no ledger here"),
        (("incidents", "--ledger", "."), "no ledger here"),
        (("incidents", "--ledger", "mysql://x/y"), "SQLite"),
        (("incidents", "--ledger", "postgresql://nobody@127.0.0.1:1/none"), "the database says"),
    ],
)
def test_what_goes_wrong_is_told_in_one_line_and_changes_nothing(
    filled: Run, arguments: tuple[str, ...], words: str
) -> None:
    before = _json(filled, "verify")
    code, _, err = filled(*arguments)
    assert code == 1
    assert words in err
    assert err.count("\n") == 1
    assert "unexpected" not in err
    after = _json(filled, "verify")
    assert after["whole"] and after["head"] == before["head"]


def test_a_refused_file_sets_the_exit_code(run: Run, write: Write, tmp_path: Path) -> None:
    run("init")
    (tmp_path / "bad.txt").write_bytes(b"%PDF-1.7\n")
    code, out, err = run("ingest", "bad.txt", str(write("one", sentence("Alpha", "Bravo", "Dorvan", "2021-05-03"))))
    assert (code, out) == (1, "1 added, 1 refused; 1 claim\n")
    assert err.count("\n") == 1
    assert _json(run, "verify")["whole"]


def test_without_the_key_it_works_and_says_so(run: Run, write: Write, tmp_path: Path, where: str) -> None:
    run("init")
    for key in [*tmp_path.glob("*.key"), *tmp_path.glob("config/truceline/keys/*")]:
        key.unlink()
    code, _, err = run("ingest", str(write("one", sentence("Alpha", "Bravo", "Dorvan", "2021-05-03"))))
    assert code == 0
    assert "no checkpoint was signed" in err
    assert "not signed" in run("verify")[1]
