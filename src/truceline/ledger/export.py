"""Everything out again, one JSON object a line, in an order that does not depend on the database."""

from collections.abc import Iterator
from typing import Any, Literal

from sqlalchemy import select

from truceline.ledger import tables
from truceline.ledger.history import at
from truceline.ledger.views import View

Part = Literal["documents", "claims", "incidents", "log"]
PARTS: tuple[Part, ...] = ("documents", "claims", "incidents", "log")


def lines(view: View, parts: tuple[Part, ...] = ("documents", "claims", "incidents")) -> Iterator[dict[str, Any]]:
    """The objects of these parts, as known at the view's entry; ``type`` tells what each is."""
    for part in parts:
        yield from {"documents": _documents, "claims": _claims, "incidents": _incidents, "log": _log}[part](view)


def _documents(view: View) -> Iterator[dict[str, Any]]:
    for key in _keys(view, tables.document):
        found = view.document(key)
        del found["claims"], found["closed"]
        yield {"type": "document", **found, "working_text": view.text(key)}


def _claims(view: View) -> Iterator[dict[str, Any]]:
    for key in _keys(view, tables.document):
        for claim in view.claims_of(key):
            yield {"type": "claim", **claim}


def _incidents(view: View) -> Iterator[dict[str, Any]]:
    for key in _keys(view, tables.incident):
        yield {"type": "incident", **view.incident(key)}


def _log(view: View) -> Iterator[dict[str, Any]]:
    for entry in view.log():
        yield {"type": "entry", **entry.to_dict()}


def _keys(view: View, table: Any) -> list[str]:
    return list(view.connection.scalars(select(table.c.id).where(*at(table, view.number)).order_by(table.c.id)))
