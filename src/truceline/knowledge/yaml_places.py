"""Where in a YAML text an entry stands: line and column of each path, and keys written twice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from truceline.knowledge.findings import Path

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Aliases let a short text stand for a huge one; no data file comes near this many entries.
_MOST_ENTRIES = 200_000


@dataclass(frozen=True, slots=True)
class Places:
    """Line and column, from 1, of every entry by its path; of a key that is written ``twice``, the last."""

    by_path: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    twice: tuple[Path, ...] = ()

    def of(self, path: Path) -> tuple[int, int]:
        """Of the entry, or of the nearest one that holds it."""
        while path and path not in self.by_path:
            path = path[:-1]
        return self.by_path.get(path, (1, 1))


def find_places(text: str) -> Places:
    """The places of a YAML text that can be parsed.

    Raises:
        yaml.YAMLError: The text cannot be parsed.
        RecursionError: It is nested without end.
        ValueError: Its aliases make it bigger than any data file.
    """
    node = yaml.compose(text, Loader=_Loader)
    by_path: dict[Path, tuple[int, int]] = {}
    twice: list[Path] = []
    for path, mark, again in _walk(node, ()) if node is not None else ():
        if again:
            twice.append(path)
        by_path[path] = (mark.line + 1, mark.column + 1)
        if len(by_path) > _MOST_ENTRIES:
            raise ValueError(f"more than {_MOST_ENTRIES:,} entries")
    return Places(by_path, tuple(twice))


def _walk(node: yaml.Node, path: Path) -> Iterator[tuple[Path, yaml.Mark, bool]]:
    """Each entry with where it begins, and whether its key was there before."""
    if not path:
        yield path, node.start_mark, False
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            yield (*path, name), key.start_mark, name in seen
            seen.add(name)
            yield from _walk(value, (*path, name))
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            yield (*path, i), value.start_mark, False
            yield from _walk(value, (*path, i))
