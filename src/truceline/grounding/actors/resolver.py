"""Who a noun phrase stands for: the public face of the actors' grounding."""

from datetime import date

from truceline.grounding.actors.building import Builder, Said
from truceline.grounding.actors.names import NameIndex, fold, pieces
from truceline.grounding.actors.phrase import PLACING, PhraseReader
from truceline.grounding.actors.registry import BUILT, NOTHING, Known, Registry
from truceline.grounding.actors.sides import Sides
from truceline.knowledge import Agreement, Country, Knowledge
from truceline.knowledge.actors import Means
from truceline.model import Actor, Flag
from truceline.reading.words import ParsedText, Word

_BEFORE_COLLECTIVE = 3  # words before the head in the longest collective phrase ("the parties to the conflict")


class ActorResolver:
    """Resolves noun phrases to actors, and actors to parties and roles by the agreement.

    Args:
        knowledge: Names, nouns and countries.
        agreement: Whose parties, roles and persons count; without one, party and most roles are None.
        on: The day for which membership and offices hold; any day when None.
    """

    def __init__(self, knowledge: Knowledge, agreement: Agreement | None = None, on: date | None = None) -> None:
        self._nouns = knowledge.actor_nouns
        self._last: tuple[ParsedText, bool] | None = None
        self._sides = Sides(agreement, on)
        self._names = NameIndex(knowledge, agreement)
        self._registry = Registry(knowledge, agreement, self._sides)
        self._phrases = PhraseReader(self._names, self._nouns)
        self._builder = Builder(
            nouns=self._nouns,
            names=self._names,
            phrases=self._phrases,
            registry=self._registry,
            sides=self._sides,
            agreement=agreement,
        )

    def resolve(
        self, parsed: ParsedText, head: int, *, speaker: Actor | None = None, possessor: Actor | None = None
    ) -> Actor:
        """The actor that the noun phrase headed by word ``head`` stands for; what is not known of it is None.

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
        means = self.collective(parsed, head)
        word = _as_pronoun(parsed.words[head])
        if means == "other":
            known = self._registry.other_side(speaker)
        elif means:
            known = Known(role="party" if self._sides.all else None, score=BUILT)
        elif word in self._nouns.own or word in self._nouns.persons:
            known = self._builder.own(speaker) if word in self._nouns.own else NOTHING
        else:
            known = self._builder.build(Said(parsed, speaker, possessor, self._about(parsed)), phrase)
        span = parsed.span(phrase.first, phrase.last)
        text = parsed.text[span[0] : span[1]]
        flags = (Flag(known.flag[0], span, text, known.flag[1]),) if known.flag else ()
        return known.in_words(text, span), flags

    def introduces(self, parsed: ParsedText, head: int) -> tuple[str, ...]:
        """The words of a full name that the text introduces somebody by whom no data file has; none for other phrases."""
        phrase = self._phrases.read(parsed, head)
        if phrase.proper is None or not self._builder.introduces(parsed, phrase):
            return ()
        return tuple(word.text for word in parsed.words[phrase.proper : head + 1])

    def _about(self, parsed: ParsedText) -> bool:
        """Whether the text may be about the agreement; worked out once for the text at hand."""
        known = self._last
        if known is None or known[0] is not parsed:
            found = self._names.between(parsed, 0, len(parsed.words) - 1)
            known = self._last = (parsed, self._sides.about(named.who for name in found for named in name.named))
        return known[1]

    def is_actor(self, parsed: ParsedText, head: int) -> bool:
        """Whether the phrase could stand for someone who acts, speaks or suffers."""
        word = parsed.words[head]
        if word.pos == "PRON":
            return word.lower in self._nouns.persons or word.lower in self._nouns.own
        if self.collective(parsed, head):
            return True
        phrase = self._phrases.read(parsed, head)
        if phrase.noun and phrase.possessor and word.lower in self._nouns.body and word.dep == "dobj":
            return False
        if phrase.name or phrase.noun:
            return True
        if word.pos != "PROPN" or word.lower in self._nouns.days or word.lower in self._nouns.places:
            return False
        if phrase.title or phrase.modifiers or (phrase.proper is not None and phrase.proper < head):
            return True
        return not self._wants_place(parsed, head)

    def collective(self, parsed: ParsedText, head: int) -> Means | None:
        """What a phrase like "both sides", "each other" or "the enemy" means: ``all``, ``each_other``, ``other``."""
        words, collectives = parsed.words, self._nouns.collectives
        for start in range(max(parsed.sentences[words[head].sentence].first, head - _BEFORE_COLLECTIVE), head + 1):
            means = collectives.get(parsed.text[words[start].start : words[head].end].lower())
            if means:
                return means
        return None

    def parties_meant(self, parsed: ParsedText, head: int, *, speaker: Actor | None = None) -> tuple[str, ...]:
        """Parties a phrase stands for: all for "both sides", the speaker's opponents for "the enemy", else its own."""
        if self.collective(parsed, head) in {"all", "each_other"}:
            return self._sides.all
        party = self.resolve(parsed, head, speaker=speaker).party
        return (party,) if party else ()

    def party_name(self, party: str) -> str:
        """A party's name as the agreement gives it; the id itself where there is none."""
        return self._sides.name(party)

    def opponents(self, party: str) -> tuple[str, ...]:
        """The agreement's other parties, in alphabetical order of their names."""
        return self._sides.opponents(party)

    def party_of_publisher(self, name: str | None) -> str | None:
        """The party a publisher speaks for: an authority by its name or web address; None for the press."""
        return self.publisher(name).party if name else None

    def publisher(self, name: str) -> Actor:
        """The actor that a publisher's name or web address stands for."""
        host = name.rpartition("//")[2].partition("/")[0].removeprefix("www.")
        span = (0, len(name))
        for candidate in (name, host):
            named = self._names.whole(candidate)
            if named:
                return self._registry.named(named[0]).in_words(name, span)
        words = [fold(piece) for piece in pieces(name)]
        runs = [" ".join(words[i:j]) for j in range(len(words), 0, -1) for i in range(j)]
        countries = (named.who for run in runs for named in self._names.whole(run) if isinstance(named.who, Country))
        country = next(countries, None)
        noun = next((noun for noun in map(self._nouns.get, sorted(runs, key=len, reverse=True)) if noun), None)
        if country is None or noun is None:
            return NOTHING.in_words(name, span)
        return self._registry.built(country.code, noun, BUILT).in_words(name, span)

    def _wants_place(self, parsed: ParsedText, head: int) -> bool:
        """Whether the grammar wants a place for an unknown capitalised word: "near X", "the villages of X and Y"."""
        word = parsed.words[head]
        while word.dep == "conj" and word.head != word.i:
            word = parsed.words[word.head]
        preposition = parsed.words[word.head]
        of_place = preposition.lower == "of" and parsed.words[preposition.head].lower in self._nouns.places
        return word.dep == "pobj" and (preposition.lower in PLACING or of_place)


def _as_pronoun(word: Word) -> str:
    """A word as pronouns are looked up; none for an abbreviation in capitals that is spelt like one ("the US")."""
    return "" if word.pos == "PROPN" and word.text.isupper() and len(word.text) > 1 else word.lower
