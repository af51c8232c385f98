"""Numbers that sources give differently: a least and a greatest, never one in between."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Bounds:
    """From ``min`` to ``max``; ``max`` None where no upper bound is given ("at least 30")."""

    min: int
    max: int | None

    def __str__(self) -> str:
        if self.max is None:
            return f"{self.min} or more"
        return f"{self.min}" if self.min == self.max else f"{self.min}–{self.max}"

    def __add__(self, other: "Bounds") -> "Bounds":
        return Bounds(self.min + other.min, None if self.max is None or other.max is None else self.max + other.max)

    def __or__(self, other: "Bounds") -> "Bounds":
        """The bounds that hold both."""
        return Bounds(
            min(self.min, other.min), None if self.max is None or other.max is None else max(self.max, other.max)
        )

    def __bool__(self) -> bool:
        return self.max != 0

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {"min": self.min, "max": self.max}


NONE = Bounds(0, 0)


def exactly(number: int) -> Bounds:
    """Bounds that leave no doubt."""
    return Bounds(number, number)


def total(parts: Iterable[Bounds]) -> Bounds:
    """The sum."""
    found = NONE
    for part in parts:
        found += part
    return found


def hull(parts: Iterable[Bounds]) -> Bounds | None:
    """The bounds that hold all of these; None when there are none."""
    found: Bounds | None = None
    for part in parts:
        found = part if found is None else found | part
    return found
