"""Wordings and files: what the vocabularies of quantities have in common."""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Generic, TypeVar

from truceline.errors import KnowledgeError
from truceline.knowledge.loading import Source

Payload = TypeVar("Payload")

_TOKEN = re.compile(r"'s\b|[^\s'-]+(?:'(?!s\b)[^\s'-]+)*|-|'")


class Phrases(Generic[Payload]):
    """Wordings of one or more tokens, each with what it means; the longest one that fits wins."""

    __slots__ = ("_by_first",)

    def __init__(self, pairs: Iterable[tuple[str, Payload]] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Payload]]] = {}
        for wording, payload in pairs:
            tokens = tuple(_TOKEN.findall(wording.lower())) or (wording,)
            self._by_first.setdefault(tokens[0], []).append((tokens, payload))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def __contains__(self, first: str) -> bool:
        return first in self._by_first

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_first)

    def match(self, lowers: Sequence[str], i: int) -> tuple[int, Payload] | None:
        """Length and meaning of the longest wording that begins at token ``i``."""
        for tokens, payload in self._by_first.get(lowers[i], ()):
            if len(tokens) == 1 or tuple(lowers[i : i + len(tokens)]) == tokens:
                return len(tokens), payload
        return None


def shipped(name: str) -> Source:
    """A data file that comes with the package."""
    return files("truceline.knowledge") / "data" / name


def compile_pattern(source: Source, regex: str) -> re.Pattern[str]:
    """Compile a pattern of a data file; a broken one is a fault of the file."""
    try:
        return re.compile(regex)
    except re.error as fault:
        raise KnowledgeError(
            f"{source}: pattern {regex!r} is not a regular expression ({fault}); mend or remove it"
        ) from fault
