"""The PLOVER view: categories, sides, and the speech act beside the deed."""

from functools import cache

import pytest

from truceline import Reader
from truceline.knowledge import Knowledge
from truceline.knowledge.frames import FrameLexicon, load_plover_frames

Event = tuple[str, str | None, str | None]

TABLE: list[tuple[str, Event]] = [
    # deeds of the vocabulary of acts
    ("Armenian troops shelled an Azerbaijani village on Monday.", ("ASSAULT", "ARM", "AZE")),
    ("Russia withdrew its troops from Georgia.", ("RETREAT", "RUS", "GEO")),
    ("Israeli soldiers arrested forty Palestinians in a sweep.", ("COERCE", "ISR", "PSE")),
    # deeds that only PLOVER has
    ("The French foreign minister visited Kenya on Tuesday.", ("CONSULT", "FRA", "KEN")),
    ("Norway gave Malawi a grant of nine million dollars.", ("AID", "NOR", "MWI")),
    ("Chile has established diplomatic ties with Angola.", ("SUPPORT", "CHL", "AGO")),
    ("Thailand expelled three Cambodian diplomats.", ("SANCTION", "THA", "KHM")),
    ("The government of Peru lifted the curfew in the capital.", ("CONCEDE", "PER", "PER")),
    ("Thousands of Greek students demonstrated against the government.", ("PROTEST", "GRC", "GRC")),
    ("India shared intelligence with Nepal about smugglers.", ("COOPERATE", "IND", "NPL")),
    # speech acts
    ("Rwanda accused Uganda of arming rebels.", ("ACCUSE", "RWA", "UGA")),
    ("Eritrea rejected an Ethiopian proposal for talks.", ("REJECT", "ERI", "ETH")),
    ("Pakistan demanded that India withdraw its troops.", ("REQUEST", "PAK", "IND")),
    ("Turkey threatened to invade Syria.", ("THREATEN", "TUR", "SYR")),
    ("Spain praised Morocco for its efforts.", ("SUPPORT", "ESP", "MAR")),
    ("Chad said that Sudan must return the prisoners.", ("REQUEST", "TCD", "SDN")),
    # what is only promised, announced or refused
    ("Japan has promised to give aid to Laos.", ("AGREE", "JPN", "LAO")),
    ("Kuwait said it would send aid to Jordan.", ("AGREE", "KWT", "JOR")),
    ("Iran will suspend ties with Sweden.", ("THREATEN", "IRN", "SWE")),
    ("Algeria refused to cooperate with Mali.", ("REJECT", "DZA", "MLI")),
]


@cache
def _read() -> dict[str, list[dict[str, object]]]:
    texts = [text for text, _ in TABLE]
    return {text: reading.to_plover() for text, reading in zip(texts, Reader().read_many(texts), strict=True)}


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text[:40] for text, _ in TABLE])
def test_events_of_a_sentence(text: str, expected: Event) -> None:
    category, source, target = expected
    found = _read()[text]
    assert any(
        event["event"] == category and source in event["source"] and target in event["target"]  # type: ignore[operator]
        for event in found
    ), found


def test_an_event_of_a_claim_names_the_claim() -> None:
    reading = Reader().read("Armenian troops shelled an Azerbaijani village on Monday.")
    event = reading.to_plover()[0]
    assert event["claim"] == reading.claims[0].id
    assert event["mode"] == "heavy-weapons"


def test_history_is_no_event() -> None:
    reading = Reader().read("In 1994 Rwandan rebels attacked a Ugandan town.")
    assert [event for event in reading.to_plover() if event["event"] == "ASSAULT"] == []


def test_any_text_has_a_view() -> None:
    for text in ("", "…", "will will will", "“", "Who? Whom?", "\n\n42"):
        assert isinstance(Reader().read(text).to_plover(), list)


def test_each_cue_class_and_act_is_known() -> None:
    knowledge = Knowledge.load()
    frames = load_plover_frames(knowledge.data("frames/plover.yaml"))
    lexicon = FrameLexicon.load(
        {name: knowledge.data(f"frames/{name}.yaml") for name in ("triggers", "cues", "support")}
    )
    assert set(frames.cues) <= set(lexicon.cues.classes)
    assert lexicon.events(frames).verbs


def test_each_frame_of_its_own_is_found_in_its_example() -> None:
    from truceline.reading.frames import FrameMatcher, support_of
    from truceline.reading.parse import parse_many
    from truceline.reading.pipeline import load_pipeline
    from truceline.reading.sorts import Sorter
    from truceline.reading.view import clause_view

    knowledge = Knowledge.load()
    frames = load_plover_frames(knowledge.data("frames/plover.yaml"))
    lexicon = FrameLexicon.load(
        {name: knowledge.data(f"frames/{name}.yaml") for name in ("triggers", "cues", "support")}
    )
    index = lexicon.events(frames)
    matcher, support = FrameMatcher(lexicon, Sorter(lexicon, knowledge), index), support_of(lexicon, index)
    examples = [
        (group.meaning, marked.translate(str.maketrans("", "", "[]{}")))
        for group in frames.groups
        for words in (group.verbs, group.nouns, group.states)
        for marked in words.values()
    ]
    parsed = parse_many([text for _, text in examples], load_pipeline())
    missed = [
        (meaning, text)
        for (meaning, text), one in zip(examples, parsed, strict=True)
        if meaning not in {found.act for found in matcher.acts(clause_view(one, support))}
    ]
    assert missed == []
