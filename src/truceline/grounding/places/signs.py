"""The signs around a name that say whether it is the name of a place, and what each is worth."""

from truceline.grounding.places.candidates import Mention, bare_division, holds, kind_beside, own_name_of
from truceline.grounding.places.names import capital, name_of_person, numbered, possessive
from truceline.grounding.places.vocabulary import Vocabulary
from truceline.knowledge.gazetteer import Region
from truceline.reading.words import ParsedText, Word

# What each sign is worth. A name is taken for a place at ACCEPTED; set by reading texts, not fitted to any collection.
ACCEPTED = 1.0
_COUNTRY, _DIVISION, _METROPOLIS, _CITY, _TOWN, _OTHER_NAME_ONLY = 2.0, 1.5, 1.2, 0.8, 0.4, -0.8
_SEVERAL_WORDS, _KIND_IN_NAME, _KIND_BESIDE, _IN_REGION = 0.7, 1.5, 2.0, 0.8
_LOCATIVE_SURE, _LOCATIVE = 1.5, 0.7
_CONTAINER, _DATELINE, _TITLE_AFTER = 1.8, 1.5, 1.0
_NAME_BEFORE, _NAME_AFTER, _PERSON, _ORGANISATION, _GIVEN_NAME, _SPEAKS = -2.5, -1.6, -2.5, -2.2, -1.0, -1.0
_ALONE, _LISTED, _DESCRIBES, _ACRONYM = 0.4, 0.6, 0.4, -2.0
_NOT_A_NAME, _FIRST_WORD, _ALSO_A_WORD = -2.2, -0.6, -1.2
_NUMBERED = -1.5
SEEN_BEFORE = 0.8  # the same name, surely a place, elsewhere in the text
_UNIT_KINDS = frozenset({"country", "first_order", "second_order"})
# A capitalised word of these before a name only begins the sentence.
_NOT_PART_OF_NAME = frozenset({"DET", "ADP", "PRON", "CCONJ", "SCONJ", "ADV", "AUX", "VERB", "PART", "INTJ"})


