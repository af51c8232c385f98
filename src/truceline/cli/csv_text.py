"""Rows as CSV (RFC 4180) on standard output."""

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def print_csv(rows: Iterable[Mapping[str, Any]], header: Sequence[str] = ()) -> None:
    """Print rows with a header of their keys; ``header`` is printed where there is no row."""
    made = list(rows)
    names = list(made[0]) if made else list(header)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    for row in made:
        writer.writerow(_safe(row.get(name)) for name in names)


def _safe(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it; None is empty."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return "" if value is None else value
