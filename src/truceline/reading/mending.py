"""Parses mended before the grammar looks at them: constructions that the parser is known to take for others.

- "began *to clear* mines": an infinitive whose verb is an adjective too, taken for a preposition with a noun phrase;
- "has been *unblocked*": a participle taken for an adjective;
- "two soldiers *were missing*": an adjective in -ing, taken for a verb that goes on;
- "there was *fighting* near the port": a noun in -ing, taken for the same;
- "nine *servicemen*": a plural in -men, taken for a noun of its own.
"""

from collections.abc import Collection

from truceline.reading.words import ParsedText, Word


def mend(
    parsed: ParsedText, *, verbs: Collection[str], adjectives: Collection[str], men: Collection[str]
) -> ParsedText:
    """Mend a parse in place.

    Args:
        parsed: The parsed text, fresh from the parser.
        verbs: Base forms of the verbs that the lexicon knows.
        adjectives: Words that the lexicon has after "be" ("missing").
        men: Nouns in -man that the lexicons know ("serviceman").
    """
    for word in parsed.words:
        if word.tag == "TO" and word.dep == "prep":
            _infinitive(parsed, word, verbs)
        elif word.tag == "VBG" and word.lower in adjectives:
            _beside_be(parsed, word, "acomp")
        elif word.tag == "VBG" and any(parsed.words[c].dep == "expl" for c in word.children):
            _beside_be(parsed, word, "attr")
        elif word.tag == "JJ" and any(parsed.words[c].dep == "auxpass" for c in word.children):
            _participle(parsed, word)
        elif word.tag == "NN" and word.lower.endswith("men") and f"{word.lower[:-2]}an" in men:
            word.tag, word.lemma = "NNS", f"{word.lower[:-2]}an"
    return parsed


def _infinitive(parsed: ParsedText, to: Word, verbs: Collection[str]) -> None:
    """ "Began to clear mines" (tagged as the "to" of an infinitive, parsed as a preposition)."""
    verb = parsed.words[to.i + 1] if to.i + 1 < len(parsed.words) else None
    if verb is None or verb.tag != "JJ" or verb.dep != "amod" or verb.lower not in verbs:
        return
    noun = parsed.words[verb.head]
    if noun.head != to.i or noun.dep != "pobj":
        return
    verb.tag, verb.pos, verb.lemma = "VB", "VERB", verb.lower
    _move(parsed, verb, to.head, "xcomp")
    _move(parsed, noun, verb.i, "dobj")
    _move(parsed, to, verb.i, "aux")


def _participle(parsed: ParsedText, word: Word) -> None:
    """ "Has been unblocked": what a passive "be" stands with is a verb."""
    word.tag, word.pos = "VBN", "VERB"
    for c in word.children:
        if parsed.words[c].dep == "nsubj":
            parsed.words[c].dep = "nsubjpass"


def _beside_be(parsed: ParsedText, word: Word, dep: str) -> None:
    """ "Were missing", with nothing that they miss; "there was fighting": the clause is that of "be"."""
    below = [parsed.words[c] for c in word.children]
    be = next((c for c in below if c.dep == "aux" and c.lemma == "be" and c.i < word.i), None)
    if be is None or any(c.dep in {"dobj", "ccomp", "xcomp"} for c in below):
        return
    be.dep, be.pos = word.dep, "AUX"
    _move(parsed, be, word.head if word.head != word.i else be.i, word.dep)
    for child in below:
        if child is not be and child.dep not in {"prep", "advmod"}:
            _move(parsed, child, be.i, child.dep)
    word.tag, word.pos = ("JJ", "ADJ") if dep == "acomp" else ("NN", "NOUN")
    word.lemma = word.lower
    _move(parsed, word, be.i, dep)


def _move(parsed: ParsedText, word: Word, head: int, dep: str) -> None:
    """Hang a word on another; a word that is its own head is a root."""
    if word.head != word.i:
        parsed.words[word.head].children.remove(word.i)
    word.head, word.dep = head, dep
    if head != word.i:
        children = parsed.words[head].children
        children.append(word.i)
        children.sort()


__all__ = ["mend"]
