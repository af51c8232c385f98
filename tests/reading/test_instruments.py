"""Instruments: a table of sentences with every weapon each names and how it is used."""

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.knowledge.quantities import load_instruments
from truceline.reading.instruments import find_instruments
from truceline.reading.parse import parse
from truceline.reading.pipeline import load_pipeline

TABLE = yaml.safe_load((Path(__file__).parent / "instruments_table.yaml").read_text(encoding="utf-8"))
ROWS = [
    pytest.param(text, expected, id=f"{part}: {text[:60]}") for part, rows in TABLE.items() for text, expected in rows
]


@pytest.fixture(scope="session")
def vocabulary():
    return load_instruments()


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_table(text, expected, vocabulary):
    parsed = parse(text, load_pipeline())
    found = []
    for i, weapon in enumerate(find_instruments(parsed, vocabulary)):
        by = None if weapon.governor is None else parsed.words[weapon.governor].text
        extra = {"by": by, "use": weapon.use, "calibre": weapon.calibre}
        keys = expected[i] if i < len(expected) else ()
        found.append({weapon.kind: weapon.text} | {key: extra[key] for key in keys if key in extra})
        assert text[weapon.span[0] : weapon.span[1]] == weapon.text
    assert found == expected


def test_table_is_large():
    assert len(ROWS) >= 60


def test_the_manual_names_every_kind(vocabulary):
    manual = (Path(__file__).parents[2] / "docs" / "counts.md").read_text(encoding="utf-8")
    for kind in vocabulary.kinds:
        assert f"`{kind}`" in manual


SCRAPS = "mm 82 82mm - .50 calibre mortar Grad BM-21 fire fired with heavy machine gun of the , . \n T- 72 drones used"
WORDS = SCRAPS.split(" ")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), max_size=20))
def test_arbitrary_words(vocabulary, words):
    text = " ".join(words)
    for weapon in find_instruments(parse(text, load_pipeline()), vocabulary):
        assert text[weapon.span[0] : weapon.span[1]] == weapon.text
