"""Building an actor from a phrase: its name, its noun and whose it is, or the words around an unknown name."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from truceline.grounding.actors.names import Found, Named, NameIndex
from truceline.grounding.actors.persons import PersonMatcher
from truceline.grounding.actors.phrase import Phrase, PhraseReader
from truceline.grounding.actors.registry import (
    AMBIGUOUS,
    BUILT,
    BY_PRONOUN,
    LOCAL,
    NOTHING,
    OF_THING,
    UNOWNED,
    Known,
    Registry,
)
from truceline.grounding.actors.sides import Sides
from truceline.knowledge import ActorNouns, Agreement, Country, Noun, Person
from truceline.model import Actor
from truceline.reading.words import ParsedText

_DEPTH = 3  # "the spokesman of the ministry of the republic of X"


@dataclass(frozen=True, slots=True)
class Said:
    """A text, and for a phrase of it who says it and whom its possessive pronoun stands for."""

    parsed: ParsedText
    speaker: Actor | None = None
    possessor: Actor | None = None


class Builder:
    """Builds what is known of an actor out of a phrase taken apart."""

    def __init__(
        self,
        *,
        nouns: ActorNouns,
        names: NameIndex,
        phrases: PhraseReader,
        registry: Registry,
        sides: Sides,
        agreement: Agreement | None,
    ) -> None:
        self._nouns = nouns
        self._names = names
        self._phrases = phrases
        self._registry = registry
        self._sides = sides
        self._persons = PersonMatcher(agreement, sides.on)

    def build(self, said: Said, phrase: Phrase, depth: int = _DEPTH) -> Known:
        """What is known of whom the phrase stands for."""
        if phrase.name:
            return self._by_name(said, phrase, phrase.name)
        if phrase.noun:
            return self._by_noun(said, phrase, phrase.noun.noun, depth)
        if phrase.proper is not None:
            return self._by_surroundings(said, phrase, phrase.proper, depth)
        # Something that is no one ("X's positions", "X provocations") still tells whose it is.
        owner, score = self._owner(said, phrase, Noun(sector=None), 0)
        return replace(owner, score=min(score, OF_THING)) if owner else NOTHING

    def own(self, speaker: Actor | None) -> Known:
        """The speaker's own side ("we")."""
        return replace(self._registry.of_actor(speaker), score=BY_PRONOUN) if speaker else NOTHING

    def _by_name(self, said: Said, phrase: Phrase, found: Found) -> Known:
        """A known name at the head; where it may stand for several, what else the text says decides."""
        named = self._preferred(said, phrase, found)
        names = list(dict.fromkeys(each.who.name for each in named))
        if len(names) > 1 and isinstance(named[0].who, Person):
            party = self._sides.shared([each.who.party for each in named if isinstance(each.who, Person)])
            why = f"may be {' or '.join(names)}; the text does not say which"
            return Known(party=party, role="party" if party else None, score=AMBIGUOUS, flag=("ambiguous_name", why))
        known = self._registry.named(named[0], said.parsed.words[phrase.head].tag)
        if len(names) > 1:
            why = f"may be {' or '.join(names)}; {names[0]} is taken"
            return replace(known, score=AMBIGUOUS, flag=("ambiguous_name", why))
        return replace(known, party=None, role=None) if phrase.former else known

    def _preferred(self, said: Said, phrase: Phrase, found: Found) -> tuple[Named, ...]:
        """Of all a name may stand for, those whom the title, the text or the agreement speaks for."""
        persons = [named.who for named in found.named if isinstance(named.who, Person)]
        if len(persons) > 1:
            phrase.title = phrase.title or self._phrases.title_before(said.parsed, phrase.first, found.first)
            fitting = self._persons.fitting(persons, *self._context(said, phrase))
            if len(fitting) > 1:
                fitting = self._in_full(said.parsed, fitting) or fitting
            return tuple(named for named in found.named if named.who in fitting)
        if len(found.named) > 1:
            return tuple(named for named in found.named if self._sides.concerns(named.who)) or found.named
        return found.named

    def _in_full(self, parsed: ParsedText, persons: list[Person]) -> list[Person]:
        """Those of the persons whose full name the text has."""
        found = self._names.between(parsed, 0, len(parsed.words) - 1)
        seen = {id(named.who) for name in found for named in name.named if named.sense == "full"}
        return [person for person in persons if id(person) in seen]

    def _by_noun(self, said: Said, phrase: Phrase, noun: Noun, depth: int) -> Known:
        """A listed noun: whose it is makes the actor."""
        person = self._person_beside(said, phrase)
        if person:
            return person
        noun = _narrowed(noun, [modifier.noun for modifier in phrase.modifiers])
        owner, score = self._owner(said, phrase, noun, depth)
        party = self._sides.called(word.lower for word in said.parsed.words[phrase.first : phrase.head + 1])
        if owner is None:
            return self._registry.called(party, noun) if party else Known(sector=noun.sector, score=UNOWNED)
        if self._is_body(owner):
            return self._registry.belonging(owner, noun, score)
        if owner.code is None or (noun.delegates and "." in (owner.actor or "")):
            return replace(owner, sector=owner.sector or noun.sector, score=score)
        built = self._registry.built(owner.code, noun, score, ethnic=phrase.ethnic, former=phrase.former)
        # In a war between states the nationality says more ("the X rebels" are of X), within one state the noun does.
        if party and party != built.party and not (built.party and self._sides.interstate):
            return self._registry.called(party, noun)
        return built

    def _is_body(self, owner: Known) -> bool:
        """Whether the owner is an organisation or group rather than a country or somebody who stands for one."""
        return self._registry.listed(owner.actor) is not None or (
            owner.code is not None and owner.actor is not None and owner.actor.startswith(f"{owner.code.lower()}-")
        )

    def _owner(self, said: Said, phrase: Phrase, noun: Noun, depth: int) -> tuple[Known | None, float]:
        """Whose the phrase is, and how sure that is."""
        if phrase.before:
            named = self._preferred(said, phrase, phrase.before[0])
            if len({id(each.who) for each in named}) == 1 or not isinstance(named[0].who, Person):
                return self._registry.named(named[0]), BUILT
        if phrase.possessor is not None:
            whose = said.speaker if phrase.possessor.lower in self._nouns.own else said.possessor
            return (self._registry.of_actor(whose), BY_PRONOUN) if whose else (None, 0.0)
        before = said.parsed.words[phrase.first : phrase.head]
        if any(self._nouns.collectives.get(word.lower) == "other" for word in before):
            other = self._registry.other_side(said.speaker)
            return (other, other.score) if other.party else (None, 0.0)
        for indices, score in ((phrase.owned_by, BUILT), (phrase.local_to if noun.local else [], LOCAL)):
            for index in indices if depth else ():
                known = self.build(said, self._phrases.read(said.parsed, index), depth - 1)
                if known.code or known.party or known.actor:
                    return known, score
        return None, 0.0

    def _person_beside(self, said: Said, phrase: Phrase) -> Known | None:
        """The person that an office is followed by: "the prime minister, X"."""
        for child in _appositions(said.parsed, phrase):
            name = self._phrases.read(said.parsed, child).name if said.parsed.words[child].pos == "PROPN" else None
            if name and len(name.named) == 1 and isinstance(name.named[0].who, Person):
                return self._registry.named(name.named[0])
        return None

    def _by_surroundings(self, said: Said, phrase: Phrase, first: int, depth: int) -> Known:
        """A name nobody knows: by its office perhaps a garbled known one, else what the words around it tell."""
        words = [word.text for word in said.parsed.words[first : phrase.head + 1]]
        matches = self._persons.garbled(words, *self._context(said, phrase))
        if matches:
            (best, score), *rest = matches
            others = "".join(f", {person.name} {other:.2f}" for person, other in rest)
            why = f"read as {best.name} ({score:.2f}{others}): alike in sound and spelling, and of the same office"
            return replace(self._registry.named(Named(best, "full")), score=score, flag=("uncertain_name", why))
        noun = phrase.modifiers[0].noun if phrase.modifiers else None
        if noun is None and phrase.title:
            noun = Noun(sector=phrase.title.sector)
        if noun is None:
            return self._beside(said, phrase, depth)
        return _someone_of(self._by_noun(said, phrase, noun, depth), noun)

    def _beside(self, said: Said, phrase: Phrase, depth: int) -> Known:
        """An unknown name and what it is set beside: "X, a commander of Y's army", "a commander of Y's army, X"."""
        word = said.parsed.words[phrase.head]
        near = [*_appositions(said.parsed, phrase), *([word.head] if word.dep == "appos" else [])]
        for index in near if depth else ():
            other = self._phrases.read(said.parsed, index)
            if other.noun:
                return _someone_of(self.build(said, other, depth - 1), other.noun.noun)
        return NOTHING

    def _context(self, said: Said, phrase: Phrase) -> tuple[set[str], set[str]]:
        """Offices and countries that the words around a name speak of: title, what stands before, an apposition."""
        offices = {phrase.title.office} if phrase.title else set()
        codes = _codes(phrase.before)
        for child in _appositions(said.parsed, phrase):
            other = self._phrases.read(said.parsed, child)
            if other.noun:
                noun = " ".join(word.lower for word in said.parsed.words[other.noun.first : other.noun.last + 1])
                offices |= {title.office for words, title in self._nouns.titles.items() if words.lower() == noun}
                owners = (self._phrases.read(said.parsed, i).name for i in (*other.owned_by, *other.local_to))
                codes |= _codes(other.before) | _codes(name for name in owners if name)
        return offices - {"none"}, codes


def _narrowed(noun: Noun, modifiers: list[Noun]) -> Noun:
    """The head noun with what nouns before it add: a ministry's spokesman, a rebel commander (the leftmost counts)."""
    for modifier in modifiers:
        if noun.delegates and modifier.unit:
            noun = modifier
        elif modifier.sector not in {None, "GOV"} and not noun.unit:
            noun = noun.model_copy(update={"sector": modifier.sector})
    return noun


def _someone_of(around: Known, noun: Noun) -> Known:
    """A person nobody knows, by the body spoken for: its id for its spokesman, no id of anyone else."""
    speaks = noun.delegates or noun.unit
    return replace(around, actor=around.actor if speaks else None, name=around.name if speaks else None)


def _appositions(parsed: ParsedText, phrase: Phrase) -> list[int]:
    return [child for child in parsed.words[phrase.head].children if parsed.words[child].dep == "appos"]


def _codes(names: Iterable[Found]) -> set[str]:
    return {named.who.code for found in names for named in found.named if isinstance(named.who, Country)}
