"""Counts: a table of sentences with every count each holds; spans hold and nothing raises on arbitrary text."""

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.knowledge.quantities import load_counted_vocabulary, load_number_words
from truceline.reading.counts import find_counts
from truceline.reading.numbers import find_numbers
from truceline.reading.parse import parse
from truceline.reading.pipeline import load_pipeline

HERE = Path(__file__).parent
TABLES = [
    yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    for name in ("counts_table.yaml", "hard_counts_table.yaml")
]
MANUAL = (HERE.parents[1] / "docs" / "counts.md").read_text(encoding="utf-8")
ROWS = [
    pytest.param(text, expected, id=f"{part}: {text[:60]}")
    for table in TABLES
    for part, rows in table.items()
    for text, expected in rows
]


@pytest.fixture(scope="session")
def knowledge():
    vocabulary = load_counted_vocabulary()
    return load_number_words(counted=vocabulary.words), vocabulary


def read(text, knowledge):
    parsed = parse(text, load_pipeline())
    return parsed, find_counts(parsed, find_numbers(parsed, knowledge[0]), knowledge[1])


def as_row(parsed, count, keys):
    """The count in the table's form, with the keys the row asks for."""
    word = lambda i: None if i is None else parsed.words[i].text  # noqa: E731
    value = count.min if count.min == count.max else [count.min, count.max]
    since = count.cumulative_since
    row = {count.what: "?" if count.flags else value}
    extra = {
        "by": word(count.governor), "whose": word(count.whose), "head": word(count.head), "status": count.status,
        "part": count.part, "cumulative": count.cumulative, "unit": count.unit, "text": count.text,
        "since": parsed.text[since[0] : since[1]] if since else None,
    }  # fmt: skip
    return row | {key: extra[key] for key in keys if key in extra}


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_table(text, expected, knowledge):
    parsed, counts = read(text, knowledge)
    found = [as_row(parsed, count, expected[i] if i < len(expected) else ()) for i, count in enumerate(counts)]
    assert found == expected


def test_table_is_large():
    assert len(ROWS) >= 120


def test_every_count_is_of_the_closed_vocabulary(knowledge):
    for text, _ in (row.values for row in ROWS):
        for count in read(text, knowledge)[1]:
            assert count.what in knowledge[1].whats
            assert text[count.span[0] : count.span[1]] == count.text


def test_the_manual_names_every_kind(knowledge):
    for what in knowledge[1].whats:
        assert f"`{what}`" in MANUAL


SCRAPS = (
    "3 no two 12,5 ?? of the killed wounded soldiers people and , . including since among them "
    "left dead a toll to times : - \n 44.0 army's lost"
)
PIECES = SCRAPS.split(" ")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_arbitrary_words(knowledge, words):
    text = " ".join(words)
    for count in read(text, knowledge)[1]:
        assert text[count.span[0] : count.span[1]] == count.text
