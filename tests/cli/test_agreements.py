"""``truceline agreements`` as a user meets it."""

import json
from pathlib import Path

import pytest

from truceline.cli import main

NAMES = ["hudaydah-2018", "libya-2020", "nagorno-karabakh-2020", "south-sudan-2017", "sri-lanka-2002"]


def out(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(["agreements", *arguments]) == code
    return capsys.readouterr().out


@pytest.mark.parametrize("arguments", [(), ("list",)])
def test_bare_and_list_are_the_same(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    shown = out(capsys, *arguments)
    assert all(name in shown for name in NAMES)
    plain = json.loads(out(capsys, *arguments, "--format", "json"))
    assert [one["name"] for one in plain] == NAMES
    assert all([p["name"] for p in one["parties"]] == sorted(p["name"] for p in one["parties"]) for one in plain)


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "nk-2020", "--format", "json"),
        ("nagorno-karabakh-2020", "--format", "json"),
        ("--format", "json", "nk-2020"),
    ],
)
def test_show_in_every_form(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    shown = json.loads(out(capsys, *arguments))
    kalbajar = next(one for one in shown["obligations"] if one["id"] == "nk-2020/6a")
    assert (kalbajar["due"], kalbajar["due_on"]) == ("2020-11-15", "2020-11-25")
    assert kalbajar["changes"][0]["formal"] is False
    assert {"persons", "roles", "sources", "versions", "variants"} <= shown.keys()
    assert [party["id"] for party in shown["parties"]] == ["armenia", "azerbaijan"]


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", NAMES)
def test_show_fits_the_page(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = out(capsys, name)
    assert max(len(line) for line in shown.splitlines()) <= width
    for heading in ("Parties", "Others", "Sources", "Article "):
        assert f"\n{heading}" in shown
    assert "…" not in shown
    assert "(not sure)" in shown


def test_show_tells_dates_changes_and_what_bears_on_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    shown = " ".join(out(capsys, "nk-2020").split())
    assert "moved to 25 Nov 2020: Moved by ten days" in shown
    assert "on 15 Nov 2020, without a document" in shown
    assert "10 May 2025: last day for notice (end of the first term − 6 months)" in shown
    assert "whose nobody is named; Armenia · Nagorno-Karabakh must be meant" in shown
    assert "handover by Armenia · Nagorno-Karabakh at Agdam, Aghdam or Akna → carried out" in shown
    assert "due 10 Nov 2020 01:00 UTC+04:00" in shown
    assert "Vagharshak Harutyunyan Defence minister from 20 Nov 2020 to 3 Aug 2021" in shown


def test_an_unknown_agreement(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreements", "geneva"]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "unknown agreement 'geneva'; there are hudaydah-2018, " in told


def test_check_says_what_ships_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    shown = out(capsys, "check", *NAMES)
    assert all(f"{name}: no faults, " in shown for name in NAMES)


def test_check_tells_every_fault_and_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: lake-2031\nkind: truce\nparties: []\n", encoding="utf-8")
    missing = tmp_path / "missing.yaml"
    shown = out(capsys, "check", str(bad), str(missing), "sri-lanka-2002", code=1)
    assert f"{bad}:2: kind: 'truce' is none of" in shown
    assert f"{bad}:1: the file: title is missing" in shown
    assert "sri-lanka-2002: no faults" in shown
    plain = json.loads(out(capsys, "check", str(bad), "--format", "json", code=1))
    assert plain[0]["file"] == str(bad)
    assert {"line", "column", "entry", "message"} == plain[0]["faults"][0].keys()


def test_check_knows_the_templates_of_bulletins(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from truceline.knowledge import Knowledge

    text = Knowledge.load().agreements()["nagorno-karabakh-2020"].read_text(encoding="utf-8")
    path = tmp_path / "nk.yaml"
    path.write_text(
        text.replace("monitor_template: nk-peacekeepers", "monitor_template: unknown-mission"), encoding="utf-8"
    )
    shown = out(capsys, "check", str(path), code=1)
    assert "monitor_template: unknown template 'unknown-mission'; there are nk-peacekeepers" in shown


def test_check_of_a_missing_file_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreements", "check", "missing.yaml"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "truceline: missing.yaml: cannot be read (no such file); give the path of a YAML file\n"


def test_what_a_file_says_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text('id: "\\e[31mred"\n', encoding="utf-8")
    assert "\x1b" not in out(capsys, "check", str(path), code=1)


def test_new_then_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "lake.yaml"
    assert f"written to {path}" in out(capsys, "new", "lake-2031", "--kind", "local", "--out", str(path))
    assert path.read_text(encoding="utf-8") == out(capsys, "new", "lake-2031", "--kind", "local")
    shown = out(capsys, "check", str(path), code=1)
    assert all("TODO" in line for line in shown.splitlines()[:-1])
    before = path.read_bytes()
    assert main(["agreements", "new", "other-1999", "--out", str(path)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_new_refuses_what_is_no_id_and_no_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreements", "new", "The Lake"]) == 1
    assert "is no id" in capsys.readouterr().err
    assert main(["agreements", "new", "lake-2031", "--out", str(tmp_path / "no" / "lake.yaml")]) == 1
    assert "cannot be written (no such file or directory)" in capsys.readouterr().err


def test_the_schema_of_a_file_accepts_what_ships(capsys: pytest.CaptureFixture[str]) -> None:
    import jsonschema

    from truceline.knowledge import Knowledge
    from truceline.knowledge.loading import load_yaml

    assert main(["schema", "agreement"]) == 0
    schema = json.loads(capsys.readouterr().out)
    for source in Knowledge.load().agreements().values():
        plain = json.loads(json.dumps(load_yaml(source), default=lambda value: value.isoformat()))
        jsonschema.validate(plain, schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**plain, "kind": "truce"}, schema)
