"""The contract of a reading as properties: true spans, stable ids, no text that raises, and no side taken."""

import re
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.cases_reading import reader
from tests.reading_checks import faults_of

from truceline.model import Actor, Claim, Count, Place, Reading, Time

AGREEMENT = "nagorno-karabakh-2020"
PUBLISHED = date(2021, 3, 16)

FRAGMENTS = [
    "The ministry said", "that its forces shelled", "“We will destroy them,”", "Armenia", "Azerbaijan’s army", "denied",
    "accused", "of violating the ceasefire", "near Hadrut", "on Saturday", "late Friday", "at least three soldiers",
    "were killed", "44.0 people", "according to", "both sides", "each other", "—", ":", "“", "”", '"', "'", "(",
    ")", ",", ".", "!", "\n", "\n\n", "\r\n", "\t", "1.", "•", "who", "which Baku denies", "he", "31 February", "0:99",
    "2–4km", "if", "not", "$", "%", "http://x.y/z?a=b", "\u200b", "\u00ad", "\ufeff", "🙂", "e\u0301", "Հայաստան",
    "Azərbaycan", "مراقبون", "停火", "\x00", "\ud7ff", "A" * 200,
]  # fmt: skip
"""Words that make the grammar work, and characters that make offsets go wrong."""

ARBITRARY = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), max_size=40).map(" ".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join),
)

CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Loading the pipeline and the machine's mood must not decide whether a property holds."""


@given(text=ARBITRARY, published=st.one_of(st.none(), st.just(PUBLISHED)))
@example(text="", published=None)
@example(text="\n \n", published=None)
@example(text="“" * 50, published=PUBLISHED)
@example(text="said said said said said", published=PUBLISHED)
@CALM
def test_any_text_gives_true_spans_and_never_raises(text: str, published: date | None) -> None:
    reading = reader(AGREEMENT).read(text, published=published)
    assert reading.document.text == text
    assert faults_of(reading) == []


@given(text=ARBITRARY)
@settings(CALM, max_examples=25)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert reader(AGREEMENT).read(text, published=PUBLISHED) == reader(AGREEMENT).read(text, published=PUBLISHED)


@given(lead=st.sampled_from(["", " ", "\n\n", "🙂 ", "Aside.\n\n"]))
@settings(CALM, max_examples=5)
def test_ids_do_not_repeat_and_spans_move_with_the_text(lead: str) -> None:
    body = "Armenia accused Azerbaijan of shelling Sotk on Monday. Azerbaijan denied it."
    plain, moved = (reader(AGREEMENT).read(text, published=PUBLISHED) for text in (body, lead + body))
    assert [claim.act_span for claim in plain.claims] == [
        claim.act_span and (claim.act_span[0] - len(lead), claim.act_span[1] - len(lead))
        for claim in moved.claims
        if claim.span[0] >= len(lead)
    ]


# Templates with the two parties left open: {A}, {B} are countries, {a}, {b} their adjectives, {Ac}, {Bc} capitals.
TEMPLATES = [
    "{A} accused {B} of shelling a border village on Monday, wounding two soldiers.",
    "{A} and {B} blamed each other for the fighting.",
    "The {a} Defense Ministry said {b} forces attacked its positions late on Friday. {B} denied the attack.",
    "“We will destroy them completely,” the {a} president said of the {b} army on Saturday.",
    "{Ac} demanded that the {b} army withdraw from the road. {Bc} rejected the demand.",
    "Three {a} servicemen were killed and at least five {b} soldiers were wounded, officials said.",
    "{B}’s defense ministry said that its troops had repulsed an attack by {a} forces.",
    "Neither {A} nor {B} said who was to blame. The monitors did not assign blame.",
    "{A} handed over 15 {b} prisoners on Tuesday. According to {Bc}, 30 had been promised.",
    "{b} forces seized two villages: {a} ministry",
    "If {b} troops attack again, the {a} army will respond, its spokesman warned.",
    "Russian peacekeepers recorded one ceasefire violation by {a} units and none by {b} units.",
]
NAMES = {
    "A": "Armenia", "B": "Azerbaijan", "a": "Armenian", "b": "Azerbaijani", "Ac": "Yerevan", "Bc": "Baku",
}  # fmt: skip
SWAPPED = {"A": "B", "B": "A", "a": "b", "b": "a", "Ac": "Bc", "Bc": "Ac"}


