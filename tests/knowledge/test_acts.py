"""The vocabulary of acts: complete, and every code one that exists."""

import re
from pathlib import Path

import pytest

from truceline.errors import KnowledgeError
from truceline.knowledge import ActVocabulary, Knowledge

IDS = [
    "ceasefire_violation",
    "small_arms_fire",
    "shelling",
    "air_strike",
    "drone_strike",
    "missile_strike",
    "explosion",
    "armed_clash",
    "ground_attack",
    "ambush",
    "attack_on_civilians",
    "attack_on_infrastructure",
    "capture",
    "killing",
    "wounding",
    "seize",
    "enter",
    "encircle",
    "control_road",
    "blockade",
    "withdraw",
    "handover",
    "hold_position",
    "fortify",
    "buildup",
    "weapons_violation",
    "deploy_monitors",
    "patrol",
    "observation_post",
    "inspect",
    "access_denied",
    "report_compliance",
    "return_displaced",
    "displace",
    "exchange_prisoners",
    "recover_bodies",
    "demine",
    "deliver_aid",
    "evacuate",
    "accuse",
    "blame_declined",
    "threaten",
    "demand",
    "warn",
    "condemn",
    "concede",
    "apologise",
    "agree",
    "extend_deadline",
    "mediate",
    "negotiate",
    "protest",
    "demand_resignation",
    "refuse_resignation",
    "show_of_force",
    "mobilise",
    "sanction",
]

ACLED = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Air/drone strike",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
    },
    "Violence against civilians": {"Attack", "Abduction/forced disappearance"},
    "Protests": {"Peaceful protest"},
    "Strategic developments": {
        "Agreement",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    },
}


@pytest.fixture(scope="module")
def acts() -> ActVocabulary:
    return Knowledge.load().acts


def test_the_vocabulary_is_closed(acts: ActVocabulary) -> None:
    assert sorted(acts.ids) == sorted(IDS)
    assert len(acts) == len(IDS)
    assert {act.family for act in acts} == {"force", "control", "monitoring", "people", "words", "politics"}
    assert acts.family("words")[0].id == "accuse"


def test_codes_are_the_code_books_own(acts: ActVocabulary) -> None:
    for act in acts:
        assert re.fullmatch(r"(0[1-9]|1\d|20)\d{1,2}", act.cameo), act.id
        if act.acled:
            assert act.acled.sub_event in ACLED[act.acled.event], act.id
        assert act.means[0].isupper() and not act.means.endswith("."), act.id


def test_codes_the_domain_notes_give(acts: ActVocabulary) -> None:
    expected = {
        "ceasefire_violation": ("ASSAULT", "196"),
        "small_arms_fire": ("ASSAULT", "193"),
        "shelling": ("ASSAULT", "194"),
        "seize": ("COERCE", "192"),
        "encircle": ("COERCE", "191"),
        "threaten": ("THREATEN", "138"),
        "show_of_force": ("MOBILIZE", "150"),
    }
    assert {key: (acts[key].plover.event, acts[key].cameo) for key in expected} == expected


def test_an_unknown_act_names_its_neighbours(acts: ActVocabulary) -> None:
    with pytest.raises(KnowledgeError, match="unknown act 'shelled'; did you mean shelling"):
        acts["shelled"]


def test_an_act_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "acts.yaml").write_text(
        "sources: {own: our mission's handbook}\nsource: own\nacts:\n"
        "  - {id: flare, family: force, means: A flare fired, plover: [MOBILIZE, null], cameo: '150'}\n"
    )
    acts = Knowledge.load(tmp_path).acts
    assert len(acts) == len(IDS) + 1
    assert acts["flare"].plover.mode is None


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("{id: x, family: farce, means: M, plover: [ASSAULT, null], cameo: '190'}", r"acts › 0 \(x\) › family"),
        ("{id: x, family: force, means: M, plover: [ATTACK, null], cameo: '190'}", r"acts › 0 \(x\) › plover"),
        ("{id: x, family: force, means: M, plover: [ASSAULT, null], cameo: '190', colour: red}", "colour"),
        ("{id: x, family: force, means: M, plover: [ASSAULT, null], cameo: '190', source: nowhere}", "cites 'nowhere'"),
    ],
)
def test_faults_are_named(tmp_path: Path, entry: str, fault: str) -> None:
    (tmp_path / "acts.yaml").write_text(f"sources: {{own: ours}}\nsource: own\nacts:\n  - {entry}\n")
    with pytest.raises(KnowledgeError, match=fault) as raised:
        _ = Knowledge.load(tmp_path).acts
    assert "acts.yaml" in str(raised.value)
    assert "\n" not in str(raised.value)
