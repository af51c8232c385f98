"""Every row of the table of times: found whole, and put on the right days."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from truceline.grounding.times import TimeWords, find_times, load_time_words
from truceline.model import Time
from truceline.reading.parse import parse
from truceline.reading.pipeline import load_pipeline

TABLE = yaml.load(Path(__file__).with_name("times_table.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
ROWS = [(group, text, expected) for group in TABLE for text, expected in group["sentences"]]
SHARE = 0.95


@cache
def words() -> TimeWords:
    return load_time_words()


def moment(value: str) -> date | datetime | None:
    if value in {"none", "null", ""}:
        return None
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def interval(value: str) -> tuple[date | datetime | None, date | datetime | None]:
    if "/" in value:
        start, end = value.split("/")
        return moment(start), moment(end)
    start_day = moment(value)
    return start_day, start_day + timedelta(days=1) if start_day else None


def read(group: dict[str, Any], text: str) -> tuple[Time, ...]:
    zone = ZoneInfo(group["zone"]) if "zone" in group else None
    return find_times(parse(text, load_pipeline()), published=moment(group["published"]), zone=zone, words=words())


def bare(expression: str) -> str:
    """An expression without its leading article."""
    return expression.lower().removeprefix("the ")


@cache
def failures() -> tuple[str, ...]:
    wrong = []
    for group, text, expected in ROWS:
        found = {bare(t.text): (t.start, t.end) for t in read(group, text)}
        if found != {bare(words_): interval(value) for words_, value in expected.items()}:
            wrong.append(f"{text}  wanted {expected}  got { {k: [str(v) for v in pair] for k, pair in found.items()} }")
    return tuple(wrong)


def test_the_table_is_long_enough() -> None:
    assert sum(len(expected) or 1 for _, _, expected in ROWS) >= 200


def test_the_table_is_read_right() -> None:
    wrong = failures()
    assert len(wrong) <= (1 - SHARE) * len(ROWS), "\n".join(wrong)


@pytest.mark.parametrize("group", TABLE, ids=lambda group: str(group["published"]))
def test_every_span_holds_its_words(group: dict[str, Any]) -> None:
    for text, _ in group["sentences"]:
        end = 0
        for found in read(group, text):
            assert text[found.span[0] : found.span[1]] == found.text
            assert found.span[0] >= end, "times must not overlap"
            assert (found.start is None) == (found.end is None) == (found.precision is None)
            end = found.span[1]
