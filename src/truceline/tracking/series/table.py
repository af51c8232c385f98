"""Rows of a table of violations that stands as a table: a line of heads, cells parted by ``|`` or tabs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from truceline.knowledge.bulletins import RowWords, Template, Vocabulary
from truceline.knowledge.wordings import Slot, Word, Wording
from truceline.model import Flag, Moment, Span
from truceline.reading.words import Sentence
from truceline.tracking.series.marks import day_of
from truceline.tracking.series.page import Page
from truceline.tracking.series.periods import Timing
from truceline.tracking.series.sectors import bearings, references, sectors
from truceline.tracking.series.values import Period, Quoted, Row, Sector, Weapon

_MARK = re.compile(r"\t|\|")
_FEWEST_CELLS = 4
_INTEGER = re.compile(r"\d+")
_RULE = re.compile(r"[\s|:+-]*")
_CLOCK = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    span: Span


def table_rows(page: Page, template: Template, times: Timing) -> Iterator[Row]:
    """Every row below a line of heads that names at least an observer or place, a number and an observation."""
    words = template.rows
    assert words is not None
    columns: dict[str, int] = {}
    for line in _lines(page.parsed.text):
        cells = _cells(page.parsed.text, line)
        if len(cells) < _FEWEST_CELLS:
            if page.parsed.text[slice(*line)].strip() and not _RULE.fullmatch(page.parsed.text[slice(*line)]):
                columns = {}
            continue
        heads = _heads(page, cells)
        if heads:
            columns = heads
        elif columns and not _RULE.fullmatch(page.parsed.text[slice(*line)]):
            row = _row(page, template, words, times, line, {n: cells[i] for n, i in columns.items() if i < len(cells)})
            if row is not None:
                yield row


def in_table(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence is (part of) a line of a table, which is not prose."""
    text = page.parsed.text
    start = text.rfind("\n", 0, sentence.start) + 1
    end = text.find("\n", start)
    return len(_MARK.findall(text, start, end if end >= 0 else len(text))) >= _FEWEST_CELLS - 1


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line.rstrip("\r\n"))
        start += len(line)


def _cells(text: str, line: Span) -> list[_Cell]:
    start, end = line
    while start < end and text[start] in "| ":
        start += 1
    while end > start and text[end - 1] in "| ":
        end -= 1
    found, at = [], start
    for mark in [*_MARK.finditer(text, start, end), None]:
        stop = mark.start() if mark else end
        raw = text[at:stop]
        begin = at + len(raw) - len(raw.lstrip())
        found.append(_Cell(raw.strip(), (begin, begin + len(raw.strip()))))
        at = mark.end() if mark else end
    return found


def _heads(page: Page, cells: Sequence[_Cell]) -> dict[str, int]:
    """Which column stands where, if this is a line of heads."""
    found: dict[str, int] = {}
    for name, heads in page.tools.words.columns:
        for i, cell in enumerate(cells):
            if i not in found.values() and name not in found and any(head in cell.text.lower() for head in heads):
                found[name] = i
    enough = {"count", "observation"} <= found.keys() and ("observer" in found or "place" in found)
    return found if enough else {}


def _row(
    page: Page, template: Template, words: RowWords, times: Timing, line: Span, cells: dict[str, _Cell]
) -> Row | None:
    count, observed = cells["count"], cells["observation"]
    observation = _named(page, observed, words.observations)
    flags: list[Flag] = []
    number = _INTEGER.search(count.text.replace(",", ""))
    if not number:
        flags.append(
            Flag("unreadable_number", count.span, count.text, "the cell holds no number; no value is taken from it")
        )
    if observation is None:
        flags.append(
            Flag("unknown_observation", observed.span, observed.text, "the template names no such observation")
        )
    figure = float(number.group()) if number else None
    observer = cells.get("observer")
    seen = cells.get("place")
    weapon = cells.get("weapon")
    day, interval = _interval(page, template, times, cells)
    described = cells.get("description")
    text = page.parsed.text
    reference = references(text, *observer.span) if observer else ()
    return Row(
        span=line,
        text=text[slice(*line)],
        period=_period(times, day, interval),
        observation=observation or observed.text.lower(),
        count=figure,
        least=figure,
        most=figure,
        observer=_where(observer),
        control=_control(page, observer, words),
        reference=reference[0] if reference else None,
        region=_region(cells.get("region"), template, text, line),
        interval=interval,
        interval_text=cells["time"].text if "time" in cells else None,
        means=_named(page, cells["means"], words.means) if "means" in cells else None,
        description=_all_named(page, described, words.descriptions) if described else (),
        weapons=_weapons(page, weapon),
        sector=_sector(text, seen) if seen else None,
        by="table",
        flags=tuple(flags),
    )


