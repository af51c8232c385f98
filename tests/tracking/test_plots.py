"""Plots: whole SVG, readable without colour and without eyes, nothing from outside."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from tests.incidents.making import MONITOR, Told, document
from tests.tracking.made import KNOWLEDGE, NK, RULES, days, issues, record

from truceline.tracking.plots import incident_plot, party_plot
from truceline.tracking.statistics.bounds import Bounds
from truceline.tracking.statistics.breaches import breaches
from truceline.tracking.statistics.gathering import Material, Statistics, statistics
from truceline.tracking.statistics.summaries import Summary

SVG = "{http://www.w3.org/2000/svg}"
PERIOD = days("2020-12-08", "2020-12-14")
DEC = {"day": "2020-12-11", "at": "Hadrut"}
DOCUMENTS = (
    document("A", "2020-12-12", Told(by="Azerbaijan", speaker="Armenia", **DEC)),
    document("B", "2020-12-12", Told(by="Armenia", speaker="Azerbaijan", **DEC)),
    document("C", "2020-12-10", Told("shelling", by="Armenia", speaker="Azerbaijan", day="2020-12-09", at="Lachin")),
    document(MONITOR, "2020-12-13", Told("patrol", speaker=MONITOR)),
)


def made(*summaries: Summary, by: str = "day") -> Statistics:
    told = record(*DOCUMENTS)
    found = breaches(told, RULES, KNOWLEDGE.acts)
    material = Material(told, RULES, found, issues(*DOCUMENTS), {}, summaries)
    return statistics(material, "party", by, *PERIOD)  # type: ignore[arg-type]


PLOTS = pytest.mark.parametrize("plot", [incident_plot, party_plot], ids=["incidents", "parties"])


@PLOTS
def test_a_plot_is_whole_and_tells_what_it_shows(plot) -> None:  # type: ignore[no-untyped-def]
    root = ElementTree.fromstring(plot(made()))
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    named = {one.get("id"): one.text or "" for one in root}
    assert root.get("aria-labelledby") == "title desc"
    assert "nk-2020" in named["title"]
    assert "nothing published" in named["desc"]
    tips = [one.findtext(f"{SVG}title") for one in root if one.get("class") == "hit"]
    assert all(tips)
    assert len(tips) % 7 == 0


@PLOTS
def test_nothing_is_asked_from_outside_and_nothing_runs(plot) -> None:  # type: ignore[no-untyped-def]
    svg = plot(made())
    assert not re.search(r"<script|href|@import|url\((?!#)|\son\w+=", svg)
    assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]


def test_parties_stand_in_alphabetical_order_the_monitor_last_in_one_colour() -> None:
    root = ElementTree.fromstring(party_plot(made()))
    words = [one.text for one in root if one.tag == f"{SVG}text" and one.get("class") == "ink"]
    assert words == ["Armenia · Nagorno-Karabakh", "Azerbaijan", "Others", "Monitor"]
    assert {one.get("class") for one in root.iter(f"{SVG}rect") if one.get("fill")} == set()


def test_the_band_goes_from_certain_to_alleged() -> None:
    root = ElementTree.fromstring(incident_plot(made()))
    tips = {
        (one.findtext(f"{SVG}title") or "").partition(":")[0]: one.findtext(f"{SVG}title")
        for one in root
        if one.get("class") == "hit"
    }
    assert tips["2020-12-09"] == "2020-12-09: 0–1 incidents; nothing published"
    assert tips["2020-12-11"] == "2020-12-11: 1 incidents; nothing published"
    assert tips["2020-12-13"] == "2020-12-13: 0 incidents; monitor's bulletin"


def test_a_number_without_upper_bound_is_marked() -> None:
    open_ended = Summary("c-1", "armenia", *days("2020-12-11", "2020-12-11"), Bounds(5, None), ())
    svg = incident_plot(made(open_ended))
    assert "2020-12-11: 1 or more incidents" in svg
    assert "m4 -6l4 6" in svg
    assert "m4 -6l4 6" not in incident_plot(made())


def test_names_are_escaped() -> None:
    found = made()
    parties = (replace_name(found, 0, 'A <b>&" B'), *NK.parties[1:])
    odd = replace(found, agreement=replace(found.agreement, parties=parties))
    root = ElementTree.fromstring(party_plot(odd))
    assert 'A <b>&" B' in [one.text for one in root]


def replace_name(found: Statistics, i: int, name: str):  # type: ignore[no-untyped-def]
    return found.agreement.parties[i].model_copy(update={"name": name})


def test_weeks_are_drawn_too() -> None:
    svg = incident_plot(made(by="week"))
    assert "Incidents per week" in svg
    assert "2020-W50: 1–2 incidents; monitor's bulletin" in svg


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_colours_can_be_seen_on_light_and_dark() -> None:
    """WCAG 2.1: 4.5 for text, 3 for marks."""
    light, dark = incident_plot(made()).split("@media (prefers-color-scheme: dark)")
    for style in (light, dark.split("</style>")[0]):
        colours = dict(re.findall(r"\.(\w+) \{ (?:fill|stroke): (#[0-9a-f]{6}); \}", style))
        assert _contrast(colours["ink"], colours["paper"]) >= 4.5
        assert _contrast(colours["aside"], colours["paper"]) >= 4.5
        assert _contrast(colours["sure"], colours["paper"]) >= 3
