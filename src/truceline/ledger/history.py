"""*As known then*: a moment becomes the number of an entry, and that one predicate on every derived row."""

import re
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, Connection, Table, or_

from truceline.errors import LedgerError
from truceline.ledger import log

_NUMBER = re.compile(r"#?(\d{1,18})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def at(table: Table, number: int) -> tuple[ColumnElement[bool], ...]:
    """What holds for the rows that stood when entry ``number`` was the newest."""
    opened = table.c.opened <= number
    if "closed" not in table.c:
        return (opened,)
    return opened, or_(table.c.closed.is_(None), table.c.closed > number)


def standing(table: Table) -> ColumnElement[bool]:
    """What holds for the rows that stand now."""
    return table.c.closed.is_(None)


def number_at(connection: Connection, as_of: date | datetime | str | int | None) -> int:
    """The newest entry at a moment: a day (to its end, in UTC), a time, an entry's number; None for now.

    Raises:
        LedgerError: It is none of these, or lies before the first entry.
    """
    newest = log.last_number(connection)
    if as_of is None:
        return newest
    if isinstance(as_of, str) and (match := _NUMBER.fullmatch(as_of.strip())):
        as_of = int(match[1])
    if isinstance(as_of, int):
        if not 1 <= as_of <= newest:
            raise LedgerError(f"no entry {as_of}; the ledger holds 1 to {newest}")
        return as_of
    number = log.last_number(connection, log.stamp(_end(as_of)))
    if number == 0:
        raise LedgerError(f"nothing was known at {as_of}: the ledger begins {log.one(connection, 1).at}")
    return number


def _end(as_of: date | datetime | str) -> datetime:
    if isinstance(as_of, str):
        try:
            day = _DAY.fullmatch(as_of.strip()) is not None
            as_of = date.fromisoformat(as_of.strip()) if day else datetime.fromisoformat(as_of.strip())
        except ValueError as fault:
            raise LedgerError(
                f"{as_of}: no such day or time; write 2020-12-31, 2020-12-31T18:30+04:00 or an entry's number"
            ) from fault
    if not isinstance(as_of, datetime):
        return datetime.combine(as_of, time.max, UTC)
    return as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC)
