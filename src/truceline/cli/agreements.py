"""``truceline agreements``: which there are, what one says, whether a file is right, and a new one."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from truceline.cli import faults
from truceline.cli.options import CONTEXT, text_or_json, traceback

if TYPE_CHECKING:
    from truceline.knowledge import Knowledge
    from truceline.knowledge.agreement_check import Checked, Told
    from truceline.knowledge.agreement_faults import Referred

knowledge_option = click.option(
    "--knowledge",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder with data files of your own, added to the shipped ones.",
)


class _ShowsByDefault(click.Group):
    """A group whose first argument may be what to show instead of a command."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in self.commands:
            given = {name: ctx.params[name] for name in ("knowledge", "form", "traceback")}
            ctx.default_map = {"show": {name: value for name, value in given.items() if value}}
            args = ["show", *args]
        return super().resolve_command(ctx, args)


@click.group(
    cls=_ShowsByDefault,
    context_settings=CONTEXT,
    invoke_without_command=True,
    subcommand_metavar="[NAME|FILE] | [COMMAND] [ARGS]...",
)
@knowledge_option
@text_or_json
@traceback
@click.pass_context
def agreements(ctx: click.Context, *, knowledge: Path | None, form: str, traceback: bool) -> int | None:
    """Agreements: list, show, check, begin a new one.

    Without a command the agreements are listed; with a NAME or FILE in its place, that one is shown.
    """
    if ctx.invoked_subcommand is not None:
        return None
    return _list(knowledge, form, traceback=traceback)


@agreements.command(name="list")
@knowledge_option
@text_or_json
@traceback
def list_agreements(*, knowledge: Path | None, form: str, traceback: bool) -> int:
    """List the agreements that are known."""
    return _list(knowledge, form, traceback=traceback)


def _list(extra: Path | None, form: str, *, traceback: bool) -> int:
    from truceline.cli.agreement_text import agreements_list
    from truceline.knowledge import Knowledge

    with faults.told(traceback=traceback) as outcome:
        knowledge = Knowledge.load(extra)
        known = {name: knowledge.agreement(name) for name in knowledge.agreements()}
        if form == "json":
            from truceline.cli.agreement_json import brief

            _print_json([brief(name, agreement) for name, agreement in known.items()])
        else:
            from truceline.cli.console import make_console

            console = make_console()
            for part in agreements_list(known):
                console.print(part)
    return outcome.code


@agreements.command()
@click.argument("name", metavar="NAME|FILE")
@knowledge_option
@text_or_json
@traceback
def show(*, name: str, knowledge: Path | None, form: str, traceback: bool) -> int:
    """Show an agreement: parties, texts, obligations.

    Of each obligation it is told what it is, whose, when due, what was moved later, which dates follow from it, and which
    acts put it in question or carry it out. What the file is not sure of says so. JSON has everything, persons and
    sources included.
    """
    from truceline.cli.agreement_text import agreement_text
    from truceline.knowledge import Knowledge

    with faults.told(traceback=traceback) as outcome:
        known = Knowledge.load(knowledge)
        agreement = known.agreement(name)
        if form == "json":
            from truceline.cli.agreement_json import whole

            _print_json(whole(name, agreement))
        else:
            from truceline.cli.console import make_console

            console = make_console()
            for part in agreement_text(agreement, known, console.width):
                console.print(part)
    return outcome.code


@agreements.command()
@click.argument("files", metavar="FILE|NAME...", nargs=-1, required=True)
@knowledge_option
@text_or_json
@traceback
def check(*, files: tuple[str, ...], knowledge: Path | None, form: str, traceback: bool) -> int:
    """Check agreement files: every fault, and what is odd.

    Each fault is a line: file, line, entry, what is wrong, what to do. What is allowed but odd (a fact that is not sure, an
    act that both serves and questions, a promise without a date) is told as "odd" and is no fault. The exit code is 0 if no
    file has a fault, 1 otherwise.
    """
    from truceline.knowledge import Knowledge
    from truceline.knowledge.agreement_check import check_agreement

    known = None
    found: list[tuple[str, Checked]] = []
    worst = 0
    for name in files:
        with faults.told(name, traceback=traceback) as outcome:
            known = known or Knowledge.load(knowledge)
            checked = check_agreement(known.agreements().get(name, Path(name)), _referred(known))
            found.append((name, checked))
            if form == "text":
                _tell(name, checked)
        worst = max(worst, outcome.code, int(any(checked.faults for _, checked in found)))
    if form == "json":
        _print_json([{"file": name, **_as_dict(checked)} for name, checked in found])
    return worst


def _referred(known: "Knowledge") -> "Referred":
    from truceline.knowledge.agreement_faults import Referred

    folders = known.data("bulletins")
    templates = frozenset(path.name.removesuffix(".yaml") for folder in folders for path in folder.iterdir())
    return Referred(known.acts, known.actors, known.countries, templates=templates)


def _tell(name: str, checked: "Checked") -> None:
    from truceline.cli.console import visible

    shown = visible(name)
    for fault in checked.faults:
        click.echo(f"{shown}:{fault.line}: {visible(fault.message)}")
    for odd in checked.odd:
        click.echo(f"{shown}:{odd.line}: odd: {visible(odd.message)}")
    click.echo(f"{shown}: {_counted(len(checked.faults), 'fault')}, {_counted(len(checked.odd), 'thing')} odd")


def _counted(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _as_dict(checked: "Checked") -> dict[str, Any]:
    def told(findings: "tuple[Told, ...]") -> list[dict[str, Any]]:
        return [
            {"line": one.line, "column": one.column, "entry": one.entry, "message": one.message} for one in findings
        ]

    return {"faults": told(checked.faults), "odd": told(checked.odd)}


@agreements.command()
@click.argument("name", metavar="ID")
@click.option(
    "--kind",
    type=click.Choice(("interstate", "intrastate", "local", "multiparty")),
    default="intrastate",
    show_default=True,
    help="Between states, within one, for a place, or among more than two sides.",
)
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help="Where to write it.  [default: standard output]"
)
@traceback
def new(*, name: str, kind: Any, out: Path | None, traceback: bool) -> int:
    """Write a new agreement file to be filled in.

    ID is what the agreement will be called, such as lake-2031. What is to be filled in says TODO; `truceline agreements
    check` tells what is left. A file that is there is not written over.
    """
    from truceline.knowledge.skeleton import agreement_skeleton

    with faults.told(str(out) if out else None, traceback=traceback) as outcome:
        text = agreement_skeleton(name, kind)
        if out is None:
            click.echo(text, nl=False)
        else:
            _write(out, text)
            click.echo(f"written to {out}; fill in what says TODO, then run `truceline agreements check {out}`")
    return outcome.code


def _write(out: Path, text: str) -> None:
    from truceline.errors import KnowledgeError

    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as fault:
        raise KnowledgeError(f"{out}: is there already; give another name, or move it away first") from fault
    except OSError as fault:
        raise KnowledgeError(f"{out}: cannot be written ({(fault.strerror or str(fault)).lower()})") from fault


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
