"""What pydantic finds wrong with a data file, in plain words and once for each entry."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from truceline.knowledge.findings import Finding, Path, holds, shown

_MISSING, _MISSING_VALUE = "missing", object()


def schema_findings(schema: type[BaseModel], data: Any, fault: ValidationError) -> Iterator[Finding]:
    """Each entry that does not fit the schema; where it may be several things, it is told once."""
    done: set[Path] = set()
    for error in fault.errors(include_url=False):
        path = error["loc"]
        if error["type"] == _MISSING and holds(data, path[:-1]) is not None:
            yield Finding(path[:-1], f"{shown(path[:-1], data)}: {path[-1]} is missing")
            continue
        while path and holds(data, path, _MISSING_VALUE) is _MISSING_VALUE:
            path = path[:-1]  # the rest says which of several types was tried
        if error["type"] == "too_short" and holds(data, path):
            continue  # it is not empty as written: what is in it has been told
        if path not in done:
            done.add(path)
            yield Finding(path, f"{shown(path, data)}: {_worded(schema, error, path, holds(data, path))}")


def _worded(schema: type[BaseModel], error: Mapping[str, Any], path: Path, value: Any) -> str:
    kind = error["type"]
    if kind == "extra_forbidden":
        return f"unknown key; {_keys_hint(keys_at(schema, path[:-1]), str(path[-1]))}"
    if kind == "timezone_aware":
        return f"{value} has no offset from UTC; write it as 2020-12-31T18:30:00+04:00"
    if kind.startswith("date"):
        return f"{value!r} is no date; write it as 2020-12-31 (with a time of day: 2020-12-31T18:30:00+04:00)"
    if kind == "literal_error":
        return f"{value!r} is none of {error['ctx']['expected'].replace(' or ', ', ')}"
    if kind == "string_pattern_mismatch":
        return f"{value!r} is not of the form {error['ctx']['pattern']}"
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind == "model_type":
        return f"{_brief(value)} is no entry; it has keys such as {', '.join(keys_at(schema, path)[:4])}"
    if kind == "string_type":
        return f"{_brief(value)} is no text; put it in quotation marks"
    if kind in {"tuple_type", "list_type"}:
        return f"{_brief(value)} is no list; write it in [ ]"
    said = error["msg"].removeprefix("Input should be ").removeprefix("Input ")
    return f"{_brief(value)} should be {said}"


def _brief(value: Any) -> str:
    written = repr(value)
    return written if len(written) <= 40 else f"this {type(value).__name__}"


def _keys_hint(keys: tuple[str, ...], wrong: str) -> str:
    from rapidfuzz import process

    near = process.extractOne(wrong, keys, score_cutoff=70)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(keys)}"


def keys_at(schema: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The keys that an entry at a path may have."""
    whole = _json_schema(schema)
    here: list[Any] = [whole]
    for step in path:
        here = [inner for one in here for inner in _step(_resolved(one, whole), step)]
    found = [key for one in here for option in _resolved(one, whole) for key in option.get("properties", ())]
    return tuple(dict.fromkeys(found))


@cache
def _json_schema(schema: type[BaseModel]) -> dict[str, Any]:
    return schema.model_json_schema(by_alias=True)


def _resolved(part: Any, whole: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The options of a part of a JSON Schema, references followed."""
    if "$ref" in part:
        return _resolved(whole["$defs"][part["$ref"].rpartition("/")[2]], whole)
    return [option for one in part.get("anyOf", [part]) for option in ([one] if one is part else _resolved(one, whole))]


def _step(options: list[dict[str, Any]], step: int | str) -> Iterator[Any]:
    for option in options:
        if isinstance(step, int) and "items" in option:
            yield option["items"]
        elif step in option.get("properties", {}):
            yield option["properties"][step]
