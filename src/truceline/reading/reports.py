"""Reports: what the grammar finds of "who says what", in words; the ground of attributions and of claims' speakers."""

from dataclasses import dataclass
from typing import Literal

from truceline.knowledge.frames import CueClass
from truceline.model.claim import Modality
from truceline.reading.view import Filler
from truceline.reading.words import ParsedText

Kind = Literal["direct", "mixed", "indirect"]


@dataclass(frozen=True, slots=True)
class Report:
    """One cue with its speakers and its content.

    Attributes:
        cue: Indices of the cue's words.
        speakers: Heads of the speakers' phrases; empty where nobody is named.
        content: Indices of the content's words, in text order.
        name: Name of the cue's class in the lexicon.
        modality: What the cue makes of its content.
        accused: Who did what the content names, for cues that say so.
        refers: Head of a noun that stands for an earlier claim ("rejected the allegation").
    """

    cue: tuple[int, ...]
    speakers: tuple[Filler, ...]
    content: tuple[int, ...]
    name: str
    cue_class: CueClass
    modality: Modality
    kind: Kind
    by: str
    accused: Filler | None = None
    refers: int | None = None
    mutual: bool = False


def trimmed(parsed: ParsedText, words: set[int]) -> tuple[int, ...]:
    """Word indices in order, without punctuation at the edges of the whole."""
    ordered = sorted(words)
    while ordered and parsed.words[ordered[0]].pos == "PUNCT":
        ordered.pop(0)
    while ordered and parsed.words[ordered[-1]].pos == "PUNCT":
        ordered.pop()
    return tuple(ordered)


def runs(parsed: ParsedText, words: tuple[int, ...]) -> list[tuple[int, int]]:
    """Stretches of neighbouring words; a gap of nothing but punctuation does not break one."""
    found: list[tuple[int, int]] = []
    for i in words:
        if found and all(parsed.words[j].pos == "PUNCT" for j in range(found[-1][1] + 1, i)):
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return [
        (first, last)
        for first, last in found
        if any(parsed.words[j].pos != "PUNCT" for j in range(first, last + 1))
    ]
