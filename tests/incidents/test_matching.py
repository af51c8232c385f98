"""Which claims come to one incident, and which do not."""

import pytest
from tests.incidents.dossiers import agreement
from tests.incidents.making import MONITOR, Told, document

from truceline.incidents import build
from truceline.model import Decisions, Incidents, Modality, Witness

NK = "nagorno-karabakh-2020"


def come_to(*documents: list[Witness], decisions: Decisions | None = None) -> Incidents:
    return build([w for d in documents for w in d], agreement=agreement(NK), decisions=decisions)


def together(one: Told, another: Told, published: tuple[str, str] = ("2020-12-14", "2020-12-14")) -> bool:
    """Whether the two, told by two papers, come to one incident."""
    result = come_to(document("Paper A", published[0], one), document("Paper B", published[1], another))
    return any(len(incident.documents) == 2 for incident in result.incidents)


ATTACK = Told(by="Azerbaijan", to="Armenia", at="Hadrut", day="2020-12-11")


@pytest.mark.parametrize(
    ("another", "one_incident"),
    [
        (Told(by="Armenia", to="Azerbaijan", at="Hadrut", day="2020-12-11"), True),  # who began is contested
        (Told("ceasefire_violation", at="Hadrut", day="2020-12-11"), True),
        (Told("wounding", to="Armenia", at="Hadrut", day="2020-12-11"), True),
        (Told(by="Azerbaijan", to="Armenia", day="2020-12-11"), True),  # no place given
        (Told(by="Azerbaijan", at="Hadrut", day="2020-12-12"), False),  # same place on another day
        (Told(by="Azerbaijan", at="Lachin", day="2020-12-11"), False),  # same day at another place
        (Told("exchange_prisoners", at="Hadrut", day="2020-12-11"), False),  # another kind of act
        (Told("explosion", at="Hadrut", day="2020-12-11"), False),
        (Told(by="Azerbaijan", to="Armenia", at="Hadrut"), True),  # no day, told three days after
        (Told("ceasefire_violation", by="Azerbaijan"), False),  # neither day nor place
    ],
)
def test_two_claims(another: Told, one_incident: bool) -> None:
    assert together(ATTACK, another) is one_incident


def test_the_hour_tells_two_apart() -> None:
    morning = Told("small_arms_fire", by="Azerbaijan", at="Hadrut", day="2020-12-11", clock="08:00")
    evening = Told("small_arms_fire", by="Azerbaijan", at="Hadrut", day="2020-12-11", clock="20:30")
    later = Told("small_arms_fire", by="Azerbaijan", at="Hadrut", day="2020-12-11", clock="20:50")
    assert not together(morning, evening)
    assert together(evening, later)


def test_a_night_is_shared_by_two_days() -> None:
    late = Told("shelling", by="Azerbaijan", at="Hadrut", day="2020-12-11", clock="23:40")
    early = Told("shelling", by="Azerbaijan", at="Hadrut", day="2020-12-12", clock="00:20")
    assert together(late, early)
    assert not together(late, Told("shelling", by="Azerbaijan", at="Hadrut", day="2020-12-12", clock="12:20"))


def test_places_within_a_district_are_near() -> None:
    village = Told(by="Azerbaijan", at="Hin Tagher", day="2020-12-12")
    assert together(village, Told(by="Azerbaijan", at="Hadrut", radius=3, day="2020-12-12"))
    assert not together(village, Told(by="Azerbaijan", at="Shusha", day="2020-12-12"))


def test_a_passage_goes_on_without_day_and_place() -> None:
    told = document(
        "Paper A",
        "2020-12-12",
        ATTACK,
        Told("wounding", counts=(("wounded", 3, 3, None),)),
        Told("wounding", counts=(("wounded", 1, 1, None),), paragraph=True),
        Told(by="Azerbaijan", at="Lachin", day="2020-12-11", paragraph=True),
        Told("wounding", counts=(("wounded", 9, 9, None),)),
    )
    result = come_to(told)
    assert [incident.claims for incident in result.incidents] == [
        tuple(w.claim.id for w in told[:3]),
        tuple(w.claim.id for w in told[3:]),
    ]


def test_a_sentence_of_another_day_is_no_part_of_the_passage() -> None:
    told = document("Paper A", "2020-12-12", ATTACK, Told("agree", day="2020-11-10"), Told("armed_clash"))
    beside = told[2].claim
    same = [
        *told[:2],
        Witness(
            claim=type(beside)(**{**_fields(beside), "sentence": told[1].claim.sentence}), document=told[2].document
        ),
    ]
    assert beside.id in come_to(told).incidents[0].claims
    assert beside.id not in come_to(same).incidents[0].claims


