"""``truceline signals``: threats, mobilisation, protests, talks and the like, by party and week."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from truceline.cli import faults
from truceline.cli.ledger_options import ledger, print_json
from truceline.cli.options import text_json_or_csv, traceback
from truceline.cli.tracked import as_published, since, tracked, until

if TYPE_CHECKING:
    from truceline.knowledge import Agreement
    from truceline.tracking.signals import Cell, Signals


@click.command()
@since
@until
@click.option("--party", metavar="ID", help="Only of this party, or of others or monitor.")
@click.option("--kind", metavar="KIND", help="Only of this kind, such as threats.")
@click.option("--list", "listed", is_flag=True, help="The claims behind each number.")
@ledger
@as_published
@text_json_or_csv
@traceback
def signals(
    *,
    since: datetime | None,
    until: datetime | None,
    party: str | None,
    kind: str | None,
    listed: bool,
    where: str,
    as_of: str | None,
    form: str,
    traceback: bool,
) -> int:
    """What is no incident and yet tells where things may go.

    Threats, mobilisation, parades, protests, resignations, talks, mediation and more, by party and ISO week (clock of the
    agreement's area). Numbers are independent origins: ten copies of one wire are one. History that a text tells is left out.
    """
    with faults.told(traceback=traceback) as outcome, tracked(where, as_of) as ground:
        from truceline.tracking import signals as tracking
        from truceline.tracking.record import Record, told

        first, last = ground.period(since, until)
        kinds = tracking.find_kinds(tracking.load_signal_kinds(ground.knowledge), kind)
        tracking.check_party(party, ground.agreement)
        claims = told(ground.view, ground.agreement, ground.day)
        record = Record(ground.agreement, ground.day, tuple(claims), ())
        found = tracking.signals(record, kinds, first, last, party=party)
        if form == "json":
            print_json(tracking.signals_to_dict(found, ground.agreement))
        elif form == "csv":
            from truceline.cli.csv_text import print_csv

            print_csv(_rows(found))
        else:
            _show(found, ground.agreement, listed=listed)
    return outcome.code


def _rows(found: "Signals") -> Iterable[dict[str, Any]]:
    for cell in found.cells:
        yield {
            "week": str(cell.week),
            "monday": cell.week.monday,
            "party": cell.party,
            "signal": cell.kind,
            "origins": cell.lineages,
            "documents": cell.documents,
            "origins_denying": cell.denied,
            "claims": " ".join(signal.told.claim for signal in cell.signals),
        }


def _show(found: "Signals", agreement: "Agreement", *, listed: bool) -> None:
    from rich.text import Text

    from truceline.cli import wording
    from truceline.cli.baseline_text import name_of
    from truceline.cli.console import make_console

    console = make_console()
    console.print(Text(f"Signals, {agreement.id}", style="title"))
    console.print(
        Text(
            f"{wording.day(found.since)} to {wording.day(found.until)}, independent origins by ISO week", style="aside"
        )
    )
    if not found.cells:
        console.print("no signals")
    for party in found.parties:
        cells = [cell for cell in found.cells if cell.party == party]
        if not cells:
            continue
        console.print()
        console.print(Text(name_of(party, agreement), style="heading"))
        for part in _parts(found, cells, console.width):
            console.print(part)
        if listed:
            _list(cells, console)
    if found.told_before:
        console.print(Text(f"\n{found.told_before} told as history are left out", style="aside"))


def _parts(found: "Signals", cells: "list[Cell]", width: int) -> Iterable[Any]:
    """Tables of weeks, as many side by side as there is room for; weeks before the first and after the last are left out."""
    from rich.table import Table

    weeks = [week for week in found.weeks if cells[0].week <= week <= cells[-1].week]
    room = max(1, (width - 24) // 10)
    known = {(cell.kind, cell.week): cell for cell in cells}
    for start in range(0, len(weeks), room):
        shown = weeks[start : start + room]
        table = Table(box=None, pad_edge=False, header_style="aside")
        table.add_column("", width=22, overflow="fold")
        for week in shown:
            table.add_column(str(week), justify="right", width=8)
        for kind in found.kinds:
            row = [known.get((kind.id, week)) for week in shown]
            if any(row):
                table.add_row(kind.id.replace("_", " "), *(_number(cell) for cell in row))
        if table.row_count:
            yield table


def _number(cell: "Cell | None") -> str:
    if cell is None:
        return "·"
    denied = f" −{cell.denied}" if cell.denied else ""
    return f"{cell.lineages}{denied}"


def _list(cells: "list[Cell]", console: Any) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from truceline.cli import wording
    from truceline.cli.console import visible

    for cell in cells:
        console.print(Text(f"  {cell.week}  {cell.kind.replace('_', ' ')}", style="aside"))
        for signal in cell.signals:
            told = signal.told
            said = (
                f"{wording.day(signal.day)}  {told.speaker or 'nobody named'}: {wording.act(told.act)}, {told.modality}"
            )
            where = f" {told.place_said}" if told.place_said else ""
            console.print(Padding(Text(visible(f"{said}{where}  {told.claim}")), (0, 0, 0, 4)))
