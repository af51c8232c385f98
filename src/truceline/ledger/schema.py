"""The schema's version: made, brought up, and looked at."""

from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from truceline.ledger.tables import metadata

_MIGRATIONS = Path(__file__).parent / "migrations"
SEARCH = "passage_search"
"""The full-text index: a virtual table of SQLite, an index of PostgreSQL."""


def newest() -> str:
    """The version that this Truceline writes."""
    return _newest()


def version(connection: Connection) -> str | None:
    """The version of the tables that are there; None if there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def is_there(connection: Connection) -> bool:
    """Whether there is a ledger."""
    return inspect(connection).has_table("entry")


def upgrade(connection: Connection) -> None:
    """Make the tables, or bring them up."""
    command.upgrade(_config(connection), "head")


def differences(connection: Connection) -> list[object]:
    """What the tables that are there lack of ``tables.metadata``, or have besides; nothing, after ``upgrade``."""
    context = MigrationContext.configure(connection, opts={"include_object": _only_ours})
    return list(compare_metadata(context, metadata))


def is_ours(table: str | None) -> bool:
    """Whether a table is one of ours: FTS5 keeps tables of its own."""
    return table is not None and not table.startswith(SEARCH) and table != "alembic_version"


def _only_ours(thing: object, name: str | None, kind: str, *_: object) -> bool:
    del thing
    return (kind != "table" or is_ours(name)) and name != SEARCH


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


@lru_cache(maxsize=1)
def _newest() -> str:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    head = ScriptDirectory.from_config(config).get_current_head()
    assert head is not None
    return head
