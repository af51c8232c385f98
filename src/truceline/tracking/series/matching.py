"""Finding wordings in a sentence: pieces word by word, then the pieces that belong together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from truceline.knowledge.wordings import Element, Slot, Word, Wording
from truceline.knowledge.wordings import Sequence as Piece
from truceline.model import Time
from truceline.reading.words import Sentence
from truceline.tracking.series.figures import Figure
from truceline.tracking.series.page import Name, Page

# "41 unexploded ordnance items": so many words may stand inside a piece that the wording does not have.
_MOST_SKIPPED = 3
_NEVER_SKIPPED = frozenset({"PUNCT", "VERB", "AUX", "CCONJ", "SCONJ", "SYM", "NUM"})
# A piece of common words can stand in very many places; a sentence that long is a table.
_MOST_OCCURRENCES = 200


@dataclass(frozen=True, slots=True)
class _Found:
    """A piece in the text: words ``first`` to ``last``."""

    first: int
    last: int
    skipped: int = 0
    words: frozenset[int] = frozenset()
    figure: Figure | None = None
    times: tuple[Time, ...] = ()
    places: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A wording found in a sentence.

    Attributes:
        words: Indices of the words that fitted.
        cost: How loosely it fits; less is better.
        anchor: First and last word of its first piece.
        skipped: How many words stand inside its pieces that the wording lacks.
    """

    wording: Wording
    first: int
    last: int
    words: frozenset[int]
    cost: float
    figure: Figure | None
    times: tuple[Time, ...]
    places: tuple[Name, ...]
    anchor: tuple[int, int]
    skipped: int = 0


def find_matches(page: Page, sentence: Sentence, wording: Wording) -> Iterator[Match]:
    """Every place of a sentence where the wording fits: one for each occurrence of the piece with the number, else the first."""
    anchor = next((i for i, piece in enumerate(wording.pieces) if _has_number(piece)), 0)
    found = [list(islice(_occurrences(page, sentence, piece), _MOST_OCCURRENCES)) for piece in wording.pieces]
    if not all(found):
        return
    for head in _best_by_place(found[anchor]):
        parts = [head]
        for other in (pieces for i, pieces in enumerate(found) if i != anchor):
            free = [piece for piece in other if not any(piece.words & part.words for part in parts)]
            if not free:
                break
            parts.append(min(free, key=lambda piece: (_gap(page, head, piece), piece.first)))
        else:
            yield _match(page, wording, parts)


def _has_number(piece: Piece) -> bool:
    return any(isinstance(element, Slot) and element.name == "number" for element in piece)


def _match(page: Page, wording: Wording, parts: list[_Found]) -> Match:
    head = parts[0]
    words: frozenset[int] = frozenset().union(*(part.words for part in parts))
    gaps = sum(_gap(page, head, part) for part in parts[1:])
    return Match(
        wording=wording,
        first=min(part.first for part in parts),
        last=max(part.last for part in parts),
        words=words,
        cost=3 * sum(part.skipped for part in parts) + gaps - 2 * len(words),
        figure=next((part.figure for part in parts if part.figure), None),
        times=tuple(time for part in parts for time in part.times),
        places=tuple(place for part in parts for place in part.places),
        anchor=(head.first, head.last),
        skipped=sum(part.skipped for part in parts),
    )


def _gap(page: Page, one: _Found, other: _Found) -> float:
    """Words between two pieces; a comma or a "while" between them counts for several."""
    first, second = (one, other) if one.first <= other.first else (other, one)
    crossed = page.segments[second.first] - page.segments[min(first.last, second.first)]
    return max(0, second.first - first.last - 1) + 5 * crossed


def _best_by_place(found: Iterable[_Found]) -> list[_Found]:
    """Of the occurrences that share their first word, or their figure, the tightest with the most words."""
    best: dict[tuple[int, int], _Found] = {}
    for piece in found:
        key = (piece.figure.first, -1) if piece.figure else (piece.first, 0)
        old = best.get(key)
        if old is None or (piece.skipped, -len(piece.words)) < (old.skipped, -len(old.words)):
            best[key] = piece
    return sorted(best.values(), key=lambda piece: piece.first)


def _occurrences(page: Page, sentence: Sentence, piece: Piece) -> Iterator[_Found]:
    for start in range(sentence.first, sentence.last):
        if start in page.in_figure and start not in page.figure_at:
            continue
        for found in _from(page, sentence, piece, _Found(start, start - 1), 0):
            if found.last >= start and found.first == start:
                yield found


def _from(page: Page, sentence: Sentence, piece: Piece, so_far: _Found, skipped: int) -> Iterator[_Found]:
    """All ways in which the elements of a piece continue what was found so far."""
    if not piece:
        yield so_far
        return
    element, rest = piece[0], piece[1:]
    position = so_far.last + 1
    empty = so_far.last < so_far.first
    for step in _steps(page, sentence, element, so_far):
        yield from _from(page, sentence, rest, step, 0)
    if not isinstance(element, Word | Slot) and element.optional:
        yield from _from(page, sentence, rest, so_far, skipped)
    if empty or skipped >= _MOST_SKIPPED or not _may_skip(page, sentence, position):
        return
    passed = _Found(
        so_far.first,
        position,
        so_far.skipped + (not _is_hyphen(page, position)),
        so_far.words,
        so_far.figure,
        so_far.times,
        so_far.places,
    )
    yield from _from(page, sentence, piece, passed, skipped + (not _is_hyphen(page, position)))


def _steps(page: Page, sentence: Sentence, element: Element, so_far: _Found) -> Iterator[_Found]:
    """What one element makes of the next word or words."""
    position = so_far.last + 1
    if position >= sentence.last:
        return
    if isinstance(element, Word):
        if position not in page.in_amount and element.folded in page.folded[position]:
            yield _extended(so_far, position, words={position})
    elif isinstance(element, Slot):
        yield from _slot(page, element.name, so_far, position)
    else:
        for option in element.options:
            yield from _from(page, sentence, option, so_far, 0)


def _slot(page: Page, name: str, so_far: _Found, position: int) -> Iterator[_Found]:
    if name == "number" and so_far.figure is None and (figure := page.figure_at.get(position)):
        yield _extended(so_far, figure.last, figure=figure)
    elif name == "date" and position in page.time_at:
        last, time = page.time_at[position]
        yield _extended(so_far, last, time=time)
    elif name == "place" and position in page.name_at:
        place = page.name_at[position]
        yield _extended(so_far, place.last, place=place)


def _extended(
    so_far: _Found,
    last: int,
    *,
    words: Iterable[int] = (),
    figure: Figure | None = None,
    time: Time | None = None,
    place: Name | None = None,
) -> _Found:
    return _Found(
        so_far.first,
        last,
        so_far.skipped,
        so_far.words | frozenset(words),
        figure or so_far.figure,
        (*so_far.times, time) if time else so_far.times,
        (*so_far.places, place) if place else so_far.places,
    )


def _may_skip(page: Page, sentence: Sentence, position: int) -> bool:
    if position >= sentence.last or position in page.in_figure or position in page.in_time:
        return False
    return _is_hyphen(page, position) or page.words[position].pos not in _NEVER_SKIPPED


def _is_hyphen(page: Page, position: int) -> bool:
    return page.words[position].text in {"-", "–", "‑"}
