"""Data files whose values name their sources: the schema parts, and how a user's file is laid over a shipped one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, model_validator

from truceline.errors import KnowledgeError
from truceline.knowledge.loading import Entry, Source, load


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Citation = Annotated[tuple[str, ...], BeforeValidator(_as_tuple, json_schema_input_type=str | tuple[str, ...])]
"""Keys of the file's ``sources``; one may be written without brackets."""


class CitingFile(Entry):
    """A data file with its sources: ``sources`` explains the keys, ``source`` holds for every entry that names none."""

    sources: dict[str, str]
    source: Citation = ()

    @model_validator(mode="after")
    def _sources_exist(self) -> "CitingFile":
        for where, cited in [("the file", self.source), *self._citations()]:
            if not (cited or self.source):
                raise ValueError(f"{where} names no source; add source: with a key of sources:")
            unknown = [key for key in cited if key not in self.sources]
            if unknown:
                raise ValueError(f"{where} cites {unknown[0]!r}, which sources: does not explain")
        return self

    def _citations(self) -> Iterable[tuple[str, Citation]]:
        """What of the file cites sources of its own: (name for messages, keys)."""
        return ()


File = TypeVar("File", bound=Entry)
Item = TypeVar("Item", bound=Entry)


def load_all(sources: Sequence[Source], schema: type[File]) -> dict[Source, File]:
    """Load several files of one schema."""
    return {source: load(source, schema) for source in sources}


def layered(
    files: Mapping[Source, File], items: Callable[[File], Iterable[Item]], key: Callable[[Item], str]
) -> dict[str, Item]:
    """The entries of several files by key, in order; an entry of a later file replaces one of the same key.

    Raises:
        KnowledgeError: A file is broken, or has the same key twice.
    """
    found: dict[str, Item] = {}
    for source, file in files.items():
        own: dict[str, Item] = {}
        for item in items(file):
            if key(item) in own:
                raise KnowledgeError(f"{source}: entry {key(item)!r} occurs twice; remove one or give it another id")
            own[key(item)] = item
        found.update(own)
    return found


def find(known: Mapping[str, Item], key: str, what: str) -> Item:
    """Look an entry up.

    Raises:
        KnowledgeError: It is not there; names what is like it.
    """
    if key in known:
        return known[key]
    from rapidfuzz import process

    near = [str(match[0]) for match in process.extract(key, list(known), limit=3, score_cutoff=60)]
    hint = f"did you mean {', '.join(near)}?" if near else f"there are {len(known)}: {', '.join(list(known)[:6])}, …"
    raise KnowledgeError(f"unknown {what} {key!r}; {hint}")
