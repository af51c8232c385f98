"""Control of places: lines by voice, what was taken back, who differs, and which places words stand for."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from truceline.cli import main
from truceline.cli.commands import truceline
from truceline.knowledge import Agreement, Knowledge
from truceline.ledger import Ledger
from truceline.model import Moment
from truceline.tracking.control import standing_on, timelines
from truceline.tracking.control_places import PlacesInText
from truceline.tracking.control_report import ControlReport, PlaceReport, control
from truceline.tracking.control_values import PlaceTimeline, Statement
from truceline.tracking.control_words import ControlWords, load_control_words

AGREEMENT = Agreement.load("nagorno-karabakh-2020")
A, B = "armenia", "azerbaijan"


@pytest.fixture(scope="module")
def words() -> ControlWords:
    return load_control_words(Knowledge.load())


# ---- lines, by hand ----


def said(published: int, voice: str, holder: str | None, **more: Any) -> Statement:
    """A statement on one place, published on a day of December 2020."""
    on = date(2020, 12, published)
    since: Moment | None = more.pop("since", on)
    fields: dict[str, Any] = {
        "place": "p", "place_name": "Place", "place_id": "p", "place_kind": "village", "lat": None, "lon": None, "said": "Place",
        "place_by": "named", "track": "control", "holder_name": holder, "giver": None, "extent": "whole", "denied": False,
        "counts": True, "latest": None, "since_by": "published" if since == on else "claim", "speaker": voice,
        "modality": "asserted", "act": "seize", "background": False, "claim": f"c-{published}-{voice}-{len(more)}",
        "incident": None, "document": f"d-{published}-{voice}", "lineage": f"d-{published}-{voice}", "publisher": None,
        "span": (0, 1), "text": "…",
    }  # fmt: skip
    return Statement(voice=voice, holder=holder, since=since, published=on, **{**fields, **more})


def line(*told: Statement) -> PlaceTimeline:
    (made,) = timelines(told, AGREEMENT)
    return made


def brief(found: PlaceTimeline) -> list[tuple[Any, ...]]:
    return [
        (i.voice, i.track, i.holder, i.start.day, i.until.day if i.until else None, i.revised_by is not None)
        for i in found.intervals
    ]


def test_the_next_statement_of_a_voice_ends_the_one_before() -> None:
    found = line(said(1, A, A), said(5, A, B), said(7, B, B))
    assert brief(found) == [
        (A, "control", A, 1, 5, False),
        (A, "control", B, 5, None, False),
        (B, "control", B, 7, None, False),
    ]


def test_saying_it_again_prolongs_it() -> None:
    (one,) = line(said(1, A, A), said(9, A, A)).intervals
    assert (one.start, one.last_said, len(one.statements), len(one.lineages)) == (
        date(2020, 12, 1),
        date(2020, 12, 9),
        2,
        2,
    )


def test_a_later_word_on_the_same_day_takes_back_the_earlier() -> None:
    part = said(13, A, B, extent="part", since=date(2020, 12, 12))
    whole = said(14, A, B, since=date(2020, 12, 12))
    first, second = line(part, whole).intervals
    assert {first.extent, second.extent} == {"part", "whole"}
    taken = next(one for one in (first, second) if one.extent == "part")
    assert taken.revised_by == whole.claim
    assert [one.extent for one in standing_on(line(part, whole), date(2020, 12, 15), AGREEMENT.zone)] == ["whole"]


def test_what_was_only_known_by_a_day_gives_way_to_a_dated_word() -> None:
    """ "They hold a part" (said on the 13th) was not so if "they took all of it on the 12th" (said on the 14th)."""
    found = line(said(13, A, B, extent="part"), said(14, A, B, since=date(2020, 12, 12)))
    assert sorted(brief(found)) == [(A, "control", B, 12, None, False), (A, "control", B, 13, None, True)]


def test_what_its_own_words_date_later_stands() -> None:
    found = line(said(10, A, A, since=date(2020, 12, 8)), said(14, A, B, since=date(2020, 12, 4)))
    assert brief(found) == [(A, "control", B, 4, 8, False), (A, "control", A, 8, None, False)]


def test_presence_is_no_control_and_many_may_be_present() -> None:
    found = line(said(1, A, A), said(2, A, B, track="presence"), said(3, A, "monitor", track="presence"))
    assert [(i.track, i.holder, i.until) for i in found.intervals] == [
        ("control", A, None),
        ("presence", B, None),
        ("presence", "monitor", None),
    ]
    assert found.disagreements == ()


def test_leaving_ends_what_that_side_held_and_nothing_else() -> None:
    found = line(
        said(1, A, B), said(2, A, B, track="presence"), said(3, A, A, track="presence"), said(5, A, B, track="left")
    )
    assert brief(found) == [
        (A, "control", B, 1, 5, False),
        (A, "presence", B, 2, 5, False),
        (A, "presence", A, 3, None, False),
        (A, "left", B, 5, None, False),
    ]
    back = line(said(5, A, B, track="left"), said(8, A, B, track="presence"))
    assert brief(back) == [(A, "presence", B, 8, None, False), (A, "left", B, 5, 8, False)]


def test_who_hands_over_holds_no_longer_though_nobody_receives() -> None:
    found = line(said(1, A, A), said(5, A, None, giver=A, act="handover"))
    assert brief(found) == [(A, "control", A, 1, 5, False), (A, "control", None, 5, None, False)]


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ([said(1, A, A), said(2, B, B)], ["holder"]),
        ([said(1, A, A), said(2, B, A)], []),
        ([said(1, A, A), said(2, B, A, denied=True)], ["denied"]),
        ([said(1, A, B, track="presence"), said(2, B, B, track="presence", denied=True)], ["denied"]),
        ([said(1, A, B, extent="part"), said(2, B, B)], ["extent"]),
        ([said(1, A, B, extent="part"), said(2, B, A, extent="part")], []),  # both can be so
        ([said(1, A, B, extent="near"), said(2, B, B)], []),
        ([said(1, A, None), said(2, B, B)], []),
        ([said(1, A, A), said(1, A, B)], []),  # one voice revises itself
        ([said(1, "others", A, speaker="X"), said(2, "others", B, speaker="Y")], []),
        ([said(1, "monitor", A), said(2, B, B)], ["holder"]),
    ],
)
def test_differences(told: list[Statement], kinds: list[str]) -> None:
    assert [one.kind for one in line(*told).disagreements] == kinds


def test_a_difference_lasts_as_long_as_both_say_so() -> None:
    (one,) = line(said(1, A, A), said(3, B, B), said(6, A, B)).disagreements
    assert (one.start, one.until) == (date(2020, 12, 3), date(2020, 12, 6))


def test_other_publishers_do_not_end_each_other() -> None:
    found = line(said(1, "others", A, speaker="X"), said(2, "others", B, speaker="Y"))
    assert [(i.speaker, i.holder, i.until) for i in found.intervals] == [("X", A, None), ("Y", B, None)]


def test_parties_by_name_then_others_then_the_monitor() -> None:
    found = line(said(1, "monitor", A), said(2, B, B), said(3, "others", A), said(4, A, A))
    assert [one.voice for one in found.intervals] == [A, B, "others", "monitor"]


def test_plans_and_undated_history_hold_nowhere() -> None:
    plan = said(1, A, B, counts=False, modality="demanded")
    history = said(2, A, A, since=None, since_by="unknown", background=True)
    found = line(plan, history)
    assert (found.intervals, found.announced, found.undated) == ((), (plan,), (history,))


def test_swapping_the_parties_swaps_the_lines() -> None:
    def swapped(one: str | None) -> str | None:
        return {A: B, B: A}.get(one or "", one)

    told = [(1, A, A), (3, B, B), (6, A, B), (9, B, A)]
    there = line(*(said(d, v, h) for d, v, h in told))
    back = line(*(said(d, swapped(v) or v, swapped(h)) for d, v, h in told))
    assert sorted(brief(there)) == sorted((swapped(v), t, swapped(h), s, u, r) for v, t, h, s, u, r in brief(back))
    assert len(there.disagreements) == len(back.disagreements)


def test_an_hour_and_a_day_are_of_one_clock() -> None:
    """22:00 in London is two in the morning of the next day in the area."""
    late, early = (datetime(2020, 12, 1, hour, tzinfo=UTC) for hour in (22, 19))
    day = date(2020, 12, 2)
    assert [(i.holder, i.until) for i in line(said(3, A, A, since=late), said(4, A, B, since=day)).intervals] == [
        (B, late),
        (A, None),
    ]
    assert [(i.holder, i.until) for i in line(said(3, A, A, since=early), said(4, A, B, since=day)).intervals] == [
        (A, day),
        (B, None),
    ]


# ---- words ----


@pytest.mark.parametrize(
    ("before", "extent"),
    [
        ("They hold", "whole"),
        ("They hold a part of the village of", "part"),
        ("took parts of", "part"),
        ("took Most of the town of", "most"),
        ("seized the outskirts of", "outskirts"),
        ("reached the edge of the village of", "outskirts"),
        ("the department of", "whole"),
        ("as part of a plan entered", "whole"),
        ("", "whole"),
    ],
)
def test_how_much_of_it(words: ControlWords, before: str, extent: str) -> None:
    assert words.extent(before) == extent


# Places stand in [brackets], the patient in {braces}, the claim's own place in [[double brackets]].
PLACES = [
    ("They took {[[Aro]]}.", {"Aro": "named"}),
    ("They took {[[Aro]] and [Bel]}.", {"Aro": "named", "Bel": "named beside"}),
    ("They hold {[[Aro]], [Bel] and the villages of [Cor]}.", {"Aro": "named", "Bel": "named beside", "Cor": "named beside"}),
    ("They entered {[[Aro]]} and shelled [Bel].", {"Aro": "named"}),
    ("They entered {[[Aro]]}. [Bel] is quiet.", {"Aro": "named"}),
    ("They shelled [Aro] and [Bel]. {Both villages} are surrounded.", {"Aro": "“Both villages”", "Bel": "“Both villages”"}),
    ("They shelled [Aro] and [Bel], then [Cor]. {The village} was taken.", {"Cor": "“The village”"}),
    ("They shelled [Aro]. {The village} was taken.", {"Aro": "“The village”"}),
    ("They shelled [Aro]. {Villages} were taken.", {}),
    ("They shelled [Aro]. {The villages} were taken.", {}),
    ("They shelled [Aro]. {The post} was taken.", {}),
    ("They shelled [Aro] and [Bel], {the only towns in the [[Gom]] area} held.", dict.fromkeys(("Aro", "Bel"), "in apposition")),
    ("They hold {three villages in [[Gom]]}.", {"Gom": "named"}),
    ("They hold {control of the truce in [[Gom]]}.", {}),
    ("They patrol {the [[Aro]] corridor}.", {"Aro corridor": "named"}),
    ("They hold {the [[Aro]] district}.", {"Aro": "named"}),
]  # fmt: skip


def marked(text: str) -> tuple[str, list[tuple[int, int]], tuple[int, int] | None, tuple[int, int] | None]:
    """The text without marks, its places, the claim's own place, and the patient."""
    plain, places, own, patient = "", list[tuple[int, int]](), None, None
    opened, start = 0, 0
    for i, character in enumerate(text):
        if character == "[":
            opened, start = (2 if text[i - 1 : i] == "[" else 1), len(plain)
        elif character == "]" and text[i - 1] != "]":
            places.append((start, len(plain)))
            own = places[-1] if opened == 2 else own
        elif character == "{":
            patient = (len(plain), 0)
        elif character == "}" and patient is not None:
            patient = (patient[0], len(plain))
        elif character not in "[]{}":
            plain += character
    return plain, places, own, patient


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_which_places(words: ControlWords, text: str, expected: dict[str, str]) -> None:
    plain, spans, own, patient = marked(text)

    def place(span: tuple[int, int]) -> dict[str, Any]:
        name = plain[slice(*span)]
        return {
            "span": list(span),
            "text": name,
            "name": name,
            "id": name,
            "lat": None,
            "lon": None,
            "kind": "village",
            "offset": None,
        }

    claim = {
        "place": place(own) if own else None,
        "patient": {"text": plain[slice(*patient)], "span": list(patient)} if patient else None,
    }
    found = PlacesInText(plain, map(place, spans), words).meant(claim)
    assert {one.place.text: one.by for one in found} == expected


