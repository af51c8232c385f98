"""``truceline gazetteer``: sources listed, files added and removed, names shown, faults in one line."""

import json
import os
from pathlib import Path

import pytest

from truceline.cli import main
from truceline.knowledge.gazetteer import Gazetteer

GEO = Path(__file__).parents[2] / ".." / "shared" / "geo"
TABLE = "# date: 2019-05-01\n# licence: CC0\nname\talt_names\tlat\tlon\tkind\nOrchard Post\tPomar\t39.5\t46.9\tspot\n"
Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, with the shipped index in it, so that nothing is compiled and nothing of the user changes."""
    index = Gazetteer.open().__getstate__()[0]
    folder = tmp_path / "cache"
    folder.mkdir()
    try:
        os.link(index, folder / index.name)
    except OSError:  # another file system
        (folder / index.name).symlink_to(index)
    monkeypatch.setenv("TRUCELINE_CACHE", str(folder))
    monkeypatch.setenv("COLUMNS", "100")
    return folder


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "posts.tsv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


def _json(capfd: Printed) -> object:
    return json.loads(capfd.readouterr().out)


def test_a_file_is_added_shown_listed_and_removed(table: str, capfd: Printed) -> None:
    assert main(["gazetteer", "add", table]) == 0
    assert capfd.readouterr() == ("added 1 place as posts of 2019-05-01\n", "")
    assert main(["gazetteer", "show", "pomar"]) == 0
    printed = capfd.readouterr().out
    assert printed.startswith("Orchard Post  spot  posts:")
    assert "39.50000, 46.90000 · posts 2019-05-01" in printed
    assert "also Pomar" in printed
    assert main(["gazetteer", "list"]) == 0
    listed = capfd.readouterr().out.splitlines()
    assert any(line.split()[:4] == ["posts", "1", "2019-05-01", "added"] for line in listed)
    assert any(line.split()[0] == "geonames" and "shipped" in line for line in listed)
    assert main(["gazetteer", "remove", "posts"]) == 0
    assert capfd.readouterr().out == "removed posts (1 file)\n"
    assert main(["gazetteer", "show", "Orchard Post"]) == 1


def test_options_win_over_the_file(table: str, capfd: Printed) -> None:
    arguments = ["--name", "desk", "--date", "2020-02-02", "--licence", "ours", "--format", "json"]
    assert main(["gazetteer", "add", table, *arguments]) == 0
    added = _json(capfd)
    assert added == {
        "name": "desk",
        "title": "posts.tsv",
        "date": "2020-02-02",
        "licence": "ours",
        "rows": 1,
        "added": True,
    }
    assert main(["gazetteer", "list", "--format", "json"]) == 0
    listed = _json(capfd)
    assert isinstance(listed, list)
    assert listed[-1] == added


def test_a_newer_file_hides_nothing_of_the_older(table: str, tmp_path: Path, capfd: Printed) -> None:
    newer = tmp_path / "newer.tsv"
    newer.write_text("name\tlat\tlon\nMill Post\t39.6\t46.8\n", encoding="utf-8")
    assert main(["gazetteer", "add", table]) == 0
    assert main(["gazetteer", "add", str(newer), "--name", "posts", "--date", "2021-01-01"]) == 0
    capfd.readouterr()
    for name in ("Mill Post", "Orchard Post"):
        assert main(["gazetteer", "show", name, "--format", "json"]) == 0
        rows = _json(capfd)
        assert isinstance(rows, list)
        assert [row["name"] for row in rows] == [name]
    assert main(["gazetteer", "remove", "posts", "--date", "2021-01-01", "--format", "json"]) == 0
    assert _json(capfd) == {"source": "posts", "files": 1}
    assert main(["gazetteer", "show", "Orchard Post"]) == 0


def test_each_source_of_a_name_is_shown(capfd: Printed) -> None:
    assert main(["gazetteer", "show", "Stepanakert", "--format", "json"]) == 0
    rows = _json(capfd)
    assert isinstance(rows, list)
    assert {row["sources"][0] for row in rows if row["id"] == "geonames:146970"} == {"geonames", "karabakh"}


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("missing.tsv", None, "no such file; give the path of"),
        ("a.tsv", b"place\tlat\nX\t1\n", "line 1: no column 'name' in the header"),
        ("a.tsv", b"\xe4\xff\x00", "cannot be read"),
        ("a.tsv", b"", "no rows"),
        ("a.csv", b"name,lat,lon\nX,139,40\n", "line 2: 139, 40 is not on the globe"),
        ("a.txt.gz", b"not gzip", "cannot be read"),
        ("a.zip", b"not zip", "cannot be read"),
        ("a.geojson", b"[" * 100_000, "not GeoJSON"),
        ("a.geojson", b'{"type": "FeatureCollection"}', "not GeoJSON"),
        ("a.geojson", b'{"features": [1], "type": "FeatureCollection"}', "not GeoJSON"),
    ],
)
def test_a_bad_file_is_told_in_a_line(
    tmp_path: Path, name: str, content: bytes | None, line: str, capfd: Printed
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert main(["gazetteer", "add", str(path)]) == 1
    printed = capfd.readouterr()
    assert printed.out == ""
    told = printed.err.splitlines()
    assert len(told) == 1
    assert told[0].startswith(f"truceline: {path}")
    assert line in told[0]
    assert "unexpected" not in told[0]


def test_wrong_commands_are_told_in_a_line(table: str, capfd: Printed) -> None:
    assert main(["gazetteer", "add", table, "--date", "2020-13-01"]) == 2
    assert main(["gazetteer", "add"]) == 2
    assert main(["gazetteer", "remove", "geonames"]) == 1
    assert main(["gazetteer", "show", "Xqzwv"]) == 1
    told = capfd.readouterr().err.splitlines()
    assert len(told) == 4
    assert "only files that were added can be removed" in told[2]
    assert "no source has a place of this name" in told[3]


@pytest.mark.skipif(not GEO.exists(), reason="no place files beside the checkout")
@pytest.mark.parametrize(
    ("name", "least", "place"),
    [
        ("NL.txt.gz", 20_000, "Waddenzee"),
        ("cities500_2023_AZ.txt", 150, "Hadrut"),
        ("karabakh_supplement.tsv", 81, "Tsakuri"),
        ("ne_10m_admin1_AZ_AM_GE.geojson", 101, "Kakheti"),
    ],
)
def test_real_files_are_taken(name: str, least: int, place: str, capfd: Printed) -> None:
    assert main(["gazetteer", "add", str(GEO / name), "--format", "json"]) == 0
    added = _json(capfd)
    assert isinstance(added, dict)
    assert added["rows"] >= least
    assert main(["gazetteer", "show", place, "--format", "json"]) == 0
    rows = _json(capfd)
    assert isinstance(rows, list)
    assert added["name"] in {row["sources"][0] for row in rows}
