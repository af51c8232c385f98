"""``truceline control``: who holds which place, since when, according to whom."""

import sys
from typing import TYPE_CHECKING

import click

from truceline.cli import faults
from truceline.cli.ledger_options import ledger, print_json
from truceline.cli.options import text_json_or_csv, traceback
from truceline.cli.tracked import as_published, tracked

if TYPE_CHECKING:
    from truceline.tracking.control_report import ControlReport


@click.command()
@click.argument("place", required=False)
@as_published
@ledger
@text_json_or_csv
@traceback
def control(*, place: str | None, as_of: str | None, where: str, form: str, traceback: bool) -> int:
    """Show who holds which place, according to whom.

    Each party, the monitor and every other publisher keeps its own timeline; where they differ, all stand side by side.
    Holding a place, being in it, standing around it and holding its road are told apart. With PLACE (a name, a toponym as
    somebody says it, or a gazetteer's id) also the words, what was taken back, and the zone maps it lies in.
    """
    from truceline.tracking.control_report import control as reckoned
    from truceline.tracking.control_report import control_of

    with faults.told(where, traceback=traceback) as outcome, tracked(where, as_of) as ground:
        # Without a day, a map that came out after the last document is shown too.
        found = reckoned(ground.view, ground.day, ground.knowledge, every_map=as_of is None)
        if place is not None:
            from truceline.knowledge.gazetteer import Gazetteer

            found = control_of(found, place, Gazetteer.open(say=faults.say))
        if form == "json":
            print_json(found.to_dict())
        elif form == "csv":
            _csv(found)
        else:
            from truceline.cli.control_text import overview, whole

            whole(found) if place is not None else overview(found)
    return outcome.code


_COLUMNS = ("place", "id", "said", "voice", "speaker", "track", "holder", "extent", "denied")
_TIMES = ("from", "from_by", "until", "last_said", "revised_by")


def _csv(found: "ControlReport") -> None:
    """A row a voice's interval, and a row a zone map's publication."""
    import csv

    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow((*_COLUMNS, *_TIMES, "claims", "origins", "words"))
    for one in found.to_dict()["places"]:
        for interval in one["intervals"]:
            told = interval["statements"]
            said = "; ".join(dict.fromkeys(statement["said"] for statement in told))
            row = {**interval, "place": one["place"], "id": one["id"], "said": said}
            row["denied"] = "yes" if interval["denied"] else "no"
            claims = " ".join(statement["claim"] for statement in told)
            out.writerow((*(row[name] or "" for name in (*_COLUMNS, *_TIMES)), claims, row["origins"], told[0]["text"]))
        for event in one["zones"]:
            row = {"place": one["place"], "id": one["id"], "speaker": event["publisher"], "track": "zone"}
            row |= {"holder": event["zone"], "extent": "inside" if event["inside"] else "outside"}
            row |= {"from": event["published"], "from_by": f"entry {event['entry']}"}
            out.writerow((*(row.get(name) or "" for name in (*_COLUMNS, *_TIMES)), "", "", ""))
