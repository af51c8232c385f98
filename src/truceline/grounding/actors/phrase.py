"""What the words of a noun phrase tell of who it is: whose, what kind of people, under which title."""

import re
from dataclasses import dataclass, field

from truceline.grounding.actors.names import Found, NameIndex
from truceline.knowledge import ActorNouns, Noun, Title
from truceline.reading.phrases import noun_phrase
from truceline.reading.words import ParsedText, Word

_LONGEST_NOUN = 6  # words of the longest compound that is looked up ("ministry of the interior of …" is cut before)
_LONGEST_TITLE = 7  # tokens: "Lt. Gen.", "Commander-in-Chief"
_HYPHENS = frozenset({"-", "–", "‑"})
_OWNING = frozenset({"of", "from", "for", "by"})
_LOCAL = frozenset({"in", "at", "inside", "across"})
PLACING = _LOCAL | {"near", "to", "towards", "outside", "around"}
"""Prepositions after which an unknown name is rather a place."""


@dataclass(frozen=True, slots=True)
class NounFound:
    """A listed noun or compound: its first and last word and what it tells."""

    first: int
    last: int
    noun: Noun


@dataclass(slots=True)
class Phrase:
    """A noun phrase taken apart around its head.

    Attributes:
        name: A known name that covers the head.
        before: Known names before the head that say whose it is, nearest to the head first.
        backers: Known names before the head that a hyphen makes part of something else ("X-backed").
        owned_by: Words that head a phrase with "of", "from" or "for" after the head.
        local_to: Words that head a phrase with "in" or "at" after the head.
        noun: The listed noun at the head.
        modifiers: Listed nouns before the head ("rebel" commander), nearest first.
        title: A title right before a name ("General" X), with the name's first word.
        possessor: The word of a possessive pronoun before the head.
    """

    first: int
    last: int
    head: int
    name: Found | None = None
    before: list[Found] = field(default_factory=list)
    backers: list[Found] = field(default_factory=list)
    owned_by: list[int] = field(default_factory=list)
    local_to: list[int] = field(default_factory=list)
    noun: NounFound | None = None
    modifiers: list[NounFound] = field(default_factory=list)
    title: Title | None = None
    proper: int | None = None  # first word of the run of capitalised words that ends at the head
    possessor: Word | None = None
    ethnic: bool = False
    former: bool = False


