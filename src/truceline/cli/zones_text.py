"""What ``truceline zones`` shows, for eyes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from truceline.cli import wording
from truceline.cli.console import make_console, visible

if TYPE_CHECKING:
    from truceline.tracking.zones import Comparison, Revision, ZonePlace

_MOST = 12


def revision_table(found: "Sequence[Revision]") -> None:
    """Maps, one a row, in the order of publication within each zone."""
    console = make_console()
    if not found:
        console.print("no zones; add a map with `truceline zones add`")
        return
    for zone, publisher in dict.fromkeys((one.zone, one.publisher) for one in found):
        own = [one for one in found if (one.zone, one.publisher) == (zone, publisher)]
        console.print(Text.assemble((visible(zone), "title"), (f"  {visible(publisher)}", "aside")))
        console.print(_series(own))


def _series(own: "Sequence[Revision]") -> Table:
    table = Table(box=None, pad_edge=False, header_style="aside", padding=(0, 2, 0, 0))
    table.add_column("published", no_wrap=True)
    for name in ("km²", "change", "entry"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("file", overflow="fold")
    for before, one in zip([None, *own], own, strict=False):
        change = _signed(one.km2 - before.km2) if before else "·"
        table.add_row(wording.day(one.published), _km2(one.km2), change, str(one.entry), visible(one.name))
    return table


def show_zone(last: "Revision", found: "Sequence[Revision]", inside: "Sequence[ZonePlace]") -> None:
    """A zone as its newest map draws it."""
    console = make_console()
    console.print(Text(visible(last.zone), "title"))
    west, south, east, north = last.box
    lies = f"{south:g}–{north:g}° N, {west:g}–{east:g}° E" if south >= 0 and west >= 0 else f"{last.box}"
    parts = f"{last.polygons} polygon{'' if last.polygons == 1 else 's'}"
    console.print(
        Text(
            visible(f"{last.publisher}, {wording.day(last.published)} · {_km2(last.km2)} km² · {parts} · {lies}"),
            "aside",
        )
    )
    for note in last.notes:
        console.print(Text(visible(f"“{note}”")))
    console.print(Text("\nPlaces of the record in it", "heading"))
    console.print(_names(inside, most=None))
    console.print(Text("\nIts maps", "heading"))
    console.print(_series(found))


def show_comparison(made: "Comparison") -> None:
    """What changed from one map to another."""
    console = make_console()
    before, after = made.before, made.after
    console.print(Text(visible(after.zone), "title"))
    for name, one in (("from", before), ("to", after)):
        told = f"{name:5}{wording.day(one.published)}, {one.publisher}: {_km2(one.km2)} km² (entry {one.entry})"
        console.print(Text(visible(told)))
    console.print(
        Text(f"{_signed(after.km2 - before.km2)} km²: {_km2(made.gained_km2)} came in, {_km2(made.lost_km2)} went out")
    )
    for name, places in (("Came in", made.moved_in), ("Went out", made.moved_out)):
        console.print(Text(f"\n{name}", "heading"))
        console.print(_names(places, most=_MOST))
    if made.moved_in or made.moved_out:
        console.print(Text("\n* named in this ledger", "aside"))


def _names(places: "Sequence[ZonePlace]", *, most: int | None) -> Text:
    """Places by name; those of the record are marked where others stand among them, and none of them is left out."""
    if not places:
        return Text("none with a point of its own", "aside")
    mark = most is not None
    recorded = sum(place.in_record for place in places)
    shown = places[: max(most, recorded)] if most is not None else places
    told = ", ".join(dict.fromkeys(visible(p.name) + (" *" if mark and p.in_record else "") for p in shown))
    left = len(places) - len(shown)
    return Text(told + (f", and {left} more (--format json lists them)" if left else ""))


def _km2(size: float) -> str:
    return f"{size:,.1f}"


def _signed(size: float) -> str:
    rounded = round(size, 1)
    return f"{rounded:+,.1f}" if rounded else "±0.0"
