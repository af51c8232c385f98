"""Where texts come from: bytes, a file, standard input, an address."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from truceline.errors import InputError
from truceline.intake.decoding import decode, has_mark, looks_utf16
from truceline.intake.header import split_header
from truceline.intake.kinds import is_binary, is_html, kind_of, page_charset
from truceline.intake.language import foreign_language, language_name, languages
from truceline.model import Document, document_id

LONGEST_TEXT = 1_000_000
"""Characters; what people write as one text is a hundredth of it, and the parser's memory grows with the text."""

# A character takes at most four bytes; a web page is mostly not its article.
_LONGEST_FILE = 4 * LONGEST_TEXT + 4
_SECONDS = 30


def from_bytes(content: bytes, name: str, *, url: str | None = None, content_type: str | None = None) -> Document:
    """Make a document of bytes: a text in whatever encoding, or a web page.

    Args:
        content: The bytes as they came; their hash is the document's id.
        name: What to call it in an error: a file name, an address.
        url: Its address.
        content_type: The ``Content-Type`` a server gave.

    Raises:
        InputError: Empty, no text, too long, or in a language that cannot be read.
    """
    _refuse_other_kinds(content, name)
    if len(content) > _LONGEST_FILE:
        raise InputError(_too_long(name, f"{len(content):,} bytes"))
    page = is_html(content, name, content_type)
    text, flags = decode(content, name, _charset(content_type) or (page_charset(content) if page else None))
    document = _from_page(text, name, url) if page else _from_text(text, name, url)
    if not document.text.strip():
        raise InputError(f"{name}: empty; give a text")
    if len(document.text) > LONGEST_TEXT:
        raise InputError(_too_long(name, f"{len(document.text):,} characters"))
    return replace(document, id=document_id(content), flags=(*flags, *document.flags))


def read_file(path: str | Path) -> Document:
    """Make a document of a file.

    Raises:
        InputError: It is missing, a folder, unreadable, or not a text that can be read.
    """
    place = Path(path)
    name = str(path)
    try:
        if place.is_dir():
            raise InputError(f"{name}: a folder; name the files in it")
        with place.open("rb") as stream:
            content = _read(stream, name, place.stat().st_size)
    except FileNotFoundError as fault:
        raise InputError(f"{name}: no such file; check the name") from fault
    except PermissionError as fault:
        raise InputError(f"{name}: may not be read; change its permissions") from fault
    except (OSError, ValueError) as fault:
        raise InputError(f"{name}: cannot be read ({fault})") from fault
    return from_bytes(content, name)


def read_stdin(content: bytes | None = None) -> Document:
    """Make a document of what comes on standard input (or of bytes that came from it)."""
    name = "standard input"
    return from_bytes(_read(sys.stdin.buffer, name) if content is None else content, name)


def is_address(source: str) -> bool:
    """Whether this names a page on the web, not a file."""
    return source.lower().startswith(("http://", "https://"))


def fetch(url: str) -> Document:
    """Make a document of what is at an address (the one part of Truceline that uses the network).

    Raises:
        InputError: It cannot be had, or is not a text that can be read.
    """
    if not _names_host(url):
        raise InputError(f"{url}: not an address; it begins with https:// or http:// and names a host")
    try:
        request = Request(url, headers={"User-Agent": "truceline", "Accept": "text/html, text/plain;q=0.9, */*;q=0.1"})
        with urlopen(request, timeout=_SECONDS) as answer:
            content = _read(answer, url)
            return from_bytes(content, url, url=answer.geturl(), content_type=answer.headers.get("Content-Type"))
    except HTTPError as fault:
        raise InputError(f"{url}: the server answers {fault.code} {fault.reason}; check the address") from fault
    except (URLError, OSError, ValueError) as fault:
        reason = getattr(fault, "reason", fault)
        raise InputError(f"{url}: cannot be fetched ({reason}); check the address and the connection") from fault


def _names_host(url: str) -> bool:
    try:
        return is_address(url) and bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _from_page(source: str, name: str, url: str | None) -> Document:
    from truceline.intake.pages import read_page  # trafilatura takes a second to load

    page = read_page(source, name, url)
    _refuse_foreign(page.text, name)
    return Document("", page.text, title=page.title, publisher=page.publisher, published=page.published, url=url)


def _from_text(source: str, name: str, url: str | None) -> Document:
    header, text = split_header(source, name)
    readable = languages().readable.code
    declared = (header.language or "").split("-")[0].lower()
    if declared and declared != readable:
        raise InputError(_foreign(name, declared))
    if not declared:
        _refuse_foreign(text, name)
    return Document(
        "",
        text,
        title=header.title,
        publisher=header.publisher,
        published=header.published,
        url=header.url or url,
        flags=header.flags,
    )


def _refuse_other_kinds(content: bytes, name: str) -> None:
    if not content:
        raise InputError(f"{name}: empty; give a text")
    if (kind := kind_of(content)) is not None:
        raise InputError(f"{name}: {kind.name}, not text; {kind.advice}")
    if not has_mark(content) and looks_utf16(content) is None and is_binary(content):
        raise InputError(f"{name}: binary data, not text; give a text, an HTML page or an address")


def _refuse_foreign(text: str, name: str) -> None:
    if (code := foreign_language(text)) is not None:
        raise InputError(_foreign(name, code))


def _foreign(name: str, code: str) -> str:
    return f"{name}: written in {language_name(code)}; only English (en) can be read, give a translation"


def _too_long(name: str, length: str) -> str:
    return f"{name}: {length}, more than the {LONGEST_TEXT:,} characters of one text; split it"


def _read(stream: BinaryIO, name: str, size: int = 0) -> bytes:
    """All bytes of a stream; of one that is too long only the beginning, which tells what it is."""
    if size > _LONGEST_FILE:
        _refuse_other_kinds(stream.read(65_536), name)
        raise InputError(_too_long(name, f"{size:,} bytes"))
    content = stream.read(_LONGEST_FILE + 1)
    if len(content) > _LONGEST_FILE:
        _refuse_other_kinds(content, name)
        raise InputError(_too_long(name, f"over {_LONGEST_FILE:,} bytes"))
    return content


def _charset(content_type: str | None) -> str | None:
    """The ``charset`` of a ``Content-Type``."""
    for part in (content_type or "").split(";")[1:]:
        key, _, value = part.partition("=")
        if key.strip().lower() == "charset" and value:
            return value.strip(" \"'")
    return None
