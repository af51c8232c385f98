"""Rows of a table of violations as prose tells them: who stood where, heard or saw how many of what, how far off, which way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truceline.knowledge.bulletins import RowWords, Template, Vocabulary
from truceline.model import Flag, Moment, Offset, Time
from truceline.reading.instruments import FoundInstrument
from truceline.reading.words import Sentence
from truceline.tracking.series.figures import Figure
from truceline.tracking.series.matching import Match, find_matches
from truceline.tracking.series.page import Page
from truceline.tracking.series.periods import Timing
from truceline.tracking.series.sectors import flights, references, sectors
from truceline.tracking.series.table import in_table
from truceline.tracking.series.values import Quoted, Row, Sector, Weapon

# "heard four explosions and about 30 bursts": a count and what it counts stand this close.
_REACH = 6


@dataclass(frozen=True, slots=True)
class _Seen:
    """A counted observation: the number, what it counts, and the words it has for itself in the sentence."""

    figure: Figure
    observation: str
    match: Match


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a sentence says of the observer, which all its rows share."""

    observer: Quoted | None
    control: str | None
    reference: Offset | None
    region: Quoted | None


def prose_rows(page: Page, template: Template, times: Timing) -> Iterator[Row]:
    """A row for each counted observation of a sentence that says by what means it was made, or from where."""
    words = template.rows
    assert words is not None
    for number, sentence in enumerate(page.parsed.sentences):
        seen = [] if in_table(page, sentence) else _seen(page, sentence, words)
        if not seen:
            continue
        setting = _setting(page, sentence, template, words)
        means = _named(page, sentence, words.means)
        if setting.observer is None and not sectors(page.parsed.text, sentence.start, sentence.end):
            continue  # a summary, whose numbers are the template's fields
        for i, one in enumerate(seen):
            start = one.match.first
            end = seen[i + 1].match.first if i + 1 < len(seen) else sentence.last
            yield _row(page, times, number, words, _Part(sentence, one, start, end, setting, means))


@dataclass(frozen=True, slots=True)
class _Part:
    """One observation of a sentence with the words that are its own: from its number to the next one."""

    sentence: Sentence
    seen: _Seen
    first: int
    end: int
    setting: _Setting
    means: list[tuple[str, Match]]


def _seen(page: Page, sentence: Sentence, words: RowWords) -> list[_Seen]:
    """The counted observations, in order; "bursts and shots" of one number are its first."""
    best: dict[int, _Seen] = {}
    for name, wording in words.observations:
        for match in find_matches(page, sentence, wording):
            figure = _counting(page, sentence, match)
            old = best.get(figure.first) if figure else None
            if figure and (old is None or match.first < old.match.first):
                best[figure.first] = _Seen(figure, name, match)
    return [best[first] for first in sorted(best)]


def _counting(page: Page, sentence: Sentence, match: Match) -> Figure | None:
    """The number before what was observed, with nothing between but words that describe it."""
    for i in range(match.first - 1, max(sentence.first, match.first - _REACH) - 1, -1):
        if i in page.in_figure:
            return next((f for f in page.figures if f.first <= i <= f.last and not f.length), None)
        if page.words[i].pos in {"VERB", "AUX", "SCONJ"} and page.words[i].tag != "VBN":
            return None
        if page.words[i].lower in page.tools.words.breaks and page.words[i].pos == "PUNCT":
            return None
    return None


def _setting(page: Page, sentence: Sentence, template: Template, words: RowWords) -> _Setting:
    text = page.parsed.text
    # The tightest wording wins: "camera at {place}" before "at {place}".
    found = [match for wording in words.observers for match in find_matches(page, sentence, wording)]
    found = [match for match in found if not match.places[0].where.text.startswith(template.regions)]
    best = min(found, key=lambda match: (match.cost, match.first), default=None)
    observer = best.places[0].where if best else None
    control = None
    named = _named(page, sentence, words.control)
    if named:
        position = observer.span[0] if observer else sentence.start
        control = min(named, key=lambda pair: abs(page.words[pair[1].last].end - position))[0]
    beyond = references(text, sentence.start, sentence.end)
    region = _region(page, sentence, template)
    return _Setting(observer, control, beyond[0] if beyond else None, region)


def _region(page: Page, sentence: Sentence, template: Template) -> Quoted | None:
    text = page.parsed.text
    for region in template.regions:
        at = text.find(region, sentence.start, sentence.end)
        if at >= 0:
            return Quoted(region, (at, at + len(region)))
    return None


