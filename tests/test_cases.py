"""Whole texts with the claims expected of them: the format, the matcher, and each case against its floor."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
import yaml
from tests.cases_format import FLOORS, Case, ExpectedClaim, ExpectedCount, first_and_last, is_held, load_cases
from tests.cases_score import fits, same_chain, same_days, score

from truceline.model import Actor, Claim, Count, Document, Modality, Place, Reading, Time

CASES = load_cases()

TEXT = "The ministry said rebels shelled Kutum on Monday, killing two. The rebels denied shelling the town."


def _at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
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
        confidence=1.0,
        by="hand",
        **made,
    )


def _reading(*claims: Claim) -> Reading:
    return Reading(Document("sha256:0", TEXT), claims, (), (), (), ())


CASE = Case.model_validate(
    {
        "name": "by-hand", "conflict": "darfur", "kind": "wire", "agreement": None, "published": "2016-03-01",
        "publisher": None, "held": False, "text": TEXT,
        "claims": [
            {
                "words": "shelled Kutum", "speakers": ["ministry"], "modality": "asserted", "act": "shelling",
                "agent": "rebels", "when": "2016-02-29",
            },
            {
                "words": "killing two", "speakers": ["ministry"], "modality": "asserted", "act": "killing",
                "counts": [{"what": "killed", "min": 2, "max": 2}],
            },
            {"words": ["denied shelling"], "speakers": ["The rebels"], "modality": "denied", "act": "shelling"},
        ],
        "not_claims": [{"words": "denied shelling", "modality": "asserted"}, {"count": 44}],
    }
)  # fmt: skip


def test_perfect_reading_scores_full() -> None:
    monday = Time("on Monday", _at("on Monday"), date(2016, 2, 29), date(2016, 3, 1), 1)
    reading = _reading(
        _claim("shelled", "shelling", speakers=(_actor("The ministry"),), agent=_actor("rebels"), when=monday),
        _claim(
            "killing", "killing", speakers=(_actor("The ministry"),), counts=(Count("killed", 2, 2, "two", _at("two")),)
        ),
        _claim("shelling", "shelling", speakers=(_actor("The rebels"),), modality=Modality.DENIED),
    )
    result = score(CASE, reading)
    assert not result.missed
    assert not result.extra
    assert result.floor() == {"recall": 1.0, "precision": 1.0, "values": 1.0, "forbidden": 0}


def test_wrong_missing_and_forbidden_are_counted() -> None:
    reading = _reading(
        _claim("shelled", "shelling", speakers=(), agent=_actor("The ministry")),
        _claim(
            "shelling",
            "shelling",
            speakers=(_actor("The rebels"),),
            counts=(Count("killed", 44, None, "two", _at("two")),),
        ),
        _claim("town", "seize"),
    )
    result = score(CASE, reading)
    assert [claim.words for claim in result.missed] == [("killing two",)]
    assert [claim.id for claim in result.extra] == ["town"]
    assert [faults for _, _, faults in result.pairs] == [("speakers", "agent", "when"), ("modality",)]
    assert len(result.forbidden) == 2
    agent = result.fields["agent"]
    assert (agent.right, agent.predicted, agent.expected) == (0, 1, 1)
    speakers = result.fields["speakers"]
    assert (speakers.right, speakers.predicted, speakers.expected) == (1, 3, 3)


def test_claims_without_an_act_are_not_held_against_a_reading() -> None:
    assert score(CASE, _reading(_claim("town", None))).claims.precision == 1.0


def test_mirrored_accusations_share_their_words() -> None:
    mirrored = [
        {"words": "shelled Kutum", "speakers": [one], "modality": "asserted", "act": "shelling", "agent": other}
        for one, other in [("ministry", "rebels"), ("rebels", "ministry")]
    ]
    case = CASE.model_copy(update={"claims": tuple(ExpectedClaim.model_validate(claim) for claim in mirrored)})
    ministry, rebels = _actor("The ministry"), _actor("rebels")
    first = _claim("shelled", "shelling", speakers=(rebels,), agent=ministry)
    second = replace(first, id="second", speakers=(ministry,), agent=rebels)
    assert score(case, _reading(first, second)).values.recall == 1.0


@pytest.mark.parametrize(
    ("wanted", "given", "same"),
    [
        ((), (), True),
        ((), ("The rebels",), False),
        (("?We", "ministry"), ("The ministry",), True),
        (("rebels", "ministry"), ("The ministry",), False),
        (("army|rebels",), ("The rebels",), True),
        (("rebel",), ("The rebels",), False),
    ],
)
def test_speaker_chains(wanted: tuple[str, ...], given: tuple[str, ...], same: bool) -> None:
    assert same_chain(wanted, tuple(map(_actor, given))) is same


@pytest.mark.parametrize(
    ("wanted", "start", "end", "same"),
    [
        ("2016-02-29", "2016-02-29", "2016-03-01", True),
        ("2016-02-29", "2016-02-28", "2016-02-29", False),
        ("2016-02", "2016-02-01", "2016-03-01", True),
        ("2016-02", "2016-02-01", "2016-02-02", False),
        ("2016", "2016-01-01", "2017-01-01", True),
        ("2016-02-27/2016-02-28", "2016-02-27", "2016-02-29", True),
        ("2016-02-27/2016-02-28", "2016-02-27", "2016-03-02", False),
        ("2016-02-27/", "2016-02-27", "2016-06-01", True),
        (None, "2016-02-27", "2016-02-28", False),
    ],
)
def test_days(wanted: str | None, start: str, end: str, same: bool) -> None:
    time = Time("then", (0, 4), date.fromisoformat(start), date.fromisoformat(end), 1)
    assert same_days(wanted, time) is same
    assert same_days(wanted, None) is (wanted is None)


def test_months_end_on_their_last_day() -> None:
    assert first_and_last("2020-12") == (date(2020, 12, 1), date(2021, 1, 1) - timedelta(days=1))


@pytest.mark.parametrize(
    ("expected", "least", "most", "fitting"),
    [
        ({"min": 3, "max": None}, 3, None, True),
        ({"min": 3, "max": None}, 3, 3, False),
        ({"max": 2000}, None, 2000, True),
        ({"around": 100}, 90, 110, True),
        ({"around": 100}, None, None, False),
        ({"around": 100}, 101, None, False),
    ],
)
def test_counts(expected: dict[str, int | None], least: int | None, most: int | None, fitting: bool) -> None:
    assert ExpectedCount.model_validate({"what": "killed", **expected}).fits("killed", least, most) is fitting


def test_a_field_left_out_is_not_judged() -> None:
    expected = ExpectedClaim.model_validate({"words": "x", "speakers": [], "modality": "asserted", "act": "shelling"})
    assert fits("agent", expected, _claim("shelled", "shelling", agent=_actor("rebels")))


def test_words_that_are_not_in_the_text_are_a_fault() -> None:
    data = CASE.model_dump(exclude_unset=True) | {"text": "Nothing of the kind."}
    with pytest.raises(ValueError, match="occurs 0 times"):
        Case.model_validate(data)


def test_there_are_enough_texts_of_enough_conflicts() -> None:
    assert len(CASES) >= 30
    assert len({case.conflict for case in CASES}) >= 8
    assert "nagorno-karabakh" in {case.conflict for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_held_by_the_draw(case: Case) -> None:
    assert case.held is is_held(case.name)


def _found(case: Case, words: str | None) -> Actor | None:
    """The first of the alternatives, where it stands in the text."""
    if not words:
        return None
    one = words.removeprefix("?").split("|")[0]
    return Actor(one, case.spans(one))


def _as_expected(case: Case, number: int, expected: ExpectedClaim) -> Claim:
    """The claim a perfect reader would give."""
    span = case.spans(expected.words[0])
    when = None
    if expected.when is not None:
        first, last = first_and_last(expected.when)
        when = Time("", (0, 0), first, (last or first) + timedelta(days=1), 1)
    place = _found(case, expected.place)
    return replace(
        _claim("rebels", expected.act.split("|")[0] if expected.act else None),
        id=str(number), span=span, act_span=span, when=when, modality=Modality(expected.modality.split("|")[0]),
        speakers=tuple(speaker for words in expected.speakers if (speaker := _found(case, words))),
        agent=_found(case, expected.agent), patient=_found(case, expected.patient),
        place=Place(place.text, place.span) if place else None,
        counts=tuple(
            Count(one.what, one.around or one.min, one.around or one.max, "", (0, 0)) for one in expected.counts
        ),
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_can_be_met(case: Case) -> None:
    perfect = [_as_expected(case, number, claim) for number, claim in enumerate(case.claims)]
    result = score(case, _reading(*perfect))
    assert [(claim.words[0], faults) for claim, _, faults in result.pairs if faults] == []
    assert result.floor() == {"recall": 1.0, "precision": 1.0, "values": 1.0, "forbidden": 0}


@cache
def _floors() -> dict[str, dict[str, float]]:
    return yaml.safe_load(FLOORS.read_text("utf-8")) or {} if FLOORS.exists() else {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_keeps_to_its_floor(case: Case) -> None:
    from tests.cases_reading import read_case
    from tests.reading_checks import faults_of

    reading = read_case(case)
    assert faults_of(reading) == []
    assert read_case(case) == reading, "a second reading differs"
    figures, floor = score(case, reading).floor(), _floors().get(case.name, {})
    for name in ("recall", "precision", "values"):
        assert figures[name] >= floor.get(name, 0.0), f"{case.name}: {name} fell"
    assert figures["forbidden"] <= floor.get("forbidden", figures["forbidden"]), (
        f"{case.name}: more is read that must not be"
    )
