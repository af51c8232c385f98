"""The ledger's commands that show: ``incidents``, ``show``, ``matrix``, ``search``."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from truceline.cli import faults
from truceline.cli.ledger_options import as_of, ledger, print_json, viewed
from truceline.cli.options import text_or_json, traceback
from truceline.errors import LedgerError

if TYPE_CHECKING:
    from truceline.ledger import View

_DAY = click.DateTime(["%Y-%m-%d"])
_limit = click.option(
    "--limit", metavar="N", type=click.IntRange(1), default=50, show_default=True, help="At most so many."
)


@click.command()
@click.option("--act", metavar="ACT", help="Only of this act.")
@click.option("--place", metavar="NAME", help="Only where this is part of the place's name.")
@click.option("--state", metavar="STATE", help="Only in this state.")
@click.option("--since", metavar="DAY", type=_DAY, help="Only from this day on.")
@click.option("--until", metavar="DAY", type=_DAY, help="Only up to this day.")
@click.option("--summaries", is_flag=True, help="Instead, the claims that count several incidents.")
@_limit
@ledger
@as_of
@text_or_json
@traceback
def incidents(
    *,
    act: str | None,
    place: str | None,
    state: str | None,
    since: datetime | None,
    until: datetime | None,
    summaries: bool,
    limit: int,
    where: str,
    as_of: str | None,
    form: str,
    traceback: bool,
) -> int:
    """List the incidents, in the order of time."""
    with faults.told(traceback=traceback) as outcome, viewed(where, as_of) as view:
        if summaries:
            _list_summaries(view, (act, place, state), since, until, limit, form)
            return outcome.code
        rows = view.incidents(act=act, place=place, state=state, since=_day(since), until=_day(until), limit=limit)
        if form == "json":
            print_json(rows)
        else:
            from truceline.cli.ledger_text import incident_table

            incident_table(rows, view.number)
    return outcome.code


def _list_summaries(
    view: "View", others: Iterable[str | None], since: datetime | None, until: datetime | None, limit: int, form: str
) -> None:
    if any(others):
        raise LedgerError(
            "a summary has no act, place or state of an incident; use --summaries with --since and --until"
        )
    rows = view.summaries(since=_day(since), until=_day(until), limit=limit)
    if form == "json":
        print_json(rows)
    else:
        from truceline.cli.ledger_lineage import summary_table

        summary_table(rows, view.number)


@click.command()
@click.argument("what", metavar="INCIDENT|CLAIM|DOCUMENT|ENTRY")
@ledger
@as_of
@text_or_json
@traceback
def show(*, what: str, where: str, as_of: str | None, form: str, traceback: bool) -> int:
    """Show one incident, claim, document or entry.

    The first letters of an id will do where no other begins so.
    """
    with faults.told(traceback=traceback) as outcome, viewed(where, as_of) as view:
        kind, found = _found(view, what)
        if form == "json":
            print_json(found)
        else:
            from truceline.cli import ledger_text

            getattr(ledger_text, f"show_{kind}")(found, view)
    return outcome.code


def _found(view: "View", what: str) -> tuple[str, dict[str, Any]]:
    """What an id stands for: its form tells; what has none is an incident's name, else a document's hash."""
    if what.isdecimal():
        return "entry", view.entry(int(what))
    if what.startswith("c-"):
        return "claim", view.claim(what)
    if what.startswith("sha256:"):
        return "document", view.document(what)
    try:
        return "incident", view.incident(what)
    except LedgerError as fault:
        for kind, look in (("document", view.document), ("claim", view.claim)):
            try:
                return kind, look(what)
            except LedgerError:
                continue
        raise fault


@click.command(name="matrix")
@click.argument("incident")
@click.option("--cell", metavar="QUESTION", help="The sentences behind one question.")
@ledger
@as_of
@text_or_json
@traceback
def show_matrix(*, incident: str, cell: str | None, where: str, as_of: str | None, form: str, traceback: bool) -> int:
    """Show an incident with every party's version.

    Questions are rows, versions columns: the parties in alphabetical order, the monitor last. 4|3 is four documents of
    three independent origins.
    """
    with faults.told(traceback=traceback) as outcome, viewed(where, as_of) as view:
        from truceline.cli import matrix
        from truceline.cli.console import make_console

        found = view.as_incident(incident)
        if form == "json":
            print_json(matrix.to_dict(found, view.agreement))
            return outcome.code
        console = make_console()
        if cell is not None:
            console.print(matrix.cell(found, cell, view.witnesses(found.claims), view.agreement))
        else:
            console.print(matrix.matrix(found, view.agreement, width=console.width))
    return outcome.code


@click.command()
@click.argument("words", nargs=-1)
@click.option("--act", metavar="ACT", help="Claims of this act.")
@click.option("--modality", metavar="NAME", help="Claims with this modality: asserted, denied, …")
@click.option("--speaker", metavar="NAME", help="Claims by somebody whose name holds this.")
@click.option("--party", metavar="ID", help="Claims by this party or role.")
@click.option("--agent", metavar="ID", help="Claims on what this party is said to have done.")
@click.option("--place", metavar="NAME", help="Claims on a place whose name holds this.")
@click.option("--publisher", metavar="NAME", help="In documents whose publisher's name holds this.")
@click.option("--since", metavar="DAY", type=_DAY, help="Claims on what is said to have happened from this day on.")
@click.option("--until", metavar="DAY", type=_DAY, help="Claims on what is said to have happened up to this day.")
@_limit
@ledger
@as_of
@text_or_json
@traceback
def search(
    *,
    words: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    limit: int,
    where: str,
    as_of: str | None,
    form: str,
    traceback: bool,
    **fields: str | None,
) -> int:
    """Search documents and claims.

    WORDS are looked for in their other forms too; "a phrase" in quotation marks stands together; -word must not occur. With
    any option on claims, claims are listed (in documents with WORDS); else documents.
    """
    from truceline.ledger import Wanted

    asked = " ".join(word if " " not in word else f'"{word}"' for word in words) or None
    wanted = Wanted(words=asked, since=_day(since), until=_day(until), **fields)
    with faults.told(traceback=traceback) as outcome, viewed(where, as_of) as view:
        documents, claims = view.search(wanted, limit)
        if form == "json":
            print_json(claims if wanted.about_claims else documents)
        else:
            from truceline.cli.ledger_text import claim_table, document_table

            claim_table(claims) if wanted.about_claims else document_table(documents)
    return outcome.code


def _day(moment: datetime | None) -> str | None:
    return moment.date().isoformat() if moment is not None else None
