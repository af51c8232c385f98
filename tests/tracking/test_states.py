"""Proposed states, clocks and positions, from made evidence."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.knowledge.obligations import Change, Obligation, Tie
from truceline.tracking.clocks import clock
from truceline.tracking.evidence import Evidence, Tying, in_words
from truceline.tracking.proposing import proposing
from truceline.tracking.record import Told
from truceline.tracking.states import propose

BEGINS, DAY = date(2021, 3, 1), date(2021, 3, 20)
RULES = proposing()
DELIVERY = Obligation(id="x-1/a", article="1", says="s", kind="delivery", obligor=("alpha",), due=date(2021, 3, 10))
BAN = Obligation(id="x-1/b", article="1", says="s", kind="prohibition", obligor=("alpha", "bravo"), continuous=True)


def told(voice: str = "bravo", *, day: int | None = 8, out: int = 9, lineage: str = "one", **more: object) -> Told:
    """A claim published on a day of March."""
    start = date(2021, 3, day) if day is not None else None
    base = Told(
        claim=f"c-{voice}-{day}-{out}-{lineage}",
        document=lineage,
        incident=None,
        lineage=lineage,
        publisher="Paper",
        published=date(2021, 3, out),
        voice=voice,
        speaker=voice,
        modality="asserted",
        act="handover",
        agent="Alpha",
        agent_party="alpha",
        patient=None,
        patient_party=None,
        place=None,
        place_id=None,
        place_said=None,
        starts=start,
        ends=start + timedelta(days=1) if start else None,
        background=False,
        confidence=1.0,
        span=(0, 5),
    )
    return replace(base, **more)  # type: ignore[arg-type]


def bears(one: Told, side: str | None = "for", shows: str | None = "done", aside: str | None = None) -> Evidence:
    """The claim as evidence."""
    tying = Tying(one.claim, DELIVERY.id, "served" if side == "for" else "questioned", 0)
    return Evidence(one, side, shows if side == "for" else None, tying, "why", one.starts, aside)  # type: ignore[arg-type]


def state(obligation: Obligation, *evidence: Evidence) -> tuple[int, bool]:
    """State and whether it is in question."""
    found = propose(obligation, evidence, DAY, BEGINS, UTC, RULES)
    assert found.reasons
    return found.state, found.in_question


def test_nothing_known_is_not_initiated() -> None:
    assert state(DELIVERY) == (0, False)
    assert state(BAN) == (0, False)


@pytest.mark.parametrize(("shows", "expected"), [("begun", 1), ("partly", 2), ("done", 3)])
def test_a_delivery_is_as_far_as_its_best_evidence(shows: str, expected: int) -> None:
    assert state(DELIVERY, bears(told(), shows=shows), bears(told(lineage="two"), shows="begun")) == (expected, False)


def test_the_word_of_those_who_owe_it_is_not_enough() -> None:
    own = [bears(told("alpha", lineage=str(i))) for i in range(9)]
    assert state(DELIVERY, *own) == (2, False)
    assert state(DELIVERY, *own, bears(told("monitor"))) == (3, False)
    assert state(replace_obligor(DELIVERY), *own) == (2, False)  # implied counts like named
    assert state(DELIVERY, *own, bears(told("bravo"), shows="begun")) == (2, False)


def replace_obligor(obligation: Obligation) -> Obligation:
    """The same with an obligor that the text does not name."""
    return obligation.model_copy(update={"obligor": (), "implied": obligation.obligor})


def test_a_standing_claim_against_it_keeps_it_from_full() -> None:
    done = bears(told("monitor", out=9))
    assert state(DELIVERY, done, bears(told("bravo", out=12), "against")) == (2, True)
    assert state(DELIVERY, done, bears(told("bravo", out=5), "against")) == (3, False)  # answered since
    assert state(DELIVERY, done, bears(told("bravo", out=12), "against", aside="refuted")) == (3, False)
    assert state(DELIVERY, bears(told("bravo"), "against")) == (0, True)


def test_positions_are_no_evidence() -> None:
    assert state(DELIVERY, bears(told(modality="promised"), None)) == (0, False)


@pytest.mark.parametrize(("days", "expected"), [(0, 3), (1, 2), (5, 2), (6, 1), (15, 1), (16, 0)])
def test_a_ban_falls_with_the_share_of_days_it_is_broken_on(days: int, expected: int) -> None:
    kept = bears(told("monitor"), shows="done")
    broken = [bears(told("bravo", day=1 + i), "against") for i in range(days)]
    again = [bears(told("alpha", day=1 + i, lineage="copy"), "against") for i in range(days)]
    assert state(BAN, kept, *broken, *again) == (expected, days > 0)


def test_undated_claims_break_a_ban_on_no_day() -> None:
    found = propose(BAN, [bears(told(day=None), "against")], DAY, BEGINS, UTC, RULES)
    assert "0 of 20 days" in found.reasons[-1]
    assert found.in_question


def test_before_it_takes_effect() -> None:
    assert propose(DELIVERY, [bears(told())], BEGINS - timedelta(days=1), BEGINS, UTC, RULES).state == 0


CHANGE = Change(what="moved", due=date(2021, 3, 15), by="both", formal=True, announced=date(2021, 3, 9))


def test_the_clock_of_a_delivery() -> None:
    def read(day: int, obligation: Obligation = DELIVERY, moves: tuple[Told, ...] = (), met: Evidence | None = None):  # type: ignore[no-untyped-def]
        return clock(obligation, [], moves, date(2021, 3, day), UTC, BEGINS, met)

    assert read(10).overdue_since is None
    assert read(11).overdue_since == date(2021, 3, 11)
    assert read(20, met=bears(told())).met_on == date(2021, 3, 8)
    assert read(20, met=bears(told())).overdue_since is None
    moved = DELIVERY.model_copy(update={"changes": (CHANGE,)})
    assert (read(8, moved).due, read(8, moved).extended) == (date(2021, 3, 10), ())
    late = read(12, moved, (told(act="extend_deadline", out=9), told(act="extend_deadline", out=12)))
    assert (late.due, late.overdue_since) == (date(2021, 3, 15), None)
    assert [(e.start, e.to, e.formal, len(e.claims)) for e in late.extended] == [
        (date(2021, 3, 10), date(2021, 3, 15), True, 2)
    ]


def test_an_extension_that_only_texts_tell_of_moves_nothing() -> None:
    one = told(act="extend_deadline", day=18)
    found = clock(DELIVERY, [], [one], date(2021, 3, 12), UTC, BEGINS, None)
    assert found.due == date(2021, 3, 10)
    assert found.overdue_since == date(2021, 3, 11)
    (extension,) = found.extended
    assert (extension.to, extension.counts, extension.formal) == (date(2021, 3, 18), False, None)


def test_the_weeks_of_a_standing_duty_cover_every_day_once() -> None:
    against = [bears(told(day=day, lineage=str(day)), "against") for day in (1, 7, 8, 8)]
    periods = clock(BAN, against, [], DAY, UTC, BEGINS, None).periods
    assert periods[0].start == BEGINS
    assert periods[-1].end == DAY
    assert all(a.end + timedelta(days=1) == b.start for a, b in itertools.pairwise(periods))
    assert [(p.claims, p.days) for p in periods] == [(2, 2), (2, 1), (0, 0)]


def test_the_due_time_is_read_on_the_areas_clock() -> None:
    at = DELIVERY.model_copy(update={"due": datetime(2021, 3, 10, 21, tzinfo=UTC)})
    assert clock(at, [], [], date(2021, 3, 11), UTC, BEGINS, None).overdue_since == date(2021, 3, 11)


def test_a_rule_in_words() -> None:
    tie = Tie(
        acts=("withdraw",), by=("alpha",), where=("Keld",), about=("school",), status="civilian", when="after_due"
    )
    assert in_words("served", tie) == (
        "served by withdraw by alpha at Keld of people counted as civilian where the sentence has school after it was due"
    )


_EVIDENCE = st.builds(
    lambda voice, day, out, lineage, side, shows: bears(
        told(voice, day=day, out=max(day or 1, out), lineage=lineage), side, shows
    ),
    st.sampled_from(["alpha", "bravo", "monitor", "others"]),
    st.none() | st.integers(1, 20),
    st.integers(1, 20),
    st.sampled_from(["one", "two", "three"]),
    st.sampled_from(["for", "against", None]),
    st.sampled_from(["begun", "partly", "done"]),
)


@given(st.lists(_EVIDENCE, max_size=12), st.sampled_from([DELIVERY, BAN]), st.randoms())
def test_the_order_and_copies_of_evidence_are_of_no_account(
    found: list[Evidence], which: Obligation, chance: object
) -> None:
    first = propose(which, found, DAY, BEGINS, UTC, RULES)
    shuffled = [*found]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    second = propose(which, shuffled, DAY, BEGINS, UTC, RULES)
    assert (first.state, first.in_question) == (second.state, second.in_question)
    third = propose(which, [*found, *found], DAY, BEGINS, UTC, RULES)
    assert (first.state, first.in_question) == (third.state, third.in_question)
    assert 0 <= first.state <= 3
