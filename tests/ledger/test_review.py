"""What persons decide: kept beside what the machine found, reversible, remembered when more arrives."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ledger.stand_in import StandInReader, sentence

from truceline.errors import LedgerError
from truceline.ledger import Ledger, Wanted, evidence
from truceline.ledger.rules import rules

Write = Callable[..., Path]
DORVAN, KELD = "dorvan-2021-05-03", "keld-2021-05-03"


@pytest.fixture
def filled(ledger: Ledger, write: Write) -> Ledger:
    """Two incidents with two claims each."""
    paths = [
        write(
            "one", sentence("Alpha", "Bravo", "Dorvan", "2021-05-03"), sentence("Alpha", "Bravo", "Keld", "2021-05-03")
        ),
        write(
            "two", sentence("Bravo", "Alpha", "Dorvan", "2021-05-03"), sentence("Bravo", "Alpha", "Keld", "2021-05-03")
        ),
    ]
    list(ledger.ingest(paths, StandInReader()))
    return ledger


def _now(ledger: Ledger) -> dict[str, list[str]]:
    with ledger.view() as view:
        return {row["id"]: view.incident(row["id"])["claims"] for row in view.incidents()}


def test_a_merge_is_remembered_when_more_arrives_and_can_be_taken_back(filled: Ledger, write: Write) -> None:
    before = _now(filled)
    merged = filled.merge(DORVAN, KELD, reason="one fight")
    assert {key: len(claims) for key, claims in _now(filled).items()} == {DORVAN: 4}
    list(filled.ingest([write("three", sentence("Alpha", "Bravo", "Keld", "2021-05-03"))], StandInReader()))
    assert {key: len(claims) for key, claims in _now(filled).items()} == {DORVAN: 5}
    filled.undo(merged.number, reason="two fights after all")
    now = _now(filled)
    assert set(before[KELD]) < set(now[KELD])
    assert now[DORVAN] == before[DORVAN]
    assert filled.rebuild().changed == ()


def test_a_split_and_a_merge_after_it(filled: Ledger) -> None:
    first, second = _now(filled)[DORVAN]
    filled.split(DORVAN, second, reason="another battery")
    assert _now(filled)[DORVAN] == [first]
    other = next(key for key, claims in _now(filled).items() if claims == [second])
    filled.merge(DORVAN, other)
    assert _now(filled)[DORVAN] == [first, second]
    with filled.view() as view:
        assert [row["action"] for row in view.decisions([])] == [
            "together"
        ]  # the split is revoked, and still in the log
        assert [entry.payload["action"] for entry in view.log(kind=None) if entry.kind == "decision"] == [
            "apart",
            "together",
        ]


def test_a_split_of_a_merge_keeps_together_what_stays(filled: Ledger) -> None:
    claims = _now(filled)
    filled.merge(DORVAN, KELD)
    filled.split(DORVAN, claims[KELD][0])
    now = _now(filled)
    assert sorted(now[DORVAN]) == sorted([*claims[DORVAN], claims[KELD][1]])


def test_accept_reject_exclude(filled: Ledger) -> None:
    first, second = _now(filled)[DORVAN]
    filled.accept(first)
    filled.reject(first, reason="not that night")
    assert _now(filled)[DORVAN] == [second]
    filled.reject(second, entirely=True)
    assert second not in [claim for claims in _now(filled).values() for claim in claims]
    with filled.view() as view:
        assert view.incident_of(second) is None
        assert view.claim(second)["decisions"][-1]["action"] == "exclude"
    with pytest.raises(LedgerError, match="in no incident"):
        filled.accept(second)


def test_a_correction_moves_the_claim_and_the_machines_value_stays(filled: Ledger) -> None:
    claim = _now(filled)[DORVAN][0]
    value = filled.typed_in(claim, "place", "Keld@40.5,46.25")
    filled.correct(claim, "place", value, reason="the speaker meant Keld")
    with filled.view() as view:
        found = view.claim(claim)
        assert found["place"]["name"] == "Dorvan"
        assert found["corrections"][0]["value"]["name"] == "Keld"
        assert found["corrections"][0]["was"] == found["place"]
        assert view.incident_of(claim) == KELD
        row = next(row for row in view.search(Wanted(place="Keld"))[1] if row["id"] == claim)
        assert (row["lat"], row["lon"], row["status"]) == (40.5, 46.25, "corrected")
    filled.correct(claim, "when", filled.typed_in(claim, "when", "2021-05-10"))
    assert _now(filled)["keld-2021-05-10"] == [claim]
    assert filled.rebuild().changed == ()


def test_a_corrected_claim_stays_corrected_when_its_document_is_read_again(filled: Ledger, tmp_path: Path) -> None:
    claim = _now(filled)[DORVAN][0]
    filled.correct(claim, "act", "air_strike")
    list(filled.ingest(sorted((tmp_path / "inbox").iterdir()), StandInReader(), again=True))
    with filled.view() as view:
        assert next(row["act"] for row in view.search(Wanted(place="Dorvan"))[1] if row["id"] == claim) == "air_strike"
        assert view.claim(claim)["act"] == "shelling"
    assert filled.rebuild().changed == ()


def test_a_document_is_corrected(filled: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "one.txt"
    key = evidence.of_file(path).document.id
    filled.correct(key, "publisher", "Wire of the East", reason="masthead")
    filled.correct(key, "published", "2021-05-05T10:00+04:00")
    with filled.view() as view:
        found = view.document(key)
        assert (found["publisher"], found["published"]) == ("Wire of the East", "2021-05-05T10:00:00+04:00")
        assert [row["was"] for row in found["corrections"]] == ["Wire", "2021-05-04"]
        assert view.original(key) == path.read_bytes()
    for field, value, words in (
        ("text", "x", "no field"),
        ("published", "someday", "no date"),
        ("title", 3, "as text"),
    ):
        with pytest.raises(LedgerError, match=words):
            filled.correct(key, field, value)
    assert filled.rebuild().changed == ()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("colour", "red", "no field 'colour'"),
        ("modality", "shouted", "modality"),
        ("when", "last week", "no day"),
        ("when", "2021-05-04..2021-05-03", "ends before"),
        ("when", "2021-05-04..2021-05-04T10:00", "mixes"),
        ("counts", "many", "write killed=3"),
        ("place", "{broken", "not valid JSON"),
        ("place", '{"lat": 1}', "place"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(filled: Ledger, field: str, typed: str, words: str) -> None:
    claim = _now(filled)[DORVAN][0]
    with pytest.raises(LedgerError, match=words):
        filled.correct(claim, field, filled.typed_in(claim, field, typed))
    assert filled.verify().fault is None


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("agent", "none"),
        ("agent", "Northern Guard"),
        ("counts", "killed=3, wounded=2-4"),
        ("when", "2021-05-03T20:40"),
        ("modality", "declined"),
        ("act", "none"),
        ("flags", "none"),
    ],
)
def test_what_is_typed_becomes_a_value(filled: Ledger, field: str, typed: str) -> None:
    claim = _now(filled)[KELD][0]
    filled.correct(claim, field, filled.typed_in(claim, field, typed))
    with filled.view() as view:
        assert len(view.claim(claim)["corrections"]) == 1


def test_states_follow_the_rules_and_stay_with_the_incident(filled: Ledger, write: Write) -> None:
    for state, options in (
        ("logged", {}),
        ("under_inquiry", {}),
        ("verified", {"reason": "craters seen"}),
        ("attributed", {"reason": "direction of fire", "attribution": "undetermined"}),
        ("ruled", {"reason": "decided", "ruling": "violation:x/1"}),
        ("closed", {"reason": "nothing more"}),
    ):
        filled.set_state(DORVAN, state, **options)  # type: ignore[arg-type]
    list(filled.ingest([write("three", sentence("Alpha", "Bravo", "Dorvan", "2021-05-03"))], StandInReader()))
    filled.merge(DORVAN, KELD)
    with filled.view() as view:
        found = view.incident(DORVAN)
        assert (found["state"], found["proposed"], len(found["history"])) == ("closed", "corroborated", 6)
        assert [row["id"] for row in view.incidents(state="closed")] == [DORVAN]
        assert view.incidents(state="alleged") == []


@pytest.mark.parametrize(
    ("state", "options", "words"),
    [
        ("nowhere", {}, "no state 'nowhere'"),
        ("ruled", {"reason": "x", "ruling": "no_violation"}, "alleged cannot become ruled; it can become"),
        ("logged", {"by": "rule"}, None),
        ("observed", {"by": "rule"}, "a person decides"),
        ("not_inquirable", {}, "needs a reason; give --reason"),
        ("closed", {"reason": "x", "attribution": "mars"}, "unknown attribution"),
        ("closed", {"reason": "x", "ruling": "violation"}, "unknown ruling"),
    ],
)
def test_a_transition_that_the_rules_do_not_know_is_refused(
    filled: Ledger, state: str, options: dict[str, str], words: str | None
) -> None:
    if words is None:
        filled.set_state(DORVAN, state, **options)  # type: ignore[arg-type]
        return
    with pytest.raises(LedgerError, match=words):
        filled.set_state(DORVAN, state, **options)  # type: ignore[arg-type]


def test_every_state_can_be_reached_and_only_by_what_the_rules_name() -> None:
    known = {state.id for state in rules().states}
    reached, frontier = {rules().first}, [rules().first]
    while frontier:
        now = frontier.pop()
        onward = {s.id for s in rules().states if now in s.since or ("any" in s.since and s.id != now)} - reached
        reached |= onward
        frontier += sorted(onward)
    assert reached == known


def test_grades_of_persons_and_rules_are_both_kept(filled: Ledger) -> None:
    filled.grade("source", "Wire", "c", reason="often late")
    filled.grade("source", "Wire", "E", by="rule", reason="copies")
    filled.grade("source", "Wire", "B")
    filled.grade("incident", DORVAN, "2")
    with filled.view() as view:
        assert [(row["by"], row["grade"]) for row in view.grades("source", "Wire")] == [("rule", "E"), ("person", "B")]
        assert view.incident(DORVAN)["grades"][0]["grade"] == "2"
    for kind, target, grade, words in (
        ("source", "Wire", "1", "no grade '1'"),
        ("claim", _now(filled)[DORVAN][0], "A", "no grade 'A'"),
        ("source", "Nobody", "A", "no source"),
        ("incident", "none", "1", "no incident"),
    ):
        with pytest.raises(LedgerError, match=words):
            filled.grade(kind, target, grade)  # type: ignore[arg-type]


def test_what_cannot_be_decided_is_refused_and_leaves_no_entry(filled: Ledger) -> None:
    with filled.view() as view:
        before = view.number
    first = _now(filled)[KELD][0]
    for refused in (
        lambda: filled.merge(DORVAN),
        lambda: filled.merge(DORVAN, DORVAN),
        lambda: filled.split(DORVAN, first),
        lambda: filled.split(DORVAN, *_now(filled)[DORVAN]),
        lambda: filled.undo(2),
        lambda: filled.undo(99),
        lambda: filled.accept("c-none"),
        lambda: filled.assess("incident", DORVAN, "  "),
    ):
        with pytest.raises(LedgerError):
            refused()
    with filled.view() as view:
        assert view.number == before


def test_originals_are_handed_over_with_an_entry_in_their_custody(filled: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "one.txt"
    key, content = filled.hand_over(evidence.of_file(path).document.id[:20], to="the court")
    assert content == path.read_bytes()
    with filled.view() as view:
        assert [row["action"] for row in view.document(key)["custody"]] == ["received", "read", "handed over"]
