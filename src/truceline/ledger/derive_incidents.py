"""What matching comes to, as rows: incidents with their claims, lineages, summaries, and claims in no incident.

What stands is remembered from one entry to the next, so that only what became another is written.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from truceline.ledger import readings, tables
from truceline.ledger.canonical import storable
from truceline.ledger.history import standing
from truceline.ledger.index import Matching
from truceline.ledger.rows import aggregate_row, incident_row, lineage_row
from truceline.model import Incident

Row = dict[str, Any]


class Standing:
    """The rows of one table as they stand; looked up once, and kept up with what is written here.

    Args:
        table: Whose rows.
        column: What they are written by: all rows of one value are replaced together.
        others: Further columns that they are looked up by.
    """

    def __init__(self, table: Table, column: str, *others: str) -> None:
        self._table = table
        self._column = column
        self._known: dict[str, dict[str, list[Row]]] = {name: {} for name in (column, *others)}

    def reset(self) -> None:
        """Forget all: others wrote."""
        for known in self._known.values():
            known.clear()

    def of(self, connection: Connection, keys: Iterable[str], column: str | None = None) -> dict[str, list[Row]]:
        """The standing rows of each of these keys; an empty list where there are none."""
        name = column or self._column
        known, wanted = self._known[name], set(keys)
        unknown = wanted - known.keys()
        known.update((key, []) for key in unknown)
        for part in readings.batches(unknown):
            query = select(self._table).where(self._table.c[name].in_(part), standing(self._table))
            for row in connection.execute(query).mappings():
                known[row[name]].append(dict(row))
        return {key: known[key] for key in wanted}

    def none(self, keys: Iterable[str], column: str | None = None) -> None:
        """No row stands of these keys: they are new."""
        self._known[column or self._column].update((key, []) for key in keys)

    def replace(self, connection: Connection, number: int, rows: Mapping[str, list[Row]]) -> None:
        """Put rows in the place of those that stand, where they tell something else.

        What this very entry opened a moment ago never stood, and goes.
        """
        before = self.of(connection, rows)
        changed = sorted(key for key in rows if not _alike(before[key], rows[key]))
        now = [key for key in changed if any(row["opened"] == number for row in before[key])]
        old = [key for key in changed if any(row["opened"] != number for row in before[key])]
        column = self._table.c[self._column]
        for part in readings.batches(now):
            connection.execute(delete(self._table).where(column.in_(part), self._table.c.opened == number))
        for part in readings.batches(old):
            closing = update(self._table).where(column.in_(part), standing(self._table))
            connection.execute(closing.values(closed=number))
        added = [row for key in changed for row in rows[key]]
        if added:
            connection.execute(insert(self._table), added)
        for key in changed:
            self._remember(key, before[key], rows[key])

    def _remember(self, key: str, before: list[Row], now: list[Row]) -> None:
        for name, known in self._known.items():
            if name == self._column:
                known[key] = now
                continue
            for value in {row[name] for row in before} & known.keys():
                known[value] = [row for row in known[value] if row[self._column] != key]
            for row in now:
                if row[name] in known:
                    known[row[name]].append(row)


class IncidentRows:
    """Reads and writes the tables that matching fills."""

    def __init__(self) -> None:
        self._incidents = Standing(tables.incident, "id")
        self._members = Standing(tables.member, "incident", "claim")
        self._lineages = Standing(tables.lineage, "document", "lineage")
        self._reasons = Standing(tables.unmatched, "claim")
        self._summaries = Standing(tables.aggregate, "claim")
        self._contents = Standing(tables.contained, "claim", "incident")
        self._told: dict[str, Incident] = {}

    def reset(self) -> None:
        """Forget what was looked up."""
        for known in (
            self._incidents, self._members, self._lineages, self._reasons, self._summaries, self._contents,
        ):  # fmt: skip
            known.reset()
        self._told.clear()

    def new(self, document: str, claims: Iterable[str]) -> None:
        """Nothing stands of a document and its claims, so that nothing need be looked up."""
        told = list(claims)
        self._lineages.none([document])
        self._members.none(told, "claim")
        for known in (self._reasons, self._summaries, self._contents):
            known.none(told)

    # ---- what stands ----

    def incidents_of(self, connection: Connection, claims: Iterable[str]) -> set[str]:
        """The incidents that claims are in."""
        return _values(self._members.of(connection, claims, "claim"), "incident")

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
        return _values(self._lineages.of(connection, lineages, "lineage"), "document")

    def summaries_with(self, connection: Connection, incidents: Iterable[str]) -> set[str]:
        """The claims whose summaries contain any of these incidents."""
        return _values(self._contents.of(connection, incidents, "incident"), "claim")

    # ---- what is written ----

    def write_incidents(self, connection: Connection, number: int, index: Matching, keys: Iterable[str]) -> None:
        """Close the incidents that became others or went, and open what they became."""
        now = {key: index.incident(key) for key in keys}
        fresh = {key: incident for key, incident in now.items() if incident is None or incident != self._told.get(key)}
        rows: dict[str, list[Row]] = {}
        members: dict[str, list[Row]] = {}
        for key, incident in fresh.items():
            claims = sorted(set(incident.claims)) if incident is not None else ()
            rows[key] = [incident_row(incident, number)] if incident is not None else []
            members[key] = [{"incident": key, "claim": claim, "opened": number, "closed": None} for claim in claims]
        self._members.replace(connection, number, members)
        self._incidents.replace(connection, number, rows)
        for key, incident in fresh.items():
            if incident is not None:
                self._told[key] = incident
            else:
                self._told.pop(key, None)

    def write_lineages(self, connection: Connection, number: int, index: Matching, documents: Iterable[str]) -> None:
        """Open and close rows of documents whose lineage, or whose place in it, became another."""
        rows = {key: [lineage_row(index.lineage(key), key, number)] for key in documents}
        self._lineages.replace(connection, number, rows)

    def write_reasons(self, connection: Connection, number: int, index: Matching, claims: Iterable[str]) -> None:
        """Why claims are in no incident."""
        rows: dict[str, list[Row]] = {}
        for claim in claims:
            why = index.unmatched(claim)
            told = [] if why is None else [{"claim": claim, "why": storable(why), "opened": number, "closed": None}]
            rows[claim] = told
        self._reasons.replace(connection, number, rows)

    def write_summaries(self, connection: Connection, number: int, index: Matching, claims: Iterable[str]) -> None:
        """The summaries that claims make, and the incidents that these contain."""
        rows: dict[str, list[Row]] = {}
        contents: dict[str, list[Row]] = {}
        for claim in claims:
            found = index.aggregate(claim)
            incidents = sorted(set(found.contains)) if found is not None else ()
            rows[claim] = [aggregate_row(found, number)] if found is not None else []
            contents[claim] = [{"claim": claim, "incident": i, "opened": number, "closed": None} for i in incidents]
        self._summaries.replace(connection, number, rows)
        self._contents.replace(connection, number, contents)


def _alike(before: list[Row], now: list[Row]) -> bool:
    """Whether two sets of rows tell the same, whenever they were entered."""
    if not before or not now:
        return not before and not now
    return len(before) == len(now) and sorted(map(_told, before)) == sorted(map(_told, now))


def _told(row: Row) -> str:
    return repr([(name, row[name]) for name in sorted(row) if name not in {"opened", "closed"}])


def _values(rows: Mapping[str, list[Row]], name: str) -> set[str]:
    return {row[name] for found in rows.values() for row in found}
