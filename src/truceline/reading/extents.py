"""How far things reach: a report's content where the parser cut it short, the source and the cue as written."""

from dataclasses import replace

from truceline.model import Span
from truceline.reading.reports import Report, runs, trimmed
from truceline.reading.view import ClauseView
from truceline.reading.words import ParsedText

_TAIL = frozenset({"advcl", "prep", "npadvmod", "advmod", "relcl", "acl", "appos", "dep", "punct"})
_MISPLACED = frozenset({"xcomp", "csubj", "ccomp", "dep", "nsubj"})
_OBJECTS = frozenset(
    {
        "obj",
        "obj+as",
        "obj+attr",
        "for",
        "of",
        "about",
        "on",
        "obj+of-ing",
        "obj+for-ing",
        "obj+for",
        "with",
        "to",
        "deed",
        "at",
        "against",
        "over",
    }
)
_CLOSING = frozenset({'"', "''", "”", "’"})
_OPENING = frozenset({'"', "``", "''", "“", "‘"})
_CLAUSAL = frozenset({"clause", "quote", "host"})


def completed(view: ClauseView, report: Report, reporters: frozenset[str], continuing: frozenset[str]) -> Report:
    """Content as far as the sentence carries it, where the parser hung a part of it elsewhere."""
    if report.content and report.alternative in _OBJECTS:
        kept = set(report.content) - _writers_aside(view, report)
        report = replace(report, content=trimmed(view.parsed, kept))
        return replace(report, content=trimmed(view.parsed, set(report.content) | _trailing(view, report)))
    if not report.content or report.alternative not in _CLAUSAL:
        return report
    parsed = view.parsed
    cue = report.cue[-1]
    sentence = parsed.sentences[parsed.words[cue].sentence]
    speakers = _speaker_words(parsed, report)
    words = set(report.content)
    if report.content[-1] < min([*report.cue, *speakers]):
        # inverted ("…, officials said"): all that stands before belongs to the content
        words |= {i for i in range(sentence.first, report.content[0]) if i not in speakers}
        words -= set(range(sentence.first, _after_colon(parsed, sentence.first, min(report.cue))))
    elif report.content[0] > cue:
        words |= _gap(view, report) | _tail(view, report, sentence.last, reporters, continuing)
    return replace(report, content=trimmed(parsed, words - set(report.cue) - speakers))


def source_words(parsed: ParsedText, report: Report) -> tuple[int, ...]:
    """The speakers as written: with titles, appositions and relative clauses, without what holds the cue itself."""
    speakers = report.speakers
    if not speakers:
        return ()
    literal = speakers[0].literal
    if literal is not None and parsed.words[literal].lower != "that":
        return (literal,)
    words = {i for speaker in speakers for i in _phrase(parsed, speaker.head, report)}
    return trimmed(parsed, words - set(report.content))


def cue_spans(parsed: ParsedText, report: Report) -> tuple[Span, ...]:
    """The cue as written; a mark alone ("Minister: …") is its own cue."""
    found = runs(parsed, report.cue) or [(i, i) for i in report.cue]
    return tuple(parsed.span(first, last) for first, last in found)


def _after_colon(parsed: ParsedText, first: int, cue: int) -> int:
    """Where a quotation between a colon and the cue begins: "The answer was short: "No," he said."; else the first word."""
    for i in range(cue - 1, first, -1):
        if parsed.words[i].text == ":" and parsed.words[i + 1].text in _OPENING:
            return i + 1
    return first


def _speaker_words(parsed: ParsedText, report: Report) -> set[int]:
    return {i for s in report.speakers for i in _phrase(parsed, s.literal if s.literal is not None else s.head, report)}


