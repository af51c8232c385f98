"""The baseline for eyes: what is alleged, how it compares, what could be seen, and tables by kind, gravity, place and party."""

from collections.abc import Iterable
from datetime import date

from rich.table import Table
from rich.text import Text

from truceline.cli import wording
from truceline.cli.columns import number_tables, print_tables
from truceline.cli.console import make_console, visible
from truceline.cli.matrix import short
from truceline.incidents.voices import MONITOR, OTHERS
from truceline.knowledge import Agreement
from truceline.tracking.baseline.measure import NO_PLACE, Baseline, Group, Quiet, Trend
from truceline.tracking.record import Record
from truceline.tracking.statistics.bounds import Bounds, hull
from truceline.tracking.statistics.breaches import NO_SIDE, Breach
from truceline.tracking.statistics.coverage import Coverage, Sight, Sighting, Stretch
from truceline.tracking.statistics.naming import voices
from truceline.tracking.statistics.rules import Standing

MONITOR_WORDS = {
    "names_side": "names a side",
    "no_side": "no side named",
    "no_access": "had no access",
    "no_information": "has no information",
    "silent": "speaks of it, not of who began",
    "not_in_bulletin": "not in its bulletins of the days after",
    "no_bulletin": "no bulletin in the days after",
}
"""What the monitor says on who began, in words."""

_WORDS = {
    "more": "more than",
    "fewer": "fewer than",
    "similar": "about as many as",
    "unclear": "more, fewer or as many: versions differ;",
    "not_seen": "cannot be compared, as nothing was published then:",
}
_SIGHTS: dict[Sight, str] = {
    "bulletin": "with a monitor's bulletin",
    "quoted": "with its words passed on by others",
    "documents": "with other documents",
    "nothing": "with nothing published",
}
_TITLES = {"act": "by kind", "severity": "by severity", "place": "by place"}
_STANDING: tuple[tuple[Standing, str], ...] = (
    ("alleged", "alleged only"), ("corroborated", "corroborated"), ("verified", "verified"), ("refuted", "refuted"),
)  # fmt: skip
_SHOWN = 12
_NOTHING = "·"


def show_baseline(baseline: Baseline, record: Record, by: str | None = None) -> None:
    """Print a baseline: the summary and all tables, or one of them."""
    console = make_console()
    console.print(_title(baseline, record))
    console.print(facts(summary(baseline, record)))
    for key, groups in baseline.groups.items():
        if by in {None, key} and groups:
            console.print()
            print_tables(console, _group_tables(_TITLES[key], groups, console.width))
            if len(groups) > _SHOWN:
                console.print(Text(f"and {len(groups) - _SHOWN} more; --format json has all", style="aside"))
    if by in {None, "party"}:
        console.print()
        print_tables(console, _name_tables(baseline, record.agreement, console.width))
        console.print()
        console.print(facts([("the monitor", _monitor(baseline))]))


def _title(baseline: Baseline, record: Record) -> Text:
    span = f"{wording.day(baseline.since)} to {wording.day(baseline.until)}"
    title = Text(f"Alleged breaches, {record.agreement.id}", style="title")
    title.append(f"\n{span}, as published by {wording.day(record.day)}", style="aside")
    return title


