"""Where one report ends and the next begins: a second reporting verb that the parser hung into the first one's content."""

from dataclasses import replace

from truceline.reading.reports import Report, trimmed
from truceline.reading.view import ClauseView
from truceline.reading.words import ParsedText, Word

_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def unshared(view: ClauseView, reports: list[Report]) -> list[Report]:
    """Reports with coordinated reporting verbs given to whoever reports ("said the road was shut and blamed the army")."""
    found = list(reports)
    owners = {i: at for at, report in enumerate(found) for i in report.cue if i in view.predicates}
    for i, at in sorted(owners.items()):
        verb = view.parsed.words[i]
        if verb.dep != "conj" or verb.tag not in _FINITE:
            continue
        first = _first_of(view.parsed, verb)
        holder = owners.get(first.head)
        if holder is None or holder == at or first.dep != "ccomp" or not _is_beside(view, verb, first, found[at]):
            continue
        below = set(view.parsed.subtree(i)) | _conjunction(view.parsed, verb)
        outer = found[holder]
        if i not in outer.content:
            continue
        found[holder] = replace(outer, content=trimmed(view.parsed, set(outer.content) - below))
        if not _own_subject(view.parsed, verb):
            found[at] = replace(found[at], speakers=outer.speakers)
    return found


def _first_of(parsed: ParsedText, word: Word) -> Word:
    """The first of the coordinated verbs."""
    while word.dep == "conj" and word.head != word.i:
        word = parsed.words[word.head]
    return word


def _is_beside(view: ClauseView, verb: Word, first: Word, report: Report) -> bool:
    """Whether a verb stands beside the reporting verb above, not beside the verb ``first`` of what is reported."""
    words = view.parsed.words
    cue = words[first.head]
    subject = _own_subject(view.parsed, verb)
    if subject is not None:
        return words[min(view.parsed.subtree(subject.i)) - 1].dep == "cc" and _comma_before(view.parsed, verb)
    if verb.tag != cue.tag and cue.tag in _FINITE:
        return False
    clause = view.predicates.get(first.i)
    here = view.predicates[verb.i]
    told = report.alternative in {"clause", "host", "quote"}
    return clause is None or clause.modal is not None or clause.tense != here.tense or told


def _own_subject(parsed: ParsedText, verb: Word) -> Word | None:
    return next((parsed.words[c] for c in verb.children if parsed.words[c].dep in {"nsubj", "nsubjpass"}), None)


def _conjunction(parsed: ParsedText, verb: Word) -> set[int]:
    """The "and" or "but" right before a coordinated verb's clause."""
    before = [c for c in parsed.words[verb.head].children if parsed.words[c].dep == "cc" and c < verb.i]
    return {before[-1]} if before else set()


def _comma_before(parsed: ParsedText, verb: Word) -> bool:
    joined = _conjunction(parsed, verb)
    return bool(joined) and parsed.words[max(joined) - 1].text == ","
