"""Places in text: which names are places, which place each is, what lies beside it, and what is garbled."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.grounding.places import Box, PlaceFinder, PlaceFindings, Region
from truceline.knowledge.gazetteer import Gazetteer, PlaceRow
from truceline.model import Place
from truceline.reading.parse import parse
from truceline.reading.pipeline import load_pipeline
from truceline.reading.words import ParsedText

SAMPLE = Path(__file__).parents[2] / ".." / "shared" / "sample" / "article.txt"
KARABAKH = Region(boxes=(Box(45.3, 38.5, 48.3, 40.7),), countries=("AM", "AZE"), supplements=("karabakh",))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture(scope="module")
def anywhere(gazetteer: Gazetteer) -> PlaceFinder:
    return PlaceFinder(gazetteer)


@pytest.fixture(scope="module")
def karabakh(gazetteer: Gazetteer) -> PlaceFinder:
    return PlaceFinder(gazetteer, KARABAKH)


def parsed(text: str) -> ParsedText:
    return parse(text, load_pipeline())


def found(finder: PlaceFinder, text: str) -> dict[str, Place]:
    return {place.text: place for place in finder.find(parsed(text)).places}


NAMES = [
    ("The convoy reached Goris, Armenia, before dusk.", {"Goris", "Armenia"}),
    ("President Ilham Aliyev spoke in Baku.", {"Baku"}),
    ("Jordan said the plan was sound. Michael Jordan has led the office since May.", set()),
    ("Tourists returned to Jordan after the floods.", {"Jordan"}),
    ("The Kabul Bank closed two branches in Kabul, Afghanistan.", {"Kabul", "Afghanistan"}),
    ("Nice weather was forecast. Reading the order took an hour.", set()),
    ("The mayor of Nice, France, cancelled the march.", {"Nice", "France"}),
    ("Armenian troops and Russian officers met the Turkish envoy.", set()),
    ("In March and May the shelling stopped.", set()),
    ("Delegates from Bosnia and Herzegovina flew to Addis Ababa.", {"Bosnia and Herzegovina", "Addis Ababa"}),
    ("Sana'a, Ta'izz and Ma'rib were calm.", {"Sana'a", "Ta'izz", "Ma'rib"}),
    ("Mr. Paris left for London.", {"London"}),
    ("A filing by Stevens & Orchard was read in Lusaka.", {"Lusaka"}),
    ("Welch said that he had left. A friend of Welch's drove to Lusaka.", {"Lusaka"}),
    ("I'll write and I'd rather wait, he said in Lusaka.", {"Lusaka"}),
    ("Traffic stopped at Exit 4 and near Route 9 outside Lusaka.", {"Lusaka"}),
    ("The St. Patrick's Day march in Lusaka was short.", {"Lusaka"}),
    ("Fighters left Deir ez-Zor and Tell Abyad.", {"Deir ez-Zor", "Tell Abyad"}),
    ("Stepanakert said nothing. Shells fell in Stepanakert.", {"Stepanakert"}),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_names_of_places_and_no_others_are_found(anywhere: PlaceFinder, text: str, names: set[str]) -> None:
    places = anywhere.find(parsed(text)).places
    assert {place.text for place in places} == names
    assert all(text[place.span[0] : place.span[1]] == place.text for place in places)


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Buses stood in Maarat al-Numan.", "Maarat al-Numan", "Ma‘arrat an Nu‘mān"),
        ("Ships queued near Hodeidah.", "Hodeidah", "Al Ḩudaydah"),
        ("A checkpoint near Makhmour was closed.", "Makhmour", "Mexmur"),
    ],
)
def test_another_romanisation_is_the_same_name(anywhere: PlaceFinder, text: str, name: str, place: str) -> None:
    assert place in {found(anywhere, text)[name].name, *(c.name for c in found(anywhere, text)[name].alternatives)}


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Ontarians voted early.", "Ontarians", "Ontario"),
        ("Roads in Geauga were shut.", "Geauga", "Geauga County"),
        ("Roads in Loudon Co. were shut.", "Loudon Co.", "Loudon County"),
        ("The EU sent an envoy.", "EU", None),
    ],
)
def test_marked_names_are_looked_up_in_more_ways(
    anywhere: PlaceFinder, text: str, name: str, place: str | None
) -> None:
    start = text.index(name)
    (best,) = anywhere.resolve_spans(parsed(text), [(start, start + len(name))])
    assert best.name == place


def test_a_garbled_village_must_stand_out_among_villages(karabakh: PlaceFinder) -> None:
    strange = karabakh.find(parsed("The village of Hamdanak was shelled. The village of Ksabert was shelled."))
    assert [(place.text, place.name) for place in strange.places] == [("Hamdanak", None), ("Ksabert", "Khtsaberd")]
    assert [flag.kind for flag in strange.flags] == ["unknown_place", "uncertain_name"]


def test_a_text_about_elsewhere_is_not_matched_with_the_region(karabakh: PlaceFinder) -> None:
    text = "The village of Agdalam near Damascus and Homs was shelled."
    assert found(karabakh, text)["Agdalam"].name is None


def test_an_organisation_is_not_where_it_is_called_after(anywhere: PlaceFinder) -> None:
    text = "The Kabul Bank closed two branches in Kabul, Afghanistan."
    assert [place.span for place in anywhere.find(parsed(text)).places if place.text == "Kabul"] == [(38, 43)]


SENSES = [
    ("Deputies met in Baku.", "Baku", "geonames:587084", 1),
    ("Voters in Athens, Georgia, and in Atlanta, Georgia, queued.", "Athens", "geonames:4180386", 1),
    ("Talks opened in Tbilisi. Georgia and Armenia share a border.", "Georgia", "geonames:614540", 6),
    (
        "Crews left Macon and Savannah; the rest of Georgia stayed dry, said officials in Atlanta.",
        "Georgia",
        "geonames:4197000",
        4,
    ),
    ("Three shells hit Tripoli, Lebanon.", "Tripoli", "geonames:266826", 1),
    ("Three shells hit Tripoli, Libya.", "Tripoli", "geonames:2210247", 1),
    ("The front ran through the Donetsk region of Ukraine.", "Donetsk", "geonames:709716", 4),
]


@pytest.mark.parametrize(("text", "name", "place", "precision"), SENSES)
def test_the_place_that_fits_the_text_is_meant(
    anywhere: PlaceFinder, text: str, name: str, place: str, precision: int
) -> None:
    best = found(anywhere, text)[name]
    assert (best.id, best.precision) == (place, precision)
    assert 0 < best.score <= 1


def test_region_and_publisher_speak_for_their_places(gazetteer: Gazetteer, karabakh: PlaceFinder) -> None:
    assert found(karabakh, "Two mines were found near Drakhtik.")["Drakhtik"].id == "karabakh:drakhtik"
    finder, text = PlaceFinder(gazetteer), parsed("Roads into Cordoba were closed.")
    here, there = (finder.find(text, publisher=code).places[0].country for code in ("ES", "ARG"))
    assert (here, there) == ("ESP", "ARG")


def test_a_kind_word_chooses_between_town_and_district(karabakh: PlaceFinder) -> None:
    assert found(karabakh, "A drone fell in Hadrut.")["Hadrut"].kind == "settlement"
    district = found(karabakh, "A drone fell in the Hadrut district.")["Hadrut"]
    assert (district.id, district.precision) == ("karabakh:hadrut-district", 3)


@pytest.mark.parametrize(
    ("text", "name", "offset", "precision"),
    [
        ("Shells fell 2–4km north-east of Martakert.", "Martakert", ("distance", (45.0,), (2.0, 4.0)), 2),
        ("The patrol stopped five kilometres from Hadrut.", "Hadrut", ("distance", (), (5.0, 5.0)), 2),
        ("Fire was heard south of Martuni.", "Martuni", ("direction", (180.0,), None), 2),
        ("Fire was heard south of Nagorno-Karabakh.", "Nagorno-Karabakh", ("direction", (180.0,), None), 5),
        ("A post was set up near the village of Mets Tagher.", "Mets Tagher", ("near", (), None), 2),
        ("Tracks were seen along the Araks river.", "Araks", ("along", (), None), 5),
        ("Crews worked within 10 km of Vardenis.", "Vardenis", ("within", (), (0.0, 10.0)), 2),
        ("Crews worked 3 miles west of Goris.", "Goris", ("distance", (270.0,), (4.828, 4.828)), 2),
        ("Smoke rose over southern Syunik.", "Syunik", ("direction", (180.0,), None), 4),
    ],
)  # fmt: skip
def test_what_lies_beside_a_place_is_kept_as_such(
    karabakh: PlaceFinder,
    text: str,
    name: str,
    offset: tuple[str, tuple[float, ...], tuple[float, float] | None],
    precision: int,
) -> None:
    kind, bearings, km = offset
    place = found(karabakh, text)[name]
    assert place.offset is not None
    assert (place.offset.kind, place.offset.bearings, place.precision) == (kind, bearings, precision)
    assert place.offset.km == (pytest.approx(km, abs=0.01) if km else None)
    assert text[place.offset.span[0] : place.offset.span[1]] == place.offset.text


def test_between_names_both_ends(karabakh: PlaceFinder) -> None:
    places = found(karabakh, "Sappers cleared the road between Agdam and Askeran on Friday.")
    for name, other in (("Agdam", "Askeran"), ("Askeran", "Agdam")):
        offset = places[name].offset
        assert offset is not None
        assert (offset.kind, offset.other, places[name].precision) == ("between", other, 5)


GARBLED = [
    ("A clash was reported in the Gadroot region.", "Gadroot", "Hadrut"),
    ("The villages of Hyntaghar and Khtsabert were cut off.", "Hyntaghar", "Hin Tagher"),
    ("The villages of Hyntaghar and Htsaperd were cut off.", "Htsaperd", "Khtsaberd"),
    ("Mortars struck near the town of Martaqerd.", "Martaqerd", "Martakert"),
]


@pytest.mark.parametrize(("text", "name", "meant"), GARBLED)
def test_garbled_names_are_matched_and_flagged(karabakh: PlaceFinder, text: str, name: str, meant: str) -> None:
    findings = karabakh.find(parsed(text))
    place = next(place for place in findings.places if place.text == name)
    assert place.name == meant
    assert place.score < 1
    assert place.alternatives
    flag = next(flag for flag in findings.flags if flag.text == name)
    assert (flag.kind, flag.span) == ("uncertain_name", place.span)
    assert meant in flag.why
    assert place.alternatives[0].name in flag.why


def test_without_a_region_nothing_is_matched_by_sound(anywhere: PlaceFinder) -> None:
    findings = anywhere.find(parsed("A clash was reported in the Gadroot region."))
    assert [(place.name, place.lat) for place in findings.places] == [(None, None)]
    assert [flag.kind for flag in findings.flags] == ["unknown_place"]


def test_a_name_unlike_any_other_stays_unresolved(karabakh: PlaceFinder) -> None:
    findings = karabakh.find(parsed("Clashes near Oyubwomi village left two dead."))
    assert [(place.text, place.name, place.lat) for place in findings.places] == [("Oyubwomi", None, None)]
    assert [flag.kind for flag in findings.flags] == ["unknown_place"]


def test_a_persons_garbled_name_is_no_place(karabakh: PlaceFinder) -> None:
    findings = karabakh.find(parsed("Colonel Kadrud denied it. The office of Vilma Hartroot said nothing."))
    assert findings == PlaceFindings(())


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample article is not beside the checkout")
def test_the_sample_articles_garbles_rank_first(karabakh: PlaceFinder) -> None:
    findings = karabakh.find(parsed(SAMPLE.read_text(encoding="utf-8")))
    names = {place.text: place.name for place in findings.places}
    meant = {"Qadr": "Hadrut", "Kinrut": "Hadrut", "Hintagarh": "Hin Tagher", "Ksabart": "Khtsaberd"}
    assert {text: names.get(text) for text in meant} == meant
    assert {flag.text for flag in findings.flags} == set(meant)


def test_an_agreements_own_places_are_found(gazetteer: Gazetteer) -> None:
    own = PlaceRow("agreement:post-7", "Post Seven", ("Post VII",), 39.6, 46.9, "spot", "AZE")
    finder = PlaceFinder(gazetteer, Region(boxes=KARABAKH.boxes, places=(own,)))
    assert found(finder, "Troops left Post Seven at noon.")["Post Seven"].id == "agreement:post-7"


def test_given_spans_are_resolved_in_order(anywhere: PlaceFinder) -> None:
    text = "Iraqi refugees came to Beirut, Lebanon."
    spans = [(23, 29), (0, 5), (31, 38)]
    places = anywhere.resolve_spans(parsed(text), spans)
    assert [place.name for place in places] == ["Beirut", "Iraq", "Lebanon"]
    assert [place.span for place in places] == spans
    assert anywhere.resolve_spans(parsed(""), []) == ()


def test_the_two_names_of_a_town_are_treated_alike(karabakh: PlaceFinder) -> None:
    for one, other in (("Shusha", "Shushi"), ("Khankendi", "Stepanakert"), ("Kalbajar", "Karvachar")):
        template = "The convoy left {} for Goris on Monday."
        a, b = (found(karabakh, template.format(name))[name] for name in (one, other))
        assert (a.id, a.lat, a.lon, a.name) == (b.id, b.lat, b.lon, b.name)
        assert (a.text, b.text) == (one, other)


PIECES = st.sampled_from(
    [
        "Hadrut",
        "Qadr",
        "region",
        "villages of",
        "between",
        "and",
        "5 km",
        "north of",
        ",",
        ".",
        "\n",
        "Paris",
        "U.S.",
        "Mr.",
        "'s",
        "’",
        "-",
        "–",
        "St.",
        "X",
        "ə",
        "12",
        "A",
        "ﬁ",
        "İ",
    ]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=14))
def test_any_text_can_be_read(karabakh: PlaceFinder, pieces: list[str]) -> None:
    text = " ".join(pieces)
    findings = karabakh.find(parsed(text))
    assert [place.span for place in findings.places] == sorted(place.span for place in findings.places)
    for place in findings.places:
        assert text[place.span[0] : place.span[1]] == place.text
        assert (place.lat is None) == (place.lon is None) == (place.precision is None)
        if place.offset:
            assert text[place.offset.span[0] : place.offset.span[1]] == place.offset.text
    for flag in findings.flags:
        assert flag.span is not None
        assert text[flag.span[0] : flag.span[1]] == flag.text


def test_the_manuals_example_is_so() -> None:
    page = (Path(__file__).parents[2] / "docs" / "places.md").read_text(encoding="utf-8")
    example = page.split("```python\n")[1].split("```")[0]
    exec(compile(example, "places.md", "exec"), {})
