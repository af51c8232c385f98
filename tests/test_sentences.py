"""The sentence sets: their format, the matcher that compares readings with them, and the floors under the figures."""

import runpy
from pathlib import Path
from typing import Any

import pytest
from tests import sentences_tally
from tests.sentences_format import (
    ActEntry,
    AttributionEntry,
    Matcher,
    act_entries,
    attribution_entries,
    belongs_to_held,
    part,
    places_of,
    vocabulary,
)
from tests.sentences_score import measure, score_acts, score_attribution
from tests.sentences_tally import Score, pair

import truceline
from truceline.errors import KnowledgeError
from truceline.model import Actor, Attribution, Claim, Count, Document, Flag, Instrument, Modality, Place, Reading, Span

TEXT = "The army said rebels shelled Kutum with mortars, killing two men, which the rebels deny."


# ---------------------------------------------------------------- the sets


def test_sets_are_valid_and_large_enough() -> None:
    attributions, acts = attribution_entries(), act_entries()
    assert len(attributions) >= 110
    assert sum(entry.hard for entry in attributions) * 2 >= len(attributions)
    assert len(acts) >= 170
    assert sum(entry.negative is not None for entry in acts) >= 35
    conflicts = {entry.id.partition("-")[0] for entry in acts} - {"any", "look", "none", "hist", "hyp"}
    assert len(conflicts) >= 6


@pytest.mark.parametrize("entries", [attribution_entries(), act_entries()], ids=["attribution", "acts"])
def test_ids_are_unique_and_the_held_third_follows_from_them(entries: tuple[ActEntry | AttributionEntry, ...]) -> None:
    ids = [entry.id for entry in entries]
    assert len(ids) == len(set(ids))
    assert [entry.id for entry in entries if entry.held is not belongs_to_held(entry.id)] == []
    assert 0.28 <= sum(entry.held for entry in entries) / len(entries) <= 0.38


def test_texts_are_one_to_three_sentences_and_none_is_there_twice() -> None:
    texts = [*(entry.text for entry in attribution_entries()), *(entry.text for entry in act_entries())]
    assert len(texts) == len(set(texts))
    assert max(len(text.split()) for text in texts) <= 60


def test_every_act_of_the_vocabulary_is_expected_somewhere() -> None:
    expected = {act for entry in act_entries() for claim in entry.claims for act in claim.act}
    assert vocabulary().act_ids - expected == set()


