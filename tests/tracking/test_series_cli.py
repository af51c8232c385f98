"""``truceline bulletins``: what it prints, from files and from a ledger, and how it fails."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from truceline.cli import main
from truceline.ledger import Ledger

EXAMPLES = Path(__file__).parents[2] / "examples"
SEVEN = sorted(str(path) for path in (EXAMPLES / "bulletins-nk-2020").glob("*.txt"))
REPORTS = sorted(str(path) for path in (EXAMPLES / "bulletins-smm-2020").glob("*.txt"))

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("TRUCELINE_LEDGER", raising=False)


def test_templates_are_listed_and_shown(capsys: Capture) -> None:
    assert main(["bulletins", "templates"]) == 0
    listed = capsys.readouterr().out
    assert "nk-peacekeepers" in listed
    assert "osce-smm" in listed
    assert main(["bulletins", "templates", "osce-smm"]) == 0
    assert "24 hours up to 19:30" in capsys.readouterr().out
    assert main(["bulletins", "templates", "--format", "json"]) == 0
    assert [t["name"] for t in json.loads(capsys.readouterr().out)] == ["nk-peacekeepers", "osce-smm"]


def test_read_gives_values_with_words_and_spans(capsys: Capture) -> None:
    assert main(["bulletins", "read", SEVEN[4], "--format", "json"]) == 0
    (bulletin,) = json.loads(capsys.readouterr().out)
    (posts,) = [v for v in bulletin["values"] if v["field"] == "posts"]
    assert (posts["figure"], posts["text"]) == (23, "23 observation posts")
    assert bulletin["periods"][0]["start"] == "2020-12-11"
    assert main(["bulletins", "read", SEVEN[4], *REPORTS]) == 0
    printed = capsys.readouterr().out
    assert "“23 observation posts” 105–125" in printed
    assert "5–8 km W and NW of the observer" in printed


def test_series_of_files_shows_bars_and_flags(capsys: Capture) -> None:
    assert main(["bulletins", "series", *SEVEN]) == 0
    printed = capsys.readouterr().out
    assert "█▅▂▂▆▄▃▁" in printed
    assert "a total that falls by 129" in printed
    assert main(["bulletins", "series", *reversed(SEVEN)]) == 0
    assert capsys.readouterr().out == printed


def test_a_field_day_by_day(capsys: Capture) -> None:
    assert main(["bulletins", "series", *SEVEN, "--field", "violations", "--place", "hadrut"]) == 0
    printed = capsys.readouterr().out
    assert "also 1" in printed
    assert "no side named" in " ".join(printed.split())
    assert "items_total" not in printed


def test_csv_has_every_value_once(capsys: Capture) -> None:
    assert main(["bulletins", "series", *REPORTS, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    told = [r for r in rows if (r["field"], r["place"], r["day"]) == ("violations", "Donetsk region", "2020-07-19")]
    assert [(r["figure"], r["current"], r["revised"]) for r in told] == [
        ("94", "false", "true"),
        ("96", "true", "true"),
    ]
    assert all("revised" in r["flags"] for r in told)


def test_json_has_bulletins_series_and_flags(capsys: Capture) -> None:
    assert main(["bulletins", "series", *REPORTS, "--format", "json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert [len(b["rows"]) for b in made["bulletins"]] == [6, 2]
    assert made["bulletins"][0]["rows"][0]["sector"]["bearings"] == [315]
    assert [flag["kind"] for flag in made["flags"]] == ["revised"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with four bulletins, then the rest and a story of another publisher, each lot on a day of its own."""
    where = tmp_path_factory.mktemp("bulletins") / "truceline.db"
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    with Ledger.create(where, agreement="nagorno-karabakh-2020", who="tests", clock=lambda: now[0]) as made:
        assert all(result.outcome == "added" for result in made.ingest(SEVEN[:4]))
        now[0] = datetime(2026, 1, 2, tzinfo=UTC)
        assert all(r.outcome == "added" for r in made.ingest([*SEVEN[4:], str(EXAMPLES / "wire-story.txt")]))
    return where


def test_series_of_a_ledger_are_those_of_its_files(kept: Path, capsys: Capture) -> None:
    assert main(["bulletins", "series", "--ledger", str(kept)]) == 0
    of_ledger = capsys.readouterr().out
    assert main(["bulletins", "series", *SEVEN]) == 0
    assert capsys.readouterr().out == of_ledger


def test_as_known_then(kept: Path, capsys: Capture) -> None:
    assert main(["bulletins", "series", "--ledger", str(kept), "--as-of", "2026-01-01"]) == 0
    assert "4 bulletins, 2020-12-07 to 2020-12-10" in capsys.readouterr().out


def test_files_have_no_past(capsys: Capture) -> None:
    assert main(["bulletins", "series", SEVEN[0], "--as-of", "2026-01-01"]) == 2
    assert "--as-of looks back in a ledger" in capsys.readouterr().err


def test_a_ledger_without_bulletins_is_told(kept: Path, capsys: Capture) -> None:
    assert main(["bulletins", "series", "--ledger", str(kept), "--template", "osce-smm"]) == 1
    assert "holds no bulletin that a template knows" in capsys.readouterr().err


NODATE = (
    "---\npublisher: Russian peacekeeping contingent\n---\n"
    "Bulletin of the peacekeeping contingent\n\nThere are 23 observation posts.\n"
)
FAILURES = [
    (["read", "empty.txt"], "empty.txt: empty; give a text"),
    (["read", "nosuch.txt"], "nosuch.txt: no such file; check the name"),
    (["read", "nodate.txt"], "nodate.txt: the bulletin has no date"),
    (["read", "nodate.txt", "--template", "osce-smm"], "nodate.txt: not a bulletin of template osce-smm: published by"),
    (
        ["read", "story.txt"],
        "story.txt: no template knows this bulletin of no publisher (tried nk-peacekeepers, osce-smm)",
    ),
    (["read", "nodate.txt", "--template", "nosuch"], "unknown bulletin template 'nosuch'"),
    (["read", "nodate.txt", "--template", "broken.yaml"], "broken.yaml: entry id: Field required"),
    (["series", SEVEN[0], REPORTS[0]], "bulletins of several missions (nk-peacekeepers, osce-smm)"),
    (["series", SEVEN[0], "--field", "return_day"], "no field 'return_day'; did you mean returned_day?"),
    (["series", "--ledger", "nosuch.db"], "nosuch.db"),
]


@pytest.mark.parametrize(("arguments", "told"), FAILURES)
def test_failures_are_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, arguments: list[str], told: str
) -> None:
    contents = {
        "empty.txt": "",
        "nodate.txt": NODATE,
        "story.txt": "Troops moved to the border.\n",
        "broken.yaml": "x: 1\n",
    }
    for name, text in contents.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["bulletins", *arguments]) == 1
    out, err = capsys.readouterr()
    assert told in err.splitlines()[0]
    assert out in {"", "[]\n"}
    assert not (tmp_path / "nosuch.db").exists()


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, capsys: Capture) -> None:
    bad = tmp_path / "empty.txt"
    bad.touch()
    assert main(["bulletins", "series", SEVEN[0], str(bad), SEVEN[1]]) == 1
    out, err = capsys.readouterr()
    assert "2 bulletins" in out
    assert len(err.splitlines()) == 1
