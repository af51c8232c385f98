"""What ``truceline bulletins series`` shows: bars, days with their words, flags; and its CSV."""

import csv
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from truceline.cli.bulletins_text import flat, moment_of, words_of
from truceline.cli.console import make_console, visible
from truceline.tracking.series import Bulletin, Point, Series, SeriesFlag, Value
from truceline.tracking.series.checks import figure

_BARS = "▁▂▃▄▅▆▇█"
_NOTHING = "·"
_TOLD = "●"
_COLUMNS = (
    *("day", "field", "kind", "unit", "place", "figure", "least", "most", "choice", "negated", "since"),
    *("current", "late", "revised", "document", "published", "start", "end", "text", "mark", "flags"),
)


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
                    Text.assemble(words_of(entry.value), (f" [{', '.join(marks)}]" if marks else "", "flag")),
                )
            if point.coverage:
                seen = "; ".join(dict.fromkeys(flat(value.text) for value in point.coverage))
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
                    flat(value.text),
                    flat(value.mark.text) if value.mark else "",
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
    return moment_of(bulletin.published or bulletin.issued)


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:.12g}"


def _yes(value: bool) -> str:
    return "true" if value else "false"