def _weapons(page: Page, cell: _Cell | None) -> tuple[Weapon, ...]:
    """The weapon; a cell that only says "unknown" or has a dash names none.

    In such tables the column of weapons is what the observers made of what they heard or saw: an assessment.
    """
    if cell is None or not re.search(r"\w", cell.text) or cell.text.lower() in page.tools.words.unknown:
        return ()
    kind = next((i.kind for i in page.instruments if cell.span[0] <= i.span[0] < cell.span[1]), None)
    return (Weapon(cell.text, cell.span, kind, assessed=True),)


def _where(cell: _Cell | None) -> Quoted | None:
    return Quoted(cell.text, cell.span) if cell and cell.text else None


def _control(page: Page, cell: _Cell | None, words: RowWords) -> str | None:
    return _named(page, cell, words.control) if cell else None


def _region(cell: _Cell | None, template: Template, text: str, line: Span) -> Quoted | None:
    if cell and cell.text:
        return Quoted(cell.text, cell.span)
    for region in template.regions:
        at = text.find(region, *line)
        if at >= 0:
            return Quoted(region, (at, at + len(region)))
    return None


def _sector(text: str, cell: _Cell) -> Sector | None:
    found = sectors(text, *cell.span)
    if found:
        return found[0]
    named = bearings(cell.text)
    return Sector(cell.text, cell.span, None, named) if named else None


def _interval(
    page: Page, template: Template, times: Timing, cells: dict[str, _Cell]
) -> tuple[date | None, tuple[Moment, Moment] | None]:
    """The day of the row, and the clock times on it; a run of hours over midnight ends on the next day."""
    day = _day(page, cells)
    clock = cells.get("time")
    hours = _CLOCK.findall(clock.text) if clock else []
    if not hours:
        return day, (day, day + _ONE_DAY) if day else None
    on = day or times.main.day
    start, end = (datetime.combine(on, time(int(h), int(m)), template.zone) for h, m in (hours[0], hours[-1]))
    if len(hours) == 1:
        end = start + timedelta(minutes=1)
    return on, (start, end if end > start else end + _ONE_DAY)


def _day(page: Page, cells: dict[str, _Cell]) -> date | None:
    """The day that the cell of dates, else that of times, names."""
    for start, end in (cells[name].span for name in ("date", "time") if name in cells):
        for found in page.times:
            if start <= found.span[0] < end and found.start is not None and found.by.startswith("calendar"):
                return day_of(found.start)
    return None


def _period(times: Timing, day: date | None, interval: tuple[Moment, Moment] | None) -> Period:
    """The period of the bulletin that the row's time lies in."""
    for period in times.periods:
        if interval is not None and _within(interval[0], period):
            return period
    known = next((period for period in times.periods if period.day == day), None)
    return known or times.main


def _within(moment: Moment, period: Period) -> bool:
    clocked = isinstance(moment, datetime) and isinstance(period.start, datetime) and isinstance(period.end, datetime)
    return clocked and period.start <= moment < period.end


def _named(page: Page, cell: _Cell, vocabulary: Vocabulary) -> str | None:
    return next(iter(_all_named(page, cell, vocabulary)), None)


def _all_named(page: Page, cell: _Cell, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Names whose words a cell has; those of more words first, so that "illumination flare" comes before "flare"."""
    inside = page.parsed.covering(cell.span) if cell.text else []
    there = {form for i in inside for form in page.folded[i]}
    fits = [(len(plain), name) for name, wording in vocabulary if (plain := _plain(wording)) and plain <= there]
    return tuple(dict.fromkeys(name for _, name in sorted(fits, key=lambda pair: -pair[0])))


def _plain(wording: Wording) -> frozenset[str]:
    """The words of a wording that has nothing but words."""
    elements = [element for piece in wording.pieces for element in piece]
    return (
        frozenset(e.folded for e in elements if isinstance(e, Word))
        if all(isinstance(e, Word | Slot) for e in elements)
        else frozenset()
    )
