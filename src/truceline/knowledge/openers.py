"""Words around a date that opens a clause: ``data/frames/openers.yaml``."""

from collections.abc import Iterable

from truceline.knowledge.loading import Entry, Source, load_merged


class Openers(Entry):
    """What stands before a date at the start of a clause, and what after it goes on with the date."""

    source: str
    prepositions: tuple[str, ...]
    marks: tuple[str, ...]
    parts: tuple[str, ...]
    continues: tuple[str, ...]


def load_openers(sources: Iterable[Source]) -> Openers:
    """Load ``frames/openers.yaml``, shipped and extra."""
    return load_merged(list(sources), Openers)


__all__ = ["Openers", "load_openers"]
