"""The gazetteer: look-ups by any spelling, a dated union of files, and an index that is safe to share."""

import json
import pickle
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from truceline.errors import KnowledgeError
from truceline.knowledge.gazetteer import Box, Gazetteer, PlaceRow, Region, normalise, other_names, sound
from truceline.knowledge.gazetteer.files import read_places
from truceline.knowledge.gazetteer.index import write_index
from truceline.knowledge.gazetteer.kinds import kind_of, load_kinds, precision_of
from truceline.knowledge.gazetteer.rows import PlaceSource, united
from truceline.knowledge.gazetteer.spelling import DATA
from truceline.knowledge.gazetteer.toponyms import load_toponyms

DUMP = Path(__file__).parents[2] / ".." / "shared" / "geo" / "NL.txt.gz"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture
def own(gazetteer: Gazetteer, tmp_path: Path) -> Gazetteer:
    """The shipped index with a folder of its own for added files."""
    return Gazetteer(gazetteer.__getstate__()[0], tmp_path / "added")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Köhnə Tağlar", "kohna taglar"),
        ("Nagorno-Karabakh", "nagorno karabakh"),
        ("NAGORNO KARABAKH", "nagorno karabakh"),
        ("K’arvacharr", "karvacharr"),
        ("Şıx Dursun", "six dursun"),
        ("St. Anne", "saint anne"),
        ("U.S.", "us"),
        ("Zürich", "zurich"),
        ("Łódź", "lodz"),
        ("Հադրութ", "հադրութ"),
        ("  ", ""),
    ],
)
def test_spellings_are_brought_to_one_form(written: str, key: str) -> None:
    assert normalise(written) == key
    assert normalise(key) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gadrut", "Hadrut"),
        ("Khojavend", "Hojavent"),
        ("Berdzor", "Pertsor"),
        ("Aghdam", "Akdam"),
        ("Khndzoresk", "Hndzoresk"),
    ],
)
def test_names_that_sound_alike_have_one_skeleton(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Hadrut", "geonames:148105"),
        ("Gadrut", "geonames:148105"),
        ("Гадрут", "geonames:148105"),
        ("Հադրութ", "geonames:148105"),
        ("Stepanakert", "geonames:146970"),
        ("Khankendi", "geonames:146970"),
        ("Shushi", "geonames:147105"),
        ("Hin Tagher", "karabakh:hin-tagher"),
        ("Köhnə Tağlar", "karabakh:hin-tagher"),
        ("Çaylaqqala", "karabakh:khtsaberd"),
        ("Artsakh", "karabakh:nagorno-karabakh"),
        ("Dağlıq Qarabağ", "karabakh:nagorno-karabakh"),
        ("United States", "geonames:6252001"),
        ("UK", "geonames:2635167"),
        ("Kyiv", "geonames:703448"),
        ("Ohio", "geonames:5165418"),
        ("W.Va.", "geonames:4826850"),
        ("South Ossetia", "area:south-ossetia"),
    ],
)
def test_a_place_is_found_by_each_of_its_names(gazetteer: Gazetteer, name: str, place: str) -> None:
    assert place in {row.id for row in gazetteer.lookup(name)}


def test_listed_toponyms_are_names_of_their_place(gazetteer: Gazetteer) -> None:
    for place, names in load_toponyms().items():
        for name in names:
            assert place in {row.id for row in gazetteer.lookup(name)}, (place, name)


def test_other_names_leave_out_the_one_in_use() -> None:
    assert other_names("geonames:146268", "LEFKOSIA", "Nicosia") == ("Lefkosa", "Nicosia")
    assert other_names("geonames:1", "Oldham", "Newham") == ("Newham",)
    assert other_names("geonames:1", "Newham", "Newham") == other_names(None, "Zabra", None) == ()


def test_rows_say_where_they_come_from(gazetteer: Gazetteer) -> None:
    row = next(row for row in gazetteer.lookup("Khankendi") if row.id == "geonames:146970")
    assert set(row.sources) == {"geonames", "karabakh"}
    assert {"Stepanakert", "Ходжаванд", "Степанакерт"} & set(row.names)
    assert row.country == "AZE"
    shown = gazetteer.show("Stepanakert")
    assert {row.sources[0] for row in shown if row.id == "geonames:146970"} == {"geonames", "karabakh"}
    assert all(source.title and source.date and source.rows for source in gazetteer.sources())


def test_a_village_without_a_point_stands_at_its_district(gazetteer: Gazetteer) -> None:
    row = next(row for row in gazetteer.lookup("Tsakuri") if row.id.startswith("karabakh:"))
    assert row.inherited
    parent = gazetteer.get(row.parent)
    assert parent is not None
    assert (row.lat, row.lon) == (parent.lat, parent.lon)