def _phrase(parsed: ParsedText, head: int, report: Report) -> set[int]:
    words = set(parsed.subtree(head))
    held = set(report.cue) | set(report.content[:1])
    for c in parsed.words[head].children:
        word = parsed.words[c]
        if word.dep in {"conj", "cc", "advcl", "preconj"} or (
            word.dep in {"relcl", "acl", "appos", "parataxis", "ccomp", "dep", "prep"} and held & set(parsed.subtree(c))
        ):
            words -= set(parsed.subtree(c))
    return words or {head}


def _writers_aside(view: ClauseView, report: Report) -> set[int]:
    """ "Denounced the deal, which would …": what a relative clause behind a comma says of an object is the text's own word."""
    parsed = view.parsed
    found: set[int] = set()
    for i in report.content:
        word = parsed.words[i]
        if word.dep == "relcl" and word.head in report.content:
            tree = parsed.subtree(i)
            relative = parsed.words[tree[0]].tag in {"WDT", "WP", "WP$", "IN", "WRB"}
            if relative and parsed.words[tree[0] - 1].text == "," and tree[-1] >= report.content[-1]:
                found |= set(tree)
    return found if len(found) < len(report.content) else set()


def _trailing(view: ClauseView, report: Report) -> set[int]:
    """Phrases right after an object that the parser hung on the cue ("feared an offensive [in the coming weeks]")."""
    parsed = view.parsed
    cue, last = report.cue[-1], report.content[-1]
    found: set[int] = set()
    if parsed.words[last].pos == "PRON" and len(report.content) == 1:  # "confirmed this [on the phone]"
        return found
    for c in sorted(parsed.words[cue].children):
        if c <= last:
            continue
        tree = parsed.subtree(c)
        purpose = parsed.words[c].dep in {"advcl", "xcomp"} and parsed.words[tree[0]].tag in {"TO", "VBG"}
        if not (purpose or parsed.words[c].dep in {"prep", "acl", "relcl"}) or tree[0] != _after(parsed, last):
            break
        found |= set(tree)
        last = tree[-1]
    return found


def _goes_on(view: ClauseView, clause: int, last: int, continuing: frozenset[str]) -> bool:
    """Whether an adverbial clause says more of what stands before it: a participle, or a clause of cause, time or contrast."""
    words = view.parsed.words
    predicate = view.predicates.get(clause)
    mark = predicate.mark if predicate is not None else None
    if words[clause].tag == "VBG" and mark is None:
        return True
    first = min(view.parsed.subtree(clause))
    return mark in continuing and first <= last + 2


def _after(parsed: ParsedText, last: int) -> int:
    """The word after another one, past a closing quotation mark."""
    after = last + 1
    return after + 1 if after < len(parsed.words) and parsed.words[after].text in _CLOSING else after


def _gap(view: ClauseView, report: Report) -> set[int]:
    """What the parser hung on the cue though it begins the clause after it ("saying [calling it that] will …")."""
    parsed = view.parsed
    cue, first = report.cue[-1], report.content[0]
    wanted = (
        _MISPLACED if any("obj" in alternative for alternative in report.cue_class.content) else _MISPLACED | {"dobj"}
    )
    gap = [c for c in parsed.words[cue].children if cue < c < first and parsed.words[c].dep in wanted]
    return {i for c in gap for i in parsed.subtree(c) if cue < i < first}


def _tail(
    view: ClauseView, report: Report, end: int, reporters: frozenset[str], continuing: frozenset[str]
) -> set[int]:
    """What follows the content and was hung on the cue though it says more about the content ("…, wounding three").

    A participle that reports again ("…, adding that") ends it.
    """
    parsed = view.parsed
    cue, last = report.cue[-1], report.content[-1]
    tail: set[int] = set()
    for c in sorted(parsed.words[cue].children):
        word = parsed.words[c]
        if c <= last or c >= end:
            continue
        if word.dep not in _TAIL:
            if word.dep in {"conj", "cc"}:
                break
            continue
        if word.dep == "advcl" and (word.lemma in reporters or not _goes_on(view, c, last, continuing)):
            break
        tail |= set(parsed.subtree(c))
    return tail
