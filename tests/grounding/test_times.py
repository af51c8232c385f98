"""What the table cannot say: windows, extents, flags, broken vocabularies, any text at all, cost."""

import doctest
import time
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import KnowledgeError
from truceline.grounding.times import (
    TimeWords,
    extent,
    find_times,
    implied_window,
    load_time_words,
    time_flags,
    undated_flag,
)
from truceline.model import Time
from truceline.reading.parse import parse
from truceline.reading.pipeline import load_pipeline
from truceline.reading.words import ParsedText

SATURDAY = date(2020, 12, 12)
DATA = Path(__file__).parents[2] / "src" / "truceline" / "knowledge" / "data" / "times.yaml"


@cache
def words() -> TimeWords:
    return load_time_words()


def parsed(text: str) -> ParsedText:
    return parse(text, load_pipeline())


def read(text: str, published: date | datetime | None = SATURDAY) -> tuple[Time, ...]:
    return find_times(parsed(text), published=published, words=words())


def window(text: str) -> tuple[date | None, date | None, str] | None:
    tree = parsed(text)
    return implied_window(tree, find_times(tree, published=None, words=words()))


# Windows


def test_a_dated_agreement_of_last_month_tells_the_month_of_writing() -> None:
    found = window(
        "Both sides signed a truce agreement on 10 November 2020. They accepted last month's agreement late."
    )
    assert found is not None
    assert found[:2] == (date(2020, 12, 1), date(2021, 1, 1))
    assert "December" in found[2]


def test_an_undated_text_is_flagged_with_the_window_it_implies() -> None:
    def flag(text: str) -> tuple[str, str] | None:
        tree = parsed(text)
        found = undated_flag(tree, find_times(tree, published=None, words=words()), words())
        return (found.kind, found.why) if found else None

    told = flag("Both sides signed a truce agreement on 10 November 2020. They accepted last month's agreement late.")
    assert told is not None
    assert told[0] == "undated"
    assert "from 2020-12-01 and before 2021-01-01" in told[1]
    assert "written in December" in told[1]
    assert flag("Shells fell on Monday.") == (
        "undated",
        "no publication date, and the text implies none; its relative times stay open",
    )
    assert flag("Shells fell.") is None


def test_without_a_year_only_the_month_is_told() -> None:
    found = window("The truce agreement of November 10 holds. The sides accepted last month's agreement.")
    assert found is not None
    assert found[:2] == (None, None)
    assert "December" in found[2]
    assert "no year" in found[2]


def test_two_months_and_no_common_noun_tell_nothing() -> None:
    found = window("The depot burned on 10 November. A bridge fell on 3 October. Last month's vote was close.")
    assert found is None


def test_a_text_is_not_older_than_what_it_tells() -> None:
    found = window("The post was hit on 8 December 2020. It had been built in 2015.")
    assert found is not None
    assert found[:2] == (date(2020, 12, 8), None)


def test_a_text_without_dates_has_no_window() -> None:
    assert window("Shells fell on Friday near the bridge.") is None


# Extents


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("The line has held since 10 November.", date(2020, 11, 10), date(2020, 12, 13)),
        ("The line held until 15 November.", None, date(2020, 11, 16)),
        ("The district was to be returned by 15 November.", None, date(2020, 11, 16)),
        ("Nobody returned before 14 November.", None, date(2020, 11, 14)),
        ("Families returned after 14 November.", date(2020, 11, 15), date(2020, 12, 13)),
        ("A mine exploded on 14 November.", date(2020, 11, 14), date(2020, 11, 15)),
    ],
)
def test_extent(text: str, start: date | None, end: date | None) -> None:
    (found,) = read(text)
    assert extent(found, SATURDAY) == (start, end)


def test_after_a_noun_the_relation_is_the_nouns() -> None:
    (found,) = read("Families left after Thursday's strike.")
    assert found.text == "Thursday"
    assert found.by == "weekday"


# Flags


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It was logged on 31 February.", "impossible_date"),
        ("It was logged on 09/11/2020.", "ambiguous_date"),
        ("It was logged on Friday 12 December 2020.", "weekday_differs"),
    ],
)
def test_flags(text: str, kind: str) -> None:
    (flag,) = time_flags(read(text))
    assert flag.kind == kind
    assert flag.span is not None
    assert text[flag.span[0] : flag.span[1]] == flag.text


