"""What is found in a data file: the path of the entry, and a message that says what is wrong and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Path = tuple[int | str, ...]
"""Keys and positions from the top of a data file down to an entry, as pydantic gives them."""

UNFILLED = "TODO"
"""How a value begins that is still to be filled in."""
_NOTHING = object()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; ``message`` begins with the entry's own name."""

    path: Path
    message: str


def holds(data: Any, path: Path, otherwise: Any = None) -> Any:
    """The value at a path of parsed data."""
    for step in path:
        inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
        data = next((value for key, value in inside if key == step), _NOTHING)
        if data is _NOTHING:
            return otherwise
    return data


def shown(path: Path, data: Any) -> str:
    """How an entry of parsed data is named in a message: by the nearest id and the keys from there, else by its path."""
    for end in range(len(path), 0, -1):
        inner = holds(data, path[:end])
        own = inner.get("id") if isinstance(inner, Mapping) and isinstance(path[end - 1], int) else None
        if isinstance(own, str) and not own.startswith(UNFILLED):
            kind = str(path[end - 2]) if end > 1 else ""
            return " › ".join((f"{_ONE_OF.get(kind, kind)} {own}", *map(str, path[end:])))
    return " › ".join(map(str, path)) or "the file"


_ONE_OF = {"obligations": "obligation", "parties": "party", "persons": "person", "actors": "actor"}
