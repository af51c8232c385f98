"""The report for eyes: all that is in the reading, in order, in any width, coloured by kind."""

import re
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.theme import Theme

from truceline.cli import wording
from truceline.cli.console import STYLES, visible
from truceline.cli.report import report
from truceline.cli.voices import Voices
from truceline.model import Count, Document, Place, Reading, Time


def _printed(
    reading: Reading, agreement: Any = None, *, width: int = 100, colour: bool = False, explain: bool = False
) -> str:
    console = Console(theme=Theme(STYLES), width=width, highlight=False, file=StringIO(), force_terminal=colour)
    console.print(report(reading, agreement, source="file.txt", explain=explain))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_every_sentence_and_claim_is_shown_in_order(reading: Reading, agreement: Any, text: str) -> None:
    printed = " ".join(_printed(reading, agreement).split())
    place = 0
    for sentence in (
        "Ministry: Bravo shelled posts",
        "Alpha's ministry said on Friday that Bravo's forces had shelled two posts near Hintagar, wounding three",
        "Alpha's ministry [Ministry of Alpha] ▸ asserted ▸ shelling “shelled two”",
        "Bravo denied it.",
        "Bravo ▸ denied ▸ shelling",
        "The weather was cold.",
        "Monitors did not say who fired.",
        "Monitors ▸ declined ▸ blame declined “did not say”",
        "Who says what",
    ):
        assert sentence in printed[place:], sentence
        place = printed.index(sentence, place)


def test_values_stand_beside_the_words_they_were_read_from(reading: Reading) -> None:
    printed = " ".join(_printed(reading).split())
    for shown in (
        "Example Wire · Sat 12 Dec 2020 · no agreement",
        "4 claims by 4 voices · 1 flag",
        "Bravo's forces → two posts",
        "at Hintagar [Hin Tagher 0.81] · Fri 11 Dec 2020 “on Friday” · 3 wounded (combatant) “three soldiers”",
        "⚑ uncertain name “Hintagar”: nearest name Hin Tagher (0.81), then Hintaglar (0.60)",
    ):
        assert shown in printed


@pytest.mark.parametrize(
    ("toponyms", "garbled", "shown"),
    [
        ("speaker", False, "Stepanakert"),
        ("both", False, "Stepanakert [also Khankendi]"),
        ("gazetteer", False, "Stepanakert [Khankendi 0.90]"),
        ("speaker", True, "Stepanakert [Khankendi 0.90]"),
    ],
)
def test_whose_toponym_is_shown(toponyms: wording.Toponyms, garbled: bool, shown: str) -> None:
    place = Place("Stepanakert", (0, 11), "Khankendi", "geonames:146970", 39.8, 46.8, 1, 0.9)
    assert wording.place(place, toponyms, garbled=garbled) == shown


def test_the_other_sides_name_is_shown_whoever_speaks() -> None:
    place = Place("Khankendi", (0, 9), "Khankendi", "geonames:146970", 39.8, 46.8, 4, 0.9)
    assert wording.place(place, "both") == "Khankendi [also Stepanakert, somewhere in the province]"
    nowhere = Place("Zabra", (0, 5))
    assert {wording.place(nowhere, policy) for policy in ("speaker", "both", "gazetteer")} == {
        "Zabra [not in the gazetteer]"
    }


def test_voices_stand_in_alphabetical_order_the_own_voice_last(reading: Reading, agreement: Any) -> None:
    groups = Voices(reading, agreement).groups()
    assert [(name, role) for name, role, _ in groups] == [
        ("Bravo", "party"),
        ("Republic of Alpha", "party"),
        ("Monitors", "monitor"),
        ("Own voice (Example Wire)", ""),
    ]
    assert sum(len(claims) for _, _, claims in groups) == len(reading.claims)


