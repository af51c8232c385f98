"""Templates and their wordings: what is well formed, and what a broken one is told."""

from pathlib import Path

import pytest

from truceline.errors import KnowledgeError
from truceline.knowledge.bulletin_words import load_bulletin_words
from truceline.knowledge.bulletins import bulletin_templates, find_template, load_template
from truceline.knowledge.wordings import Choice, Slot, WordingError, fold, parse_wording

PLAIN = """
id: plain
title: A plain template
source: made for this test
mission: {publishers: [Monitors], headings: [bulletin]}
period: {covers: day_of_issue, zone: "+02:00"}
fields:
  - {id: posts, what: posts, kind: level, unit: posts, phrases: ["{number} post"]}
  - {id: seen, what: seen in the day, kind: daily, unit: things, phrases: ["{number} thing"]}
  - {id: seen_total, what: seen in all, kind: total, unit: things, total_of: seen}
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "plain.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_both_templates_ship_and_load() -> None:
    assert set(bulletin_templates()) >= {"nk-peacekeepers", "osce-smm"}
    for name in bulletin_templates():
        template = find_template(name)
        assert template.id == name
        assert template.source
    assert find_template("osce-smm").rows is not None


def test_words_load() -> None:
    words = load_bulletin_words()
    assert {kind for kind, _ in words.marks} == {"total", "since", "until", "period", "before"}


def test_a_template_of_ones_own(tmp_path: Path) -> None:
    template = load_template(_file(tmp_path, PLAIN))
    assert template.total_for("seen") is template.field("seen_total")
    assert template.field("seen_total").monotone
    assert not template.field("seen").monotone


def test_own_templates_replace_shipped_ones_of_the_same_name(tmp_path: Path) -> None:
    folder = tmp_path / "bulletins"
    folder.mkdir()
    (folder / "osce-smm.yaml").write_text(PLAIN, encoding="utf-8")
    assert find_template("osce-smm", tmp_path).id == "plain"


BROKEN = [
    ("kind: level", "kind: levl", "fields › 0 (posts) › kind"),
    ('"{number} post"', '"{numbr} post"', "unknown slot {numbr}; there are {number}, {date}, {place}"),
    ('"{number} post"', '"{number} (post"', "')' is missing"),
    ('"{number} post"', '"{number} post)"', "has no opening bracket"),
    ('"{number} post"', '"{number} … {number} post"', "two {number}"),
    ('"{number} post"', '"{number} … [post]"', "may be left out whole"),
    ('"{number} post"', '"… {number} post"', "an empty piece"),
    ('"{number} post"', '"post"', "a level field needs {number}"),
    ('phrases: ["{number} post"]', "phrases: []", "has neither phrases nor choices"),
    ("total_of: seen", "total_of: seeen", "did you mean seen?"),
    ("total_of: seen", "total_of: posts", "which is no daily field"),
    ("kind: total, unit: things", "kind: total, unit: items", "use one unit"),
    ("kind: level, unit: posts", "kind: level", "needs a unit"),
    ("id: seen_total", "id: posts", "two fields have this id"),
    ('zone: "+02:00"', "zone: Europe/Nowhere", "is no time zone"),
    ("covers: day_of_issue", "covers: to_clock, clock: '29:30'", "is no time of day"),
    ("covers: day_of_issue", "covers: to_clock, between: [between evenings]", "needs {date}"),
    ("source: made for this test\n", "", "source"),
]


@pytest.mark.parametrize(("old", "new", "told"), BROKEN)
def test_a_broken_template_is_told_with_file_entry_and_fault(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in PLAIN
    path = _file(tmp_path, PLAIN.replace(old, new, 1))
    with pytest.raises(KnowledgeError) as fault:
        load_template(path)
    assert str(path) in str(fault.value)
    assert told in str(fault.value)
    assert "\n" not in str(fault.value)


def test_an_unknown_template_is_told_what_there_is() -> None:
    with pytest.raises(KnowledgeError, match="there are nk-peacekeepers, osce-smm"):
        find_template("nosuch")


def test_wordings_have_pieces_choices_and_slots() -> None:
    wording = parse_wording("{number} [explosive] item|object … (come back|return)")
    assert len(wording.pieces) == 2
    assert wording.slots == {"number"}
    number, explosive, item = wording.pieces[0]
    assert number == Slot("number")
    assert isinstance(explosive, Choice)
    assert explosive.optional
    assert isinstance(item, Choice)
    assert len(item.options) == 2
    (back,) = wording.pieces[1]
    assert isinstance(back, Choice)
    assert [len(option) for option in back.options] == [2, 1]


@pytest.mark.parametrize("text", ["", "| a", "a|", "]", "(", "{place", "(a|)", "[]"])
def test_a_bad_wording_is_refused(text: str) -> None:
    with pytest.raises(WordingError):
        parse_wording(text)


@pytest.mark.parametrize(
    "forms",
    [
        ("clear", "clears", "cleared", "clearing"),
        ("observe", "observes", "observed", "observing"),
        ("refugee", "refugees"),
        ("casualty", "casualties"),
        ("drop", "dropped", "dropping"),
        ("pass", "passes", "passed"),
    ],
)
def test_inflections_fold_to_one(forms: tuple[str, ...]) -> None:
    assert len({fold(form) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("post", "patrol"), ("item", "time"), ("road", "read")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)
