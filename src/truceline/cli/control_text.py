"""What ``truceline control`` shows, for eyes."""

from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from truceline.cli.console import make_console, visible
from truceline.cli.matrix import short
from truceline.incidents.voices import MONITOR, OTHERS
from truceline.tracking.control import standing_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from truceline.knowledge import Agreement
    from truceline.model import Moment
    from truceline.tracking.control_report import ControlReport, PlaceReport
    from truceline.tracking.control_values import Disagreement, Interval, Statement

    Show = Callable[..., None]

_SAYS = {
    "control": ("held by {}", "not held by {}"),
    "presence": ("{} is in it", "{} is not in it"),
    "surrounded": ("surrounded by {}", "not surrounded by {}"),
    "road": ("its road held by {}", "its road not held by {}"),
    "left": ("left by {}", "not left by {}"),
}
_NEARBY = {"presence": ("{} is near it", "{} is not near it"), "surrounded": ("{} stands around forces near it",) * 2}
_EXTENTS = {"part": "a part ", "most": "most ", "outskirts": "the outskirts ", "near": "near it: "}
_CHANGES = {"first": "on its first map", "in": "came in", "out": "went out", "same": "as before"}
_NOBODY = "somebody not named"
_AREAS = {"first_order", "second_order", "area", "district"}


def overview(found: "ControlReport") -> None:
    """One line a voice and place: what it last said of the day, and from when it holds."""
    console = make_console()
    table, names = _table("place", "who says", "what", "since", "last said"), _headings(found)
    for one in found.places:
        name = names[one.line.place]
        for interval in standing_on(one.line, found.day, found.agreement.zone):
            since, said = _since(interval, found.agreement.zone), _day(interval.last_said, found.agreement.zone)
            table.add_row(
                visible(name), _voice(interval, found.agreement), _says(interval, found.agreement), since, said
            )
            name = ""
        held = [difference for difference in one.line.disagreements if difference.until is None]
        if held and name == "":
            for told in dict.fromkeys(_differs(difference, found.agreement) for difference in held):
                table.add_row("", "≠", Text(visible(told), "aside"), "", "")
    if table.row_count:
        console.print(table)
        console.print(
            Text("\n≠ they cannot both be so   ≤ known by then   `truceline control PLACE` has the words", "aside")
        )
    else:
        console.print("nothing is said of who holds any place")


def whole(found: "ControlReport") -> None:
    """Everything on the places asked for."""
    console, names = make_console(), _headings(found)
    for i, one in enumerate(found.places):
        if i:
            console.print()
        console.print(Text(visible(names[one.line.place]), "title"))
        _place(console.print, one, found.agreement)


def _place(show: "Show", one: "PlaceReport", agreement: "Agreement") -> None:
    line = one.line
    toponyms = "; ".join(f"“{said}” ({', '.join(_name(v, agreement) for v in voices)})" for said, voices in line.said)
    facts = (line.id, f"said as {toponyms}" if toponyms else "nobody says who holds it")
    show(Text(visible(" · ".join(filter(None, facts))), "aside"))
    voices = dict.fromkeys((interval.voice, interval.speaker) for interval in line.intervals)
    for key in voices:
        own = [interval for interval in line.intervals if (interval.voice, interval.speaker) == key]
        _title(show, _voice(own[0], agreement))
        for interval in own:
            show(Padding(_interval(interval, agreement), (0, 0, 0, 2), expand=False))
            for told in interval.statements:
                show(Padding(_words(told), (0, 0, 0, 4), expand=False))
    _section(show, "They differ", [_difference(one, agreement) for one in line.disagreements])
    _section(show, "Asked for, announced, or left open", [_announced(told, agreement) for told in line.announced])
    _section(show, "History without a date", [_announced(told, agreement) for told in line.undated])
    if one.zones:
        _title(show, "Zone maps")
        for event in one.zones:
            side = "inside" if event.inside else "outside"
            when = _day(event.revision.published, agreement.zone)
            event_line = f"{when}  {side} {event.revision.zone}, {event.revision.publisher} ({_CHANGES[event.change]})"
            show(Padding(Text(visible(event_line)), (0, 0, 0, 2), expand=False))


def _section(show: "Show", title: str, lines: list[Text]) -> None:
    if not lines:
        return
    _title(show, title)
    for line in lines:
        show(Padding(line, (0, 0, 0, 2), expand=False))


