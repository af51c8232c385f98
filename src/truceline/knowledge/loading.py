"""Reading data files: YAML checked by a schema, every fault named by file and entry."""

import re
from collections.abc import Iterable, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from truceline.errors import KnowledgeError

try:  # the C parser is ten times as fast; PyYAML may have been built without it
    from yaml import CSafeLoader as _Loader
except ImportError:  # pragma: no cover
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Source = Path | Traversable


class _PlainLoader(_Loader):
    """YAML 1.2 in what matters here: only ``true`` and ``false`` are truth values; "on", "no" and "NO" stay words."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _day(loader: Any, node: Any) -> Any:
    """A date; what looks like one and is none (31 February) stays text, so that the schema names its entry."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


_PlainLoader.add_constructor("tag:yaml.org,2002:timestamp", _day)


class Entry(BaseModel):
    """Base of all data-file schemas: unknown keys are faults, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Schema = TypeVar("Schema", bound=BaseModel)


def load_yaml(source: Source) -> Any:
    """Parse a YAML file.

    Raises:
        KnowledgeError: It is missing, not UTF-8, or not YAML; names file and line.
    """
    try:
        return parse_yaml(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise KnowledgeError(f"{source}: cannot be read ({_reason(fault)})") from fault
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f" line {mark.line + 1}" if mark else ""
        raise KnowledgeError(
            f"{source}:{where} not valid YAML ({getattr(fault, 'problem', None) or 'unreadable'})"
        ) from fault


def parse_yaml(text: str) -> Any:
    """Parse the text of a data file; yaml.YAMLError where it is not YAML."""
    return yaml.load(text, Loader=_PlainLoader)


def validate(source: Source, schema: type[Schema], value: Any) -> Schema:
    """Check parsed data against a schema.

    Raises:
        KnowledgeError: Names the file, the entry's path and what is wrong with it.
    """
    try:
        return schema.model_validate(value)
    except ValidationError as fault:
        first, *rest = fault.errors()
        more = f" (and {len(rest)} more)" if rest else ""
        raise KnowledgeError(f"{source}: entry {_path(first['loc'], value)}: {first['msg']}{more}") from fault


def load(source: Source, schema: type[Schema]) -> Schema:
    """Load a YAML file into its schema."""
    return validate(source, schema, load_yaml(source))


def load_merged(sources: Sequence[Source], schema: type[Schema]) -> Schema:
    """Load several files of one kind as one: lists are joined, maps merged; a later single value replaces an earlier.

    Raises:
        KnowledgeError: A file is broken by itself or does not fit those before it; names that file and the entry.
    """
    merged: Any = {}
    for source in sources:
        merged = _joined(merged, load_yaml(source))
        checked = validate(source, schema, merged)
    return checked


def _joined(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: _joined(old[key], value) if key in old else value for key, value in new.items()}}
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *(item for item in new if item not in old)]
    return new


def _reason(fault: Exception) -> str:
    return (
        "no such file"
        if isinstance(fault, FileNotFoundError)
        else "not UTF-8"
        if isinstance(fault, UnicodeDecodeError)
        else str(fault)
    )


def _path(location: Iterable[int | str], value: Any) -> str:
    """``acts › shelling › plover``; a list's number is followed by the entry's own name where it has one."""
    parts = []
    for step in location:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None
        name = next(
            (value[key] for key in ("id", "name", "lemma", "act") if isinstance(value, dict) and key in value), None
        )
        parts.append(f"{step} ({name})" if isinstance(step, int) and name else str(step))
    return " › ".join(parts) or "(the whole file)"
