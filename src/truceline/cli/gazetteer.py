"""``truceline gazetteer``: which places are known, from where, and adding files of one's own."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from truceline.cli import faults
from truceline.cli.options import CONTEXT, text_or_json, traceback

if TYPE_CHECKING:
    from truceline.knowledge.gazetteer import Gazetteer, PlaceRow, PlaceSource

_NAMES_SHOWN = 12


@click.group(context_settings=CONTEXT)
def gazetteer() -> None:
    """Places: list the sources, show a name, add a file.

    What ships is never changed. Files that are added stand beside it; a place that a newer file lacks is still found in
    the older one.
    """


@gazetteer.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="What to call the source.  [default: the file's name]")
@click.option(
    "--date",
    "on",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Of when the file is, as 2020-12-31.  [default: what it says, or its newest row]",
)
@click.option("--licence", metavar="TEXT", default="", help="Under what it may be used.")
@text_or_json
@traceback
def add(*, file: Path, name: str | None, on: datetime | None, licence: str, form: str, traceback: bool) -> int:
    """Add places from a file.

    FILE is a GeoNames dump (XX.txt, .gz or .zip), a TSV or CSV table with a header line (name, and any of id, names, lat,
    lon, kind, country, admin1, parent, population), or GeoJSON. A broken file is refused whole.
    """
    with faults.told(str(file), traceback=traceback) as outcome:
        with _progress(f"adding {file.name}") as advance:
            date = on.date().isoformat() if on else None
            source = _opened().add_file(file, name=name, date=date, licence=licence, progress=advance)
        if form == "json":
            _print_json(asdict(source))
        else:
            dated = f" of {source.date}" if source.date else ""
            click.echo(f"added {source.rows:,} place{'' if source.rows == 1 else 's'} as {source.name}{dated}")
    return outcome.code


@gazetteer.command(name="list")
@text_or_json
@traceback
def list_sources(*, form: str, traceback: bool) -> int:
    """List the sources, with date and licence."""
    with faults.told(traceback=traceback) as outcome:
        sources = _opened().sources()
        if form == "json":
            _print_json([asdict(source) for source in sources])
        else:
            _show_sources(sources)
    return outcome.code


@gazetteer.command()
@click.argument("name")
@text_or_json
@traceback
def show(*, name: str, form: str, traceback: bool) -> int:
    """Show what each source says of a name.

    NAME may be in any spelling or script; nothing is united here, so that each value has its source.
    """
    with faults.told(traceback=traceback) as outcome:
        opened = _opened()
        rows = opened.show(name)
        if form == "json":
            _print_json([asdict(row) for row in rows])
        elif rows:
            _show_rows(rows, opened)
        if not rows:
            faults.say(f"{name!r}: no source has a place of this name; `truceline gazetteer add` takes a file that has")
            outcome.code = 1
    return outcome.code


@gazetteer.command()
@click.argument("source")
@click.option(
    "--date",
    "on",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only the file of this date, where there are several.",
)
@text_or_json
@traceback
def remove(*, source: str, on: datetime | None, form: str, traceback: bool) -> int:
    """Take an added source out again.

    All files of SOURCE are removed; what ships stays.
    """
    with faults.told(traceback=traceback) as outcome:
        files = _opened().remove(source, date=on.date().isoformat() if on else None)
        if form == "json":
            _print_json({"source": source, "files": files})
        else:
            click.echo(f"removed {source} ({files} file{'' if files == 1 else 's'})")
    return outcome.code


def _opened() -> "Gazetteer":
    from truceline.knowledge.gazetteer import Gazetteer

    return Gazetteer.open(say=faults.say)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error where someone looks at it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda taken, total: bar.update(task, advance=taken, total=total)


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _show_sources(sources: "tuple[PlaceSource, ...]") -> None:
    from rich.table import Table

    from truceline.cli.console import make_console, visible

    table = Table(box=None, pad_edge=False, header_style="aside")
    table.add_column("source", overflow="fold")
    table.add_column("places", justify="right", no_wrap=True)
    table.add_column("date", no_wrap=True)
    table.add_column("from", no_wrap=True)
    table.add_column("licence, title", overflow="fold")
    for source in sources:
        about = ", ".join(part for part in (source.licence, source.title) if part)
        origin = "added" if source.added else "shipped"
        table.add_row(visible(source.name), f"{source.rows:,}", source.date, origin, visible(about))
    make_console().print(table)


def _show_rows(rows: "tuple[PlaceRow, ...]", opened: "Gazetteer") -> None:
    from rich.text import Text

    from truceline.cli.console import make_console, visible

    console = make_console()
    for row in rows:
        console.print(Text.assemble((visible(row.name), "title"), (f"  {row.kind}  {row.id}", "aside")))
        console.print(Text("  " + " · ".join(_facts(row, opened))))
        names = [visible(name) for name in row.names[:_NAMES_SHOWN]]
        more = len(row.names) - len(names)
        if names:
            console.print(Text("  also " + ", ".join(names) + (f" and {more} more" if more else ""), style="aside"))


def _facts(row: "PlaceRow", opened: "Gazetteer") -> Iterator[str]:
    """What one source says of a place, part by part."""
    yield f"{row.lat:.5f}, {row.lon:.5f}" if row.lat is not None and row.lon is not None else "no point"
    if row.country:
        yield row.country
    if row.admin1:
        yield row.admin1
    parent = opened.get(row.parent) if row.parent else None
    if parent is not None:
        yield f"in {parent.name}"
    if row.population:
        yield f"{row.population:,} people"
    yield f"{', '.join(row.sources)}{f' {row.date}' if row.date else ''}"
