"""Quotation marks: which stretches of the text stand between them, balanced or not."""

import re
from dataclasses import dataclass

from truceline.model import Span
from truceline.reading.words import ParsedText

_SINGLE = frozenset({"'", "‘", "’"})
_OPENS = "“„«‟"
_CLOSES = "”»"
_MARK = re.compile(r"""[“”„«»‟"]|``|''|(?<![\w’'])[‘'](?=\w)|(?<=[\w.,!?…])['’](?![\w’'])""")
_SPEECH_WORDS = 4  # a shorter stretch without a verb of its own is a word the writer holds at arm's length


@dataclass(frozen=True, slots=True)
class Quote:
    """One quoted stretch. ``first`` and ``last`` are the words inside, both included; ``start`` and ``end`` include the marks.

    ``opened`` and ``closed`` tell whether each mark is really there: a quotation that runs over paragraphs lacks one.
    """

    start: int
    end: int
    first: int
    last: int
    opened: bool
    closed: bool
    speech: bool


def find_quotes(parsed: ParsedText) -> tuple[Quote, ...]:
    """Quoted stretches of each paragraph, in text order, without those nested in another."""
    found: list[Quote] = []
    for start, end in _paragraphs(parsed):
        for left, right, opened, closed in _stretches(parsed.text, start, end):
            quote = _quote(parsed, left, right, opened, closed)
            if quote is not None:
                found.append(quote)
    return tuple(found)


def _paragraphs(parsed: ParsedText) -> list[tuple[int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    for sentence in parsed.sentences:
        start, _ = spans.get(sentence.paragraph, (sentence.start, 0))
        spans[sentence.paragraph] = (start, sentence.end)
    return list(spans.values())


def _stretches(text: str, start: int, end: int) -> list[tuple[int, int, bool, bool]]:
    """(start, end, opened, closed) between double marks; single marks count only outside double ones and in pairs."""
    found: list[tuple[int, int, bool, bool]] = []
    open_at: int | None = None
    single_at: int | None = None
    for match in _MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if mark in _SINGLE:
            if open_at is None:
                single_at = _single(text, at, match.end(), (start, end), single_at, found)
        elif _opens(text, mark, at, match.end(), start, end, open_at):
            open_at = at if open_at is None else open_at
        elif open_at is not None:
            found.append((open_at, match.end(), True, True))
            open_at = None
        elif mark in _CLOSES:
            found.append((start, match.end(), False, True))
    if open_at is not None:
        found.append((open_at, end, True, False))
    return sorted(set(_without_overlap(found)))


def _single(
    text: str, at: int, after: int, bounds: Span, single_at: int | None, found: list[tuple[int, int, bool, bool]]
) -> int | None:
    """What a single mark does: where the pair that is open now began; a pair that it closes is added to ``found``."""
    start, end = bounds
    if at + 1 < end and text[at + 1].isalnum() and (at == start or not text[at - 1].isalnum()):
        return at
    if single_at is not None and " " in text[single_at:at]:
        found.append((single_at, after, True, True))
        return None
    return single_at


def _opens(text: str, mark: str, at: int, after: int, start: int, end: int, open_at: int | None) -> bool:
    if mark in _OPENS or mark == "``":
        return True
    leads = (at == start or text[at - 1].isspace()) and after < end and not text[after].isspace()
    if mark in _CLOSES and (open_at is not None or not leads):
        return False
    before_blank = at == start or text[at - 1].isspace() or text[at - 1] in "([—–-:"
    after_blank = after >= end or text[after].isspace() or text[after] in ".,;:!?)]—–"
    if before_blank != after_blank:
        return before_blank
    return open_at is None


def _without_overlap(found: list[tuple[int, int, bool, bool]]) -> list[tuple[int, int, bool, bool]]:
    kept: list[tuple[int, int, bool, bool]] = []
    for stretch in sorted(found, key=lambda f: (not f[2] or not f[3], f[0])):
        if all(stretch[1] <= k[0] or stretch[0] >= k[1] for k in kept):
            kept.append(stretch)
    return kept


def _quote(parsed: ParsedText, start: int, end: int, opened: bool, closed: bool) -> Quote | None:
    inside = [
        i for i in parsed.covering((start, end)) if parsed.words[i].pos != "PUNCT" or parsed.words[i].text.isalnum()
    ]
    if not inside:
        return None
    words = [parsed.words[i] for i in inside]
    has_verb = any(w.pos == "AUX" or w.tag in {"VBD", "VBZ", "VBP", "VB", "MD"} for w in words)
    speech = len(words) >= _SPEECH_WORDS and (has_verb or words[0].text[:1].isupper() or len(words) > 2 * _SPEECH_WORDS)
    speech = speech or (has_verb and len(words) > 1 and words[0].text[:1].isupper())
    return Quote(start, end, inside[0], inside[-1], opened, closed, speech)
