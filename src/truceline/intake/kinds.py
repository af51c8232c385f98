"""What a file is by its first bytes, when it is no text."""

import re
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from truceline.knowledge.loading import Entry, load

FILE_KINDS = Path(__file__).parent.parent / "knowledge" / "data" / "file_kinds.yaml"

# Bytes that no text in a one-byte encoding or UTF-8 has: control characters but tab, line ends, form feed, escape.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL = 0.01
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_MARK = b"\xef\xbb\xbf"


class FileKind(Entry):
    """One kind of file that is no text.

    Attributes:
        at: Where the bytes stand.
        within: The bytes may also begin anywhere in so many first bytes.
        holds: What else the first bytes contain (the name of a part in an archive).
    """

    name: str
    at: int = Field(ge=0)
    bytes: str = Field(pattern=r"^[0-9a-f]{2}( [0-9a-f]{2})*$")
    within: int = 0
    holds: str | None = None
    advice: str


class FileKinds(Entry):
    """The data file of kinds."""

    source: str
    kinds: tuple[FileKind, ...]


def kind_of(content: bytes) -> FileKind | None:
    """The kind of file these bytes are the beginning of; None for what may be text."""
    head = content[:4096]
    for kind in _kinds():
        signature = bytes.fromhex(kind.bytes)
        found = head[kind.at : kind.at + len(signature)] == signature or signature in head[: kind.within]
        if found and (kind.holds is None or kind.holds.encode() in content):
            return kind
    return None


def is_binary(content: bytes) -> bool:
    """Whether bytes that are not UTF-16 or UTF-32 hold more control characters than a text has."""
    head = content[:65_536]
    return b"\x00" in head or len(_CONTROL.findall(head)) > _MOST_CONTROL * len(head)


def is_html(content: bytes, name: str = "", content_type: str | None = None) -> bool:
    """Whether this is a web page: by its first bytes, its name, or what the server says."""
    if content_type is not None and content_type.split(";")[0].strip().lower() in {
        "text/html",
        "application/xhtml+xml",
    }:
        return True
    head = content[:2048].removeprefix(_MARK)
    return bool(_HTML.match(head)) or (name.lower().endswith((".html", ".htm", ".xhtml")) and b"<" in head)


def page_charset(content: bytes) -> str | None:
    """The encoding that a web page names for itself."""
    match = _CHARSET.search(content[:4096])
    return match[1].decode("ascii") if match else None


@lru_cache(maxsize=1)
def _kinds() -> tuple[FileKind, ...]:
    return load(FILE_KINDS, FileKinds).kinds
