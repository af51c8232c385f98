"""Names in a text: all names, adjectives and capitals of the knowledge, longest first, in any script."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from truceline.knowledge import Agreement, Country, Knowledge, KnownActor, Person
from truceline.knowledge.countries import Sense
from truceline.reading.words import ParsedText, Word

Who = Country | KnownActor | Person
NameSense = Sense | Literal["known", "short", "full", "last"]

_JOINTS = frozenset({"-", "–", "‑", "/", ".", "&"})
_SPLIT = re.compile(r"[\s/&–‑-]+|(?<=\w)(?=['’]s\b)")
_DROPPED = str.maketrans("", "", ".'’ʼ`")


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a name stands for, and in which sense."""

    who: Who
    sense: NameSense


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the text: first and last word, and all that it may stand for."""

    first: int
    last: int
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    rest: tuple[str, ...]
    cases: tuple[int, ...]  # per word: 0 any case, 1 a capital first, 2 all capitals
    named: Named


def fold(text: str) -> str:
    """A word as names are compared: no case, no accents, no full stops or apostrophes."""
    if not text.isalnum():  # most words have nothing to drop, and looking is the cheaper part
        text = text.translate(_DROPPED)
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    # "ı" and "ə" have no accent to strip, but transliterations write "i" and "a"
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("ı", "i").replace("ə", "a")


def pieces(name: str) -> list[str]:
    """A name as the words the parser makes of it, hyphens and slashes left out."""
    return [name] if name.isalnum() else [part for part in _SPLIT.split(name.strip()) if part.translate(_DROPPED)]


class NameIndex:
    """All names of the knowledge and of one agreement, by their first word."""

    def __init__(self, knowledge: Knowledge, agreement: Agreement | None = None) -> None:
        self._by_first: dict[str, list[_Entry]] = {}
        for name, named in _all_names(knowledge, agreement):
            self._add(name, named)
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry.rest))

    def at(self, parsed: ParsedText, i: int) -> Found | None:
        """The longest name that begins at word ``i``, with all it may stand for."""
        entries = self._by_first.get(fold(parsed.words[i].text))
        if entries is None:
            return None
        last, named = -1, list[Named]()
        for entry in entries:
            end = _matches(parsed.words, i, entry)
            if end >= 0 and end >= last:
                last = end
                if all(entry.named.who is not other.who for other in named):
                    named.append(entry.named)
            elif named:
                break
        return Found(i, last, tuple(named)) if named else None

    def between(self, parsed: ParsedText, first: int, last: int) -> Iterator[Found]:
        """Names that begin between two words (both included), left to right, none inside another."""
        i = first
        while i <= last:
            found = self.at(parsed, i)
            if found:
                yield found
                i = found.last + 1
            else:
                i += 1

    def whole(self, name: str) -> tuple[Named, ...]:
        """What a name by itself stands for, whatever its case."""
        parts = tuple(fold(piece) for piece in pieces(name))
        entries = self._by_first.get(parts[0], ()) if parts else ()
        found = {id(entry.named.who): entry.named for entry in reversed(entries) if entry.rest == parts[1:]}
        return tuple(reversed(found.values()))

    def _add(self, name: str, named: Named) -> None:
        parts = pieces(name)
        if not parts:
            return
        entry = _Entry(tuple(fold(part) for part in parts[1:]), tuple(_case(part) for part in parts), named)
        self._by_first.setdefault(fold(parts[0]), []).append(entry)


def _all_names(knowledge: Knowledge, agreement: Agreement | None) -> Iterable[tuple[str, Named]]:
    """An agreement's own actors stand in for the general ones of the same id."""
    also = knowledge.actors.also
    for country in knowledge.countries.by_code.values():
        yield from ((word, Named(country, sense)) for word, sense in country.words())
        yield from ((word, Named(country, "name")) for word in also.get(country.code, ()))
    own = {actor.id: actor for actor in agreement.actors} if agreement else {}
    members = {member.who for party in agreement.parties for member in party.members} if agreement else set()
    for actor in (own | {key: known for key, known in knowledge.actors.by_id.items() if key not in own}).values():
        yield from ((name, Named(actor, "known")) for name in (actor.name, *actor.aliases, *also.get(actor.id, ())))
        if actor.id in own or actor.id in members:
            yield from ((name, Named(actor, "short")) for name in actor.short)
    for person in agreement.persons if agreement else ():
        yield from ((name, Named(person, "full")) for name in (person.name, *person.aliases, *also.get(person.id, ())))
        yield from ((name, Named(person, "last")) for name in person.last)


def _case(part: str) -> int:
    if len(part) > 1 and part.isascii() and part.isupper() and len(part.translate(_DROPPED)) > 1:
        return 2
    return 1 if part[0].isupper() else 0


def _matches(words: tuple[Word, ...], i: int, entry: _Entry) -> int:
    """The last word of the entry's name where it begins at word ``i``; -1 where it does not."""
    if not _cased(words[i], entry.cases[0]):
        return -1
    for part, case in zip(entry.rest, entry.cases[1:], strict=True):
        i += 1
        while i < len(words) and words[i].text in _JOINTS:
            i += 1
        if i >= len(words) or fold(words[i].text) != part or not _cased(words[i], case):
            return -1
    return i


def _cased(word: Word, case: int) -> bool:
    if case == 2:
        return word.text.isupper()
    return case == 0 or not word.text[0].islower()
