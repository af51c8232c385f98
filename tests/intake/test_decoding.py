"""Encodings: what is known is taken, what is guessed or damaged is flagged."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import InputError
from truceline.intake import from_bytes
from truceline.intake.decoding import decode

ENGLISH = (
    "The governor’s office said on Friday that gunmen’s shells had hit two villages near the crossing – nobody was "
    "hurt. “We saw three of them land,” a resident said."
)


def _kinds(content: bytes) -> list[str]:
    return [flag.kind for flag in from_bytes(content, "x").flags]


@pytest.mark.parametrize(
    ("encoding", "flags"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("utf-32", []),
        ("utf-16-le", ["encoding_guessed"]),
        ("utf-16-be", ["encoding_guessed"]),
        ("cp1252", ["encoding_guessed"]),
    ],
)
def test_english_survives_its_encoding(encoding: str, flags: list[str]) -> None:
    document = from_bytes(ENGLISH.encode(encoding), "x")
    assert document.text == ENGLISH
    assert [flag.kind for flag in document.flags] == flags


def test_latin1_accents_are_read() -> None:
    text = "The café in Bogotá was hit, the mayor said, and José Pérez was wounded."
    assert from_bytes(text.encode("latin-1"), "x").text == text


def test_the_declared_encoding_is_taken_without_a_flag() -> None:
    text = "The mayor of Łódź said that the shells had not been theirs."
    assert decode(text.encode("iso-8859-2"), "x", "iso-8859-2") == (text, ())
    assert decode(text.encode(), "x", "no-such-encoding") == (text, ())


def test_stray_bytes_in_utf8_are_shown_and_flagged() -> None:
    content = ENGLISH.encode()[:30] + b"\xff" + ENGLISH.encode()[30:]
    document = from_bytes(content, "x")
    assert document.text.replace("\ufffd", "") == ENGLISH
    assert _kinds(content) == ["encoding_damaged", "mojibake"]


def test_mojibake_is_flagged_where_it_stands_and_left_alone() -> None:
    text = ENGLISH.encode().decode("cp1252", errors="ignore")
    document = from_bytes(text.encode(), "x")
    assert document.text == text
    flags = [flag for flag in document.flags if flag.kind == "mojibake"]
    assert flags
    for flag in flags:
        assert flag.span is not None
        assert text[slice(*flag.span)] == flag.text
    assert "’" in flags[0].why


@pytest.mark.parametrize("text", ["Müller's café in São Paulo", "naïve “quotes” – and dashes…", "5 °C ± 2 at £3"])
def test_ordinary_accents_are_not_mojibake(text: str) -> None:
    assert from_bytes(text.encode(), "x").flags == ()


def test_much_mojibake_is_told_in_few_flags() -> None:
    flags = from_bytes(("The man said it isnâ€™t so and the others said so. " * 500).encode(), "x").flags
    assert len(flags) == 51
    assert flags[-1].why == "450 more places like these"


def test_line_ends_and_blanks_are_kept() -> None:
    text = "The first line.\r\nThe second\tline. \n\n The third.\x0b\x85"
    assert from_bytes(text.encode(), "x").text == text


@settings(deadline=None)  # the first guess loads a library
@given(st.binary(max_size=400))
def test_any_bytes_make_a_document_or_a_one_line_error(content: bytes) -> None:
    try:
        document = from_bytes(content, "x")
    except InputError as fault:
        assert str(fault).startswith("x: ")
        assert "\n" not in str(fault)
    else:
        for flag in document.flags:
            assert flag.span is None or document.text[slice(*flag.span)] == flag.text


@given(st.text(min_size=1, max_size=300))
def test_utf8_text_comes_out_as_it_went_in(text: str) -> None:
    if text.encode("utf-8", "ignore").decode() == text and not text.startswith("\ufeff"):
        assert decode(text.encode(), "x")[0] == text or "\x00" in text
