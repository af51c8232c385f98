"""Searching: the full text of documents, and the fields of claims."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, literal_column, or_, select, text

from truceline.errors import LedgerError
from truceline.ledger import tables
from truceline.ledger.history import at
from truceline.ledger.readings import batches

_OPEN, _CLOSE = "«", "»"
_VECTOR: Any = literal_column("passage.vector")  # PostgreSQL's own column (schema.VECTOR)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for; what is None does not matter.

    Attributes:
        words: Words of the text, or a "phrase" in quotation marks; ``-word`` must not occur.
        party: Party or role of the speaker.
        agent: Party or role of who is said to have done it.
        since: First day of when it is said to have happened.
        until: Last day.
    """

    words: str | None = None
    act: str | None = None
    modality: str | None = None
    speaker: str | None = None
    party: str | None = None
    agent: str | None = None
    place: str | None = None
    publisher: str | None = None
    since: str | None = None
    until: str | None = None

    @property
    def about_claims(self) -> bool:
        """Whether fields of claims are asked for."""
        return any((self.act, self.modality, self.speaker, self.party, self.agent, self.place, self.since, self.until))


def documents(connection: Connection, wanted: Wanted, number: int, limit: int) -> list[dict[str, Any]]:
    """Documents whose text has the words, the best first; the words stand in their surroundings."""
    if wanted.words is None:
        return [dict(row._mapping) for row in connection.execute(_newest_documents(wanted, number, limit))]
    sqlite = connection.dialect.name == "sqlite"
    best = _sqlite(wanted, number, limit) if sqlite else _postgres(wanted, number, limit)
    rows = [dict(row._mapping) for row in connection.execute(best)]
    excerpts = _excerpts(connection, wanted.words, [row["passage"] for row in rows])
    found: dict[str, dict[str, Any]] = {}
    for row in rows:  # a very long text may be found in several of its parts
        found.setdefault(row["id"], {**row, "excerpt": excerpts[row.pop("passage")]}).pop("passage", None)
    return list(found.values())


def claims(connection: Connection, wanted: Wanted, number: int, limit: int) -> list[dict[str, Any]]:
    """Claims with these fields, in documents with these words; in the order of when it is said to have happened."""
    claim, document = tables.claim, tables.document
    columns = [column for column in claim.c if column.name not in {"opened", "closed"}]
    query = select(*columns, document.c.publisher, document.c.published, document.c.title).where(*at(claim, number))
    query = query.join(document, (document.c.id == claim.c.document)).where(*at(document, number))
    exact = {"act": wanted.act, "modality": wanted.modality, "party": wanted.party, "agent_party": wanted.agent}
    query = query.where(*(claim.c[name] == value for name, value in exact.items() if value is not None))
    like = {claim.c.speaker: wanted.speaker, claim.c.place: wanted.place, document.c.publisher: wanted.publisher}
    query = query.where(
        *(column.icontains(value, autoescape=True) for column, value in like.items() if value is not None)
    )
    if wanted.since is not None:
        query = query.where(or_(claim.c.ends > wanted.since, claim.c.starts >= wanted.since))
    if wanted.until is not None:
        query = query.where(claim.c.starts < wanted.until + "~")  # after every hour of that day
    if wanted.words is not None:
        query = query.where(claim.c.document.in_(_matching(connection, wanted.words)))
    query = query.order_by(claim.c.starts.is_(None), claim.c.starts, claim.c.document, claim.c.position, claim.c.id)
    return [dict(row._mapping) for row in connection.execute(query.limit(limit))]


def _columns() -> list[Any]:
    document = tables.document
    return [document.c.id, document.c.title, document.c.publisher, document.c.published, document.c.url]


def _newest_documents(wanted: Wanted, number: int, limit: int) -> Select[Any]:
    document = tables.document
    query = select(*_columns()).where(*at(document, number), *_published_by(wanted))
    return query.order_by(document.c.published.desc(), document.c.id).limit(limit)


