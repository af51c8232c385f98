"""What comes into a ledger: the original bytes, the document made of them, and how they were received."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from truceline.errors import InputError, LedgerError
from truceline.knowledge import Agreement, Knowledge
from truceline.knowledge.agreement import load_agreement
from truceline.knowledge.loading import Source
from truceline.model import Document, Reading, document_id


class Reads(Protocol):
    """What ingest needs of a reader (``truceline.Reader`` is one)."""

    def read_document(self, document: Document) -> Reading:
        """Read one document."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document with the bytes it was made of.

    Attributes:
        name: What the file was called.
        how: How it was received, for its custody log.
        begins: Where in the decoded original the working text begins; None where the text was taken out of a page.
    """

    content: bytes
    document: Document
    name: str
    how: str
    begins: int | None = 0

    def check(self) -> None:
        """Raise unless the bytes are those the document is known by."""
        if document_id(self.content) != self.document.id:
            raise InputError(f"{self.name}: its bytes are not those of document {self.document.id}; read it again")


def of_file(path: str | Path) -> Evidence:
    """The evidence that a file holds.

    Raises:
        InputError: It is no text that can be read, or was changed while it was read.
    """
    from truceline import intake

    document = intake.read_file(path)
    return _evidence(Path(path).read_bytes(), document, Path(path).name, f"file {Path(path).name}")


def of_bytes(content: bytes, name: str, how: str = "handed over") -> Evidence:
    """The evidence that these bytes are.

    Raises:
        InputError: They are no text that can be read.
    """
    from truceline import intake

    return _evidence(content, intake.from_bytes(content, name), name, how)


def _evidence(content: bytes, document: Document, name: str, how: str) -> Evidence:
    from truceline.intake.decoding import decode

    try:
        decoded = decode(content, name)[0]
    except InputError:
        decoded = ""
    begins = len(decoded) - len(document.text) if decoded.endswith(document.text) else None
    made = Evidence(content, document, name, how, begins)
    made.check()
    return made


@dataclass(frozen=True, slots=True)
class KeptAgreement:
    """An agreement's file as the ledger keeps it, so that nothing depends on what ships or lies about later."""

    content: bytes

    def __str__(self) -> str:
        return "the ledger's agreement"

    def read_text(self, encoding: str = "utf-8") -> str:
        """The file's text."""
        return self.content.decode(encoding)

    def load(self, knowledge: Knowledge) -> Agreement:
        """The agreement.

        Raises:
            KnowledgeError: The file does not fit this version.
        """
        return load_agreement(cast("Source", self), knowledge.acts, knowledge.actors, knowledge.countries)


def find_agreement(name_or_path: str | Path, knowledge: Knowledge) -> KeptAgreement:
    """An agreement's file by name, id or path.

    Raises:
        KnowledgeError: There is none of this name, or it is broken.
        LedgerError: The file cannot be read.
    """
    wanted = knowledge.agreement(name_or_path)
    shipped = knowledge.agreements()
    source = shipped.get(str(name_or_path)) or next(
        (source for name, source in shipped.items() if knowledge.agreement(name).id == wanted.id), Path(name_or_path)
    )
    own = Path(name_or_path)
    try:
        return KeptAgreement(own.read_bytes() if own.is_file() and str(own) not in shipped else source.read_bytes())
    except OSError as fault:
        raise LedgerError(f"{name_or_path}: cannot be read ({fault.strerror})") from fault