def test_every_shipped_row_has_a_source_and_a_known_kind() -> None:
    for table in sorted(path.name for path in DATA.iterdir() if path.name.endswith(".tsv")):
        head = (DATA / table).read_text(encoding="utf-8").splitlines()[:12]
        assert any(re.match(r"# source: \S", line) for line in head), table
    lines = [
        line.split("\t") for line in (DATA / "karabakh.tsv").read_text(encoding="utf-8").splitlines() if line[0] != "#"
    ]
    assert all(len(line) == len(lines[0]) and line[-1] for line in lines[1:])
    assert len({line[0] for line in lines[1:]}) == len(lines) - 1
    for table in ("areas", "divisions", "karabakh", "us_counties"):
        assert all(row.kind in load_kinds().kinds for row in read_places(DATA / f"{table}.tsv"))


def test_kinds_carry_the_precision_of_the_codebook() -> None:
    assert [precision_of(kind) for kind in ("village", "second_order", "first_order", "river", "country", "sea")] == [
        1,
        3,
        4,
        5,
        6,
        7,
    ]
    assert precision_of("no such kind") == 5
    assert [kind_of("P", "PPL"), kind_of("A", "ADM2"), kind_of("H", "STM"), kind_of("S", "AIRP")] == [
        "settlement",
        "second_order",
        "river",
        "spot",
    ]


def test_opening_is_quick_and_threads_and_processes_can_share_it(gazetteer: Gazetteer) -> None:
    start = time.perf_counter()
    again = Gazetteer.open()
    again.lookup("Baku")
    assert time.perf_counter() - start < 0.5  # 5 ms on an idle machine
    copy: Gazetteer = pickle.loads(pickle.dumps(gazetteer))
    assert copy.lookup("Baku") == gazetteer.lookup("Baku")
    assert copy.version == gazetteer.version
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda name: again.lookup(name)[0].id, ["Goris", "Sisian", "Kapan", "Agdam"] * 10))
    assert found[:4] * 10 == found


def test_two_builders_leave_one_good_index(tmp_path: Path) -> None:
    path, source = tmp_path / "x.sqlite", PlaceSource("s", "S", "2020-01-01", "", 0)
    rows = [PlaceRow(f"s:{i}", f"Name{i}", (), 1.0, 2.0, "village", "ARM") for i in range(500)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: write_index(path, [(source, rows)]), range(4)))
    assert [file.name for file in tmp_path.iterdir()] == ["x.sqlite"]
    assert Gazetteer(path, tmp_path / "none").lookup("name7")[0].id == "s:7"


def test_added_files_are_a_dated_union(own: Gazetteer, tmp_path: Path) -> None:
    table = tmp_path / "camps.tsv"
    table.write_text(
        "# licence: CC0\n"
        "id\tname\talt_names\tlat\tlon\tkind\tcountry\nc1\tPost Alpha\tPostalfa|Альфа\t39.5\t46.9\tspot\tAZ\n",
        encoding="utf-8",
    )
    old = own.add_file(table, date="2020-12-01")
    table.write_text("id\tname\tlat\tlon\tkind\tcountry\nc2\tPost Bravo\t39.6\t46.8\tspot\tAZ\n", encoding="utf-8")
    own.add_file(table, date="2021-02-01")
    assert (old.name, old.rows, old.licence) == ("camps", 1, "CC0")
    assert [own.lookup(name)[0].name for name in ("postalfa", "Post Bravo")] == ["Post Alpha", "Post Bravo"]
    assert [source.date for source in own.sources() if source.added] == ["2020-12-01", "2021-02-01"]
    assert {row.id for row in own.of_source("camps")} == {"camps:c1", "camps:c2"}
    assert "camps:c1" in {row.id for row in own.within(Box(46.8, 39.4, 47.0, 39.55))}
    with pytest.raises(KnowledgeError, match="already added"):
        own.add_file(table, date="2021-02-01")
    assert own.remove("camps", date="2020-12-01") == 1
    assert own.lookup("Post Alpha") == ()
    assert own.remove("camps") == 1
    with pytest.raises(KnowledgeError, match="no added source 'camps'"):
        own.remove("camps")
    with pytest.raises(KnowledgeError, match="no added source 'geonames'"):
        own.remove("geonames")


def test_geojson_points_and_csv_are_taken(own: Gazetteer, tmp_path: Path) -> None:
    feature = {
        "type": "Feature",
        "properties": {"name": "Quarry", "type": "spot", "country": "AM"},
        "geometry": {"type": "Point", "coordinates": [46.1, 39.9]},
    }
    (tmp_path / "points.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8"
    )
    own.add_file(tmp_path / "points.geojson")
    row = own.lookup("Quarry")
    assert any((r.lat, r.lon, r.country, r.kind) == (39.9, 46.1, "ARM", "spot") for r in row)
    (tmp_path / "list.csv").write_text('name,latitude,longitude\n"Ridge, Upper",39.0,46.0\n', encoding="utf-8")
    own.add_file(tmp_path / "list.csv")
    assert own.lookup("Ridge Upper")[0].lat == 39.0


