"""What claims bear on by themselves, what persons tie to an obligation, and how an obligation stands.

What is derived stands empty after this step until the ledger is rebuilt, which ``Ledger.create`` does.
"""

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"
branch_labels = None
depends_on = None


def _plain(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take the step."""
    op.add_column(
        "claim",
        sa.Column("ends_at", sa.Integer(), nullable=True, comment="where its words end; they begin at position"),
    )
    op.add_column("claim", sa.Column("place_id", sa.Text(), nullable=True))
    op.add_column("claim", sa.Column("place_said", sa.Text(), nullable=True, comment="the speaker's own toponym"))
    op.add_column("assessment", sa.Column("state", sa.Integer(), nullable=True, comment="of an obligation: 0 to 3"))
    op.add_column(
        "assessment",
        sa.Column("since", _plain(40), nullable=True, comment="of an obligation: the day from which it holds"),
    )
    op.create_table(
        "bearing",
        sa.Column("claim", _plain(80), nullable=False),
        sa.Column("opened", _number(), autoincrement=False, nullable=False),
        sa.Column("closed", _number(), nullable=True),
        sa.Column("document", _plain(80), nullable=False),
        sa.Column(
            "voice", sa.String(length=80), nullable=False, comment="whose version: a party's id, monitor or others"
        ),
        sa.Column("background", sa.Integer(), nullable=False, comment="1 where it is told as history"),
        sa.PrimaryKeyConstraint("claim", "opened", name="pk_bearing"),
    )
    op.create_index("ix_bearing_document", "bearing", ["document"], unique=False)
    op.create_table(
        "tie",
        sa.Column("claim", _plain(80), nullable=False),
        sa.Column("obligation", sa.String(length=120), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False, comment="questioned or served"),
        sa.Column("opened", _number(), autoincrement=False, nullable=False),
        sa.Column("closed", _number(), nullable=True),
        sa.Column("document", _plain(80), nullable=False),
        sa.Column("rule", sa.Integer(), nullable=False, comment="which of the obligation's rules, from 0"),
        sa.PrimaryKeyConstraint("claim", "obligation", "side", "opened", name="pk_tie"),
    )
    op.create_index("ix_tie_document", "tie", ["document"], unique=False)
    op.create_index("ix_tie_obligation", "tie", ["obligation"], unique=False)
    op.create_table(
        "tying",
        sa.Column("claim", _plain(80), nullable=False),
        sa.Column("obligation", sa.String(length=120), nullable=False),
        sa.Column("opened", _number(), autoincrement=False, nullable=False),
        sa.Column("closed", _number(), nullable=True),
        sa.Column("side", sa.String(length=16), nullable=False, comment="for, against, or none: it bears not on it"),
        sa.Column("incident", _plain(120), nullable=True, comment="the incident whose claims were meant"),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("claim", "obligation", "opened", name="pk_tying"),
    )
