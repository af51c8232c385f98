"""``truceline read``: from sources to readings to output, one at a time, so that a bad one costs only itself."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.cli import faults
from truceline.cli.wording import Toponyms
from truceline.errors import InputError, KnowledgeError, PipelineError
from truceline.model import Document, Moment, Reading

if TYPE_CHECKING:
    from truceline.knowledge import Agreement, Knowledge
    from truceline.reader import Reader

# Fewer texts are read before a bar has been looked at.
_MANY = 4


@dataclass(frozen=True, slots=True)
class Request:
    """What ``truceline read`` was asked."""

    sources: tuple[str, ...]
    published: str | None = None
    publisher: str | None = None
    agreement: str | None = None
    knowledge: Path | None = None
    pipeline: str | None = None
    form: str = "text"
    explain: bool = False
    toponyms: Toponyms = "speaker"
    traceback: bool = False


class Desk:
    """Makes the reader and the agreement when the first readable document asks for them."""

    def __init__(self, request: Request) -> None:
        self._request = request

    @cached_property
    def knowledge(self) -> "Knowledge":
        """What ships, with the user's own folder laid over it."""
        from truceline.knowledge import Knowledge

        return Knowledge.load(self._request.knowledge)

    @cached_property
    def agreement(self) -> "Agreement | None":
        """The agreement that was asked for."""
        return self.knowledge.agreement(self._request.agreement) if self._request.agreement is not None else None

    @cached_property
    def reader(self) -> "Reader":
        """The reader for all documents."""
        from truceline.reader import Reader

        return Reader(agreement=self.agreement, pipeline=self._request.pipeline, knowledge=self.knowledge)

    def read(self, document: Document) -> Reading:
        """Read one document."""
        return self.reader.read_document(document)


def run(request: Request, desk: Desk | None = None) -> int:
    """Read all sources and print what they say; the result is the exit code."""
    from truceline.intake import parse_published

    try:
        published = parse_published(request.published) if request.published is not None else None
    except InputError as fault:
        faults.say(f"--published: {fault}")
        return 2
    desk = desk or Desk(request)
    with faults.told(traceback=request.traceback) as outcome:
        _ = desk.agreement  # an unknown one is told once, not once a source
    if outcome.code:
        return outcome.code
    printer = _printer(request, desk)
    failed = 0
    with _progress(request) as advance:
        for source in request.sources:
            with faults.told(source, traceback=request.traceback) as outcome:
                printer.add(source, desk.read(_document(source, request, published)))
            failed += outcome.code
            if isinstance(outcome.fault, KnowledgeError | PipelineError):
                break  # no fault of this text: the next ones would get the same line
            advance()
    printer.close()
    return 1 if failed else 0


def _document(source: str, request: Request, published: Moment | None) -> Document:
    """The document of a source; what the options say goes before what the document says of itself."""
    from truceline import intake

    if source == "-":
        document = intake.read_stdin()
    elif intake.is_address(source):
        document = intake.fetch(source)
    else:
        document = intake.read_file(source)
    return replace(
        document,
        published=published or document.published,
        publisher=request.publisher or document.publisher,
    )


class JsonPrinter:
    """One object for one source, a list for several; or one object a line."""

    def __init__(self, *, lines: bool, several: bool) -> None:
        self._lines = lines
        self._several = several
        self._count = 0

    def add(self, source: str, reading: Reading) -> None:
        """Print one reading."""
        plain = {"source": source, **reading.to_dict()}
        if self._lines:
            self._write(json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n")
        else:
            before = ("[\n" if self._count == 0 else ",\n") if self._several else ""
            self._write(before + json.dumps(plain, ensure_ascii=False, indent=2) + ("" if self._several else "\n"))
        self._count += 1

    def close(self) -> None:
        """Close the list; one of nothing is empty."""
        if self._several and not self._lines:
            self._write("\n]\n" if self._count else "[]\n")

    def _write(self, written: str) -> None:
        sys.stdout.buffer.write(written.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()


class PloverPrinter:
    """The PLOVER view: one event a line, with the source it was read from."""

    def add(self, source: str, reading: Reading) -> None:
        """Print the events of one reading."""
        for event in reading.to_plover():
            line = json.dumps({"from": source, **event}, ensure_ascii=False, separators=(",", ":"))
            sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
        sys.stdout.buffer.flush()

    def close(self) -> None:
        """Nothing is left open."""


class TextPrinter:
    """The report for eyes."""

    def __init__(self, desk: Desk, *, explain: bool, toponyms: Toponyms) -> None:
        from truceline.cli.console import make_console

        self._desk = desk
        self._explain = explain
        self._toponyms = toponyms
        self._console = make_console()
        self._count = 0

    def add(self, source: str, reading: Reading) -> None:
        """Print one reading."""
        from truceline.cli.report import report

        if self._count:
            self._console.print()
        agreement, explain, toponyms = self._desk.agreement, self._explain, self._toponyms
        self._console.print(report(reading, agreement, source=source, explain=explain, toponyms=toponyms))
        self._count += 1

    def close(self) -> None:
        """Nothing is left open."""


def _printer(request: Request, desk: Desk) -> JsonPrinter | PloverPrinter | TextPrinter:
    if request.form == "text":
        return TextPrinter(desk, explain=request.explain, toponyms=request.toponyms)
    if request.form == "plover":
        return PloverPrinter()
    return JsonPrinter(lines=request.form == "jsonl", several=len(request.sources) > 1)


@contextmanager
def _progress(request: Request) -> Iterator[Callable[[], None]]:
    """A bar on standard error when there is much to do, someone to look, and it would not mix with the output."""
    if len(request.sources) < _MANY or not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=len(request.sources))
        yield lambda: progress.advance(task)
