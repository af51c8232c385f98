"""Reading bulletins: the gold, turns of phrase one by one, and what holds on any text."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.errors import InputError
from truceline.intake.sources import read_file
from truceline.knowledge.bulletins import find_template
from truceline.model import Document, parse_moment
from truceline.tracking.series import Bulletin, BulletinReader, Value, read_bulletin
from truceline.tracking.series.sectors import bearings, sectors

ROOT = Path(__file__).parents[2]
GOLD: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "bulletins_gold.yaml").read_text(encoding="utf-8")
)
NK, SMM = find_template("nk-peacekeepers"), find_template("osce-smm")
MINISTRY, MISSION = "Ministry of Defence of the Russian Federation", "OSCE Special Monitoring Mission to Ukraine"


def _gold_document(entry: dict[str, Any]) -> Document:
    if "file" in entry:
        path = ROOT / entry["file"]
        if path.suffix == ".txt":
            return read_file(path)
        entry = yaml.safe_load(path.read_text(encoding="utf-8"))
    written = entry["published"]
    published = parse_moment(written) if isinstance(written, str) else written
    return Document("gold", entry["text"], publisher=entry["publisher"], published=published)


def _told(bulletin: Bulletin) -> set[tuple[object, ...]]:
    return {
        (v.field, v.period.day, v.figure if v.figure is not None else v.choice or True, v.place and v.place.text)
        for v in bulletin.values
        if not v.negated
    }


def _entries() -> Iterator[Any]:
    for entry in (*GOLD["bulletins"], *GOLD["reworded"]):
        yield pytest.param(entry, id=entry.get("file") or entry["name"])


ENTRIES = list(_entries())


@pytest.mark.parametrize("entry", ENTRIES)
def test_gold(entry: dict[str, Any]) -> None:
    bulletin = BulletinReader(find_template(entry["template"])).read(_gold_document(entry))
    wanted = {(row[0], row[1], row[2], row[3] if len(row) > 3 else None) for row in entry["values"]}
    assert _told(bulletin) == wanted
    rows = {
        (r.observation, r.count, r.means, r.observer and r.observer.text, r.sector and (r.sector.km, r.sector.bearings))
        for r in bulletin.rows
    }
    assert rows == {(*row[:4], (tuple(row[4]), tuple(row[5]))) for row in entry.get("rows", ())}


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_value_has_its_words(entry: dict[str, Any]) -> None:
    document = _gold_document(entry)
    _check_spans(read_bulletin(document, find_template(entry["template"])), document.text)


def _check_spans(bulletin: Bulletin, text: str) -> None:
    for value in bulletin.values:
        assert text[slice(*value.span)] == value.text
        assert value.text.strip()
        if value.figure is not None:
            assert value.number_span is not None
            assert value.span[0] <= value.number_span[0] < value.number_span[1] <= value.span[1]
        for where in (value.place, value.side, value.mark):
            assert where is None or text[slice(*where.span)] == where.text
    for row in bulletin.rows:
        assert text[slice(*row.span)] == row.text
        assert row.observer is None or text[slice(*row.observer.span)] == row.observer.text
        assert row.sector is None or text[slice(*row.sector.span)] == row.sector.text
        assert all(text[slice(*weapon.span)] == weapon.text for weapon in row.weapons)


def _nk(text: str) -> tuple[Value, ...]:
    body = f"Bulletin of the peacekeeping contingent\n\n{text}"
    return read_bulletin(Document("d", body, publisher=MINISTRY, published=date(2020, 12, 12)), NK).values


def _smm(text: str) -> Bulletin:
    body = f"Daily report\n\nBased on information from the monitoring teams as of 19:30, 11 December 2020\n\n{text}"
    return read_bulletin(Document("d", body, publisher=MISSION, published=date(2020, 12, 12)), SMM)


TURNS = [
    ("On 11 December, 711 refugees returned.", "returned_day", 711, 711, 711),
    ("A total of 711 refugees returned on 11 December.", "returned_day", 711, 711, 711),
    ("Since 14 November, more than 38,300 people have returned.", "returned_total", 38300, 38301, None),
    ("As of 11 December 38,300 persons have returned.", "returned_total", 38300, 38300, 38300),
    ("Since work began on 23 November 414.6 hectares were cleared.", "cleared_ha_total", 414.6, 414.6, 414.6),
    ("By now nearly 40,000 refugees have returned.", "returned_total", 40000, 36000, 40000),
    ("About 600 refugees returned over the past day.", "returned_day", 600, 540, 660),
    ("Seven hundred and eleven refugees returned during the day.", "returned_day", 711, 711, 711),
    ("No refugees returned on 11 December.", "returned_day", 0, 0, 0),
    ("414.6 hectares have been cleared since 23 November.", "cleared_ha_total", 414.6, 414.6, 414.6),
    ("Over the past day sappers cleared 2.5 km of roads.", "cleared_km_day", 2.5, 2.5, 2.5),
    ("Roads cleared over the day: 2.5 km.", "cleared_km_day", 2.5, 2.5, 2.5),
]


@pytest.mark.parametrize(("text", "field", "figure", "least", "most"), TURNS)
def test_turns_of_phrase(text: str, field: str, figure: float, least: float | None, most: float | None) -> None:
    (value,) = [v for v in _nk(text) if v.kind in {"daily", "total"}]
    assert (value.field, value.figure, value.least, value.most) == (field, figure, least, most)


@pytest.mark.parametrize(
    "text",
    [
        "711 refugees returned on 11 December, 37,700 since 14 November.",
        "711 refugees (37,700 since 14 November) returned over the past day.",
        "Since 14 November 37,700 people have returned, 711 of them on 11 December.",
        "On 11 December 711 refugees came home. In total, 37,700 since 14 November.",
        "Returned over the day: 711 people; in total: 37,700.",
        "Over the past day 711 refugees returned and, since 14 November, 37,700.",
    ],
)
def test_day_and_total_in_one_breath(text: str) -> None:
    told = {(v.field, v.figure) for v in _nk(text)}
    assert {("returned_day", 711.0), ("returned_total", 37700.0)} <= told


def test_a_mark_governs_a_whole_list() -> None:
    values = _nk(
        "12 hectares, 3 km of roads and 9 buildings were cleared over the day, 400 hectares since 23 November."
    )
    assert {(v.field, v.figure) for v in values} == {
        ("cleared_ha_day", 12.0),
        ("cleared_km_day", 3.0),
        ("buildings_day", 9.0),
        ("cleared_ha_total", 400.0),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Peacekeepers stand 12 km from Martakert.",
        "The bulletin of 14 November is withdrawn.",
        "In the past 24 hours nothing was built.",
        "Article 5 speaks of a centre.",
    ],
)
def test_what_is_no_value(text: str) -> None:
    assert _nk(text) == ()


def test_what_is_denied_is_marked_so() -> None:
    (value,) = _nk("The ceasefire was not observed along the entire line of contact.")
    assert (value.choice, value.negated) == ("observed_along_whole_line", True)


def test_no_side_named_is_told() -> None:
    (quiet,) = [
        v for v in _nk("One violation of the ceasefire was recorded in the Hadrut district.") if v.field == "violations"
    ]
    assert quiet.side is None
    assert "no_side_named" in [flag.kind for flag in quiet.flags]
    (named,) = [
        v for v in _nk("One violation of the ceasefire by Armenian units was recorded.") if v.field == "violations"
    ]
    assert named.side is not None
    assert named.side.text == "Armenian"
    assert "no_side_named" not in [flag.kind for flag in named.flags]


def test_an_unreadable_number_is_flagged_and_not_used() -> None:
    values = _nk("On 11 December, 71?1 refugees returned.")
    assert all(v.figure is None for v in values)
    assert any(flag.kind == "unreadable_number" for v in values for flag in v.flags)


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.values[0]["template"] == "nk-peacekeepers"])
def test_swapping_the_parties_changes_nothing_but_their_names(entry: dict[str, Any]) -> None:
    document = _gold_document(entry)
    swapped = document.text.replace("Armenia", "\0").replace("Azerbaijan", "Armenia").replace("\0", "Azerbaijan")
    swapped = swapped.replace("Armenian ", "Armeniani ").replace("Azerbaijann ", "Azerbaijani ")
    other = Document("x", swapped, publisher=document.publisher, published=document.published, title=document.title)
    assert _told(read_bulletin(other, NK)) == _told(read_bulletin(document, NK))


def test_a_period_that_ends_at_a_clock_time() -> None:
    (period,) = _smm("No violations.").periods
    assert isinstance(period.start, datetime)
    assert (period.day, period.start.isoformat()) == (date(2020, 12, 11), "2020-12-10T19:30:00+02:00")


def test_two_periods_in_one_report() -> None:
    bulletin = _smm(
        "Between the evenings of 9 and 10 December, the SMM recorded 33 ceasefire violations in Donetsk region. Between the "
        "evenings of 10 and 11 December, it recorded 94."
    )
    assert [p.day.day for p in bulletin.periods] == [10, 11]
    told = [(v.period.day.day, v.figure, v.place and v.place.text) for v in bulletin.of("violations")]
    assert told == [(10, 33.0, "Donetsk region"), (11, 94.0, "Donetsk region")]


def test_the_period_before_is_told_for_comparison() -> None:
    values = _smm(
        "In Luhansk region the SMM recorded 12 ceasefire violations, compared with 20 in the previous reporting period."
    ).values
    assert [(v.period.day.day, v.figure) for v in values] == [(11, 12.0), (10, 20.0)]


def test_a_row_keeps_where_the_observer_was_and_the_sector() -> None:
    (row,) = _smm(
        "While in government-controlled Svitlodarsk (57km north-east of Donetsk), the SMM heard about 30 explosions, assessed as "
        "152mm artillery, 2-4km east-north-east and east, between 20:15 and 20:50 on 10 December."
    ).rows
    assert row.observer is not None
    assert (row.observer.text, row.control, row.means) == ("Svitlodarsk", "government-controlled", "heard")
    assert row.reference is not None
    assert (row.reference.other, row.reference.km, row.reference.bearings) == ("Donetsk", (57.0, 57.0), (45.0,))
    assert row.sector is not None
    assert (row.sector.km, row.sector.bearings) == ((2.0, 4.0), (67.5, 90.0))
    assert (row.count, row.least, row.most) == (30, 27, 33)
    assert [(w.text, w.kind, w.assessed) for w in row.weapons] == [("152mm artillery", "artillery", True)]
    assert row.interval is not None
    assert [m.isoformat() for m in row.interval] == ["2020-12-10T20:15:00+02:00", "2020-12-10T20:50:00+02:00"]


def test_a_table_is_read_by_its_heads_in_any_order() -> None:
    (row,) = _smm(
        "No. | Type | Method | Time | Date | Position | Location | Weapon system\n"
        "3 | Explosions, impact | Heard | 23:50-00:10 | 10 December | Horlivka | 2-3km NW | 82mm mortar"
    ).rows
    assert (row.observation, row.count, row.means) == ("explosion", 3.0, "heard")
    assert row.interval is not None
    assert [m.isoformat() for m in row.interval] == ["2020-12-10T23:50:00+02:00", "2020-12-11T00:10:00+02:00"]
    assert row.weapons[0].assessed


def test_a_cell_without_a_number_is_flagged() -> None:
    (row,) = _smm("Position | Means | No. | Observation\nHorlivka | Heard | ? | Whistle").rows
    assert row.count is None
    assert {flag.kind for flag in row.flags} == {"unreadable_number", "unknown_observation"}


def test_a_star_is_kept() -> None:
    starred = _smm("The Mission's freedom of movement was restricted*.").of("restrictions")
    plain = _smm("The Mission's freedom of movement was restricted.").of("restrictions")
    assert [flag.kind for flag in starred[0].flags] == ["starred"]
    assert not plain[0].flags


@pytest.mark.parametrize(
    ("text", "km", "degrees"),
    [
        ("2-4km east", (2, 4), (90,)),
        ("at a distance of 5 to 8 km west and north-west", (5, 8), (270, 315)),
        ("900m SSE", (0.9, 0.9), (157.5,)),
        ("three kilometres north-north-west", (3, 3), (337.5,)),
    ],
)
def test_sectors(text: str, km: tuple[float, float], degrees: tuple[float, ...]) -> None:
    (found,) = sectors(text, 0, len(text))
    assert (found.km, found.bearings) == (km, degrees)


def test_a_distance_from_a_named_place_is_no_sector() -> None:
    text = "57km north-east of Donetsk"
    assert sectors(text, 0, len(text)) == ()
    assert bearings("west-north-west") == (292.5,)


def test_another_missions_bulletin_is_refused() -> None:
    text = "Daily report on the situation"
    with pytest.raises(InputError, match=r"^b\.txt: not a bulletin of template nk-peacekeepers: published by 'OSCE'"):
        BulletinReader(NK).read(Document("d", text, publisher="OSCE", published=date(2020, 1, 1)), "b.txt")
    with pytest.raises(InputError, match="neither title nor beginning has"):
        BulletinReader(NK).read(Document("d", "Troops moved.", publisher=MINISTRY, published=date(2020, 1, 1)), "b.txt")


def test_a_bulletin_without_a_date_is_refused() -> None:
    with pytest.raises(InputError, match=r"^b\.txt: the bulletin has no date"):
        BulletinReader(NK).read(Document("d", "Bulletin of the peacekeeping contingent", publisher=MINISTRY), "b.txt")


def test_a_date_in_the_heading_will_do() -> None:
    body = "Bulletin of the peacekeeping contingent, 12 December 2020\n\nThere are 23 observation posts."
    bulletin = BulletinReader(NK).read(Document("d", body, publisher=MINISTRY))
    assert bulletin.issued == date(2020, 12, 12)


WORDS = st.sampled_from(
    [
        *(
            "ceasefire",
            "violation",
            "violations",
            "refugees",
            "returned",
            "since 14 November",
            "711",
            "37,700",
            "2-4km",
        ),
        *(
            "north-east",
            "of Donetsk region",
            ".",
            ",",
            "(",
            ")",
            "|",
            "\n",
            "explosions",
            "heard",
            "SMM",
            "*",
            "no",
            "not",
        ),
        *(
            "hectares",
            "cleared",
            "19",
            "over the past day",
            "posts",
            "23",
            "observation",
            "in total",
            "{number}",
            "…",
            "–",
        ),
        *("71?1", "\u202f", "№", "\t", "17 and 18 December", "between the evenings of", "Hadrut district", "12 km"),
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=60).map(" ".join), st.sampled_from([NK, SMM]))
def test_any_text_keeps_the_spans(text: str, template: Any) -> None:
    body = f"Daily bulletin report of the peacekeeping contingent\n\n{text}"
    publisher = MINISTRY if template is NK else MISSION
    _check_spans(read_bulletin(Document("d", body, publisher=publisher, published=date(2020, 12, 12)), template), body)
