"""``truceline zones``: maps of zones, their revisions, and what changed between two."""

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from truceline.cli import faults
from truceline.cli.ledger_options import as_of as as_known
from truceline.cli.ledger_options import ledger, opened, person, print_json, viewed
from truceline.cli.options import CONTEXT, text_or_json, traceback
from truceline.cli.tracked import as_published, parted
from truceline.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, tzinfo

    from truceline.intake.outlines import Outline
    from truceline.knowledge import Agreement
    from truceline.ledger import View
    from truceline.tracking.zones import Comparison, Revision, ZonePlace

_publisher = click.option("--publisher", metavar="NAME", help="Whose map, where several published one.")


@click.group(context_settings=CONTEXT)
def zones() -> None:
    """Maps of zones: add a revision, list, show, compare.

    A map is evidence: it is kept as it came, and a later one takes nothing away. Its publication is an event, which
    `truceline control PLACE` shows for each place.
    """


@zones.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--name", metavar="NAME", required=True, help="What the zone is called; maps of one name are revisions of it."
)
@click.option("--publisher", metavar="NAME", required=True, help="Who published the map.")
@click.option("--published", metavar="DATE", required=True, help="When, as 2020-12-31 or 2020-12-31T18:30+04:00.")
@click.option("--url", metavar="ADDRESS", help="Where it was found.")
@click.option("--anywhere", is_flag=True, help="Take it though no part of it lies in the agreement's area.")
@ledger
@person
@text_or_json
@traceback
def add(
    *,
    file: Path,
    name: str,
    publisher: str,
    published: str,
    url: str | None,
    anywhere: bool,
    where: str,
    who: str | None,
    form: str,
    traceback: bool,
) -> int:
    """Add a map of a zone.

    FILE is GeoJSON (RFC 7946) and holds polygons only. What does not bound an area is refused, with a line that says
    where. The same map of the same day is not entered twice.
    """
    from truceline.intake import parse_published
    from truceline.intake.outlines import read_outline

    with faults.told(str(file), traceback=traceback) as outcome:
        content = _read(file)
        outline = read_outline(content, str(file))
        moment = parse_published(published)
        with opened(where, who) as found:
            if not anywhere:
                _check_area(outline, found.agreement, file)
            entry = found.add_zone(content, zone=name, publisher=publisher, published=moment, name=file.name, url=url)
        told = {"zone": name, "entry": entry.number if entry else None, "outcome": "added" if entry else "known"}
        if form == "json":
            print_json(
                {**told, "publisher": publisher, "published": moment.isoformat(), "polygons": len(outline.polygons)}
            )
        else:
            click.echo(f"added {name} as entry {entry.number}" if entry else f"{name}: this map is there already")
    return outcome.code


@zones.command(name="list")
@as_published
@ledger
@text_or_json
@traceback
def list_zones(*, as_of: str | None, where: str, form: str, traceback: bool) -> int:
    """List the zones with their revisions."""
    from truceline.tracking.zones import revisions

    with faults.told(where, traceback=traceback) as outcome, _published(where, as_of) as (view, day):
        found = revisions(view, day=day, clock=_clock(view))
        if form == "json":
            print_json([_plain(one) for one in found])
        else:
            from truceline.cli.zones_text import revision_table

            revision_table(found)
    return outcome.code


@zones.command()
@click.argument("name")
@as_published
@_publisher
@ledger
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "geojson")),
    default="text",
    show_default=True,
    help="geojson: the file as it came.",
)
@traceback
def show(*, name: str, as_of: str | None, publisher: str | None, where: str, form: str, traceback: bool) -> int:
    """Show a zone as its newest map draws it.

    With the places of the record that lie in it, and how its area changed from map to map.
    """
    from truceline.tracking.zones import places_inside, revisions, series

    with faults.told(where, traceback=traceback) as outcome, _published(where, as_of) as (view, day):
        found = series(revisions(view, name, day=day, clock=_clock(view)), publisher)
        last = found[-1]
        if form == "geojson":
            from truceline.ledger import log

            sys.stdout.buffer.write(log.get(view.connection, last.content))
            return outcome.code
        inside = places_inside(view, last)
        if form == "json":
            print_json(
                {**_plain(last), "places": [_place(one) for one in inside], "revisions": [_plain(r) for r in found]}
            )
        else:
            from truceline.cli.zones_text import show_zone

            show_zone(last, found, inside)
    return outcome.code


