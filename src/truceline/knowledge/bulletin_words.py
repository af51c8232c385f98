"""General English of bulletins: marks of time, what parts a sentence, how columns are headed; the data file and its loader."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from truceline.errors import KnowledgeError
from truceline.knowledge.loading import Entry, Source, load
from truceline.knowledge.wordings import Wording, WordingError, parse_wording

_DATA = files("truceline.knowledge") / "data" / "bulletin_words.yaml"


def checked_wording(source: Source, where: str, text: str) -> Wording:
    """Read a wording of a data file.

    Raises:
        KnowledgeError: It is not well formed; names file, entry and fault.
    """
    try:
        return parse_wording(text)
    except WordingError as fault:
        raise KnowledgeError(f"{source}: entry {where}: phrase {text!r}: {fault}") from fault


class _Marks(Entry):
    source: str
    total: tuple[str, ...]
    since: tuple[str, ...]
    until: tuple[str, ...]
    period: tuple[str, ...]
    before: tuple[str, ...]


class _Listed(Entry):
    source: str
    words: tuple[str, ...]
    signs: tuple[str, ...] = ()


class _WordsFile(Entry):
    marks: _Marks
    breaks: _Listed
    parts: _Listed
    part_of: _Listed
    negators: _Listed
    unknown: _Listed
    columns: dict[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class BulletinWords:
    """General English of bulletins: marks of time, breaks, words for parts, negators, headings of columns."""

    marks: tuple[tuple[str, Wording], ...]
    breaks: frozenset[str]
    parts: frozenset[str]
    part_of: frozenset[str]
    negators: frozenset[str]
    unknown: frozenset[str]
    columns: tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=1)
def load_bulletin_words() -> BulletinWords:
    """The shipped words.

    Raises:
        KnowledgeError: The file is broken; names the entry.
    """
    file = load(_DATA, _WordsFile)
    marks = file.marks
    lists = {
        "total": marks.total,
        "since": marks.since,
        "until": marks.until,
        "period": marks.period,
        "before": marks.before,
    }
    return BulletinWords(
        marks=tuple(
            (kind, checked_wording(_DATA, f"marks › {kind}", t)) for kind, texts in lists.items() for t in texts
        ),
        breaks=frozenset((*file.breaks.words, *file.breaks.signs)),
        parts=frozenset(file.parts.words),
        part_of=frozenset(file.part_of.words),
        negators=frozenset(file.negators.words),
        unknown=frozenset(file.unknown.words),
        columns=tuple((name, heads) for name, heads in file.columns.items() if isinstance(heads, tuple)),
    )