class PhraseReader:
    """Takes noun phrases apart by the knowledge's names, nouns and titles."""

    def __init__(self, names: NameIndex, nouns: ActorNouns) -> None:
        self._names = names
        self._nouns = nouns
        # Phrases of the text at hand: each is asked for by several rules.
        self._read: tuple[ParsedText, dict[int, Phrase]] | None = None
        self._title_ends = {re.split(r"[\s-]", title)[-1] for title in nouns.titles}

    def read(self, parsed: ParsedText, head: int) -> Phrase:
        """The phrase headed by a word."""
        known = self._read
        if known is None or known[0] is not parsed:
            known = self._read = (parsed, {})
        if head not in known[1]:
            known[1][head] = self._taken_apart(parsed, head)
        return known[1][head]

    def _taken_apart(self, parsed: ParsedText, head: int) -> Phrase:
        first, last = noun_phrase(parsed, head)
        phrase = Phrase(first, last, head)
        phrase.noun = self.noun_at(parsed, first, head)
        core = phrase.noun.first if phrase.noun else head
        for found in self._names.between(parsed, first, head):
            if found.last >= head and self._stands_alone(parsed, first, found):
                phrase.name = found
            elif found.last < core:
                (phrase.backers if _joined(parsed, found) else phrase.before).insert(0, found)
        self._read_before(parsed, phrase, core)
        if not phrase.name and not phrase.noun:
            self._read_proper_name(parsed, phrase)
        self._read_after(parsed, phrase)
        return phrase

    def noun_at(self, parsed: ParsedText, first: int, head: int) -> NounFound | None:
        """The longest noun that ends at the head ("defence ministry") or begins there ("ministry of defence")."""
        words, nouns = parsed.words, self._nouns.nouns
        best: NounFound | None = None
        end = parsed.sentences[words[head].sentence].last
        for last in range(head + 2, min(head + _LONGEST_NOUN, end)):
            noun = nouns.get(_plain(parsed, head, last))
            if noun:
                best = NounFound(head, last, noun)
        for start in range(max(first, head - _LONGEST_NOUN), head + 1):
            noun = nouns.get(_plain(parsed, start, head))
            if noun:
                if best is None or start < head:
                    best = best if best and best.noun.unit else NounFound(start, head, noun)
                break
        return best

    def _read_before(self, parsed: ParsedText, phrase: Phrase, core: int) -> None:
        """Possessive pronouns, words like "ethnic" and "former", and nouns before the head."""
        words = parsed.words
        named = {i for found in phrase.before for i in range(found.first, found.last + 1)}
        i = core - 1
        while i >= phrase.first:
            word = words[i]
            if i not in named:
                if word.tag == "PRP$":
                    phrase.possessor = word
                elif word.lower in self._nouns.ethnic:
                    phrase.ethnic = True
                elif word.lower in self._nouns.distancing and words[i + 1].text not in _HYPHENS:
                    phrase.former = True
                else:
                    found = self.noun_at(parsed, phrase.first, i) if not _participial(words, i) else None
                    # "local officials", "civilian casualties": as an adjective such a word does not say who they are
                    if found and (word.tag.startswith("NN") or found.noun.status == "combatant"):
                        phrase.modifiers.append(found)
                        i = found.first
            i -= 1

    def _read_proper_name(self, parsed: ParsedText, phrase: Phrase) -> None:
        """A name that nobody knows: capitalised words up to the head, after a title, a noun or a known name."""
        words = parsed.words
        if words[phrase.head].pos != "PROPN":
            return
        taken = {i for name in phrase.before for i in range(name.first, name.last + 1)}
        taken |= {i for noun in phrase.modifiers for i in range(noun.first, noun.last + 1)}
        start = phrase.head
        while start > phrase.first and start - 1 not in taken:
            previous = words[start - 1]
            if previous.text not in _HYPHENS and (previous.pos != "PROPN" or previous.text in self._title_ends):
                break
            start -= 1
        phrase.proper = start
        phrase.title = self.title_before(parsed, phrase.first, start)

    def title_before(self, parsed: ParsedText, first: int, start: int) -> Title | None:
        """The title right before a name that begins at ``start``."""
        end = start - 1
        if end < first or parsed.words[end].text not in self._title_ends:
            return None
        words = parsed.words
        for begin in range(max(first, start - _LONGEST_TITLE), start):
            title = self._nouns.titles.get(parsed.text[words[begin].start : words[end].end])
            bound = begin > 0 and words[begin - 1].text in _HYPHENS and words[begin - 1].end == words[begin].start
            if title is not None and not bound:  # "General" in "Director-General" is no rank
                return title
        return None

    def _read_after(self, parsed: ParsedText, phrase: Phrase) -> None:
        """Phrases after the head that say whose it is; only those within the noun phrase or right behind it."""
        begin = phrase.noun.last if phrase.noun else phrase.head
        inside = range(phrase.head, begin + 1)
        for word in (parsed.words[i] for i in inside):
            for child in word.children:
                preposition = parsed.words[child]
                if child <= begin or preposition.dep != "prep":
                    continue
                objects = [c for c in preposition.children if parsed.words[c].dep == "pobj"]
                if preposition.lower in _OWNING:
                    phrase.owned_by += objects
                elif preposition.lower in _LOCAL and child <= phrase.last + 1:
                    phrase.local_to += objects

    def _stands_alone(self, parsed: ParsedText, first: int, found: Found) -> bool:
        """Whether a country's or family name is not the end of somebody else's name ("Michael Jordan")."""
        if found.first == first or any(named.sense in {"known", "full", "short"} for named in found.named):
            return True
        before = parsed.words[found.first - 1]
        if before.pos != "PROPN" or before.dep != "compound" or before.text in self._title_ends:
            return True
        folded = before.lower
        if folded in self._nouns.places or folded in self._nouns.nouns:
            return True
        return any(name.last == found.first - 1 for name in self._names.between(parsed, first, found.first - 1))


def _plain(parsed: ParsedText, first: int, last: int) -> str:
    words = parsed.words
    if first == last:
        return words[first].lower
    return parsed.text[words[first].start : words[last].end].lower().replace("’", "'")


def _joined(parsed: ParsedText, found: Found) -> bool:
    """Whether a hyphen makes the name part of something else: "X-backed", "pro-X", "X-Y"."""
    words = parsed.words
    after = found.last + 1
    if after < len(words) and words[after].text in _HYPHENS and words[after].start == words[found.last].end:
        return True
    before = found.first - 1
    return before >= 0 and words[before].text in _HYPHENS and words[before].end == words[found.first].start


def _participial(words: tuple[Word, ...], i: int) -> bool:
    """Whether a word is bound by a hyphen to its neighbour ("rebel-held")."""
    return (i + 1 < len(words) and words[i + 1].text in _HYPHENS and words[i + 1].start == words[i].end) or (
        i > 0 and words[i - 1].text in _HYPHENS and words[i - 1].end == words[i].start
    )
