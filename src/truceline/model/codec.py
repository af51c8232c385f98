"""A reading as plain JSON values and back, and the JSON Schema of that shape (design: "The contract of a reading").

Writing walks the frozen types by their fields, without pydantic, since it is paid once a document. Reading back goes
through pydantic, which names the path of every fault.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from truceline.errors import InputError
from truceline.model.document import Document
from truceline.model.reading import Reading

SCHEMA_VERSION = "1"
"""Raised when a field changes its meaning or goes away; new fields do not raise it."""

_PLAIN = frozenset({str, int, float, bool, type(None)})


def reading_to_dict(reading: Reading) -> dict[str, Any]:
    """The reading as JSON values: spans as ``[start, end]``, moments as ISO 8601. The text itself is not repeated."""
    plain: dict[str, Any] = {"document": document_to_dict(reading.document)}
    plain["claims"] = [_plain(claim) for claim in reading.claims]
    plain["incidents"] = []  # several documents make incidents; the key is there from the first release on
    for layer in ("attributions", "places", "times", "actors"):
        plain[layer] = [_plain(value) for value in getattr(reading, layer)]
    return plain


def document_to_dict(document: Document) -> dict[str, Any]:
    """The document as JSON values, without its text."""
    return {name: _plain(getattr(document, name)) for name in _field_names(Document) if name != "text"}


def reading_from_dict(plain: Mapping[str, Any], text: str) -> Reading:
    """The reading that ``reading_to_dict`` made these values of.

    Args:
        plain: What ``reading_to_dict`` gave, perhaps by way of a JSON file. Unknown keys are ignored.
        text: The text that the spans point into.

    Raises:
        InputError: The values are not those of a reading, or its spans do not fit the text.
    """
    document = plain.get("document")
    known = {**plain, "document": {**document, "text": text} if isinstance(document, Mapping) else document}
    try:
        reading = _adapter().validate_python(known)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = " › ".join(str(step) for step in first["loc"])
        raise InputError(f"not a reading: {where}: {first['msg']}; see `truceline schema`") from fault
    for claim in reading.claims:
        start, end = claim.span
        if text[start:end] != claim.text:
            raise InputError(f"claim {claim.id}: its span is not its words; give the text that was read")
    return reading


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what ``reading_to_dict`` gives."""
    schema: dict[str, Any] = _adapter().json_schema()
    definitions = schema["$defs"]
    del definitions["Document"]["properties"]["text"]
    schema["properties"]["incidents"] = {
        "type": "array",
        "items": {"type": "object"},
        "description": "What several claims speak of. One document alone has none: always empty in this release.",
    }
    for kind in (schema, *definitions.values()):
        if kind.get("type") == "object":
            kind["required"] = list(kind["properties"])
            kind["description"] = _one_line(kind.get("description", ""))
            for detail in kind["properties"].values():
                detail.pop("default", None)
                detail.pop("title", None)  # the key once more, in capitals
    heading = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Truceline reading",
        "version": SCHEMA_VERSION,
    }
    return {**heading, **{key: value for key, value in schema.items() if key not in heading}}


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return {name: _plain(getattr(value, name)) for name in _field_names(kind)}


@lru_cache(maxsize=64)
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Reading]:
    return TypeAdapter(Reading)


def _one_line(docstring: str) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join(docstring.split("\n\n", maxsplit=1)[0].split())
