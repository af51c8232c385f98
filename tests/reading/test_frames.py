"""Frames: who does what to whom, and words that only look like it."""

import pytest
from tests.reading.grammar_parts import acts_of

ACTS = [
    ("Rebels shelled the port.", [("shelling", "Rebels", "port")]),
    ("The shelling of the port by rebels went on.", [("shelling", "rebels", "port")]),
    ("Clashes between the army and rebels broke out.", [("armed_clash", "army", "rebels")]),
    ("The army exchanged fire with gunmen.", [("small_arms_fire", "army", "gunmen")]),
    ("The army laid siege to the town.", [("encircle", "army", "town")]),
    ("The opposition urged the minister to step down.", [("demand_resignation", "opposition", "minister")]),
    ("Guards did not allow the patrol past the bridge.", [("access_denied", "Guards", "patrol")]),
    ("An exchange of fire was reported.", [("armed_clash", None, None)]),
    ("A shell hit the bakery.", [("shelling", None, "bakery")]),
    ("Militiamen attacked refugees.", [("attack_on_civilians", "Militiamen", "refugees")]),
]

NOTHING = [
    "An attack helicopter stood on the runway.",
    "The delegations clashed over the agenda.",
    "The minister came under fire for his remarks.",
    "The bank seized on the good news.",
    "The ferry returns passengers to the island.",
    "The withdrawal of cash is limited.",
]


@pytest.mark.parametrize(("text", "acts"), ACTS, ids=[row[0] for row in ACTS])
def test_acts(text: str, acts: list[tuple[str, str | None, str | None]]) -> None:
    assert acts_of(text) == acts


@pytest.mark.parametrize("text", NOTHING)
def test_words_that_mean_something_else(text: str) -> None:
    assert acts_of(text) == []
