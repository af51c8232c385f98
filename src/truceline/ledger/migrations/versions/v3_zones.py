"""Maps of zones. No ledger has any before this step."""

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"
branch_labels = None
depends_on = None


def _plain(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "zone",
        sa.Column(
            "opened",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("published", _plain(40), nullable=False),
        sa.Column("content", _plain(64), nullable=False, comment="the map as GeoJSON"),
        sa.Column("name", sa.Text(), nullable=False, comment="what the file was called"),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("opened", name="pk_zone"),
    )
    op.create_index("ix_zone_zone", "zone", ["zone"], unique=False)
