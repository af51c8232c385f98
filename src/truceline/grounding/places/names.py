"""Runs of capitalised words, the stretches of them that may be looked up, and which of them are persons."""

from collections.abc import Iterator, Mapping, Sequence

from truceline.grounding.places.vocabulary import Vocabulary
from truceline.knowledge.gazetteer import PlaceRow, Region, normalise
from truceline.reading.words import ParsedText, Word

LONGEST = 6
# Smaller towns seldom stand for a government.
_CITY = 500_000
_APOSTROPHES = "'’‘ʼʻ`"
_POSSESSIVE = frozenset({"'s", "’s", "'", "’", "‘", "`"})
Run = tuple[int, int]
"""First and last word of a stretch, both included."""


def capital(word: Word) -> bool:
    """Whether a word begins like a name."""
    return word.text[0].isupper() and word.text[0].isalpha()


def _glued(word: Word, following: Word, vocabulary: Vocabulary) -> bool:
    """Whether the tokeniser cut a name at its apostrophe ("Ta'izz"); possessives and verbs cut short are no part of one."""
    if following.start != word.end or following.text[0] not in _APOSTROPHES:
        return False
    return following.lower not in _POSSESSIVE and following.lower not in vocabulary.words.contractions


def possessive(parsed: ParsedText, last: int) -> bool:
    """Whether a name that ends at a word owns what follows."""
    following = parsed.words[last + 1 : last + 2]
    return bool(following) and following[0].lower in _POSSESSIVE and following[0].start == parsed.words[last].end


def numbered(parsed: ParsedText, last: int) -> bool:
    """Whether a number that belongs to it follows a name ("Exit 4")."""
    following = parsed.words[last + 1 : last + 2]
    return bool(following) and following[0].text.isdigit() and following[0].head == last


def find_runs(parsed: ParsedText, vocabulary: Vocabulary) -> Iterator[Run]:
    """First and last word of each stretch of capitalised words; hyphens and connectors only inside."""
    words, connectors = parsed.words, vocabulary.words.connectors
    i, count = 0, len(words)
    while i < count:
        if not capital(words[i]):
            i += 1
            continue
        last = j = i
        while j + 1 < count and words[j + 1].sentence == words[i].sentence:
            following = words[j + 1]
            if capital(following) or _glued(words[j], following, vocabulary):
                last = j + 1
            elif following.text in "-–‑" and following.start == words[j].end:
                pass
            elif following.lower not in connectors or following.lower == "and":
                break
            j += 1
        yield i, last
        i = last + 1


def stretches(parsed: ParsedText, run: Run, vocabulary: Vocabulary) -> dict[Run, str]:
    """What of a run may be a name, each stretch with its look-up form."""
    words = parsed.words
    found: dict[Run, str] = {}
    first, last = run
    for i in range(first, last + 1):
        if not capital(words[i]):
            continue
        for j in range(i, min(last, i + LONGEST - 1) + 1):
            if not (capital(words[j]) or _glued(words[j - 1], words[j], vocabulary)) or (
                j < last and _glued(words[j], words[j + 1], vocabulary)
            ):
                continue
            if _only_a_word(words, i, j, vocabulary):
                continue
            key = normalise(parsed.text[words[i].start : words[j].end])
            if key and (i == j or key not in vocabulary.words.not_places):
                found[i, j] = key
    found.update(_over_and(parsed, run))
    return found


def _only_a_word(words: Sequence[Word], i: int, j: int, vocabulary: Vocabulary) -> bool:
    """ "The City", "March": capitals that are seldom a name, though some place bears it."""
    if words[i].pos == "DET":
        return j - i < 2 and vocabulary.words.kind_of(words[j].lower) is not None
    lower = words[i].lower.replace(".", "")
    if i == j and lower in vocabulary.words.organisation_words:
        return True
    return i == j and lower in vocabulary.words.not_places and not (lower == "us" and words[i].text.isupper())


def _over_and(parsed: ParsedText, run: Run) -> Iterator[tuple[Run, str]]:
    """ "Bosnia and Herzegovina": two runs to begin with, since most names around an "and" are two."""
    words, (first, last) = parsed.words, run
    beyond = last + 2
    if beyond < len(words) and words[last + 1].lower == "and" and capital(words[beyond]):
        for i in range(first, last + 1):
            if capital(words[i]) and words[i].sentence == words[beyond].sentence:
                yield (i, beyond), normalise(parsed.text[words[i].start : words[beyond].end])


def find_persons(
    parsed: ParsedText,
    runs: list[Run],
    vocabulary: Vocabulary,
    grams: list[dict[Run, str]],
    known: Mapping[str, tuple[PlaceRow, ...]],
    region: Region | None,
) -> frozenset[str]:
    """Last names of the persons a text names in full or with a title, and of those who speak and are no seat of power."""
    words, found = parsed.words, set()
    located = {word.lower for word in words[1:] if words[word.i - 1].lower in vocabulary.words.locative_sure}
    for (first, last), gram in zip(runs, grams, strict=True):
        names = name_of_person(parsed, first, last, vocabulary)
        whole = gram.get((first, last))
        if names and not (whole and last > first and known[whole] and known[whole][0].key == whole):
            found.add(words[names[1]].lower)
        elif _speaks(parsed, last, vocabulary) and words[last].lower not in located:
            rows = known.get(gram.get((last, last), ""), ())
            if not any(_may_speak(row) or (region and region.holds(row)) for row in rows):
                found.add(words[last].lower)
    return frozenset(found)


def _speaks(parsed: ParsedText, last: int, vocabulary: Vocabulary) -> bool:
    word = parsed.words[last]
    return word.dep == "nsubj" and parsed.words[word.head].lemma in vocabulary.words.speech_verbs


def _may_speak(row: PlaceRow) -> bool:
    """Whether a place may stand for a government that speaks."""
    return row.kind not in {"settlement", "village"} or row.population >= _CITY


def name_of_person(parsed: ParsedText, first: int, last: int, vocabulary: Vocabulary) -> Run | None:
    """First and last word of a person's name at the end of a run: after a title, or begun by a given name."""
    words, own = parsed.words, vocabulary.words
    start = None
    for i in range(first, last + 1):
        if words[i].lower.rstrip(".") in own.titles:
            start = i + 1
    if (
        start is None
        and first > 0
        and words[first - 1].lower in own.titles
        and words[first - 1].sentence == words[first].sentence
    ):
        start = first
    if start is None:
        for i in range(first, last):
            if words[i].lower in vocabulary.given_names and capital(words[i + 1]):
                start = i
                break
    if start is None or start > last:
        return None
    for i in range(start, last + 1):
        lower = words[i].lower.rstrip(".")
        if lower in own.organisation_words or lower in own.kind_words or lower == "of":
            return None
    return start, last