def test_explain_names_rule_words_and_score(reading: Reading) -> None:
    assert "agent ← subject of shell in “Bravo's forces”, 0.95" in _printed(reading, explain=True)
    assert "←" not in _printed(reading)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(reading: Reading, agreement: Any, width: int) -> None:
    assert all(len(line) <= width for line in _printed(reading, agreement, width=width, explain=True).splitlines())


def test_without_colour_there_are_no_escapes_and_nothing_is_lost(reading: Reading, agreement: Any) -> None:
    plain = _printed(reading, agreement)
    coloured = _printed(reading, agreement, colour=True)
    assert "\x1b" not in plain
    assert "\x1b" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_words_are_marked_by_what_they_are(reading: Reading) -> None:
    coloured = _printed(reading, colour=True)
    place = Style.parse(STYLES["place"]).render("Hintagar", color_system=Console(force_terminal=True)._color_system)
    assert place.split("m")[0] in coloured


def _luminance(colour: Color) -> float:
    red, green, blue = colour.get_truecolor()
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("kind", STYLES)
def test_colours_can_be_read_on_black_and_on_white(kind: str) -> None:
    colour = Style.parse(STYLES[kind]).color
    if colour is not None:
        luminance = _luminance(colour)
        assert (luminance + 0.05) / 0.05 >= 4
        assert 1.05 / (luminance + 0.05) >= 4


def test_a_text_cannot_steer_the_terminal(text: str) -> None:
    evil = "He said \x1b[31mred\x1b[0m and \u202eback\u202c [bold]no[/bold] :smile:"
    reading = Reading(Document("sha256:0", evil, title=evil), (), (), (), (), ())
    printed = _printed(reading)
    assert "\x1b" not in printed
    assert "\u202e" not in printed
    assert "[bold]no[/bold] :smile:" in printed
    assert len(visible(evil)) == len(evil)


def test_a_text_without_claims_says_so() -> None:
    printed = _printed(Reading(Document("sha256:0", "Nothing."), (), (), (), (), ()))
    assert printed.startswith("file.txt\n")
    assert "No claims were found in this text." in printed


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (3, 3, "3 killed “x”"),
        (15, 20, "15–20 killed “x”"),
        (3, None, "3 or more killed “x”"),
        (None, 2000, "up to 2,000 killed “x”"),
    ],
)
def test_counts_in_words(low: int | None, high: int | None, shown: str) -> None:
    assert wording.count(Count("killed", low, high, "x", (0, 1))) == shown


def test_times_in_words(reading: Reading) -> None:
    from datetime import date, datetime, timedelta, timezone

    zone = timezone(timedelta(hours=4))
    half_past = datetime(2020, 12, 11, 20, 30, tzinfo=zone)
    evening, morning = datetime(2020, 12, 11, 20, 0), datetime(2020, 12, 12, 4, 0)
    table: list[tuple[Any, Any, Any, str]] = [
        (date(2020, 12, 11), date(2020, 12, 12), 1, "Fri 11 Dec 2020 “x”"),
        (date(2020, 12, 1), date(2021, 1, 1), 4, "Tue 1 Dec 2020 to Thu 31 Dec 2020 “x” [a month]"),
        (half_past, half_past + timedelta(minutes=30), "time", "Fri 11 Dec 2020 20:30–21:00 UTC+4 “x”"),
        (evening, datetime(2020, 12, 12), "part_of_day", "Fri 11 Dec 2020 20:00–24:00 “x”"),
        (evening, morning, "part_of_day", "Fri 11 Dec 2020 20:00 to Sat 12 Dec 2020 04:00 “x”"),
        (None, None, None, "“x” [no day can be told]"),
    ]
    for start, end, precision, shown in table:
        assert wording.time(Time("x", (0, 1), start, end, precision)) == shown


def test_white_space_inside_a_sentence_does_not_break_the_report(reading: Reading) -> None:
    text = reading.document.text.replace("near Hintagar", "near\nHintagar").replace("shelled two", "shelled\ttwo")
    broken = replace(reading, document=replace(reading.document, text=text))
    assert "had shelled two posts near Hintagar" in " ".join(_printed(broken).split())
