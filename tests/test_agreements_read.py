"""Texts read under the agreements that ship: sides, monitors and places are who and where they should be."""

from datetime import date

import pytest
from tests.cases_reading import reader

from truceline.model import Actor, Claim, Reading

Sides = tuple[str | None, str | None, str | None, str | None, str | None]


def _side(actor: Actor | None) -> str | None:
    """The party of an actor, or the role of someone who is of none."""
    return None if actor is None else actor.party or actor.role


def _told(claim: Claim) -> Sides:
    speaker = claim.speakers[-1] if claim.speakers else None
    return str(claim.modality), claim.act, _side(speaker), _side(claim.agent), claim.place.name if claim.place else None


CASES: list[tuple[str, date, str, set[Sides]]] = [
    (
        "hudaydah-2018",
        date(2019, 5, 12),
        "The Houthis withdrew from the port of Salif on Saturday, the head of the UN mission, Michael Lollesgaard, said.",
        {("asserted", "withdraw", "monitor", "houthis", "Aş Şalīf")},
    ),
    (
        "hudaydah-2018",
        date(2019, 5, 12),
        "Governor al-Hassan Taher accused the rebels of shelling a market in Hodeidah. Houthi military spokesman Yahya Saree said "
        "the Saudi-led coalition had carried out air strikes near Durayhimi.",
        {
            ("asserted", "shelling", "government", "houthis", "Al Ḩudaydah"),
            ("asserted", "air_strike", "houthis", "government", "Ad Durayhimī"),
        },
    ),
    (
        "south-sudan-2017",
        date(2018, 1, 12),
        "CTSAMM said SPLA soldiers denied its monitors access to Nasir on 10 January. The National Salvation Front accused the "
        "government of moving troops to Kajo Keji.",
        {
            ("asserted", "access_denied", "monitor", "government", "Nasir"),
            ("asserted", "buildup", "nas", "government", "Kajo Keji"),
        },
    ),
    (
        "libya-2020",
        date(2021, 1, 7),
        "The GNA and Haftar's forces exchanged 35 prisoners in Shwairif on Wednesday, UNSMIL said.",
        {("asserted", "exchange_prisoners", "mediator", "gna", "Shwairif")},
    ),
]


@pytest.mark.parametrize(("agreement", "published", "text", "expected"), CASES)
def test_sides_and_places(agreement: str, published: date, text: str, expected: set[Sides]) -> None:
    reading = reader(agreement).read(text, published=published)
    assert expected <= {_told(claim) for claim in reading.claims}


SWAPS = [
    ("libya-2020", ("GNA", "gna"), ("LNA", "lna"), "Sirte"),
    ("south-sudan-2017", ("NAS", "nas"), ("NDM", "ndm"), "Kajo Keji"),
    ("south-sudan-2017", ("National Salvation Front", "nas"), ("National Democratic Movement", "ndm"), "Lasu"),
]
TEMPLATES = [
    "The {a} accused the {b} of shelling {place} on Monday, wounding two soldiers. The {b} denied it.",
    "{a} forces withdrew from {place}, the {b} said on Tuesday.",
    "The {a} and the {b} blamed each other for the fighting near {place}.",
]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(("agreement", "one", "other", "place"), SWAPS)
def test_swapping_the_parties_names_swaps_the_parties(
    agreement: str, one: tuple[str, str], other: tuple[str, str], place: str, template: str
) -> None:
    def sides(reading: Reading, swap: dict[str | None, str | None]) -> list[Sides]:
        told = [_told(claim) for claim in reading.claims]
        return [(said, act, swap.get(by, by), swap.get(agent, agent), where) for said, act, by, agent, where in told]

    published = date(2021, 1, 9)
    (name, party), (other_name, other_party) = one, other
    plain = reader(agreement).read(template.format(a=name, b=other_name, place=place), published=published)
    swapped = reader(agreement).read(template.format(a=other_name, b=name, place=place), published=published)
    assert plain.claims
    assert sides(plain, {}) == sides(swapped, {party: other_party, other_party: party})