def _fields(claim: object) -> dict[str, object]:
    return {name: getattr(claim, name) for name in type(claim).__slots__}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (Told("negotiate", day="2020-12-11"), "no incident"),
        (Told(day="2020-12-11", flags=("background",)), "background"),
        (Told(day="2020-12-11", modality=Modality.THREATENED), "threat"),
        (Told(None, day="2020-12-11"), "no act"),
        (Told(), "neither day nor place"),
    ],
)
def test_what_is_in_no_incident_says_why(told: Told, why: str) -> None:
    result = come_to(document("Paper A", "2020-12-12", told))
    assert result.incidents == ()
    assert why in result.unmatched[0].why


def test_the_time_of_the_statement_is_not_the_day_of_the_act() -> None:
    said = Told(
        "killing",
        to="Azerbaijan",
        day="2020-12-13",
        counts=(("killed", 4, 4, "azerbaijan"),),
        flags=("time_of_statement",),
    )
    result = come_to(document("Paper A", "2020-12-13", said), document("Paper B", "2020-12-13", ATTACK))
    assert [incident.documents for incident in result.incidents] == [(result.incidents[0].documents[0],)]
    assert result.unmatched[0].why == "neither day nor place is given"


def test_a_summary_holds_incidents_and_is_none() -> None:
    twelve = Told(
        "ceasefire_violation", at="Hadrut", radius=3, day="2020-12-11", counts=(("violations", 12, 12, None),)
    )
    result = come_to(document(MONITOR, "2020-12-12", twelve), document("Paper A", "2020-12-12", ATTACK))
    assert len(result.incidents) == 1
    assert (result.aggregates[0].min, result.aggregates[0].contains) == (12, (result.incidents[0].id,))


def test_links_give_reasons() -> None:
    told = [
        document("Paper A", "2020-12-12", ATTACK),
        document("Paper B", "2020-12-12", Told("wounding", to="Armenia", at="Hadrut", day="2020-12-11")),
    ]
    incident = come_to(*told).incidents[0]
    assert sorted(link.claim for link in incident.links) == sorted(incident.claims)
    first, second = sorted(incident.links, key=lambda link: link.to is not None)
    assert (first.to, second.to) == (None, first.claim)
    assert {reason.part for reason in second.reasons} >= {"act", "time", "place", "parties"}
    assert 0 < second.score < 1


def test_ids_are_place_and_day_and_never_change_hands() -> None:
    here = document("Paper A", "2020-12-12", ATTACK)
    assert come_to(here).incidents[0].id == "hadrut-2020-12-11"
    there = document("Paper B", "2020-12-12", Told("exchange_prisoners", at="Hadrut", day="2020-12-11"))
    ids = [incident.id for incident in come_to(here, there).incidents]
    assert len(set(ids)) == 2
    assert all(id_.startswith("hadrut-2020-12-11-") for id_ in ids)


# ---- decisions ----


def test_a_merge_is_remembered_and_can_be_taken_back() -> None:
    one = document("Paper A", "2020-12-13", ATTACK)
    two = document("Paper B", "2020-12-13", Told(by="Azerbaijan", at="Hadrut", day="2020-12-12"))
    merged = Decisions(together=((one[0].claim.id, two[0].claim.id),))
    assert len(come_to(one, two).incidents) == 2
    assert len(come_to(one, two, decisions=merged).incidents) == 1
    three = document("Paper C", "2020-12-14", Told(by="Azerbaijan", to="Armenia", at="Hadrut", day="2020-12-12"))
    result = come_to(one, two, three, decisions=merged)
    assert [len(incident.documents) for incident in result.incidents] == [3]
    assert any(reason.part == "decision" for link in result.incidents[0].links for reason in link.reasons)


def test_a_split_is_remembered() -> None:
    one = document("Paper A", "2020-12-13", ATTACK)
    two = document(
        "Paper B", "2020-12-13", Told(by="Azerbaijan", to="Armenia", at="Hadrut", day="2020-12-11", weapon="mortar")
    )
    split = Decisions(apart=(((one[0].claim.id,), (two[0].claim.id,)),))
    assert len(come_to(one, two).incidents) == 1
    assert len(come_to(one, two, decisions=split).incidents) == 2


def test_a_split_cuts_a_passage() -> None:
    told = document("Paper A", "2020-12-12", ATTACK, Told("wounding", to="Armenia"))
    split = Decisions(apart=(((told[0].claim.id,), (told[1].claim.id,)),))
    assert [len(incident.claims) for incident in come_to(told, decisions=split).incidents] == [1, 1]


def test_a_claim_can_be_taken_out() -> None:
    told = document("Paper A", "2020-12-12", ATTACK, Told("wounding", to="Armenia"))
    result = come_to(told, decisions=Decisions(excluded=(told[1].claim.id,)))
    assert result.incidents[0].claims == (told[0].claim.id,)
    assert result.unmatched[0].why == "taken out by a person"
