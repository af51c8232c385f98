"""Where paragraphs begin and end, and what is a dateline: done before parsing, since parsers trip over both."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from truceline.model import Span

# A line longer than this, near the usual length of its block and with no full stop, was broken by a text editor.
_WRAPPED_AT_LEAST = 45
_WRAPPED_AT_MOST = 130
# The parser's memory grows with the paragraph; nothing that a person wrote as one paragraph comes near this.
_LONGEST = 8_000

_SENTENCE_END = re.compile(r"""[.!?:;…]["'”’»)\]]*\s*$""")
_LABEL = re.compile(r"(?P<who>[A-ZÀ-Þ][\w.'’-]*(?: [\w.'’-]+){0,4})(?: \([^()\n]{1,40}\))?:\s+")
_LIST_ITEM = re.compile(r"\s*(?:[-*•–—▪●]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_DATELINE = re.compile(
    r"""(?P<line>
        (?:[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+){0,3}      # CITY in capitals
           (?:,\s[^\n—–(]{2,40}?)?                                          # , Country or , Dec 12
           (?:\s?\([^()\n]{2,40}\))?                                        # (AGENCY)
        | [A-ZÀ-Þ][\w.'’\-]+(?:\s[A-ZÀ-Þ][\w.'’\-]+){0,2}(?:,\s[^\n—–(.]{2,40}?)?\s?\([A-Za-z][^()\n]{1,30}\)  # City (agency)
        | [A-ZÀ-Þ][\w'’\-]+(?:\s[A-ZÀ-Þ][\w'’\-]+){0,2},\s                      # City, 12 Dec
          (?:\d{1,2}\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s\d{1,2})?(?:,?\s\d{4})?\.?
        )
        \s*(?:—|–|--|-|―)\s*)(?=\S)""",
    re.VERBOSE,
)


def split_paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs of a text as spans without outer white space.

    A blank line ends a paragraph. So does a line break, unless the text was wrapped by an editor: then the line is about
    as long as its neighbours, does not end a sentence, and the next line is no list item.
    """
    block: list[Span] = []
    for line in _lines(text):
        if text[line[0] : line[1]].strip():
            block.append(line)
        elif block:
            yield from _split_block(text, block)
            block = []
    if block:
        yield from _split_block(text, block)


def split_dateline(text: str, span: Span) -> int:
    """Where the body of a paragraph starts: after ``CITY, Country (AGENCY) —`` where it has one, else its start."""
    match = _DATELINE.match(text, span[0], min(span[1], span[0] + 120))
    return match.end() if match else span[0]


def script_labels(text: str, paragraphs: list[Span]) -> dict[Span, int]:
    """Where the words of a turn begin in a script ("Q: …", "Jane Doe: …"), by paragraph; empty where the text is none.

    A text is a script when a label stands before two of its paragraphs or more.
    """
    found = {span: match for span in paragraphs if (match := _LABEL.match(text, *span)) and match.end() < span[1]}
    often = Counter(match.group("who").lower() for match in found.values())
    if max(often.values(), default=0) < 2:
        return {}
    return {span: match.end() for span, match in found.items()}


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for match in _BREAKS.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _split_block(text: str, lines: list[Span]) -> Iterator[Span]:
    lengths = [end - start for start, end in lines]
    usual = median(lengths)
    wrapped = len(lines) > 1 and _WRAPPED_AT_LEAST <= max(lengths) <= _WRAPPED_AT_MOST
    start = lines[0][0]
    for this, following in pairwise(lines):
        runs_on = (
            wrapped
            and this[1] - this[0] >= max(_WRAPPED_AT_LEAST, 0.75 * usual)
            and not _SENTENCE_END.search(text, this[0], this[1])
            and not _LIST_ITEM.match(text, following[0], following[1])
        )
        if not runs_on:
            yield from _pieces(text, start, this[1])
            start = following[0]
    yield from _pieces(text, start, lines[-1][1])


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Strip white space; cut what is too long for the parser at a sentence end, a blank or, failing that, anywhere."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        window = text[start : start + _LONGEST]
        cut = max(window.rfind(". "), window.rfind("! "), window.rfind("? "))
        cut = cut + 1 if cut > 0 else window.rfind(" ")
        cut = cut if cut > 0 else _LONGEST
        yield start, start + cut
        start += cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
