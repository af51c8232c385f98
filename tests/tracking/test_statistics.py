"""Statistics: bounds, counting rules, what a voice counts, casualties by side and status, and the command."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.incidents.making import MONITOR, Told, document
from tests.tracking.made import KNOWLEDGE, NK, RULES, days, record

from truceline.cli import main
from truceline.cli.csv_text import print_csv
from truceline.errors import KnowledgeError
from truceline.knowledge import Knowledge
from truceline.model import Count, Modality, Witness
from truceline.tracking.statistics.bounds import NONE, Bounds, exactly, hull, total
from truceline.tracking.statistics.breaches import breaches
from truceline.tracking.statistics.casualties import Toll, tolls
from truceline.tracking.statistics.counting import By, Counting, Row
from truceline.tracking.statistics.rules import Rule, load_rules
from truceline.tracking.statistics.summaries import Summary, as_counted

DEC = {"day": "2020-12-11", "at": "Hadrut"}
NOV = {"day": "2020-11-26", "at": "Shusha"}
PERIOD = days("2020-11-10", "2020-12-16")

bounds = st.builds(
    lambda low, more: Bounds(low, None if more is None else low + more),
    st.integers(0, 50),
    st.none() | st.integers(0, 50),
)


# ---- bounds ----


@given(st.lists(bounds, max_size=6))
def test_no_sum_and_no_hull_has_its_least_above_its_greatest(parts: list[Bounds]) -> None:
    added, held = total(parts), hull(parts)
    assert added.max is None or added.min <= added.max
    assert (held is None) == (not parts)
    if held is not None:
        assert all(held.min <= one.min for one in parts)
        assert held.max is None or all(one.max is not None and one.max <= held.max for one in parts)


@pytest.mark.parametrize(
    ("one", "said"),
    [(exactly(3), "3"), (Bounds(3, 6), "3–6"), (Bounds(36, None), "36 or more"), (NONE, "0")],
)
def test_bounds_as_words(one: Bounds, said: str) -> None:
    assert str(one) == said


# ---- rules ----

TWO_SIDES = (
    document(
        "A", "2020-12-12", Told(by="Azerbaijan", speaker="Armenia", **DEC), Told("shelling", by="Azerbaijan", **DEC)
    ),
    document("B", "2020-12-12", Told(by="Armenia", speaker="Azerbaijan", **DEC)),
    document("C", "2020-11-27", Told(by="Armenia", speaker="Azerbaijan", **NOV)),
)


def rows(rule: Rule, by: By, *documents: list[Witness], summaries: tuple[Summary, ...] = ()) -> dict[str, Row]:
    made = record(*documents)
    counting = Counting(rule, *PERIOD, made, summaries)
    return {row.key: row for row in counting.rows(breaches(made, RULES, KNOWLEDGE.acts), by)}


def whole(rule: Rule, *documents: list[Witness]) -> Row:
    made = record(*documents)
    return Counting(rule, *PERIOD, made).total(breaches(made, RULES, KNOWLEDGE.acts))


@pytest.mark.parametrize(("rule", "number"), [("incident", 2), ("claim", 4), ("lineage", 3)])
def test_one_record_gives_another_number_by_each_rule(rule: Rule, number: int) -> None:
    assert whole(rule, *TWO_SIDES).number == exactly(number)


def test_as_each_party_counts_is_bounded_by_the_parties() -> None:
    row = whole("party", *TWO_SIDES)
    assert (row.by_voice["armenia"], row.by_voice["azerbaijan"]) == (exactly(1), exactly(2))
    assert row.number == Bounds(1, 2)


def test_a_contested_incident_is_in_the_upper_number_of_both_parties() -> None:
    by = rows("incident", "party", *TWO_SIDES)
    assert by["armenia"].number == Bounds(1, 2)
    assert by["azerbaijan"].number == Bounds(0, 1)


def test_no_side_named_and_nobody_says_are_rows_of_their_own() -> None:
    by = rows(
        "incident",
        "party",
        document(MONITOR, "2020-12-12", Told("ceasefire_violation", speaker=MONITOR, **DEC)),
        document("Paper", "2020-11-27", Told("shelling", **NOV)),
    )
    assert (by["no_side"].number, by["not_said"].number) == (exactly(1), exactly(1))
    assert by["armenia"].number == by["azerbaijan"].number == NONE


def test_days_and_weeks_of_a_period_are_all_there() -> None:
    assert len(rows("incident", "day", *TWO_SIDES)) == 37
    by_week = rows("incident", "week", *TWO_SIDES)
    assert list(by_week) == [f"2020-W{n}" for n in range(46, 52)]
    assert (by_week["2020-W46"].first, by_week["2020-W51"].last) == PERIOD
    assert total(row.number for row in by_week.values()) == exactly(2)


def test_states_are_counted_as_they_stand() -> None:
    made = record(*TWO_SIDES, states={"hadrut-2020-12-11": "verified", "shusha-2020-11-26": "refuted"})
    row = Counting("incident", *PERIOD, made).total(breaches(made, RULES, KNOWLEDGE.acts))
    assert {name: one for name, one in row.standing.items() if one} == {"verified": exactly(1), "refuted": exactly(1)}
    assert row.certain == 1


def test_a_denial_is_not_a_claim_that_it_happened() -> None:
    row = whole(
        "claim",
        document("A", "2020-12-12", Told("shelling", by="Azerbaijan", speaker="Armenia", **DEC)),
        document(
            "B", "2020-12-12", Told("shelling", by="Azerbaijan", speaker="Azerbaijan", modality=Modality.DENIED, **DEC)
        ),
    )
    assert row.number == exactly(1)
    assert "azerbaijan" not in row.by_voice


# ---- summaries ----


def summary(first: str, last: str, number: Bounds, voice: str = "armenia") -> Summary:
    return Summary(f"c-{first}{last}{number}", voice, *days(first, last), number, ())


@pytest.mark.parametrize(
    ("summaries", "counted"),
    [
        ((), exactly(2)),
        ((summary("2020-12-10", "2020-12-12", exactly(12)),), exactly(13)),
        ((summary("2020-12-10", "2020-12-12", exactly(12), "azerbaijan"),), exactly(2)),
        ((summary("2020-12-10", "2020-12-12", Bounds(10, None)),), Bounds(11, None)),
        # two summaries of the same days are two accounts of them, and not added
        (
            (summary("2020-12-10", "2020-12-12", exactly(12)), summary("2020-12-11", "2020-12-12", exactly(15))),
            Bounds(13, 16),
        ),
        # one that begins before the period counts for certain only what is told one by one
        ((summary("2020-11-01", "2020-12-16", exactly(30)),), Bounds(2, 30)),
        ((summary("2020-12-01", "2020-12-05", exactly(4)),), exactly(6)),
    ],
)
def test_what_a_voice_counts_beyond_what_it_tells_one_by_one(summaries: tuple[Summary, ...], counted: Bounds) -> None:
    found = breaches(
        record(
            document("A", "2020-12-12", Told("shelling", by="Azerbaijan", speaker="Armenia", **DEC)),
            document("B", "2020-11-27", Told("shelling", by="Azerbaijan", speaker="Armenia", **NOV)),
        ),
        RULES,
        KNOWLEDGE.acts,
    )
    assert as_counted("armenia", found, summaries, *PERIOD) == counted


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), st.integers(0, 9), st.integers(0, 9)), max_size=5))
def test_what_a_voice_counts_is_always_bounds(told: list[tuple[int, int, int, int]]) -> None:
    start = date(2020, 11, 1).toordinal()
    made = tuple(
        Summary(
            f"c-{i}",
            "armenia",
            date.fromordinal(start + s),
            date.fromordinal(start + s + n),
            Bounds(low, low + more),
            (),
        )
        for i, (s, n, low, more) in enumerate(told)
    )
    counted = as_counted("armenia", (), made, *PERIOD)
    assert counted.max is not None
    assert 0 <= counted.min <= counted.max


# ---- people ----


def harmed(*documents: list[Witness], statuses: dict[str, str] | None = None) -> dict[str, Toll]:
    """The tolls; ``statuses`` of the counts by publisher."""
    made = record(*documents)
    found = breaches(made, RULES, KNOWLEDGE.acts)
    counts: dict[str, tuple[Count, ...]] = {}
    for one in (witness for witnesses in documents for witness in witnesses):
        status = (statuses or {}).get(str(one.document.publisher), "unknown")
        counts[one.claim.id] = tuple(replace(count, status=status) for count in one.claim.counts)  # type: ignore[arg-type]
    return {f"{one.what}:{one.side}": one for one in tolls(found, counts, RULES.casualties, NK, *PERIOD)}


def wounding(publisher: str, speaker: str, low: int, high: int | None, **more: object) -> list[Witness]:
    told = Told(
        "shelling", by="Azerbaijan", speaker=speaker, counts=(("wounded", low, high, "armenia"),), **{**DEC, **more}
    )  # type: ignore[arg-type]
    return document(publisher, "2020-12-12", told)


def test_sources_that_differ_give_a_range_and_are_told() -> None:
    toll = harmed(wounding("A", "Armenia", 3, 3), wounding("B", "Armenia", 6, 6))["wounded:armenia"]
    assert (toll.number, toll.by_voice["armenia"], toll.differing) == (
        Bounds(3, 6),
        Bounds(3, 6),
        ("hadrut-2020-12-11",),
    )


def test_a_voice_that_says_nothing_does_not_say_none() -> None:
    toll = harmed(
        wounding("A", "Armenia", 3, 3),
        document("B", "2020-12-12", Told("shelling", by="Armenia", speaker="Azerbaijan", **DEC)),
    )["wounded:armenia"]
    assert toll.number == exactly(3)
    assert list(toll.by_voice) == ["armenia"]


def test_a_voice_that_says_none_bounds_it_from_below() -> None:
    toll = harmed(wounding("A", "Armenia", 3, 3), wounding("B", "Azerbaijan", 0, 0))["wounded:armenia"]
    assert toll.number == Bounds(0, 3)


def test_no_upper_bound_stays_none() -> None:
    toll = harmed(wounding("A", "Armenia", 30, None), wounding("B", "Azerbaijan", 60, 60))["wounded:armenia"]
    assert toll.number == Bounds(30, None)


def test_soldiers_and_civilians_of_one_document_add_up() -> None:
    told = Told(
        "shelling", speaker="Armenia", counts=(("wounded", 3, 3, "armenia"), ("wounded", 1, 1, "armenia")), **DEC
    )
    made = document("A", "2020-12-12", told)
    found = record(made)
    soldiers, civilian = made[0].claim.counts
    counts = {made[0].claim.id: (replace(soldiers, status="combatant"), replace(civilian, status="civilian"))}
    one = next(
        toll
        for toll in tolls(breaches(found, RULES, KNOWLEDGE.acts), counts, RULES.casualties, NK, *PERIOD)
        if (toll.what, toll.side) == ("wounded", "armenia")
    )
    assert one.number == exactly(4)
    assert one.by_status == {"combatant": exactly(3), "civilian": exactly(1), "unknown": NONE}


def test_one_number_of_disputed_status_is_not_doubled() -> None:
    toll = harmed(
        wounding("A", "Armenia", 3, 3), wounding("B", "Armenia", 3, 3), statuses={"A": "combatant", "B": "civilian"}
    )["wounded:armenia"]
    assert toll.number == exactly(3)
    assert (toll.by_status["combatant"], toll.by_status["civilian"]) == (Bounds(0, 3), Bounds(0, 3))


def test_an_incident_that_may_lie_outside_counts_from_none() -> None:
    made = wounding("A", "Armenia", 3, 3)
    found = breaches(record(made), RULES, KNOWLEDGE.acts)
    spread = [replace(one, first=date(2020, 11, 1)) for one in found]
    one = next(
        toll for toll in tolls(spread, {}, RULES.casualties, NK, *PERIOD) if toll.side == "armenia" and toll.number
    )
    assert one.number == Bounds(0, 3)


# ---- data ----


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("severity: [{id: minor, means: x, acts: [shelling]}]", "two levels"),
        ("breaches: {families: [magic], acts: [], questioned: true}", "magic"),
        ("claims_of_rank: {levels: {enormous: [huge]}}", "enormous"),
        ("trend: {share: 2, incidents: 1}", "share"),
    ],
)
def test_a_broken_rule_file_is_named_with_its_fault(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "statistics.yaml").write_text(f"sources: {{}}\n{text}\n", "utf-8")
    with pytest.raises(KnowledgeError, match=says):
        load_rules(Knowledge.load(tmp_path))


# ---- the command ----


def run(capsys: pytest.CaptureFixture[str], where: Path, *arguments: str) -> str:
    assert main(["statistics", "--ledger", str(where), "--as-of", "2020-12-14", *arguments]) == 0
    return capsys.readouterr().out


def test_every_number_of_the_dossier_is_bounds(hadrut_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for rule in ("incident", "claim", "lineage", "party"):
        for by in ("day", "week", "party", "place"):
            told = json.loads(run(capsys, hadrut_file, "--rule", rule, "--by", by, "--format", "json"))
            assert (told["rule"], told["by"]) == (rule, by)
            for row in (*told["rows"], told["whole"]):
                for number in (row["number"], *row["standing"].values(), *row["by_voice"].values()):
                    assert number["max"] is None or 0 <= number["min"] <= number["max"]
            assert told["coverage"]["days"] == 35


def test_the_wounded_of_the_dossier_are_a_range(hadrut_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On 11 December 3 of the army, 6 of the ministry and none of the adviser; 6 on 12 December."""
    told = json.loads(run(capsys, hadrut_file, "--format", "json"))
    (wounded,) = [one for one in told["casualties"] if (one["what"], one["side"]) == ("wounded", "armenia")]
    assert wounded["number"]["max"] == 12
    assert wounded["number"]["min"] in {6, 9}  # whose losses the adviser denies is not said in so many words
    assert "hadrut-2020-12-11" in wounded["differing"]