def _published_by(wanted: Wanted) -> list[Any]:
    column = tables.document.c.publisher
    return [] if wanted.publisher is None else [column.icontains(wanted.publisher, autoescape=True)]


def _sqlite(wanted: Wanted, number: int, limit: int) -> Select[Any]:
    passage = tables.passage
    query: Select[Any] = select(*_columns(), passage.c.number.label("passage")).select_from(text("passage_search"))
    query = query.join(passage, text("passage.number = passage_search.rowid"))
    query = query.where(text("passage_search MATCH :words").bindparams(words=fts5(wanted.words or "")))
    return _of_documents(query, wanted, number).order_by(text("rank"), tables.document.c.id).limit(limit)


def _postgres(wanted: Wanted, number: int, limit: int) -> Select[Any]:
    passage, wants = tables.passage, _query(wanted.words or "")
    query: Select[Any] = select(*_columns(), passage.c.number.label("passage")).select_from(passage)
    query = _of_documents(query.where(_VECTOR.op("@@")(wants)), wanted, number)
    return query.order_by(func.ts_rank(_VECTOR, wants).desc(), tables.document.c.id).limit(limit)


def _of_documents(query: Select[Any], wanted: Wanted, number: int) -> Select[Any]:
    """Passages that were known, with their documents as they were known."""
    document, passage = tables.document, tables.passage
    query = query.join(document, document.c.id == passage.c.document)
    return query.where(*at(document, number), passage.c.opened <= number, *_published_by(wanted))


def _excerpts(connection: Connection, words: str, passages: list[int]) -> dict[int, str]:
    """The words in their surroundings; only for what is shown, since that takes longest."""
    passage = tables.passage
    found: dict[int, str] = {}
    for part in batches(passages):
        if connection.dialect.name == "sqlite":
            shown: Any = literal_column(f"snippet(passage_search, 1, '{_OPEN}', '{_CLOSE}', '…', 24)")
            query = select(literal_column("rowid"), shown).select_from(text("passage_search"))
            query = query.where(text("passage_search MATCH :words").bindparams(words=fts5(words)))
            query = query.where(literal_column("rowid").in_(part))
        else:
            options = f"StartSel={_OPEN}, StopSel={_CLOSE}, MaxFragments=1, MaxWords=24, MinWords=8"
            shown = func.ts_headline(literal_column("'english'"), passage.c.body, _query(words), options)
            query = select(passage.c.number, shown).where(passage.c.number.in_(part))
        found.update((key, excerpt) for key, excerpt in connection.execute(query))
    return found


def _query(words: str) -> Any:
    fts5(words)  # for its error: both databases refuse the same questions
    return func.websearch_to_tsquery(literal_column("'english'"), words)


def _matching(connection: Connection, words: str) -> Select[Any]:
    passage = tables.passage
    if connection.dialect.name == "sqlite":
        hits = text("SELECT rowid FROM passage_search WHERE passage_search MATCH :words").bindparams(words=fts5(words))
        return select(passage.c.document).where(passage.c.number.in_(hits.columns(tables.passage.c.number)))
    return select(passage.c.document).where(_VECTOR.op("@@")(_query(words)))


def fts5(words: str) -> str:
    """What people type as a question FTS5 takes: every word or phrase quoted, ``-`` for NOT; nothing typed is an error.

    Raises:
        LedgerError: There is no word in it to look for.
    """
    parts = words.split('"')
    # Inside quotation marks stand the phrases; outside, single words.
    found: list[tuple[bool, str]] = []
    negated = False
    for i, part in enumerate(parts):
        if i % 2:
            found.append((negated, part))
            negated = False
            continue
        found += [(word.startswith("-"), word.lstrip("-")) for word in part.split()]
        negated = part.endswith("-")
    kept = [(no, word) for no, word in found if any(character.isalnum() for character in word)]
    wanted = [f'"{word}"' for no, word in kept if not no]
    if not wanted:
        raise LedgerError(f"no word to search for in {words!r}; give one or more words, or a phrase in quotation marks")
    return " AND ".join(wanted) + "".join(f' NOT "{word}"' for no, word in kept if no)
