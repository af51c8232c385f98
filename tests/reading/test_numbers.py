"""Numbers: a table of sentences with every number each holds; nothing raises on arbitrary text."""

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.knowledge.quantities import load_counted_vocabulary, load_number_words
from truceline.reading.numbers import find_numbers
from truceline.reading.parse import parse
from truceline.reading.pipeline import load_pipeline

TABLE = yaml.safe_load((Path(__file__).parent / "numbers_table.yaml").read_text(encoding="utf-8"))
ROWS = [
    pytest.param(text, expected, id=f"{part}: {text[:60]}") for part, rows in TABLE.items() for text, expected in rows
]


@pytest.fixture(scope="session")
def words():
    return load_number_words(counted=load_counted_vocabulary().words)


def read(text, words):
    parsed = parse(text, load_pipeline())
    return [
        (text[n.span[0] : n.span[1]], "unreadable") if n.flag else (text[n.span[0] : n.span[1]], n.min, n.max)
        for n in find_numbers(parsed, words)
    ]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_table(text, expected, words):
    assert read(text, words) == [tuple(row) for row in expected]


def test_table_is_large():
    assert len(ROWS) >= 150


def test_unreadable_is_flagged_and_has_no_value(words):
    text = "More than 44.0 people died."
    (number,) = find_numbers(parse(text, load_pipeline()), words)
    assert number.flag is not None
    assert number.flag.kind == "unreadable_number"
    assert text[number.flag.span[0] : number.flag.span[1]] == number.flag.text == "44.0"
    assert (number.min, number.max, number.readable) == (None, None, False)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="0123456789.,-–?%$ Oolx'\nkilledthreonosndAm", max_size=60))
def test_arbitrary_text(words, text):
    last = 0
    for number in find_numbers(parse(text, load_pipeline()), words):
        start, end = number.span
        assert last <= start < end <= len(text)
        assert number.min is None or number.max is None or number.min <= number.max
        last = end
