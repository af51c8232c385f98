"""The ledger's commands that make it, bring in and give out: ``init``, ``ingest``, ``export``."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from truceline.cli import faults
from truceline.cli.ledger_options import DEFAULT, as_of, ledger, name_of, opened, person, print_json, progress
from truceline.cli.options import text_or_json, traceback
from truceline.errors import LedgerError

if TYPE_CHECKING:
    from truceline.ledger import Ingested


@click.command()
@click.argument("where", metavar="[PATH|URL]", envvar="TRUCELINE_LEDGER", default=DEFAULT)
@click.option("--agreement", metavar="NAME|FILE", help="The agreement it is kept under; the ledger keeps a copy.")
@person
@text_or_json
@traceback
def init(*, where: str, agreement: str | None, who: str | None, form: str, traceback: bool) -> int:
    """Make a ledger.

    PATH is a file (truceline.db here if none is given); URL a PostgreSQL database, postgresql://user@host/name. A ledger
    that is there is brought up to this version and loses nothing; --agreement then gives it another agreement.

    The key that checkpoints are signed with is made beside it, PATH.key, readable by you alone. Keep a copy elsewhere.
    """
    from truceline.ledger import Ledger
    from truceline.ledger.signing import fingerprint, key_path

    with (
        faults.told(where, traceback=traceback) as outcome,
        Ledger.create(where, agreement=agreement, who=name_of(who)) as made,
        made.view() as view,
    ):
        first = next(view.log()).payload
        key = key_path(made.database, first["ledger"])
        kept = view.agreement.id if view.agreement else None
        told = {"ledger": made.database.name, "id": first["ledger"], "agreement": kept, "entries": view.number}
        told |= {"key": str(key), "public_key": first["public_key"]}
        if form == "json":
            print_json(told)
        else:
            click.echo(f"ledger     {told['ledger']}, {view.number} entries")
            click.echo(f"agreement  {kept or 'none; give one with --agreement'}")
            click.echo(f"key        {key}")
            click.echo(f"           fingerprint {fingerprint(first['public_key'])}")
    return outcome.code


@click.command()
@click.argument("sources", metavar="FILE...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--again", is_flag=True, help="Read anew what was read before; the earlier reading stays in the history.")
@ledger
@person
@click.option("--pipeline", metavar="NAME", help="spaCy pipeline instead of the pinned one.")
@text_or_json
@traceback
def ingest(
    *,
    sources: tuple[str, ...],
    dry_run: bool,
    again: bool,
    where: str,
    who: str | None,
    pipeline: str | None,
    form: str,
    traceback: bool,
) -> int:
    """Read files into the ledger.

    Each file is kept as it is, read, and matched with what is there; it is whole in the ledger before the next is begun.
    What is there already is left alone, so a run that was broken off is simply run again. A file that cannot be read gets
    one line on standard error, and the others are read all the same; the exit code is then 1.
    """
    with faults.told(traceback=traceback) as outcome, opened(where, who) as found:
        if dry_run:
            results = [_would(found, source, again=again) for source in sources]
        else:
            reader = None
            if pipeline is not None:
                from truceline.reader import Reader

                reader = Reader(agreement=found.agreement, pipeline=pipeline)
            results = []
            with progress("reading", len(sources)) as advance:
                for result in found.ingest(sources, reader, again=again):
                    results.append(result)
                    if result.fault is not None:
                        faults.say(str(result.fault))
                    advance(len(results))
            if any(result.outcome in {"added", "again"} for result in results):
                _sign(found)
        _tell_ingested(results, form, dry_run=dry_run)
        outcome.code = int(any(result.outcome == "refused" for result in results))
    return outcome.code


def _would(found: Any, source: str, *, again: bool) -> "Ingested":
    from truceline.errors import InputError
    from truceline.ledger import Ingested, evidence

    try:
        document = evidence.of_file(source).document.id
    except InputError as fault:
        faults.say(str(fault))
        return Ingested(source, "refused", fault=fault)
    known = found.holds(document)
    return Ingested(source, "known" if known and not again else "again" if known else "added", document)


def _sign(found: Any) -> None:
    """A checkpoint after what was added; without the key the ledger is whole all the same."""
    try:
        found.checkpoint()
    except LedgerError as fault:
        faults.say(f"no checkpoint was signed: {fault}")


def _tell_ingested(results: list["Ingested"], form: str, *, dry_run: bool) -> None:
    if form == "json":
        rows = [{"source": r.source, "outcome": r.outcome, "document": r.document, "claims": r.claims} for r in results]
        print_json(rows)
        return
    words = {"added": "added", "again": "read again", "known": "there already", "refused": "refused"}
    counts = {word: sum(result.outcome == name for result in results) for name, word in words.items()}
    said = ", ".join(f"{number} {word}" for word, number in counts.items() if number) or "nothing"
    claims = sum(result.claims for result in results)
    click.echo(
        f"{'would be: ' if dry_run else ''}{said}" + (f"; {claims} claim{'' if claims == 1 else 's'}" if claims else "")
    )


@click.command()
@click.option(
    "--part",
    "parts",
    type=click.Choice(("documents", "claims", "incidents", "plover", "log")),
    multiple=True,
    help="What to give out; more than once for more. plover: events coded after PLOVER, each with its claim.  "
    "[default: documents, claims, incidents]",
)
@click.option("--original", metavar="DOCUMENT", help="Instead, the bytes of one document as they came in.")
@click.option("--to", metavar="FILE", type=click.Path(path_type=Path), help="Where to; standard output if not given.")
@ledger
@as_of
@person
@traceback
def export(
    *,
    parts: tuple[str, ...],
    original: str | None,
    to: Path | None,
    where: str,
    as_of: str | None,
    who: str | None,
    traceback: bool,
) -> int:
    """Give everything out, one JSON object a line.

    A document whose original bytes are given out gets an entry in its custody log.
    """
    with faults.told(traceback=traceback) as outcome, opened(where, who) as found:
        stream = _target(to)
        try:
            if original is not None:
                stream.write(found.hand_over(original, to=to.name if to else "standard output")[1])
            else:
                from truceline.ledger.export import lines

                with found.view(as_of) as view:
                    for line in lines(view, *([parts] if parts else [])):  # type: ignore[arg-type]
                        stream.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
            stream.flush()
        finally:
            if to is not None:
                stream.close()
    return outcome.code


def _target(to: Path | None) -> Any:
    if to is None:
        return sys.stdout.buffer
    try:
        return to.open("wb")
    except OSError as fault:
        raise LedgerError(f"{to}: cannot be written ({fault.strerror}); check the folder") from fault
