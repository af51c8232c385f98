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
    assert Agreement.names() == ["nagorno-karabakh-2020", "sri-lanka-2002"]
    for name in Agreement.names():
        agreement = Agreement.load(name)
        assert Agreement.load(agreement.id) == agreement
        assert pickle.loads(pickle.dumps(agreement)) == agreement
        assert [party.name for party in agreement.parties] == sorted(party.name for party in agreement.parties)
        assert all(
            "http" in agreement.sources[key] for o in agreement.obligations for key in o.source if key != "press"
        )


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
        KnowledgeError, match=r"unknown agreement 'geneva'; there are nagorno-karabakh-2020, sri-lanka-2002"
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
