"""Which capitalised names of a text are names of places: the gazetteer's word, weighed against the words around it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from truceline.grounding.places.vocabulary import Vocabulary, Words
from truceline.knowledge.gazetteer import Gazetteer, PlaceRow, normalise
from truceline.reading.words import ParsedText, Word

_LONGEST = 6

# What each sign is worth. A name is taken for a place at ACCEPTED; set by reading texts, not fitted to any collection.
ACCEPTED = 1.0
_COUNTRY, _DIVISION, _METROPOLIS, _CITY, _TOWN, _OTHER_NAME_ONLY = 2.0, 1.5, 1.2, 0.8, 0.4, -0.8
_SEVERAL_WORDS, _KIND_IN_NAME, _KIND_BESIDE = 0.7, 1.5, 2.0
_LOCATIVE_SURE, _LOCATIVE = 1.5, 0.7
_CONTAINER, _DATELINE, _TITLE_AFTER = 1.8, 1.5, 1.0
_NAME_BEFORE, _NAME_AFTER, _PERSON, _ORGANISATION, _GIVEN_NAME, _SPEAKS = -2.5, -1.6, -2.5, -2.2, -1.0, -1.0
_ALONE, _LISTED, _DESCRIBES, _ACRONYM = 0.4, 0.6, 0.4, -2.0
_NOT_A_NAME, _FIRST_WORD, _ALSO_A_WORD, _SEEN_BEFORE = -2.2, -0.6, -1.2, 0.8
_UNIT_KINDS = frozenset({"country", "first_order", "second_order"})
# A capitalised word of these before a name only begins the sentence.
_NOT_PART_OF_NAME = frozenset({"DET", "ADP", "PRON", "CCONJ", "SCONJ", "ADV", "AUX", "VERB", "PART", "INTJ"})


@dataclass(slots=True, eq=False)
class Mention:
    """A name in the text with the places it may stand for. ``first`` and ``last`` are indices of words."""

    first: int
    last: int
    start: int
    end: int
    key: str
    rows: tuple[PlaceRow, ...] = ()
    weight: float = 0.0
    kind: str | None = None  # the kind word beside it
    container: "Mention | None" = None
    located: bool = False  # a preposition of place stands before it
    run: tuple[int, int] = field(default=(0, 0))


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of capitalised words, and who among them is a person."""

    runs: tuple[tuple[int, int], ...]
    persons: frozenset[str]


def find_mentions(
    parsed: ParsedText, gazetteer: Gazetteer, vocabulary: Vocabulary
) -> tuple[list[Mention], list[tuple[int, int]]]:
    """Names of places in text order, and the runs of capitalised words that hold none.

    A run is a stretch of capitalised words in one sentence; the longest stretch of it that the gazetteer knows is weighed first.
    """
    runs = list(_runs(parsed, vocabulary))
    grams = [_grams(parsed, run, vocabulary) for run in runs]
    known = gazetteer.lookup_keys(key for gram in grams for key in gram.values())
    judge = _Judge(parsed, vocabulary, _persons(parsed, runs, vocabulary, grams, known))
    candidates: list[list[Mention]] = []
    for run, gram in zip(runs, grams, strict=True):
        candidates.append(list(_longest(parsed, run, gram, known)))
    flat = [mention for group in candidates for mention in group]
    for mention, following in zip(flat, [*flat[1:], None], strict=True):
        judge.weigh(mention, following)
    for mention, following in zip(flat, flat[1:], strict=False):
        judge.weigh_list(mention, following)
    sure = {mention.key for mention in flat if mention.weight >= ACCEPTED}
    found, empty = [], []
    for run, group in zip(runs, candidates, strict=True):
        taken = [m for m in group if m.weight >= ACCEPTED or (m.key in sure and m.weight + _SEEN_BEFORE >= ACCEPTED)]
        found.extend(taken)
        if not taken and not judge.is_person(run):
            empty.append(run)
    return found, empty


def capital(word: Word) -> bool:
    """Whether a word begins like a name."""
    return word.text[0].isupper() and word.text[0].isalpha()