def _fill(template: str, swap: bool) -> str:
    text = re.sub(r"\{(\w+)\}", lambda found: NAMES[SWAPPED[found[1]] if swap else found[1]], template)
    return text[:1].upper() + text[1:]


@cache
def _exchanged() -> dict[str, str]:
    return {NAMES[key].casefold(): NAMES[other].casefold() for key, other in SWAPPED.items()}


def _words(text: str | None, swap: bool) -> str | None:
    """Words with the parties' names exchanged, as the other text has them."""
    if text is None:
        return None
    folded = text.casefold()
    if not swap:
        return folded
    names = sorted(_exchanged(), key=len, reverse=True)
    return re.sub("|".join(map(re.escape, names)), lambda found: _exchanged()[found[0]], folded)


def _party(party: str | None, swap: bool, parties: tuple[str, str]) -> str | None:
    return parties[1 - parties.index(party)] if swap and party in parties else party


def _seen(value: Any, swap: bool, parties: tuple[str, str]) -> Any:
    """A value without offsets and ids, with the parties exchanged."""
    match value:
        case Actor():
            return _words(value.text, swap), _party(value.party, swap, parties), value.role, value.sector
        case Count():
            whose = _party(value.party, swap, parties)
            return value.what, value.min, value.max, value.unit, whose, value.status, _words(value.text, swap)
        case Time():
            return value.start, value.end, value.precision, value.text
        case Place():
            return _words(value.text, swap), value.precision
        case tuple():
            return tuple(_seen(one, swap, parties) for one in value)
        case None:
            return None
    return _words(value.text, swap)


def _view(reading: Reading, swap: bool, parties: tuple[str, str]) -> list[dict[str, Any]]:
    fields = ("speakers", "cue", "said", "agent", "patient", "place", "when", "counts", "instrument")

    def view(claim: Claim) -> dict[str, Any]:
        plain = {
            "act": claim.act,
            "modality": claim.modality,
            "quoted": claim.quoted,
            "words": _words(claim.text, swap),
        }
        return plain | {name: _seen(getattr(claim, name), swap, parties) for name in fields}

    return [view(claim) for claim in reading.claims]


@cache
def _parties() -> tuple[str, str]:
    """The ids of the two parties, as the reader gives them for their names."""
    ids = []
    for country in ("Armenia", "Azerbaijan"):
        reading = reader(AGREEMENT).read(f"{country} said on Monday that it shelled a village.", published=PUBLISHED)
        found = {speaker.party for claim in reading.claims for speaker in claim.speakers}
        assert len(found) == 1, f"{country} does not resolve to one party: {found}"
        ids.append(str(found.pop()))
    return ids[0], ids[1]


@pytest.mark.parametrize("template", TEMPLATES)
def test_swapping_the_parties_swaps_them_and_nothing_else(template: str) -> None:
    parties = _parties()
    assert parties[0] != parties[1]
    one, other = (reader(AGREEMENT).read(_fill(template, swap), published=PUBLISHED) for swap in (False, True))
    assert one.claims, "the template says something"
    assert _view(one, False, parties) == _view(other, True, parties)


@given(chosen=st.lists(st.sampled_from(TEMPLATES), min_size=2, max_size=5, unique=True))
@settings(CALM, max_examples=15)
def test_swapping_the_parties_in_longer_texts(chosen: list[str]) -> None:
    texts = ["\n\n".join(_fill(template, swap) for template in chosen) for swap in (False, True)]
    one, other = (reader(AGREEMENT).read(text, published=PUBLISHED) for text in texts)
    assert _view(one, False, _parties()) == _view(other, True, _parties())
