"""Tallies per field, pairing of what is expected with what was found, and the floors under the figures."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import yaml
from tests.sentences_format import ANY, FOLDER, OneOf

FLOORS = FOLDER / "floors.yaml"
_HEAD = "# F1 in percent under which no field may fall. Written by `python -m benchmarks.sentences --write-floors`.\n"

Left = TypeVar("Left")
Right = TypeVar("Right")
Pairs = list[tuple[Left | None, Right | None]]


@dataclass(slots=True)
class Tally:
    """Right, found and expected values of one field."""

    right: int = 0
    found: int = 0
    expected: int = 0

    def scores(self) -> tuple[float, float, float]:
        """Precision, recall and F1 in percent; 100 where nothing was expected and nothing found."""
        precision = 100 * self.right / self.found if self.found else 100.0 * (not self.expected)
        recall = 100 * self.right / self.expected if self.expected else 100.0 * (not self.found)
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True, slots=True)
class Error:
    """A value that is wrong, missing or too much."""

    entry: str
    field: str
    expected: str | None
    found: str | None


@dataclass(slots=True)
class Score:
    """Tallies per field, and what went wrong."""

    fields: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    errors: list[Error] = field(default_factory=list)

    def add(self, entry: str, name: str, expected: str | None, found: str | None, *, right: bool) -> None:
        """Count one value; None on a side means that there is nothing on it."""
        if expected is None and found is None:
            return
        tally = self.fields[name]
        tally.right += right
        tally.expected += expected is not None
        tally.found += found is not None
        if not right:
            self.errors.append(Error(entry, name, expected, found))

    def judge(self, entry: str, name: str, allowed: OneOf, found: str | None, *, right: bool) -> None:
        """Count one value of which several may be right, nothing among them."""
        if ANY in allowed:
            return
        wanted = None if None in allowed else "/".join(str(value) for value in allowed)
        self.add(entry, name, found if right else wanted, found, right=right and found is not None)

    def table(self) -> str:
        """The figures for the eyes."""
        lines = [f"{'':24}      P      R     F1   right/found/expected"]
        for name, tally in self.fields.items():
            figures = "".join(f"{value:7.1f}" for value in tally.scores())
            lines.append(f"  {name:22}{figures}   {tally.right}/{tally.found}/{tally.expected}")
        return "\n".join(lines)

    def listed(self, *, texts: bool) -> str:
        """What went wrong; without texts only where, so that held sentences stay unseen."""
        lines = []
        for error in sorted(self.errors, key=lambda error: (error.entry, error.field)):
            what = f": expected {error.expected or '-'}, found {error.found or '-'}" if texts else ""
            lines.append(f"  {error.entry}: {error.field}{what}")
        return "\n".join(lines)


def pair(left: Sequence[Left], right: Sequence[Right], weigh: Callable[[Left, Right], float]) -> Pairs[Left, Right]:
    """Pair one to one, heaviest first; what finds no partner of positive weight stands alone."""
    weighed = [(weigh(one, other), i, j) for i, one in enumerate(left) for j, other in enumerate(right)]
    pairs: Pairs[Left, Right] = []
    free_left, free_right = dict(enumerate(left)), dict(enumerate(right))
    for weight, i, j in sorted(weighed, key=lambda item: (-item[0], item[1], item[2])):
        if weight > 0 and i in free_left and j in free_right:
            pairs.append((free_left.pop(i), free_right.pop(j)))
    return pairs + [(one, None) for one in free_left.values()] + [(None, other) for other in free_right.values()]


Measured = Mapping[str, Mapping[str, Score]]
"""Scores by set (``attribution``, ``acts``) and half (``dev``, ``held``)."""


def floors() -> dict[str, dict[str, dict[str, float]]]:
    """The least F1 allowed, by set, half and field; empty before the first are written."""
    return (yaml.safe_load(FLOORS.read_text(encoding="utf-8")) or {}) if FLOORS.exists() else {}


def raise_floors(measured: Measured) -> None:
    """Write what was measured, in whole percents, wherever it is above the floor."""
    raised = floors()
    for name, halves in measured.items():
        for half, score in halves.items():
            levels = raised.setdefault(name, {}).setdefault(half, {})
            for key, tally in score.fields.items():
                levels[key] = max(float(int(tally.scores()[2])), levels.get(key, 0.0))
    FLOORS.write_text(_HEAD + yaml.safe_dump(raised), encoding="utf-8")
