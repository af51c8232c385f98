"""The tables: two that are evidence (``entry``, ``content``), and those derived from them, each row with the entry that
opened it and the entry that closed it."""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

metadata = MetaData(
    naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s"},
)


def _plain(length: int) -> String:
    """Text that is compared by its characters alone, not by the rules of a language."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


_NUMBER = BigInteger().with_variant(Integer(), "sqlite")  # there INTEGER is the row's own number
_HASH = _plain(64)
_MOMENT = _plain(40)  # ISO 8601: it sorts as text, and a day stays a day
_DOCUMENT = _plain(80)
_CLAIM = _plain(80)
_INCIDENT = _plain(120)


def _opened() -> Column[int]:
    return Column("opened", _NUMBER, primary_key=True, autoincrement=False)


def _closed() -> Column[int]:
    return Column("closed", _NUMBER)


entry = Table(
    "entry",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("at", _MOMENT, nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("kind", String(16), nullable=False, index=True),
    Column("payload", Text, nullable=False),
    Column("previous", _HASH, nullable=False),
    Column("hash", _HASH, nullable=False),
)
"""The append-only log."""

content = Table(
    "content",
    metadata,
    Column("hash", _HASH, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("coding", String(8), nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)
"""Original bytes, working texts, readings, agreements: each under the SHA-256 of what it is before compression."""

document = Table(
    "document",
    metadata,
    Column("id", _DOCUMENT, primary_key=True),
    _opened(),
    _closed(),
    Column("received", _NUMBER, nullable=False, comment="the entry it came in with"),
    Column("title", Text),
    Column("publisher", Text),
    Column("published", _MOMENT, index=True),
    Column("language", String(16), nullable=False),
    Column("url", Text),
    Column("name", Text, nullable=False, comment="what the file was called"),
    Column("size", Integer, nullable=False),
    Column("text", _HASH, nullable=False, comment="the working text's content"),
    Column("begins", Integer, comment="where it begins in the decoded original; null for a page"),
    Column("flags", Text, nullable=False),
)

reading = Table(
    "reading",
    metadata,
    Column("document", _DOCUMENT, primary_key=True),
    _opened(),
    _closed(),
    Column("content", _HASH, nullable=False, comment="the reading as JSON"),
    Column("reader", Text, nullable=False, comment="what read it"),
    Column("claims", Integer, nullable=False),
    # Partial, or SQLite would look for what stands by it and find nearly everything.
    Index(
        "ix_reading_closed",
        "closed",
        sqlite_where=text("closed IS NOT NULL"),
        postgresql_where=text("closed IS NOT NULL"),
    ),
)

passage = Table(
    "passage",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("opened", _NUMBER, nullable=False),
    Column("document", _DOCUMENT, nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("heading", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""Working texts for full-text search, nearly always one a document; very long ones are cut."""