def test_sound_dates_raise_no_flag() -> None:
    assert time_flags(read("It was logged on Saturday 12 December 2020, 25/11/2020 and 2020-12-08.")) == ()


def test_the_last_leap_day_is_found_from_a_later_year() -> None:
    (found,) = read("It was logged on 29 February.", date(2022, 1, 10))
    assert found.start == date(2020, 2, 29)


def test_a_precision_for_each_length() -> None:
    text = (
        "In 2019, in May, last week, on 3-5 November, on 3 December and late on Friday shots were heard; one at 20:40."
    )
    assert [found.precision for found in read(text)] == [5, 4, 3, 2, 1, "part_of_day", "time"]


def test_a_bulletin_says_its_zone_once() -> None:
    times = read("Status as of 19:30, 11 December 2020. All times in EET. A burst was heard at 20:05.")
    hours = [found.start for found in times if isinstance(found.start, datetime)]
    assert [at.utcoffset() for at in hours] == [timedelta(hours=2)] * 2


# The vocabulary


def broken(tmp_path: Path, old: str, new: str) -> Path:
    text = DATA.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "times.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  WEEKEND: {", "  WEEK_END: {", "WEEKEND is missing"),
        ("words: {half: 6}", "words: {half: 6, quarter: 6}", "'quarter' stands in QUARTER too"),
        ("forenoon: morning", "forenoon: forenoon", "no hours under parts"),
        ("thanksgiving day: thanksgiving", "thanksgiving day: harvest", "no date under holidays"),
        ("words: {half: 6}", "word: {half: 6}", "words"),
    ],
)
def test_a_broken_vocabulary_is_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(KnowledgeError, match=r"times\.yaml") as fault:
        load_time_words([broken(tmp_path, old, new)])
    assert says in str(fault.value)
    assert "\n" not in str(fault.value)


def test_every_section_of_the_vocabulary_has_a_source() -> None:
    data = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    sections = [*data.pop("classes").values(), *data.values()]
    assert all(section["source"].strip() for section in sections)


# Any text

PUBLISHED = [None, date.min, date.max, SATURDAY, datetime(2020, 1, 1, tzinfo=UTC)]
PIECES = st.sampled_from(
    yaml.safe_load(
        """
        [Friday, "31", February, "2020", 12/11/2020, "20:40", "25:99", "0600", hours, "99999", late, early, mid, "-", –,
        ",", ., (, ), last, next, the, of, week, weeks, ago, two, between, and, from, to, until, since, May, March,
        Sun.,
        Dec., "1994", "0000", "9999", 1990s, 30th, century, midnight, p.m., GMT+14, in, within, "24", days, before,
        after,
        night, overnight, "\\n", "\\n\\n", 😀, ٣, ², İ, UTC-99, T-72, "100000", years, decade, decades, weekend,
        quarter]
        """
    )
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PIECES, max_size=25),
    st.sampled_from(PUBLISHED),
)
def test_any_words_are_read_without_fault(pieces: list[str], published: date | datetime | None) -> None:
    check(" ".join(pieces), published)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_fault(text: str) -> None:
    check(text, SATURDAY)


def check(text: str, published: date | datetime | None) -> None:
    tree = parsed(text)
    times = find_times(tree, published=published, words=words())
    last = 0
    for found in times:
        assert found.span[0] >= last
        assert text[found.span[0] : found.span[1]] == found.text != ""
        last = found.span[1]
        if found.start is not None and found.end is not None and type(found.start) is type(found.end):
            assert found.start < found.end
    time_flags(times)
    implied_window(tree, times)
    assert find_times(tree, published=published, words=words()) == times


def test_cost() -> None:
    text = "\n\n".join(
        f"The ministry said on Friday that {n} shells fell near the bridge at 20:40 last week." for n in range(30)
    )
    tree = parsed(text)
    find_times(tree, published=SATURDAY, words=words())
    spent = []
    for _ in range(3):
        started = time.process_time()
        find_times(tree, published=SATURDAY, words=words())
        spent.append(time.process_time() - started)
    # An article takes two to four milliseconds; this one names a time every six words, and the machine may be busy.
    assert min(spent) < 0.06


def test_the_manual() -> None:
    page = Path(__file__).parents[2] / "docs" / "times.md"
    result = doctest.testfile(str(page), module_relative=False)
    assert result.attempted
    assert not result.failed
