"""The table of noun phrases: long enough, over enough conflicts, and read right as far as it was."""

import pytest
from tests.actors_score import FIELDS, Measured, measure, rows

# Shares under which no figure may fall, a little under those measured.
ROWS = {"dev": 0.95, "held": 0.90}
PRECISION = RECALL = 0.90


def test_the_table_is_long_and_wide_enough() -> None:
    table = list(rows())
    assert len(table) >= 150
    assert len({row.conflict for row in table}) >= 8
    assert all(len(row.expected) == len(FIELDS) for row in table)
    assert len({(row.text, row.word) for row in table}) == len(table)
    assert 0.25 <= sum(row.held for row in table) / len(table) <= 0.35


@pytest.fixture(scope="module")
def counts() -> dict[str, dict[str, dict[str, int]]]:
    return {
        half: {name: dict(tally) for name, tally in fields.items()} for half, fields in measure(errors=False).items()
    }


@pytest.mark.parametrize("half", ["dev", "held"])
def test_the_table_is_read_right(counts: Measured, half: str) -> None:
    row = counts[half]["row"]
    assert row["hit"] / row["expected"] >= ROWS[half]
    for field in FIELDS:
        tally = counts[half][field]
        assert tally["hit"] / tally["found"] >= PRECISION, field
        assert tally["hit"] / tally["expected"] >= RECALL, field
