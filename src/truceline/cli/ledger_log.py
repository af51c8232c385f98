"""The ledger's commands that keep it trustworthy: ``log``, ``checkpoint``, ``verify``, ``rebuild``."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from truceline.cli import faults
from truceline.cli.ledger_options import as_of, ledger, opened, person, print_json, progress, viewed
from truceline.cli.options import text_or_json, traceback
from truceline.errors import LedgerError

if TYPE_CHECKING:
    from truceline.ledger import Entry


@click.command(name="log")
@click.option("--kind", metavar="KIND", help="Only entries of this kind: document, reading, decision, state, …")
@click.option(
    "--limit", metavar="N", type=click.IntRange(1), help="The newest N.  [default: 20; all with --format json]"
)
@ledger
@as_of
@text_or_json
@traceback
def log_entries(
    *, kind: str | None, limit: int | None, where: str, as_of: str | None, form: str, traceback: bool
) -> int:
    """Show the entries of the log, the newest last.

    Everything else is derived from them. With --format json one object a line, with the hashes.
    """
    from itertools import islice

    with faults.told(traceback=traceback) as outcome, viewed(where, as_of) as view:
        entries = view.log(kind=_kind(kind), newest=True)
        if form == "json" and limit is None:
            for entry in view.log(kind=_kind(kind)):
                click.echo(json.dumps(entry.to_dict(), ensure_ascii=False))
            return 0
        for entry in reversed(list(islice(entries, limit or 20))):
            click.echo(json.dumps(entry.to_dict(), ensure_ascii=False) if form == "json" else _line(entry))
    return outcome.code


def _kind(name: str | None) -> Any:
    from truceline.ledger import Kind

    try:
        return Kind(name) if name is not None else None
    except ValueError as fault:
        raise LedgerError(f"no kind of entry {name!r}; there are {', '.join(Kind)}") from fault


def _line(entry: "Entry") -> str:
    from truceline.cli.console import visible

    about = entry.payload
    said = " ".join(
        str(about[key]) for key in ("action", "side", "obligation", "state", "grade", "field") if key in about
    )
    names = ("incident", "target", "zone", "name", "document", "agreement", "claims", "number")
    named = next((about[key] for key in names if about.get(key)), "")
    target = " ".join(named) if entry.kind == "tie" and isinstance(named, list) else str(named)
    reason = f" ({about['reason']})" if about.get("reason") else ""
    words = " ".join(part for part in (said, target) if part)
    return visible(
        f"{entry.number:>6}  {entry.at[:16].replace('T', ' ')}  {entry.who:<12} {entry.kind:<11} {words}{reason}"
    )


@click.command()
@click.option("--stamp", metavar="URL", help="Have a time-stamp authority (RFC 3161) stamp it.")
@click.option(
    "--request",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the question to the authority here.",
)
@click.option(
    "--answer",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Enter the authority's answer from here.",
)
@ledger
@person
@text_or_json
@traceback
def checkpoint(
    *,
    stamp: str | None,
    request: Path | None,
    answer: Path | None,
    where: str,
    who: str | None,
    form: str,
    traceback: bool,
) -> int:
    """Sign the log as it stands.

    `ingest` does so by itself. A checkpoint printed or sent elsewhere lets anyone see later that nothing before it was
    changed: verify --head NUMBER:HASH.
    """
    with faults.told(traceback=traceback) as outcome, opened(where, who) as found:
        if answer is None:
            found.checkpoint()
        signed = found.last_checkpoint()
        if request is not None:
            _write(request, found.stamp_request())
        if answer is not None:
            found.stamp(_read(answer))
        elif stamp is not None:
            found.stamp(stamp)
        told = {
            "number": signed.payload["number"],
            "head": signed.payload["head"],
            "entry": signed.number,
            "at": signed.at,
        }
        if form == "json":
            print_json(told)
        else:
            click.echo(f"signed: {told['number']}:{told['head']} at {signed.at}")
    return outcome.code


@click.command()
@click.option("--head", metavar="NUMBER:HASH", help="A checkpoint that you know from elsewhere.")
@click.option("--public-key", metavar="HEX", help="The ledger's public key, as you know it from elsewhere.")
@click.option(
    "--authority",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Certificate (PEM) of its time-stamp authority.",
)
@click.option("--chain-only", is_flag=True, help="Look at the log only, not at the documents' bytes.")
@ledger
@text_or_json
@traceback
def verify(
    *,
    head: str | None,
    public_key: str | None,
    authority: Path | None,
    chain_only: bool,
    where: str,
    form: str,
    traceback: bool,
) -> int:
    """Check that nothing was changed.

    Names the first entry that does not fit. Walks the log from its first entry, checks each hash, each link, each signature
    and each time stamp, then the hash of every document and reading. The exit code is 0 if all is whole, 1 if not.
    """
    with faults.told(traceback=traceback) as outcome, opened(where) as found, progress("verifying", None) as advance:
        known = _head(head) if head is not None else None
        trusted = _read(authority) if authority is not None else None
        result = found.verify(
            contents=not chain_only, public_key=public_key, head=known, authority=trusted, progress=advance
        )
        fault = result.fault
        if form == "json":
            why = {"entry": fault.number, "why": fault.why} if fault else None
            names = ("entries", "contents", "signed", "stamped", "head", "public_key")
            print_json({"whole": fault is None, **{name: getattr(result, name) for name in names}, "fault": why})
        elif fault is None:
            signed = f"signed up to entry {result.signed}" if result.signed else "not signed"
            click.echo(f"whole: {result.entries} entries, {result.contents} contents; {signed}")
            click.echo(f"head: {result.entries}:{result.head}")
        if fault is not None:
            about = f"entry {fault.number}: " if fault.number else ""
            faults.say(f"{found.database.name}: {about}{fault.why}; the {result.entries} entries before it are whole")
            outcome.code = 1
    return outcome.code


def _head(written: str) -> tuple[int, str]:
    number, _, digest = written.partition(":")
    if not number.isdecimal() or len(digest) != 64:
        raise LedgerError(f"--head {written}: write NUMBER:HASH, as `truceline checkpoint` prints it")
    return int(number), digest.lower()


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise LedgerError(f"{path}: cannot be written ({fault.strerror})") from fault


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise LedgerError(f"{path}: cannot be read ({fault.strerror})") from fault


@click.command()
@click.option("--dry-run", is_flag=True, help="Only compare.")
@ledger
@text_or_json
@traceback
def rebuild(*, dry_run: bool, where: str, form: str, traceback: bool) -> int:
    """Derive every table again from the log.

    Nothing is lost by it: the log and the documents are all there is. Says which tables came out otherwise than they were;
    after an update of Truceline that is to be expected of incidents.
    """
    with faults.told(traceback=traceback) as outcome, opened(where) as found:
        result = found.rebuild(keep=not dry_run)
        if form == "json":
            print_json({"entries": result.entries, "rows": result.rows, "changed": list(result.changed)})
        else:
            rows = sum(result.rows.values())
            same = "the same as before" if not result.changed else f"other than before: {', '.join(result.changed)}"
            click.echo(f"{result.entries} entries, {rows} rows: {same}")
    return outcome.code
