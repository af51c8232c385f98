"""The text of a data file: UTF-8 and nothing else, with the line where it is not."""

from truceline.errors import KnowledgeError
from truceline.knowledge.loading import Source

_OTHER_ENCODINGS = {
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"\x1f\x8b": "compressed (gzip)",
    b"PK\x03\x04": "a zip archive",
    b"%PDF": "a PDF",
}


class NotTextError(Exception):
    """The bytes are no UTF-8 text; line and column from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line, self.column = line, column


def read_data_text(source: Source) -> str:
    """The text of a file.

    Raises:
        KnowledgeError: It cannot be opened.
        NotTextError: It is empty, binary, or in another encoding.
    """
    try:
        raw = source.read_bytes()
    except OSError as fault:
        reason = "no such file" if isinstance(fault, FileNotFoundError) else (fault.strerror or str(fault)).lower()
        raise KnowledgeError(f"{source}: cannot be read ({reason}); give the path of a YAML file") from fault
    if not raw.strip():
        raise NotTextError("the file is empty; `truceline agreements new` writes one to begin with")
    found = next((what for begin, what in _OTHER_ENCODINGS.items() if raw.startswith(begin)), None)
    if found is not None:
        raise NotTextError(f"the file is {found}, not UTF-8 text; save it as UTF-8")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise NotTextError(
            f"not UTF-8 (byte {raw[fault.start]:#04x}); save the file as UTF-8", *_at(raw, fault.start)
        ) from fault
    if "\0" in text:
        raise NotTextError("the file is binary, not text", *_at(raw, raw.index(0)))
    return text.removeprefix("\ufeff")


def _at(raw: bytes, position: int) -> tuple[int, int]:
    before = raw[:position]
    return before.count(b"\n") + 1, position - (before.rfind(b"\n") + 1) + 1
