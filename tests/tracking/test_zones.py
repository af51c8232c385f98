"""Zone maps: what is taken in, how large it is, what changed, and that no revision is lost."""

import json
import math
import re
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import shapely
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from truceline.cli import main
from truceline.cli.commands import truceline
from truceline.errors import InputError, LedgerError
from truceline.intake import outlines
from truceline.intake.outlines import Outline, read_outline
from truceline.knowledge.gazetteer import Gazetteer
from truceline.ledger import Kind, Ledger
from truceline.tracking.zones import compare, events_at, pick, revisions, series
from truceline.tracking.zones_geometry import RADIUS_KM, area_km2, covers, shape_of, without

EXAMPLES = Path(__file__).parents[2] / "examples" / "zones"
Ring = list[list[float]]


def box(west: float, south: float, east: float, north: float) -> Ring:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(*rings: Ring) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*geometries: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [feature(geometry) for geometry in geometries]}


def read(data: Any) -> Outline:
    return read_outline(json.dumps(data).encode(), "f.geojson")


SQUARE = polygon(box(46, 39, 47, 40))
BOW = [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]


# ---- what is taken in ----


@pytest.mark.parametrize(
    ("data", "polygons"),
    [
        (SQUARE, 1),
        (feature(SQUARE), 1),
        (collection(SQUARE, polygon(box(48, 39, 49, 40))), 2),
        ({"type": "MultiPolygon", "coordinates": [[box(0, 0, 1, 1)], [box(2, 0, 3, 1)]]}, 2),
        (polygon(box(0, 0, 4, 4), box(1, 1, 2, 2)), 1),
        (polygon(list(reversed(box(0, 0, 1, 1)))), 1),  # section 3.1.6: the other direction is not to be refused
        (polygon([[*point, 900.5] for point in box(0, 0, 1, 1)]), 1),
        (polygon(box(179, 0, 180, 1)), 1),
        ({**SQUARE, "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}}, 1),
    ],
)
def test_taken(data: Any, polygons: int) -> None:
    assert len(read(data).polygons) == polygons


def test_a_byte_order_mark_and_notes() -> None:
    found = read_outline(b"\xef\xbb\xbf" + json.dumps(feature(SQUARE, name="Strip", note="coarse", n=1)).encode(), "f")
    assert found.notes == ("Strip", "coarse")
    assert found.box == (46, 39, 47, 40)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ([1], "not GeoJSON"),
        ({"kind": "Polygon"}, "not GeoJSON"),
        ({"type": "Topology"}, "is a Topology; only polygons"),
        ({"type": "FeatureCollection"}, "without a list of features"),
        (collection(), "holds no polygon"),
        (collection({"type": "Point", "coordinates": [46, 39]}), "feature 1 is a Point; only polygons"),
        (collection(SQUARE, {"type": "LineString", "coordinates": []}), "feature 2 is a LineString"),
        (collection(None), "feature 1 is without a geometry"),
        ({"type": "FeatureCollection", "features": [7]}, "feature 1 is no Feature"),
        ({"type": "GeometryCollection", "geometries": [SQUARE]}, "is a GeometryCollection"),
        ({"type": "Polygon"}, "has no ring"),
        ({"type": "MultiPolygon"}, "has no coordinates"),
        ({"type": "MultiPolygon", "coordinates": [[box(0, 0, 1, 1)], []]}, "polygon 2 has no ring"),
        (polygon([[0, 0], [1, 1], [0, 0]]), "ring 1 has 3 points"),
        (polygon([[0, 0], [1, 0], [1, 1], [0, 1]]), "ring 1 is not closed"),
        (polygon(BOW), "do not bound an area (Self-intersection at 1 1)"),
        (polygon(box(0, 0, 1, 1), box(5, 5, 6, 6)), "do not bound an area"),
        (polygon([[0, 0], [1, 91], [1, 0], [0, 0]]), "point 2 (1, 91) is nowhere on Earth; longitude comes first"),
        (polygon([[0, 0], [181, 1], [1, 0], [0, 0]]), "(181, 1) is nowhere on Earth"),
        (polygon([[0, 0], ["1", 1], [1, 0], [0, 0]]), "point 2 holds something that is no number"),
        (polygon([[0, 0], [True, 1], [1, 0], [0, 0]]), "point 2 holds something that is no number"),
        (polygon([[0, 0], [1], [1, 0], [0, 0]]), "point 2 is no longitude and latitude"),
        (polygon(box(170, 0, -170, 5)), "crosses the 180th meridian; cut it there"),
        ({**SQUARE, "crs": {"properties": {"name": "EPSG:3857"}}}, "crs is not longitude and latitude"),
    ],
)
def test_refused(data: Any, told: str) -> None:
    with pytest.raises(InputError) as fault:
        read(data)
    assert told in str(fault.value)
    assert str(fault.value).startswith("f.geojson: ")
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "not JSON (line 1"),
        (b"{", "not JSON (line 1, column 2"),
        (b"\xff\xfe{}", "not UTF-8 (byte 1)"),
        (b'{"type":"Polygon","coordinates":[[[NaN,1]]]}', "NaN is no number"),
        (b'{"type":"Polygon","coordinates":[[[1e999,0],[1,1],[0,2],[1e999,0]]]}', "without bounds"),
        (b"[" * 200_000, "not JSON"),
    ],
)
def test_refused_bytes(content: bytes, told: str) -> None:
    with pytest.raises(InputError, match=re.escape(told)):
        read_outline(content, "f.geojson")