def _named(page: Page, sentence: Sentence, vocabulary: Vocabulary) -> list[tuple[str, Match]]:
    """What of a vocabulary a sentence has, in order; of two that overlap the longer one."""
    found = [(name, match) for name, wording in vocabulary for match in find_matches(page, sentence, wording)]
    found.sort(key=lambda pair: (-len(pair[1].words), pair[1].cost))
    kept: list[tuple[str, Match]] = []
    for name, match in found:
        if not any(match.words & other.words for _, other in kept):
            kept.append((name, match))
    return sorted(kept, key=lambda pair: pair[1].first)


def _row(page: Page, times: Timing, number: int, words: RowWords, part: _Part) -> Row:
    sentence, seen, text = part.sentence, part.seen, page.parsed.text
    own = (page.words[seen.figure.first].start, page.words[part.end - 1].end)
    whole = (sentence.start, sentence.end)
    sector, shared = _sector(text, own, whole)
    when, interval = _interval(page, sentence, seen.figure)
    flags = []
    if shared:
        flags.append(
            Flag("shared", sector.span if sector else None, None, "told once for several observations of the sentence")
        )
    if part.setting.observer is None:
        flags.append(Flag("no_observer", whole, None, "the sentence does not say where the observer was"))
    described = _described(page, sentence, words, seen, part.end)
    flown = flights(text, *own) or flights(text, *whole)
    readable = seen.figure.flag is None
    return Row(
        span=whole,
        text=text[slice(*whole)],
        period=times.of_sentence(number),
        observation=seen.observation,
        count=seen.figure.figure if readable else None,
        least=seen.figure.least if readable else None,
        most=seen.figure.most if readable else None,
        observer=part.setting.observer,
        control=part.setting.control,
        reference=part.setting.reference,
        region=part.setting.region,
        interval=interval,
        interval_text=when.text if when else None,
        means=_means(part),
        description=described,
        weapons=_weapons(page, sentence, words, seen, part.end),
        sector=sector,
        flight=flown[0] if flown else None,
        by="prose",
        flags=(*flags, *((seen.figure.flag,) if seen.figure.flag else ())),
    )


def _means(part: _Part) -> str | None:
    """The verb before the number; else the only one of the sentence."""
    before = [name for name, match in part.means if match.first < part.seen.figure.first]
    return before[-1] if before else part.means[0][0] if part.means else None


def _sector(text: str, own: tuple[int, int], whole: tuple[int, int]) -> tuple[Sector | None, bool]:
    """The distance and directions of the observation's own words; else the next that follow, shared."""
    mine = sectors(text, *own)
    if mine:
        return mine[0], False
    later = sectors(text, own[1], whole[1])
    return (later[0], True) if later else (None, False)


def _described(page: Page, sentence: Sentence, words: RowWords, seen: _Seen, end: int) -> tuple[str, ...]:
    """How the observation is described: before its noun, or behind it up to the next number."""
    found = _named(page, sentence, words.descriptions)
    return tuple(dict.fromkeys(name for name, match in found if seen.figure.first <= match.first and match.last < end))


def _weapons(page: Page, sentence: Sentence, words: RowWords, seen: _Seen, end: int) -> tuple[Weapon, ...]:
    """The weapons named from the number to the next one; not the observed thing itself ("projectiles")."""
    start, stop = page.words[seen.figure.first].start, page.words[end - 1].end
    return tuple(
        Weapon(found.text, found.span, found.kind, _assessed(page, sentence, words, found))
        for found in page.instruments
        if start <= found.span[0] < stop and not found.kind.startswith("unspecified")
    )


def _assessed(page: Page, sentence: Sentence, words: RowWords, weapon: FoundInstrument) -> bool:
    """Whether the words before the weapon say that it was assessed, not seen."""
    for wording in words.assessed:
        for match in find_matches(page, sentence, wording):
            if 0 <= weapon.span[0] - page.words[match.last].end <= 30 or match.first <= weapon.head <= match.last:
                return True
    return False


def _interval(page: Page, sentence: Sentence, figure: Figure) -> tuple[Time | None, tuple[Moment, Moment] | None]:
    """Of the times of the sentence the finest, and of those the nearest to the number."""
    inside = [t for t in page.times if sentence.start <= t.span[0] < sentence.end and t.start is not None]
    if not inside:
        return None, None
    rank: Sequence[object] = ("time", "part_of_day", 1, 2)
    position = page.words[figure.first].start
    best = min(
        inside, key=lambda t: (rank.index(t.precision) if t.precision in rank else len(rank), abs(t.span[0] - position))
    )
    assert best.start is not None
    assert best.end is not None
    return best, (best.start, best.end)