def _title(show: "Show", words: str) -> None:
    show()
    show(Text(visible(words), "heading"))


def _interval(one: "Interval", agreement: "Agreement") -> Text:
    zone = agreement.zone
    until = f" until {_day(one.until, zone)}" if one.until is not None else ""
    said = f"last said {_day(one.last_said, zone)}" if one.last_said is not None else ""
    taken = f"taken back by {one.revised_by}" if one.revised_by else ""
    origins = f"{len(one.statements)}|{len(one.lineages)}" if len(one.statements) > 1 else ""
    facts = " · ".join(filter(None, (said, origins, taken)))
    return Text.assemble(f"{_since(one, zone)}{until}  ", _says(one, agreement), (f"  {facts}", "aside"))


def _words(told: "Statement") -> Text:
    return Text.assemble(f"“{visible(_cut(told.text))}” ", (visible(_source(told)), "aside"))


def _source(told: "Statement") -> str:
    relayed = f" in {told.publisher}" if told.publisher and told.publisher != told.speaker else ""
    meant = "" if told.place_by == "named" else f", place: {told.place_by}"
    return f"{told.speaker or 'nobody named'}{relayed}, {told.claim}{meant}"


def _says(one: "Interval", agreement: "Agreement") -> Text:
    if one.track == "control" and one.holder is None and all(told.act == "handover" for told in one.statements):
        return Text("handed over, to whom is not said")
    who = visible(short(_party(one.holder, one.holder_name, agreement))) if one.holder else _NOBODY
    if one.extent == "near" and one.track in _NEARBY:
        return Text(_NEARBY[one.track][one.denied].format(who))
    return Text(_EXTENTS.get(one.extent, "") + _SAYS[one.track][one.denied].format(who))


def _differs(one: "Disagreement", agreement: "Agreement") -> str:
    how = {"holder": "another holder", "denied": "one denies it", "extent": "part or whole"}[one.kind]
    return f"{_voice(one.one, agreement)} and {_voice(one.other, agreement)}: {how}"


def _difference(one: "Disagreement", agreement: "Agreement") -> Text:
    zone = agreement.zone
    until = f" until {_day(one.until, zone)}" if one.until is not None else ""
    sides = " ≠ ".join(f"{_voice(side, agreement)}: {_says(side, agreement).plain}" for side in (one.one, one.other))
    said = " and ".join(_day(side.last_said, zone) for side in (one.one, one.other))
    return Text.assemble(visible(f"from {_day(one.start, zone)}{until}  {sides}"), (f"  last said {said}", "aside"))


def _announced(told: "Statement", agreement: "Agreement") -> Text:
    when = _day(told.published, agreement.zone)
    return Text.assemble(
        f"{when}  {_name(told.voice, agreement)}: {told.modality} “{visible(_cut(told.text))}” ",
        (visible(_source(told)), "aside"),
    )


def _voice(one: "Interval", agreement: "Agreement") -> str:
    return one.speaker or _name(one.voice, agreement)


def _name(voice: str, agreement: "Agreement") -> str:
    return short(_party(voice, {MONITOR: "Monitor", OTHERS: "Others"}.get(voice, voice), agreement))


def _party(party: str | None, name: str | None, agreement: "Agreement") -> str:
    return next((known.name for known in agreement.parties if known.id == party), name or party or "")


def _headings(found: "ControlReport") -> dict[str, str]:
    """What each place is called; of a town and a district of one name, which it is."""
    names = [one.line.name for one in found.places]
    return {
        one.line.place: f"{one.line.name} ({'district' if one.line.kind in _AREAS else 'town'})"
        if names.count(one.line.name) > 1
        else one.line.name
        for one in found.places
    }


def _since(one: "Interval", zone: "tzinfo") -> str:
    known_by = one.statements[0].since_by == "published"
    return ("≤ " if known_by else "") + _day(one.start, zone)


def _day(moment: "Moment | None", zone: "tzinfo") -> str:
    if moment is None:
        return "·"
    day: date = moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
    return f"{day.day} {day:%b} {day.year}"


def _cut(text: str, most: int = 110) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="aside", padding=(0, 2, 0, 0))
    for name in columns:
        table.add_column(name, no_wrap=name in {"since", "last said"}, overflow="fold")
    return table
