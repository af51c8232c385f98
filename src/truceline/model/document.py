"""The document as it came in, and the flags raised on the way."""

import hashlib
from dataclasses import dataclass, field

from truceline.model.moment import Moment

Span = tuple[int, int]
"""Half-open range of Unicode code points in the document's text."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a reader should look at: what kind, where, in which words, and why."""

    kind: str
    span: Span | None
    text: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """One text with what is known of its origin.

    Attributes:
        id: ``sha256:`` and the hash of the evidence bytes (of the UTF-8 text where no bytes were given).
        text: The working text that all spans point into.
        language: ISO 639-1 code.
    """

    id: str
    text: str = field(repr=False)
    title: str | None = None
    publisher: str | None = None
    published: Moment | None = None
    language: str = "en"
    url: str | None = None
    flags: tuple[Flag, ...] = ()


def document_id(content: bytes) -> str:
    """The content address of a document."""
    return "sha256:" + hashlib.sha256(content).hexdigest()
