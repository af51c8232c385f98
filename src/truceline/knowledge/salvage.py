"""What of a faulty agreement file can still be read, so that one fault does not hide the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from truceline.knowledge.agreement_file import AgreementFile
from truceline.knowledge.findings import UNFILLED, Finding, Path, holds, shown

# Stand in for what every agreement must have, and say nothing that could be a fault of its own.
_NEUTRAL: dict[str, Any] = {
    "id": "x",
    "title": "",
    "kind": "local",
    "signed": "0001-01-01",
    "effective": "0001-01-02T00:00:00Z",
    "zone": "+00:00",
    "area": {"name": "", "countries": [], "south": -90, "north": 90, "west": -180, "east": 180},
    "sources": {},
    "source": "x",
    "parties": [{"id": "x", "name": "x", "members": []}],
    "obligations": [],
}
# Faults at these keys hang on the top-level entry named: without it they could be no faults at all.
_HANGS_ON = {
    "effective": ("due", "computed"),
    "zone": ("due", "computed"),
    "id": ("id",),
    "sources": ("source",),
    "source": ("source",),
}
# What an entry that lacks one of these keys is read with, so that the rest of it is looked at.
_FILLED = {
    "article": "",
    "says": "",
    "kind": "institution",
    "name": "",
    "acts": [],
    "what": "",
    "version": "",
    "office": "leader",
}
_MOST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What could be read.

    ``lost`` are the paths of what was left out, ``lost_ids`` ids that nothing can be said of, ``replaced`` the top-level
    entries made neutral.
    """

    file: AgreementFile
    lost: frozenset[Path]
    lost_ids: frozenset[str]
    replaced: frozenset[str]
    origins: dict[Path, Path]

    def origin(self, path: Path) -> Path:
        """Where in the file as it is written an entry of what was read stands."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.origins:
                return (*self.origins[path[:end]], *path[end:])
        return path

    def is_partial(self, path: Path) -> bool:
        """Whether something was left out of the top-level item that holds an entry."""
        item = self.origin(path[:2])
        return any(lost[: len(item)] == item for lost in self.lost)

    def hangs_on_what_was_lost(self, path: Path) -> bool:
        """Whether a fault may be none, since it was reckoned from an entry that could not be read."""
        if "computed" in path and (*self.origin(path[:2]), "due") in self.lost:
            return True
        keys = {key for lost in self.replaced for key in _HANGS_ON.get(lost, ())}
        return bool(keys & {str(step) for step in path}) or (bool(path) and path[0] in self.replaced)


def salvage(data: dict[str, Any], without: set[Path]) -> Salvaged | None:
    """Read a file without the entries of ``without`` and those that do not fit the schema; None if that cannot be."""
    drop, fill = {path for path in without if path[0] != "sources"}, set[Path]()  # an address to come explains its key
    for _ in range(_MOST_ROUNDS):
        origins: dict[Path, Path] = {}
        rest = _Rest(drop, fill, origins).of(data, (), ())
        replaced = frozenset(key for key in _NEUTRAL if key not in rest and key != "source")
        if "sources" in replaced:
            replaced |= {"source"}
        try:
            file = AgreementFile.model_validate({**rest, **{key: _NEUTRAL[key] for key in replaced}})
        except ValidationError as fault:
            missing, more = _culprits(fault, origins)
            if missing <= fill and more <= drop:
                return None
            fill |= missing
            drop |= more
        else:
            return Salvaged(file, frozenset(drop), frozenset(_ids(data, drop)), replaced, origins)
    return None


def todos(data: Any) -> list[Finding]:
    """Values that still say TODO."""
    return _todos(data, (), data)


def _todos(data: Any, path: Path, whole: Any) -> list[Finding]:
    if isinstance(data, str):
        words = data.removeprefix(UNFILLED).strip(" :")
        hint = f" ({words})" if words else ""
        return (
            [Finding(path, f"{shown(path, whole)}: {UNFILLED}, still to be filled in{hint}")]
            if data.startswith(UNFILLED)
            else []
        )
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [found for key, value in inner for found in _todos(value, (*path, key), whole)]


@dataclass(frozen=True, slots=True)
class _Rest:
    """Copies parsed data without what is dropped, and with what is filled; ``origins`` says where each entry came from."""

    drop: set[Path]
    fill: set[Path]
    origins: dict[Path, Path]

    def of(self, value: Any, old: Path, new: Path) -> Any:
        self.origins[new] = old
        if isinstance(value, dict):
            kept = {key: inner for key, inner in value.items() if (*old, key) not in self.drop}
            filled = {key: default for key, default in _FILLED.items() if (*old, key) in self.fill}
            return {key: self.of(inner, (*old, key), (*new, key)) for key, inner in kept.items()} | filled
        if isinstance(value, list):
            items = [(i, inner) for i, inner in enumerate(value) if (*old, i) not in self.drop]
            return [self.of(inner, (*old, i), (*new, at)) for at, (i, inner) in enumerate(items)]
        return value


def _culprits(fault: ValidationError, origins: dict[Path, Path]) -> tuple[set[Path], set[Path]]:
    """What is missing and can be filled, and what is to be left out: the faulty entry, or the one that cannot be without."""
    fill, drop = set(), set()
    for error in fault.errors(include_url=False):
        path: Path = error["loc"]
        if error["type"] == "missing":
            within = next(
                (path[:end] for end in range(len(path) - 1, 0, -1) if isinstance(path[end - 1], int)), path[:1]
            )
            if path[-1] in _FILLED and path[:-1] in origins and isinstance(within[-1], int):
                fill.add((*origins[path[:-1]], path[-1]))
                continue
            path = within
        while path not in origins and path:
            path = path[:-1]
        drop.add(origins.get(path, path) or error["loc"][:1])
    return fill, drop


def _ids(data: Any, drop: set[Path]) -> Iterator[str]:
    """Ids of the entries that were left out, or whose id was."""
    for path in drop:
        inner = holds(data, path)
        if isinstance(inner, dict) and isinstance(inner.get("id"), str):
            yield inner["id"]
        elif path and path[-1] == "id" and isinstance(inner, str):
            yield inner
        elif path and path[-1] == "due" and isinstance(own := holds(data, (*path[:-1], "id")), str):
            yield own