# ---- a ledger, read ----

TEXTS = [
    ("Ministry of Defence of Armenia", "2020-12-05", "Armenian forces hold the villages of Hin Tagher and Khtsaberd."),
    ("Ministry of Defence of Azerbaijan", "2020-12-06", "The Azerbaijan Army took control of Khtsaberd on 6 December."),
    ("Ministry of Defence of Armenia", "2020-12-07", "The Ministry denies that Azerbaijani troops entered Khtsaberd."),
    (
        "Ministry of Defence of Armenia",
        "2020-12-08",
        "Azerbaijani forces captured the outskirts of Hin Tagher on 8 December.",
    ),
    ("Ministry of Defence of Azerbaijan", "2020-12-09", "Armenia must withdraw its armed forces from Hin Tagher."),
    ("Ministry of Defence of Azerbaijan", "2020-12-10", "Armenian forces withdrew from Hin Tagher on 10 December."),
    ("Associated Press", "2020-12-04", "A team entered Khtsaberd on 4 December."),  # nobody known: no presence
    ("Associated Press", "2020-12-11", "Armenia handed over the Agdam district to Azerbaijan on 20 November."),
]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("control")
    for number, (publisher, published, sentence) in enumerate(TEXTS):
        header = f"---\ntitle: Note\npublisher: {publisher}\npublished: {published}\nlanguage: en\n---\n"
        (folder / f"{number}.txt").write_text(header + sentence + "\n", encoding="utf-8")
    where = folder / "t.db"
    with Ledger.create(where, agreement="nagorno-karabakh-2020", who="anna") as made:
        assert all(result.outcome == "added" for result in made.ingest(sorted(folder.glob("*.txt"))))
        outline = {"type": "Polygon", "coordinates": [[[46, 39], [47, 39], [47, 40], [46, 40], [46, 39]]]}
        content = json.dumps(outline).encode()
        made.add_zone(content, zone="zone", publisher="Mission", published=date(2020, 12, 9), name="z.geojson")
    yield where


