"""Whether the clause around an expression looks back or ahead: what "on Monday" hangs on."""

from typing import Literal

from truceline.grounding.times.vocabulary import TenseWords
from truceline.model import Span
from truceline.reading.words import ParsedText, Word

Tense = Literal["past", "present", "future"]

_MOST_STEPS = 12
_DIRECT = 2  # "for Monday" is two steps from its verb


def governing_word(parsed: ParsedText, span: Span) -> Word | None:
    """The highest word of an expression in the parse; None where the parse has no word there."""
    inside = parsed.covering(span)
    members = set(inside)
    for i in inside:
        if parsed.words[i].head == i or parsed.words[i].head not in members:
            return parsed.words[i]
    return None


def tense_around(parsed: ParsedText, span: Span, words: TenseWords) -> Tense | None:
    """Tense of the clause that an expression stands in; None for a fragment without a verb."""
    word = governing_word(parsed, span)
    if word is None:
        return None
    if word.dep == "poss":
        return _tense_of_owner(parsed, word, words)
    head = parsed.words[word.head]
    preposition = head.lower if head.pos in {"ADP", "SCONJ"} else ""
    for steps in range(_MOST_STEPS):
        found = _tense_of(parsed, word, words, preposition, direct=steps <= _DIRECT)
        if found is not None:
            return found
        if word.head == word.i:
            return None
        word = parsed.words[word.head]
    return None


def _tense_of_owner(parsed: ParsedText, word: Word, words: TenseWords) -> Tense:
    """ "Friday's ceremony" is known already, and so past, unless it is the subject of what will be."""
    owned = parsed.words[word.head]
    if owned.dep in {"nsubj", "nsubjpass"}:
        return _tense_of(parsed, parsed.words[owned.head], words, "", direct=False) or "past"
    return "past"


def _tense_of(parsed: ParsedText, verb: Word, words: TenseWords, preposition: str, *, direct: bool) -> Tense | None:
    """Tense of one word with its auxiliaries; None where only what governs it can tell."""
    if direct and (
        verb.lemma in words.ahead or (verb.lemma in words.ahead_until and preposition in words.prepositions_ahead)
    ):
        return "future"
    if verb.tag[:2] != "VB" and verb.tag != "MD":
        return None
    children = [parsed.words[i] for i in verb.children]
    helpers = [child for child in children if child.dep in {"aux", "auxpass"}]
    modal = next((h for h in helpers if h.tag == "MD" or h.lower in words.future), None)
    if modal is not None:
        return _tense_of_modal(parsed, modal, children, words)
    if any(c.dep == "xcomp" and c.tag == "VB" and _to(parsed, c) for c in children) and verb.lemma in {"be", "go"}:
        return "future"
    if verb.tag == "VBD" or any(h.tag == "VBD" for h in helpers):
        return "past"
    if verb.tag in {"VBZ", "VBP"} or any(h.tag in {"VBZ", "VBP"} for h in helpers):
        if any(h.lemma == "have" for h in helpers):
            return "past"
        return "future" if verb.tag == "VBG" and direct else "present"
    if verb.tag == "VB" and _to(parsed, verb):
        governor = parsed.words[verb.head].lemma
        return "future" if governor in words.infinitive or governor in words.ahead else None
    return "past" if verb.tag == "VBN" and verb.dep != "ccomp" else None


def _tense_of_modal(parsed: ParsedText, modal: Word, children: list[Word], words: TenseWords) -> Tense:
    """ "will" looks ahead, "could have" back; "could not be reached" is about what was tried."""
    if modal.lower in words.future:
        return "future"
    if any(child.lemma == "have" and child.dep == "aux" for child in children):
        return "past"
    if modal.lower not in words.tried:
        return "future"
    subjects = [child for child in children if child.dep in {"nsubj", "nsubjpass"}]
    near = {child.lower for child in children} | {parsed.words[i].lower for s in subjects for i in parsed.subtree(s.i)}
    return "past" if near & words.negative or any(child.dep == "neg" for child in children) else "future"


def _to(parsed: ParsedText, verb: Word) -> bool:
    return any(parsed.words[i].dep == "aux" and parsed.words[i].lower == "to" for i in verb.children)