def test_bounds_of_size(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="more than 10,000,000; simplify"):
        read_outline(b" " * (outlines.LARGEST + 1), "f")
    monkeypatch.setattr(outlines, "MOST_POINTS", 6)
    with pytest.raises(InputError, match="goes beyond 6 points"):
        read(collection(SQUARE, SQUARE, SQUARE))


def test_many_faults_make_one_line() -> None:
    with pytest.raises(InputError) as fault:
        read(collection(*[None] * 9))
    assert str(fault.value).endswith("; and 6 more")


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=4), lambda inner: st.lists(inner, max_size=5)
    )
)
@settings(max_examples=200, deadline=None)
def test_whatever_stands_for_coordinates_is_told_in_one_line(coordinates: Any) -> None:
    with pytest.raises(InputError) as fault:
        read({"type": "MultiPolygon", "coordinates": coordinates})
    assert "\n" not in str(fault.value)


# ---- sizes ----


def test_an_eighth_of_the_sphere() -> None:
    whole = 4 * math.pi * RADIUS_KM**2
    assert area_km2(shape_of(read(polygon(box(0, 0, 90, 90))))) == pytest.approx(whole / 8)
    assert area_km2(shape_of(read(polygon(box(-180, -90, 0, 90), box(-90, -45, -45, 45))))) < whole / 2
    assert area_km2(shape_of(read(polygon([[-180, -90], [-90, -90], [0, -90], [0, 90], [-180, 90], [-180, -90]])))) == (
        pytest.approx(whole / 2)
    )


def test_a_degree_at_forty() -> None:
    """Against the closed form of a spherical rectangle, and against the ellipsoid's own (WGS 84) within a third of a per cent."""
    square = area_km2(shape_of(read(polygon(box(46, 39, 47, 40)))))
    south, north = math.radians(39), math.radians(40)
    assert square == pytest.approx(RADIUS_KM**2 * math.radians(1) * (math.sin(north) - math.sin(south)), rel=1e-12)
    eccentricity, major = 0.0066943799901, 6378.137
    latitude = math.radians(39.5)
    root = 1 - eccentricity * math.sin(latitude) ** 2
    ellipsoid = major**2 * (1 - eccentricity) * math.cos(latitude) / root**2 * math.radians(1) ** 2
    assert square == pytest.approx(ellipsoid, rel=3e-3)


