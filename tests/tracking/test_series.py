"""The run of bulletins: late, revised and missing values, and what does not fit, one fault at a time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from truceline.intake.sources import read_file
from truceline.knowledge.bulletins import find_template
from truceline.tracking.series import Bulletin, BulletinReader, Period, Quoted, Series, Value

EXAMPLES = Path(__file__).parents[2] / "examples"
NK, SMM = find_template("nk-peacekeepers"), find_template("osce-smm")
ONE_DAY = timedelta(days=1)


def day(number: int) -> date:
    """A day of December 2020."""
    return date(2020, 12, number)


def value(field: str, number: int, figure: float | None, **more: Any) -> Value:
    """A value for a day of December."""
    kind = more.pop("kind", None) or NK.field(field).kind
    bounds = {"least": figure, "most": figure, **more}
    period = Period(day(number), day(number), day(number) + ONE_DAY, "test")
    return Value(field, kind, NK.field(field).unit, period, (0, 1), "x", figure=figure, **bounds)


def bulletin(number: int, *values: Value, name: str | None = None, hour: int = 15) -> Bulletin:
    """A bulletin issued on a day of December on the day before."""
    main = Period(day(number) - ONE_DAY, day(number) - ONE_DAY, day(number), "test")
    out = datetime(2020, 12, number, hour, tzinfo=UTC)
    return Bulletin(name or f"b{number}", NK.id, None, None, out, day(number), (main,), values, (), ())


def run(*totals: tuple[int, float, float]) -> list[Bulletin]:
    """Bulletins with returns in the day and in total: (day, daily, total)."""
    return [
        bulletin(n + 1, value("returned_day", n, daily), value("returned_total", n, total), value("posts", n + 1, 23))
        for n, daily, total in totals
    ]


def kinds(bulletins: Sequence[Bulletin]) -> list[str]:
    """The flags of a run."""
    return [flag.kind for flag in Series.build(bulletins, NK).flags]


GOOD = ((7, 10, 100), (8, 20, 120), (9, 5, 125))


def test_a_run_without_faults_has_no_flags() -> None:
    assert kinds(run(*GOOD)) == []


def test_a_total_that_falls() -> None:
    series = Series.build(run(*GOOD, (10, 5, 119)), NK)
    falls, *others = [flag for flag in series.flags if flag.kind == "falls"]
    assert not others
    assert (falls.field, falls.day, falls.documents) == ("returned_total", day(10), ("b10", "b11"))
    assert "falls by 6" in falls.why


def test_a_day_that_is_not_the_difference() -> None:
    (flag,) = Series.build(run(*GOOD, (10, 5, 150)), NK).flags
    assert (flag.kind, flag.day) == ("difference", day(10))
    assert "150 less 125" in flag.why
    assert "25" in flag.why


def test_a_difference_over_days_without_a_bulletin() -> None:
    assert kinds(run((7, 10, 100), (10, 5, 150))) == ["missing_day", "missing_day"]  # the days between may have had 45
    assert "difference" in kinds(run((7, 10, 100), (10, 60, 150)))  # one day alone had more than the difference


def test_a_rounded_total_is_no_difference() -> None:
    assert kinds(run((7, 10, 37_700), (8, 612, 38_300))) == []
    assert kinds(run((7, 10, 37_700), (8, 800, 38_300))) == ["difference"]


def test_more_than_leaves_room_above_only() -> None:
    start = run((7, 10, 37_689))[0]
    open_total = value("returned_total", 8, 38_300, least=38_301, most=None)
    assert kinds([start, bulletin(9, value("returned_day", 8, 650), open_total)]) == []
    assert kinds([start, bulletin(9, value("returned_day", 8, 600), open_total)]) == ["difference"]


def test_a_jump() -> None:
    jump = [bulletin(8, value("posts", 8, 23)), bulletin(9, value("posts", 9, 40))]
    assert kinds(jump) == ["jump"]
    assert kinds([jump[0], bulletin(9, value("posts", 9, 27))]) == []


def test_a_missing_day() -> None:
    bulletins = run(*GOOD)
    (flag,) = Series.build([bulletins[0], bulletins[2]], NK).flags
    assert (flag.kind, flag.day) == ("missing_day", day(8))


def test_a_gap() -> None:
    bulletins = run((7, 10, 100), (8, 20, 120), (9, 5, 125), (10, 5, 130))
    silent = replace(bulletins[2], values=tuple(v for v in bulletins[2].values if v.field != "returned_total"))
    flags = Series.build([*bulletins[:2], silent, bulletins[3]], NK).flags
    assert [(flag.kind, flag.field, flag.day) for flag in flags] == [("gap", "returned_total", day(9))]


def test_a_revised_value_keeps_both_and_names_the_newest() -> None:
    again = bulletin(10, value("returned_day", 8, 21), value("returned_day", 9, 5), name="later")
    series = Series.build([*run(*GOOD[:2]), again], NK)
    (point,) = [p for p in series.of("returned_day") if p.day == day(8)]
    assert point.revised
    assert [entry.value.figure for entry in point.entries] == [20, 21]
    assert point.current.figure == 21
    assert "revised" in [flag.kind for flag in series.flags]


def test_the_same_value_again_is_no_revision_and_not_late() -> None:
    again = bulletin(10, value("returned_day", 8, 20), value("returned_day", 9, 5))
    series = Series.build([*run(*GOOD[:2]), again], NK)
    (point,) = [p for p in series.of("returned_day") if p.day == day(8)]
    assert not point.revised
    assert not any(flag.kind in {"late", "revised"} for flag in series.flags)


def test_a_value_first_told_by_a_later_bulletin_is_late() -> None:
    late = bulletin(10, value("returned_day", 8, 20), value("returned_day", 9, 5))
    series = Series.build([run(*GOOD)[0], late], NK)
    assert [(f.kind, f.day) for f in series.flags] == [("late", day(8)), ("missing_day", day(8))]


def test_a_bulletin_out_after_the_next_one_is_late() -> None:
    first, second, third = run(*GOOD)
    delayed = replace(second, published=datetime(2020, 12, 20, tzinfo=UTC))
    flags = Series.build([first, delayed, third], NK).flags
    assert {(f.kind, f.field, f.day) for f in flags} == {
        ("late", "returned_day", day(8)),
        ("late", "returned_total", day(8)),
    }


def test_two_numbers_of_one_thing_in_one_bulletin_are_both_kept() -> None:
    both = bulletin(8, value("returned_day", 7, 10), value("returned_day", 7, 99))
    series = Series.build([both], NK)
    (point,) = series.of("returned_day")
    assert {entry.value.figure for entry in point.entries} == {10, 99}
    assert point.current.figure == 10
    assert "neither is the newer" in series.flags[0].why


def test_a_denied_number_gives_way() -> None:
    one = bulletin(8, value("returned_day", 7, 592), value("returned_day", 7, 529, negated=True))
    (point,) = Series.build([one], NK).of("returned_day")
    assert [entry.value.figure for entry in point.entries] == [592]


def test_a_duplicate() -> None:
    first = run(*GOOD)[0]
    assert "duplicate" in kinds([first, replace(first, document="copy")])
    assert kinds([first, first]) == []  # the same document twice is one document


def test_an_overlap() -> None:
    def smm(name: str, start: datetime) -> Bulletin:
        period = Period((start + ONE_DAY).date(), start, start + ONE_DAY, "test")
        return Bulletin(name, SMM.id, None, None, start + 2 * ONE_DAY, period.day + ONE_DAY, (period,), (), (), ())

    one, other = smm("a", datetime(2020, 7, 1, 19, 30, tzinfo=UTC)), smm("b", datetime(2020, 7, 2, 7, 30, tzinfo=UTC))
    assert [flag.kind for flag in Series.build([one, other], SMM).flags] == ["overlap"]
    apart = smm("b", datetime(2020, 7, 2, 19, 30, tzinfo=UTC))
    assert Series.build([one, apart], SMM).flags == ()


def test_an_absence_needs_coverage() -> None:
    none = value("violations", 7, 0)
    (flag,) = Series.build([bulletin(8, none)], NK).flags
    assert flag.kind == "no_coverage"
    covered = Series.build([bulletin(8, none, value("posts", 8, 23))], NK)
    assert covered.flags == ()
    assert [v.field for v in covered.of("violations")[0].coverage] == ["posts"]


def test_quiet_and_a_violation_on_one_day_contradict() -> None:
    quiet = value("ceasefire", 7, None, choice="observed_along_whole_line")
    place = Quoted("Hadrut district", (0, 1))
    told = bulletin(8, quiet, value("violations", 7, 1, place=place), value("posts", 8, 23))
    assert kinds([told]) == ["contradicts"]
    assert kinds([replace(told, values=(replace(quiet, negated=True), *told.values[1:]))]) == []


def test_places_are_series_of_their_own() -> None:
    def at(name: str, number: int, figure: float) -> Value:
        return value("pilgrims", number, figure, place=Quoted(name, (0, 1)))

    series = Series.build(
        [bulletin(8, at("Dadivank", 7, 5), at("Amaras", 7, 9)), bulletin(9, at("Dadivank", 8, 4))], NK
    )
    assert [p.current.figure for p in series.of("pilgrims", "Dadivank")] == [5, 4]
    assert [p.place for p in series.only(place="amaras").points] == ["Amaras"]


def test_any_order_gives_the_same_series() -> None:
    bulletins = run(*GOOD, (10, 5, 119))[:4]
    first = Series.build(bulletins, NK).to_dict()
    assert all(Series.build(order, NK).to_dict() == first for order in permutations(bulletins))


def test_no_bulletins_give_an_empty_series() -> None:
    series = Series.build([], NK)
    assert (series.points, series.flags, series.days) == ((), (), ())


@pytest.fixture(scope="module")
def seven_days() -> Series:
    reader = BulletinReader(NK)
    files = sorted((EXAMPLES / "bulletins-nk-2020").glob("*.txt"))
    return Series.build([reader.read(read_file(path)) for path in files], NK)


def test_the_planted_errors_of_seven_days_are_found_and_nothing_else(seven_days: Series) -> None:
    assert [(flag.day, flag.kind, flag.field) for flag in seven_days.flags] == [
        (day(10), "difference", "items_total"),
        (day(10), "falls", "items_total"),
        (day(11), "difference", "items_total"),
        (day(13), "late", "returned_day"),
        (day(13), "missing_day", None),
    ]


def test_the_series_of_seven_days(seven_days: Series) -> None:
    told = [p.current.figure for p in seven_days.of("returned_day")]
    assert told == [812, 686, 540, 553, 711, 634, 592, 488]
    assert [p.current.figure for p in seven_days.of("posts")] == [23] * 7
    (hadrut,) = [p for p in seven_days.of("violations") if p.place]
    assert (hadrut.place, hadrut.day, len(hadrut.entries)) == ("Hadrut district", day(11), 2)
    assert all(p.coverage for p in seven_days.of("ceasefire"))


def test_two_reports_compare_themselves_with_the_one_before() -> None:
    reader = BulletinReader(SMM)
    files = sorted((EXAMPLES / "bulletins-smm-2020").glob("*.txt"))
    series = Series.build([reader.read(read_file(path)) for path in files], SMM)
    (flag,) = series.flags
    assert (flag.kind, flag.field, flag.place, flag.day) == (
        "revised",
        "violations",
        "Donetsk region",
        date(2020, 7, 19),
    )
