"""Reads what parties to a truce, monitors and the press write, and keeps who says what happened, in which words.

The names below are the whole public face. Each is loaded when it is first asked for, so that ``import truceline`` and
``truceline --help`` cost nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from truceline.knowledge import Agreement, Knowledge
    from truceline.ledger import Ledger
    from truceline.model import Moment, Reading
    from truceline.reader import Reader

__all__ = ["Agreement", "Knowledge", "Ledger", "Reader", "Reading", "read"]

_HOMES = {
    "Agreement": "truceline.knowledge",
    "Knowledge": "truceline.knowledge",
    "Ledger": "truceline.ledger",
    "Reader": "truceline.reader",
    "Reading": "truceline.model",
}


def read(
    text: str,
    *,
    agreement: "str | Path | Agreement | None" = None,
    pipeline: str | None = None,
    knowledge: "Knowledge | Path | None" = None,
    published: "Moment | str | None" = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> "Reading":
    """Read one text: who says what happened, in which words.

    For more than one text make a ``Reader`` once and call its ``read`` or ``read_many``.

    Args:
        text: The text; every span of the reading points into it.
        agreement: Name of a shipped agreement, path of an agreement file, or an ``Agreement``.
        pipeline: spaCy pipeline, by package name or folder; None for the pinned one.
        knowledge: ``Knowledge``, or a folder of data files that are added to the shipped ones.
        published: When the text came out (ISO text will do); relative dates ("on Saturday") are resolved against it.
        publisher: Whose own voice the text is.
        title: Its title.
        url: Its address.

    Raises:
        TrucelineError: The agreement, the knowledge or the pipeline cannot be loaded. No text raises.
    """
    from truceline.reader import Reader

    reader = Reader(agreement=agreement, pipeline=pipeline, knowledge=knowledge)
    return reader.read(text, published=published, publisher=publisher, title=title, url=url)


def __getattr__(name: str) -> Any:
    """Load a public name on first use (PEP 562)."""
    if name == "__version__":
        from importlib.metadata import version

        return version("truceline")
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'truceline' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, for completion."""
    return sorted([*__all__, "__version__"])
