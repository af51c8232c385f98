"""Points on the calendar: a day, or a minute of a day."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator

_DAY = len("2020-12-11")


def parse_moment(value: object) -> object:
    """Turn ISO 8601 text into a ``date`` (ten characters) or a ``datetime``; anything else is returned as it came."""
    if isinstance(value, str):
        return date.fromisoformat(value) if len(value) == _DAY else datetime.fromisoformat(value)
    return value


Moment = Annotated[date | datetime, BeforeValidator(parse_moment)]
"""A ``date`` where the text gives a day or more, a ``datetime`` for an hour (aware when the zone is known)."""
