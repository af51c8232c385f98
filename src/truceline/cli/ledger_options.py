"""What the ledger's commands share: which ledger, as known when, in whose name."""

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from truceline.ledger import Ledger, View

DEFAULT = "truceline.db"

ledger = click.option(
    "--ledger",
    "where",
    metavar="PATH|URL",
    envvar="TRUCELINE_LEDGER",
    default=DEFAULT,
    show_default=True,
    help="Which ledger; also TRUCELINE_LEDGER.",
)
"""``--ledger``."""

as_of = click.option(
    "--as-of",
    metavar="DATE",
    help="As known at the end of this day (UTC), at a time, or at an entry's number.",
)
"""``--as-of`` of the commands that read."""

person = click.option(
    "--as",
    "who",
    metavar="NAME",
    envvar="TRUCELINE_PERSON",
    help="In whose name; also TRUCELINE_PERSON.  [default: your login]",
)
"""``--as`` of the commands that write."""


@contextmanager
def opened(where: str, who: str | None = None) -> Iterator["Ledger"]:
    """The ledger that was named, closed again at the end."""
    from truceline.ledger import Ledger

    with Ledger.open(where, who=name_of(who)) as found:
        yield found


@contextmanager
def viewed(where: str, as_of: str | None) -> Iterator["View"]:
    """What was known then."""
    with opened(where) as found, found.view(as_of) as view:
        yield view


def name_of(who: str | None) -> str:
    """The person who writes."""
    if who and who.strip():
        return who.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "unnamed"


@contextmanager
def progress(what: str, total: int | None, *, many: int = 4) -> Iterator[Callable[[int], Any]]:
    """A bar on standard error when someone looks and there is much to do; call it with how much is done."""
    import sys

    if not sys.stderr.isatty() or (total is not None and total < many):
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)


def print_json(value: Any) -> None:
    """One JSON value, indented, on standard output."""
    import json

    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))
