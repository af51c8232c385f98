"""One reader per agreement for the cases; skips, with a word, until there is one."""

from functools import cache
from typing import TYPE_CHECKING

import pytest
from tests.cases_format import Case

from truceline.model import Reading

if TYPE_CHECKING:
    from truceline import Reader


@cache
def reader(agreement: str | None) -> "Reader":
    """The reader for an agreement, loaded once."""
    try:
        from truceline import Reader
    except ModuleNotFoundError as error:
        pytest.skip(f"truceline.Reader does not stand yet: {error}")
    return Reader(agreement=agreement)


def read_case(case: Case) -> Reading:
    """Read one case's text as its head says it was published."""
    return reader(case.agreement).read(case.text, published=case.published, publisher=case.publisher)
