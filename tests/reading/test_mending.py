"""Parses mended before the grammar looks at them."""

import pytest

from truceline.reader import Reader

_CASES = [
    ("French sappers began to clear mines on 5 June.", "demine", "French sappers", "mines"),
    ("The navy said that nine sailors were missing.", "capture", None, "nine sailors"),
    ("A mayor said that there was fighting around Sake.", "armed_clash", None, None),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(agreement=None)


@pytest.mark.parametrize(("text", "act", "agent", "patient"), _CASES)
def test_is_read_as_meant(reader: Reader, text: str, act: str, agent: str | None, patient: str | None) -> None:
    (claim,) = reader.read(text, published="2021-06-06").claims
    assert claim.act == act
    assert (claim.agent.text if claim.agent else None) == agent
    assert (claim.patient.text if claim.patient else None) == patient


@pytest.mark.parametrize(
    "text",
    [
        "Families search for missing relatives.",  # says of which kind they are, not that they are
        "The soldiers were missing their families.",  # a verb with its object
    ],
)
def test_is_no_state(reader: Reader, text: str) -> None:
    assert reader.read(text).claims == ()


def test_plural_in_men_is_counted(reader: Reader) -> None:
    (claim,) = reader.read("Rebels captured 16 Malian servicemen near Gao.").claims
    assert [(count.what, count.min, count.max) for count in claim.counts] == [("captured", 16, 16)]


def test_prepositional_to_stays(reader: Reader) -> None:
    (claim,) = reader.read("Troops withdrew to secure positions near Gao.").claims
    assert claim.act == "withdraw"
