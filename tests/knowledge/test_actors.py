"""Known actors and the nouns others are built from."""

from pathlib import Path

import pytest

from truceline.errors import KnowledgeError
from truceline.knowledge import Knowledge


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


def test_actors_refer_to_what_exists(knowledge: Knowledge) -> None:
    for actor in knowledge.actors.by_id.values():
        assert actor.country is None or actor.country in knowledge.countries, actor.id
        assert actor.party is None, "a party is an agreement's to give"
        assert actor.kind != "agency" or (actor.role, actor.sector) == ("media", "MED"), actor.id


def test_missions_and_agencies_of_the_domain_are_there(knowledge: Knowledge) -> None:
    for actor in [
        "osce-smm",
        "unifil",
        "ctsamvm",
        "slmm",
        "eumm-georgia",
        "unmha",
        "ap",
        "afp",
        "reuters",
        "tass",
        "ria",
        "sputnik",
        "interfax",
        "xinhua",
    ]:
        assert actor in knowledge.actors
    assert knowledge.actors["unifil"].role == "monitor"


@pytest.mark.parametrize(
    ("noun", "sector", "status", "unit"),
    [
        ("soldiers", "MIL", "combatant", None),
        ("Villagers", "CVL", "civilian", None),
        ("ministry of foreign affairs", "GOV", "civilian", "mfa"),
        ("Defence Ministry", "GOV", "civilian", "mod"),
        ("peacekeepers", "IGO", None, "peacekeepers"),
        ("separatists", "SEP", "combatant", None),
        ("police", "COP", None, None),
    ],
)
def test_what_a_noun_tells(knowledge: Knowledge, noun: str, sector: str, status: str | None, unit: str | None) -> None:
    found = knowledge.actor_nouns.get(noun)
    assert found is not None
    assert (found.sector, found.status, found.unit) == (sector, status, unit)


def test_things_are_no_nouns_for_actors(knowledge: Knowledge) -> None:
    for word in ["village", "attack", "ceasefire", "hill", "road", "statement", "provocation"]:
        assert knowledge.actor_nouns.get(word) is None


def test_nouns_know_plural_and_voice(knowledge: Knowledge) -> None:
    nouns = knowledge.actor_nouns
    assert nouns.nouns["army"].plural is False
    assert nouns.nouns["armies"].plural is True
    assert nouns.nouns["spokeswoman"].delegates
    assert not nouns.nouns["casualties"].speaks
    assert nouns.titles["Lt. Gen."].office == "officer"
    assert nouns.collectives["both sides"] == "all"


def test_actors_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "actors.yaml").write_text(
        "sources: {own: our list}\nsource: own\nactors:\n"
        "  - {id: river-watch, name: River Watch, kind: mission, sector: NGO, role: monitor, aliases: [RW]}\n"
        "  - {id: ap, name: Associated Press (Vienna), kind: agency, sector: MED, role: media}\n"
    )
    (tmp_path / "actor_nouns.yaml").write_text(
        "sources: {own: our list}\nsource: own\n"
        "nouns:\n  - {sector: PAR, status: combatant, kind: group, nouns: [ridge guard/ridge guards]}\n"
    )
    knowledge = Knowledge.load(tmp_path)
    assert knowledge.actors["river-watch"].role == "monitor"
    assert knowledge.actors["ap"].name == "Associated Press (Vienna)"
    assert knowledge.actors["afp"].name == "Agence France-Presse"
    assert knowledge.actor_nouns.nouns["ridge guards"].sector == "PAR"
    assert knowledge.actor_nouns.nouns["army"].sector == "MIL"


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ("  - {id: A B, name: X}\n", r"0 \(A B\) › id"),
        ("  - {id: a, name: X}\n  - {id: a, name: Y}\n", "'a' occurs twice"),
        ("  - {id: a, name: X, role: referee}\n", r"0 \(a\) › role"),
        ("  - {id: a}\n", r"0 \(a\) › name"),
    ],
)
def test_faults_are_named(tmp_path: Path, entries: str, fault: str) -> None:
    (tmp_path / "actors.yaml").write_text(f"sources: {{own: ours}}\nsource: own\nactors:\n{entries}")
    with pytest.raises(KnowledgeError, match=fault):
        _ = Knowledge.load(tmp_path).actors


def test_an_entry_without_a_source_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "actors.yaml").write_text("sources: {own: ours}\nactors:\n  - {id: a, name: X}\n")
    with pytest.raises(KnowledgeError, match="names no source"):
        _ = Knowledge.load(tmp_path).actors
