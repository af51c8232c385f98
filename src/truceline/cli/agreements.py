"""``truceline agreements``: which there are, and what one of them says."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from truceline.cli import wording

if TYPE_CHECKING:
    from truceline.knowledge import Agreement


def list_agreements(extra: Path | None, form: str) -> None:
    """Print a line for each agreement that is known."""
    from truceline.knowledge import Knowledge

    knowledge = Knowledge.load(extra)
    known = {name: knowledge.agreement(name) for name in knowledge.agreements()}
    if form == "json":
        click.echo(
            json.dumps([_brief(name, agreement) for name, agreement in known.items()], indent=2, ensure_ascii=False)
        )
        return
    from rich.table import Table

    from truceline.cli.console import make_console

    table = Table(box=None, pad_edge=False, header_style="aside")
    for column in ("name", "signed"):
        table.add_column(column, no_wrap=True)
    for column in ("parties", "title"):
        table.add_column(column, overflow="fold")
    table.add_column("obligations", justify="right")
    for name, agreement in known.items():
        parties = ", ".join(party.name for party in agreement.parties)
        table.add_row(name, str(agreement.signed), parties, agreement.title, str(len(agreement.obligations)))
    make_console().print(table)


def show_agreement(name: str, extra: Path | None, form: str) -> None:
    """Print the parties, roles and obligations of one agreement."""
    from truceline.knowledge import Knowledge

    agreement = Knowledge.load(extra).agreement(name)
    if form == "json":
        click.echo(json.dumps(_whole(name, agreement), indent=2, ensure_ascii=False))
        return
    from rich.table import Table
    from rich.text import Text

    from truceline.cli.console import make_console

    console = make_console()
    console.print(Text(agreement.title, style="title"))
    console.print(Text(f"{agreement.id} · in force from {wording.day(agreement.effective)}", style="aside"))
    sections: dict[str, list[tuple[str, str]]] = {
        "Parties": [(party.name, ", ".join(member.who for member in party.members)) for party in agreement.parties],
        "Roles": sorted({(rule.role, " ".join((rule.who, *rule.only))) for rule in agreement.roles}),
        "Obligations": [(obligation.id, obligation.says) for obligation in agreement.obligations],
    }
    for title, rows in sections.items():
        console.print(Text(f"\n{title}", style="heading"))
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column(ratio=1, overflow="fold")
        for row in rows:
            table.add_row(*row)
        console.print(table)


def _brief(name: str, agreement: "Agreement") -> dict[str, Any]:
    return {
        "name": name,
        "id": agreement.id,
        "title": agreement.title,
        "signed": agreement.signed.isoformat(),
        "effective": agreement.effective.isoformat(),
        "parties": [{"id": party.id, "name": party.name} for party in agreement.parties],
        "obligations": len(agreement.obligations),
    }


def _whole(name: str, agreement: "Agreement") -> dict[str, Any]:
    return {
        **_brief(name, agreement),
        "roles": [{"role": rule.role, "who": rule.who, "only": list(rule.only)} for rule in agreement.roles],
        "obligations": [obligation.model_dump(mode="json", by_alias=True) for obligation in agreement.obligations],
    }
