"""``truceline baseline``: alleged breaches since the agreement took effect, and how much of them could be seen."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from truceline.cli import faults
from truceline.cli.ledger_options import ledger, print_json
from truceline.cli.options import text_or_json, traceback
from truceline.cli.tracked import as_published, since, tracked, until

if TYPE_CHECKING:
    from truceline.cli.tracked import Ground
    from truceline.tracking.baseline.measure import Baseline
    from truceline.tracking.record import Record


@click.command()
@since
@until
@click.option(
    "--by",
    type=click.Choice(("act", "place", "party", "severity")),
    help="Only this table.  [default: all of them]",
)
@click.option(
    "--check",
    metavar="CLAIM|TEXT|all",
    help='A claim that calls a breach the first, the only or the biggest, such as "the first significant breach since the '
    'deal": what the record has to it. "all": every such claim in the ledger.',
)
@ledger
@as_published
@text_or_json
@traceback
def baseline(
    *,
    since: datetime | None,
    until: datetime | None,
    by: str | None,
    check: str | None,
    where: str,
    as_of: str | None,
    form: str,
    traceback: bool,
) -> int:
    """Alleged breaches by kind, severity, place and party named.

    Always with how much could be seen: days with a monitor's bulletin, with other documents, with none. A number is a range
    where versions differ on how grave it was, on its day, or on whether it was a breach.
    """
    with faults.told(traceback=traceback) as outcome, tracked(where, as_of) as ground:
        if check is not None:
            _check(ground, check, since, until, form)
            return outcome.code
        record, found = _measured(ground, since, until)
        if form == "json":
            from truceline.tracking.baseline.plain import baseline_to_dict

            print_json(baseline_to_dict(found, record))
        else:
            from truceline.cli.baseline_text import show_baseline

            show_baseline(found, record, by)
    return outcome.code


def _measured(ground: "Ground", since: datetime | None, until: datetime | None) -> "tuple[Record, Baseline]":
    from truceline.tracking.baseline.measure import measure
    from truceline.tracking.statistics.gathering import material

    first, last = ground.period(since, until)
    made = material(ground.view, ground.agreement, ground.day, ground.knowledge)
    return made.record, measure(made.found, made.record, made.issues, made.counts, made.rules, first, last)


def _check(ground: "Ground", check: str, since: datetime | None, until: datetime | None, form: str) -> None:
    from truceline.cli.baseline_check import check_to_dict, checks, show_checks

    found = checks(ground, check, since, until)
    if form == "json":
        print_json([check_to_dict(one) for one in found])
    else:
        show_checks(found, ground.agreement)
