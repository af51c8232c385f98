"""The page on bulletins shows what is so: its commands, its Python, its template."""

import doctest

import pytest
from tests.docs.test_manual import DOCS, ROOT, _blocks

from truceline.knowledge.bulletin_file import FieldEntry
from truceline.knowledge.bulletin_words import load_bulletin_words
from truceline.tracking.series.build import SeriesFlag

PAGE = DOCS / "bulletins.md"


def test_the_python_example_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert tried
    assert not failed


def test_the_template_of_the_page_is_the_example() -> None:
    (shown,) = _blocks(PAGE, "yaml")
    assert shown == (ROOT / "examples" / "bulletins-lake" / "lake-commission.yaml").read_text("utf-8")


def test_every_flag_and_every_key_of_a_field_is_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    assert SeriesFlag.__doc__ is not None
    kinds = [
        word.strip("`,. \n") for word in SeriesFlag.__doc__.split("kind: ")[1].split("field:")[0].split("``")[1::2]
    ]
    assert len(kinds) >= 10
    assert [kind for kind in kinds if f"`{kind}`" not in page] == []
    assert [
        key for key in FieldEntry.model_fields if key not in {"id", "what", "unit"} and f"`{key}`" not in page
    ] == []
    assert load_bulletin_words().marks
