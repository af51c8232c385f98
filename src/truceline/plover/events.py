"""Events of PLOVER, and how their categories relate."""

from dataclasses import dataclass
from typing import NamedTuple

from truceline.model import Modality
from truceline.reading.frames import ActFound

HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "THREATEN", "PROTEST", "REJECT", "ACCUSE"})
"""Categories whose announcement is a threat; that of any other is an agreement to do it."""

AT_HOME = frozenset({"COERCE", "CONCEDE", "PROTEST"})
"""Categories that, with nobody named, are about one's own country: who protests, protests where he is."""

SUBSUMING = frozenset({"REQUEST", "THREATEN", "AGREE", "REJECT"})
"""Speech acts beside which the deed they speak of is no event: it is only asked for, threatened, promised or refused."""


@dataclass(frozen=True, slots=True)
class PloverEvent:
    """One event: category, mode, codes of both sides, and the word it stands at."""

    event: str
    mode: str | None
    source: tuple[str, ...]
    target: tuple[str, ...]
    at: int
    act: str | None = None


class Named(NamedTuple):
    """What words name: where, as which category and mode, and the act where it is one of the vocabulary."""

    found: ActFound
    category: str
    mode: str | None
    act: str | None


def coded(category: str, mode: str | None, modality: Modality) -> tuple[str, str | None]:
    """Category and mode of a deed that is promised, demanded, threatened or denied; as they are, if it is told as a fact."""
    if modality is Modality.DENIED:
        return "REJECT", None
    if modality is Modality.DEMANDED:
        return "REQUEST", None
    if modality in {Modality.WARNED, Modality.THREATENED}:
        return "THREATEN", None
    if modality in {Modality.PROMISED, Modality.EXPECTED} and category != "REJECT":
        return ("THREATEN" if category in HOSTILE else "AGREE"), None
    return category, mode