@pytest.mark.parametrize("table", ["incidents", "casualties"])
def test_csv_has_a_least_and_a_greatest_column_for_each_number(
    hadrut_file: Path, capsys: pytest.CaptureFixture[str], table: str
) -> None:
    read = list(csv.DictReader(io.StringIO(run(capsys, hadrut_file, "--format", "csv", "--table", table))))
    assert read
    least = [name for name in read[0] if name.endswith("_min")]
    assert {f"{name.removesuffix('_min')}_max" for name in least} <= set(read[0])
    for row in read:
        for name in least:
            low, high = row[name], row[f"{name.removesuffix('_min')}_max"]
            assert not (low and high) or int(low) <= int(high)


def test_text_fits_narrow_and_wide_terminals(
    hadrut_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for width in (60, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        out = run(capsys, hadrut_file)
        assert max(len(line.rstrip()) for line in out.splitlines()) <= width
        assert "wounded, Armenia" in " ".join(out.split())
        assert "with nothing published" in " ".join(out.split())


def test_no_formula_gets_into_a_spreadsheet(capsys: pytest.CaptureFixture[str]) -> None:
    print_csv([{"name": "=HYPERLINK(1)", "number": -1, "none": None}])
    assert capsys.readouterr().out == "name,number,none\n'=HYPERLINK(1),-1,\n"


def test_a_ledger_without_agreement_or_dates_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = str(tmp_path / "empty.db")
    assert main(["init", where, "--agreement", "nagorno-karabakh-2020"]) == 0
    capsys.readouterr()
    assert main(["statistics", "--ledger", where]) == 1
    assert "no document with a date" in capsys.readouterr().err
