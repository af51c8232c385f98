"""From text to atoms: numbers, words of time and marks, each with its class; what the grammar of times is written over.

The parser's tokens are not used for this: it cuts ``2020-12-12`` in five and glues ``12/12/2020`` together.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from truceline.grounding.times.vocabulary import TimeWords, Tokens
from truceline.model import Span
from truceline.reading.words import ParsedText

PLAIN = "WORD"
"""Class of every word that says nothing about time."""


@dataclass(slots=True, eq=False)
class Atom:
    """One symbol of the grammar: its class, what it is worth, and where it stands."""

    kind: str
    value: object
    start: int
    end: int


_PLAIN = (PLAIN, None)
_MARKS = {
    **dict.fromkeys("-–−‑‒", "HYPHEN"),
    **dict.fromkeys(".;!?", "STOP"),
    **dict.fromkeys("'’", "QUOTE"),
    **dict.fromkeys("([", "OPEN"),
    **dict.fromkeys(")]", "CLOSE"),
    ",": "COMMA",
    "—": "DASH",
    "/": "SLASH",
    ":": "COLON",
    "&": "AND",
}

_TOKEN = re.compile(
    r"""(?=\d)(?:
          (?P<ISO>(?<![\w-])\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\w-]))
        | (?P<NUMDATE>(?<![\w./-])
            (?:\d{1,2}(?P<sep>[./])\d{1,2}(?P=sep)\d{4}|\d{1,2}/\d{1,2}/\d{2}|\d{4}/\d{1,2}/\d{1,2})(?![\w/]|\.\d))
        | (?P<CLOCK>(?<![\w:.])\d{1,2}:\d{2}(?::\d{2})?(?![\d:]|\.\d))
        | (?P<DECADE>(?<![\w.])(?:1\d|20)\d0['’]?s\b)
        | (?P<NTH>(?<![\w.])\d{1,2}(?:st|nd|rd|th)\b)
        | (?P<DOTTED>(?<![\w.,])\d{1,2}\.\d{2}(?![\d%]|[.,]\d))
        | (?P<GROUPED>\d+(?:[.,:]\d+)+)
        | (?P<INT>\d+))
      | (?P<OFFSET>\b(?:UTC|GMT)\s?[+\-−–]\s?\d{1,2}(?::?\d{2})?(?!\d))
      | (?P<AMPM>(?<=[\d\s])[AaPp]\.?[Mm]\b\.?)
      | (?P<QUARTER_NO>\bQ[1-4]\b)
      | (?P<LETTERS>[^\W\d_]+)
      | (?P<MARK>[^\w\s])""",
    re.VERBOSE,
)
# A year of the press: not a calibre, a room or a thousand soldiers.
_YEARS = range(1500, 2200)
_CURRENCY = frozenset("$€£₽₺₼֏¥#№")


@lru_cache(maxsize=4096)
def cut(phrase: str) -> Tokens:
    """The tokens of a phrase of the vocabulary, as the scanner will see them."""
    return tuple(match[0] for match in _TOKEN.finditer(phrase.lower()))


def scan(parsed: ParsedText, words: TimeWords) -> list[Atom]:
    """The atoms of a text, a ``BREAK`` between paragraphs."""
    text = parsed.text
    breaks = iter(_paragraph_starts(parsed))
    following = next(breaks, len(text) + 1)
    atoms: list[Atom] = []
    phrases: list[int] = []  # where a phrase of several tokens may begin
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start >= following:
            atoms.append(Atom("BREAK", None, start, start))
            while start >= following:
                following = next(breaks, len(text) + 1)
        group, token = str(match.lastgroup), match[0]
        if group == "LETTERS":
            lower = token.lower()
            if lower in words.phrase_starts:
                phrases.append(len(atoms))
            kind, value = words.words.get(lower, _PLAIN)
            atoms.append(Atom(kind, value, start, end))
        else:
            atoms.append(_atom(group, token, (start, end), text))
    return _settle(_join_phrases(atoms, phrases, text, words), parsed, words)


def _paragraph_starts(parsed: ParsedText) -> Iterator[int]:
    paragraph = None
    for sentence in parsed.sentences:
        if paragraph is not None and sentence.paragraph != paragraph:
            yield sentence.start
        paragraph = sentence.paragraph


def _atom(group: str, token: str, span: Span, text: str) -> Atom:
    """A number or mark; words are looked up by the scanner itself."""
    start, end = span
    if group == "MARK":
        return Atom(_MARKS.get(token, "OTHER"), token, start, end)
    if group == "INT":
        return Atom(_number_class(token, span, text), int(token) if len(token) <= 4 else token, start, end)
    if group == "NTH":
        value = int(token[:-2])
        return Atom("NTH" if 1 <= value <= 31 else "OTHER", value, start, end)
    if group == "AMPM":
        return Atom("AMPM", 12 if token[0] in "pP" else 0, start, end)
    if group == "QUARTER_NO":
        return Atom(group, int(token[1]), start, end)
    return Atom("OTHER" if group == "GROUPED" else group, token, start, end)


def _number_class(token: str, span: Span, text: str) -> str:
    """What a run of digits may be: a day or small number, an hour group, a year, or nothing of ours."""
    start, end = span
    before, after = text[start - 1 : start], text[end : end + 1]
    glued = (before.isalpha() or before in _CURRENCY) if before else False
    if (
        glued
        or after == "%"
        or (after.isalpha() and text[end : end + 2].lower() not in {"am", "pm"} and after not in "hH")
    ):
        return "OTHER"
    if before == "-" and start >= 2 and text[start - 2].isalpha() and len(token) <= 2:
        return "OTHER"  # T-72, S-300; but not post-1959
    if len(token) <= 2:
        return "DAYNUM" if 1 <= int(token) <= 31 else "SMALL"
    if len(token) == 4:
        return "HHMM" if token[0] == "0" else "YEAR" if int(token) in _YEARS else "OTHER"
    return "SMALL" if len(token) == 3 and token[0] != "0" else "OTHER"


def _join_phrases(atoms: list[Atom], candidates: list[int], text: str, words: TimeWords) -> list[Atom]:
    joined: list[Atom] = []
    done = 0
    for i in candidates:
        if i < done or i + 1 == len(atoms):
            continue
        for tokens, kind, value in words.phrases.get((_token(atoms[i], text), _token(atoms[i + 1], text)), ()):
            run = atoms[i : i + len(tokens)]
            if len(run) == len(tokens) and all(_token(a, text) == t for a, t in zip(run, tokens, strict=True)):
                joined += atoms[done:i]
                joined.append(Atom(kind, value, run[0].start, run[-1].end))
                done = i + len(tokens)
                break
    return joined + atoms[done:]


def _token(atom: Atom, text: str) -> str:
    """An atom's text as phrases are written in the vocabulary."""
    return text[atom.start : atom.end].lower().replace("’", "'").replace("–", "-")


_NUMBERS = frozenset({"DAYNUM", "NTH", "YEAR"})
_BEFORE_MONTH = _NUMBERS | {"LAST", "NEXT", "THIS", "PHASE", "IN", "SINCE", "UNTIL", "BY", "BETWEEN", "FROM", "OF"}
_AFTER_EVENT = frozenset({"FOR", "ON", "OF", "TO", "BY", "FROM", "AGO"})  # a march "for", "on", "of", "to" …
_BEFORE_WEEKDAY = frozenset({"LAST", "NEXT", "THIS", "ON", "SINCE", "UNTIL", "BY"})


def _settle(atoms: list[Atom], parsed: ParsedText, words: TimeWords) -> list[Atom]:
    """Decide which words that may be months, weekdays or zones are; short forms take their full stop with them."""
    settled: list[Atom] = []
    for i, atom in enumerate(atoms):
        if atom.kind == "STOP" and settled and settled[-1].end > atom.start:
            continue
        if atom.kind == PLAIN:
            if settled and settled[-1].kind == PLAIN:  # one symbol for a run of words keeps the grammar's input short
                settled[-1].end = atom.end
            else:
                settled.append(atom)
            continue
        before = settled[-1].kind if settled else "BREAK"
        after = atoms[i + 1 : i + 3]
        if atom.kind in {"MONTH", "WEEKDAY"}:
            if not _is_name(atom, before, after, parsed, words):
                atom.kind = PLAIN
        elif atom.kind in {"SHORT_MONTH", "SHORT_WEEKDAY"}:
            _settle_short(atom, before, after, parsed.text)
        elif (atom.kind == "ZONE" and not parsed.text[atom.start : atom.end].isupper()) or (
            atom.kind == "ZONE_PLACE" and not (after and after[0].kind in {"TIME", "HOUR"})
        ):
            atom.kind = PLAIN
        settled.append(atom)
    return settled


def _is_name(atom: Atom, before: str, after: list[Atom], parsed: ParsedText, words: TimeWords) -> bool:
    """Whether a full word names a month or weekday: "May" the modal and "March on the capital" do not."""
    word = parsed.text[atom.start : atom.end]
    numbered = before in _NUMBERS or bool(after and after[0].kind in _NUMBERS)
    if numbered or (word.lower() not in words.doubtful and (word[0].isupper() or atom.kind == "WEEKDAY")):
        return True
    if word[0].islower() or word.lower() not in words.doubtful:
        return False
    if before not in _BEFORE_MONTH and after and after[0].kind in _AFTER_EVENT:
        return False
    tags = {parsed.words[i].tag for i in parsed.covering((atom.start, atom.end))}
    return not tags & {"MD", "VB", "VBP"} and (
        before in _BEFORE_MONTH or (tags == {"NNP"} and before not in {"BREAK", "STOP"})
    )


def _settle_short(atom: Atom, before: str, after: list[Atom], text: str) -> None:
    """``Dec.`` and ``12 Dec`` are names, "sat" and "mar" are not."""
    stop = after[0] if after and after[0].start == atom.end and text[atom.end] == "." else None
    following = next((a.kind for a in after if a.kind not in {"STOP", "COMMA"}), "BREAK")
    if atom.kind == "SHORT_MONTH":
        named = before in _NUMBERS or following in _NUMBERS or (stop is not None and before in _BEFORE_MONTH)
    else:
        named = following in _NUMBERS | {"MONTH", "SHORT_MONTH"} or (stop is not None and before in _BEFORE_WEEKDAY)
        named = named and text[atom.start].isupper()
    atom.kind = atom.kind.removeprefix("SHORT_") if named else PLAIN
    if named and stop:
        atom.end = stop.end
