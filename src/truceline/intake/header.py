"""The header that a text may bring along: a few facts between two lines of ``---``."""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from truceline.errors import InputError
from truceline.intake.dates import parse_published
from truceline.model import Flag, Moment

_HEADER = re.compile(r"\s*---[ \t]*\r?\n(?P<facts>.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
_LONGEST = 4_000
_KEYS = ("title", "publisher", "published", "url", "language")


@dataclass(frozen=True, slots=True)
class Header:
    """What a document says of itself."""

    title: str | None = None
    publisher: str | None = None
    published: Moment | None = None
    url: str | None = None
    language: str | None = None
    flags: tuple[Flag, ...] = ()


def split_header(text: str, name: str) -> tuple[Header, str]:
    """The header and the text after it; an empty header where the text has none.

    A text may begin with ``---`` without meaning a header: it is one only if it holds one of the known keys.

    Raises:
        InputError: The header's publication date does not exist.
    """
    match = _HEADER.match(text[:_LONGEST])
    facts = _facts(match["facts"]) if match else None
    if match is None or facts is None:
        return Header(), text
    known = {key: str(facts[key]).strip() for key in _KEYS if facts.get(key) not in (None, "")}
    try:
        published = parse_published(known["published"]) if "published" in known else None
    except InputError as fault:
        raise InputError(f"{name}: {fault}") from fault
    unknown = sorted(str(key) for key in facts if key not in _KEYS)
    flags = (Flag("header_unknown", None, None, f"not used from the header: {', '.join(unknown)}"),) if unknown else ()
    header = Header(
        title=known.get("title"),
        publisher=known.get("publisher"),
        published=published,
        url=known.get("url"),
        language=known.get("language"),
        flags=flags,
    )
    return header, text[match.end() :]


def _facts(written: str) -> dict[Any, Any] | None:
    """The mapping between the lines, all values as written; None if it is none or has no known key."""
    try:
        facts = yaml.load(written, Loader=yaml.BaseLoader)  # leaves "2020-02-31" as text, for our own message
    except yaml.YAMLError:
        return None
    return facts if isinstance(facts, dict) and any(key in facts for key in _KEYS) else None
