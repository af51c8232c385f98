"""``truceline review``: what persons decide. Every decision is an entry with its author and reason."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import click

from truceline.cli import faults
from truceline.cli.ledger_options import ledger, opened, person, print_json
from truceline.cli.options import CONTEXT, text_or_json, traceback

if TYPE_CHECKING:
    from truceline.ledger import Entry, Ledger

_reason = click.option("--reason", metavar="TEXT", default="", help="Why.")
_KINDS = click.Choice(("source", "claim", "incident"))
Kind = Literal["source", "claim", "incident"]


def shared(command: Callable[..., int]) -> Callable[..., int]:
    """The options of every decision."""
    for option in (traceback, text_or_json, person, ledger, _reason):
        command = option(command)
    return command


def decide(decision: Callable[["Ledger"], "Entry"], options: dict[str, Any]) -> int:
    """Enter a decision and tell of it."""
    with faults.told(traceback=options["traceback"]) as outcome, opened(options["where"], options["who"]) as found:
        entered = decision(found)
        if options["form"] == "json":
            print_json(entered.to_dict())
        else:
            click.echo(f"entry {entered.number}: {entered.kind} by {entered.who}")
    return outcome.code


@click.group(context_settings=CONTEXT)
def review() -> None:
    """Decide: states, grades, merges, corrections.

    A machine proposes, a person decides, and both are kept: each decision is an entry with your name, the time and your
    reason; the machine's own value stays beside it, and `undo` takes a decision back.
    """


@review.command()
@click.argument("claim")
@shared
def accept(*, claim: str, reason: str, **options: Any) -> int:
    """That a claim belongs to its incident."""
    return decide(lambda found: found.accept(claim, reason=reason), options)


@review.command()
@click.argument("claim")
@click.option("--entirely", is_flag=True, help="It belongs to no incident at all.")
@shared
def reject(*, claim: str, entirely: bool, reason: str, **options: Any) -> int:
    """That a claim does not belong to its incident."""
    return decide(lambda found: found.reject(claim, entirely=entirely, reason=reason), options)


@review.command()
@click.argument("incidents", metavar="INCIDENT INCIDENT...", nargs=-1, required=True)
@shared
def merge(*, incidents: tuple[str, ...], reason: str, **options: Any) -> int:
    """That several incidents are one."""
    return decide(lambda found: found.merge(*incidents, reason=reason), options)


@review.command()
@click.argument("incident")
@click.argument("claims", metavar="CLAIM...", nargs=-1, required=True)
@shared
def split(*, incident: str, claims: tuple[str, ...], reason: str, **options: Any) -> int:
    """That these claims of an incident speak of another one."""
    return decide(lambda found: found.split(incident, *claims, reason=reason), options)


@review.command()
@click.argument("one", metavar="DOCUMENT")
@click.argument("other", metavar="DOCUMENT")
@click.option("--independent", is_flag=True, help="They are not copies.")
@shared
def copies(*, one: str, other: str, independent: bool, reason: str, **options: Any) -> int:
    """That two documents go back to one origin."""
    return decide(lambda found: found.tell_copies(one, other, copies=not independent, reason=reason), options)


@review.command()
@click.argument("entry", type=click.IntRange(1))
@shared
def undo(*, entry: int, reason: str, **options: Any) -> int:
    """That an earlier decision (its entry's number) holds no longer."""
    return decide(lambda found: found.undo(entry, reason=reason), options)


@review.command()
@click.argument("kind", type=_KINDS)
@click.argument("target")
@click.argument("grade")
@shared
def grade(*, kind: Kind, target: str, grade: str, reason: str, **options: Any) -> int:
    """Grade a source A to F, a claim or an incident 1 to 6 (Admiralty).

    The reliability of a source and the credibility of what it says are graded independently of each other.
    """
    return decide(lambda found: found.grade(kind, target, grade, reason=reason), options)


@review.command()
@click.argument("incident")
@click.argument("state")
@click.option(
    "--to",
    "attribution",
    metavar="PARTY",
    help="Whom it is attributed to: a party, both, third, undetermined, declined.",
)
@click.option("--ruling", metavar="RULING", help="violation:ARTICLE, no_violation, out_of_scope.")
@shared
def state(
    *, incident: str, state: str, attribution: str | None, ruling: str | None, reason: str, **options: Any
) -> int:
    """Bring an incident to another state.

    alleged, logged, under_inquiry, not_inquirable, suspended, observed, corroborated, verified, refuted, unverifiable,
    attributed, ruled, closed; not each can follow on each.
    """
    return decide(
        lambda found: found.set_state(incident, state, reason=reason, attribution=attribution, ruling=ruling), options
    )


@review.command()
@click.argument("kind", type=_KINDS)
@click.argument("target")
@click.argument("says")
@shared
def assess(*, kind: Kind, target: str, says: str, reason: str, **options: Any) -> int:
    """Enter a judgement of your own words on a source, a claim or an incident."""
    words = f"{says} ({reason})" if reason else says
    return decide(lambda found: found.assess(kind, target, words), options)


@review.command()
@click.argument("target", metavar="CLAIM|DOCUMENT")
@click.argument("field")
@click.argument("value")
@shared
def correct(*, target: str, field: str, value: str, reason: str, **options: Any) -> int:
    """Set a field of a claim or a document; the machine's value stays beside it.

    VALUE is none for nothing, a party's id or a name for agent and patient, NAME or NAME@LAT,LON for place, DAY or DAY..DAY
    for when, killed=3 or killed=3-4 for counts, or JSON as `truceline show --format json` has it.
    """

    def enter(found: "Ledger") -> "Entry":
        return found.correct(target, field, found.typed_in(target, field, value), reason=reason)

    return decide(enter, options)
