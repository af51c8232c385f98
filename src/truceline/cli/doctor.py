"""``truceline doctor``: is all that is needed here, unchanged and whole?"""

import json
import platform
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

import click

from truceline.errors import TrucelineError

_SENTENCE = "The ministry said on Friday that two soldiers had been wounded near the border."


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. ``ok`` None says that it is not needed."""

    name: str
    ok: bool | None
    found: str


def examine(extra: Path | None = None, pipeline: str | None = None) -> list[Check]:
    """Look at everything; a broken part is told and does not hide the next one."""
    checks = [Check("truceline", True, f"{metadata.version('truceline')}, Python {platform.python_version()}")]
    checks += _libraries()
    checks += _checked("pipeline", lambda: _pipeline(pipeline))
    checks += _checked("knowledge", lambda: _knowledge(extra))
    checks += _checked("gazetteer", _gazetteer)
    checks += _checked("reading", lambda: _reading(extra, pipeline))
    return checks


def report(checks: list[Check], form: str) -> int:
    """Print the checks; the result is the exit code."""
    broken = [check for check in checks if check.ok is False]
    if form == "json":
        click.echo(json.dumps([asdict(check) for check in checks], indent=2, ensure_ascii=False))
        return bool(broken)
    from rich.table import Table
    from rich.text import Text

    from truceline.cli.console import make_console

    table = Table.grid(padding=(0, 2))
    for _ in range(2):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for check in checks:
        mark = {True: Text("ok"), False: Text("broken", style="flag"), None: Text("not here", style="aside")}[check.ok]
        table.add_row(check.name, mark, check.found)
    console = make_console()
    console.print(table)
    console.print(f"\n{len(broken)} broken" if broken else "\nall is well")
    return bool(broken)


def _checked(name: str, look: Callable[[], Iterator[Check]]) -> Iterator[Check]:
    try:
        yield from look()
    except TrucelineError as fault:
        yield Check(name, False, str(fault))
    except Exception as fault:
        yield Check(name, False, f"unexpected error ({type(fault).__name__}: {fault})")


def _libraries() -> Iterator[Check]:
    """The libraries that the installed package asks for."""
    for requirement in metadata.requires("truceline") or []:
        needed, _, marker = requirement.partition(";")
        if "extra" in marker:
            continue
        name = re.split(r"[^A-Za-z0-9._-]", needed, maxsplit=1)[0]
        try:
            yield Check(name, True, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Check(name, False, f"not installed; run: pip install '{needed.strip()}'")


def _pipeline(name: str | None) -> Iterator[Check]:
    from truceline.reading.pipeline import DEFAULT_PIPELINE, load_pipeline, pipeline_files

    chosen = name or DEFAULT_PIPELINE
    files = pipeline_files(chosen)
    changed = {path: hashes for path, hashes in files.items() if hashes[0] != hashes[1]}
    if files:
        yield Check("pipeline files", not changed, f"{len(files) - len(changed)} of {len(files)} are the pinned ones")
    for path, (pinned, found) in changed.items():
        yield Check(path, False, f"sha256 {found[:16]}…, pinned {pinned[:16]}…; reinstall {chosen}")
    nlp = load_pipeline(chosen)
    about = nlp.meta
    yield Check("pipeline", True, f"{about['lang']}_{about['name']} {about['version']}: {', '.join(nlp.pipe_names)}")


def _knowledge(extra: Path | None) -> Iterator[Check]:
    """Every data file and every agreement, each loaded and validated by itself."""
    from truceline.cli.doctor_data import data_files, looks
    from truceline.knowledge import Knowledge

    knowledge = Knowledge.load(extra)
    known = looks(knowledge)

    def look(name: str) -> Iterator[Check]:
        known[name]()
        yield Check(f"data: {name}", True, "valid")

    def load_agreement(name: str) -> Iterator[Check]:
        agreement = knowledge.agreement(name)
        yield Check(f"agreement: {name}", True, f"valid, {len(agreement.obligations)} obligations")

    for name in sorted({*known, *data_files()}):
        if name not in known:
            yield Check(f"data: {name}", False, "nothing reads it; remove it, or tell doctor its loader")
            continue
        yield from _checked(f"data: {name}", lambda name=name: look(name))  # type: ignore[misc]
    for name in knowledge.agreements():
        yield from _checked(f"agreement: {name}", lambda name=name: load_agreement(name))  # type: ignore[misc]


def _gazetteer() -> Iterator[Check]:
    from truceline.knowledge.gazetteer import Gazetteer

    gazetteer = Gazetteer.open()
    sources = gazetteer.sources()
    yield Check("gazetteer", bool(sources), f"index {gazetteer.version}, {len(sources)} sources")


def _reading(extra: Path | None, pipeline: str | None) -> Iterator[Check]:
    """One sentence, through everything: finds what no single part shows."""
    from truceline.knowledge import Knowledge
    from truceline.reader import Reader

    reading = Reader(pipeline=pipeline, knowledge=Knowledge.load(extra)).read(_SENTENCE)
    claims = len(reading.claims)
    yield Check("reading", claims > 0, f"{claims} claims in a sentence that holds one or more")
