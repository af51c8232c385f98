"""Needless capitals are lowered for the parser, letter for letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline import Reader
from truceline.reading.casing import Casing, lower_words

COMMON = {"army", "accuse", "violate", "truce", "force", "deny", "shell", "town"}
CASING = Casing(names=frozenset({"libya", "friday", "tripoli"}), common=frozenset(COMMON))


@pytest.mark.parametrize(
    ("piece", "parsed"),
    [
        ("THE ARMY OF LIBYA DENIED SHELLING THE TOWN.", "The army of Libya denied shelling the town."),
        ("THE TRUCE HELD. NO ONE WAS HURT ON FRIDAY.", "The truce held. No one was hurt on Friday."),
        ("Tripoli Accuses Haddar Forces of Violating Truce", "Tripoli accuses Haddar forces of violating truce"),
        ("The army denied shelling the town.", "The army denied shelling the town."),
        ("The Libyan National Army Said So.", "The Libyan National Army Said So."),
        ("UN: NO", "UN: NO"),
    ],
)
def test_pieces(piece, parsed):
    assert CASING.for_parsing(piece) == parsed


def test_words_written_small_elsewhere_are_no_names():
    assert CASING.for_parsing("Convoy Hit Near Haddar, Army Denies", lower_words("The convoy was hit.")) == (
        "Convoy hit Near Haddar, army denies"
    )


@given(st.text(max_size=200))
def test_length_is_kept(text):
    assert len(CASING.for_parsing(text, lower_words(text))) == len(text)


def test_a_denial_in_capitals_is_a_denial():
    (claim,) = [c for c in Reader().read("THE ARMY DENIED SHELLING THE TOWN ON FRIDAY.").claims if c.act == "shelling"]
    assert claim.modality == "denied"
    assert claim.speakers[0].text == "THE ARMY"