Reckoned = Callable[[date], ControlReport]


@pytest.fixture
def reckoned(kept: Path) -> Iterator[Reckoned]:
    with Ledger.open(kept) as ledger, ledger.view() as view:
        yield lambda day: control(view, day)


def place(report: ControlReport, name: str) -> PlaceReport:
    (found,) = report.only(name).places
    return found


def test_a_village_two_sides_claim(reckoned: Reckoned) -> None:
    found = place(reckoned(date(2020, 12, 31)), "khtsaberd").line
    assert [(i.voice, i.track, i.holder, i.denied) for i in found.intervals] == [
        (A, "control", A, False),
        (A, "presence", B, True),
        (B, "control", B, False),
    ]
    assert [(one.kind, one.start) for one in found.disagreements] == [("holder", date(2020, 12, 6))]


def test_only_what_was_published_by_the_day(reckoned: Reckoned) -> None:
    found = place(reckoned(date(2020, 12, 5)), "Khtsaberd")
    assert [(i.voice, i.holder) for i in found.line.intervals] == [(A, A)]
    assert found.zones == ()
    assert [event.change for event in place(reckoned(date(2020, 12, 9)), "Khtsaberd").zones] == ["first"]


def test_a_part_taken_a_demand_and_a_withdrawal(reckoned: Reckoned) -> None:
    found = place(reckoned(date(2020, 12, 31)), "Hin Tagher").line
    own = [(i.holder, i.extent) for i in found.intervals if i.voice == A]
    assert own == [(A, "whole"), (B, "outskirts")]
    assert [(told.voice, told.modality) for told in found.announced] == [(B, "demanded")]
    assert [(i.track, i.holder, i.start) for i in found.intervals if i.voice == B] == [("left", A, date(2020, 12, 10))]


