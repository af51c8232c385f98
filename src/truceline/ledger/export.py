"""Everything out again, one JSON object a line, in an order that does not depend on the database."""

from collections.abc import Callable, Iterator
from typing import Any, Literal

from sqlalchemy import select

from truceline.ledger import readings, tables
from truceline.ledger.history import at
from truceline.ledger.views import View

Part = Literal["documents", "claims", "incidents", "plover", "log"]
PARTS: tuple[Part, ...] = ("documents", "claims", "incidents", "plover", "log")


def lines(view: View, parts: tuple[Part, ...] = ("documents", "claims", "incidents")) -> Iterator[dict[str, Any]]:
    """The objects of these parts, as known at the view's entry; ``type`` tells what each is."""
    for part in parts:
        yield from _MAKERS[part](view)


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


def _events(view: View) -> Iterator[dict[str, Any]]:
    """The events of PLOVER in each document, as the machine read it: each with the claim that it was coded from."""
    from truceline.model.codec import reading_from_dict
    from truceline.plover import to_plover

    for key in _keys(view, tables.document):
        plain = readings.plain_reading(view.connection, key, view.number)
        if plain is None:
            continue
        whole = reading_from_dict(plain, view.text(key))
        about = {name: plain["document"][name] for name in ("publisher", "published")}
        days = {claim.id: claim.when.start for claim in whole.claims if claim.when and claim.when.start}
        for event in to_plover(whole):
            day = days.get(event["claim"])
            yield {"type": "plover", **event, "when": day.isoformat() if day else None, "document": key, **about}


def _log(view: View) -> Iterator[dict[str, Any]]:
    for entry in view.log():
        yield {"type": "entry", **entry.to_dict()}


def _keys(view: View, table: Any) -> list[str]:
    return list(view.connection.scalars(select(table.c.id).where(*at(table, view.number)).order_by(table.c.id)))


_MAKERS: dict[Part, Callable[[View], Iterator[dict[str, Any]]]] = {
    "documents": _documents,
    "claims": _claims,
    "incidents": _incidents,
    "plover": _events,
    "log": _log,
}
