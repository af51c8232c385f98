"""The dossiers, from their texts on: how many incidents, which contradictions, whose copies, and what the matrix answers."""

import random

import pytest
from tests.incidents.dossiers import (
    NAMES,
    agreement,
    contradictions,
    incident_score,
    lineage_score,
    matched,
    read_dossier,
)

from truceline.incidents import build
from truceline.model import Incident, Incidents

FLOORS = {"hadrut-2020": (0.85, 0.90), "lookalikes-2006": (1.0, 1.0), "mutur-2005": (0.95, 0.95)}


@pytest.fixture(scope="module")
def hadrut() -> Incidents:
    return read_dossier("hadrut-2020").build()


@pytest.mark.parametrize("name", NAMES)
def test_claims_come_to_their_incidents(name: str) -> None:
    read = read_dossier(name)
    result = incident_score(read, read.build())
    pairwise, b_cubed = FLOORS[name]
    assert result.pairwise[2] >= pairwise
    assert result.b_cubed[2] >= b_cubed


def test_documents_come_to_their_lineages() -> None:
    result = lineage_score((read, read.build()) for read in map(read_dossier, NAMES))
    assert result.pairwise[2] == result.b_cubed[2] == 1.0


@pytest.mark.parametrize("name", NAMES)
def test_contradictions_are_found(name: str) -> None:
    read = read_dossier(name)
    _, missed, _ = contradictions(read, read.build())
    assert missed == []


@pytest.mark.parametrize("name", NAMES)
def test_any_order_of_documents_ends_in_the_same(name: str) -> None:
    read = read_dossier(name)
    whole = read.build()
    for seed in range(3):
        witnesses, documents = list(read.witnesses), list(read.documents)
        random.Random(seed).shuffle(witnesses)
        random.Random(seed).shuffle(documents)
        assert build(witnesses, documents=documents, agreement=agreement(read.dossier.agreement)) == whole


def test_look_alikes_stay_apart() -> None:
    result = read_dossier("lookalikes-2006").build()
    assert len(result.incidents) == 10
    assert all(len(incident.documents) == 1 for incident in result.incidents)


# ---- the questions of the Hadrut case ----


def find(result: Incidents, name: str) -> Incident:
    found = matched(read_dossier("hadrut-2020"), result, name)
    assert found is not None
    return found


def cell(incident: Incident, party: str, field: str) -> set[tuple[str, str]]:
    version = next((v for v in incident.versions if v.party == party), None)
    return {(value.text, value.stance) for value in version.fields.get(field, ())} if version else set()


def test_the_incidents_are_told_apart(hadrut: Incidents) -> None:
    days = {
        find(hadrut, name).id
        for name in ("sur-26-nov", "hadrut-8-dec", "post-11-dec", "villages-12-dec", "captured-15-dec")
    }
    assert len(days) == 5


def test_who_began_on_11_december(hadrut: Incidents) -> None:
    incident = find(hadrut, "post-11-dec")
    assert ("Azerbaijan", "value") in cell(incident, "armenia", "began")
    assert ("Armenia · Nagorno-Karabakh", "value") in cell(incident, "azerbaijan", "began")
    assert {stance for _, stance in cell(incident, "monitor", "began")} == {"no_side"}


def test_wounded_on_11_december(hadrut: Incidents) -> None:
    numbers = {text.split()[0] for text, _ in cell(find(hadrut, "post-11-dec"), "armenia", "wounded:armenia")}
    assert {"3", "6"} <= numbers


def test_wounded_and_weapons_on_12_december(hadrut: Incidents) -> None:
    incident = find(hadrut, "villages-12-dec")
    assert "6" in {text.split()[0] for text, _ in cell(incident, "armenia", "wounded:armenia")}
    assert ("heavy artillery", "value") in cell(incident, "armenia", "weapons")
    assert ("some, no number", "value") in cell(incident, "armenia", "killed:azerbaijan")


def test_the_four_dead_are_of_november_and_8_december(hadrut: Incidents) -> None:
    for name in ("post-11-dec", "villages-12-dec", "captured-15-dec"):
        for version in find(hadrut, name).versions:
            assert not any(
                v.text[:1] in "134" for v in version.fields.get("killed:azerbaijan", ()) if v.stance == "value"
            )
    assert cell(find(hadrut, "sur-26-nov"), "azerbaijan", "killed:azerbaijan") == {("3 combatants", "value")}
    assert cell(find(hadrut, "hadrut-8-dec"), "azerbaijan", "killed:azerbaijan") == {("1 combatant", "value")}


def test_villages_peacekeepers_and_texts(hadrut: Incidents) -> None:
    incident = find(hadrut, "villages-12-dec")
    assert any(text.startswith("Azerbaijan") for text, _ in cell(incident, "armenia", "control"))
    assert cell(incident, "armenia", "monitors") == {("not deployed", "denied")}
    assert ("statement of 9 November", "value") in cell(incident, "armenia", "invoked")
    assert ("statement of 10 November", "value") in cell(incident, "azerbaijan", "invoked")


def test_captured_and_missing(hadrut: Incidents) -> None:
    incident = find(hadrut, "captured-15-dec")
    assert any(text.startswith("36+") for text, _ in cell(incident, "armenia", "captured:armenia"))


def test_the_wire_and_its_copies_are_one_origin(hadrut: Incidents) -> None:
    (wire,) = [lineage for lineage in hadrut.lineages if len(lineage.documents) > 1]
    assert (wire.origin, len(wire.documents)) == ("Associated Press", 3)
    garbled = next(copy for copy in wire.copies if copy.kind == "rewritten")
    assert {"lost_negation", "reversed_voice", "dropped_attribution", "changed_name"} <= {
        c.kind for c in garbled.changes
    }
    began = next(v for v in find(hadrut, "post-11-dec").versions if v.party == "armenia").fields["began"][0]
    assert len(began.lineages) < len(began.documents)
