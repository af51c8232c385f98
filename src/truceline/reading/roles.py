"""The types of the clause view, and how roles are added to a predicate.

Role names: ``subj``, ``obj``, ``iobj``, ``attr``, ``clause`` (finite), ``inf``, ``ing``, a preposition's own word (``on``), a
preposition with ``-ing`` or ``-clause`` for what it governs, ``poss``, ``mod``, ``lv`` and ``lv-obj`` (from a light verb), ``adv``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from truceline.reading.words import ParsedText, Word


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: the head word of a phrase or clause, and the path through the parse by which it was found."""

    head: int
    path: str
    literal: int | None = None  # the relative pronoun that stands there in the text


@dataclass(slots=True, eq=False)
class Predicate:
    """A verb, event noun or adjective with its roles and what its clause says of it."""

    i: int
    lemma: str
    kind: str  # "v", "n" or "a"
    roles: dict[str, list[Filler]] = field(default_factory=dict)
    particle: str | None = None
    passive: bool = False
    negation: int | None = None  # index of the negating word
    modal: str | None = None
    tense: str | None = None  # "past", "present", "future", None where the form has none
    mark: str | None = None  # the subordinator: "that", "if", "to", …
    support: int | None = None  # index of the light verb that carries a noun
    topic: bool = False  # only mentioned, not told ("since the war")

    def first(self, *roles: str) -> Filler | None:
        """The first filler of the first of these roles that has one."""
        return next((filler for role in roles for filler in self.roles.get(role, ())), None)


@dataclass(frozen=True, slots=True, eq=False)
class ClauseView:
    """All predicates of a text, by the index of their head word."""

    parsed: ParsedText
    predicates: dict[int, Predicate]

    def path_up(self, i: int) -> Iterator[Predicate]:
        """The predicates above word ``i``, nearest first."""
        for j in self.parsed.ancestors(i):
            if j in self.predicates:
                yield self.predicates[j]


@dataclass(frozen=True, slots=True)
class Support:
    """What the grammar needs of the lexicon: see ``data/frames/support.yaml``."""

    event_nouns: frozenset[str]
    light_verbs: Mapping[str, str]  # "launch" or "come under" -> "agent" or "patient"
    object_control: frozenset[str]
    phrase_control: Mapping[str, tuple[str, ...]]  # "call" -> "on"
    negators: frozenset[str]
    event_verbs: frozenset[str] = frozenset()  # of which a deed is the subject
    states: frozenset[str] = frozenset()  # adjectives and participles that are predicates of their own
    verbs: frozenset[str] = (
        frozenset()
    )  # lemmas the lexicon knows, to mend the lemmatiser's ("staged" is not of "stag")
    hyphenated: frozenset[str] = frozenset()  # event nouns that the tokeniser takes apart ("build-up", "sit-in")
    future_modals: frozenset[str] = frozenset({"will"})
    modal_forms: Mapping[str, str] = field(default_factory=dict)  # "'d" -> "would"
    possession: frozenset[str] = frozenset()  # verbs whose subject bears the harm that is their object
    harms: frozenset[str] = frozenset()  # nouns for harm
    event_phrases: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)  # by their last word


def add_role(predicate: Predicate, role: str, word: Word, path: str) -> None:
    """Add a filler, once."""
    fillers = predicate.roles.setdefault(role, [])
    if all(filler.head != word.i for filler in fillers):
        fillers.append(Filler(word.i, path))


def inherit(predicate: Predicate, role: str, fillers: list[Filler], why: str) -> None:
    """Fill a role that is empty with the fillers of another predicate's."""
    if fillers and not predicate.roles.get(role):
        predicate.roles[role] = [Filler(f.head, f"{why} {f.path}", f.literal) for f in fillers if f.head != predicate.i]


def clause_role(parsed: ParsedText, child: Word) -> str:
    """The role of a clause that completes a predicate: ``inf``, ``ing`` or ``clause``."""
    below = [parsed.words[c] for c in child.children]
    if any(b.dep == "aux" and b.tag == "TO" for b in below):
        return "inf"
    if child.tag == "VBG" and not any(b.dep in {"aux", "nsubj", "nsubjpass"} for b in below):
        return "ing"
    return "clause"


def add_phrase(parsed: ParsedText, predicate: Predicate, child: Word, prefix: str = "") -> None:
    """Add the objects of a prepositional phrase, under the preposition's own word."""
    gerund = predicate.kind == "v" and parsed.words[predicate.i].tag == "VBG" and "subj" not in predicate.roles
    if predicate.kind == "v" and predicate.particle is None and _bears_phrase(parsed, child):
        predicate.particle = child.lower
    for c in child.children:
        below = parsed.words[c]
        if below.dep == "pobj" and below.tag == "WDT" and below.i < child.i and len(child.children) > 1:
            continue  # "that" before the clause, though the place it is given is taken
        if below.dep == "pobj":
            role = "subj" if child.dep == "agent" and (predicate.passive or gerund) else child.lower
            add_role(predicate, role, below, f"{prefix}{child.lower} + noun" if role != "subj" else "passive by-phrase")
            _strayed(parsed, predicate, below)
        elif below.dep == "pcomp":
            finite = any(parsed.words[g].dep in {"nsubj", "nsubjpass"} for g in below.children)
            add_role(
                predicate, f"{child.lower}-{'clause' if finite else 'ing'}", below, f"{prefix}{child.lower} + clause"
            )
        elif below.dep == "prep" and child.tag != "VBG":  # "out of", "south of", "because of"; not "according to"
            add_phrase(parsed, predicate, below, prefix + child.lower + " ")
    if child.dep == "dative" and child.pos != "ADP":
        add_role(predicate, "iobj", child, "dative")


def _bears_phrase(parsed: ParsedText, word: Word) -> bool:
    """Whether a preposition has no object but another phrase ("pulled out of the town"): then it is the verb's particle."""
    below = {parsed.words[c].dep for c in word.children}
    return word.tag != "VBG" and "prep" in below and not below & {"pobj", "pcomp"}


def _strayed(parsed: ParsedText, predicate: Predicate, noun: Word) -> None:
    """ "Accused X on Wednesday of shelling": the parser hangs the gerund on the day, where it cannot belong."""
    if noun.pos != "PROPN" or predicate.kind != "v":
        return
    for c in noun.children:
        child = parsed.words[c]
        if child.dep == "prep" and any(parsed.words[g].dep == "pcomp" for g in child.children):
            add_phrase(parsed, predicate, child)
