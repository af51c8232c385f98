"""What ``truceline bulletins`` shows for eyes: templates, and one bulletin."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from truceline.cli.console import make_console, visible
from truceline.knowledge.bulletins import BulletinField, Template
from truceline.model import Moment, Offset
from truceline.tracking.series import Bulletin, Row, Sector, Value
from truceline.tracking.series.checks import figure

_POINTS_OF_COMPASS = [
    "N",
    "NNE",
    "NE",
    "ENE",
    "E",
    "ESE",
    "SE",
    "SSE",
    "S",
    "SSW",
    "SW",
    "WSW",
    "W",
    "WNW",
    "NW",
    "NNW",
]


def template_dict(template: Template, name: str) -> dict[str, Any]:
    """A template as JSON values."""
    return {
        "name": name,
        "id": template.id,
        "title": template.title,
        "source": template.source,
        "publishers": list(template.publishers),
        "headings": [wording.text for wording in template.headings],
        "covers": template.covers,
        "fields": [
            {
                "id": field.id,
                "what": field.what,
                "kind": field.kind,
                "unit": field.unit,
                "total_of": field.total_of,
                "since": field.since.isoformat() if field.since else None,
                "choices": sorted({choice for choice, _ in field.wordings if choice}),
            }
            for field in template.fields
        ],
        "rows": sorted({name for name, _ in template.rows.observations}) if template.rows else [],
    }


def template_list(known: Mapping[str, Template]) -> None:
    """The templates, one a line."""
    console = make_console()
    table = Table.grid(padding=(0, 2))
    for name, template in known.items():
        rows = " and a table of violations" if template.rows else ""
        table.add_row(Text(name, "title"), Text(visible(template.title)), f"{len(template.fields)} fields{rows}")
    console.print(table if known else "no templates")


def template_page(template: Template) -> None:
    """One template: whose, which period, which fields."""
    console = make_console()
    console.print(Text(visible(template.title), "title"))
    covers = {
        "day_of_issue": "the day of issue",
        "day_before": "the day before it was issued",
        "to_clock": f"24 hours up to {template.clock:%H:%M}",
    }[template.covers]
    console.print(Text(f"{template.id}   on {covers}   {template.zone}", "aside"))
    table = Table(box=None, header_style="heading", padding=(0, 2, 0, 0))
    for head in ("field", "what", "kind", "unit"):
        table.add_column(head)
    for field in template.fields:
        kind = f"total of {field.total_of}" if field.total_of else field.kind
        table.add_row(field.id, Text(visible(field.what)), kind, field.unit or "")
    console.print(table)


def bulletin_page(bulletin: Bulletin, template: Template) -> None:
    """One bulletin: its periods, its values with their words, its rows."""
    console = make_console()
    named = bulletin.title or f"{bulletin.publisher or bulletin.document}, {bulletin.issued.isoformat()}"
    console.print(Text(visible(named), "title"))
    for period in bulletin.periods:
        console.print(Text(visible(f"{moment_of(period.start)} to {moment_of(period.end)}   {period.by}"), "aside"))
    table = Table.grid(padding=(0, 2))
    for value in bulletin.values:
        table.add_row(*_value_cells(value, template.field(value.field)))
    console.print(table)
    if bulletin.rows:
        console.print(Text("\nTable of violations", "heading"))
        for row in bulletin.rows:
            _show_row(console, row)
    for flag in bulletin.flags:
        console.print(Text(visible(f"! {flag.kind.replace('_', ' ')}: {flag.why}"), "flag"))
    console.print()


def _value_cells(value: Value, field: BulletinField) -> tuple[Text, ...]:
    marks = [flag.kind.replace("_", " ") for flag in value.flags]
    told = f"{figure(value)}{f' {value.unit}' if value.unit and value.figure is not None else ''}"
    where = [value.period.day.isoformat()]
    where += [f"since {value.since.isoformat()}"] if value.since else []
    where += [f"in {value.place.text}"] if value.place else []
    words = Text.assemble((words_of(value), ""), (f" {value.span[0]}–{value.span[1]}", "aside"))
    if marks:
        words.append(f" [{', '.join(marks)}]", "flag")
    return Text(field.id), Text(visible(told), "count"), Text(visible(" ".join(where)), "time"), words


def _show_row(console: Console, row: Row) -> None:
    described = f" ({', '.join(row.description).replace('_', ' ')})" if row.description else ""
    what = f"{figure_of(row.count, row.least, row.most)} × {row.observation.replace('_', ' ')}{described}"
    parts = [what, row.means or "means not told"]
    parts += [_sector(row.sector)] if row.sector else []
    parts += [f"assessed as {weapon.text}" if weapon.assessed else weapon.text for weapon in row.weapons]
    parts += [f"flew {_compass(row.flight[0])} to {_compass(row.flight[1])}"] if row.flight else []
    console.print(Text("  " + visible("; ".join(parts))))
    observer = row.observer.text if row.observer else "a place not told"
    beside = [part for part in (row.control, _reference(row.reference)) if part and part not in observer]
    when = [row.interval_text] if row.interval_text else []
    console.print(Text(visible("      seen from " + ", ".join([observer, *beside, *when])), "aside"))


def figure_of(count: float | None, least: float | None, most: float | None) -> str:
    """A row's count: ``4``, ``about 30``, ``?`` when unreadable."""
    if count is None:
        return "?"
    return f"{count:,.0f}" if least == most else f"about {count:,.0f}"


def _sector(sector: Sector) -> str:
    km = "" if sector.km is None else f"{_km(sector.km)} km "
    return f"{km}{' and '.join(_compass(b) for b in sector.bearings)} of the observer"


def _reference(reference: Offset | None) -> str:
    if reference is None or reference.km is None:
        return ""
    return f"{_km(reference.km)} km {' and '.join(_compass(b) for b in reference.bearings)} of {reference.other}"


def _km(km: tuple[float, float]) -> str:
    return f"{km[0]:g}" if km[0] == km[1] else f"{km[0]:g}–{km[1]:g}"


def _compass(bearing: float) -> str:
    return _POINTS_OF_COMPASS[round(bearing / 22.5) % 16]


def moment_of(moment: Moment) -> str:
    """A day, or a minute of a day."""
    return moment.isoformat(" ", "minutes") if isinstance(moment, datetime) else moment.isoformat()


def words_of(value: Value) -> str:
    """The words of a value with those that say over which time it counts, in the order of the text."""
    mark = value.mark
    if mark is None or (value.span[0] <= mark.span[0] and mark.span[1] <= value.span[1]):
        return f"“{flat(value.text)}”"
    parts = [flat(value.text), flat(mark.text)] if value.span[0] < mark.span[0] else [flat(mark.text), flat(value.text)]
    return f"“{' … '.join(parts)}”"


def flat(text: str) -> str:
    """Words on one line, with what could steer a terminal made visible."""
    return visible(" ".join(text.split()))
