"""What each version says, and where versions cannot both hold."""

import pytest
from tests.incidents.dossiers import agreement
from tests.incidents.making import MONITOR, Told, document

from truceline.incidents import build
from truceline.model import Incident, Modality, Value, Witness

NK = agreement("nagorno-karabakh-2020")
DAY = {"day": "2020-12-11", "at": "Hadrut"}


def incident(*documents: list[Witness]) -> Incident:
    result = build([w for d in documents for w in d], agreement=NK)
    assert len(result.incidents) == 1, [one.id for one in result.incidents]
    return result.incidents[0]


def values(found: Incident, party: str, field: str) -> list[tuple[str, str]]:
    version = next(version for version in found.versions if version.party == party)
    return [(value.text, value.stance) for value in version.fields.get(field, ())]


def one(found: Incident, party: str, field: str) -> Value:
    version = next(version for version in found.versions if version.party == party)
    (value,) = version.fields[field]
    return value


def kinds(found: Incident) -> dict[str, str]:
    return {contradiction.field: contradiction.kind for contradiction in found.contradictions}


def test_columns_stand_in_alphabetical_order_the_monitor_last() -> None:
    found = incident(
        document(MONITOR, "2020-12-12", Told("ceasefire_violation", speaker=MONITOR, **DAY)),
        document("Paper A", "2020-12-12", Told(**DAY)),
        document("Paper B", "2020-12-12", Told(by="Armenia", speaker="Azerbaijan", **DAY)),
        document("Paper C", "2020-12-12", Told(by="Azerbaijan", speaker="Armenia", **DAY)),
    )
    assert [version.party for version in found.versions] == ["armenia", "azerbaijan", "others", "monitor"]


def test_who_began_is_contested() -> None:
    found = incident(
        document("Paper A", "2020-12-12", Told(by="Azerbaijan", speaker="Armenia", **DAY)),
        document("Paper B", "2020-12-12", Told(by="Armenia", speaker="Azerbaijan", **DAY)),
    )
    assert values(found, "armenia", "began") == [("Azerbaijan", "value")]
    assert values(found, "azerbaijan", "began") == [("Armenia · Nagorno-Karabakh", "value")]
    assert kinds(found)["began"] == "different sides"
    assert found.state == "corroborated"  # both say that something happened; neither says the same


def test_a_denial_stands_against_an_assertion() -> None:
    found = incident(
        document("Paper A", "2020-12-12", Told(by="Azerbaijan", speaker="Armenia", **DAY)),
        document("Paper B", "2020-12-12", Told(by="Azerbaijan", speaker="Azerbaijan", modality=Modality.DENIED, **DAY)),
    )
    assert values(found, "azerbaijan", "began") == [("Azerbaijan", "denied")]
    assert kinds(found) == {"began": "asserted and denied", "what": "asserted and denied"}
    assert found.state == "alleged"


def test_an_answer_begins_nothing() -> None:
    fired = Told("small_arms_fire", by="Armenia", speaker="Armenia", words="The army of Armenia returned fire.")
    found = incident(document("Paper A", "2020-12-12", Told(by="Azerbaijan", speaker="Armenia", **DAY), fired))
    assert values(found, "armenia", "began") == [("Azerbaijan", "value")]
    assert ("small arms fire, in reply", "value") in values(found, "armenia", "what")


# ---- the ways of giving no value ----


def test_no_side_named_silence_and_no_access_differ() -> None:
    attack = document("Paper A", "2020-12-12", Told(by="Azerbaijan", speaker="Armenia", **DAY))
    unnamed = document(MONITOR, "2020-12-12", Told("ceasefire_violation", speaker=MONITOR, **DAY))
    declined = document(
        MONITOR, "2020-12-12", Told("ceasefire_violation", speaker=MONITOR, **DAY),
        Told("blame_declined", speaker=MONITOR, modality=Modality.DECLINED),
    )  # fmt: skip
    no_access = document(
        MONITOR, "2020-12-12", Told("ceasefire_violation", speaker=MONITOR, **DAY),
        Told("blame_declined", speaker=MONITOR, modality=Modality.DECLINED, words="They could not reach the site."),
    )  # fmt: skip
    silent = document(MONITOR, "2020-12-12", Told("demine", speaker=MONITOR))
    assert [value.stance for value in _began(attack, unnamed)] == ["no_side"]
    assert [(value.stance, value.key) for value in _began(attack, declined)] == [("no_side", "declined")]
    assert "no_access" in [value.stance for value in _began(attack, no_access)]
    assert [value.stance for value in _began(attack, silent)] == ["silent"]
    assert "monitor" not in [version.party for version in incident(attack).versions]  # it published nothing


def _began(*documents: list[Witness]) -> tuple[Value, ...]:
    return next(version for version in incident(*documents).versions if version.party == "monitor").fields["began"]


def test_nothing_known_is_said() -> None:
    found = incident(
        document(
            "Paper A", "2020-12-12", Told(by="Azerbaijan", **DAY),
            Told("blame_declined", speaker="Armenia", modality=Modality.DECLINED, words="Armenia has no information."),
        )
    )  # fmt: skip
    assert values(found, "armenia", "known") == [("no information", "no_information")]


def test_a_monitor_is_silent_on_what_others_give() -> None:
    hurt = Told("wounding", to="Armenia", speaker="Armenia", counts=(("wounded", 3, 3, "armenia"),))
    found = incident(
        document("Paper A", "2020-12-12", Told(by="Azerbaijan", speaker="Armenia", **DAY), hurt),
        document(MONITOR, "2020-12-12", Told("ceasefire_violation", speaker=MONITOR, **DAY)),
    )
    assert values(found, "monitor", "wounded:armenia") == [("not mentioned", "silent")]
    assert found.state == "observed"