custody = Table(
    "custody",
    metadata,
    Column("document", _DOCUMENT, primary_key=True),
    _opened(),
    Column("action", Text, nullable=False),
    Column("at", _MOMENT, nullable=False),
    Column("who", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("hash", _HASH, nullable=False),
)

claim = Table(
    "claim",
    metadata,
    Column("id", _CLAIM, primary_key=True),
    _opened(),
    _closed(),
    Column("document", _DOCUMENT, nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("ends_at", Integer, comment="where its words end; they begin at position"),
    Column("act", String(40), index=True),
    Column("modality", String(16), nullable=False),
    Column("speaker", Text, comment="who makes the claim: the innermost of the chain"),
    Column("party", String(80), comment="the speaker's party or role"),
    Column("agent", Text),
    Column("agent_party", String(80)),
    Column("patient", Text),
    Column("patient_party", String(80)),
    Column("place", Text, index=True),
    Column("place_id", Text),
    Column("place_said", Text, comment="the speaker's own toponym"),
    Column("lat", Float),
    Column("lon", Float),
    Column("starts", _MOMENT, index=True),
    Column("ends", _MOMENT),
    Column("confidence", Float, nullable=False),
    Column("status", String(16), nullable=False, comment="read, or corrected"),
)

bearing = Table(
    "bearing",
    metadata,
    Column("claim", _CLAIM, primary_key=True),
    _opened(),
    _closed(),
    Column("document", _DOCUMENT, nullable=False, index=True),
    Column("voice", String(80), nullable=False, comment="whose version: a party's id, monitor or others"),
    Column("background", Integer, nullable=False, comment="1 where it is told as history"),
)
"""What a claim that names an act is under the ledger's agreement."""

tie = Table(
    "tie",
    metadata,
    Column("claim", _CLAIM, primary_key=True),
    Column("obligation", String(120), primary_key=True),
    Column("side", String(16), primary_key=True, comment="questioned or served"),
    _opened(),
    _closed(),
    Column("document", _DOCUMENT, nullable=False, index=True),
    Column("rule", Integer, nullable=False, comment="which of the obligation's rules, from 0"),
    Index("ix_tie_obligation", "obligation"),
)
"""The obligations that a claim bears on, by the rules of the agreement's file."""

tying = Table(
    "tying",
    metadata,
    Column("claim", _CLAIM, primary_key=True),
    Column("obligation", String(120), primary_key=True),
    _opened(),
    _closed(),
    Column("side", String(16), nullable=False, comment="for, against, or none: it bears not on it"),
    Column("incident", _INCIDENT, comment="the incident whose claims were meant"),
    Column("who", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
"""The same as a person decided it; it stands above the rules."""

document_day = Table(
    "document_day",
    metadata,
    Column("day", Integer, primary_key=True, autoincrement=False, comment="proleptic ordinal, as date.toordinal"),
    Column("document", _DOCUMENT, primary_key=True),
    _opened(),
    _closed(),
    Index("ix_document_day_document", "document"),
    sqlite_with_rowid=False,
)
"""The days that what a document tells may belong to: a new one's neighbourhood is found by them."""

incident = Table(
    "incident",
    metadata,
    Column("id", _INCIDENT, primary_key=True),
    _opened(),
    _closed(),
    Column("act", String(40), nullable=False),
    Column("title", Text, nullable=False),
    Column("starts", _MOMENT, index=True),
    Column("ends", _MOMENT),
    Column("place", Text, index=True),
    Column("lat", Float),
    Column("lon", Float),
    Column("proposed", String(24), nullable=False, comment="the state a machine proposes"),
    Column("claims", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("lineages", Integer, nullable=False),
    Column("contradictions", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False, comment="the whole incident: JSON, deflated"),
)

member = Table(
    "member",
    metadata,
    Column("claim", _CLAIM, primary_key=True),
    Column("incident", _INCIDENT, primary_key=True),
    _opened(),
    _closed(),
    Index("ix_member_incident", "incident"),
)

lineage = Table(
    "lineage",
    metadata,
    Column("document", _DOCUMENT, primary_key=True),
    _opened(),
    _closed(),
    Column("lineage", String(40), nullable=False, index=True),
    Column("origin", Text, comment="whom the words go back to, as far as known"),
    Column("of", _DOCUMENT, comment="the document it copies; null for the first of a lineage"),
    Column("kind", String(16)),
    Column("score", Float),
    Column("why", Text),
    Column("changes", Text, nullable=False, comment="what the copy made of the other's sentences: JSON"),
    Index("ix_lineage_of", "of"),
)
"""The lineage of every document, its own where it stands alone."""

aggregate = Table(
    "aggregate",
    metadata,
    Column("claim", _CLAIM, primary_key=True),
    _opened(),
    _closed(),
    Column("text", Text, nullable=False),
    Column("starts", _MOMENT, index=True),
    Column("ends", _MOMENT),
    Column("place", Text),
    Column("least", Integer),
    Column("most", Integer),
)
"""Claims that count several incidents and are none of them."""

contained = Table(
    "contained",
    metadata,
    Column("claim", _CLAIM, primary_key=True),
    Column("incident", _INCIDENT, primary_key=True),
    _opened(),
    _closed(),
    Index("ix_contained_incident", "incident"),
)
"""The incidents of a summary's days and area."""

unmatched = Table(
    "unmatched",
    metadata,
    Column("claim", _CLAIM, primary_key=True),
    _opened(),
    _closed(),
    Column("why", Text, nullable=False),
)
"""Claims that are in no incident, and why."""

decision = Table(
    "decision",
    metadata,
    _opened(),
    _closed(),
    Column("action", String(16), nullable=False),
    Column("who", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("body", Text, nullable=False),
)

correction = Table(
    "correction",
    metadata,
    Column("target", _CLAIM, primary_key=True),
    Column("field", String(40), primary_key=True),
    _opened(),
    _closed(),
    Column("was", Text, nullable=False, comment="the machine's value"),
    Column("value", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

grade = Table(
    "grade",
    metadata,
    Column("kind", String(16), primary_key=True, comment="source, claim or incident"),
    Column("target", Text, primary_key=True),
    Column("by", String(16), primary_key=True, comment="person or rule: both are kept"),
    _opened(),
    _closed(),
    Column("grade", String(1), nullable=False),
    Column("who", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

state = Table(
    "state",
    metadata,
    _opened(),
    Column("claim", _CLAIM, nullable=False, index=True, comment="the incident's first claim when it was decided"),
    Column("incident", _INCIDENT, nullable=False),
    Column("state", String(24), nullable=False),
    Column("by", String(16), nullable=False),
    Column("attribution", Text),
    Column("ruling", Text),
    Column("who", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

assessment = Table(
    "assessment",
    metadata,
    _opened(),
    Column("kind", String(16), nullable=False),
    Column("target", Text, nullable=False, index=True),
    Column("says", Text, nullable=False),
    Column("state", Integer, comment="of an obligation: 0 to 3"),
    Column("since", _MOMENT, comment="of an obligation: the day from which it holds"),
    Column("who", Text, nullable=False),
)

zone = Table(
    "zone",
    metadata,
    _opened(),
    Column("zone", Text, nullable=False, index=True),
    Column("publisher", Text, nullable=False),
    Column("published", _MOMENT, nullable=False),
    Column("content", _HASH, nullable=False, comment="the map as GeoJSON"),
    Column("name", Text, nullable=False, comment="what the file was called"),
    Column("url", Text),
    Column("who", Text, nullable=False),
)
"""Maps of zones; a revision closes nothing."""

checkpoint = Table(
    "checkpoint",
    metadata,
    _opened(),
    Column("number", _NUMBER, nullable=False),
    Column("head", _HASH, nullable=False),
    Column("key", _HASH, nullable=False),
    Column("signature", Text, nullable=False),
)

EVIDENCE = (entry, content)
DERIVED = tuple(table for name, table in sorted(metadata.tables.items()) if table not in EVIDENCE)
"""What can be rebuilt from the evidence."""