def _runs(parsed: ParsedText, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
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
            if capital(following):
                last = j + 1
            elif following.text in "-–‑" and following.start == words[j].end:
                pass
            elif following.lower not in connectors or following.lower == "and":
                break
            j += 1
        yield i, last
        i = last + 1


def _grams(parsed: ParsedText, run: tuple[int, int], vocabulary: Vocabulary) -> dict[tuple[int, int], str]:
    words, found = parsed.words, {}
    stop = vocabulary.words.not_places
    first, last = run
    for i in range(first, last + 1):
        if not capital(words[i]):
            continue
        for j in range(i, min(last, i + _LONGEST - 1) + 1):
            if not capital(words[j]) or (
                words[i].pos == "DET" and j - i < 2 and vocabulary.words.kind_of(words[j].lower)
            ):
                continue
            if i == j and words[i].lower.rstrip(".") in stop and words[i].text not in ("US", "U.S", "U.S."):
                continue
            if key := normalise(parsed.text[words[i].start : words[j].end]):
                found[i, j] = key
    return found


def _longest(
    parsed: ParsedText, run: tuple[int, int], grams: dict[tuple[int, int], str], known: dict[str, tuple[PlaceRow, ...]]
) -> Iterator[Mention]:
    """Stretches of a run that the gazetteer knows, longest first from the left."""
    i, last = run
    while i <= last:
        j = next(
            (j for j in range(min(last, i + _LONGEST - 1), i - 1, -1) if (key := grams.get((i, j))) and known[key]),
            None,
        )
        if j is None:
            i += 1
            continue
        start, end = parsed.span(i, j)
        key = grams[i, j]
        yield Mention(i, j, start, end, key, known[key], run=run)
        i = j + 1


def _persons(
    parsed: ParsedText,
    runs: list[tuple[int, int]],
    vocabulary: Vocabulary,
    grams: list[dict[tuple[int, int], str]],
    known: dict[str, tuple[PlaceRow, ...]],
) -> frozenset[str]:
    """Last names of the persons a text names in full or with a title."""
    words, found = parsed.words, set()
    for (first, last), gram in zip(runs, grams, strict=True):
        names = _name_of_person(parsed, first, last, vocabulary)
        whole = gram.get((first, last))
        if names and not (whole and last > first and known[whole] and known[whole][0].key == whole):
            found.add(words[names[1]].lower)
    return frozenset(found)


def _name_of_person(parsed: ParsedText, first: int, last: int, vocabulary: Vocabulary) -> tuple[int, int] | None:
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


class _Judge:
    """Weighs the signs around one name."""

    def __init__(self, parsed: ParsedText, vocabulary: Vocabulary, persons: frozenset[str]) -> None:
        self._parsed, self._words, self._vocabulary = parsed, parsed.words, vocabulary
        self._own, self._persons = vocabulary.words, persons
        self._plain = {word.lower for word in parsed.words if word.text.islower()}

    def is_person(self, run: tuple[int, int]) -> bool:
        """Whether a run is, or ends in, a person's name."""
        return (
            _name_of_person(self._parsed, *run, self._vocabulary) is not None
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
        weight += self._as_word(mention, before, after)
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
            best += _OTHER_NAME_ONLY
        if mention.last > mention.first:
            best += _SEVERAL_WORDS
            ends = {self._words[mention.last].lower, self._words[mention.first].lower}
            best += _KIND_IN_NAME if any(self._own.kind_of(end) for end in ends) else 0.0
        return best

    def _kind_word(self, mention: Mention) -> str | None:
        """The kind word beside a name: "X district", "village of X", "Mount X", "villages of W and X"."""
        return kind_beside(self._parsed, mention.first, mention.last, self._own)

    def _position(self, mention: Mention, before: Word | None) -> float:
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
        return value

    def _name_after(self, mention: Mention, after: Word) -> float:
        lower = after.lower.rstrip(".")
        unit = any(row.kind in _UNIT_KINDS for row in mention.rows)
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

    def _as_word(self, mention: Mention, before: Word | None, after: Word | None) -> float:
        """What the single word itself speaks for and against."""
        if mention.last > mention.first:
            return 0.0
        word, value = self._words[mention.first], 0.0
        lone = mention.run == (mention.first, mention.last)
        if word.pos not in {"PROPN", "NOUN"}:
            value += _NOT_A_NAME if not mention.located else _NOT_A_NAME / 2
        elif word.pos == "NOUN" and not mention.located:
            value += _NOT_A_NAME / 2
        if word.lower in self._plain:
            value += _ALSO_A_WORD
        if before is None and not self._dateline(mention):
            value += _FIRST_WORD
        letters = word.text.replace(".", "")
        if (
            letters.isupper()
            and len(letters) <= 4
            and mention.container is None
            and mention.weight < _CONTAINER
            and not self._dateline(mention)
        ):
            value += 0.0 if any(row.kind == "country" for row in mention.rows) else _ACRONYM
        if lone and word.pos == "PROPN" and any(row.key == mention.key for row in mention.rows):
            value += _ALONE
            if word.dep in {"compound", "nmod", "amod"} and self._words[word.head].text.islower():
                value += _DESCRIBES
        if word.lower in self._persons and mention.container is None and not mention.kind:
            value += _PERSON
        elif word.lower in self._vocabulary.given_names and lone and not mention.located:
            value += _GIVEN_NAME
        head = self._words[word.head]
        if (
            word.dep == "nsubj"
            and head.lemma in self._own.speech_verbs
            and not any(row.kind in _UNIT_KINDS for row in mention.rows)
        ):
            value += _SPEAKS
        return value


def own_name_of(row: PlaceRow, key: str) -> bool:
    """Whether a name is more than one of the hundreds of foreign and former names that large lists carry."""
    return row.key == key or row.sources != ("geonames",)


def holds(holder: PlaceRow, row: PlaceRow) -> bool:
    """Whether one place lies in another, as far as the gazetteer's codes tell."""
    if holder.id == row.id:
        return False
    if row.parent == holder.id:
        return True
    if holder.kind == "country":
        return holder.country == row.country
    if holder.kind == "first_order":
        return bool(holder.admin1) and holder.admin1 == row.admin1
    return False


def kind_beside(parsed: ParsedText, first: int, last: int, own: Words) -> str | None:
    """The kind word that stands with a name, in the singular."""
    words = parsed.words
    sentence = parsed.sentences[words[first].sentence]
    if (
        last + 1 < sentence.last
        and words[last + 1].start > words[last].end
        and (kind := own.kind_of(words[last + 1].lower))
    ):
        return kind
    i = first - 1
    # "the villages of A, B and C": back over the names before this one.
    while i > sentence.first and (capital(words[i]) or words[i].lower in {",", "and", "or", "-"}) and first - i < 12:
        if own.kind_of(words[i].lower):
            break
        i -= 1
    if i < sentence.first:
        return None
    if words[i].lower == "of" and i - 1 >= sentence.first:
        return own.kind_of(words[i - 1].lower) if i == first - 1 or words[i - 1].lower in own.plurals else None
    if i == first - 1 and (kind := own.kind_of(words[i].lower)):
        return kind if kind in own.kind_before or kind in own.kind_sure else None
    return None
