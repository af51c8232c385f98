"""Who a noun phrase stands for: a known name, or an actor built from what the phrase says."""

from dataclasses import dataclass, replace
from datetime import date

from truceline.grounding.actors.names import Found, Named, NameIndex, fold, pieces
from truceline.grounding.actors.persons import PersonMatcher
from truceline.grounding.actors.phrase import PLACING, Phrase, PhraseReader
from truceline.grounding.actors.sides import STATE, Sides
from truceline.knowledge import Agreement, Country, Knowledge, Noun, Person
from truceline.knowledge.actors import Means
from truceline.model import Actor, Flag
from truceline.reading.words import ParsedText

_DEPTH = 3  # "the spokesman of the ministry of the republic of X"
# How sure a resolution is; a literal name is 1.
_BY_CAPITAL = 0.9
_BUILT = 0.95
_LOCAL = 0.8
_ETHNIC = 0.8
_BY_PRONOUN = 0.8
_OTHER_SIDE = 0.7
_AMBIGUOUS = 0.6
_UNOWNED = 0.5


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an actor, before it is tied to words."""

    actor: str | None = None
    name: str | None = None
    party: str | None = None
    role: str | None = None
    country: str | None = None
    sector: str | None = None
    score: float = 1.0
    code: str | None = None  # the country or entity it was built on
    flag: tuple[str, str] | None = None  # kind and why


_NOTHING = Known(score=0.0)


class ActorResolver:
    """Resolves noun phrases to actors, and actors to parties and roles by the agreement.

    Args:
        knowledge: Names, nouns and countries.
        agreement: Whose parties, roles and persons count; without one, party and most roles are None.
        on: The day for which membership and offices hold; any day when None.
    """

    def __init__(self, knowledge: Knowledge, agreement: Agreement | None = None, on: date | None = None) -> None:
        self._agreement = agreement
        self._nouns = knowledge.actor_nouns
        self._countries = knowledge.countries
        self._known = dict(knowledge.actors.by_id) | ({actor.id: actor for actor in agreement.actors} if agreement else {})
        self._index = NameIndex(knowledge, agreement)
        self._phrases = PhraseReader(self._index, self._nouns)
        self._sides = Sides(agreement, on)
        self._persons = PersonMatcher(agreement, on)

    def resolve(
        self, parsed: ParsedText, head: int, *, speaker: Actor | None = None, possessor: Actor | None = None
    ) -> Actor:
        """The actor that the noun phrase headed by word ``head`` stands for; unknown parts are None.

        Args:
            parsed: The text.
            head: Index of the phrase's head.
            speaker: Who says it: whom "we", "our forces" and "the enemy" are about.
            possessor: Whom a possessive pronoun of the phrase ("its army") stands for.
        """
        return self.resolve_flagged(parsed, head, speaker=speaker, possessor=possessor)[0]

    def resolve_flagged(
        self, parsed: ParsedText, head: int, *, speaker: Actor | None = None, possessor: Actor | None = None
    ) -> tuple[Actor, tuple[Flag, ...]]:
        """Like :meth:`resolve`, with the flags a reader should see (``uncertain_name``, ``ambiguous_name``)."""
        phrase = self._phrases.read(parsed, head)
        known = self._resolve(parsed, phrase, speaker, possessor, _DEPTH)
        span = parsed.span(phrase.first, phrase.last)
        text = parsed.text[span[0] : span[1]]
        actor = Actor(
            text, span, known.actor, known.name, known.party, known.role, known.country, known.sector, round(known.score, 2)
        )
        flags = (Flag(known.flag[0], span, text, known.flag[1]),) if known.flag else ()
        return actor, flags

    def is_actor(self, parsed: ParsedText, head: int) -> bool:
        """Whether the phrase could stand for someone who acts, speaks or suffers."""
        word = parsed.words[head]
        if word.pos == "PRON" or word.tag in {"PRP", "WP"}:
            return word.lower in self._nouns.persons
        if self.collective(parsed, head):
            return True
        phrase = self._phrases.read(parsed, head)
        if phrase.name:
            return True
        if phrase.noun:
            return True
        if word.pos != "PROPN" or word.lower in self._nouns.days or word.lower in self._nouns.places:
            return False
        if phrase.title or (phrase.proper is not None and phrase.proper < head) or phrase.modifiers:
            return True
        return not self._wants_place(parsed, head)

    def _wants_place(self, parsed: ParsedText, head: int) -> bool:
        """Whether the grammar wants a place for an unknown capitalised word: "near X", "the villages of X and Y"."""
        word = parsed.words[head]
        while word.dep == "conj" and word.head != word.i:
            word = parsed.words[word.head]
        preposition = parsed.words[word.head]
        return word.dep == "pobj" and (
            preposition.lower in PLACING or (preposition.lower == "of" and parsed.words[preposition.head].lower in self._nouns.places)
        )

    def collective(self, parsed: ParsedText, head: int) -> Means | None:
        """What a phrase like "both sides", "each other" or "the enemy" means: ``all``, ``each_other``, ``other``."""
        words = parsed.words
        for start in range(max(0, head - 3), head + 1):
            text = parsed.text[words[start].start : words[head].end].lower()
            if text in self._nouns.collectives and words[start].sentence == words[head].sentence:
                return self._nouns.collectives[text]
        following = parsed.text[words[head].start : words[head].end + 18].lower()
        return next((means for phrase, means in self._nouns.collectives.items() if " to the " in phrase and following.startswith(phrase)), None)

    def parties_meant(self, parsed: ParsedText, head: int, *, speaker: Actor | None = None) -> tuple[str, ...]:
        """Parties a phrase stands for: all for "both sides", the speaker's opponents for "the enemy", else its own one."""
        means = self.collective(parsed, head)
        if means in {"all", "each_other"}:
            return self._sides.all
        party = self.resolve(parsed, head, speaker=speaker).party
        return (party,) if party else ()

    def party_name(self, party: str) -> str:
        """A party's name as the agreement gives it; the id itself where there is none."""
        return self._sides.name(party)

    def opponents(self, party: str) -> tuple[str, ...]:
        """The agreement's other parties."""
        return self._sides.opponents(party)

    def party_of_publisher(self, name: str | None) -> str | None:
        """The party a publisher speaks for: a ministry or an authority by name or address; None for the press."""
        return self.publisher(name).party if name else None

    def publisher(self, name: str) -> Actor:
        """The actor a publisher's name or web address stands for."""
        host = name.split("//")[-1].split("/")[0].removeprefix("www.")
        words = [fold(piece) for piece in pieces(host if "." in host and " " not in host else name)]
        span = (0, len(name))
        for candidate in (name, host):
            named = self._index.whole(candidate)
            if named:
                return _actor(self._named(named[0]), name, span)
        country = next(
            (n.who for i in range(len(words)) for j in range(len(words), i, -1) for n in self._index.whole(" ".join(words[i:j])) if isinstance(n.who, Country)),
            None,
        )
        noun = next((self._nouns.get(" ".join(words[i:j])) for j in range(len(words), 0, -1) for i in range(j) if self._nouns.get(" ".join(words[i:j]))), None)
        return _actor(self._built(country, noun, _BUILT), name, span) if country and noun else Actor(name, span, score=0.0)

    def _resolve(self, parsed: ParsedText, phrase: Phrase, speaker: Actor | None, possessor: Actor | None, depth: int) -> Known:
        word = parsed.words[phrase.head]
        means = self.collective(parsed, phrase.head)
        if means:
            return self._other_side(speaker) if means == "other" else Known(role="party" if self._agreement else None, score=_BUILT)
        if word.lower in self._nouns.own or word.lower in self._nouns.persons:
            return self._as_speaker(speaker) if word.lower in self._nouns.own else _NOTHING
        if phrase.name:
            return self._name(parsed, phrase)
        if phrase.noun:
            return self._noun(parsed, phrase, phrase.noun.noun, speaker, possessor, depth)
        if phrase.proper is not None:
            return self._unknown_name(parsed, phrase, speaker, possessor, depth)
        return _NOTHING

    def _name(self, parsed: ParsedText, phrase: Phrase) -> Known:
        """A known name at the head; where it may stand for several, what else the text says decides."""
        found = phrase.name
        assert found is not None
        named = found.named
        if len(named) > 1:
            named = self._preferred(parsed, phrase, found)
        persons = [n.who for n in named if isinstance(n.who, Person)]
        if len(persons) > 1:
            return self._ambiguous([person.name for person in persons], self._sides.shared([p.party for p in persons]))
        known = self._named(named[0], parsed.words[phrase.head].tag)
        others = [n.who.name for n in named[1:] if n.who != named[0].who]
        if others:
            why = f"may be {named[0].who.name} or {', '.join(others)}; {named[0].who.name} is taken"
            return replace(known, score=_AMBIGUOUS, flag=("ambiguous_name", why))
        return replace(known, party=None, role=None) if phrase.former else known

    def _preferred(self, parsed: ParsedText, phrase: Phrase, found: Found) -> tuple[Named, ...]:
        """Of all a name may stand for, what the title, the full name elsewhere in the text, or the agreement speaks for."""
        named = found.named
        persons = tuple(n for n in named if isinstance(n.who, Person))
        if len(persons) > 1:
            phrase.title = phrase.title or self._phrases.title_before(parsed, phrase.first, found.first)
            offices, codes = self._context(parsed, phrase)
            fitting = self._persons.fitting([n.who for n in persons if isinstance(n.who, Person)], offices, codes)
            if len(fitting) != 1:
                full = self._full_names(parsed, fitting)
                fitting = full or fitting
            return tuple(n for n in persons if n.who in fitting)
        concerned = tuple(n for n in named if self._sides.concerns(n.who))
        return concerned or named

    def _full_names(self, parsed: ParsedText, persons: list[Person]) -> list[Person]:
        """Those of the persons whose full name the text has."""
        seen = {n.who.id for f in self._index.between(parsed, 0, len(parsed.words) - 1) for n in f.named if isinstance(n.who, Person) and n.sense == "full"}
        return [person for person in persons if person.id in seen]

    def _named(self, named: Named, tag: str = "NNP") -> Known:
        """What is known of a country, actor or person as such."""
        who = named.who
        if isinstance(who, Country):
            if named.sense in {"people", "adjective"}:
                people = who.people[-1] if who.people and tag != "JJ" else who.name
                party, role = self._sides.place(who.code, None, ())
                return Known(who.code, people, party, role, who.iso, None, _BUILT, who.code)
            score = _BY_CAPITAL if named.sense in {"capital", "standin"} else 1.0
            return self._state(who, score)
        if isinstance(who, Person):
            sector = who.sector(self._sides.on)
            party, role = self._sides.place(who.country, who.id, (sector,), own=who.party)
            return Known(who.id, who.name, party, role if party else who.role or role, self._iso(who.country), sector, 1.0, who.country)
        unit = who.id.partition("-")[2]
        party, role = self._sides.place(who.country, who.id, (who.sector, unit), own=who.party, public=who.sector in STATE)
        if party is None and who.role and role in {None, "other"}:
            role = who.role
        return Known(who.id, who.name, party, role, self._iso(who.country), who.sector, 1.0, who.country)

    def _state(self, country: Country, score: float) -> Known:
        """A country named by itself: its government."""
        sector = "PRE" if country.claimed_by else "GOV"
        party, role = self._sides.place(country.code, None, (sector,))
        return Known(f"{country.code}.{sector}", country.name, party, role, country.iso, sector, score, country.code)

    def _noun(self, parsed: ParsedText, phrase: Phrase, noun: Noun, speaker: Actor | None, possessor: Actor | None, depth: int) -> Known:
        """A listed noun: whose it is makes the actor."""
        person = self._apposed(parsed, phrase)
        if person:
            return person
        sector = noun.sector
        for modifier in phrase.modifiers:
            if noun.delegates and modifier.noun.unit:
                noun = modifier.noun
            elif modifier.noun.sector not in {None, "GOV"} and not noun.unit:
                sector = modifier.noun.sector  # the leftmost counts: "rebel army commander"
        if sector != noun.sector and not noun.unit:
            noun = noun.model_copy(update={"sector": sector})
        owner, score = self._owner(parsed, phrase, noun, speaker, possessor, depth)
        called = self._called(parsed, phrase, noun) if owner is None or owner.actor in {owner.code, f"{owner.code}.GOV"} else None
        if owner is None:
            return called or Known(sector=noun.sector, score=_UNOWNED)
        if owner.code is None:
            return self._belonging(owner, noun, score)
        built = self._built(self._countries[owner.code], noun, score, ethnic=phrase.ethnic, former=phrase.former)
        if owner.actor and noun.delegates and owner.actor not in {owner.code, f"{owner.code}.GOV"}:
            return replace(owner, score=score)
        if called and (built.party is None or not self._sides.interstate):
            return replace(called, score=score)
        if owner.actor in self._known or (owner.party and owner.party != self._sides.of(owner.code)):
            return self._belonging(owner, noun, score)
        return built

    def _belonging(self, owner: Known, noun: Noun, score: float) -> Known:
        """Someone of an organisation, a group or the speaker's side ("its fighters", "UN observers")."""
        sector = noun.sector if noun.sector not in {None, "GOV"} else owner.sector or noun.sector
        if noun.delegates or owner.sector in {"REB", "PAR", "SEP"}:
            return replace(owner, sector=owner.sector or sector, score=min(score, owner.score))
        role = "monitor" if owner.role is None and noun.unit in {"monitors", "peacekeepers"} else owner.role
        actor = owner.actor and (owner.actor if not noun.sector or noun.sector == owner.sector else f"{owner.actor}.{noun.sector}")
        return replace(owner, actor=actor, sector=sector, role=role, score=min(score, owner.score))

    def _built(self, country: Country, noun: Noun | None, score: float, *, ethnic: bool = False, former: bool = False) -> Known:
        """An actor from a country and a noun: ``arm-mod`` for an institution, ``ARM.MIL`` for others."""
        sector, unit = (noun.sector, noun.unit) if noun else (None, None)
        if country.claimed_by and sector in {"GOV", "SEP"}:
            sector = "PRE"
        party, role = self._sides.place(country.code, None, (sector, unit), person=bool(noun and sector == "CVL"))
        if ethnic:
            return Known(None, None, party, "party" if party else None, country.iso, sector, _ETHNIC, country.code)
        identity = f"{country.code.lower()}-{unit}" if unit else f"{country.code}.{sector}" if sector else country.code
        known = self._known.get(identity)
        if known:
            return replace(self._named(Named(known, "known")), score=score)
        label = noun.unit_name if noun and noun.unit_name else self._nouns.sectors.get(sector or "", "") if sector not in {None, "GOV", "PRE"} else ""
        name = f"{label} ({country.name})" if label else country.name
        if former:
            return Known(None, None, None, None, country.iso, sector, 0.5, country.code)
        return Known(identity, name, party, role, country.iso, sector, score, country.code)

    def _owner(
        self, parsed: ParsedText, phrase: Phrase, noun: Noun, speaker: Actor | None, possessor: Actor | None, depth: int
    ) -> tuple[Known | None, float]:
        """Whose the phrase is, and how sure that is."""
        if phrase.before:
            nearest = phrase.before[0]
            named = self._preferred(parsed, phrase, nearest) if len(nearest.named) > 1 else nearest.named
            if named and not (len(named) > 1 and all(isinstance(n.who, Person) for n in named)):
                return self._named(named[0]), _BUILT
        if phrase.possessor is not None:
            whose = speaker if phrase.possessor.lower in self._nouns.own else possessor
            return (self._from_actor(whose), _BY_PRONOUN) if whose else (None, 0.0)
        if any(word.lower in self._nouns.collectives for word in parsed.words[phrase.first : phrase.head]):
            other = self._other_side(speaker)
            if other.party:
                return other, _OTHER_SIDE
        if depth:
            for indices, score in ((phrase.owned_by, _BUILT), (phrase.local_to if noun.local else [], _LOCAL)):
                for index in indices:
                    known = self._resolve(parsed, self._phrases.read(parsed, index), speaker, possessor, depth - 1)
                    if known.code or known.party or known.actor:
                        return known, score
        return None, 0.0

    def _apposed(self, parsed: ParsedText, phrase: Phrase) -> Known | None:
        """The person that an office is followed by: "the prime minister, X"."""
        for child in parsed.words[phrase.head].children:
            if parsed.words[child].dep == "appos" and parsed.words[child].pos == "PROPN":
                named = self._phrases.read(parsed, child).name
                if named and len(named.named) == 1 and isinstance(named.named[0].who, Person):
                    return self._named(named.named[0])
        return None

    def _unknown_name(self, parsed: ParsedText, phrase: Phrase, speaker: Actor | None, possessor: Actor | None, depth: int) -> Known:
        """A name nobody knows: by its office perhaps a garbled known one, else what the words around it tell."""
        assert phrase.proper is not None
        words = [word.text for word in parsed.words[phrase.proper : phrase.head + 1]]
        offices, codes = self._context(parsed, phrase)
        matches = self._persons.garbled(words, offices, codes)
        if matches:
            (best, score), *rest = matches
            others = "".join(f", {person.name} {other:.2f}" for person, other in rest)
            why = f"read as {best.name} ({score:.2f}{others}): like it in sound and spelling, and of the same office"
            return replace(self._named(Named(best, "full")), score=score, flag=("uncertain_name", why))
        sector = phrase.title.sector if phrase.title else None
        noun = phrase.modifiers[0].noun if phrase.modifiers else Noun(sector=sector) if sector else None
        if noun is None:
            return self._described(parsed, phrase, speaker, possessor, depth)
        around = self._noun(parsed, phrase, noun, speaker, possessor, depth)
        return replace(around, actor=around.actor if noun.delegates or noun.unit else None, name=around.name if noun.unit else None)

    def _described(self, parsed: ParsedText, phrase: Phrase, speaker: Actor | None, possessor: Actor | None, depth: int) -> Known:
        """An unknown name and what it is set beside: "X, a commander of the Y army", "a commander of the Y army, X"."""
        word = parsed.words[phrase.head]
        beside = [child for child in word.children if parsed.words[child].dep == "appos"]
        for near in [*beside, *([word.head] if word.dep == "appos" else [])]:
            if depth:
                other = self._phrases.read(parsed, near)
                if other.noun:
                    around = self._resolve(parsed, other, speaker, possessor, depth - 1)
                    return replace(around, actor=around.actor if other.noun.noun.delegates else None, name=None)
        return _NOTHING

    def _context(self, parsed: ParsedText, phrase: Phrase) -> tuple[set[str], set[str]]:
        """Offices and countries that the words around a name speak of: its title, what stands before it, an apposition."""
        offices = {phrase.title.office} if phrase.title else set()
        codes = _codes(phrase.before)
        for child in parsed.words[phrase.head].children:
            if parsed.words[child].dep == "appos":
                other = self._phrases.read(parsed, child)
                if other.noun:
                    text = " ".join(word.lower for word in parsed.words[other.noun.first : other.noun.last + 1])
                    offices |= {title.office for words, title in self._nouns.titles.items() if words.lower() == text}
                    codes |= _codes(other.before)
                    for owner in (*other.owned_by, *other.local_to):
                        named = self._phrases.read(parsed, owner).name
                        codes |= _codes([named] if named else [])
        return offices - {"none"}, codes

    def _called(self, parsed: ParsedText, phrase: Phrase, noun: Noun) -> Known | None:
        """The party that a bare noun means within the agreement ("the rebels")."""
        party = self._sides.called(word.lower for word in parsed.words[phrase.first : phrase.head + 1])
        if party is None:
            return None
        member = self._sides.only_member(party)
        if member in self._known:
            return replace(self._named(Named(self._known[member], "known")), score=_OTHER_SIDE)
        if member in self._countries:
            return self._built(self._countries[member], noun, _OTHER_SIDE)
        return Known(None, self._sides.name(party), party, "party", sector=noun.sector, score=_OTHER_SIDE)

    def _other_side(self, speaker: Actor | None) -> Known:
        others = self._sides.opponents(speaker.party) if speaker and speaker.party else ()
        if len(others) != 1:
            return Known(score=0.0)
        return Known(None, self._sides.name(others[0]), others[0], "party", score=_OTHER_SIDE, code=self._sides.state_of(others[0]))

    def _as_speaker(self, speaker: Actor | None) -> Known:
        return replace(self._from_actor(speaker), score=_BY_PRONOUN) if speaker else _NOTHING

    def _from_actor(self, actor: Actor) -> Known:
        code = actor.actor.partition(".")[0] if actor.actor and actor.actor.partition(".")[0] in self._countries else None
        if code is None and actor.party:
            code = self._sides.state_of(actor.party)
        elif code is None and actor.country:
            code = actor.country
        return Known(actor.actor, actor.name, actor.party, actor.role, actor.country, actor.sector, actor.score, code)

    def _ambiguous(self, names: list[str], party: str | None) -> Known:
        why = f"may be {' or '.join(names)}; the text does not say which"
        return Known(party=party, role="party" if party else None, score=_AMBIGUOUS, flag=("ambiguous_name", why))

    def _iso(self, code: str | None) -> str | None:
        return self._countries[code].iso if code else None


def _codes(names: list[Found]) -> set[str]:
    return {named.who.code for found in names for named in found.named if isinstance(named.who, Country)}


def _actor(known: Known, text: str, span: tuple[int, int]) -> Actor:
    return Actor(text, span, known.actor, known.name, known.party, known.role, known.country, known.sector, known.score)
