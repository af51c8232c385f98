"""Cues that the parser took for something else: a verb for a participle or a noun, quoted words for the speaker's own."""

from dataclasses import replace

from truceline.reading.cues import CueFinder
from truceline.reading.quotes import Quote
from truceline.reading.reports import Report, trimmed
from truceline.reading.view import ClauseView, Filler
from truceline.reading.words import Word

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_QUOTES = frozenset({"'", "‘"})
_CLOSING = frozenset({"'", "’"})
_BEFORE_INNER = 4  # words between the verb and the marks within a quotation ("told us that night, '…'")


def mistaken_cues(view: ClauseView, quotes: tuple[Quote, ...], cues: CueFinder) -> list[Report]:
    """Reports of sentences without a finite verb: "A and B traded blame for …", "The post's log reads, "…""."""
    found = []
    for word in view.parsed.words:
        report = None
        if word.dep == "amod" and word.tag in {"VBN", "VBD"}:
            report = _as_participle(view, word, cues)
        elif word.tag == "NNS" and cues.is_written(word.lower.removesuffix("s")):
            report = _as_noun(view, word, quotes, cues)
        if report is not None:
            found.append(report)
    return found


def _as_participle(view: ClauseView, word: Word, cues: CueFinder) -> Report | None:
    words = view.parsed.words
    noun = words[word.head]
    named = cues.mutual_class(f"{word.lemma} {noun.lemma}")
    if named is None or noun.i != word.i + 1 or word.i == 0 or words[word.i - 1].pos not in _NOMINAL:
        return None
    below = [g for c in noun.children if words[c].dep == "prep" for g in words[c].children if words[c].lower != "on"]
    content = {i for g in below for i in view.parsed.subtree(g)}
    speakers = [Filler(word.i - 1, "noun before")]
    if noun.dep == "conj" and words[noun.head].pos in _NOMINAL:
        speakers.insert(0, Filler(noun.head, "first of the two"))
    name, cue_class = named
    by = f"cue {name}/{word.lemma} {noun.lemma}: taken for a participle"
    cue = (word.i, noun.i)
    return Report(
        cue,
        tuple(speakers),
        trimmed(view.parsed, content),
        name,
        cue_class,
        cue_class.modality,
        "indirect",
        by,
        mutual=True,
    )


def _as_noun(view: ClauseView, word: Word, quotes: tuple[Quote, ...], cues: CueFinder) -> Report | None:
    words = view.parsed.words
    quote = next((q for q in quotes if word.i < q.first <= word.i + 4), None)
    between = words[word.i + 1 : quote.first] if quote is not None else ()
    if quote is None or word.i == 0 or not cues.speaks(words[word.i - 1].lemma):
        return None
    if any(w.pos != "PUNCT" and w.text != "''" for w in between):
        return None
    name, cue_class = cues.written_class
    content = tuple(range(quote.first, quote.last + 1))
    speaker = (Filler(word.i - 1, "noun before"),)
    by = f"cue {name}/{word.lower.removesuffix('s')}: taken for a noun"
    return Report(
        (word.i,), speaker, trimmed(view.parsed, set(content)), name, cue_class, cue_class.modality, "direct", by
    )


def inner_quotations(
    view: ClauseView, reports: list[Report], quotes: tuple[Quote, ...], cues: CueFinder
) -> list[Report]:
    """Reports with what stands between single marks within a quotation given to the verb before it."""
    found = list(reports)
    for quote in quotes:
        inner = _inner(view, quote) if quote.speech else None
        if inner is None:
            continue
        for i in range(inner.first - 2, max(quote.first, inner.first - 2 - _BEFORE_INNER) - 1, -1):
            predicate = view.predicates.get(i)
            if predicate is None or not cues.takes_quotes(view, predicate):
                continue
            made = cues.quote_report(view, predicate, inner)
            at = next((n for n, report in enumerate(found) if i in report.cue), None)
            if at is None:
                found.append(made)
            else:
                found[at] = replace(found[at], content=made.content)
            break
    return found


def _inner(view: ClauseView, quote: Quote) -> Quote | None:
    """The stretch between single marks within a quotation, of two words at least."""
    words = view.parsed.words
    inside = range(quote.first, quote.last)
    opening = next((i for i in inside if words[i].text in _QUOTES and words[i].end == words[i + 1].start), None)
    if opening is None or opening == quote.first:
        return None
    closing = next((i for i in range(opening + 2, quote.last + 1) if words[i].text in _CLOSING), None)
    if closing is None or closing < opening + 3 or words[opening].start == words[opening - 1].end:
        return None
    first, last = opening + 1, closing - 1
    return Quote(words[opening].start, words[closing].end, first, last, opened=True, closed=True, speech=True)
