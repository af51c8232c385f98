"""The matrix of an incident: questions down, versions across, each cell what that version says and how many say so."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from truceline.cli import wording
from truceline.cli.console import visible
from truceline.errors import InputError
from truceline.model import Contradiction, Incident, Value, Version, Witness

if TYPE_CHECKING:
    from truceline.knowledge import Agreement

LABELS = {
    "began": "who began",
    "what": "what",
    "when": "when",
    "where": "where",
    "weapons": "weapons",
    "control": "who holds it",
    "monitors": "monitors there",
    "invoked": "text invoked",
    "calls_for": "calls for",
    "known": "knows of it",
}
"""What the questions are called; casualties are called by what and whose."""

_STYLE = {"value": "", "denied": "italic"}  # every way of giving no value is an aside
_MOST = 4  # values in a cell; --cell shows all
_ROOM_FOR_OTHERS, _FEW = 96, 3
_LABEL_WIDTH = {80: 13, 100: 16, 120: 18}


def matrix(incident: Incident, agreement: "Agreement | None" = None, *, width: int = 100) -> RenderableType:
    """The matrix for a console.

    Args:
        incident: The incident.
        agreement: Gives the sides their names.
        width: Columns of the terminal; 80 to 120 look best.
    """
    names = {party: short(name) for party, name in _names(agreement).items()}
    parts: list[RenderableType] = [_header(incident, width), _body(incident, names, width)]
    parts += [Padding(Group(*_contradictions(incident, names)), (1, 0, 0, 0))] if incident.contradictions else []
    parts.append(Padding(Text(_legend(incident, agreement), style="aside"), (1, 0, 0, 0)))
    return Group(*parts)


def short(name: str) -> str:
    """A name for a narrow column: all but its first part by initials ("Armenia · NK")."""
    first, *others = name.split(" · ")
    return " · ".join([first, *("".join(word[:1] for word in re.split(r"[\s-]+", part)) for part in others)])


def cell(
    incident: Incident, field: str, witnesses: Iterable[Witness], agreement: "Agreement | None" = None
) -> RenderableType:
    """The sentences behind one question, version by version.

    Args:
        incident: The incident.
        field: The question, as the matrix or the JSON calls it.
        witnesses: The incident's claims with their documents.
        agreement: Gives the sides their names.

    Raises:
        InputError: The matrix has no such question; names those it has.
    """
    name = find_field(incident, field, agreement)
    known = {witness.claim.id: witness for witness in witnesses}
    parts: list[RenderableType] = [Text(f"{incident.title}: {label(name, _names(agreement))}", style="title")]
    for version in incident.versions:
        parts.append(
            Padding(Rule(Text(visible(version.name), style="heading"), align="left", style="aside"), (1, 0, 0, 0))
        )
        values = version.fields.get(name, ())
        parts += [line for value in values for line in _sentences(value, known)] or [
            Text("· says nothing", style="aside")
        ]
    return Group(*parts)


def to_dict(incident: Incident, agreement: "Agreement | None" = None) -> dict[str, Any]:
    """The matrix as JSON values: rows of questions, each with its cells by version."""
    names = _names(agreement)
    differ = {contradiction.field: contradiction.kind for contradiction in incident.contradictions}
    rows = []
    for field in fields(incident):
        cells = {
            version.party: [_value_dict(value) for value in version.fields.get(field, ())]
            for version in incident.versions
        }
        rows.append({"field": field, "label": label(field, names), "contradiction": differ.get(field), "cells": cells})
    return {
        "id": incident.id,
        "title": incident.title,
        "state": incident.state,
        "versions": [{"party": version.party, "name": version.name} for version in incident.versions],
        "rows": rows,
    }


def fields(incident: Incident) -> list[str]:
    """The questions that any version answers, in the order they are shown."""
    from truceline.incidents.fields import field_order

    return sorted({field for version in incident.versions for field in version.fields}, key=field_order)


def label(field: str, names: Mapping[str, str]) -> str:
    """What a question is called: "wounded, Azerbaijan"."""
    what, _, whose = field.partition(":")
    if not whose:
        return LABELS.get(what, what.replace("_", " "))
    return f"{what}, {'side not named' if whose == '?' else names.get(whose, whose)}"


def find_field(incident: Incident, field: str, agreement: "Agreement | None" = None) -> str:
    """The question that a name stands for: its key, what it is called, or the beginning of either.

    Raises:
        InputError: There is none, or several.
    """
    names = _names(agreement)
    known = {one: (one, label(one, names).casefold()) for one in fields(incident)}
    wanted = field.strip().casefold()
    exact = [one for one, called in known.items() if wanted in called]
    found = exact or [one for one, called in known.items() if any(word.startswith(wanted) for word in called)]
    if len(found) != 1:
        listed = ", ".join(f"“{called[1]}”" for called in known.values())
        raise InputError(
            f"--cell {field}: {'no such question' if not found else 'several questions'}; there are {listed}"
        )
    return found[0]


# ---- the head ----


def _header(incident: Incident, width: int) -> RenderableType:
    touched = [touch.obligation.partition("/")[2] for touch in incident.obligations if touch.side == "questioned"]
    status = f"{incident.state} · " + (
        f"obligation {', '.join(touched)} in question" if touched else "no obligation in question"
    )
    origins = len(incident.lineages)
    counts = " · ".join(
        _plural(number, noun)
        for number, noun in (
            (len(incident.claims), "claim"),
            (len(incident.documents), "document"),
            (origins, "independent origin"),
            (len(incident.contradictions), "contradiction"),
        )
    )
    grid = Table.grid(expand=True, padding=(0, 1))
    grid.add_column(ratio=1)
    grid.add_column(justify="right")
    first, second = Text(visible(incident.title), style="title"), Text(status, style="aside")
    when, how_many = Text(_when(incident), style="time"), Text(counts, style="aside")
    if width < 100:
        return Group(first, second, when, how_many)
    grid.add_row(first, second)
    grid.add_row(when, how_many)
    return grid


def _when(incident: Incident) -> str:
    when = incident.when
    if when is None:
        return "no day given"
    if isinstance(when.start, datetime):
        return f"{'about ' if when.precision == 'time' else 'from '}{wording.day(when.start)}"
    return (
        wording.day(when.start)
        if when.precision == 1
        else f"between {wording.day(when.start)} and {wording.day(when.end)}"
    )


# ---- the table ----


def _body(incident: Incident, names: Mapping[str, str], width: int) -> RenderableType:
    differ = {contradiction.field for contradiction in incident.contradictions}
    table = Table(
        box=box.SIMPLE_HEAD,
        expand=True,
        padding=(0, 1, 0, 0),
        show_edge=False,
        header_style="heading",
        border_style="aside",
    )
    table.add_column("", width=next((w for most, w in _LABEL_WIDTH.items() if width <= most), 18), overflow="fold")
    table.add_column("", width=1, style="flag")
    versions = [version for version in incident.versions if _fits(version, incident, width)]
    for version in versions:
        table.add_column(Text(visible(names.get(version.party, version.name))), ratio=1, overflow="fold")
    section = 0
    for field in fields(incident):
        if (begins := _section(field)) != section:
            table.add_row()
            section = begins
        cells = [_cell(version, field, names) for version in versions]
        table.add_row(Text(label(field, names)), "≠" if field in differ else "", *cells)
    left_out = [
        Text(f"{v.name}: --cell, or a wider terminal", style="aside") for v in incident.versions if v not in versions
    ]
    return Padding(Group(table, Rule(style="aside"), *left_out), (1, 0, 0, 0))


def _fits(version: Version, incident: Incident, width: int) -> bool:
    """In a narrow terminal the parties and the monitor stay; what others say in their own voice waits."""
    return version.party != "others" or width >= _ROOM_FOR_OTHERS or len(incident.versions) <= _FEW


def _section(field: str) -> int:
    """The occurrence, its victims, and what was said beside it stand apart."""
    what, _, whose = field.partition(":")
    return 1 if whose else 2 if what in {"control", "monitors", "invoked", "calls_for", "known"} else 0


def _cell(version: Version, field: str, names: Mapping[str, str]) -> RenderableType:
    values = version.fields.get(field, ())
    if not values:
        return Text("·", style="aside")
    grid = Table.grid(expand=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(justify="right", style="aside", no_wrap=True)
    several = len([value for value in values if value.stance in _STYLE]) > 1 and ":" in field
    for value in values[:_MOST]:
        text = Text(visible(_shown(value, names)), style=_STYLE.get(value.stance, "aside"))
        if several and value.speakers:
            text.append(f" ({visible(_brief(value))})", style="aside")
        grid.add_row(text, f" {len(value.documents)}|{len(value.lineages)}" if value.lineages else "")
    if len(values) > _MOST:
        grid.add_row(Text(f"and {len(values) - _MOST} more", style="aside"), "")
    return grid


def _shown(value: Value, names: Mapping[str, str] = MappingProxyType({})) -> str:
    if value.key in names:
        return ("not " if value.stance == "denied" else "") + names[value.key]
    return f"not {value.text.removeprefix('not ')}" if value.stance == "denied" else value.text


def _brief(value: Value) -> str:
    return value.speakers[0] + (f" and {len(value.speakers) - 1} more" if len(value.speakers) > 1 else "")


def _contradictions(incident: Incident, names: Mapping[str, str]) -> Iterator[RenderableType]:
    voices = {version.party: names.get(version.party, version.name) for version in incident.versions}
    for contradiction in incident.contradictions:
        yield Text.assemble(
            ("≠ ", "flag"), (label(contradiction.field, names), "heading"), (f" {contradiction.kind}: ", "aside"),
            visible(_sides(contradiction, voices)),
        )  # fmt: skip


def _sides(contradiction: Contradiction, voices: Mapping[str, str]) -> str:
    said: dict[str, list[str]] = {}
    for held in contradiction.values:
        said.setdefault(voices.get(held.party, held.party), []).append(_shorter(held.value))
    return " | ".join(f"{who} says {', '.join(values)}" for who, values in said.items())


def _shorter(value: str) -> str:
    denied, name = value.startswith("not: "), short(value.removeprefix("not: "))
    return f"not {name}" if denied else name


def _legend(incident: Incident, agreement: "Agreement | None") -> str:
    shown = [version.fields[field] for version in incident.versions for field in version.fields]
    most = max(
        (value for values in shown for value in values if value.lineages), key=lambda v: len(v.documents), default=None
    )
    example = "" if most is None else (
        f"{len(most.documents)}|{len(most.lineages)} = {_plural(len(most.documents), 'document')} of "
        f"{_plural(len(most.lineages), 'independent origin')}    "
    )  # fmt: skip
    differ = "    ≠ = versions that cannot both hold" if incident.contradictions else ""
    parts = {part for name in _names(agreement).values() for part in name.split(" · ")[1:]}
    initials = "".join(f"    {short(f' · {part}').removeprefix(' · ')} = {part}" for part in sorted(parts))
    return f"{example}· = says nothing{differ}{initials}\ntruceline matrix {incident.id} --cell QUESTION shows the sentences"


# ---- the sentences of a cell ----


def _sentences(value: Value, witnesses: Mapping[str, Witness]) -> Iterator[RenderableType]:
    support = f"{_plural(len(value.documents), 'document')} of {_plural(len(value.lineages), 'independent origin')}"
    yield Text.assemble((visible(_shown(value)), "modality"), (f"  {support}" if value.lineages else "", "aside"))
    behind = [witnesses[id_] for id_ in value.claims if id_ in witnesses]
    for witness in sorted(behind, key=lambda w: (str(w.document.published or "~"), w.document.id, w.claim.span)):
        claim, document = witness.claim, witness.document
        start, end = claim.sentence
        text = Text(visible(document.text[start:end]))
        text.stylize("act", max(0, claim.span[0] - start), max(0, claim.span[1] - start))
        who = " ▸ ".join(visible(" ".join(speaker.text.split())) for speaker in claim.speakers)
        published = wording.day(document.published) if document.published else "no publication date"
        yield Padding(text, (0, 0, 0, 2))
        source = " · ".join(part for part in (visible(document.publisher or "no publisher"), published, who) if part)
        yield Padding(Text(f"— {source}", style="aside"), (0, 0, 0, 4))


def _value_dict(value: Value) -> dict[str, Any]:
    return {
        "value": value.key,
        "text": value.text,
        "stance": value.stance,
        "speakers": list(value.speakers),
        "claims": list(value.claims),
        "documents": len(value.documents),
        "origins": len(value.lineages),
    }


def _names(agreement: "Agreement | None") -> dict[str, str]:
    return {party.id: party.name for party in agreement.parties} if agreement else {}


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