def test_the_receiver_holds_what_was_handed_over(reckoned: Reckoned) -> None:
    found = place(reckoned(date(2020, 12, 31)), "Agdam").line
    assert [(i.voice, i.holder, i.start) for i in found.intervals] == [("others", B, date(2020, 11, 20))]


def test_every_statement_shows_its_words(kept: Path) -> None:
    with Ledger.open(kept) as ledger, ledger.view() as view:
        found = control(view, date(2020, 12, 31)).to_dict()
        told = [s for one in found["places"] for i in one["intervals"] for s in i["statements"]]
        assert told
        for one in told:
            start, end = one["span"]
            assert " ".join(view.text(one["document"])[start:end].split()) == one["text"]
            assert view.claim(one["claim"])["act"] == one["act"]


def test_a_place_that_a_person_sets_counts(kept: Path, tmp_path: Path) -> None:
    copy = tmp_path / "c.db"
    copy.write_bytes(kept.read_bytes())
    with Ledger.open(copy, who="anna") as ledger:
        with ledger.view() as view:
            told = place(control(view, date(2020, 12, 31)), "Agdam").line.intervals[0].statements[0]
        ledger.correct(told.claim, "place", ledger.typed_in(told.claim, "place", "Fizuli"))
        with ledger.view() as view:
            names = {one.line.name for one in control(view, date(2020, 12, 31)).places}
    assert "Agdam" not in names
    assert "Fizuli" in names


