"""Plots as SVG of our own: no library, no outside request, light and dark, with title and description for who cannot see them.

One hue for every voice: no colour says who is right. What is certain is filled, what is alleged beyond that is hatched, so that
the picture holds in black and white too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from truceline.incidents.voices import MONITOR, OTHERS
from truceline.tracking.statistics.bounds import NONE, Bounds
from truceline.tracking.statistics.counting import Row
from truceline.tracking.statistics.coverage import Coverage, Sight
from truceline.tracking.statistics.gathering import Statistics
from truceline.tracking.statistics.naming import voices

_WIDTH, _LEFT, _RIGHT, _TOP = 960, 56, 24, 64
_PANEL, _GAP, _STRIP, _FOOT = 190, 34, 12, 78
_SMALL_PANEL = 84
_ROOM = 4  # pixels: narrower columns stand without a gap
_MOST_TICKS = 5
_MOST_LABELS = 9

_INK, _ASIDE, _LINE, _PAPER, _BAND = "ink", "aside", "line", "paper", "band"
_LIGHT = {_INK: "#1f2328", _ASIDE: "#59636e", _LINE: "#d1d9e0", _PAPER: "#ffffff", _BAND: "#5b6bb0"}
_DARK = {_INK: "#e6e9ee", _ASIDE: "#9aa4b0", _LINE: "#3a424c", _PAPER: "#15191e", _BAND: "#93a2e4"}
# Each colour in its own rule and none by var(): not every program that shows SVG knows variables.
_FILLED = {
    "paper": _PAPER,
    "ink": _INK,
    "aside": _ASIDE,
    "sure": _BAND,
    "bulletin": _INK,
    "quoted": _INK,
    "documents": _INK,
}
_STROKED = {"line": _LINE, "edge": _BAND, "hatch": _BAND, "nothing": _LINE}
_SHAPES = """
text { font-family: system-ui, sans-serif; font-size: 13px; }
.title { font-size: 17px; font-weight: 600; } .small { font-size: 12px; }
.line, .edge, .nothing { fill: none; } .edge { stroke-width: 1.5; } .hatch { stroke-width: 1.6; }
.may { fill: url(#hatch); } .hit { fill: #000; fill-opacity: 0; } .quoted { fill-opacity: .55; } .documents { fill-opacity: .22; }
""".strip()


_SIGHTS: dict[Sight, str] = {
    "bulletin": "monitor's bulletin",
    "quoted": "monitor passed on by others",
    "documents": "other documents",
    "nothing": "nothing published",
}


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a panel lies, and how high a number stands in it."""

    top: float
    height: float
    columns: int
    most: int

    def x(self, column: float) -> float:
        return _LEFT + column * (_WIDTH - _LEFT - _RIGHT) / self.columns

    def y(self, number: float) -> float:
        return self.top + self.height * (1 - number / self.most)

    def column(self, i: int) -> tuple[float, float]:
        """Where a column begins and how wide it is: a little apart from the next where there is room."""
        wide = self.x(i + 1) - self.x(i)
        gap = 1.0 if wide > _ROOM else 0.0
        return self.x(i) + gap / 2, wide - gap

    @property
    def bottom(self) -> float:
        return self.top + self.height


def incident_plot(found: Statistics) -> str:
    """Incidents per day or week as a band: at least what is corroborated or verified, at most what anyone alleges or counts.

    Args:
        found: Statistics by the rule "as each party counts", by day or week.
    """
    bounds = [_band(row) for row in found.rows]
    frame = _Frame(_TOP, _PANEL, max(1, len(bounds)), _scale(bounds))
    body = [*_axis(frame, found.rows), *_area(frame, bounds), *_strip(frame, found)]
    body += _hits(frame, found, [f"{one} incidents" for one in bounds])
    body += _legend(frame.bottom + _GAP + _STRIP + 26, "corroborated or verified", "alleged by anyone, or in a summary")
    title = f"Incidents per {found.by}, {found.agreement.id}"
    return _svg(title, _told(found, bounds), _span(found), body, frame.bottom + _GAP + _STRIP + _FOOT)


def party_plot(found: Statistics) -> str:
    """The series of each voice, one panel each on one scale: parties in alphabetical order, others, the monitor last.

    Args:
        found: Statistics by the rule "as each party counts", by day or week.
    """
    series = {voice: [row.by_voice.get(voice, NONE) for row in found.rows] for voice in voices(found.agreement)}
    most = _scale([one for bounds in series.values() for one in bounds])
    body: list[str] = []
    top, frame = float(_TOP), _Frame(_TOP, _SMALL_PANEL, max(1, len(found.rows)), most)
    told = []
    for voice, bounds in series.items():
        frame = _Frame(top + 20, _SMALL_PANEL, max(1, len(found.rows)), most)
        name = voice_name(found, voice)
        body.append(_text(_LEFT, top + 12, name, "ink"))
        body += [*_axis(frame, found.rows if voice == tuple(series)[-1] else ()), *_area(frame, bounds)]
        body += _hits(frame, found, [f"{name}: {one}" for one in bounds])
        told.append(f"{name} {sum(one.min for one in bounds)} at least")
        top = frame.bottom + 12
    body += _strip(frame, found)
    body += _legend(frame.bottom + _GAP + _STRIP + 26, "at least", "at most")
    title = f"Incidents per {found.by} as each party counts them, {found.agreement.id}"
    desc = f"{_span(found)}. Sums of the {found.by}s: {'; '.join(told)}. {_seen(found.coverage)}"
    return _svg(title, desc, _span(found), body, frame.bottom + _GAP + _STRIP + _FOOT)


def voice_name(found: Statistics, voice: str) -> str:
    """What a voice is called in a plot."""
    names = {party.id: party.name for party in found.agreement.parties}
    return {**names, OTHERS: "Others", MONITOR: "Monitor"}.get(voice, voice)


# ---- numbers ----


def _band(row: Row) -> Bounds:
    """From what is certain to the greatest number that anyone gives."""
    alleged = sum(bounds.max or 0 for bounds in row.standing.values())
    most = None if row.number.max is None else max(alleged, row.number.max)
    return Bounds(row.certain, most)


def _scale(bounds: Sequence[Bounds]) -> int:
    """The top of the axis; where there is no upper bound, one above the lower."""
    return max([1, *(_top(one) for one in bounds)])


def _top(bounds: Bounds) -> int:
    return bounds.min + 1 if bounds.max is None else bounds.max


def _ticks(most: int) -> list[int]:
    step = next(
        step for power in range(10) for step in (10**power, 2 * 10**power, 5 * 10**power) if most / step <= _MOST_TICKS
    )
    return list(range(0, most + 1, step))


# ---- marks ----


def _area(frame: _Frame, bounds: Sequence[Bounds]) -> Iterable[str]:
    """Columns: filled up to the least, hatched from there to the greatest; an arrow where there is no upper bound."""
    for i, one in enumerate(bounds):
        x, wide = frame.column(i)
        low, high = frame.y(one.min), frame.y(_top(one))
        if one.min:
            yield f'<rect class="sure" x="{x:.1f}" y="{low:.1f}" width="{wide:.1f}" height="{frame.bottom - low:.1f}"/>'
        if _top(one) > one.min:
            yield f'<rect class="may" x="{x:.1f}" y="{high:.1f}" width="{wide:.1f}" height="{low - high:.1f}"/>'
            yield f'<path class="edge" d="M{x:.1f} {high:.1f}h{wide:.1f}"/>'
        if one.max is None:
            yield f'<path class="edge" d="M{x + wide / 2:.1f} {high - 9:.1f}l-4 6m4 -6l4 6"/>'


def _axis(frame: _Frame, rows: Sequence[Row]) -> Iterable[str]:
    for tick in _ticks(frame.most):
        y = frame.y(tick)
        yield f'<path class="line" d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}"/>'
        yield _text(_LEFT - 8, y + 4, str(tick), "aside small", "end")
    every = max(1, -(-len(rows) // _MOST_LABELS))
    for i, row in enumerate(rows):
        if i % every == 0 and row.first is not None:
            x = frame.x(i)
            yield f'<path class="line" d="M{x:.1f} {frame.bottom:.1f}v5"/>'
            yield _text(x, frame.bottom + 19, _short(row.first), "aside small")


def _strip(frame: _Frame, found: Statistics) -> Iterable[str]:
    """Under the axis: what each day (or week) had that could be seen; of a week the best of its days."""
    top = frame.bottom + _GAP
    for i, row in enumerate(found.rows):
        sight = _sight(found.coverage, row)
        x, wide = frame.column(i)
        yield f'<rect class="{sight}" x="{x:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{_STRIP}"/>'


def _sight(coverage: Coverage, row: Row) -> Sight:
    first, last = row.first or coverage.since, row.last or coverage.until
    return next((sight for sight in _SIGHTS if coverage.between(first, last, sight)), "nothing")


def _hits(frame: _Frame, found: Statistics, words: Sequence[str]) -> Iterable[str]:
    """What a pointer over a column, and a screen reader, is told."""
    for i, (row, said) in enumerate(zip(found.rows, words, strict=True)):
        x, wide = frame.x(i), frame.x(i + 1) - frame.x(i)
        told = escape(f"{row.key}: {said}; {_SIGHTS[_sight(found.coverage, row)]}")
        yield (
            f'<rect class="hit" x="{x:.1f}" y="{frame.top:.1f}" width="{wide:.1f}" height="{frame.height:.1f}">'
            f"<title>{told}</title></rect>"
        )


def _legend(y: float, sure: str, may: str) -> Iterable[str]:
    x = float(_LEFT)
    for kind, words in (("sure", sure), ("may", may)):
        yield f'<rect class="{kind}" x="{x:.1f}" y="{y - 10:.1f}" width="16" height="11"/>'
        yield _text(x + 22, y, words, "ink small")
        x += 44 + 7 * len(words)
    x, y = float(_LEFT), y + 22
    for sight, words in _SIGHTS.items():
        yield f'<rect class="{sight}" x="{x:.1f}" y="{y - 10:.1f}" width="16" height="11"/>'
        yield _text(x + 22, y, words, "ink small")
        x += 44 + 7 * len(words)


# ---- words ----


def _svg(title: str, desc: str, subtitle: str, body: Iterable[str], height: float) -> str:
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" role="img" aria-labelledby="title desc">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(desc)}</desc>',
        f"<style>{_style()}</style>",
        '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path class="hatch" d="M0 0V6"/></pattern></defs>',
        f'<rect class="paper" width="{_WIDTH}" height="{height:.0f}"/>',
        _text(_LEFT, 28, title, "ink title"),
        _text(_LEFT, 47, subtitle, "aside small"),
    ]
    return "\n".join([*head, *body, "</svg>", ""])


def _style() -> str:
    dark = _colours(_DARK)
    return f"\n{_SHAPES}\n{_colours(_LIGHT)}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n"


def _colours(palette: Mapping[str, str]) -> str:
    filled = [f".{name} {{ fill: {palette[colour]}; }}" for name, colour in _FILLED.items()]
    return " ".join([*filled, *(f".{name} {{ stroke: {palette[colour]}; }}" for name, colour in _STROKED.items())])


def _text(x: float, y: float, words: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _told(found: Statistics, bounds: Sequence[Bounds]) -> str:
    loud = [f"{row.key} {one}" for row, one in zip(found.rows, bounds, strict=True) if one]
    said = "; ".join(loud) if loud else "none"
    return f"{_span(found)}. Corroborated or verified to alleged, on the {found.by}s that have any: {said}. {_seen(found.coverage)}"


def _span(found: Statistics) -> str:
    return f"{_long(found.since)} to {_long(found.until)}, as published by {_long(found.day)}"


def _seen(coverage: Coverage) -> str:
    told = ", ".join(f"{words} {coverage.days(sight)}" for sight, words in _SIGHTS.items())
    return f"Days with: {told}."


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"


def _long(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
