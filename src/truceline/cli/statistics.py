"""``truceline statistics``: counts by a counting rule, casualties by side and status, all with bounds; CSV and plots."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from truceline.cli import faults
from truceline.cli.ledger_options import ledger, print_json
from truceline.cli.options import traceback
from truceline.cli.tracked import as_published, since, tracked, until

if TYPE_CHECKING:
    from truceline.tracking.statistics.bounds import Bounds
    from truceline.tracking.statistics.counting import By, Row
    from truceline.tracking.statistics.coverage import Sight
    from truceline.tracking.statistics.gathering import Statistics
    from truceline.tracking.statistics.rules import Rule

_MOST_DAYS = 400  # a plot of more goes by weeks


@click.command()
@click.option(
    "--rule",
    type=click.Choice(("incident", "claim", "lineage", "party")),
    default="incident",
    show_default=True,
    help="Count each incident once; each claim of one once; each independent origin once an incident; or as each party counts, "
    "with its own summaries.",
)
@click.option(
    "--by",
    type=click.Choice(("day", "week", "party", "place")),
    default="week",
    show_default=True,
    help="Rows of the table; party: who is named as having begun.",
)
@click.option(
    "--table",
    type=click.Choice(("incidents", "casualties")),
    default="incidents",
    show_default=True,
    help="What CSV has.",
)
@click.option(
    "--plot",
    type=click.Choice(("incidents", "parties")),
    default="incidents",
    show_default=True,
    help="What SVG shows, day by day: the least and the greatest number of incidents, or the series of each party.",
)
@since
@until
@ledger
@as_published
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "csv", "svg")),
    default="text",
    show_default=True,
    help="text, JSON, CSV, or a plot as SVG.",
)
@traceback
def statistics(
    *,
    rule: "Rule",
    by: "By",
    table: str,
    plot: str,
    since: datetime | None,
    until: datetime | None,
    where: str,
    as_of: str | None,
    form: str,
    traceback: bool,
) -> int:
    """Alleged breaches and casualties, never one number where sources differ.

    Numbers are min–max. Every table says by which rule it counts and how much could be seen.
    """
    with faults.told(traceback=traceback) as outcome, tracked(where, as_of) as ground:
        from truceline.tracking.statistics import gathering
        from truceline.tracking.statistics.plain import statistics_to_dict

        first, last = ground.period(since, until)
        made = gathering.material(ground.view, ground.agreement, ground.day, ground.knowledge)
        if form == "svg":
            from truceline.tracking.plots import incident_plot, party_plot

            bins: By = "day" if (last - first).days < _MOST_DAYS else "week"
            found = gathering.statistics(made, "party", bins, first, last)
            click.echo(incident_plot(found) if plot == "incidents" else party_plot(found), nl=False)
            return outcome.code
        found = gathering.statistics(made, rule, by, first, last)
        if form == "json":
            print_json(statistics_to_dict(found))
        elif form == "csv":
            from truceline.cli.csv_text import print_csv

            print_csv(_incident_rows(found) if table == "incidents" else _casualty_rows(found))
        else:
            from truceline.cli.statistics_text import show_statistics

            show_statistics(found, made.rules)
    return outcome.code


def _incident_rows(found: "Statistics") -> Iterable[dict[str, Any]]:
    voices = _voices(found)
    for row in found.rows:
        yield {
            found.by: row.key,
            "first_day": row.first,
            "last_day": row.last,
            "rule": found.rule,
            **_bounds("incidents", row.number),
            **{key: value for name, bounds in row.standing.items() for key, value in _bounds(name, bounds).items()},
            **{key: value for voice in voices for key, value in _bounds(voice, row.by_voice.get(voice)).items()},
            **_seen(found, row),
        }


def _seen(found: "Statistics", row: "Row") -> dict[str, int]:
    """How many days of the row had what could be seen; of the whole period where the row is no time."""
    first, last = row.first or found.since, row.last or found.until
    sights: tuple[Sight, ...] = ("bulletin", "quoted", "documents", "nothing")
    return {f"days_{sight}": found.coverage.between(first, last, sight) for sight in sights}


def _casualty_rows(found: "Statistics") -> Iterable[dict[str, Any]]:
    voices = _voices(found)
    for toll in found.tolls:
        yield {
            "what": toll.what,
            "side": toll.side,
            **_bounds("all", toll.number),
            **{
                key: value
                for status, bounds in toll.by_status.items()
                for key, value in _bounds(status, bounds).items()
            },
            **{key: value for voice in voices for key, value in _bounds(voice, toll.by_voice.get(voice)).items()},
            "incidents": len(toll.incidents),
            "incidents_differing": len(toll.differing),
        }


def _voices(found: "Statistics") -> tuple[str, ...]:
    from truceline.tracking.statistics.naming import voices

    return voices(found.agreement)


def _bounds(name: str, bounds: "Bounds | None") -> dict[str, int | None]:
    """Two columns: empty where nothing is said, the upper one empty where there is no upper bound."""
    return {
        f"{name}_min": bounds.min if bounds is not None else None,
        f"{name}_max": bounds.max if bounds is not None else None,
    }
