"""Statistics for eyes: counts by a rule, the parties' series beside each other, casualties, and what could be seen."""

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from truceline.cli import wording
from truceline.cli.baseline_text import coverage_lines, facts, name_of
from truceline.cli.columns import number_tables, print_tables
from truceline.cli.console import make_console
from truceline.cli.matrix import short
from truceline.incidents.fields import UNNAMED
from truceline.incidents.voices import MONITOR
from truceline.knowledge import Agreement
from truceline.tracking.statistics.bounds import Bounds
from truceline.tracking.statistics.breaches import NO_SIDE
from truceline.tracking.statistics.casualties import Toll
from truceline.tracking.statistics.counting import NO_PLACE, NOT_SAID, Row
from truceline.tracking.statistics.gathering import Statistics
from truceline.tracking.statistics.naming import voices
from truceline.tracking.statistics.rules import Standing, StatisticsRules, Status

_STANDING: dict[Standing, str] = {
    "alleged": "alleged only", "corroborated": "corroborated", "verified": "verified", "refuted": "refuted",
}  # fmt: skip
_STATUS: dict[Status, str] = {"combatant": "combatants", "civilian": "civilians", "unknown": "status not told"}
_NOTHING = "·"


def show_statistics(found: Statistics, rules: StatisticsRules) -> None:
    """Print the tables."""
    console = make_console()
    means = next(rule.means for rule in rules.rules if rule.id == found.rule)
    console.print(Text(f"Statistics, {found.agreement.id}", style="title"))
    console.print(Text(f"{_span(found)}\ncounted: {means}; min–max where sources differ", style="aside"))
    console.print()
    print_tables(console, _counts(found, console.width))
    if found.by in {"day", "week"} and any(row.names for row in found.rows):
        console.print(Text("\nWho names whom as having begun (voice ▸ side), in how many incidents", style="heading"))
        print_tables(console, _mirrored(found, console.width))
    console.print(Text("\nPeople, by side", style="heading"))
    if any(toll.incidents for toll in found.tolls):
        print_tables(console, _tolls(found, console.width))
    else:
        console.print("no numbers of people told")
    if any(toll.side == UNNAMED for toll in found.tolls):
        console.print(Text("side not named: these may be counted with a side as well", style="aside"))
    console.print()
    console.print(facts(coverage_lines(found.coverage, found.agreement)))
    console.print(
        Text(
            f"{_NOTHING} = says nothing   ≠ = incidents whose numbers differ   states no person decided are a machine's proposals",
            style="aside",
        )
    )


# ---- counts ----


def _counts(found: Statistics, width: int) -> Iterable[Table]:
    """Rows by day, week, party or place; days and weeks of which nobody tells anything are left out."""
    rows = [*(row for row in found.rows if row.incidents or row.by_voice), found.whole]
    held = [standing for standing in _STANDING if found.whole.standing[standing]]
    columns = [("all", [_few(row.number) for row in rows])]
    columns += [(_STANDING[standing], [_number(row.standing[standing]) for row in rows]) for standing in held]
    columns += _naming(found, rows) if found.by == "party" else _telling(found, rows)
    keys = [_key(row, found.agreement) for row in rows]
    return number_tables(_title(found), keys, columns, width, total=True)


def _telling(found: Statistics, rows: Sequence[Row]) -> list[tuple[str, list[str]]]:
    """What each voice that tells anything tells."""
    return [
        (f"told by {_short(voice, found.agreement)}", [_number(row.by_voice.get(voice)) for row in rows])
        for voice in voices(found.agreement)
        if any(voice in row.by_voice for row in rows)
    ]


def _naming(found: Statistics, rows: Sequence[Row]) -> list[tuple[str, list[str]]]:
    """In how many incidents each voice names the side of the row."""
    return [
        (f"named by {_short(voice, found.agreement)}", [str(_times(row, (voice, row.key)) or _NOTHING) for row in rows])
        for voice in voices(found.agreement)
    ]


def _title(found: Statistics) -> str:
    return {"day": "day", "week": "week", "party": "named as having begun", "place": "place"}[found.by]


def _key(row: Row, agreement: Agreement) -> str:
    known = {"all": "whole period", NO_PLACE: "place not given", NOT_SAID: "nobody says", NO_SIDE: "no side named"}
    names = {party.id: short(party.name) for party in agreement.parties}
    return known.get(row.key) or names.get(row.key, row.key)


def _mirrored(found: Statistics, width: int) -> Iterable[Table]:
    """The series of who names whom: the same columns for each party, so that they can be read against each other."""
    parties = [party.id for party in found.agreement.parties]
    pairs = [(voice, party) for voice in parties for party in parties if voice != party]
    pairs += [(voice, voice) for voice in parties]
    pairs += [(MONITOR, party) for party in parties] + [(MONITOR, NO_SIDE)]
    rows = [row for row in found.rows if row.names]
    held = [pair for pair in pairs if pair[0] != pair[1] or any(_times(row, pair) for row in rows)]
    columns = [(_pair(pair, found.agreement), [str(_times(row, pair) or _NOTHING) for row in rows]) for pair in held]
    return number_tables(_title(found), [row.key for row in rows], columns, width)


def _pair(pair: tuple[str, str], agreement: Agreement) -> str:
    voice, party = pair
    whom = "itself" if voice == party else "no side" if party == NO_SIDE else _short(party, agreement)
    return f"{_short(voice, agreement)} ▸ {whom}"


def _times(row: Row, pair: tuple[str, str]) -> int:
    voice, party = pair
    return row.names.get(voice, {}).get(party, 0)


# ---- people ----


def _tolls(found: Statistics, width: int) -> Iterable[Table]:
    held = [toll for toll in found.tolls if toll.incidents]
    columns = [("all", [_few(toll.number) for toll in held])]
    columns += [(words, [_number(toll.by_status[status]) for toll in held]) for status, words in _STATUS.items()]
    for voice in voices(found.agreement):
        if any(voice in toll.by_voice for toll in held):
            cells = [_few(toll.by_voice[voice]) if voice in toll.by_voice else _NOTHING for toll in held]
            columns.append((f"told by {_short(voice, found.agreement)}", cells))
    columns.append(("in incidents", [str(len(toll.incidents)) for toll in held]))
    columns.append(("≠", [str(len(toll.differing) or _NOTHING) for toll in held]))
    return number_tables("", [_whom(toll, found.agreement) for toll in held], columns, width)


def _whom(toll: Toll, agreement: Agreement) -> str:
    side = "side not named" if toll.side == UNNAMED else _short(toll.side, agreement)
    return f"{toll.what}, {side}"


# ---- words ----


def _short(voice: str, agreement: Agreement) -> str:
    return short(name_of(voice, agreement))


def _span(found: Statistics) -> str:
    return f"{wording.day(found.since)} to {wording.day(found.until)}, as published by {wording.day(found.day)}"


def _number(bounds: Bounds | None) -> str:
    return _few(bounds) if bounds else _NOTHING


def _few(bounds: Bounds) -> str:
    """Bounds in a narrow column: ``36+``."""
    return f"{bounds.min}+" if bounds.max is None else str(bounds)
