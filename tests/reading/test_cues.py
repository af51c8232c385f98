"""The cue lexicon: classes fit together, and the frames tell readings of one word apart."""

import pytest
from tests.reading.attribution_checks import lexicon, reports


def test_every_class_says_where_its_content_stands() -> None:
    for name, cue_class in lexicon().cues.classes.items():
        assert cue_class.content or cue_class.bare or cue_class.words.get("nouns"), name


def test_no_word_stands_twice_in_one_class() -> None:
    for name, cue_class in lexicon().cues.classes.items():
        for kind, words in cue_class.words.items():
            assert len(words) == len(set(words)), f"{name} › {kind}"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The envoy called for an inquiry.", "demand"),
        ("The envoy called the deal a surrender.", "describe"),
        ("The envoy called on the rebels to leave.", "command"),
        ("The poll showed the minister in third place.", "finding"),
        ("The commission found that gunners had fired.", "show"),
        ("The army pushed back against the claims.", "respond"),
        ("The colonel went on to say that the road was open.", "say"),
        ("The colonel refused to say who fired.", "decline"),
        ("The convoy seemed to turn back.", "seem"),
    ],
)
def test_frames_tell_readings_apart(text: str, name: str) -> None:
    assert name in {report.name for report in reports(text)}


@pytest.mark.parametrize(
    "text",
    [
        "The alliance supports the bridge with pillars of the registered kind.",
        "The law required inspections of the pledged weapons.",
        "The convoy went to the market.",
    ],
)
def test_verbs_of_speech_need_their_frame(text: str) -> None:
    assert not [report for report in reports(text) if not report.cue_class.thought and report.name not in {"praise"}]
