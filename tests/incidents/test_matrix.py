"""The matrix: every width holds, every cell opens, and what is said nowhere is told apart from what is denied."""

import io
import json

import pytest
from rich.console import Console
from rich.theme import Theme
from tests.incidents.dossiers import agreement
from tests.incidents.making import MONITOR, Told, document

from truceline.cli.console import STYLES
from truceline.cli.matrix import cell, fields, find_field, matrix, short, to_dict
from truceline.errors import InputError
from truceline.incidents import build
from truceline.model import Incident, Modality, Witness

NK = agreement("nagorno-karabakh-2020")
DAY = {"day": "2020-12-11", "at": "Hadrut"}
TOLD = [
    document(
        "Paper A", "2020-12-12", Told(by="Azerbaijan", speaker="Armenia", weapon="mortar", **DAY),
        Told("wounding", to="Armenia", speaker="Armenia", counts=(("wounded", 3, 3, "armenia"),)),
    ),
    document("Paper B", "2020-12-12", Told(by="Azerbaijan", speaker="Azerbaijan", modality=Modality.DENIED, **DAY)),
    document("Paper C", "2020-12-12", Told(words="Shots were heard in [Hadrut] \x1b[31mall night.", **DAY)),
    document(MONITOR, "2020-12-12", Told("ceasefire_violation", speaker=MONITOR, **DAY)),
]  # fmt: skip
WITNESSES: list[Witness] = [witness for told in TOLD for witness in told]


@pytest.fixture(scope="module")
def incident() -> Incident:
    (found,) = build(WITNESSES, agreement=NK).incidents
    return found


def shown(renderable: object, width: int = 100) -> str:
    console = Console(theme=Theme(STYLES), width=width, file=io.StringIO(), highlight=False, markup=False)
    console.print(renderable)
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_every_width_holds(incident: Incident, width: int) -> None:
    text = shown(matrix(incident, NK, width=width), width)
    assert max(map(len, text.splitlines())) <= width
    for word in ("who began", "wounded", "Armenia · NK", "Azerbaijan", "Monitor", "≠", "no side", "independent origin"):
        assert word in text
    assert ("Others" in text.split("who began")[0]) is (width >= 96)


def test_json_has_all_cells(incident: Incident) -> None:
    plain = json.loads(json.dumps(to_dict(incident, NK)))
    assert [version["party"] for version in plain["versions"]] == ["armenia", "azerbaijan", "others", "monitor"]
    began = next(row for row in plain["rows"] if row["field"] == "began")
    assert began["contradiction"] == "asserted and denied"
    assert began["cells"]["azerbaijan"][0]["stance"] == "denied"
    assert began["cells"]["monitor"][0]["stance"] == "no_side"


@pytest.mark.parametrize("name", ["began", "who began", "WHO BEGAN", "who b", "wounded"])
def test_questions_are_found_by_name(incident: Incident, name: str) -> None:
    assert find_field(incident, name, NK) in {"began", "wounded:armenia"}


@pytest.mark.parametrize("name", ["nonsense", "w"])
def test_a_question_that_is_none_or_several_is_told(incident: Incident, name: str) -> None:
    with pytest.raises(InputError, match="there are “who began”"):
        find_field(incident, name, NK)


def test_a_cell_opens_to_its_sentences(incident: Incident) -> None:
    for field in fields(incident):
        text = shown(cell(incident, field, WITNESSES, NK))
        assert "\x1b" not in text
        assert "Paper" in text or "peacekeepers" in text
    assert "not Azerbaijan" in shown(cell(incident, "began", WITNESSES, NK))


def test_short_names() -> None:
    assert short("Armenia · Nagorno-Karabakh") == "Armenia · NK"
    assert short("Government of Sri Lanka") == "Government of Sri Lanka"