class Judge:
    """Weighs the signs around one name."""

    def __init__(
        self, parsed: ParsedText, vocabulary: Vocabulary, persons: frozenset[str], region: Region | None
    ) -> None:
        self._parsed, self._words, self._vocabulary = parsed, parsed.words, vocabulary
        self._own, self._persons, self._region = vocabulary.words, persons, region
        self._plain = {word.lower for word in parsed.words if word.text.islower()}

    def is_person(self, run: tuple[int, int]) -> bool:
        """Whether a run is, or ends in, a person's name."""
        return (
            name_of_person(self._parsed, *run, self._vocabulary) is not None
            or self._words[run[1]].lower in self._persons
        )

    def weigh(self, mention: Mention, following: Mention | None) -> None:
        """Set a mention's weight, kind word and container."""
        before = self._words[mention.first - 1] if mention.first > self._sentence(mention)[0] else None
        after = self._words[mention.last + 1] if mention.last + 1 < self._sentence(mention)[1] else None
        weight = self._strength(mention)
        mention.kind = kind = self._kind_word(mention)
        weight += _KIND_BESIDE if kind else 0.0
        weight += self._position(mention, before)
        if following and self._contains(mention, following):
            mention.container = following
            weight += _CONTAINER
            following.weight += _CONTAINER
        weight += self._in_run(mention, before, after, bool(kind))
        weight += self._as_word(mention, before)
        mention.weight += weight

    def weigh_list(self, mention: Mention, following: Mention) -> None:
        """A name in a list with a place ("A, B and C") is more likely one."""
        between = self._parsed.text[mention.end : following.start]
        if between.strip() not in self._own.list_joints or len(between) > 8:
            return
        if mention.weight >= ACCEPTED > following.weight:
            following.weight += _LISTED
        elif following.weight >= ACCEPTED > mention.weight:
            mention.weight += _LISTED

    def _sentence(self, mention: Mention) -> tuple[int, int]:
        sentence = self._parsed.sentences[self._words[mention.first].sentence]
        return sentence.first, sentence.last

    def _strength(self, mention: Mention) -> float:
        best = 0.0
        own_name = False
        for row in mention.rows:
            own = own_name_of(row, mention.key)
            own_name |= own
            if row.kind == "country":
                value = _COUNTRY
            elif row.kind not in {"settlement", "village", "second_order"}:
                value = _DIVISION
            else:
                value = _METROPOLIS if row.population >= 1_000_000 else _CITY if row.population >= 100_000 else 0.0
                value = value or (_TOWN if row.population >= 10_000 or row.kind == "second_order" else 0.0)
            best = max(best, value if own else value / 2)
        if not own_name:
            best += _OTHER_NAME_ONLY if mention.last == mention.first else _OTHER_NAME_ONLY / 4
        if self._region and any(self._region.holds(row) for row in mention.rows):
            best += _IN_REGION
        if mention.last > mention.first:
            best += _SEVERAL_WORDS
            ends = {self._words[mention.last].lower, self._words[mention.first].lower}
            best += _KIND_IN_NAME if any(self._own.kind_of(end) for end in ends) else 0.0
        return best

    def _kind_word(self, mention: Mention) -> str | None:
        """The kind word beside a name: "X district", "village of X", "Mount X", "villages of W and X"."""
        return kind_beside(self._parsed, mention.first, mention.last, self._own)

    def _position(self, mention: Mention, before: Word | None) -> float:
        if possessive(self._parsed, mention.last) and not any(row.kind in _UNIT_KINDS for row in mention.rows):
            return 0.0  # "in X's hands": the preposition is that of what X owns
        i = mention.first - 1
        first = self._sentence(mention)[0]
        while i >= first and (self._words[i].pos in {"DET", "ADJ"} or self._words[i].lower in self._own.directions):
            i -= 1
        if i >= first and self._words[i].lower in self._own.locative:
            mention.located = True
            return _LOCATIVE_SURE if self._words[i].lower in self._own.locative_sure else _LOCATIVE
        if before is None and self._dateline(mention):
            return _DATELINE
        return 0.0

    def _dateline(self, mention: Mention) -> bool:
        sentence = self._parsed.sentences[self._words[mention.first].sentence]
        if sentence.first != mention.first:
            return False
        tail = self._parsed.text[mention.end : mention.end + 40].lstrip()
        return tail.startswith(("—", "–", "--", "(", "- ")) or (
            self._parsed.text[mention.start : mention.end].isupper() and tail[:1] in ",:"
        )

    def _contains(self, mention: Mention, following: Mention) -> bool:
        """ "X, Y" where Y holds X."""
        between = self._parsed.text[mention.end : following.start]
        if between.strip() not in {",", "(", ""} or between == "" or following.first - mention.last > 2:
            return False
        if between.strip() == "" and not (following.kind is None and self._abbreviated(following)):
            return False
        holders = [row for row in following.rows if row.kind in _UNIT_KINDS or row.kind == "area"]
        return any(holds(holder, row) for holder in holders for row in mention.rows)

    def _abbreviated(self, mention: Mention) -> bool:
        return self._words[mention.last].text.endswith(".")

    def _in_run(self, mention: Mention, before: Word | None, after: Word | None, kind: bool) -> float:
        """What capitalised words beside the name make of it."""
        value = 0.0
        if before is not None and mention.first > mention.run[0]:
            lower = before.lower.rstrip(".")
            if lower in self._own.titles or lower in self._vocabulary.given_names:
                value += _PERSON
            elif before.pos in _NOT_PART_OF_NAME:
                pass
            elif (
                capital(before)
                and before.lower not in self._own.directions
                and self._own.kind_of(lower) not in self._own.kind_before
            ):
                value += _NAME_BEFORE if before.pos == "PROPN" and not kind else _NAME_BEFORE / 2
        elif before is not None and before.lower.rstrip(".") in self._own.titles and before.pos in {"NOUN", "PROPN"}:
            value += _PERSON / 2
        if after is not None and mention.last < mention.run[1] and capital(after):
            value += self._name_after(mention, after)
        elif after is not None and mention.last < mention.run[1] and after.text in "-–":
            value += _NAME_AFTER / 2
        return value + self._in_firm(mention, before, after)

    def _in_firm(self, mention: Mention, before: Word | None, after: Word | None) -> float:
        """ "X & Partner", "Route 4", "the X administration", "St. X's School": what is named after a person or numbered."""
        words = self._words
        beyond = mention.last + 2
        if (after is not None and after.text == "&") or (before is not None and before.text == "&"):
            return _ORGANISATION
        unit = any(row.kind in _UNIT_KINDS or row.kind == "capital" for row in mention.rows)
        if unit and not possessive(self._parsed, mention.last):
            return 0.0
        if after is not None and after.lower in self._own.person_heads:
            return _PERSON / 2
        if numbered(self._parsed, mention.last):
            return _NUMBERED
        saint = mention.key.startswith("saint ") and possessive(self._parsed, mention.last)
        if saint and beyond < self._sentence(mention)[1] and capital(words[beyond]):
            return _ORGANISATION
        return 0.0

    def _name_after(self, mention: Mention, after: Word) -> float:
        lower = after.lower.rstrip(".")
        unit = any(row.kind == "country" or bare_division(row, mention.rows, mention.key) for row in mention.rows)
        if lower in self._own.titles:
            return _TITLE_AFTER
        words = self._words
        if lower in self._own.located_things or (self._own.kind_of(lower) and mention.last + 1 == mention.run[1]):
            return -0.3
        end = mention.run[1]
        organisation = any(words[i].lower in self._own.organisation_words for i in range(mention.last + 1, end + 1))
        if organisation:
            return -0.3 if unit and words[mention.last].text[-1].isalpha() is False else -0.8 if unit else _ORGANISATION
        if words[mention.first].lower in self._vocabulary.given_names and mention.first == mention.last:
            return _PERSON
        return -0.4 if unit else _NAME_AFTER

    def _as_word(self, mention: Mention, before: Word | None) -> float:
        """What the single word itself speaks for and against."""
        word, value = self._words[mention.first], 0.0
        lone = mention.run == (mention.first, mention.last)
        if mention.last > mention.first:
            unnamed = word.lower not in self._vocabulary.given_names and before is not None
            return _ALONE if lone and unnamed and self._all_names(mention) else 0.0
        if word.pos not in {"PROPN", "NOUN", "X"}:
            # The tagger guesses at names it has never seen; within a sentence a capital says more than its guess.
            known = before is None or mention.key in self._vocabulary.demonyms
            value += _NOT_A_NAME if known and not mention.located else _NOT_A_NAME / 2
        elif word.pos == "NOUN" and not mention.located:
            value += _NOT_A_NAME / 2
        value += _ALSO_A_WORD if word.lower in self._plain else 0.0
        begins = before is None and not self._dateline(mention)
        value += (_FIRST_WORD / 2 if word.pos == "PROPN" else _FIRST_WORD) if begins else 0.0
        value += self._as_acronym(mention, word)
        if lone and word.pos in {"PROPN", "X"} and any(own_name_of(row, mention.key) for row in mention.rows):
            value += _ALONE
            if word.dep in {"compound", "nmod", "amod"} and self._words[word.head].text.islower():
                value += _DESCRIBES
        return value + self._as_person(mention, word, lone=lone)

    def _all_names(self, mention: Mention) -> bool:
        return all(self._words[i].pos == "PROPN" for i in range(mention.first, mention.last + 1))

    def _as_acronym(self, mention: Mention, word: Word) -> float:
        """A few capitals are a country's, a division's after a comma, or no place."""
        letters = word.text.replace(".", "")
        if not letters.isupper() or len(letters) > 4 or mention.weight >= _CONTAINER or self._dateline(mention):
            return 0.0
        known = mention.container is not None or any(row.kind == "country" for row in mention.rows)
        return 0.0 if known else _ACRONYM

    def _as_person(self, mention: Mention, word: Word, *, lone: bool) -> float:
        value = 0.0
        if word.lower in self._persons and mention.container is None and not mention.kind:
            value += _PERSON
        elif word.lower in self._vocabulary.given_names and lone and not mention.located:
            value += _GIVEN_NAME
        speaks = word.dep == "nsubj" and self._words[word.head].lemma in self._own.speech_verbs
        if speaks and not any(row.kind in _UNIT_KINDS for row in mention.rows):
            value += _SPEAKS
        return value
