"""The schema's version: made, brought up, and looked at. Alembic is loaded only where something is made or compared."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from truceline.ledger.tables import metadata

NEWEST = "4"
"""The version that this Truceline writes: its last migration."""

SEARCH = "passage_search"
"""The full-text index: a virtual table of SQLite, an index of PostgreSQL."""

VECTOR = "vector"
"""PostgreSQL's own column of ``passage``: the words of the text."""

MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION = "alembic_version"


def version(connection: Connection) -> str | None:
    """The version of the tables that are there; None if there are none."""
    if not inspect(connection).has_table(_VERSION):
        return None
    found: str | None = connection.execute(text(f"SELECT version_num FROM {_VERSION}")).scalar()
    return found


def upgrade(connection: Connection) -> None:
    """Make the tables, or bring them up."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def differences(connection: Connection) -> list[object]:
    """What the tables that are there lack of ``tables.metadata``, or have besides; nothing, after ``upgrade``."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    context = MigrationContext.configure(connection, opts={"include_object": _only_ours})
    return list(compare_metadata(context, metadata))


def is_ours(table: str | None) -> bool:
    """Whether a table is one of ours: FTS5 keeps tables of its own."""
    return table is not None and not table.startswith(SEARCH) and table != _VERSION


def _only_ours(thing: object, name: str | None, kind: str, *_: object) -> bool:
    del thing
    return (kind != "table" or is_ours(name)) and name not in {SEARCH, VECTOR}
