"""What ``truceline bulletins`` shows for eyes, and its CSV: templates, one bulletin, series with their flags."""

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from truceline.cli.console import make_console, visible
from truceline.knowledge.bulletins import BulletinField, Template
from truceline.model import Moment, Offset
from truceline.tracking.series import Bulletin, Point, Row, Sector, Series, SeriesFlag, Value
from truceline.tracking.series.checks import figure

_BARS = "▁▂▃▄▅▆▇█"
_NOTHING = "·"
_TOLD = "●"
_COLUMNS = (
    *("day", "field", "kind", "unit", "place", "figure", "least", "most", "choice", "negated", "since"),
    *("current", "late", "revised", "document", "published", "start", "end", "text", "mark", "flags"),
)
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
        console.print(Text(visible(f"{_moment(period.start)} to {_moment(period.end)}   {period.by}"), "aside"))
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
    words = Text.assemble((_words(value), ""), (f" {value.span[0]}–{value.span[1]}", "aside"))
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


def series_table(series: Series) -> None:
    """All fields: a line each with its run of days, the newest value, and how many flags it has; then the flags."""
    console = make_console()
    _heading(console, series)
    table = Table(box=None, header_style="heading", padding=(0, 2, 0, 0))
    for head in ("field", "where", "days", "newest", "unit", ""):
        table.add_column(head, justify="right" if head == "newest" else "left", no_wrap=head in {"field", "days"})
    for field in series.template.fields:
        for place, run in _runs(series.of(field.id)):
            newest = run[-1].current
            flags = sum(1 for flag in series.flags if flag.field == field.id and (flag.place or "") == place)
            table.add_row(
                field.id,
                Text(visible(place)),
                _strip(run, series.days),
                Text(figure(newest), "count"),
                run[-1].unit or "",
                Text(f"{flags} !" if flags else "", "flag"),
            )
    console.print(table)
    console.print(Text(f"{_NOTHING} not told   {_TOLD} told   bars from the lowest to the highest of a field", "aside"))
    _show_flags(console, series.flags)


def series_days(series: Series) -> None:
    """Each field day by day, with every bulletin's words."""
    console = make_console()
    _heading(console, series)
    for field in series.template.fields:
        points = series.of(field.id)
        if not points:
            continue
        console.print(Text.assemble((f"\n{field.id}", "title"), (f"  {visible(field.what)}, {field.kind}", "aside")))
        table = Table.grid(padding=(0, 2))
        for point in sorted(points, key=lambda point: (point.day, point.place or "")):
            for entry in reversed(point.entries):
                current = entry is point.entries[-1]
                again = "also " if entry.value.told() == point.current.told() else "was "
                marks = [*(["revised"] if current and point.revised else []), *(["late"] if entry.late else [])]
                marks += [flag.kind.replace("_", " ") for flag in entry.value.flags]
                table.add_row(
                    point.day.isoformat() if current else "",
                    Text(visible(point.place or "")),
                    Text(figure(entry.value) if current else again + figure(entry.value), "count"),
                    Text(_published(entry.bulletin), "aside"),
                    Text.assemble(_words(entry.value), (f" [{', '.join(marks)}]" if marks else "", "flag")),
                )
            if point.coverage:
                seen = "; ".join(dict.fromkeys(_flat(value.text) for value in point.coverage))
                table.add_row("", "", "", Text("could see", "aside"), Text(f"“{seen}”", "aside"))
        console.print(table)
    _show_flags(console, series.flags)