def run(*arguments: str) -> Any:
    return CliRunner().invoke(truceline, ["control", *arguments], standalone_mode=False)


def test_commands(kept: Path) -> None:
    options = ("--as-of", "2020-12-31", "--ledger", str(kept))
    plain = json.loads(run(*options, "--format", "json").output)
    assert (plain["agreement"], plain["as_of"]) == ("nk-2020", "2020-12-31")
    assert [one["place"] for one in plain["places"]] == ["Agdam", "Hin Tagher", "Khtsaberd"]
    rows = list(csv.DictReader(io.StringIO(run(*options, "--format", "csv").output)))
    assert len(rows) == sum(len(one["intervals"]) + len(one["zones"]) for one in plain["places"])
    assert {row["track"] for row in rows} == {"control", "presence", "left", "zone"}
    shown = run(*options).output
    assert "≠" in shown
    assert "holder" in shown
    assert "demanded" in run("hin tagher", *options).output
    assert "inside zone" in run("karabakh:hin-tagher", *options).output


def test_a_place_nobody_speaks_of(kept: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["control", "Atlantis", "--ledger", str(kept)]) == 1
    assert "nothing is said of who holds 'Atlantis'; there are Agdam, Hin Tagher, Khtsaberd" in capfd.readouterr().err


def test_of_a_place_nobody_speaks_of_the_maps_tell(kept: Path) -> None:
    shown = run("Taghavard", "--ledger", str(kept)).output
    assert "nobody says who holds it" in shown
    assert "inside zone" in shown


def test_a_ledger_without_an_agreement(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Ledger.create(tmp_path / "n.db").close()
    assert main(["control", "--ledger", str(tmp_path / "n.db")]) == 1
    assert "under no agreement" in capfd.readouterr().err


# ---- the dossier: domain's question of who holds the villages ----


def test_the_villages_of_the_dossier(hadrut: Ledger) -> None:
    with hadrut.view() as view:
        found = control(view, date(2020, 12, 16))
    for village in ("Hin Tagher", "Khtsaberd"):
        lines = place(found, village).line.intervals
        own = [(i.holder, i.start) for i in lines if i.voice == A and i.track == "control" and i.revised_by is None]
        assert own == [(B, date(2020, 12, 12))]  # the prime minister, on the 14th
        assert any(i.voice == A and i.track == "surrounded" for i in lines)
        assert any(i.voice == "others" and i.track == "control" and i.holder == A for i in lines)  # "still held by"
    lines = place(found, "Hin Tagher").line.intervals
    assert any(i.track == "presence" and i.holder == B for i in lines)  # entered, the ministry says
    (part,) = [i for i in lines if i.extent == "part"]  # a part, the prime minister on the 13th: taken back by the 14th
    assert part.revised_by is not None
    for district in ("Agdam", "Kalbajar", "Lachin"):
        held = [i.holder for one in found.only(district).places for i in one.line.intervals if i.track == "control"]
        assert B in held
