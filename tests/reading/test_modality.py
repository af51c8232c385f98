"""Stances: what a clause makes of an act, and what is not news."""

import pytest
from tests.reading.grammar_parts import stance_of

from truceline.model import Modality

STANCES = [
    ("Rebels shelled the port.", "shelling", Modality.ASSERTED),
    ("Rebels did not shell the port.", "shelling", Modality.DENIED),
    ("No rebels shelled the port.", "shelling", Modality.DENIED),
    ("The night passed without shelling.", "shelling", Modality.DENIED),
    ("Teams found no evidence of shelling.", "shelling", Modality.DENIED),
    ("Rebels failed to seize the port.", "seize", Modality.DENIED),
    ("Rebels will seize the port.", "seize", Modality.EXPECTED),
    ("Rebels plan to seize the port.", "seize", Modality.EXPECTED),
    ("The prisoners are to be exchanged on Monday.", "exchange_prisoners", Modality.EXPECTED),
    ("Rebels may seize the port.", "seize", Modality.HYPOTHETICAL),
    ("If rebels seize the port, ships will leave.", "seize", Modality.HYPOTHETICAL),
    ("An attack on the port would be answered.", "ground_attack", Modality.HYPOTHETICAL),
    ("Rebels must leave the port.", "withdraw", Modality.DEMANDED),
]

BACKGROUND = [
    ("In 1994 rebels shelled the port.", "shelling", True),
    ("Since the 1990s rebels have shelled the port.", "shelling", True),
    ("A generation ago rebels shelled the port.", "shelling", True),
    ("His uncle was killed in the siege of 1915.", "killing", True),
    ("Many have left since the war.", "armed_clash", True),
    ("War broke out on Tuesday.", "armed_clash", False),
    ("Rebels shelled the port on 3 March 2021.", "shelling", False),
    ("Rebels shelled the port on Tuesday.", "shelling", False),
]


@pytest.mark.parametrize(("text", "act", "modality"), STANCES, ids=[row[0] for row in STANCES])
def test_stances(text: str, act: str, modality: Modality) -> None:
    assert stance_of(text, act).modality is modality


@pytest.mark.parametrize(("text", "act", "background"), BACKGROUND, ids=[row[0] for row in BACKGROUND])
def test_background(text: str, act: str, background: bool) -> None:
    assert stance_of(text, act).background is background
