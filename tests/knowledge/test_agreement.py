"""Agreements: what ships is whole, and every fault of a file of one's own is named with its entry."""

import pickle
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from truceline.errors import KnowledgeError
from truceline.knowledge import Agreement

OWN = """
id: ridge-2031
title: Truce on the ridge
kind: local
signed: 2031-05-01
effective: 2031-05-02T00:00:00+02:00
zone: "+02:00"
area: {name: The ridge, countries: [ISL], south: 64, north: 65, west: -20, east: -19}
sources: {paper: the signed paper}
source: paper
parties:
  - {id: upper, name: Upper village, members: [ISL]}
  - {id: lower, name: Lower village, members: [FRO]}
obligations:
  - id: ridge-2031/1
    article: "1"
    says: No shots.
    kind: prohibition
    obligor: [upper, lower]
    due: 2031-05-02
    questioned_by: [{acts: [small_arms_fire], by: obligor}]
  - id: ridge-2031/2
    article: "2"
    says: The road opens.
    kind: delivery
    due: 2031-05-20
    depends_on: ridge-2031/1
    computed: [{what: review, from: due, months: 1, date: 2031-06-20}]
"""


def own(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = OWN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "ridge.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def karabakh() -> Agreement:
    return Agreement.load("nagorno-karabakh-2020")


@pytest.fixture(scope="module")
def sri_lanka() -> Agreement:
    return Agreement.load("lk-2002")


def test_what_ships() -> None:
    assert Agreement.names() == [
        "hudaydah-2018",
        "libya-2020",
        "nagorno-karabakh-2020",
        "south-sudan-2017",
        "sri-lanka-2002",
    ]
    for name in Agreement.names():
        agreement = Agreement.load(name)
        assert Agreement.load(agreement.id) == agreement
        assert pickle.loads(pickle.dumps(agreement)) == agreement
        assert [party.name for party in agreement.parties] == sorted(party.name for party in agreement.parties)
        assert all(
            "http" in agreement.sources[key] for o in agreement.obligations for key in o.source if key != "press"
        )
        assert len({agreement.obligation(o.id).id for o in agreement.obligations}) == len(agreement.obligations) >= 9


def test_five_agreements_of_four_kinds() -> None:
    kinds = {name: Agreement.load(name).kind for name in Agreement.names()}
    assert set(kinds.values()) == {"interstate", "intrastate", "local", "multiparty"}
    assert kinds["hudaydah-2018"] == "local"
    assert kinds["south-sudan-2017"] == "multiparty"


def test_what_serves_says_how_far(karabakh: Agreement) -> None:
    for name in Agreement.names():
        for obligation in Agreement.load(name).obligations:
            assert all(tie.shows for tie in obligation.served_by), obligation.id
            assert not any(tie.shows for tie in obligation.questioned_by), obligation.id
            assert obligation.theme, obligation.id
    handed_over = {(act, tie.shows) for tie in karabakh.obligation("nk-2020/2").served_by for act in tie.acts}
    assert {("handover", "done"), ("enter", "done"), ("withdraw", "partly")} <= handed_over


def test_dates_that_follow_from_the_truce_of_hudaydah() -> None:
    truce = Agreement.load("ye-2018")
    assert truce.effective.astimezone(truce.zone).isoformat() == "2018-12-18T00:00:00+03:00"
    assert truce.obligation("ye-2018/2b").due == date(2019, 1, 8)
    assert truce.obligation("ye-2018/2a").implied == ("houthis",)
    assert truce.party_of("arab-coalition") == "government"
    assert truce.role_of("unmha", on=date(2018, 12, 1)) is None
    assert truce.role_of("unmha", on=date(2019, 5, 1)) == "monitor"
    assert not truce.obligation("ye-2018/2a").sure


def test_sides_and_clock_of_south_sudan() -> None:
    cessation = Agreement.load("south-sudan-2017")
    assert cessation.effective.astimezone(cessation.zone).isoformat() == "2017-12-24T00:01:00+03:00"
    assert datetime(2021, 6, 1, tzinfo=cessation.zone).utcoffset() == timedelta(hours=2)
    assert cessation.party_of("splm-io-taban", date(2018, 1, 1)) == cessation.party_of("spla") == "government"
    assert cessation.party_of("splm-io") == "splm-io"
    assert cessation.role_of("ctsamvm") == "monitor"
    assert cessation.obligation("ss-2017/9b").due == date(2018, 1, 7)


def test_a_party_that_a_country_belonged_to_for_a_time() -> None:
    ceasefire = Agreement.load("libya-2020")
    assert ceasefire.party_of("LBY", date(2021, 1, 1)) == "gna"
    assert ceasefire.party_of("LBY", date(2021, 6, 1)) is None
    assert ceasefire.obligation("ly-2020/3").computed[0].on == date(2021, 1, 23)


def test_the_obligations_of_2020(karabakh: Agreement) -> None:
    ids = [obligation.id.partition("/")[2] for obligation in karabakh.obligations]
    assert ids == [
        "1a",
        "1b",
        "2",
        "3",
        "4a",
        "4b",
        "5",
        "6a",
        "6b",
        "6c",
        "6d",
        "6e",
        "7",
        "8",
        "9a",
        "9b",
        "9c",
        "9d",
    ]
    assert karabakh.effective == datetime(2020, 11, 9, 21, tzinfo=UTC)
    assert karabakh.effective.astimezone(karabakh.zone).isoformat() == "2020-11-10T01:00:00+04:00"
    assert karabakh.obligation("nk-2020/2").obligor == ()
    assert karabakh.obligation("nk-2020/2").implied == ("armenia",)
    assert karabakh.obligation("nk-2020/3").parameters["troops"] == 1960
    notice = {computed.what: computed.on for computed in karabakh.obligation("nk-2020/4b").computed}
    assert notice["last day for notice"] == date(2025, 5, 10)


def test_a_date_that_was_moved(karabakh: Agreement) -> None:
    kalbajar = karabakh.obligation("nk-2020/6a")
    assert kalbajar.due_on(date(2020, 11, 14)) == date(2020, 11, 15)
    assert kalbajar.due_on(date(2020, 11, 15)) == date(2020, 11, 25)
    assert kalbajar.due_on() == date(2020, 11, 25)
    assert not kalbajar.changes[0].formal


def test_parties_and_roles(karabakh: Agreement) -> None:
    assert karabakh.party_of("ARM") == karabakh.party_of("AZE-NK") == "armenia"
    assert karabakh.party_of("RUS") is None
    assert karabakh.role_of("RUS") == "guarantor"
    assert karabakh.role_of("RUS", ("GOV", "mod"), date(2020, 12, 1)) == "monitor"
    assert karabakh.role_of("RUS", ("MIL",), date(2020, 10, 1)) == "guarantor"
    assert karabakh.role_of("FRA") == "mediator"
    assert karabakh.role_of("BRA") is None
    assert karabakh.party("azerbaijan").name == "Azerbaijan"
    with pytest.raises(KnowledgeError, match="unknown party of nk-2020 'armenian'; did you mean armenia"):
        karabakh.party("armenian")


def test_a_clock_that_changed(sri_lanka: Agreement) -> None:
    assert datetime(2002, 2, 23, tzinfo=sri_lanka.zone).utcoffset() == timedelta(hours=6)
    assert datetime(2007, 1, 1, tzinfo=sri_lanka.zone).utcoffset() == timedelta(hours=5, minutes=30)
    assert sri_lanka.effective.astimezone(sri_lanka.zone).isoformat() == "2002-02-23T00:00:00+06:00"
    assert sri_lanka.party_of("ltte") == "ltte"
    assert sri_lanka.ended == date(2008, 1, 16)
    assert not sri_lanka.obligation("lk-2002/1.13").sure


def test_an_agreement_of_ones_own(tmp_path: Path) -> None:
    agreement = Agreement.load(own(tmp_path))
    assert agreement.area.countries == ("ISL",)
    assert [party.id for party in agreement.parties] == ["lower", "upper"]


def test_an_unknown_name_lists_what_there_is() -> None:
    with pytest.raises(
        KnowledgeError, match=r"unknown agreement 'geneva'; there are hudaydah-2018, libya-2020, nagorno-karabakh-2020"
    ):
        Agreement.load("geneva")


FAULTS = [
    (("small_arms_fire", "small_arms"), r"obligation ridge-2031/1: unknown act 'small_arms'"),
    (
        ("due: 2031-05-20", "due: 2031-04-20"),
        r"obligation ridge-2031/2: due 2031-04-20 is before the agreement takes effect",
    ),
    (("ridge-2031/2\n", "ridge-2031/1\n"), r"obligation ridge-2031/1 occurs twice"),
    (("id: ridge-2031/2", "id: ridge/2"), r"obligation ridge/2: its id must begin with ridge-2031/"),
    (("obligor: [upper, lower]", "obligor: [upper, middle]"), r"obligation ridge-2031/1: unknown party 'middle'"),
    (("by: obligor}", "by: referee}"), r"obligation ridge-2031/1: unknown party or role 'referee'"),
    (("members: [FRO]", "members: [FRX]"), r"party lower: member 'FRX' is no country code"),
    (("id: lower", "id: upper"), r"party upper occurs twice"),
    (("date: 2031-06-20", "date: 2031-06-21"), r"'review' is 2031-06-21, but its rule gives 2031-06-20"),
    (("from: due", "from: signing"), r"'review' starts from 'signing', which has no date"),
    (("depends_on: ridge-2031/1", "depends_on: ridge-2031/9"), r"depends_on names 'ridge-2031/9'"),
    (
        ("    due: 2031-05-02\n", "    due: 2031-05-02\n    depends_on: ridge-2031/2\n"),
        r"runs in a circle \(ridge-2031/1 → ridge-2031/2 → ridge-2031/1\)",
    ),
    (('zone: "+02:00"', "zone: Reykjavik"), r"entry zone › 0 › offset"),
    (("effective: 2031-05-02T00:00:00+02:00", "effective: 2031-05-02T00:00:00"), r"entry effective"),
    (("countries: [ISL]", "countries: [ICE]"), r"area: unknown country code 'ICE'"),
    (("source: paper", "source: hearsay"), r"cites 'hearsay'"),
    (("says: No shots.", "say: No shots."), r"obligations › 0 \(ridge-2031/1\) › say"),
    (("id: ridge-2031\n", "id: [ridge\n"), r"line \d+ not valid YAML"),
]


@pytest.mark.parametrize(("change", "fault"), FAULTS)
def test_faults_are_named(tmp_path: Path, change: tuple[str, str], fault: str) -> None:
    with pytest.raises(KnowledgeError, match=fault) as raised:
        Agreement.load(own(tmp_path, change))
    assert "ridge.yaml" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_file() -> None:
    with pytest.raises(KnowledgeError, match=r"nowhere\.yaml: cannot be read \(no such file\)"):
        Agreement.load("nowhere.yaml")
