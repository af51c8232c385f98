"""Noun phrases: where one begins and ends around its head, without what only comments on it."""

from truceline.reading.words import ParsedText, Word

# What belongs to the name of a thing, as against clauses and appositions that say more about it.
_BEFORE = frozenset(
    {"det", "amod", "compound", "nummod", "poss", "nmod", "predet", "quantmod", "case", "advmod", "neg", "punct"}
)
_INSIDE = frozenset({"prep", "case"})
# "officials in the capital" is who they are; "soldiers on Friday" is not, but the parser often says it is.
_NAMING_PREPOSITIONS = frozenset({"of", "for", "from", "in", "at", "between", "behind"})


def noun_phrase(parsed: ParsedText, head: int) -> tuple[int, int]:
    """First and last word (inclusive) of the noun phrase headed by ``head``.

    Modifiers before the head belong to it, and prepositional phrases that name it ("officials in the capital", "ministry of
    defence"); relative clauses, appositions, coordinated phrases and trailing adverbs do not.
    """
    words = parsed.words
    first = last = head
    for child in sorted(words[head].children):
        word = words[child]
        if child < head and word.dep in _BEFORE:
            left = min(parsed.subtree(child))
            if word.dep == "punct" and word.text not in {'"', "“", "‘", "'", "-", "„", "«"}:
                continue
            first = min(first, left)
        elif child > head and word.dep in _INSIDE and (word.dep == "case" or _names(parsed, word)):
            if child > last + 1:
                break
            last = max(last, _last_of_preposition(parsed, child))
        elif child > head and word.dep in {"cc", "conj", "punct", "appos", "relcl", "acl", "prep", "advmod"}:
            break
        elif child > head and word.dep in {"nummod", "compound", "amod"} and child == last + 1:
            last = child
    return _balanced(parsed, first, head, last)


def coordinated(parsed: ParsedText, head: int) -> list[int]:
    """``head`` and all that is coordinated with it ("A, B and C"), in text order."""
    found = [head]
    for i in found:
        found.extend(c for c in parsed.words[i].children if parsed.words[c].dep == "conj")
    return sorted(found)


def _names(parsed: ParsedText, preposition: Word) -> bool:
    if preposition.lower not in _NAMING_PREPOSITIONS:
        return False
    objects = [parsed.words[c] for c in preposition.children if parsed.words[c].dep == "pobj"]
    return bool(objects) and all(_is_name_like(word, preposition.lower) for word in objects)


def _is_name_like(word: Word, preposition: str) -> bool:
    if preposition in {"of", "for"}:
        return word.pos in {"NOUN", "PROPN"}
    return (
        word.pos == "PROPN"
        or (word.pos == "NOUN" and preposition not in {"in", "at"})
        or word.lower in {"capital", "region"}
    )


def _last_of_preposition(parsed: ParsedText, preposition: int) -> int:
    last = preposition
    for child in parsed.words[preposition].children:
        if parsed.words[child].dep == "pobj":
            last = max(last, noun_phrase(parsed, child)[1])
    return last


def _balanced(parsed: ParsedText, first: int, head: int, last: int) -> tuple[int, int]:
    """Leave out a quotation mark that has no partner within the phrase."""
    marks = [i for i in range(first, last + 1) if parsed.words[i].text in {'"', "“", "”"}]
    if len(marks) == 1:
        if marks[0] < head:
            first = marks[0] + 1
        elif marks[0] > head:
            last = marks[0] - 1
    return first, last
