"""``truceline status``: where the obligations of the ledger's agreement stand."""

import sys
from typing import TYPE_CHECKING

import click

from truceline.cli import faults
from truceline.cli.ledger_options import ledger, print_json
from truceline.cli.options import text_json_or_csv, traceback
from truceline.cli.tracked import as_published, tracked

if TYPE_CHECKING:
    from truceline.tracking.status import Status


@click.command()
@click.argument("obligation", required=False)
@click.option("--incident", metavar="INCIDENT", help="Only what this incident has to do with the obligations.")
@as_published
@ledger
@text_json_or_csv
@traceback
def status(
    *,
    obligation: str | None,
    incident: str | None,
    as_of: str | None,
    where: str,
    form: str,
    traceback: bool,
) -> int:
    """Show where the obligations of the agreement stand.

    For each: its state from 0 (not initiated) to 3 (full), its clock, whether it is in question, and the evidence for and
    against it. With OBLIGATION (nk-2020/6a, or 6a) also the reasons, what each party holds, and the words of the evidence.

    One incident can put one obligation in question and be the execution of another: with --incident, who holds which.

    A rule proposes a state; `truceline review obligation` enters a person's, which then stands. `review tie` and `untie`
    change what counts as evidence.
    """
    from truceline.tracking.status import status as reckoned

    with faults.told(where, traceback=traceback) as outcome, tracked(where, as_of) as ground:
        found = reckoned(ground.view, ground.day)
        if obligation is not None:
            found = found.only(obligation)
        if incident is not None:
            found = found.within(ground.view.incident(incident)["id"])
        if form == "json":
            print_json(found.to_dict())
        elif form == "csv":
            _csv(found)
        else:
            from truceline.cli.console import make_console
            from truceline.cli.status_text import held, overview, whole

            show = whole if obligation is not None else held if incident is not None else overview
            make_console().print(show(found, ground.view.text))
    return outcome.code


def _csv(found: "Status") -> None:
    import csv

    out = csv.writer(sys.stdout, lineterminator="\n")
    names = ("id", "article", "says", "kind", "obligor", "state", "proposed", "state_by", "in_question")
    dates = ("due", "overdue_since", "met_on", "extended", "computed")
    counts = ("for_claims", "for_origins", "against_claims", "against_origins")
    out.writerow((*names, *dates, *counts, "positions", "as_of"))
    for plain in found.to_dict()["obligations"]:
        clock, sides = plain["clock"], [plain["evidence"][side] for side in ("for", "against")]
        out.writerow(
            (
                *(plain[name] if name != "obligor" else " ".join(plain[name]) for name in names),
                *(clock[name] or "" for name in dates[:3]),
                "; ".join(f"{one['from']} to {one['to'] or 'an unknown date'}" for one in clock["extended"]),
                "; ".join(f"{one['what']}: {one['date']}" for one in clock["computed"]),
                *(number for side in sides for number in (len(side), len({one["lineage"] for one in side}))),
                "; ".join(f"{one['party']}: {one['says']}" for one in plain["positions"]),
                found.day.isoformat(),
            )
        )
