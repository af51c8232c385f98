"""The breach baseline: what counts, how grave, named by whom, how much could be seen; and claims of the first of its kind."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.incidents.making import MONITOR, Told, document
from tests.tracking.made import KNOWLEDGE, NK, RULES, days, ids, issues, record

from truceline.cli import main
from truceline.ledger import Ledger
from truceline.model import Modality, Witness
from truceline.tracking.baseline.checking import Checker, RankClaim
from truceline.tracking.baseline.measure import Baseline, compare, measure
from truceline.tracking.baseline.ranks import phrases
from truceline.tracking.statistics.bounds import Bounds, exactly
from truceline.tracking.statistics.breaches import Breach, breaches
from truceline.tracking.statistics.coverage import Coverage, cover
from truceline.tracking.statistics.rules import Likeness

NOV, DEC = {"day": "2020-11-26", "at": "Shusha"}, {"day": "2020-12-11", "at": "Hadrut"}
PERIOD = days("2020-11-10", "2020-12-16")
SAMPLE = Path(__file__).parents[2] / ".." / "shared" / "sample" / "article.txt"


def measured(*documents: list[Witness], since: date = PERIOD[0], until: date = PERIOD[1]) -> Baseline:
    told = record(*documents)
    return measure(breaches(told, RULES, KNOWLEDGE.acts), told, issues(*documents), {}, RULES, since, until)


def found(*documents: list[Witness]) -> tuple[Breach, ...]:
    return breaches(record(*documents), RULES, KNOWLEDGE.acts)


# ---- what counts ----


def test_force_counts_and_a_handover_does_not() -> None:
    made = measured(
        document("A", "2020-12-12", Told("shelling", by="Azerbaijan", **DEC)),
        document("B", "2020-11-27", Told("handover", by="Armenia", **NOV)),
    )
    assert ids(made.incidents) == ["hadrut-2020-12-11"]
    assert made.number == exactly(1)


def test_what_is_no_force_and_also_carries_out_an_obligation_is_in_the_upper_number_only() -> None:
    (one,) = found(document("A", "2020-12-12", Told("shelling", by="Azerbaijan", **DEC)))
    assert replace(one, both_ways=True).within(*PERIOD) == Bounds(0, 1)
    assert one.within(*PERIOD) == exactly(1)


@pytest.mark.parametrize(
    ("first", "last", "bounds"),
    [
        ("2020-12-01", "2020-12-31", exactly(1)),
        ("2020-12-12", "2020-12-31", Bounds(0, 1)),
        ("2020-12-01", "2020-12-12", Bounds(0, 1)),
        ("2020-12-14", "2020-12-31", Bounds(0, 0)),
        ("2020-11-01", "2020-12-09", Bounds(0, 0)),
    ],
)
def test_an_incident_of_several_days_counts_for_sure_only_where_all_of_them_are(
    first: str, last: str, bounds: Bounds
) -> None:
    (one,) = found(document("A", "2020-12-14", Told("shelling", **DEC)))
    spread = replace(one, first=date(2020, 12, 10), last=date(2020, 12, 13))
    assert spread.within(*days(first, last)) == bounds


def test_an_incident_without_a_day_may_lie_in_any_period() -> None:
    (one,) = found(document("A", "2020-12-14", Told("shelling", **DEC)))
    assert replace(one, first=None, last=None).within(*PERIOD) == Bounds(0, 1)


def test_the_last_day_is_by_the_clock_of_the_area() -> None:
    (one,) = found(document("A", "2020-12-14", Told("shelling", clock="23:59", **DEC)))
    assert (one.first, one.last) == (date(2020, 12, 11), date(2020, 12, 11))


# ---- how grave ----


def test_versions_that_differ_give_a_least_and_a_greatest_severity() -> None:
    (one,) = found(
        document(MONITOR, "2020-12-12", Told("ceasefire_violation", speaker=MONITOR, **DEC)),
        document("A", "2020-12-12", Told("ground_attack", by="Azerbaijan", speaker="Armenia", **DEC)),
        document(
            "B",
            "2020-12-12",
            Told("ground_attack", by="Armenia", speaker="Azerbaijan", counts=(("killed", 1, 1, "azerbaijan"),), **DEC),
        ),
    )
    assert (one.severity.least, one.severity.most) == ("minor", "grave")
    assert one.severity.by["armenia"] == ("serious", "serious")
    assert one.severity.by["monitor"] == ("minor", "minor")


def test_a_number_that_may_be_none_makes_an_incident_grave_at_most() -> None:
    (one,) = found(
        document("A", "2020-12-12", Told("ceasefire_violation", counts=(("killed", 0, 3, "armenia"),), **DEC))
    )
    assert (one.severity.least, one.severity.most) == ("minor", "grave")


def test_groups_by_severity_bound_what_versions_differ_on() -> None:
    made = measured(
        document(MONITOR, "2020-12-12", Told("ceasefire_violation", speaker=MONITOR, **DEC)),
        document("A", "2020-12-12", Told("ground_attack", by="Azerbaijan", speaker="Armenia", **DEC)),
    )
    assert {group.key: group.number for group in made.groups["severity"]} == {
        "minor": Bounds(0, 1),
        "serious": Bounds(0, 1),
        "grave": Bounds(0, 0),
    }


# ---- who is named, and the monitor ----


def test_each_party_is_named_by_whom_and_contested() -> None:
    made = measured(
        document("A", "2020-12-12", Told(by="Azerbaijan", speaker="Armenia", **DEC)),
        document("B", "2020-12-12", Told(by="Armenia", speaker="Azerbaijan", **DEC)),
        document("C", "2020-11-27", Told(by="Armenia", speaker="Azerbaijan", **NOV)),
    )
    rows = {row.party: row for row in made.named}
    assert rows["armenia"].by["azerbaijan"] == 2
    assert rows["armenia"].by["armenia"] == 0
    assert rows["armenia"].contested == 1
    assert rows["azerbaijan"].by["armenia"] == 1
    assert list(rows)[:2] == ["armenia", "azerbaijan"]


def test_swapping_the_parties_swaps_their_rows_and_nothing_else() -> None:
    def told(one: str, other: str) -> Baseline:
        return measured(
            document("A", "2020-12-12", Told(by=other, speaker=one, **DEC)),
            document("B", "2020-12-12", Told(by=one, speaker=other, **DEC)),
            document("C", "2020-11-27", Told(by=one, speaker=other, **NOV)),
        )

    swap = {"armenia": "azerbaijan", "azerbaijan": "armenia"}
    one, other = told("Armenia", "Azerbaijan"), told("Azerbaijan", "Armenia")
    swapped = {
        (swap.get(row.party, row.party), swap.get(voice, voice)): number
        for row in other.named
        for voice, number in row.by.items()
    }
    assert swapped == {(row.party, voice): number for row in one.named for voice, number in row.by.items()}
    assert (one.number, one.monitor, one.quiet) == (other.number, other.monitor, other.quiet)


def test_what_the_monitor_says_has_values_of_its_own() -> None:
    party = document("A", "2020-12-12", Told("shelling", by="Azerbaijan", speaker="Armenia", **DEC))

    def says(*bulletins: list[Witness]) -> str:
        (one,) = found(party, *bulletins)
        return one.monitor

    same = {"speaker": MONITOR, **DEC}
    assert says() == "no_bulletin"
    assert says(document(MONITOR, "2020-12-12", Told("shelling", **same))) == "no_side"
    assert says(document(MONITOR, "2020-12-12", Told("shelling", by="Azerbaijan", **same))) == "names_side"
    barred = Told("blame_declined", speaker=MONITOR, modality=Modality.DECLINED, words="They could not reach the site.")
    assert says(document(MONITOR, "2020-12-12", Told("ceasefire_violation", **same), barred)) == "no_access"
    blind = Told("blame_declined", speaker=MONITOR, modality=Modality.DECLINED, words="It has no information.")
    assert says(document(MONITOR, "2020-12-12", Told("ceasefire_violation", **same), blind)) == "no_information"
    assert says(document(MONITOR, "2020-12-12", Told("wounding", to="Armenia", **same))) == "silent"


def test_a_bulletin_that_does_not_mention_it_is_another_thing_than_none() -> None:
    away = {"day": "2020-12-12", "at": "Lachin"}
    made = found(
        document("A", "2020-12-12", Told("shelling", by="Azerbaijan", speaker="Armenia", **DEC)),
        document("Ministry of Defence of the Russian Federation", "2020-12-12", Told("patrol", **away)),
    )
    assert {one.monitor for one in made} == {"not_in_bulletin"}


# ---- time and coverage ----


def test_the_longest_quiet_spell_says_what_could_be_seen() -> None:
    made = measured(
        document("A", "2020-11-27", Told("shelling", **NOV)),
        document("B", "2020-12-12", Told("shelling", **DEC)),
        document(MONITOR, "2020-12-01", Told("patrol", speaker=MONITOR)),
    )
    assert made.quiet is not None
    assert (made.quiet.stretch.first, made.quiet.stretch.last) == (date(2020, 11, 10), date(2020, 11, 25))
    assert (made.quiet.with_bulletin, made.quiet.with_nothing) == (0, 16)


def test_days_are_told_apart_by_what_came_out() -> None:
    documents = (
        document(MONITOR, "2020-12-01", Told("patrol", speaker=MONITOR)),
        document("Wire", "2020-12-02", Told("patrol", speaker=MONITOR)),
        document("Wire", "2020-12-03", Told("shelling", **NOV)),
    )
    seen = cover(record(*documents), issues(*documents), {}, *days("2020-12-01", "2020-12-05"))
    assert [seen.days(sight) for sight in ("bulletin", "quoted", "documents", "nothing")] == [1, 1, 1, 2]
    assert seen.days() == 5
    assert seen.unseen is not None
    assert seen.unseen.days == 4


def test_refused_access_is_told_with_who_says_so_and_who_denies_it() -> None:
    documents = (
        document("A", "2020-12-01", Told("access_denied", by="Armenia", speaker=MONITOR, day="2020-11-30")),
        document("B", "2020-12-02", Told("access_denied", by="Armenia", speaker="Armenia", modality=Modality.DENIED)),
    )
    seen = cover(record(*documents), issues(*documents), {}, *PERIOD)
    assert [(one.voice, one.by, one.denied) for one in seen.refusals] == [
        ("monitor", "armenia", False),
        ("armenia", "armenia", True),
    ]


@pytest.mark.parametrize(
    ("now", "before", "word"),
    [
        (exactly(10), exactly(4), "more"),
        (exactly(4), exactly(10), "fewer"),
        (exactly(10), exactly(11), "similar"),
        (exactly(100), exactly(115), "similar"),
        (Bounds(3, 10), exactly(5), "unclear"),
        (Bounds(5, None), exactly(1), "unclear"),
        (Bounds(5, 9), Bounds(0, 2), "more"),
    ],
)
def test_trend_words_hold_for_all_that_the_bounds_allow(now: Bounds, before: Bounds, word: str) -> None:
    assert compare(now, before, Likeness(share=0.2, incidents=1)) == word


def test_a_period_before_in_which_nothing_came_out_is_no_comparison() -> None:
    made = measured(document("A", "2020-12-12", Told("shelling", **DEC)))
    assert made.trend.word == "not_seen"
    assert (made.trend.before.days, made.trend.seen_before) == (made.trend.now.days, 0)


# ---- the first, the only, the biggest ----


@pytest.mark.parametrize(
    ("text", "rank", "level", "noun"),
    [
        ("It was the first significant breach of the peace deal.", "first", "serious", "breach"),
        ("The new conflicts mark the first breach since the truce.", "first", None, "breach"),
        ("This is the only violation so far.", "only", None, "violation"),
        ("Monitors called it the largest flare-up since the ceasefire.", "biggest", None, "flare-up"),
        ("It was the deadliest attack in a year.", "biggest", None, "attack"),
        ("The truce was violated for the first time. No clash followed.", None, None, None),
        ("It was the first time an attack was reported.", "first", None, "time"),
        ("They were among the worst clashes of the year.", "biggest", None, "clashes"),
        ("The only settlements still held are two villages.", None, None, None),
        ("Armenian soldiers had fired first with small arms and attacks followed.", None, None, None),
        ("On the first day of fighting three posts fell.", None, None, None),
        ("The first map of the zone left out the villages.", None, None, None),
    ],
)
def test_words_of_rank(text: str, rank: str | None, level: str | None, noun: str | None) -> None:
    said = phrases(text, RULES.claims_of_rank)
    assert [(one.rank, one.level, one.noun) for one in said] == ([(rank, level, noun)] if rank else [])
    for one in said:
        assert text[slice(*one.span)].endswith(str(noun))


def test_a_rank_counts_from_the_day_that_is_written() -> None:
    (one,) = phrases("the first clash since 2020-11-20", RULES.claims_of_rank)
    assert one.since == date(2020, 11, 20)
    (unwritten,) = phrases("the first clash since 2020-13-45", RULES.claims_of_rank)
    assert unwritten.since is None


def checked(text: str, published: str, *documents: list[Witness], about: str | None = "hadrut-2020-12-11"):  # type: ignore[no-untyped-def]
    known = found(*documents)
    (phrase,) = phrases(text, RULES.claims_of_rank)
    claim = RankClaim(phrase, text, published=date.fromisoformat(published), incident=about)
    checker = Checker(known, NK, RULES, date(2020, 11, 10))
    seen: Coverage = cover(record(*documents), issues(*documents), {}, *PERIOD)
    return checker.check(claim, PERIOD[1], seen)


FIRST = "the first violation of the truce"
SECOND = document("A", "2020-12-12", Told("shelling", by="Azerbaijan", speaker="Armenia", **DEC))


def test_nothing_speaks_against_a_first() -> None:
    check = checked(FIRST, "2020-12-12", SECOND)
    assert (check.answer, check.against) == ("none_against", ())


@pytest.mark.parametrize(
    ("out", "answer", "known"),
    [
        ("2020-11-27", "known_against", "before"),
        ("2020-12-12", "known_against", "same_day"),
        ("2020-12-13", "later_against", "after"),
    ],
)
def test_what_speaks_against_a_first_was_known_or_came_out_later(out: str, answer: str, known: str) -> None:
    earlier = document("B", out, Told("shelling", by="Armenia", speaker="Azerbaijan", **NOV))
    check = checked(FIRST, "2020-12-12", SECOND, earlier)
    assert check.answer == answer
    (one,) = check.against
    assert (one.breach.id, one.known, one.voices, one.sure) == ("shusha-2020-11-26", known, ("azerbaijan",), True)
    assert check.by_voice == {"armenia": 0, "azerbaijan": 1}


def test_a_lighter_incident_does_not_speak_against_a_first_significant_one() -> None:
    earlier = document("B", "2020-11-27", Told("small_arms_fire", by="Armenia", speaker="Azerbaijan", **NOV))
    assert checked("the first significant breach", "2020-12-12", SECOND, earlier).answer == "none_against"
    assert checked("the first breach", "2020-12-12", SECOND, earlier).answer == "known_against"


def test_a_later_incident_speaks_against_an_only_and_not_against_a_first() -> None:
    later = document(
        "B", "2020-12-15", Told("shelling", by="Armenia", speaker="Azerbaijan", day="2020-12-14", at="Lachin")
    )
    assert checked(FIRST, "2020-12-12", SECOND, later).answer == "none_against"
    assert checked("the only violation", "2020-12-12", SECOND, later).answer == "later_against"


def test_only_a_graver_incident_speaks_against_a_biggest() -> None:
    graver = document("B", "2020-11-27", Told("shelling", counts=(("killed", 2, 2, "armenia"),), **NOV))
    alike = document("C", "2020-11-27", Told("shelling", **NOV))
    assert checked("the biggest attack", "2020-12-12", SECOND, graver).answer == "known_against"
    assert checked("the biggest attack", "2020-12-12", SECOND, alike).answer == "none_against"


def test_without_an_incident_the_record_is_shown_and_not_judged() -> None:
    check = checked(FIRST, "2020-12-12", SECOND, about=None)
    assert check.answer == "unknown_subject"
    assert ids(check.like) == ["hadrut-2020-12-11"]


# ---- the command ----


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["baseline", *arguments])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_the_dossier_as_of_a_day_and_later(hadrut_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The attacks of 26 November and 8 December were told on 13 December only."""
    seen = {}
    for day in ("2020-12-12", "2020-12-14"):
        code, out, _ = run(capsys, "--ledger", str(hadrut_file), "--as-of", day, "--format", "json")
        assert code == 0
        seen[day] = {one["id"] for one in json.loads(out)["incidents"]}
    assert "sur-2020-11-26" not in seen["2020-12-12"]
    assert {"sur-2020-11-26", "hadrut-2020-12-08", "hadrut-2020-12-11"} <= seen["2020-12-14"]


