"""The commands as a user meets them: output, exit codes, one line for each fault."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from truceline.cli import faults, main
from truceline.cli.doctor import Check, report
from truceline.cli.reading import Request, run
from truceline.errors import KnowledgeError

SCRIPT = [str(Path(sys.executable).parent / "truceline")]
needs_reader = pytest.mark.skipif(find_spec("truceline.reader") is None, reason="no reader yet")


def _script(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*SCRIPT, *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
        timeout=120,
    )


@pytest.fixture
def good(tmp_path: Path, text: str) -> str:
    path = tmp_path / "good.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_one_text_is_one_object(good: str, desk: Any, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(Request((good,), form="json", publisher="Wire", published="2021-05-08"), desk) == 0
    plain = json.loads(capfdbinary.readouterr().out)
    assert plain["source"] == good
    assert (plain["document"]["publisher"], plain["document"]["published"]) == ("Wire", "2021-05-08")
    assert len(plain["claims"]) == 4


def test_several_texts_are_a_list_or_lines(good: str, desk: Any, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(Request((good, good), form="json"), desk) == 0
    assert [plain["source"] for plain in json.loads(capfdbinary.readouterr().out)] == [good, good]
    assert run(Request((good, good), form="jsonl"), desk) == 0
    assert [json.loads(line)["source"] for line in capfdbinary.readouterr().out.splitlines()] == [good, good]


def test_a_bad_text_costs_only_itself(good: str, desk: Any, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    boom = tmp_path / "boom.txt"
    boom.write_text("This text goes boom.", encoding="utf-8")
    missing = str(tmp_path / "missing.txt")
    assert run(Request((missing, good, str(boom), good), form="jsonl"), desk) == 1
    printed = capfd.readouterr()
    assert len(printed.out.splitlines()) == 2
    first, second = printed.err.splitlines()
    assert first == f"truceline: {missing}: no such file; check the name"
    assert second == f"truceline: {boom}: unexpected error (ZeroDivisionError: boom); --traceback shows more"


def test_broken_knowledge_is_told_once_and_ends_the_run(good: str, capfd: pytest.CaptureFixture[str]) -> None:
    def read(_: Any) -> Any:
        raise KnowledgeError("acts.yaml: entry acts › shelling: not a mapping")

    assert run(Request((good, good, good), form="json"), SimpleNamespace(agreement=None, read=read)) == 1  # type: ignore[arg-type]
    printed = capfd.readouterr()
    assert printed.err.splitlines() == ["truceline: acts.yaml: entry acts › shelling: not a mapping"]
    assert json.loads(printed.out) == []


def test_a_list_of_nothing_is_still_json(desk: Any, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(Request((str(tmp_path / "a"), str(tmp_path / "b")), form="json"), desk) == 1
    assert json.loads(capfd.readouterr().out) == []


def test_traceback_is_shown_when_asked_for(desk: Any, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    boom = tmp_path / "boom.txt"
    boom.write_text("This text goes boom.", encoding="utf-8")
    assert run(Request((str(boom),), traceback=True), desk) == 1
    assert "ZeroDivisionError" in capfd.readouterr().err.splitlines()[-2]


def test_text_for_eyes(good: str, desk: Any, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(Request((good, good)), desk) == 0
    printed = capfd.readouterr()
    assert printed.out.count("Who says what") == 2
    assert "\x1b" not in printed.out
    assert printed.err == ""


def test_an_impossible_date_is_a_wrong_command(good: str, desk: Any, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(Request((good,), published="2021-02-30"), desk) == 2
    assert capfd.readouterr().err.startswith("truceline: --published: publication date '2021-02-30'")


def test_an_interruption_is_told_in_a_line(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, good: str
) -> None:
    def interrupt(*_: Any) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("truceline.cli.reading.run", interrupt)
    assert main(["read", good]) == 130
    assert capfd.readouterr().err.strip().splitlines() == ["truceline: interrupted"]


def test_what_nobody_foresaw_is_told_in_a_line(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, good: str
) -> None:
    def fail(*_: Any) -> int:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("truceline.cli.reading.run", fail)
    assert main(["read", good]) == 1
    assert capfd.readouterr().err == "truceline: unexpected error (ZeroDivisionError: boom); --traceback shows more\n"


@pytest.mark.parametrize("arguments", [["read"], ["read", "--no-such"], ["no-such"], ["read", "x", "--format", "xml"]])
def test_a_wrong_command_is_told_in_a_line(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    told = capfd.readouterr().err.splitlines()
    assert len(told) == 1
    assert told[0].endswith("--help`")


def test_what_is_said_cannot_steer_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    faults.say("a\x1b[31mb\nc\u202ed")
    assert capfd.readouterr().err == "truceline: a\\x1b[31mb c\\u202ed\n"


def test_schema_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capfd.readouterr().out)["title"] == "Truceline reading"


def test_doctor_fails_when_one_thing_is_broken(capfd: pytest.CaptureFixture[str]) -> None:
    fine = Check("one", True, "1.0")
    assert report([fine], "text") == 0
    assert "all is well" in capfd.readouterr().out
    assert report([fine, Check("two", False, "changed")], "text") == 1
    assert "1 broken" in capfd.readouterr().out
    assert report([fine, Check("two", False, "changed")], "json") == 1
    assert json.loads(capfd.readouterr().out)[1] == {"name": "two", "ok": False, "found": "changed"}


def test_a_changed_pipeline_file_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from truceline.cli import doctor

    files = {"tagger/model": ("a" * 64, "b" * 64), "parser/model": ("c" * 64, "c" * 64)}
    monkeypatch.setattr("truceline.reading.pipeline.pipeline_files", lambda _: files)
    monkeypatch.setattr(
        "truceline.reading.pipeline.load_pipeline",
        lambda _: SimpleNamespace(meta={"lang": "en", "name": "x", "version": "1"}, pipe_names=[]),
    )
    checks = list(doctor._pipeline(None))
    assert [check.ok for check in checks] == [False, False, True]
    assert checks[0].found == "1 of 2 are the pinned ones"
    assert "reinstall" in checks[1].found


def test_nothing_heavy_is_loaded_for_help() -> None:
    code = (
        "import sys, truceline\n"
        "from truceline.cli import main\n"
        "for arguments in (['--help'], ['read', '--help'], ['--version']): assert main(arguments) == 0\n"
        "heavy = {'spacy', 'pydantic', 'numpy', 'rich', 'trafilatura', 'yaml', 'py3langid'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_reader_that_closes_the_pipe_gets_no_traceback() -> None:
    done = subprocess.run(f"{SCRIPT[0]} schema | head -n 1", shell=True, capture_output=True, text=True, check=False)
    assert done.stdout == "{\n"
    assert done.stderr == ""


@needs_reader
def test_standard_input_is_read(text: str) -> None:
    done = _script("read", "-", "--format", "json", stdin=text.encode())
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["source"] == "-"
    assert done.stderr == b""


@needs_reader
def test_a_legacy_locale_costs_letters_of_the_report_and_none_of_the_json() -> None:
    text = "The café’s owner said that rebels shelled it.".encode()
    for form, shown in (("text", "caf?"), ("json", "café")):
        done = _script("read", "-", "--format", form, stdin=text, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
        assert done.returncode == 0, done.stderr
        assert shown in done.stdout.decode()


@needs_reader
def test_agreements_are_listed_and_shown() -> None:
    names = [agreement["name"] for agreement in json.loads(_script("agreements", "--format", "json").stdout)]
    assert "nagorno-karabakh-2020" in names
    assert len(names) >= 2
    for name in names:
        shown = json.loads(_script("agreements", name, "--format", "json").stdout)
        parties = [party["name"] for party in shown["parties"]]
        assert parties == sorted(parties)
        assert shown["obligations"]
        assert parties[0] in _script("agreements", name).stdout.decode()


@needs_reader
def test_doctor_finds_a_broken_data_file(tmp_path: Path) -> None:
    assert _script("doctor").returncode == 0
    (tmp_path / "acts.yaml").write_text("acts: {shelling: 7}\n", encoding="utf-8")
    done = _script("doctor", "--knowledge", str(tmp_path))
    assert done.returncode == 1
    assert b"acts.yaml" in done.stdout.replace(b"\n", b"").replace(b" ", b"")
    assert done.stderr == b""


@needs_reader
def test_output_fits_the_schema_and_is_the_same_each_time(text: str) -> None:
    import jsonschema

    first = _script("read", "-", "--format", "json", "--published", "2020-12-12", stdin=text.encode()).stdout
    second = _script(
        "read", "-", "--format", "json", "--published", "2020-12-12", stdin=text.encode(), PYTHONHASHSEED="7"
    ).stdout
    assert first == second
    jsonschema.validate(json.loads(first), json.loads(_script("schema").stdout))


def test_doctor_looks_at_every_data_file() -> None:
    from truceline.cli.doctor_data import data_files, looks
    from truceline.knowledge import Knowledge

    known = looks(Knowledge.load())
    assert sorted(known) == data_files()
    assert "incidents.yaml" in known


@pytest.mark.parametrize("name", ["incidents.yaml", "control.yaml", "signals.yaml", "times.yaml"])
def test_doctor_names_a_broken_file_of_ones_own(tmp_path: Path, name: str) -> None:
    from truceline.cli import doctor

    (tmp_path / name).write_text("nonsense: 7\n", encoding="utf-8")
    broken = [check for check in doctor._knowledge(tmp_path) if check.ok is False]
    assert [check.name for check in broken] == [f"data: {name}"]
    assert name in broken[0].found
    assert "nonsense" in broken[0].found
