"""``truceline review`` of obligations: what bears on one, and how it stands."""

from datetime import date
from typing import Any, Literal

import click

from truceline.cli.ledger_review import decide, review, shared
from truceline.errors import InputError

__all__ = ["as_day", "review"]


@review.command()
@click.argument("obligation")
@click.argument("targets", metavar="CLAIM|INCIDENT...", nargs=-1, required=True)
@click.option("--for", "side", flag_value="for", help="They speak for its being honoured.")
@click.option("--against", "side", flag_value="against", help="They speak against it.")
@shared
def tie(
    *, obligation: str, targets: tuple[str, ...], side: Literal["for", "against"] | None, reason: str, **options: Any
) -> int:
    """That claims bear on an obligation of the agreement, for or against it.

    An incident stands for all its claims. A person's tie stands above the rules of the agreement's file.
    """
    if side is None:
        raise click.UsageError("say --for or --against")
    return decide(lambda found: found.tie(obligation, *targets, side=side, reason=reason), options)


@review.command()
@click.argument("obligation")
@click.argument("targets", metavar="CLAIM|INCIDENT...", nargs=-1, required=True)
@shared
def untie(*, obligation: str, targets: tuple[str, ...], reason: str, **options: Any) -> int:
    """That claims bear not on an obligation, whatever the rules of the agreement's file say."""
    return decide(lambda found: found.tie(obligation, *targets, side="none", reason=reason), options)


@review.command()
@click.argument("obligation")
@click.argument("state", type=click.IntRange(0, 3), metavar="0-3")
@click.option("--since", metavar="DATE", help="The first day it holds.  [default: today]")
@shared
def obligation(*, obligation: str, state: int, since: str | None, reason: str, **options: Any) -> int:
    """How an obligation stands: 0 not initiated, 1 minimal, 2 intermediate, 3 full.

    It holds from a day on, until another is entered; what the rules propose stays beside it.
    """
    return decide(lambda found: found.assess_obligation(obligation, state, since=as_day(since), reason=reason), options)


def as_day(typed: str | None) -> date:
    """A day as somebody typed it; today when None.

    Raises:
        InputError: It is no day.
    """
    if typed is None:
        return date.today()
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as fault:
        raise InputError(f"{typed}: no such day; write 2020-12-31") from fault
