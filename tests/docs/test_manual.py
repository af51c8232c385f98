"""The manual says what is so: its commands run, its tables are tests, its lists are whole."""

import doctest
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from truceline.model.codec import json_schema

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
# The pages whose examples are run here; those on a part of the reading have tests beside that part.
OWN = [
    DOCS / f"{name}.md"
    for name in ("index", "agreements", "claims", "reading", "json", "failures", "cli", "architecture")
]
needs_reader = pytest.mark.skipif(find_spec("truceline.reader") is None, reason="no reader yet")


def _run(command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the manual with the installed truceline and nothing of this terminal."""
    bin_folder = Path(sys.executable).parent
    environment = {**os.environ, "COLUMNS": "80", "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}", **more}
    return subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def _blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def _sessions(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Each command of the page's console blocks with the lines expected of it."""
    for block in _blocks(page, "console"):
        for session in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *expected = session.rstrip("\n").split("\n")
            yield command, expected


def _pattern(line: str) -> str:
    """A line of the manual, in which ``…`` stands for anything, as a regular expression."""
    return ".*".join(re.escape(part) for part in line.split("…"))


def _missing(expected: list[str], printed: str) -> str | None:
    """The first expected line that does not follow the ones before it; None when all do."""
    rest = iter(printed.splitlines())
    for line in expected:
        if line != "…" and not any(re.fullmatch(_pattern(line), found.rstrip()) for found in rest):
            return line
    return None


@needs_reader
@pytest.mark.parametrize(
    ("page", "command", "expected"), [(page.name, *session) for page in OWN for session in _sessions(page)]
)
def test_commands_print_what_the_manual_shows(page: str, command: str, expected: list[str]) -> None:
    done = _run(command, ROOT)
    assert done.returncode == 0, done.stderr
    assert _missing(expected, done.stdout) is None


def _keeps_a_ledger(page: Path) -> bool:
    return any(command.startswith("truceline init") for command, _ in _sessions(page))


@needs_reader
@pytest.mark.parametrize("page", [page for page in PAGES if _keeps_a_ledger(page)], ids=lambda page: page.name)
def test_pages_on_a_ledger_print_what_they_show(page: Path, tmp_path: Path) -> None:
    places = {"TRUCELINE_LEDGER": str(tmp_path / "truceline.db"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    for command, expected in _sessions(page):
        done = _run(command.replace("/tmp/", f"{tmp_path}/"), ROOT, **places)
        assert done.returncode == 0, (command, done.stderr)
        assert _missing(expected, done.stdout) is None, (command, done.stdout)


@needs_reader
@pytest.mark.parametrize("page", [page for page in OWN if _blocks(page, "pycon")], ids=lambda page: page.name)
def test_python_examples_run(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert tried
    assert not failed


def _help_blocks() -> list[tuple[str, str]]:
    shown = re.findall(
        r"^```text\n\$ (truceline.*?--help)\n(.*?)^```$", (DOCS / "cli.md").read_text("utf-8"), re.M | re.S
    )
    return [(command, text) for command, text in shown]


def test_every_command_has_its_help_in_the_manual() -> None:
    from truceline.cli.commands import truceline

    assert {command for command, _ in _help_blocks()} == set(_commands(truceline, "truceline"))


def _commands(command: click.Command, called: str) -> Iterator[str]:
    """A command's ``--help``, and those of the commands in it."""
    yield f"{called} --help"
    for name, inner in command.commands.items() if isinstance(command, click.Group) else ():
        yield from _commands(inner, f"{called} {name}")


@pytest.mark.parametrize(("command", "text"), _help_blocks())
def test_help_in_the_manual_is_what_is_printed(command: str, text: str) -> None:
    assert _run(command, ROOT).stdout.rstrip() == text.rstrip()


def test_every_json_key_is_in_the_manual() -> None:
    schema = json_schema()
    kinds = {"Reading": schema, **schema["$defs"]}
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", (DOCS / "json.md").read_text("utf-8"), re.M | re.S))
    for kind, definition in kinds.items():
        if definition.get("type") == "object":
            keys = set(re.findall(r"^\| `(\w+)` \|", sections[kind], re.M)) - {"source" if kind == "Reading" else ""}
            assert keys == set(definition["properties"]), kind


def test_every_modality_is_in_the_manual() -> None:
    from truceline.model import Modality

    page = (DOCS / "claims.md").read_text("utf-8")
    assert all(f"| `{modality}` |" in page for modality in Modality)


def test_every_page_is_in_the_navigation_and_the_other_way_round() -> None:
    in_navigation = set(re.findall(r": (\w+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.M))
    assert {page.name for page in PAGES} <= in_navigation
    assert {page.name for page in OWN} <= in_navigation


@pytest.fixture(scope="module")
def bad_inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The inputs that the table of failures.md speaks of."""
    folder = tmp_path_factory.mktemp("bad")
    russian = "Министерство обороны сообщило в пятницу, что ночью обстреляли два поста у села. Трое солдат ранены."
    contents = {
        "empty.txt": b"",
        "blank.txt": b" \n\t\n",
        "pdf.txt": b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n",
        "image.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        "binary.txt": bytes(range(256)) * 8,
        "huge.txt": b"The ministry said so. \n" * (50_000_000 // 23) + b"x" * (50_000_000 % 23),
        "line.txt": b"word " * 1_000_000,
        "russian.txt": russian.encode(),
        "cp1251.txt": russian.encode("cp1251"),
        "arabic.txt": "قالت وزارة الدفاع إن قذائف سقطت على موقعين للجيش ليلة الجمعة".encode(),
        "spanish.txt": "El ministerio dijo el viernes que los rebeldes atacaron dos puestos del ejército.".encode(),
        "page.html": b"<!doctype html><html><body><nav></nav></body></html>",
        "header.txt": b"---\ntitle: A title\npublished: 2021-02-30\n---\nThe ministry said so.\n",
        "good.txt": b"The ministry said on Friday that rebels shelled two posts.\n",
        "broken.yaml": b"id: broken\ntitle: [unclosed\n",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "folder").mkdir()
    (folder / "knowledge").mkdir()
    (folder / "knowledge" / "acts.yaml").write_text("acts: {shelling: 7}\n", encoding="utf-8")
    for name, member in (("archive.txt", "notes.txt"), ("letter.docx", "word/document.xml")):
        with zipfile.ZipFile(folder / name, "w") as archive:
            archive.writestr(member, "text")
    return folder


def _failures() -> list[tuple[str, str, int]]:
    rows = re.findall(
        r"^\| .*? \| `(truceline .*?)` \| `(truceline: .*?)` \| (\d+) \|$",
        (DOCS / "failures.md").read_text("utf-8"),
        re.M,
    )
    return [(command, line, int(code)) for command, line, code in rows]


def test_the_table_of_failures_was_found() -> None:
    assert len(_failures()) >= 20


@needs_reader
@pytest.mark.parametrize(("command", "line", "code"), _failures())
def test_failures_are_told_as_the_manual_says(bad_inputs: Path, command: str, line: str, code: int) -> None:
    done = _run(command, bad_inputs)
    told = done.stderr.splitlines()
    assert len(told) == 1, done.stderr
    assert re.fullmatch(_pattern(line), told[0])
    assert done.returncode == code
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_readme_has_two_setup_lines_and_names_only_what_is_there() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    lines = re.findall(r"^```sh setup\n(.*?)^```$", readme, re.M | re.S)
    assert len(lines) == 2
    assert all(line.count("\n") == 1 for line in lines)
    linked = re.findall(r"\]\(([^)#]+)", readme)
    assert not [link for link in linked if not (ROOT / link).exists()]
    for path in re.findall(r"(?:-r |read )((?:requirements|examples)/\S+)", "".join(lines)):
        assert (ROOT / path).exists()


def test_ci_runs_the_readmes_own_lines() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "README.md" in script
    assert '"${setup[0]}"' in script
    assert '"${setup[1]}"' in script


def test_the_truceline_command_is_installed() -> None:
    assert shutil.which("truceline", path=str(Path(sys.executable).parent))


def test_requirements_are_pinned_by_hash_and_name_no_index() -> None:
    for name in ("base", "test", "docs"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        pins = re.findall(r"^[\w.\[\]-]+==.*$", text, re.M)
        assert len(pins) > 20
        assert all(pin.endswith("\\") for pin in pins)
        assert "index" not in text
        assert "://" not in text
