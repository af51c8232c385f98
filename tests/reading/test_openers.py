"""Dates that open a clause."""

import pytest

from truceline.knowledge import Knowledge
from truceline.knowledge.openers import load_openers
from truceline.reader import Reader
from truceline.reading.openers import DateOpeners


@pytest.fixture(scope="module")
def openers() -> DateOpeners:
    knowledge = Knowledge.load()
    return DateOpeners(load_openers(knowledge.data("frames/openers.yaml")), knowledge.actor_nouns.days)


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("On 3 May Malian troops left.", "On 3 May,Malian troops left."),
        ("It rained. On the night of 3 May gunmen came.", "It rained. On the night of 3 May,gunmen came."),
        ("They said that on Monday evening rebels came.", "They said that on Monday evening,rebels came."),
        ("Late on Friday Houthi units left.", "Late on Friday,Houthi units left."),
        ("On 3 May in Kidal troops left.", None),
        ("On 3 May, troops left.", None),
        ("On 3 May 2012 troops left.", None),
        ("They left on 3 May without a fight.", None),
        ("In may cases troops left.", None),
    ],
)
def test_gets_a_comma(openers: DateOpeners, text: str, apart: str | None) -> None:
    assert openers.apart(text) == (apart or text)


def test_comma_is_no_word_of_the_text() -> None:
    text = "On 25 May units of the Malian army moved into the Kidal region."
    (claim,) = Reader(agreement=None).read(text, published="2012-06-01").claims
    assert claim.agent is not None
    assert claim.agent.text == "units of the Malian army"
    assert claim.when is not None
    assert claim.when.text == "25 May"
    assert text[claim.span[0] : claim.span[1]] == claim.text
