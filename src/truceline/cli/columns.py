"""Tables of numbers that are wider than a terminal: cut into tables that fit, each with the first column."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from truceline.cli.console import visible

_GAP = 2


def number_tables(
    first: str, keys: Sequence[str], columns: Sequence[tuple[str, Sequence[str]]], width: int, *, total: bool = False
) -> Iterable[Table]:
    """Tables with a row for each key.

    Args:
        first: Head of the first column.
        keys: Its cells.
        columns: Head and cells of each other column.
        width: Columns of the terminal.
        total: Whether the last row is the sum of those above it.
    """
    keys = [visible(key) for key in keys]
    widest = min(max(cell_len(word) for word in (*keys, first)), width // 3)
    room = width - widest
    part: list[tuple[str, Sequence[str], int]] = []
    for head, cells in columns:
        wide = max([_narrowest(head), *(cell_len(cell) for cell in cells)])
        if part and sum(one[2] + _GAP for one in part) + wide + _GAP > room:
            yield _table(first, keys, widest, part, total=total)
            part = []
        part.append((head, cells, wide))
    if part:
        yield _table(first, keys, widest, part, total=total)


def print_tables(console: Console, tables: Iterable[Table]) -> None:
    """Print tables with a blank line between them."""
    for i, table in enumerate(tables):
        if i:
            console.print()
        console.print(table)


def _table(
    first: str, keys: Sequence[str], widest: int, part: Sequence[tuple[str, Sequence[str], int]], *, total: bool
) -> Table:
    table = Table(box=None, pad_edge=False, header_style="aside", padding=(0, _GAP, 0, 0))
    table.add_column(first, width=widest, overflow="fold")
    for head, _, wide in part:
        table.add_column(visible(head), width=wide, justify="right", vertical="bottom")
    for i, key in enumerate(keys):
        last = total and i == len(keys) - 1
        table.add_row(key, *(cells[i] for _, cells, _ in part), style="heading" if last else "")
    return table


def _narrowest(head: str) -> int:
    """The width below which a head would be broken within a word; heads of several words go over lines."""
    return max(cell_len(word) for word in head.split())