def test_an_area_stands_at_its_middle_and_unknown_kinds_of_it_are_areas(own: Gazetteer, tmp_path: Path) -> None:
    square = [[10, 20], [14, 20], [14, 22], [10, 22], [10, 20]]
    speck = [[0, 0], [0.1, 0], [0.1, 0.1], [0, 0]]
    features = [
        ("Zone Quill", {"type": "Gizmo"}, {"type": "Polygon", "coordinates": [square]}),
        ("Zone Rill", {"type": "Province"}, {"type": "MultiPolygon", "coordinates": [[speck], [square]]}),
        ("Zone Sill", {"latitude": 21.5, "longitude": 11.5}, {"type": "Polygon", "coordinates": [square]}),
    ]
    collection = [
        {"type": "Feature", "properties": {"name": name, **more}, "geometry": geometry}
        for name, more, geometry in features
    ]
    (tmp_path / "zones.json").write_text(
        json.dumps({"type": "FeatureCollection", "features": collection}), encoding="utf-8"
    )
    own.add_file(tmp_path / "zones.json")
    found = [own.lookup(name)[0] for name, _, _ in features]
    assert [(row.lat, row.lon, row.kind) for row in found] == [
        (21.0, 12.0, "area"),
        (21.0, 12.0, "first_order"),
        (21.5, 11.5, "area"),
    ]


def test_a_header_may_be_a_comment_and_name_its_delimiter(own: Gazetteer, tmp_path: Path) -> None:
    (tmp_path / "s.tsv").write_text("# name_main\talt_names(|)\tlat\nQuoin\tKoin|Qwoin\t\n", encoding="utf-8")
    own.add_file(tmp_path / "s.tsv")
    assert [row.name for row in own.lookup("qwoin")] == ["Quoin"]


@pytest.mark.skipif(not DUMP.exists(), reason="no GeoNames dump beside the checkout")
def test_a_geonames_dump_is_taken(own: Gazetteer) -> None:
    source = own.add_file(DUMP)
    assert source.rows > 20_000
    assert source.date > "2020"
    row = next(row for row in own.lookup("Waddenzee") if row.sources[0] == "NL")
    assert row.id.startswith("geonames:")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.tsv", "place\tlat\nX\t1\n", "line 1: no column 'name'"),
        ("a.tsv", "name\tlat\tlon\nX\tnorth\t2\n", "line 2: 'north', '2' is no latitude and longitude"),
        ("a.tsv", "# note\nname\tlat\tlon\nX\t139\t40\n", "line 3: 139, 40 is not on the globe"),
        ("a.csv", "name,lat,lon\nA,1,2,3\n", "line 2: 4 columns, the header 3"),
        ("a.tsv", "name\tkind\nX\tcastle\n", "line 2: kind 'castle' is not known"),
        ("a.tsv", "name\tkind\n\tvillage\n", "line 2: no name"),
        ("a.tsv", "", "no rows"),
        ("a.geojson", "{", "not GeoJSON"),
        (
            "a.geojson",
            '{"type":"FeatureCollection","features":[{"geometry":{"type":"Polygon"}}]}',
            "feature 1: its Polygon has no coordinates",
        ),
        (
            "a.geojson",
            '{"type":"Feature","properties":{"name":"A"},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}',
            "feature 1: a LineString; only points and areas",
        ),
        ("a.txt", "1\tA\tA\t\t1\t2" + "\t" * 13 + "\n2\tB\n", "line 2: 2 columns, a GeoNames dump has 19"),
        ("a.txt.gz", "not gzip", "cannot be read"),
    ],
)
def test_faults_of_files_are_named(own: Gazetteer, tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=re.escape(message)) as fault:
        own.add_file(tmp_path / name)
    assert "\n" not in str(fault.value)
    assert not [source for source in own.sources() if source.added]


def test_a_missing_file_is_named(own: Gazetteer, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no such file"):
        own.add_file(tmp_path / "none.tsv")


def test_nothing_disappears_when_rows_are_united() -> None:
    old = PlaceRow("g:1", "Old", ("Older",), 1.0, 2.0, "village", "AZE", "AZ.65", "p:1", 100, ("cut",), "2023-01-01")
    new = PlaceRow("g:1", "New", (), None, None, "village", "", "", "", 0, ("now",), "2026-01-01")
    both = united([old, new])
    assert (both.name, both.names, both.sources) == ("New", ("Old", "Older"), ("now", "cut"))
    assert (both.lat, both.admin1, both.country, both.parent, both.population) == (1.0, "AZ.65", "AZE", "p:1", 100)
    assert united([new, old]) == both


def test_regions_hold_what_lies_in_them() -> None:
    inside = PlaceRow("a", "A", (), 39.5, 46.9, "village", "AZE")
    listed = PlaceRow("b", "B", (), None, None, "village", "AZE", sources=("karabakh",))
    far = PlaceRow("c", "C", (), 10.0, 10.0, "village", "NGA")
    region = Region(boxes=(Box(46, 39, 48, 41),), supplements=("karabakh",))
    assert [region.holds(row) for row in (inside, listed, far)] == [True, True, False]
    assert (0.0, 179.5) in Box(179, -1, -179, 1)
    assert (0.0, 0.0) not in Box(179, -1, -179, 1)
