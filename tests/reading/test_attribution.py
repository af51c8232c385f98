"""Who says what: each construction with its source, cue and content."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reading.attribution_checks import attributor, reports, said, view

from truceline.model.claim import Modality
from truceline.reading.attribution import outermost, to_attributions

TABLE = [
    # indirect speech
    ("The ministry said the convoy had left Kadugli.", [("The ministry", "said", "the convoy had left Kadugli")]),
    ("Two bridges were mined, officers said.", [("officers", "said", "Two bridges were mined")]),
    (
        "The patrol, two herders said, had crossed the river at night.",
        [("two herders", "said", "The patrol … had crossed the river at night")],
    ),
    ("As the ministry said on Sunday, the post fell.", [("the ministry", "said", "the post fell")]),
    (
        "The road was cut at noon, as first reported by the agency.",
        [("the agency", "reported", "The road was cut at noon")],
    ),
    ("The order, the officer told them, was plain.", [("the officer", "told", "The order … was plain")]),
    (
        "The colonel admitted moving the guns at night.",
        [("The colonel", "admitted", "moving the guns at night")],
    ),
    # content ends where somebody reports again
    (
        "The army said it had withdrawn, adding that its posts were empty.",
        [("The army", "said", "it had withdrawn"), ("The army", "adding", "that its posts were empty")],
    ),
    (
        "The rebels blame the army for the raid, which the ministry denies.",
        [("The rebels", "blame", "the raid"), ("the ministry", "denies", "which")],
    ),
    # direct speech
    (
        "“They shelled the market. We saw it,” the mayor said. “Nobody came to help.”",
        [("the mayor", "said", "They shelled the market. We saw it … Nobody came to help")],
    ),
    (
        "''We will not leave,'' the governor said. ''This is our town.''",
        [("the governor", "said", "We will not leave … This is our town")],
    ),
    # documents, surveys, nouns
    (
        "The bulletin reads: “No shots were heard.”",
        [("The bulletin", "reads", "No shots were heard")],
    ),
    (
        "The mission repeated the army's claim that the road was open.",
        [("the army's", "claim", "that the road was open")],
    ),
    (
        "The ministry issued a statement saying the posts were empty.",
        [("The ministry", "issued … statement saying", "the posts were empty")],
    ),
    (
        "The two mayors and their deputies traded blame for the flooding of the lower quarter.",
        [("The two mayors … their deputies", "traded blame", "the flooding of the lower quarter")],
    ),
    # nobody named
    ("It is unclear whether the ferry was hit.", [("", "is unclear", "whether the ferry was hit")]),
    ("Snipers reportedly fired on the bus.", [("", "reportedly", "Snipers … fired on the bus")]),
    # accusation: the accused is part of the content
    (
        "The army accused the rebels of mining the road.",
        [("The army", "accused", "the rebels of mining the road")],
    ),
    # declined
    ("The spokesman declined to comment on the raid.", [("The spokesman", "declined … comment", "the raid")]),
    # stance
    ("The governor was critical of the truce.", [("The governor", "was critical of", "the truce")]),
]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text[:40] for text, _ in TABLE])
def test_each_construction(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = said(text)
    for one in expected:
        assert one in found


def test_nothing_is_attributed_in_plain_narration() -> None:
    assert said("Shells fell on the market at noon. The registered voters went home.") == []


def test_speech_within_speech_is_shown_where_its_speaker_is_named() -> None:
    text = "The agency said the minister had warned that fighting would resume."
    assert [one[0] for one in said(text)] == ["The agency", "the minister"]
    inner = next(report for report in reports(text) if report.name == "warn")
    assert inner.within == "report"


def test_outermost_reports_are_the_texts_own() -> None:
    found = outermost(reports("The agency said the minister had warned that fighting would resume."))
    assert [report.name for report in found] == ["say"]


def test_thoughts_within_a_quotation_are_not_shown() -> None:
    assert len(said("“I think they want to stop the raids,” the mayor said.")) == 1


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The rebels denied shelling the post.", Modality.DENIED),
        ("The army threatened to shell the post.", Modality.THREATENED),
        ("The ministry did not say who fired.", Modality.DECLINED),
        ("The envoy called on both sides to stop firing.", Modality.DEMANDED),
    ],
)
def test_modality_of_a_report(text: str, modality: Modality) -> None:
    assert modality in {report.modality for report in reports(text)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            [
                "The army",
                "said",
                "that",
                "“",
                "”",
                "''",
                ",",
                ".",
                ":",
                "accused",
                "of",
                "shelling",
                "it",
                "who",
                "\n\n",
            ]
        ),
        max_size=25,
    )
)
def test_any_text_is_read_and_every_span_lies_in_it(parts: list[str]) -> None:
    text = " ".join(parts)
    seen = view(text)
    for one in to_attributions(seen.parsed, attributor().reports(seen)[0]):
        for start, end in (*one.source, *one.cue, *one.content):
            assert 0 <= start < end <= len(text)
