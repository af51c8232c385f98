"""Plots as SVG of our own: no library, no outside request, light and dark, with title and description for who cannot see them.

One hue for every voice: no colour says who is right. What is certain is filled, what is alleged beyond that is hatched, so that
the picture holds in black and white too.
"""

from collections.abc import Iterable, Sequence
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
_MOST_TICKS = 5
_MOST_LABELS = 9

_STYLE = """
svg { --ink: #1f2328; --aside: #59636e; --line: #d1d9e0; --paper: #ffffff; --band: #5b6bb0; font-family: system-ui, sans-serif; }
@media (prefers-color-scheme: dark) {
  svg { --ink: #e6e9ee; --aside: #9aa4b0; --line: #3a424c; --paper: #15191e; --band: #93a2e4; }
}
.paper { fill: var(--paper); } .ink { fill: var(--ink); } .aside { fill: var(--aside); }
.line { stroke: var(--line); fill: none; } .edge { stroke: var(--band); stroke-width: 1.5; fill: none; }
.sure { fill: var(--band); } .may { fill: url(#hatch); } .hatch { stroke: var(--band); stroke-width: 1.6; }
.bulletin { fill: var(--ink); } .quoted { fill: var(--ink); fill-opacity: .55; } .documents { fill: var(--ink); fill-opacity: .22; }
.nothing { fill: none; stroke: var(--line); } .hit { fill: transparent; }
text { font-size: 13px; } .title { font-size: 17px; font-weight: 600; } .small { font-size: 12px; }
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
    """Steps: filled up to the least, hatched from there to the greatest; an arrow where there is no upper bound."""
    if any(one.min for one in bounds):
        yield f'<path class="sure" d="{_steps(frame, [one.min for one in bounds])}"/>'
    for i, one in enumerate(bounds):
        x, wide = frame.x(i), frame.x(i + 1) - frame.x(i)
        if _top(one) > one.min:
            high, low = frame.y(_top(one)), frame.y(one.min)
            yield f'<rect class="may" x="{x:.1f}" y="{high:.1f}" width="{wide:.1f}" height="{low - high:.1f}"/>'
            yield f'<path class="edge" d="M{x:.1f} {high:.1f}h{wide:.1f}"/>'
        if one.max is None:
            yield f'<path class="edge" d="M{x + wide / 2:.1f} {frame.y(_top(one)) - 9:.1f}l-4 6m4 -6l4 6"/>'


def _steps(frame: _Frame, numbers: Sequence[int]) -> str:
    path = [f"M{frame.x(0):.1f} {frame.bottom:.1f}"]
    path += [f"V{frame.y(number):.1f}H{frame.x(i + 1):.1f}" for i, number in enumerate(numbers)]
    return "".join([*path, f"V{frame.bottom:.1f}Z"])


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
        x, wide = frame.x(i), frame.x(i + 1) - frame.x(i)
        yield f'<rect class="{sight}" x="{x + 0.5:.1f}" y="{top:.1f}" width="{max(wide - 1, 0.5):.1f}" height="{_STRIP}"/>'


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
        edge = ' stroke="var(--band)"' if kind == "may" else ""
        yield f'<rect class="{kind}"{edge} x="{x:.1f}" y="{y - 10:.1f}" width="16" height="11"/>'
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
        f"<style>{_STYLE}</style>",
        '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path class="hatch" d="M0 0V6"/></pattern></defs>',
        f'<rect class="paper" width="{_WIDTH}" height="{height:.0f}"/>',
        _text(_LEFT, 28, title, "ink title"),
        _text(_LEFT, 47, subtitle, "aside small"),
    ]
    return "\n".join([*head, *body, "</svg>", ""])


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
