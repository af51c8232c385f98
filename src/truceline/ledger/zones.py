"""Maps of zones: each revision is an entry, its file is kept as it came, and a newer one takes nothing away."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection, select

from truceline.errors import LedgerError
from truceline.intake.outlines import Outline, read_outline
from truceline.ledger import log, tables
from truceline.ledger.canonical import sha256, storable
from truceline.ledger.entries import Entry, Kind
from truceline.ledger.history import at
from truceline.ledger.views import View
from truceline.ledger.writing import Writer
from truceline.model import Moment

_LONGEST = 120


class ZoneMaps:
    """The part of a ledger that keeps maps of zones; ``Ledger`` is one."""

    who: str
    _writing: Callable[[], AbstractContextManager[Writer]]

    def add_zone(
        self, content: bytes, *, zone: str, publisher: str, published: Moment, name: str, url: str | None = None
    ) -> Entry | None:
        """Enter a map of a zone as its publisher drew it; None when this very map is there already.

        Args:
            content: The GeoJSON file's bytes.
            zone: What the zone is called; maps of one name are revisions of it.
            publisher: Who published the map.
            published: When.
            name: What the file was called.
            url: Where it was found.

        Raises:
            InputError: The file is no outline.
            LedgerError: The zone or the publisher has no name.
        """
        read_outline(content, name)
        told = {
            "zone": _named(zone, "zone"),
            "publisher": _named(publisher, "publisher"),
            "published": published.isoformat(),
            "content": sha256(content),
        }
        with self._writing() as writer:
            if _is_there(writer.connection, told):
                return None
            writer.put(content)
            more = {"name": storable(name), "url": storable(url) if url else None, "size": len(content)}
            return writer.enter(Kind.ZONE, self.who, told | more)


def zone_rows(view: View, zone: str | None = None) -> list[dict[str, Any]]:
    """The maps that are known, of one zone or of all: by zone, publisher and entry.

    Raises:
        LedgerError: There is none of this name.
    """
    table = tables.zone
    query = select(table).where(*at(table, view.number))
    if zone is not None:
        query = query.where(table.c.zone == zone)
    rows = [dict(row._mapping) for row in view.connection.execute(query)]
    if zone is not None and not rows:
        names = sorted(set(view.connection.scalars(select(table.c.zone).where(*at(table, view.number)))))
        raise LedgerError(
            f"no zone {zone!r}; there are {', '.join(names) or 'none: add one with `truceline zones add`'}"
        )
    return sorted(rows, key=lambda row: (row["zone"], row["publisher"], row["opened"]))


def zone_outline(view: View, row: dict[str, Any]) -> Outline:
    """The outline that a map draws."""
    return read_outline(log.get(view.connection, row["content"]), row["name"])


def _named(name: str, what: str) -> str:
    name = storable(" ".join(name.split()))
    if not name:
        raise LedgerError(f"a zone's map needs the name of its {what}")
    if len(name) > _LONGEST:
        raise LedgerError(f"the name of the {what} has {len(name)} characters, more than {_LONGEST}; shorten it")
    return name


def _is_there(connection: Connection, told: dict[str, Any]) -> bool:
    table = tables.zone
    same = [table.c[name] == value for name, value in told.items()]
    return connection.execute(select(table.c.opened).where(*same)).first() is not None
