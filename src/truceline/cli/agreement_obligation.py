"""One obligation for eyes: what, whose, when, what moved it, what bears on it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from rich.text import Text

from truceline.model import Moment

if TYPE_CHECKING:
    from truceline.knowledge import Agreement, ComputedDate, Obligation, Tie

Row = tuple[Text, Text]
_MANY = 3

LABEL = 11
"""Width of the labels beside an obligation."""

_SHOWS = {"begun": "begun", "partly": "carried out in part", "done": "carried out"}
_WHEN = {"before_due": ", before it is due", "after_due": ", after it is due", "any": ""}


def day(on: date) -> str:
    """``12 Jun 2024``."""
    return f"{on.day} {on:%b} {on.year}"


def unsure() -> Text:
    """How what the file is not sure of is marked."""
    return Text(" (not sure)", style="flag")


def obligation_head(obligation: "Obligation") -> Row:
    """Its number, where that is not its article's, and what it says."""
    own = obligation.id.partition("/")[2] or obligation.id
    says = Text(obligation.says, style="speaker")
    number = Text("" if own == obligation.article else own, style="speaker")
    return number, says if obligation.sure else says + unsure()


def obligation_rows(obligation: "Obligation", agreement: "Agreement", names: Mapping[str, str]) -> Iterator[Row]:
    """Label and text of each line about an obligation, below its head."""
    theme = f" · {obligation.theme}" if obligation.theme else ""
    yield _label("kind"), Text(f"{obligation.kind}{', kept up all the time' if obligation.continuous else ''}{theme}")
    yield _label("whose"), _whose(obligation, agreement, names)
    yield from _clock(obligation, agreement)
    for label, ties in (("questioned", obligation.questioned_by), ("served", obligation.served_by)):
        for i, tie in enumerate(ties):
            yield _label(label if i == 0 else ""), _tie(tie, names)
    yield from _remarks(obligation)


def _clock(obligation: "Obligation", agreement: "Agreement") -> Iterator[Row]:
    """When it is due, what moved that, what follows from it, what it waits for."""
    if obligation.due is not None:
        yield _label("due"), Text(_moment(obligation.due, agreement))
    yield from _moved(obligation, agreement)
    for i, computed in enumerate(obligation.computed):
        told = Text.assemble(f"{day(computed.on)}: {computed.what}", (f" ({_rule(computed)})", "aside"))
        yield _label("" if i else "reckoned"), told
    if obligation.depends_on:
        yield _label("after"), Text(", ".join(other.partition("/")[2] for other in obligation.depends_on))


def _remarks(obligation: "Obligation") -> Iterator[Row]:
    measures = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in obligation.parameters.items())
    for label, told in (("measure", measures), ("evidence", obligation.evidence), ("note", obligation.note)):
        if told:
            yield _label(label), Text(told)
    for variant in obligation.variants:
        differs = Text.assemble(f"{variant.says} ", (f"({variant.version})", "aside"))
        yield _label("differs"), differs if variant.sure else differs + unsure()
    if obligation.source:
        yield _label("source"), Text(", ".join(obligation.source), style="aside")


def _label(word: str) -> Text:
    return Text(word, style="aside")


def _whose(obligation: "Obligation", agreement: "Agreement", names: Mapping[str, str]) -> Text:
    """In alphabetical order; that it is everybody's is said in a word where there are many."""
    parties = [party.id for party in agreement.parties]
    if len(parties) > _MANY and set(obligation.obligor) == set(parties):
        return Text("all parties")
    obligors, implied = (
        ", ".join(sorted(names.get(who, who) for who in each)) for each in (obligation.obligor, obligation.implied)
    )
    return (
        Text(obligors)
        if obligors
        else Text.assemble("nobody is named", (f"; {implied} must be meant" if implied else "", "aside"))
    )


def _moved(obligation: "Obligation", agreement: "Agreement") -> Iterator[Row]:
    for change in obligation.changes:
        to = f"to {_moment(change.due, agreement)}: " if change.due is not None else ""
        on = f" on {day(change.announced)}" if change.announced else ""
        how = "by a document" if change.formal else "without a document"
        told = Text.assemble(f"{to}{change.what}", (f" · {change.by}{on}, {how}", "aside"))
        yield _label("moved" if to else "changed"), told if change.sure else told + unsure()


def _moment(moment: Moment, agreement: "Agreement") -> str:
    if not isinstance(moment, datetime):
        return day(moment)
    local = moment.astimezone(agreement.zone)
    return f"{day(local)} {local:%H:%M} {local.tzname()}"


def _rule(computed: "ComputedDate") -> str:
    """``effective + 5 years − 6 months``."""
    sizes = (("year", computed.years), ("month", computed.months), ("day", computed.days))
    steps = (
        f"{'−' if size < 0 else '+'} {abs(size)} {unit}{'' if abs(size) == 1 else 's'}" for unit, size in sizes if size
    )
    return " ".join((computed.start.rpartition("/")[2], *steps))


def _or(names: Sequence[str]) -> str:
    return " or ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _tie(tie: "Tie", names: Mapping[str, str]) -> Text:
    """``shelling, small arms fire by the obligor, at Lachin, after it is due → carried out``."""
    told = Text(", ".join(act.replace("_", " ") for act in tie.acts))
    for word, who in (("by", tie.by), ("to", tie.to)):
        if who:
            told.append(f" {word} {_or([_SIDES.get(name, names.get(name, name)) for name in who])}", style="aside")
    if tie.where:
        told.append(f" at {_or(tie.where)}", style="aside")
    told.append(_WHEN[tie.when], style="aside")
    if tie.shows:
        told.append(f" → {_SHOWS[tie.shows]}")
    if tie.note:
        told.append(f" ({tie.note})", style="aside")
    return told


_SIDES = {"obligor": "the obligor", "party": "any party", "monitor": "a monitor", "guarantor": "a guarantor"} | {
    "mediator": "a mediator",
    "media": "the media",
    "other": "others",
}