def test_holes_are_left_out_and_overlaps_count_once() -> None:
    big, small = (area_km2(shape_of(read(polygon(ring)))) for ring in (box(0, 0, 4, 4), box(1, 1, 2, 2)))
    assert area_km2(shape_of(read(polygon(box(0, 0, 4, 4), box(1, 1, 2, 2))))) == pytest.approx(big - small)
    assert area_km2(shape_of(read(collection(polygon(box(0, 0, 4, 4)), polygon(box(1, 1, 2, 2)))))) == pytest.approx(
        big
    )


def test_points_on_the_edge_are_inside() -> None:
    shape = shape_of(read(SQUARE))
    assert covers(shape, [(46, 39.5), (46.5, 39.5), (45.999, 39.5)]) == [True, True, False]
    assert covers(shape, []) == []


_degrees = st.tuples(st.floats(-170, 160), st.floats(-80, 70), st.floats(0.01, 9), st.floats(0.01, 9))


@given(_degrees, _degrees)
@settings(max_examples=60, deadline=None)
def test_what_two_share_and_what_they_do_not_make_each_whole(one: Any, other: Any) -> None:
    a, b = (shape_of(read(polygon(box(w, s, w + dx, s + dy)))) for w, s, dx, dy in (one, other))
    shared = area_km2(shapely.intersection(a, b))
    assert area_km2(a) == pytest.approx(shared + area_km2(without(a, b)), rel=1e-6, abs=1e-6)
    assert area_km2(b) == pytest.approx(shared + area_km2(without(b, a)), rel=1e-6, abs=1e-6)
    assert area_km2(a) > 0


# ---- in the ledger ----


def clock() -> Callable[[], datetime]:
    at = datetime(2021, 1, 1, tzinfo=UTC)

    def now() -> datetime:
        nonlocal at
        at += timedelta(seconds=1)
        return at

    return now


def content(ring: Ring) -> bytes:
    return json.dumps(polygon(ring)).encode()


FIRST, WIDER, NARROW = box(46, 39.6, 47, 40), box(46, 39.4, 47, 40), box(46, 39.6, 47, 40.1)


@pytest.fixture
def ledger(tmp_path: Path) -> Any:
    with Ledger.create(tmp_path / "z.db", agreement="nagorno-karabakh-2020", who="anna", clock=clock()) as made:
        for day, ring in ((11, FIRST), (12, WIDER), (14, NARROW)):
            made.add_zone(
                content(ring), zone="zone", publisher="Mission", published=date(2020, 12, day), name=f"{day}.geojson"
            )
        yield made


def test_every_revision_stands(ledger: Ledger) -> None:
    with ledger.view() as view:
        found = revisions(view, "zone", clock=UTC)
        assert [str(one.published) for one in found] == ["2020-12-11", "2020-12-12", "2020-12-14"]
        assert [entry.kind for entry in view.log()][-3:] == [Kind.ZONE] * 3
    assert ledger.verify().fault is None
    assert ledger.rebuild().changed == ()
    assert ledger.rebuild().rows["zone"] == 3


def test_the_same_map_is_entered_once(ledger: Ledger) -> None:
    told: dict[str, Any] = {"zone": "zone", "publisher": "Mission", "name": "again.geojson"}
    assert ledger.add_zone(content(FIRST), published=date(2020, 12, 11), **told) is None
    assert ledger.add_zone(content(FIRST), published=date(2020, 12, 20), **told) is not None  # drawn so again


def test_what_is_no_outline_leaves_the_ledger_as_it_was(ledger: Ledger) -> None:
    with ledger.view() as view:
        before = view.number
    for bad, name in ((b"{}", "zone"), (content(FIRST), " "), (content(FIRST), "x" * 200)):
        with pytest.raises((InputError, LedgerError)):
            ledger.add_zone(bad, zone=name, publisher="Mission", published=date(2020, 12, 11), name="f.geojson")
    with ledger.view() as view:
        assert view.number == before


