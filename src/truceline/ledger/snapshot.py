"""The ledger as it was known at one entry: rows as they stood then. Nothing here writes."""

import json
from collections.abc import Callable
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Table, select

from truceline.errors import LedgerError
from truceline.knowledge import Agreement
from truceline.ledger import tables
from truceline.ledger.history import at

PREFIX = "sha256:"
"""Of a document's id."""


class Snapshot:
    """What every part of a view stands on.

    Attributes:
        connection: Reads.
        number: The newest entry that is known.
    """

    def __init__(self, connection: Connection, number: int, agreement: Callable[[], Agreement | None]) -> None:
        self.connection = connection
        self.number = number
        self._agreement = agreement

    @cached_property
    def agreement(self) -> Agreement | None:
        """The ledger's agreement."""
        return self._agreement()

    def grades(self, kind: str, target: str) -> list[dict[str, Any]]:
        """A person's and a rule's grade of a source, a claim or an incident."""
        table = tables.grade
        return self._rows(table, table.c.kind == kind, table.c.target == target)

    def decisions(self, claims: list[str]) -> list[dict[str, Any]]:
        """The standing decisions that are about any of these claims (all, when none are given)."""
        wanted = set(claims)
        found = []
        for row in self._rows(tables.decision):
            body = json.loads(row.pop("body"))
            if not wanted or wanted & {claim for group in body["claims"] for claim in group}:
                found.append({**row, "claims": body["claims"]})
        return found

    def _rows(self, table: Table, *conditions: Any) -> list[dict[str, Any]]:
        query = select(table).where(*conditions, *at(table, self.number)).order_by(table.c.opened)
        return [
            {name: value for name, value in row._mapping.items() if name != "closed"}
            for row in self.connection.execute(query)
        ]

    def _one(self, table: Table, key: str, what: str) -> Any:
        """The row of this id, or the only one whose id begins so."""
        query = select(table).where(*at(table, self.number))
        exact = self.connection.execute(query.where(table.c.id == key)).first()
        if exact is not None:
            return exact
        near = self.connection.execute(
            query.where(table.c.id.startswith(key, autoescape=True)).order_by(table.c.id).limit(3)
        ).all()
        if len(near) == 1:
            return near[0]
        if near:
            raise LedgerError(
                f"{key}: more than one {what} begins so ({near[0].id}, {near[1].id}, …); write more of it"
            )
        lists = "truceline incidents" if what == "incident" else "truceline search"
        raise LedgerError(f"no {what} {key}; `{lists}` lists those there are")
