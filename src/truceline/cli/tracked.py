"""What the commands on the record share: the ledger's agreement, the day of the record, and the period asked for."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from truceline.cli.ledger_options import viewed
from truceline.errors import InputError, LedgerError

if TYPE_CHECKING:
    from truceline.knowledge import Agreement, Knowledge
    from truceline.ledger import View

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_day = click.DateTime(["%Y-%m-%d"])

as_published = click.option(
    "--as-of",
    metavar="DATE",
    help="As published by the end of this day (clock of the agreement's area); a time or an entry's number: as known "
    "then.  [default: the last day on which anything was published]",
)
"""``--as-of`` of the commands on the record."""

since = click.option(
    "--since", metavar="DAY", type=_day, help="From this day on.  [default: the day the agreement took effect]"
)
"""``--since``."""

until = click.option("--until", metavar="DAY", type=_day, help="Up to this day.  [default: the day of --as-of]")
"""``--until``."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a command on the record stands on."""

    view: "View"
    agreement: "Agreement"
    knowledge: "Knowledge"
    day: date

    def period(self, since: datetime | None, until: datetime | None) -> tuple[date, date]:
        """The first and the last day asked for; without options from when the agreement took effect to the record's day.

        Raises:
            InputError: The last day is before the first.
        """
        first = since.date() if since else self.agreement.effective.astimezone(self.agreement.zone).date()
        last = until.date() if until else max(first, self.day)
        if last < first:
            raise InputError(f"--until {last}: before --since {first}; give a later day")
        return first, last


@contextmanager
def tracked(where: str, as_of: str | None) -> Iterator[Ground]:
    """The ledger, its agreement, and the day of the record.

    Raises:
        LedgerError: The ledger is kept under no agreement, or holds no dated document.
    """
    from truceline.knowledge import Knowledge

    day, entry = parted(as_of)
    with viewed(where, entry) as view:
        agreement = view.agreement
        if agreement is None:
            raise LedgerError(f"{where}: kept under no agreement; `truceline init --agreement NAME` sets one")
        yield Ground(view, agreement, Knowledge.load(), day or _last_day(view, agreement, where))


def parted(as_of: str | None) -> tuple[date | None, str | None]:
    """What ``--as-of`` asks for: a day of publication, or else a time or an entry of the ledger.

    Raises:
        InputError: There is no such day.
    """
    if as_of is None or _DAY.fullmatch(as_of.strip()) is None:
        return None, as_of
    try:
        return date.fromisoformat(as_of.strip()), None
    except ValueError as fault:
        raise InputError(f"--as-of {as_of}: no such day; write 2020-12-31") from fault


def _last_day(view: "View", agreement: "Agreement", where: str) -> date:
    from sqlalchemy import func, select

    from truceline.knowledge.obligations import as_day
    from truceline.ledger import tables
    from truceline.ledger.history import at
    from truceline.model import parse_moment

    table = tables.document
    last = parse_moment(view.connection.scalar(select(func.max(table.c.published)).where(*at(table, view.number))))
    if not isinstance(last, date):
        raise LedgerError(f"{where}: no document with a date; `truceline ingest` some, or give --as-of")
    return as_day(last, agreement.zone)
