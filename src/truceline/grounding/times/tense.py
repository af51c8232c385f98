"""Whether the clause around an expression looks back or ahead: what "on Monday" hangs on."""

from typing import Literal

from truceline.grounding.times.vocabulary import TimeWords
from truceline.model import Span
from truceline.reading.words import ParsedText, Word

Tense = Literal["past", "present", "future"]

_AHEAD_PREPOSITIONS = frozenset({"for", "until", "till", "to", "by", "in"})
_MOST_STEPS = 12


def governing_word(parsed: ParsedText, span: Span) -> Word | None:
    """The highest word of an expression in the parse; None where the parse has no word there."""
    inside = parsed.covering(span)
    members = set(inside)
    for i in inside:
        if parsed.words[i].head == i or parsed.words[i].head not in members:
            return parsed.words[i]
    return None


def tense_around(parsed: ParsedText, span: Span, words: TimeWords) -> Tense | None:
    """Tense of the clause that an expression stands in; None for a fragment without a verb."""
    word = governing_word(parsed, span)
    if word is None:
        return None
    preposition = parsed.words[word.head].lower if parsed.words[word.head].pos in {"ADP", "SCONJ"} else ""
    previous, steps = word, 0
    while steps < _MOST_STEPS:
        if word.tag[:2] == "VB" or word.tag == "MD" or word.lemma in words.ahead:
            found = _tense_of(parsed, word, words, preposition if steps <= 2 else "", direct=steps <= 2)
            if found is not None:
                return found
        if word.head == word.i:
            return None
        previous, word, steps = word, parsed.words[word.head], steps + 1
    del previous
    return None


def _tense_of(parsed: ParsedText, verb: Word, words: TimeWords, preposition: str, *, direct: bool) -> Tense | None:
    """Tense of one verb with its auxiliaries; None where only what governs it can tell."""
    helpers = [parsed.words[i] for i in verb.children if parsed.words[i].dep in {"aux", "auxpass"}]
    modal = next((h for h in helpers if h.tag == "MD" or h.lemma in words.future or h.lower in words.future), None)
    if verb.lemma in words.ahead and direct and (preposition in _AHEAD_PREPOSITIONS or verb.tag in {"VBN", "VBD"} and _own(parsed, verb, preposition)):
        return "future"
    if verb.tag[:2] != "VB" and verb.tag != "MD":
        return None
    if modal is not None:
        perfect = any(h.lemma == "have" for h in helpers)
        return "past" if perfect and modal.lower not in words.future else "future"
    if verb.tag == "VBD" or any(h.tag == "VBD" for h in helpers):
        return "past"
    if verb.tag in {"VBZ", "VBP"} or any(h.tag in {"VBZ", "VBP"} for h in helpers):
        return "past" if any(h.lemma == "have" for h in helpers) else "present"
    if verb.tag == "VB" and any(h.lower == "to" for h in helpers):
        governor = parsed.words[verb.head]
        return "future" if governor.lemma in words.infinitive or governor.lemma in words.ahead else None
    return "past" if verb.tag == "VBN" and verb.dep in {"acl", "ROOT"} else None


def _own(parsed: ParsedText, verb: Word, preposition: str) -> bool:
    """Whether a verb that sets a time has it as its own, not as the time of the setting: "scheduled … Thursday", not "on"."""
    return preposition == "" and any(parsed.words[i].dep == "aux" and parsed.words[i].lemma == "have" for i in verb.children)
