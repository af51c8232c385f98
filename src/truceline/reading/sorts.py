"""What kind of thing a noun names, for rules that ask "is this an agreement, a place, somebody?"."""

import re

from truceline.knowledge import Knowledge
from truceline.knowledge.frames import FrameLexicon
from truceline.reading.view import ClauseView, Filler
from truceline.reading.words import Word

_YEAR = re.compile(r"(1[5-9]|20)\d\d")
_PEOPLE = frozenset({"actor", "name", "pronoun", "person", "troop", "monitor", "prisoner", "displaced"})
_LETTERS_AND_DIGITS = re.compile(r"[A-Z]+-?\d+")  # "M23": a name, whatever the tagger says


class Sorter:
    """Answers which sorts a word has: those of the lexicon, ``actor``, ``name``, ``pronoun``, ``deed``, else ``thing``.

    A proper name is a ``name``; where the knowledge has it as a country, capital or stand-in it is a ``place_name`` too.
    """

    def __init__(self, lexicon: FrameLexicon, knowledge: Knowledge) -> None:
        self._sorts = lexicon.sorts
        self._actors = frozenset(phrase for phrase in knowledge.actor_nouns.nouns if " " not in phrase)
        words = [pair for country in knowledge.countries.by_code.values() for pair in country.words()]
        self._peoples = frozenset(word.lower() for word, sense in words if sense in {"adjective", "people"})
        # the parse puts "Karabakh" at the head of "Nagorno-Karabakh"
        self._places = frozenset(
            re.split(r"[\s-]", word)[-1].lower() for word, sense in words if sense not in {"adjective", "people"}
        )
        self._deeds = frozenset(key for key in lexicon.acts.nouns if " " not in key)

    def of(self, word: Word) -> frozenset[str]:
        """Sorts of one word, without looking at its surroundings."""
        sorts = set(self._sorts.get(word.lemma, ())) | set(self._sorts.get(word.lower, ()))
        if word.tag == "NNPS" or (
            word.tag == "NNP" and word.lower.endswith("s")
        ):  # "Refugees" at the head of a sentence
            sorts |= set(self._sorts.get(word.lower[:-1], ()))
        if word.lemma in self._actors or word.lower in self._actors or word.lower in self._peoples:
            sorts.add("actor")
        if word.pos == "NUM":
            sorts.add("time" if _YEAR.fullmatch(word.lower) else "quantity")
        if (word.pos == "PROPN" or _LETTERS_AND_DIGITS.fullmatch(word.text)) and "time" not in sorts:
            sorts.add("name")
            if word.lower in self._places:
                sorts.add("place_name")
        if word.pos == "PRON" or (word.pos == "DET" and word.dep in {"nsubj", "nsubjpass", "dobj", "pobj"}):
            sorts.add("pronoun")
        if word.lemma in self._deeds:
            sorts.add("deed")
        return frozenset(sorts) or frozenset({"thing"})

    def names_somebody(self, word: Word) -> bool:
        """Whether a word before a noun says whose deed it is: "rebel provocations", "Armenian shelling", not "separatist war"."""
        if word.pos == "ADJ":
            return word.lower in self._peoples
        return bool(self.of(word) & {"actor", "name"})

    def of_filler(self, view: ClauseView, filler: Filler) -> frozenset[str]:
        """Sorts of a phrase: of its head and, after a quantity ("dozens of rebels"), of what it is a quantity of."""
        word = view.parsed.words[filler.head]
        sorts = self.of(word)
        if any(
            "monitor" in self.of(view.parsed.words[c]) for c in word.children if view.parsed.words[c].dep == "compound"
        ):
            sorts |= {"monitor"}  # "monitoring teams"
        if word.pos != "NUM" and "quantity" not in sorts:
            return sorts
        measured = [
            self.of(view.parsed.words[g])
            for c in word.children
            if view.parsed.words[c].lower == "of"
            for g in view.parsed.words[c].children
        ]
        if not measured:
            return sorts
        # "a part of the town" is a place; what "part" means by itself ("took part") does not count then
        return frozenset().union(sorts & _PEOPLE, {"quantity"}, *measured)

    def accepts(self, view: ClauseView, filler: Filler, wanted: tuple[str, ...]) -> bool:
        """Whether a phrase has one of the wanted sorts; ``*`` is any."""
        if "*" in wanted:
            return True
        sorts = self.of_filler(view, filler)
        return bool(sorts & set(wanted)) or view.parsed.words[filler.head].lemma in wanted

    def is_actor(self, view: ClauseView, filler: Filler) -> bool:
        """Whether a phrase may name somebody who acts or speaks."""
        return bool(self.of_filler(view, filler) & _PEOPLE)
