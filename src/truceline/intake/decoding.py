"""From bytes to text: which encoding, and what in the result looks damaged."""

import codecs
import re
from collections.abc import Iterator

from truceline.errors import InputError
from truceline.model import Flag, Span

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In UTF-16 a text in Latin letters has a zero in every second byte.
_ZEROS_OF_UTF16 = 0.3
# UTF-8 with some bytes lost still has more good sequences than bad ones; a legacy encoding has next to none.
_GOOD_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# What charset-normalizer finds as plausible as its best guess may be the usual encoding of English texts.
_USUAL = "cp1252"
_AS_GOOD = 0.05
_SAMPLE = 100_000

_FOREIGN_RUN = re.compile(
    r"[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2,}"
)
_MOST_FLAGS = 50


def decode(content: bytes, name: str, declared: str | None = None) -> tuple[str, tuple[Flag, ...]]:
    """The text of the bytes, and flags for what was guessed or is damaged.

    Args:
        content: All bytes of the text.
        name: What to call it in an error.
        declared: The encoding that a server or a web page claims; taken if the bytes agree.

    Raises:
        InputError: The bytes are a text in no encoding.
    """
    text, flags = _decoded(content, name, declared)
    return text, (*flags, *_damage(text))


def looks_utf16(content: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` for bytes without a mark that have a zero in about every second place."""
    head = content[:4096]
    half = len(head) // 2
    if half == 0:
        return None
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if odd > _ZEROS_OF_UTF16 and even < _ZEROS_OF_UTF16 / 10:
        return "utf-16-le"
    if even > _ZEROS_OF_UTF16 and odd < _ZEROS_OF_UTF16 / 10:
        return "utf-16-be"
    return None


def has_mark(content: bytes) -> bool:
    """Whether the bytes begin with the byte order mark of a Unicode encoding."""
    return any(content.startswith(mark) for mark, _ in _MARKS)


def _decoded(content: bytes, name: str, declared: str | None) -> tuple[str, tuple[Flag, ...]]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _damaged(content[len(mark) :], encoding)
    if (encoding_found := looks_utf16(content)) is not None:
        text, flags = _damaged(content, encoding_found)
        return text, (_guessed(encoding_found), *flags)
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError as fault:
        first_bad = fault.start
    if declared is not None and (text_declared := _try(content, declared)) is not None:
        return text_declared, ()
    good = len(_GOOD_SEQUENCE.findall(content))
    lost = content.decode("utf-8", errors="replace")
    if good > lost.count("\ufffd") or (good == 0 and lost.count("\ufffd") == 1 and first_bad >= len(content) - 3):
        return lost, (
            Flag("encoding_damaged", None, None, "UTF-8 with bytes that do not belong; each is shown as \ufffd"),
        )
    encoding_guess = _guess(content)
    if encoding_guess is None:
        raise InputError(f"{name}: not a text in any encoding known here; save it as UTF-8")
    return content.decode(encoding_guess, errors="replace"), (_guessed(encoding_guess),)


def _guess(content: bytes) -> str | None:
    """A legacy encoding: the usual one if it is as plausible as the best."""
    from charset_normalizer import from_bytes

    found = list(from_bytes(content[:_SAMPLE]))
    if not found:
        return None
    best = found[0]
    usual = [match for match in found if match.encoding == _USUAL or _USUAL in match.could_be_from_charset]
    if usual and usual[0].chaos <= best.chaos + _AS_GOOD and usual[0].coherence >= best.coherence - _AS_GOOD:
        return _USUAL
    return best.encoding


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _damaged(content: bytes, encoding: str) -> tuple[str, tuple[Flag, ...]]:
    try:
        return content.decode(encoding), ()
    except UnicodeDecodeError:
        why = f"{encoding.upper()} with bytes that do not belong; each is shown as \ufffd"
        return content.decode(encoding, errors="replace"), (Flag("encoding_damaged", None, None, why),)


def _guessed(encoding: str) -> Flag:
    return Flag("encoding_guessed", None, None, f"not UTF-8; read as {encoding}")


def _damage(text: str) -> Iterator[Flag]:
    """Flags for characters that were lost or read in a wrong encoding before the text came here."""
    found = 0
    for span, why in _damaged_runs(text):
        found += 1
        if found <= _MOST_FLAGS:
            yield Flag("mojibake", span, text[span[0] : span[1]], why)
    if found > _MOST_FLAGS:
        yield Flag("mojibake", None, None, f"{found - _MOST_FLAGS} more places like these")


def _damaged_runs(text: str) -> Iterator[tuple[Span, str]]:
    runs = [
        (match.span(), f"reads as {meant!r} if its bytes were UTF-8")
        for match in _FOREIGN_RUN.finditer(text)
        if (meant := _meant(match[0]))
    ]
    runs += [(match.span(), "characters lost before the text came here") for match in re.finditer("\ufffd+", text)]
    yield from sorted(runs)


def _meant(run: str) -> str | None:
    """What a run of characters was before UTF-8 was read as cp1252 or latin-1; None if it was not."""
    raw = bytearray()
    for character in run:
        try:
            raw += character.encode(_USUAL)
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return None
            raw.append(ord(character))
    try:
        meant = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return meant if len(meant) < len(run) else None