def facts(lines: Iterable[tuple[str, str]]) -> Table:
    """Lines of a name and what there is to say of it."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="aside", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, words in lines:
        grid.add_row(name, words)
    return grid


def summary(baseline: Baseline, record: Record) -> Iterable[tuple[str, str]]:
    """What the tables are about: number, first, quiet, trend, and what could be seen."""
    standing = ", ".join(f"{baseline.standing[name]} {words}" for name, words in _STANDING)
    yield ("incidents", f"{baseline.number}: {standing}")
    decided = sum(one.decided for one in baseline.incidents)
    proposed = len(baseline.incidents) - decided
    yield ("", f"how they stand: {decided} decided by a person, {proposed} as a machine proposes")
    if baseline.undated:
        yield ("", f"{len(baseline.undated)} of them with no day given")
    both = sum(one.both_ways for one in baseline.incidents)
    if both:
        yield ("", f"{both} of them also the carrying out of an obligation: in the upper number only")
    if baseline.first is not None:
        yield ("first", _incident(baseline.first))
    if baseline.quiet is not None:
        yield ("longest quiet", _quiet(baseline.quiet))
    yield ("latest", _trend(baseline.latest))
    yield ("whole period", _trend(baseline.trend))
    yield from coverage_lines(baseline.coverage, record.agreement)


def coverage_lines(coverage: Coverage, agreement: Agreement) -> Iterable[tuple[str, str]]:
    """How much could be seen."""
    yield ("could be seen", coverage_words(coverage))
    if coverage.unseen is not None and coverage.unseen.days > 1:
        yield ("", f"longest without a bulletin: {stretch(coverage.unseen)}")
    posts = hull(one.number for one in coverage.posts if one.number is not None)
    told = [_reported("posts", coverage.posts, posts), _reported("patrols", coverage.patrols, None)]
    told.append(_refused(coverage, agreement))
    yield ("", "; ".join(told))


def coverage_words(coverage: Coverage) -> str:
    """On how many days what could be seen."""
    seen = ", ".join(f"{coverage.days(sight)} {said}" for sight, said in _SIGHTS.items())
    return f"of {_days(coverage.days())}: {seen}"


def _reported(what: str, sightings: tuple[Sighting, ...], number: Bounds | None) -> str:
    if not sightings:
        return f"no {what} told of"
    days = len({one.day for one in sightings})
    return f"{what}{f' {number}' if number is not None else ''} told of on {_days(days)}"


def _refused(coverage: Coverage, agreement: Agreement) -> str:
    said = [one for one in coverage.refusals if not one.denied]
    denied = len(coverage.refusals) - len(said)
    if not coverage.refusals:
        return "access refused: nobody says so"
    by = sorted({name_of(one.by, agreement) for one in said if one.by})
    named = f" (by {', '.join(by)})" if by else ""
    return f"access refused: {len(said)} told{named}" + (f", {denied} denied" if denied else "")


# ---- tables ----


def _group_tables(title: str, groups: tuple[Group, ...], width: int) -> Iterable[Table]:
    """Groups as rows; standings that no incident has are left out."""
    shown = groups[:_SHOWN]
    columns = [("incidents", [str(group.number) for group in shown])]
    for name, words in _STANDING:
        if any(group.standing[name] for group in groups):
            columns.append((words, [_number(group.standing[name]) for group in shown]))
    columns.append(("first", [_short(group.first.first) if group.first else _NOTHING for group in shown]))
    keys = [wording.act(group.key) if group.key != NO_PLACE else "place not given" for group in shown]
    return number_tables(title, keys, columns, width)


def _name_tables(baseline: Baseline, agreement: Agreement, width: int) -> Iterable[Table]:
    rows = baseline.named
    columns = [
        ("incidents", [str(len(row.named)) for row in rows]),
        ("contested", [_plain(row.contested) for row in rows]),
    ]
    for voice in voices(agreement):
        called = short(name_of(voice, agreement))
        columns.append((f"named by {called}", [_plain(row.by.get(voice, 0)) for row in rows]))
        if any(row.denied.get(voice) for row in rows):
            columns.append((f"denied by {called}", [_plain(row.denied.get(voice, 0)) for row in rows]))
    return number_tables(
        "named as having begun", [short(name_of(row.party, agreement)) for row in rows], columns, width
    )


def _monitor(baseline: Baseline) -> str:
    told = [f"{MONITOR_WORDS[says]} {number}" for says, number in baseline.monitor.items() if number]
    return "; ".join(told) or "nothing to speak of"


# ---- words ----


def name_of(voice: str | None, agreement: Agreement) -> str:
    """A voice or side as it is called."""
    known = {party.id: party.name for party in agreement.parties}
    known |= {OTHERS: "others", MONITOR: "monitor", NO_SIDE: "no side named"}
    return known.get(voice or OTHERS, voice or "not told")


def stretch(days: Stretch) -> str:
    """``3 Dec to 11 Dec (9 days)``."""
    if days.days == 1:
        return f"{_short(days.first)} (1 day)"
    return f"{_short(days.first)} to {_short(days.last)} ({days.days} days)"


def _quiet(quiet: Quiet) -> str:
    return (
        f"{stretch(quiet.stretch)}: {quiet.with_bulletin} with a bulletin, {quiet.with_documents} with other documents, "
        f"{quiet.with_nothing} with nothing published"
    )


def _trend(trend: Trend) -> str:
    return (
        f"{trend.number} in {_days(trend.now.days)}, {_WORDS[trend.word]} in the {_days(trend.before.days)} before "
        f"({trend.number_before}); published on {trend.seen} and {trend.seen_before} of them"
    )


def _incident(breach: Breach) -> str:
    return f"{_short(breach.first)}  {visible(breach.incident.title)} ({breach.id})"


def _number(bounds: Bounds) -> str:
    return str(bounds) if bounds else _NOTHING


def _plain(number: int) -> str:
    return str(number) if number else _NOTHING


def _short(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day is not None else "day not given"


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"
