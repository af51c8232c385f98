"""Signals by party and week: what is one, whose, when; independent origins; history left out."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.incidents.making import MONITOR, Told, document
from tests.tracking.made import KNOWLEDGE, days, record

from truceline.cli import main
from truceline.errors import KnowledgeError
from truceline.knowledge import Knowledge
from truceline.model import Modality, Witness
from truceline.tracking.signals import Signals, Week, load_signal_kinds, signals, weeks_between

KINDS = load_signal_kinds(KNOWLEDGE)
PERIOD = days("2020-11-10", "2020-12-16")


def found(*documents: list[Witness], party: str | None = None) -> Signals:
    return signals(record(*documents), KINDS, *PERIOD, party=party)


def cells(made: Signals) -> list[tuple[str, str, str, int]]:
    return [(str(cell.week), cell.party, cell.kind, cell.lineages) for cell in made.cells]


@pytest.mark.parametrize(
    ("told", "party", "kind"),
    [
        (
            Told("ground_attack", by="Azerbaijan", speaker="Azerbaijan", modality=Modality.THREATENED),
            "azerbaijan",
            "threats",
        ),
        (Told("threaten", speaker="Armenia"), "armenia", "threats"),
        (Told("withdraw", by="Armenia", speaker="Azerbaijan", modality=Modality.DEMANDED), "azerbaijan", "demands"),
        (Told("show_of_force", by="Azerbaijan", speaker="Armenia", day="2020-12-10"), "azerbaijan", "shows_of_force"),
        (Told("mobilise", by="Armenia", speaker="Azerbaijan", day="2020-12-10"), "armenia", "mobilisation"),
        (Told("protest"), "others", "protests"),
        (Told("demand_resignation"), "others", "resignation_demanded"),
        (Told("refuse_resignation", by="Armenia"), "armenia", "resignation_refused"),
        (Told("exchange_prisoners", speaker="Armenia", modality=Modality.PROMISED), "armenia", "assurances"),
        (Told("negotiate", by="Armenia", modality=Modality.DEMANDED), "armenia", "talks"),
        (Told("report_compliance", speaker=MONITOR, modality=Modality.DEMANDED), "monitor", "demands"),
    ],
)
def test_what_is_a_signal_and_whose(told: Told, party: str, kind: str) -> None:
    made = found(document("Paper", "2020-12-11", told))
    assert cells(made) == [("2020-W50", party, kind, 1)]


@pytest.mark.parametrize(
    "told",
    [
        Told("shelling", by="Azerbaijan", speaker="Armenia", day="2020-12-10"),
        Told("mobilise", by="Armenia", modality=Modality.THREATENED, flags=("background",)),
        Told("show_of_force", by="Azerbaijan", day="2021-03-10"),
        Told("mobilise", by="Armenia", modality=Modality.HYPOTHETICAL),
    ],
)
def test_what_is_none(told: Told) -> None:
    assert cells(found(document("Paper", "2020-12-11", told))) == []


def test_talks_are_of_both_who_talk() -> None:
    made = found(document("Paper", "2020-12-11", Told("negotiate", by="Armenia", to="Azerbaijan")))
    assert cells(made) == [("2020-W50", "armenia", "talks", 1), ("2020-W50", "azerbaijan", "talks", 1)]


def test_copies_of_one_origin_are_one() -> None:
    threat = Told(
        "ground_attack", speaker="Azerbaijan", modality=Modality.THREATENED, words="This time we will destroy them."
    )
    rest = [Told("patrol", words=f"A long report said many other things, number {i} among them.") for i in range(4)]
    wire = document("Wire", "2020-12-11", threat, *rest)
    copy = document("Paper", "2020-12-12", threat, *rest)
    (cell,) = found(wire, copy).cells
    assert (cell.lineages, cell.documents, len(cell.signals)) == (1, 2, 2)


def test_a_denial_is_counted_apart() -> None:
    made = found(
        document("A", "2020-12-11", Told("mobilise", by="Armenia", speaker="Azerbaijan")),
        document("B", "2020-12-11", Told("mobilise", by="Armenia", speaker="Armenia", modality=Modality.DENIED)),
    )
    (cell,) = made.cells
    assert (cell.party, cell.lineages, cell.denied) == ("armenia", 1, 1)


def test_history_is_left_out_and_counted() -> None:
    made = found(document("A", "2020-12-11", Told("protest", by="Armenia", flags=("background",))))
    assert (made.cells, made.told_before) == ((), 1)


def test_weeks_are_of_iso_8601_and_none_is_left_out() -> None:
    assert [str(week) for week in weeks_between(date(2020, 12, 24), date(2021, 1, 11))] == [
        "2020-W52", "2020-W53", "2021-W01", "2021-W02",
    ]  # fmt: skip
    assert Week.of(date(2021, 1, 3)).monday == date(2020, 12, 28)


def test_the_order_of_documents_does_not_matter() -> None:
    documents = [
        document("A", "2020-12-11", Told("protest", by="Armenia")),
        document("B", "2020-12-04", Told("threaten", speaker="Azerbaijan")),
        document("C", "2020-12-04", Told("threaten", speaker="Armenia")),
    ]
    assert found(*documents) == found(*reversed(documents))


@pytest.mark.parametrize(
    ("kinds", "says"),
    [
        ("[{id: a, means: x, acts: [no_such_act], modalities: [asserted], whose: speaker, day: said}]", "no_such_act"),
        ("[{id: a, means: x, acts: [protest], modalities: [shouted], whose: speaker, day: said}]", "modalities"),
        ("[{id: a, means: x, whose: nobody, day: said}]", "whose"),
    ],
)
def test_a_broken_data_file_is_named_with_its_fault(tmp_path: Path, kinds: str, says: str) -> None:
    (tmp_path / "signals.yaml").write_text(f"sources: {{s: t}}\nsource: s\nkinds: {kinds}\n", "utf-8")
    with pytest.raises(KnowledgeError, match=says):
        load_signal_kinds(Knowledge.load(tmp_path))


def test_the_command(hadrut_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["signals", "--ledger", str(hadrut_file), "--as-of", "2020-12-14"]
    assert main([*arguments, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    threats = [cell for cell in told["cells"] if cell["kind"] == "threats"]
    assert {cell["party"] for cell in threats} == {"azerbaijan"}
    assert main([*arguments, "--kind", "threats", "--format", "csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("week,monday,party,signal,origins")
    assert len(lines) == 1 + len(threats)
    assert main([*arguments, "--list"]) == 0
    assert "Ilham Aliyev" in capsys.readouterr().out
    assert main([*arguments, "--party", "atlantis"]) == 1
    assert "there are armenia, azerbaijan, others, monitor" in capsys.readouterr().err