@zones.command()
@click.argument("name")
@click.argument("first", metavar="[FROM]", required=False)
@click.argument("second", metavar="[TO]", required=False)
@as_known
@_publisher
@ledger
@text_or_json
@traceback
def compare(
    *,
    name: str,
    first: str | None,
    second: str | None,
    as_of: str | None,
    publisher: str | None,
    where: str,
    form: str,
    traceback: bool,
) -> int:
    """Compare two maps of a zone.

    FROM and TO are days (the map that was the newest then) or numbers of entries; without them, the newest map and the one
    before. Tells how much ground came in and went out, and which places: those of the ledger's record, of the
    gazetteer and of the agreement.
    """
    from truceline.knowledge.gazetteer import Gazetteer
    from truceline.tracking.zones import compare as compared

    with faults.told(where, traceback=traceback) as outcome, viewed(where, as_of) as view:
        before, after = _pair(view, name, first, second, publisher)
        made = compared(view, before, after, Gazetteer.open(say=faults.say))
        if form == "json":
            print_json(_comparison(made))
        else:
            from truceline.cli.zones_text import show_comparison

            show_comparison(made)
    return outcome.code


@contextmanager
def _published(where: str, as_of: str | None) -> "Iterator[tuple[View, date | None]]":
    """The ledger, and the last day of publication that counts; None where all do."""
    day, entry = parted(as_of)
    with viewed(where, entry) as view:
        yield view, day


def _pair(
    view: "View", name: str, first: str | None, second: str | None, publisher: str | None
) -> tuple["Revision", "Revision"]:
    """The two maps that are meant, the earlier first as asked."""
    from truceline.tracking.zones import pick, revisions, series

    clock = _clock(view)
    every = revisions(view, name, clock=clock)
    asked = [one for one in (first, second) if one is not None]
    numbered = publisher is None and len(asked) == 2 and all(one.lstrip("#").isdecimal() for one in asked)
    found = every if numbered else series(every, publisher)
    if first is None:
        if len(found) < 2:
            raise InputError(f"zone {name}: only one map, nothing to compare it with; add a revision")
        return found[-2], found[-1]
    before = pick(found, first, clock)
    after = pick(found, second, clock) if second is not None else found[-1]
    if before.entry == after.entry:
        raise InputError(
            f"zone {name}: {first} and {second or 'the newest'} are one map (entry {after.entry}); name another"
        )
    return before, after


def _read(file: Path) -> bytes:
    from truceline.intake.outlines import LARGEST

    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as fault:
        raise InputError(f"{file}: cannot be read ({fault.strerror}); check the path") from fault


def _check_area(outline: "Outline", agreement: "Agreement | None", file: Path) -> None:
    """Longitude and latitude the wrong way round are in range nearly everywhere: the area tells."""
    if agreement is None:
        return
    west, south, east, north = outline.box
    area = agreement.area
    if west > area.east or east < area.west or south > area.north or north < area.south:
        raise InputError(
            f"{file}: lies at {south:g}–{north:g}° N, {west:g}–{east:g}° E, outside the agreement's area ({area.name}); longitude "
            "comes first in GeoJSON; --anywhere takes it all the same"
        )


def _clock(view: "View") -> "tzinfo":
    from datetime import UTC

    return view.agreement.zone if view.agreement is not None else UTC


def _plain(one: "Revision") -> dict[str, Any]:
    return {
        "zone": one.zone,
        "publisher": one.publisher,
        "published": one.published.isoformat(),
        "entry": one.entry,
        "file": one.name,
        "url": one.url,
        "entered_by": one.who,
        "content": f"sha256:{one.content}",
        "km2": round(one.km2, 2),
        "box": dict(zip(("west", "south", "east", "north"), one.box, strict=True)),
        "polygons": one.polygons,
        "notes": list(one.notes),
    }


def _place(one: "ZonePlace") -> dict[str, Any]:
    names = ("id", "name", "kind", "lat", "lon", "in_record")
    return {name: getattr(one, name) for name in names}


def _comparison(made: "Comparison") -> dict[str, Any]:
    return {
        "from": _plain(made.before),
        "to": _plain(made.after),
        "change_km2": round(made.after.km2 - made.before.km2, 2),
        "gained_km2": round(made.gained_km2, 2),
        "lost_km2": round(made.lost_km2, 2),
        "moved_in": [_place(one) for one in made.moved_in],
        "moved_out": [_place(one) for one in made.moved_out],
    }
