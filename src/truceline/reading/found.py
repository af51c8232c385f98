"""A claim as the grammar finds it, before anybody or anything in it is identified."""

from dataclasses import dataclass

from truceline.reading.chains import Speaking
from truceline.reading.modality import Stance
from truceline.reading.view import Filler, Predicate


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """One act, or one position without an act, under one chain of speakers."""

    act: str | None
    at: int  # the word that stands for the act, or for the cue where there is no act
    words: tuple[int, ...]  # that name the act
    predicate: Predicate | None
    agent: Filler | None
    patient: Filler | None
    chain: tuple[Speaking, ...]  # outermost first
    stance: Stance
    quoted: bool
    by: str
    piece: tuple[int, ...] = ()  # the words, where there is no act
    flags: tuple[tuple[str, str], ...] = ()  # (kind, why)
    refers: int | None = None