def series_csv(series: Series) -> None:
    """One line for each value of each bulletin; ``current`` marks the newest of those on one thing."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(_COLUMNS)
    for point in series.points:
        for entry in point.entries:
            value = entry.value
            out.writerow(
                [
                    point.day.isoformat(),
                    point.field,
                    point.kind,
                    point.unit or "",
                    point.place or "",
                    *(_number(number) for number in (value.figure, value.least, value.most)),
                    value.choice or "",
                    _yes(value.negated),
                    value.since.isoformat() if value.since else "",
                    _yes(entry is point.entries[-1]),
                    _yes(entry.late),
                    _yes(point.revised),
                    entry.bulletin.document,
                    _published(entry.bulletin),
                    *value.span,
                    _flat(value.text),
                    _flat(value.mark.text) if value.mark else "",
                    " ".join(_kinds(series.flags, point, value)),
                ]
            )


def _kinds(flags: Iterable[SeriesFlag], point: Point, value: Value) -> list[str]:
    of_series = [f.kind for f in flags if (f.field, f.place, f.day) == (point.field, point.place, point.day)]
    return sorted({*of_series, *(flag.kind for flag in value.flags)})


def _heading(console: Console, series: Series) -> None:
    days = series.days
    count = len(series.bulletins)
    console.print(Text(visible(series.template.title), "title"))
    span = f", {days[0].isoformat()} to {days[-1].isoformat()}" if days else ""
    console.print(Text(f"{count} bulletin{'' if count == 1 else 's'}{span}", "aside"))


def _show_flags(console: Console, flags: Sequence[SeriesFlag]) -> None:
    if not flags:
        console.print(Text("\nnothing to look at", "aside"))
        return
    console.print(Text("\nTo be looked at", "heading"))
    table = Table.grid(padding=(0, 2))
    for flag in flags:
        what = " ".join(part for part in (flag.field, f"in {flag.place}" if flag.place else "") if part)
        table.add_row(
            flag.day.isoformat(),
            Text(flag.kind.replace("_", " "), "flag"),
            Text(visible(what)),
            Text(visible(flag.why)),
        )
    console.print(table)


def _runs(points: Sequence[Point]) -> list[tuple[str, list[Point]]]:
    """Points by place; by day within it."""
    ordered = sorted(points, key=lambda point: (point.place or "", point.day))
    return [(place, list(run)) for place, run in groupby(ordered, key=lambda point: point.place or "")]


def _strip(run: Sequence[Point], days: Sequence[date]) -> str:
    """A bar for each day with a number, a dot for a day without; a mark for what is only told or not."""
    told = {point.day: point.current.figure for point in run}
    last = max([*days, *told], default=None)
    first = min([*days, *told], default=None)
    if last is None or first is None:
        return ""
    numbers = [number for number in told.values() if number is not None]
    low, high = (min(numbers), max(numbers)) if numbers else (0.0, 0.0)
    marks = []
    for n in range((last - first).days + 1):
        day = date.fromordinal(first.toordinal() + n)
        number = told.get(day)
        marks.append((_TOLD if day in told else _NOTHING) if number is None else _bar(number, low, high))
    return "".join(marks)


def _bar(number: float, low: float, high: float) -> str:
    if high <= low:
        return _BARS[3] if number else _BARS[0]
    return _BARS[round((number - low) / (high - low) * (len(_BARS) - 1))]


def _published(bulletin: Bulletin) -> str:
    return _moment(bulletin.published or bulletin.issued)


def _moment(moment: Moment) -> str:
    return moment.isoformat(" ", "minutes") if isinstance(moment, datetime) else moment.isoformat()


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:.12g}"


def _yes(value: bool) -> str:
    return "true" if value else "false"


def _words(value: Value) -> str:
    """The words of a value with those that say over which time it counts, in the order of the text."""
    mark = value.mark
    if mark is None or (value.span[0] <= mark.span[0] and mark.span[1] <= value.span[1]):
        return f"“{_flat(value.text)}”"
    parts = (
        [_flat(value.text), _flat(mark.text)] if value.span[0] < mark.span[0] else [_flat(mark.text), _flat(value.text)]
    )
    return f"“{' … '.join(parts)}”"


def _flat(text: str) -> str:
    return visible(" ".join(text.split()))