# ---- people ----


@pytest.mark.parametrize(
    ("one_number", "other_number", "contradict"),
    [((3, 3), (6, 6), True), ((3, 5), (5, 8), False), ((3, None), (6, 6), False), ((0, 0), (3, 3), True)],
)
def test_numbers(one_number: tuple[int, int | None], other_number: tuple[int, int], contradict: bool) -> None:
    def hurt(number: tuple[int, int | None]) -> Told:
        return Told("wounding", to="Armenia", speaker="Armenia", counts=(("wounded", *number, "armenia"),), **DAY)

    found = incident(
        document("Paper A", "2020-12-12", hurt(one_number)), document("Paper B", "2020-12-13", hurt(other_number))
    )
    assert ("wounded:armenia" in kinds(found)) is contradict  # within one party too


def test_people_whose_side_is_not_named_are_of_the_side_attacked() -> None:
    hurt = Told("wounding", speaker="Armenia", counts=(("wounded", 3, 3, None),))
    told = incident(document("Paper A", "2020-12-12", Told(by="Azerbaijan", speaker="Armenia", **DAY), hurt))
    assert values(told, "armenia", "wounded:armenia") == [("3", "value")]
    nobody = incident(document("Paper A", "2020-12-12", Told(speaker="Armenia", **DAY), hurt))
    assert values(nobody, "armenia", "wounded:?") == [("3", "value")]


def test_numbers_of_no_side_contradict_none() -> None:
    def dead(number: int) -> Told:
        return Told("killing", counts=(("killed", number, number, None),), **DAY)

    assert kinds(incident(document("Paper A", "2020-12-12", dead(5)), document("Paper B", "2020-12-12", dead(2)))) == {}


# ---- times, places, control, words ----


def test_times_and_holders() -> None:
    def told(clock: str, by: str) -> list[Witness]:
        attack = Told(speaker="Armenia", day="2020-12-11", at="Hadrut", clock=clock)
        return document(f"Paper {by}", "2020-12-12", attack, Told("seize", by=by, at="Hadrut", speaker="Armenia"))

    found = incident(told("06:00", "Armenia"), told("08:30", "Azerbaijan"))
    assert kinds(found)["when"] == "times that do not meet"
    assert kinds(found)["control"] == "held by different sides"


def test_what_is_invoked_and_asked_for() -> None:
    told = document(
        "Paper A", "2020-12-12",
        Told(speaker="Armenia", by="Azerbaijan", words="The attack broke Article 1 of the statement of 9 November.", **DAY),
        Told("withdraw", by="Azerbaijan", speaker="Armenia", modality=Modality.DEMANDED, words="Azerbaijan must leave."),
    )  # fmt: skip
    found = incident(told)
    assert {text for text, _ in values(found, "armenia", "invoked")} == {"Article 1", "statement of 9 November"}
    assert values(found, "armenia", "calls_for") == [("Azerbaijan must leave.", "value")]
    assert values(found, "armenia", "weapons") == []


# ---- origins and obligations ----


def test_copies_count_once() -> None:
    words = (
        "Armenia said that Azerbaijan attacked a post near Hadrut on 11 December and wounded three soldiers of the garrison. "
        "The wounded men were taken to a hospital in Stepanakert, where doctors called their state stable."
    )
    told = Told(by="Azerbaijan", speaker="Armenia", words=words, **DAY)
    found = incident(
        document("Paper A", "2020-12-12", told),
        document("Paper B", "2020-12-12", told),
        document(
            "Paper C",
            "2020-12-12",
            Told(by="Azerbaijan", speaker="Armenia", words="A post was hit, Armenia says.", **DAY),
        ),
    )
    began = one(found, "armenia", "began")
    assert (len(began.documents), len(began.lineages)) == (3, 2)
    assert len(found.lineages) == 2


def test_obligations_are_touched_by_who_and_what() -> None:
    found = incident(document("Paper A", "2020-12-12", Told(by="Azerbaijan", speaker="Armenia", **DAY)))
    assert ("nk-2020/1a", "questioned") in [(touch.obligation, touch.side) for touch in found.obligations]
    elsewhere = incident(document("Paper A", "2020-12-12", Told("exchange_prisoners", day="2020-12-11", at="Hadrut")))
    assert [(touch.obligation, touch.side) for touch in elsewhere.obligations] == [("nk-2020/8", "served")]


def test_swapping_the_parties_swaps_the_versions() -> None:
    def told(one_side: str, other_side: str) -> Incident:
        hurt = Told("wounding", to=one_side, speaker=one_side, counts=(("wounded", 3, 3, one_side.lower()),))
        return incident(
            document("Paper A", "2020-12-12", Told(by=other_side, to=one_side, speaker=one_side, **DAY), hurt),
            document("Paper B", "2020-12-13", Told(by=one_side, speaker=other_side, **DAY)),
        )

    swapped = {"armenia": "azerbaijan", "azerbaijan": "armenia"}
    one_way, other_way = told("Armenia", "Azerbaijan"), told("Azerbaijan", "Armenia")
    assert {v.party: sorted(v.fields) for v in one_way.versions} == {
        swapped[v.party]: sorted(_swap(field, swapped) for field in v.fields) for v in other_way.versions
    }
    assert kinds(one_way) == kinds(other_way)


def _swap(field: str, swapped: dict[str, str]) -> str:
    name, _, whose = field.partition(":")
    return f"{name}:{swapped[whose]}" if whose else name
