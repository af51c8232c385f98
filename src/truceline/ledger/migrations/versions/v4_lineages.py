"""Lineages of documents, summaries, and claims that are in no incident; empty until the ledger is rebuilt."""

import sqlalchemy as sa
from alembic import op

revision = "4"
down_revision = "3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "lineage",
        sa.Column("document", _plain(80), nullable=False),
        *_history(),
        sa.Column("lineage", sa.String(length=40), nullable=False),
        sa.Column("origin", sa.Text(), nullable=True, comment="whom the words go back to, as far as known"),
        sa.Column("of", _plain(80), nullable=True, comment="the document it copies; null for the first of a lineage"),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("changes", sa.Text(), nullable=False, comment="what the copy made of the other's sentences: JSON"),
        sa.PrimaryKeyConstraint("document", "opened", name="pk_lineage"),
    )
    op.create_index("ix_lineage_lineage", "lineage", ["lineage"], unique=False)
    op.create_index("ix_lineage_of", "lineage", ["of"], unique=False)
    op.create_table(
        "aggregate",
        sa.Column("claim", _plain(80), nullable=False),
        *_history(),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("starts", _plain(40), nullable=True),
        sa.Column("ends", _plain(40), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("least", sa.Integer(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("claim", "opened", name="pk_aggregate"),
    )
    op.create_index("ix_aggregate_starts", "aggregate", ["starts"], unique=False)
    op.create_table(
        "contained",
        sa.Column("claim", _plain(80), nullable=False),
        sa.Column("incident", _plain(120), nullable=False),
        *_history(),
        sa.PrimaryKeyConstraint("claim", "incident", "opened", name="pk_contained"),
    )
    op.create_index("ix_contained_incident", "contained", ["incident"], unique=False)
    op.create_table(
        "unmatched",
        sa.Column("claim", _plain(80), nullable=False),
        *_history(),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("claim", "opened", name="pk_unmatched"),
    )


def _plain(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _history() -> tuple[sa.Column[int], sa.Column[int]]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return (
        sa.Column("opened", number, autoincrement=False, nullable=False),
        sa.Column("closed", number, nullable=True),
    )
