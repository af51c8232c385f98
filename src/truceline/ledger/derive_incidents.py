"""What matching comes to, as rows: incidents with their claims, lineages, summaries, and claims in no incident.

What stands is remembered from one entry to the next, so that only what became another is written.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from truceline.ledger import readings, tables
from truceline.ledger.history import standing
from truceline.ledger.index import Matching
from truceline.ledger.rows import aggregate_row, incident_row, lineage_row

Row = dict[str, Any]


class Standing:
    """The rows of one table as they stand, by one of its columns; looked up once and kept up with what is written.

    Args:
        table: Whose rows.
        column: The column that they are looked up by.
    """

    def __init__(self, table: Table, column: str) -> None:
        self._table = table
        self._column = table.c[column]
        self.reset()

    def reset(self) -> None:
        """Forget all: others wrote."""
        self._known: dict[str, list[Row]] = {}

    def of(self, connection: Connection, keys: Iterable[str]) -> dict[str, list[Row]]:
        """The standing rows of each of these keys; an empty list where there are none."""
        wanted = set(keys)
        unknown = wanted - self._known.keys()
        self._known.update((key, []) for key in unknown)
        for part in readings.batches(unknown):
            query = select(self._table).where(self._column.in_(part), standing(self._table))
            for row in connection.execute(query).mappings():
                self._known[row[self._column.name]].append(dict(row))
        return {key: self._known[key] for key in wanted}

    def forget(self, keys: Iterable[str]) -> None:
        """These keys have other rows now."""
        for key in keys:
            self._known.pop(key, None)


class IncidentRows:
    """Reads and writes the tables that matching fills."""

    def __init__(self) -> None:
        self._homes = Standing(tables.member, "claim")
        self._members = Standing(tables.member, "incident")
        self._incidents = Standing(tables.incident, "id")
        self._lineages = Standing(tables.lineage, "document")
        self._kept_in = Standing(tables.lineage, "lineage")
        self._reasons = Standing(tables.unmatched, "claim")
        self._summaries = Standing(tables.aggregate, "claim")
        self._contents = Standing(tables.contained, "claim")
        self._containers = Standing(tables.contained, "incident")

    def reset(self) -> None:
        """Forget what was looked up."""
        for known in vars(self).values():
            known.reset()

    # ---- what stands ----

    def incidents_of(self, connection: Connection, claims: Iterable[str]) -> set[str]:
        """The incidents that claims are in."""
        return _values(self._homes.of(connection, claims), "incident")

    def claims_of(self, connection: Connection, incidents: Iterable[str]) -> set[str]:
        """The claims that are in incidents."""
        return _values(self._members.of(connection, incidents), "claim")

    def descent(self, connection: Connection, document: str) -> tuple[str, str | None] | None:
        """The lineage of a document with its origin, as it stands."""
        rows = self._lineages.of(connection, [document])[document]
        return (rows[0]["lineage"], rows[0]["origin"]) if rows else None

    def fellows(self, connection: Connection, documents: Iterable[str]) -> set[str]:
        """The documents of the lineages that these are in."""
        lineages = _values(self._lineages.of(connection, documents), "lineage")
        return _values(self._kept_in.of(connection, lineages), "document")

    def summaries_with(self, connection: Connection, incidents: Iterable[str]) -> set[str]:
        """The claims whose summaries contain any of these incidents."""
        return _values(self._containers.of(connection, incidents), "claim")

    # ---- what is written ----

    def write_incidents(self, connection: Connection, number: int, index: Matching, keys: Iterable[str]) -> None:
        """Close the incidents that became others or went, and open what they became."""
        before = self._incidents.of(connection, keys)
        now = {key: index.incident(key) for key in sorted(before)}
        new = {key: [incident_row(incident, number)] for key, incident in now.items() if incident is not None}
        changed = {key for key in before if not _alike(before[key], new.get(key, []))}
        claims = self.claims_of(connection, changed)
        _replace(connection, number, tables.incident, "id", {key: new.get(key, []) for key in changed})
        members: dict[str, list[Row]] = {}
        for key in sorted(changed):
            incident = now[key]
            ids = sorted(set(incident.claims)) if incident is not None else ()
            members[key] = [{"incident": key, "claim": claim, "opened": number, "closed": None} for claim in ids]
        _replace(connection, number, tables.member, "incident", members)
        self._incidents.forget(changed)
        self._members.forget(changed)
        self._homes.forget(claims | {row["claim"] for rows in members.values() for row in rows})

    def write_lineages(self, connection: Connection, number: int, index: Matching, documents: Iterable[str]) -> None:
        """Open and close rows of documents whose lineage, or whose place in it, became another."""
        before = self._lineages.of(connection, documents)
        new = {key: [lineage_row(index.lineage(key), key, number)] for key in sorted(before)}
        changed = {key for key in before if not _alike(before[key], new[key])}
        _replace(connection, number, tables.lineage, "document", {key: new[key] for key in changed})
        touched = _values({key: before[key] + new[key] for key in changed}, "lineage")
        self._lineages.forget(changed)
        self._kept_in.forget(touched)

    def write_reasons(self, connection: Connection, number: int, index: Matching, claims: Iterable[str]) -> None:
        """Why claims are in no incident."""
        before = self._reasons.of(connection, claims)
        new: dict[str, list[Row]] = {}
        for claim in before:
            why = index.unmatched(claim)
            new[claim] = [{"claim": claim, "why": why, "opened": number, "closed": None}] if why is not None else []
        changed = {key for key in before if not _alike(before[key], new[key])}
        _replace(connection, number, tables.unmatched, "claim", {key: new[key] for key in changed})
        self._reasons.forget(changed)

    def write_summaries(self, connection: Connection, number: int, index: Matching, claims: Iterable[str]) -> None:
        """The summaries that claims make, and the incidents that these contain."""
        before = self._summaries.of(connection, claims)
        held = self._contents.of(connection, before)
        new: dict[str, list[Row]] = {}
        contents: dict[str, list[Row]] = {}
        for claim in before:
            found = index.aggregate(claim)
            new[claim] = [aggregate_row(found, number)] if found is not None else []
            incidents = sorted(set(found.contains)) if found is not None else ()
            contents[claim] = [{"claim": claim, "incident": i, "opened": number, "closed": None} for i in incidents]
        changed = {key for key in before if not _alike(before[key], new[key])}
        _replace(connection, number, tables.aggregate, "claim", {key: new[key] for key in changed})
        self._summaries.forget(changed)
        changed = {key for key in held if not _alike(held[key], contents[key])}
        _replace(connection, number, tables.contained, "claim", {key: contents[key] for key in changed})
        self._containers.forget(_values({key: held[key] + contents[key] for key in changed}, "incident"))
        self._contents.forget(changed)


def _replace(connection: Connection, number: int, table: Table, column: str, rows: Mapping[str, list[Row]]) -> None:
    """Put rows in the place of those that stand; what this very entry opened a moment ago never stood, and goes."""
    for part in readings.batches(rows):
        key = table.c[column]
        connection.execute(delete(table).where(key.in_(part), table.c.opened == number))
        connection.execute(update(table).where(key.in_(part), standing(table)).values(closed=number))
    added = [row for key in sorted(rows) for row in rows[key]]
    if added:
        connection.execute(insert(table), added)


def _alike(before: list[Row], now: list[Row]) -> bool:
    """Whether two sets of rows tell the same, whenever they were entered."""
    order: Callable[[Row], str] = repr
    return sorted(map(_told, before), key=order) == sorted(map(_told, now), key=order)


def _told(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in {"opened", "closed"}}


def _values(rows: Mapping[str, list[Row]], name: str) -> set[str]:
    return {row[name] for found in rows.values() for row in found}