def test_as_known_and_as_published(ledger: Ledger) -> None:
    with ledger.view() as view:
        first = revisions(view, "zone", clock=UTC)[0].entry
    with ledger.view(as_of=first) as view:
        assert len(revisions(view, "zone", clock=UTC)) == 1
    with ledger.view() as view:
        assert len(revisions(view, "zone", day=date(2020, 12, 12), clock=UTC)) == 2
        with pytest.raises(LedgerError, match="its first map is of 2020-12-11"):
            revisions(view, "zone", day=date(2020, 12, 1), clock=UTC)
        with pytest.raises(LedgerError, match="no zone 'other'; there are zone"):
            revisions(view, "other", clock=UTC)


def test_a_changed_map_is_found(ledger: Ledger) -> None:
    with ledger.view() as view:
        last = revisions(view, "zone", clock=UTC)[-1]
    with ledger.database.writing() as connection:
        connection.execute(text("DROP TRIGGER content_update"))
        connection.execute(
            text("UPDATE content SET bytes = :b, coding = 'plain' WHERE hash = :h"), {"b": b"x", "h": last.content}
        )
    fault = ledger.verify().fault
    assert fault is not None
    assert fault.number == last.entry


def test_compared(ledger: Ledger) -> None:
    with ledger.view() as view:
        one, two, three = revisions(view, "zone", clock=UTC)
        made = compare(view, one, two, Gazetteer.open())
        back = compare(view, two, one, Gazetteer.open())
        assert made.gained_km2 == pytest.approx(area_km2(shape_of(read(polygon(box(46, 39.4, 47, 39.6))))))
        assert made.lost_km2 == 0
        names = {place.name for place in made.moved_in}
        assert {"Hin Tagher", "Khtsaberd"} <= names  # of the agreement's own places
        assert made.moved_out == ()
        assert [place.id for place in back.moved_out] == [place.id for place in made.moved_in]
        assert {place.name for place in compare(view, two, three, Gazetteer.open()).moved_out} == names


def test_a_point_through_the_revisions(ledger: Ledger) -> None:
    with ledger.view() as view:
        found = revisions(view, clock=UTC)
        assert [(e.inside, e.change) for e in events_at(found, 39.5, 46.5)] == [
            (False, "first"),
            (True, "in"),
            (False, "out"),
        ]
        assert [(e.inside, e.change) for e in events_at(found, 39.8, 46.5)] == [
            (True, "first"),
            (True, "same"),
            (True, "same"),
        ]


def test_two_publishers_of_one_zone(ledger: Ledger) -> None:
    ledger.add_zone(
        content(FIRST), zone="zone", publisher="Another side", published=date(2020, 12, 13), name="o.geojson"
    )
    with ledger.view() as view:
        every = revisions(view, "zone", clock=UTC)
        with pytest.raises(
            LedgerError, match="several published maps; name one with --publisher: Another side, Mission"
        ):
            series(every)
        assert len(series(every, "mission")) == 3
        assert [e.change for e in events_at(every, 39.5, 46.5)] == ["first", "first", "in", "out"]
        assert pick(series(every, "mission"), "2020-12-13", UTC).published == date(2020, 12, 12)
        assert pick(every, f"#{every[0].entry}", UTC).publisher == "Another side"
        for bad, told in (
            ("2020-12-01", "no map at 2020-12-01; there are 2020-12-11"),
            ("soon", "no such day"),
            ("999", "no map at 999"),
        ):
            with pytest.raises(LedgerError, match=told):
                pick(series(every, "mission"), bad, UTC)


def test_the_order_is_that_of_the_clock(tmp_path: Path) -> None:
    """Half past eight in Yerevan is before eight in Moscow."""
    with Ledger.create(tmp_path / "o.db", who="anna") as made:
        for hour, ring in (("20:00:00+03:00", FIRST), ("20:30:00+04:00", WIDER)):
            at = datetime.fromisoformat(f"2020-12-12T{hour}")
            made.add_zone(content(ring), zone="zone", publisher="Mission", published=at, name="f.geojson")
        with made.view() as view:
            assert [one.entry for one in revisions(view, "zone", clock=UTC)] == [3, 2]


