"""One reader per agreement for the cases; skips, with a word, until there is one."""

from functools import cache

import pytest
from tests.cases_format import Case

from truceline.model import Reading

try:
    from truceline import Reader
except (ImportError, AttributeError):  # the reader stands above the parts these cases were written beside
    Reader = None  # type: ignore[assignment,misc]


@cache
def reader(agreement: str | None) -> "Reader":
    """The reader for an agreement, loaded once."""
    if Reader is None:
        pytest.skip("truceline.Reader does not stand yet")
    try:
        return Reader(agreement=agreement)
    except ModuleNotFoundError as error:
        pytest.skip(f"truceline.Reader does not stand yet: {error}")


def read_case(case: Case) -> Reading:
    """Read one case's text as its head says it was published."""
    return reader(case.agreement).read(case.text, published=case.published, publisher=case.publisher)
