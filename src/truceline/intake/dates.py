"""Publication dates as people and files write them: ISO 8601, and the mail format that web pages still use."""

from datetime import date, datetime
from email.utils import parsedate_to_datetime

from truceline.errors import InputError
from truceline.model import Moment

_DAY = len("2020-12-31")
# Relative dates need room around them, and a typing slip ("0202") is likelier than a text from there.
_EARLIEST, _LATEST = 1800, 2200


def parse_published(text: str) -> Moment:
    """Turn a publication date into a day, or a minute of a day.

    Raises:
        InputError: There is no such day, or it is not written as ISO 8601 ("2020-12-31", "2020-12-31T18:30+04:00").
    """
    written = text.strip()
    moment = _iso(written) or _mail(written)
    if moment is None:
        raise InputError(
            f"publication date {written!r}: no such date; write it as 2020-12-31 or 2020-12-31T18:30+04:00"
        )
    if not _EARLIEST <= moment.year <= _LATEST:
        raise InputError(
            f"publication date {written!r}: the year is not between {_EARLIEST} and {_LATEST}; mend the year"
        )
    return moment


def _iso(written: str) -> Moment | None:
    try:
        return date.fromisoformat(written) if len(written) <= _DAY else datetime.fromisoformat(written)
    except ValueError:
        return None


def _mail(written: str) -> Moment | None:
    try:
        return parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
