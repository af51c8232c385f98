"""The first tables, the full-text index, and the guard that lets nobody change the log."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None
branch_labels = None
depends_on = None

_FTS5 = """
CREATE VIRTUAL TABLE passage_search USING fts5(
    heading, body, content='passage', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2'
)
"""
# The words are kept beside the text: to rank what is found they would have to be taken from each text anew.
_TSVECTOR = """
ALTER TABLE passage ADD COLUMN vector tsvector
GENERATED ALWAYS AS (to_tsvector('english', heading || ' ' || body)) STORED
"""
_GIN = "CREATE INDEX passage_search ON passage USING gin (vector)"
_SQLITE_GUARD = """
CREATE TRIGGER {table}_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END
"""
_POSTGRES_REFUSE = """
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$
"""
_POSTGRES_GUARD = """
CREATE TRIGGER {table}_{verb} BEFORE {verb} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION append_only()
"""


def upgrade() -> None:
    """Take the step."""
    _evidence()
    _documents()
    _claims()
    _incidents()
    _judgements()
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(_FTS5 if sqlite else _TSVECTOR)
    if not sqlite:
        op.execute(_GIN)
        op.execute(_POSTGRES_REFUSE)
    for table in ("entry", "content"):
        for verb in ("update", "delete") if sqlite else ("update", "delete", "truncate"):
            op.execute((_SQLITE_GUARD if sqlite else _POSTGRES_GUARD).format(table=table, verb=verb))


def _plain(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _evidence() -> None:
    op.create_table(
        "entry",
        sa.Column("number", _number(), autoincrement=False, nullable=False),
        sa.Column("at", _plain(40), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("previous", _plain(64), nullable=False),
        sa.Column("hash", _plain(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_entry"),
    )
    op.create_index("ix_entry_at", "entry", ["at"], unique=False)
    op.create_index("ix_entry_kind", "entry", ["kind"], unique=False)
    op.create_table(
        "content",
        sa.Column("hash", _plain(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("coding", sa.String(length=8), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_content"),
    )


def _documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", _plain(80), nullable=False),
        sa.Column("opened", _number(), autoincrement=False, nullable=False),
        sa.Column("closed", _number(), nullable=True),
        sa.Column("received", _number(), nullable=False, comment="the entry it came in with"),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("published", _plain(40), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False, comment="what the file was called"),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("text", _plain(64), nullable=False, comment="the working text's content"),
        sa.Column(
            "begins", sa.Integer(), nullable=True, comment="where it begins in the decoded original; null for a page"
        ),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "opened", name="pk_document"),
    )
    op.create_index("ix_document_published", "document", ["published"], unique=False)
    op.create_table(
        "passage",
        sa.Column("number", _number(), autoincrement=False, nullable=False),
        sa.Column("opened", _number(), nullable=False),
        sa.Column("document", _plain(80), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_passage"),
    )
    op.create_index("ix_passage_document", "passage", ["document"], unique=False)
    op.create_table(
        "custody",
        sa.Column("document", _plain(80), nullable=False),
        sa.Column("opened", _number(), autoincrement=False, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("at", _plain(40), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("hash", _plain(64), nullable=False),
        sa.PrimaryKeyConstraint("document", "opened", name="pk_custody"),
    )
    op.create_table(
        "reading",
        sa.Column("document", _plain(80), nullable=False),
        sa.Column("opened", _number(), autoincrement=False, nullable=False),
        sa.Column("closed", _number(), nullable=True),
        sa.Column("content", _plain(64), nullable=False, comment="the reading as JSON"),
        sa.Column("reader", sa.Text(), nullable=False, comment="what read it"),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("document", "opened", name="pk_reading"),
    )
    op.create_index(
        "ix_reading_closed",
        "reading",
        ["closed"],
        unique=False,
        sqlite_where=sa.text("closed IS NOT NULL"),
        postgresql_where=sa.text("closed IS NOT NULL"),
    )


def _claims() -> None:
    op.create_table(
        "claim",
        sa.Column("id", _plain(80), nullable=False),
        sa.Column("opened", _number(), autoincrement=False, nullable=False),
        sa.Column("closed", _number(), nullable=True),
        sa.Column("document", _plain(80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=True),
        sa.Column("modality", sa.String(length=16), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=True, comment="who makes the claim: the innermost of the chain"),
        sa.Column("party", sa.String(length=80), nullable=True, comment="the speaker's party or role"),
        sa.Column("agent", sa.Text(), nullable=True),
        sa.Column("agent_party", sa.String(length=80), nullable=True),
        sa.Column("patient", sa.Text(), nullable=True),
        sa.Column("patient_party", sa.String(length=80), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("starts", _plain(40), nullable=True),
        sa.Column("ends", _plain(40), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False, comment="read, or corrected"),
        sa.PrimaryKeyConstraint("id", "opened", name="pk_claim"),
    )
    op.create_index("ix_claim_act", "claim", ["act"], unique=False)
    op.create_index("ix_claim_document", "claim", ["document"], unique=False)
    op.create_index("ix_claim_place", "claim", ["place"], unique=False)
    op.create_index("ix_claim_starts", "claim", ["starts"], unique=False)
    op.create_table(
        "document_day",
        sa.Column(
            "day", sa.Integer(), autoincrement=False, nullable=False, comment="proleptic ordinal, as date.toordinal"
        ),
        sa.Column("document", _plain(80), nullable=False),
        sa.Column("opened", _number(), autoincrement=False, nullable=False),
        sa.Column("closed", _number(), nullable=True),
        sa.PrimaryKeyConstraint("day", "document", "opened", name="pk_document_day"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_document_day_document", "document_day", ["document"], unique=False)


def _incidents() -> None:
    op.create_table(
        "incident",
        sa.Column("id", _plain(120), nullable=False),
        sa.Column("opened", _number(), autoincrement=False, nullable=False),
        sa.Column("closed", _number(), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts", _plain(40), nullable=True),
        sa.Column("ends", _plain(40), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("proposed", sa.String(length=24), nullable=False, comment="the state a machine proposes"),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("lineages", sa.Integer(), nullable=False),
        sa.Column("contradictions", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="the whole incident: JSON, deflated"),
        sa.PrimaryKeyConstraint("id", "opened", name="pk_incident"),
    )
    op.create_index("ix_incident_place", "incident", ["place"], unique=False)
    op.create_index("ix_incident_starts", "incident", ["starts"], unique=False)
    op.create_table(
        "member",
        sa.Column("claim", _plain(80), nullable=False),
        sa.Column("incident", _plain(120), nullable=False),
        sa.Column("opened", _number(), autoincrement=False, nullable=False),
        sa.Column("closed", _number(), nullable=True),
        sa.PrimaryKeyConstraint("claim", "incident", "opened", name="pk_member"),
    )
    op.create_index("ix_member_incident", "member", ["incident"], unique=False)


def _judgements() -> None:
    op.create_table(
        "decision",
        sa.Column("opened", _number(), autoincrement=False, nullable=False),
        sa.Column("closed", _number(), nullable=True),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("opened", name="pk_decision"),
    )
    op.create_table(
        "correction",
        sa.Column("target", _plain(80), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("opened", _number(), autoincrement=False, nullable=False),
        sa.Column("closed", _number(), nullable=True),
        sa.Column("was", sa.Text(), nullable=False, comment="the machine's value"),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("target", "field", "opened", name="pk_correction"),
    )
    op.create_table(
        "grade",
        sa.Column("kind", sa.String(length=16), nullable=False, comment="source, claim or incident"),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=16), nullable=False, comment="person or rule: both are kept"),
        sa.Column("opened", _number(), autoincrement=False, nullable=False),
        sa.Column("closed", _number(), nullable=True),
        sa.Column("grade", sa.String(length=1), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "target", "by", "opened", name="pk_grade"),
    )
    op.create_table(
        "state",
        sa.Column("opened", _number(), autoincrement=False, nullable=False),
        sa.Column("claim", _plain(80), nullable=False, comment="the incident's first claim when it was decided"),
        sa.Column("incident", _plain(120), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=True),
        sa.Column("ruling", sa.Text(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("opened", name="pk_state"),
    )
    op.create_index("ix_state_claim", "state", ["claim"], unique=False)
    op.create_table(
        "assessment",
        sa.Column("opened", _number(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("opened", name="pk_assessment"),
    )
    op.create_index("ix_assessment_target", "assessment", ["target"], unique=False)
    op.create_table(
        "checkpoint",
        sa.Column("opened", _number(), autoincrement=False, nullable=False),
        sa.Column("number", _number(), nullable=False),
        sa.Column("head", _plain(64), nullable=False),
        sa.Column("key", _plain(64), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("opened", name="pk_checkpoint"),
    )
