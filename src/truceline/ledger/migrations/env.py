"""What Alembic runs: the steps go over the connection that ``schema`` hands in."""

from typing import Any

from alembic import context

from truceline.ledger.schema import is_ours
from truceline.ledger.tables import metadata


def _include(thing: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:  # noqa: ARG001 - Alembic's
    return kind != "table" or is_ours(name)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=_include,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
