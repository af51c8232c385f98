"""Persons introduced in full are known by their family name through the rest of the text."""

from collections.abc import Callable

import pytest

from truceline import Reader
from truceline.model import Actor, Reading


@pytest.fixture(scope="module")
def read() -> Callable[[str], Reading]:
    return Reader().read


def last_of(reading: Reading, word: str) -> Actor:
    return max((actor for actor in reading.actors if actor.text == word), key=lambda actor: actor.span)


@pytest.mark.parametrize(
    ("text", "actor", "country", "sector"),
    [
        (
            "Lado Beridzadze, commander of a Georgian brigade, spoke first. Later Beridzadze left.",
            "person:lado-beridzadze",
            "GEO",
            "MIL",
        ),
        ("Colonel Lado Beridzadze spoke first. Beridzadze left by noon.", "person:lado-beridzadze", None, "MIL"),
        (
            "A spokesman of the Georgian interior ministry, Lado Beridzadze, spoke. Beridzadze named nobody.",
            "geo-interior",
            "GEO",
            "GOV",
        ),
    ],
)
def test_a_family_name_is_who_was_introduced(
    read: Callable[[str], Reading], text: str, actor: str, country: str | None, sector: str
) -> None:
    found = last_of(read(text), "Beridzadze")
    assert (found.actor, found.country, found.sector) == (actor, country, sector)
    assert found.score < 1
    assert text[found.span[0] : found.span[1]] == "Beridzadze"


def test_two_of_one_family_name_stay_open(read: Callable[[str], Reading]) -> None:
    reading = read("Colonel Lado Beridzadze and Major Ana Beridzadze spoke. Then Beridzadze left.")
    assert last_of(reading, "Beridzadze").actor is None
    (flag,) = [flag for flag in reading.flags if flag.kind == "ambiguous_name"]
    assert flag.text == "Beridzadze"
    assert "Lado Beridzadze or Ana Beridzadze" in flag.why


def test_nobody_is_known_before_being_introduced(read: Callable[[str], Reading]) -> None:
    reading = read("They met Beridzadze on Monday. On Friday Colonel Lado Beridzadze spoke.")
    assert next(actor for actor in reading.actors if actor.text == "Beridzadze").actor is None