def test_what_persons_decided_stands_above_what_is_proposed_also_when_it_is_closed(
    own_hadrut: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    for state, reason in (("logged", None), ("under_inquiry", None), ("refuted", "seen"), ("closed", "done")):
        own_hadrut.set_state("hadrut-2020-12-08", state, reason=reason or "")
    _, out, _ = run(capsys, "--ledger", str(own_hadrut.database.path), "--as-of", "2020-12-16", "--format", "json")
    told = {one["id"]: one for one in json.loads(out)["incidents"]}
    assert (told["hadrut-2020-12-08"]["standing"], told["hadrut-2020-12-08"]["decided"]) == ("refuted", True)
    assert not told["hadrut-2020-12-11"]["decided"]


def test_the_table_always_says_what_could_be_seen(hadrut_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for by in ((), ("--by", "act"), ("--by", "party"), ("--by", "severity"), ("--by", "place")):
        code, out, _ = run(capsys, "--ledger", str(hadrut_file), "--as-of", "2020-12-16", *by)
        assert code == 0
        assert "with a monitor's bulletin" in out
        assert "with nothing published" in out


def test_claims_of_rank_in_the_ledger_are_found_once_for_an_origin(
    hadrut_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "--ledger", str(hadrut_file), "--as-of", "2020-12-14", "--check", "all", "--format", "json")
    told = [one for one in json.loads(out) if one["publisher"] == "Associated Press"]
    (one,) = [one for one in told if one["rank"] == "first" and one["noun"] == "violation"]
    assert one["incident"] == "hadrut-2020-12-11"
    assert {"sur-2020-11-26", "hadrut-2020-12-08"} <= {other["id"] for other in one["against"]}
    assert all(
        other["known"] == "after" for other in one["against"] if other["id"] in {"sur-2020-11-26", "hadrut-2020-12-08"}
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--check", "the weather is fine"), "calls no breach the first"),
        (("--check", "c-000000000000"), "no claim c-000000000000"),
        (("--since", "2020-12-10", "--until", "2020-12-01"), "before --since"),
        (("--as-of", "2020-02-31"), "no such day"),
    ],
)
def test_bad_questions_get_one_line(
    hadrut_file: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    code, out, err = run(capsys, "--ledger", str(hadrut_file), *arguments)
    assert (code, out) == (1, "")
    assert says in err
    assert err.count("\n") == 1


@pytest.mark.skipif(not SAMPLE.exists(), reason="no ../shared")
def test_the_first_significant_breach_of_the_sample_article(
    own_hadrut: Ledger, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    article = tmp_path / "article.txt"
    article.write_text("---\npublished: 2020-12-13\n---\n" + SAMPLE.read_text("utf-8"), "utf-8")
    (result,) = own_hadrut.ingest([article])
    assert result.outcome == "added"
    where = str(own_hadrut.database.path)
    code, out, _ = run(capsys, "--ledger", where, "--check", "all", "--format", "json")
    assert code == 0
    (one,) = [one for one in json.loads(out) if one["document"] == result.document]
    assert (one["rank"], one["severity"], one["noun"]) == ("first", "serious", "breach")
    assert {"sur-2020-11-26", "hadrut-2020-12-08"} <= {*(other["id"] for other in one["against"]), *one["like"]}
