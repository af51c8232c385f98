"""Headlines, labels and scripts."""

import pytest
from tests.reading.attribution_checks import said

TABLE = [
    ("Minister: Shelling will be answered", [("Minister", ":", "Shelling will be answered")]),
    ("JANE OKELLO: We saw the guns. They were new.", [("JANE OKELLO", ":", "We saw the guns. They were new")]),
    ("Shelling resumes near Kadugli: ministry", [("ministry", ":", "Shelling resumes near Kadugli")]),
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_mark_beside_a_speaker(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(text) == expected


def test_a_colon_in_a_time_is_no_mark() -> None:
    assert said("At 12:30 shells fell on the market.") == []
