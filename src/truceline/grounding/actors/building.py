"""Building an actor from a phrase: its name, its noun and whose it is, or the words around an unknown name."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from truceline.grounding.actors.names import Found, Named, NameIndex
from truceline.grounding.actors.persons import PersonMatcher, person_id
from truceline.grounding.actors.phrase import Phrase, PhraseReader
from truceline.grounding.actors.registry import (
    AMBIGUOUS,
    BUILT,
    BY_OFFICE,
    BY_PRONOUN,
    LOCAL,
    NON_STATE,
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
    """A text, and for a phrase of it who says it and whom its possessive pronoun stands for.

    ``about``: the text may be about the agreement, so that bare nouns mean whom they mean in it.
    """

    parsed: ParsedText
    speaker: Actor | None = None
    possessor: Actor | None = None
    about: bool = True


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
        party = self._called(said, phrase, owner)
        if owner is None:
            if party:
                return self._registry.called(party, noun)
            holder = self._registry.only_holder(noun) if said.about and not phrase.backers else None
            return holder or Known(sector=noun.sector, score=UNOWNED)
        if (in_office := self._holder(said, phrase, noun, owner)) is not None:
            return replace(self._registry.named(Named(in_office, "full")), score=BY_OFFICE)
        if self._is_body(owner):
            return self._registry.belonging(owner, noun, score)
        if owner.code is None or (noun.delegates and "." in (owner.actor or "")):
            return replace(owner, sector=owner.sector or noun.sector, score=score)
        built = self._registry.built(owner.code, noun, score, ethnic=phrase.ethnic, former=phrase.former)
        # In a war between states the nationality says more ("the X rebels" are of X), within one state the noun does.
        if party and party != built.party and not (built.party and self._sides.interstate):
            return self._registry.called(party, noun)
        return built

    def _called(self, said: Said, phrase: Phrase, owner: Known | None) -> str | None:
        """The party that a bare noun means in the agreement; none where the text or the phrase speaks of elsewhere."""
        backers = _codes(phrase.backers)
        elsewhere = {code for code in (*backers, owner.code if owner else None) if code is not None}
        if not said.about or any(not self._sides.concerns_code(code) for code in elsewhere):
            return None
        return self._sides.called(word.lower for word in said.parsed.words[phrase.first : phrase.head + 1])

    def _holder(self, said: Said, phrase: Phrase, noun: Noun, owner: Known) -> Person | None:
        """Who held the office that the phrase names: "the president of X", on the day."""
        if phrase.noun is None or phrase.former or phrase.ethnic or noun.plural or owner.code is None:
            return None
        words = said.parsed.words
        name = " ".join(word.lower for word in words[phrase.noun.first : phrase.noun.last + 1])
        offices = {title.office for words, title in self._nouns.titles.items() if title.one and words.lower() == name}
        if not offices or any(words[child].pos == "PROPN" for child in _appositions(said.parsed, phrase)):
            return None  # who stands beside it by name is somebody else
        return self._persons.holder(offices, owner.code)

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
                if known.code or known.party or known.actor or known.sector in NON_STATE:
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
            noun = Noun(sector=phrase.title.sector, kind="person")
        if noun is None:
            return self._beside(said, phrase, words, depth)
        someone = self._someone_of(self._by_noun(said, phrase, noun, depth), noun, words)
        if someone.code is None and someone.party is None:  # "Colonel X, commander of a battalion of Y"
            beside = self._beside(said, phrase, words, depth)
            someone = beside if beside.code or beside.party else someone
        return someone

    def _someone_of(self, around: Known, noun: Noun, words: list[str]) -> Known:
        """A person nobody knows: the body spoken for, for its spokesman; somebody by the full name otherwise.

        Who is called nearly like a known person may be that one, misspelt, and gets no id.
        """
        if around.actor is not None and (noun.delegates or noun.unit):
            return around
        own = person_id(words) if noun.kind == "person" and not self._persons.resembles(words) else None
        return replace(around, actor=own, name=" ".join(words) if own else None)

    def introduces(self, parsed: ParsedText, phrase: Phrase) -> bool:
        """Whether a phrase names in full somebody no data file has: with a title, an office or what he or she is."""
        if phrase.name or phrase.noun or phrase.proper is None or phrase.proper >= phrase.head:
            return False
        nouns = [modifier.noun for modifier in phrase.modifiers[:1]]
        beside = (self._phrases.read(parsed, index).noun for index in _set_beside(parsed, phrase))
        nouns += [found.noun for found in beside if found]
        return phrase.title is not None or any(noun.kind == "person" for noun in nouns)

    def _beside(self, said: Said, phrase: Phrase, words: list[str], depth: int) -> Known:
        """An unknown name and what it is set beside: "X, a commander of Y's army", "a commander of Y's army, X"."""
        beside = [self._phrases.read(said.parsed, index) for index in _set_beside(said.parsed, phrase) if depth]
        nouns = [(other, other.noun.noun) for other in beside if other.noun]
        for other, noun in sorted(nouns, key=lambda pair: pair[1].kind != "person"):
            return self._someone_of(self.build(said, other, depth - 1), noun, words)
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


def _set_beside(parsed: ParsedText, phrase: Phrase) -> list[int]:
    """Words that head what a name is set beside, before or behind it.

    "A spokesman of the ministry, X": the parser often sets X beside the ministry, so that the spokesman comes first.
    """
    word = parsed.words[phrase.head]
    found = _appositions(parsed, phrase)
    if word.dep == "appos":
        beside = parsed.words[word.head]
        preposition = parsed.words[beside.head]
        if beside.dep == "pobj" and preposition.dep == "prep" and parsed.words[preposition.head].pos == "NOUN":
            found.append(preposition.head)
        found.append(beside.i)
    return found


def _appositions(parsed: ParsedText, phrase: Phrase) -> list[int]:
    return [child for child in parsed.words[phrase.head].children if parsed.words[child].dep == "appos"]


def _codes(names: Iterable[Found]) -> set[str]:
    return {named.who.code for found in names for named in found.named if isinstance(named.who, Country)}