def test_vocabulary_is_the_shipped_one() -> None:
    knowledge = pytest.importorskip("truceline.knowledge.acts")
    if not hasattr(knowledge, "ActVocabulary"):
        pytest.skip("the act vocabulary does not stand yet")
    from truceline.knowledge import Knowledge

    assert {act.id for act in Knowledge.load().acts} == vocabulary().act_ids


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("{id: x, text: Rebels fled., claims: [{act: displace, words: ran}]}", "'ran' does not stand in the text"),
        ("{id: x, text: Rebels fled., claims: [{act: flee, words: fled}]}", "not in vocabulary.yaml: flee"),
        ("{id: x, text: Rebels fled., claims: [{act: displace, words: fled, modality: sure}]}", "unknown modality"),
        ("{id: x, text: Rebels fled., negative: odd, claims: []}", "unknown kind of negative"),
    ],
)
def test_faults_are_named(entry: str, fault: str, tmp_path: Any) -> None:
    path = tmp_path / "acts.yaml"
    path.write_text(f"- {entry}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=fault):
        act_entries(path)


# ---------------------------------------------------------------- phrases


def test_places_of_whole_words_ranges_and_numbered_ones() -> None:
    text = "He said the heron said no."
    assert [text[start:end] for start, end in places_of(text, "he")] == []
    assert places_of(text, "said") == ((3, 7), (18, 22))
    assert places_of(text, "said#2") == ((18, 22),)
    assert [text[start:end] for start, end in places_of(text, "the … no")] == ["the heron said no"]
    assert places_of(text, "no … the") == ()


@pytest.mark.parametrize(
    ("expected", "found", "same"),
    [
        ("the army", "army", True),
        ("the army", "a spokesman for the army", False),
        ("a spokesman for the army", "a spokesman", True),
        ("a spokesman for the army", "the army", False),
        ("Colonel Idris", "Colonel Idris, who leads the front,", True),
        ("the government army", "the rebel army", False),
    ],
)
def test_names_are_the_same_by_their_heads(expected: str, found: str, same: bool) -> None:
    text = "a spokesman for the army met Colonel Idris, who leads the front, the rebel army and the government army"
    start = text.index(found)
    actor = Actor(found, (start, start + len(found)))
    assert Matcher(text, vocabulary()).names_same(expected, actor) is same


def test_pairing_takes_the_heaviest_first_and_leaves_the_rest_alone() -> None:
    pairs = pair([1, 2], [2, 4, 9], lambda one, other: 4 - abs(one - other))
    assert sorted(pairs, key=str) == sorted([(2, 2), (1, 4), (None, 9)], key=str)


# ---------------------------------------------------------------- scores of hand-made readings


def _at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return start, start + len(words)


def _actor(words: str) -> Actor:
    return Actor(words, _at(words))


def _claim(words: str, act: str | None, **values: Any) -> Claim:
    """A hand-made claim; the fields a test does not name are empty."""
    empty: dict[str, Any] = dict.fromkeys(["cue", "said", "agent", "patient", "place", "when", "instrument"])
    made = empty | {"speakers": (), "modality": Modality.ASSERTED, "counts": (), "quoted": False} | values
    span = _at(words)
    return Claim(
        id=words,
        span=span,
        text=words,
        sentence=(0, len(TEXT)),
        act=act,
        act_span=span,
        confidence=1,
        by="hand",
        **made,
    )


def _reading(*claims: Claim, attributions: tuple[Attribution, ...] = ()) -> Reading:
    return Reading(Document("sha256:0", TEXT), claims, attributions, (), (), ())


BARRAGE = {"act": "shelling", "words": "shelled", "agent": "rebels"}
DEATHS = {"act": "killing", "words": "killing", "agent": "*", "patient": "two men"}
ACT = ActEntry.model_validate(
    {
        "id": "x",
        "text": TEXT,
        "claims": [
            {**BARRAGE, "patient": [None, "Kutum"], "place": "Kutum", "instrument": "mortar"},
            {**BARRAGE, "patient": "*", "place": "*", "instrument": "*", "modality": "denied"},
            {**DEATHS, "counts": [{"what": "killed", "min": 2, "max": 2}]},
        ],
    }
)


def _shelling(modality: Modality = Modality.ASSERTED, **values: Any) -> Claim:
    place, instrument = Place("Kutum", _at("Kutum")), Instrument("mortars", _at("mortars"), "mortar")
    made = {"agent": _actor("rebels"), "place": place, "instrument": instrument, "modality": modality} | values
    return _claim("shelled", "shelling", **made)


def _killing(**values: Any) -> Claim:
    two = Count("killed", 2, 2, "two men", _at("two men"))
    return _claim("killing", "killing", **({"patient": _actor("two men"), "counts": (two,)} | values))


def _f1(score: Score) -> dict[str, float]:
    return {name: round(tally.scores()[2], 1) for name, tally in score.fields.items()}


def test_a_right_reading_scores_a_hundred() -> None:
    right = _reading(_killing(), _shelling(Modality.DENIED), _shelling())
    score = score_acts([ACT], lambda _: right)
    assert set(_f1(score).values()) == {100.0}
    assert score.errors == []


def test_an_empty_reading_scores_nothing_and_names_all_that_is_missing() -> None:
    score = score_acts([ACT], lambda _: _reading())
    assert set(_f1(score).values()) == {0.0}
    assert {error.field for error in score.errors} >= {"act", "agent", "counts", "modality"}


def test_wrong_values_count_against_their_field_alone() -> None:
    wrong = _reading(_shelling(agent=_actor("The army")), _shelling(Modality.DENIED), _killing(patient=None))
    figures = _f1(score_acts([ACT], lambda _: wrong))
    assert figures["act"] == figures["modality"] == figures["place"] == figures["counts"] == 100.0
    assert figures["agent"] == 50.0
    assert figures["patient"] == 0.0


def test_an_invented_claim_costs_precision_unless_it_may_stand() -> None:
    extra = _claim("mortars", "weapons_violation")
    read = _reading(_shelling(), _shelling(Modality.DENIED), _killing(), extra)
    assert score_acts([ACT], lambda _: read).fields["act"].scores()[:2] == (75.0, 100.0)
    lenient = ACT.model_copy(update={"may": ("mortars",)})
    assert score_acts([lenient], lambda _: read).fields["act"].scores()[:2] == (100.0, 100.0)


def test_a_count_on_the_wrong_claim_is_seen() -> None:
    two = Count("killed", 2, 2, "two men", _at("two men"))
    read = _reading(_shelling(counts=(two,)), _shelling(Modality.DENIED), _killing(counts=()))
    figures = _f1(score_acts([ACT], lambda _: read))
    assert figures["counts"] == 100.0
    assert figures["count on its claim"] == 0.0


def test_negative_sentences_must_open_no_incident() -> None:
    history = {"act": "killing", "words": "killing", "patient": "*", "counts": "*", "background": True}
    entry = ActEntry.model_validate(
        {"id": "x", "text": TEXT, "negative": "history", "claims": [history], "may": ["shelled"]}
    )
    marked = _killing(flags=(Flag("background", None, None, "hand"),))
    assert _f1(score_acts([entry], lambda _: _reading(marked)))["negative left alone"] == 100.0
    assert _f1(score_acts([entry], lambda _: _reading()))["negative left alone"] == 100.0
    assert _f1(score_acts([entry], lambda _: _reading(_killing())))["negative left alone"] == 0.0


SAID = AttributionEntry.model_validate(
    {
        "id": "x",
        "about": "hand-made",
        "text": TEXT,
        "attributions": [
            {"source": "The army", "cue": "said", "content": ["rebels shelled … two men"], "kind": "indirect"},
            {"source": "the rebels", "cue": "deny", "content": ["which"], "kind": "indirect"},
        ],
        "claims": [
            {"words": "shelled", "speakers": ["The army"]},
            {"words": "shelled", "speakers": ["the rebels"], "modality": "denied"},
        ],
    }
)


def _attribution(source: str, cue: str, content: str) -> Attribution:
    return Attribution((_at(source),) if source else (), (_at(cue),), (_at(content),), "indirect", "hand")


def test_right_attributions_score_a_hundred() -> None:
    layer = (
        _attribution("the rebels", "deny", "which"),
        _attribution("The army", "said", "rebels shelled Kutum with mortars"),
    )
    claims = (
        _shelling(Modality.DENIED, speakers=(_actor("the rebels"),)),
        _shelling(speakers=(_actor("The army"),)),
    )
    assert set(_f1(score_attribution([SAID], lambda _: _reading(*claims, attributions=layer))).values()) == {100.0}


def test_swapped_speakers_are_seen() -> None:
    layer = (_attribution("The army", "deny", "which"), _attribution("", "said", "rebels shelled Kutum with mortars"))
    claims = (_shelling(speakers=(_actor("the rebels"),)), _shelling(Modality.DENIED, speakers=()))
    figures = _f1(score_attribution([SAID], lambda _: _reading(*claims, attributions=layer)))
    assert figures["cue"] == figures["content"] == figures["kind"] == 100.0
    assert figures["source"] == figures["who said"] == figures["modality"] == 0.0
    assert figures["speakers"] == 50.0


# ---------------------------------------------------------------- the reader against its floors


def test_figures_do_not_fall_under_their_floors() -> None:
    floors = sentences_tally.floors()
    if not floors:
        pytest.skip("no floors written yet")
    from truceline import Reader

    measured = measure(Reader(agreement=None).read)
    fallen = {
        (name, half, key): figure
        for name, halves in floors.items()
        for half, levels in halves.items()
        for key, floor in levels.items()
        if (figure := round(measured[name][half].fields[key].scores()[2], 1)) < floor
    }
    assert fallen == {}


def test_floors_only_rise(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences_tally, "FLOORS", tmp_path / "floors.yaml")
    some, none = _reading(_shelling(), _killing()), _reading()
    good, bad = score_acts([ACT], lambda _: some), score_acts([ACT], lambda _: none)
    sentences_tally.raise_floors({"acts": {"dev": good}})
    first = sentences_tally.floors()
    sentences_tally.raise_floors({"acts": {"dev": bad}})
    assert sentences_tally.floors() == first
    assert first["acts"]["dev"]["act"] == 80.0


def test_held_errors_show_no_texts() -> None:
    score = score_acts([ACT], lambda _: _reading())
    assert "mortar" not in score.listed(texts=False)
    assert "mortar" in score.listed(texts=True)
    assert part((ACT,), held=True) == ()


def test_the_command_prints_a_table_for_each_set_and_half(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Silent:
        def __init__(self, agreement: object) -> None:
            assert agreement is None

        def read(self, text: str) -> Reading:
            return Reading(Document("sha256:0", text), (), (), (), (), ())

    main = runpy.run_path(str(Path(__file__).parents[1] / "benchmarks" / "sentences.py"))["main"]
    monkeypatch.setitem(vars(truceline), "Reader", Silent)
    assert main([]) == 0
    shown = capsys.readouterr().out
    assert [f"{name}, {half}" in shown for name in ("attribution", "acts") for half in ("dev", "held")] == [True] * 4
    assert main(["acts", "--held"]) == 0
    assert "dev" not in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["verbs"])