def test_without_the_library_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "shapely", None)
    with pytest.raises(InputError, match=r"pip install 'truceline\[zones\]'"):
        read(SQUARE)


# ---- on the command line ----


@pytest.fixture
def where(tmp_path: Path) -> str:
    path = str(tmp_path / "cli.db")
    with Ledger.create(path, agreement="nagorno-karabakh-2020", who="anna"):
        return path


def run(*arguments: str) -> Any:
    return CliRunner().invoke(truceline, ["zones", *arguments], standalone_mode=False)


def add(where: str, file: Path, day: str) -> Any:
    return run("add", str(file), "--name", "zone", "--publisher", "Mission", "--published", day, "--ledger", where)


def test_commands(where: str) -> None:
    for day in ("2020-12-11", "2020-12-12", "2020-12-14"):
        assert "added zone as entry" in add(where, EXAMPLES / f"invented-{day}.geojson", day).output
    assert "there already" in add(where, EXAMPLES / "invented-2020-12-14.geojson", "2020-12-14").output
    listed = json.loads(run("list", "--ledger", where, "--format", "json").output)
    assert [one["published"] for one in listed] == ["2020-12-11", "2020-12-12", "2020-12-14"]
    compared = json.loads(
        run("compare", "zone", "2020-12-11", "2020-12-12", "--ledger", where, "--format", "json").output
    )
    assert compared["change_km2"] == pytest.approx(compared["gained_km2"] - compared["lost_km2"], abs=0.02)
    assert {"Hin Tagher", "Khtsaberd"} <= {place["name"] for place in compared["moved_in"]}
    shown = json.loads(run("show", "zone", "--as-of", "2020-12-12", "--ledger", where, "--format", "json").output)
    assert shown["published"] == "2020-12-12"
    assert len(shown["revisions"]) == 2
    kept = run("show", "zone", "--ledger", where, "--format", "geojson").output
    assert kept == (EXAMPLES / "invented-2020-12-14.geojson").read_text(encoding="utf-8")
    assert "Hin Tagher" in run("compare", "zone", "--ledger", where).output
    assert "Invented" in run("show", "zone", "--ledger", where).output
    assert "published" in run("list", "--ledger", where).output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "zone"], "no zone 'zone'; there are none: add one"),
        (["compare", "zone"], "no zone 'zone'"),
        (["add", "missing.geojson", "--name", "z", "--publisher", "M", "--published", "2020-12-11"], "cannot be read"),
        (["add", "{file}", "--name", "z", "--publisher", "M", "--published", "soon"], "soon"),
        (["add", "{far}", "--name", "z", "--publisher", "M", "--published", "2020-12-11"], "longitude comes first"),
    ],
)
def test_faults_are_one_line(
    where: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    far = tmp_path / "far.geojson"
    far.write_bytes(content([[lat, lon] for lon, lat in FIRST]))
    files = {"file": str(EXAMPLES / "invented-2020-12-11.geojson"), "far": str(far)}
    assert main(["zones", *(argument.format(**files) for argument in arguments), "--ledger", where]) == 1
    fault = capfd.readouterr().err
    assert told in fault
    assert fault.count("\n") == 1


def test_a_zone_elsewhere_is_taken_when_meant(where: str, tmp_path: Path) -> None:
    far = tmp_path / "far.geojson"
    far.write_bytes(content(box(10, 10, 11, 11)))
    told = ["--name", "z", "--publisher", "M", "--published", "2020-12-11", "--ledger", where]
    assert "added" in run("add", str(far), *told, "--anywhere").output


def test_one_map_has_nothing_to_be_compared_with(where: str, capfd: pytest.CaptureFixture[str]) -> None:
    add(where, EXAMPLES / "invented-2020-12-11.geojson", "2020-12-11")
    assert main(["zones", "compare", "zone", "--ledger", where]) == 1
    assert "only one map" in capfd.readouterr().err
    assert main(["zones", "compare", "zone", "2020-12-11", "--ledger", where]) == 1
    assert "are one map" in capfd.readouterr().err
