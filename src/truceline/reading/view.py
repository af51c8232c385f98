"""The clause view: each predicate with its roles named and normalised, however the sentence put them.

Passives are turned (``subj`` is the one who does it), relative clauses and participles get their antecedent, coordination is
shared out, control is followed, and light verbs ("launched an attack") lend their subject to the noun. One interpreter
(``frames.py``) then matches frames of the lexicon against this view, for attribution and for acts alike.

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
    light_verbs: dict[str, str]  # "launch" or "come under" -> "agent" or "patient"
    object_control: frozenset[str]
    negators: frozenset[str]
    event_verbs: frozenset[str] = frozenset()  # of which a deed is the subject
    states: frozenset[str] = frozenset()  # adjectives and participles that are predicates of their own
    verbs: frozenset[str] = frozenset()  # lemmas the lexicon knows, to mend the lemmatiser's ("staged" is not of "stag")
    hyphenated: frozenset[str] = frozenset()  # event nouns that the tokeniser takes apart ("build-up", "sit-in")
    event_phrases: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)  # by their last word


RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})
_VERBAL = frozenset({"VERB", "AUX"})
_CLAUSAL = frozenset(
    {
        "ROOT",
        "ccomp",
        "xcomp",
        "advcl",
        "relcl",
        "acl",
        "pcomp",
        "conj",
        "parataxis",
        "csubj",
        "csubjpass",
        "dep",
        "appos",
        "oprd",
    }
)


def clause_view(parsed: ParsedText, support: Support) -> ClauseView:
    """Build the view of a text. Linear in the number of words but for the depth of the parse."""
    view = ClauseView(parsed, {})
    for word in parsed.words:
        if _is_verb(word):
            view.predicates[word.i] = _verb(parsed, word, support)
    for word in parsed.words:
        if word.i in view.predicates:
            _link(view, view.predicates[word.i], support)
    for word in parsed.words:
        compound = _hyphenated(parsed, word, support)
        if compound is not None and compound[0].i not in view.predicates:
            view.predicates[compound[0].i] = _noun(view, *compound, support)
        elif (
            word.i not in view.predicates
            and word.pos in {"NOUN", "PROPN", "ADJ", "VERB"}
            and (word.lemma in support.event_nouns or _in_event_phrase(parsed, word, support))
        ):
            view.predicates[word.i] = _noun(view, word, word.lemma, support)
        elif (
            word.i not in view.predicates
            and word.lower in support.states
            and word.pos in {"ADJ", "ADV", "NOUN", "VERB"}
            and word.dep != "prt"
        ):
            view.predicates[word.i] = _state(view, word)
    return view


def _is_verb(word: Word) -> bool:
    if word.pos not in _VERBAL or word.dep in {"aux", "auxpass"} or (word.dep == "amod" and word.tag == "VBG"):
        return False
    return word.dep in _CLAUSAL or word.pos == "VERB"


def _hyphenated(parsed: ParsedText, word: Word, support: Support) -> tuple[Word, str] | None:
    """The head and the lemma of an event noun of three tokens that begins at ``word``: "build", "-", "up"."""
    words = parsed.words
    if word.i + 2 >= len(words) or words[word.i + 1].text != "-":
        return None
    last = words[word.i + 2]
    lemma = f"{word.lower}-{last.lemma}"
    return (last, lemma) if lemma in support.hyphenated else None


def _in_event_phrase(parsed: ParsedText, word: Word, support: Support) -> bool:
    """Whether a noun is the head of an event noun of several words ("border crossing", "act of aggression")."""
    for phrase in support.event_phrases.get(word.lemma, ()):
        at = word.i - len(phrase) + 1
        if at >= 0 and all(form in {parsed.words[at + n].lemma, parsed.words[at + n].lower} for n, form in enumerate(phrase[:-1])):
            return True
    following = parsed.words[word.i + 1 : word.i + 3]
    phrases = support.event_phrases.get(following[1].lemma, ()) if len(following) == 2 and following[0].lower == "of" else ()
    return any(phrase[0] == word.lemma and len(phrase) == 3 for phrase in phrases)


# ---- verbs -----------------------------------------------------------------------------------------------------------


def _verb(parsed: ParsedText, word: Word, support: Support) -> Predicate:
    predicate = Predicate(word.i, _verb_lemma(parsed, word, support), "v")
    children = [parsed.words[c] for c in word.children]
    predicate.passive = _is_passive(word, children)
    predicate.tense, predicate.modal = _tense(word, children)
    for child in children:
        _verb_child(parsed, predicate, child, support)
    return predicate


def _verb_lemma(parsed: ParsedText, word: Word, support: Support) -> str:
    """The lemma; mended where the lexicon knows none of that name but one that the form could be of, or with its prefix."""
    words = parsed.words
    lemma = word.lemma
    if lemma not in support.verbs:
        stems = {"ed": ("e", ""), "ing": ("e", ""), "es": ("e", ""), "s": ("",)}
        forms = (
            word.lower[: -len(end)] + stem for end, ends in stems.items() if word.lower.endswith(end) for stem in ends
        )
        lemma = next((form for form in forms if form in support.verbs), lemma)
    if word.i > 1 and words[word.i - 1].text == "-" and words[word.i - 1].end == word.start:
        compound = f"{words[word.i - 2].lower}-{lemma}"
        return compound if compound in support.verbs else lemma
    return lemma


def _is_passive(word: Word, children: list[Word]) -> bool:
    if any(child.dep in {"nsubjpass", "auxpass", "csubjpass"} for child in children):
        return True
    if word.tag != "VBN" or any(child.dep in {"aux", "nsubj"} for child in children):
        return False
    # a bare participle: "the village shelled overnight", "villages surrounded by …", "Asked about it, she …"
    return word.dep in {"acl", "advcl", "amod", "relcl", "oprd", "ccomp", "xcomp"} or any(
        c.dep == "agent" for c in children
    )


def _tense(word: Word, children: list[Word]) -> tuple[str | None, str | None]:
    modal = next((child.lower for child in children if child.dep == "aux" and child.tag == "MD"), None)
    if modal in {"will", "shall", "'ll", "wo"}:
        return "future", "will"
    if modal:
        return None, {"'d": "would", "ca": "can", "sha": "shall"}.get(modal, modal)
    forms = [word.tag, *(child.tag for child in children if child.dep in {"aux", "auxpass"})]
    if "VBD" in forms:
        return "past", None
    if any(form in {"VBZ", "VBP"} for form in forms):
        perfect = any(child.lemma == "have" for child in children if child.dep == "aux")
        return ("past" if perfect else "present"), None
    return None, None


def _verb_child(parsed: ParsedText, predicate: Predicate, child: Word, support: Support) -> None:
    dep = child.dep
    if dep in {"nsubj", "csubj"}:
        _add(predicate, "subj", child, dep)
    elif dep in {"nsubjpass", "csubjpass"}:
        _add(predicate, "obj", child, f"passive {dep}")
    elif dep in {"dobj", "obj"}:
        _add(predicate, "obj", child, dep)
    elif dep in {"attr", "acomp", "oprd"}:
        _add(predicate, "attr", child, dep)
    elif dep in {"ccomp", "xcomp"}:
        _add(predicate, _clause_role(parsed, child), child, dep)
    elif dep in {"prep", "agent", "dative"}:
        _preposition(parsed, predicate, child)
    elif dep == "prt":
        predicate.particle = child.lower
    elif dep == "neg" or (dep in {"advmod", "cc", "preconj", "det"} and child.lower in support.negators):
        predicate.negation = child.i
    elif dep in {"advmod", "npadvmod"}:
        _add(predicate, "adv", child, dep)
    elif dep == "mark":
        predicate.mark = child.lower
    elif dep == "aux" and child.tag == "TO":
        predicate.mark = "to"


def _clause_role(parsed: ParsedText, child: Word) -> str:
    below = [parsed.words[c] for c in child.children]
    if any(b.dep == "aux" and b.tag == "TO" for b in below):
        return "inf"
    if child.tag == "VBG" and not any(b.dep in {"aux", "nsubj", "nsubjpass"} for b in below):
        return "ing"
    return "clause"


def _preposition(parsed: ParsedText, predicate: Predicate, child: Word, prefix: str = "") -> None:
    gerund = predicate.kind == "v" and parsed.words[predicate.i].tag == "VBG" and "subj" not in predicate.roles
    if predicate.kind == "v" and predicate.particle is None and _bears_phrase(parsed, child):
        predicate.particle = child.lower
    for c in child.children:
        below = parsed.words[c]
        if below.dep == "pobj":
            role = "subj" if child.dep == "agent" and (predicate.passive or gerund) else child.lower
            _add(predicate, role, below, f"{prefix}{child.lower} + noun" if role != "subj" else "passive by-phrase")
            _strayed(parsed, predicate, below)
        elif below.dep == "pcomp":
            finite = any(parsed.words[g].dep in {"nsubj", "nsubjpass"} for g in below.children)
            _add(predicate, f"{child.lower}-{'clause' if finite else 'ing'}", below, f"{prefix}{child.lower} + clause")
        elif below.dep == "prep" and child.tag != "VBG":  # "out of", "south of", "because of"; not "according to"
            _preposition(parsed, predicate, below, prefix + child.lower + " ")
    if child.dep == "dative" and not child.children:
        _add(predicate, "iobj", child, "dative")


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
            _preposition(parsed, predicate, child)


def _add(predicate: Predicate, role: str, word: Word, path: str) -> None:
    fillers = predicate.roles.setdefault(role, [])
    if all(filler.head != word.i for filler in fillers):
        fillers.append(Filler(word.i, path))


def _inherit(predicate: Predicate, role: str, fillers: list[Filler], why: str) -> None:
    if fillers and not predicate.roles.get(role):
        predicate.roles[role] = [Filler(f.head, f"{why} {f.path}", f.literal) for f in fillers if f.head != predicate.i]


# ---- what a verb takes from the clause around it -----------------------------------------------------------------------


def _link(view: ClauseView, predicate: Predicate, support: Support) -> None:
    """Give a verb the subject or object that its own clause leaves out. Called in text order, so governors come first mostly."""
    parsed = view.parsed
    word = parsed.words[predicate.i]
    head = parsed.words[word.head]
    _relative_pronouns(parsed, predicate, word)
    if word.dep == "conj" and head.i in view.predicates:
        _share(view, predicate, view.predicates[head.i])
    elif word.dep == "relcl":
        if "subj" not in predicate.roles and not predicate.passive:
            _add(predicate, "subj", head, "relative clause of")
        elif "obj" not in predicate.roles and predicate.first("clause", "inf") is None:
            _add(predicate, "obj", head, "relative clause of")
    elif (mistaken := _taken_for_modifier(parsed, word)) is not None:
        _add(predicate, "subj", mistaken, "noun before")
        _add(predicate, "obj", head, "noun after")
        predicate.passive, predicate.tense = False, "past"
    elif _taken_for_participle(parsed, word, head, predicate):
        _add(predicate, "subj", head, "noun before")
        predicate.passive, predicate.tense = False, "past"
    elif word.dep in {"acl", "amod"} and head.pos in {"NOUN", "PROPN", "PRON"}:
        if word.tag == "VBG" and "subj" not in predicate.roles:
            _add(predicate, "subj", head, "participle of")
        elif word.tag in {"VBN", "VBD"} and "obj" not in predicate.roles:
            predicate.passive = True
            _add(predicate, "obj", head, "participle of")
            _promote_agent(parsed, predicate, word)
        elif predicate.mark == "to":
            _from_governor_of_noun(view, predicate, head)
    elif (
        "subj" not in predicate.roles
        and head.i in view.predicates
        and word.dep in {"xcomp", "advcl", "ccomp", "pcomp", "dep"}
    ):
        _control(view, predicate, view.predicates[head.i], word, support)
    elif word.dep == "xcomp" and "subj" not in predicate.roles and head.pos == "ADJ" and head.head in view.predicates:
        _control(view, predicate, view.predicates[head.head], word, support)  # "is ready to attack"
    elif word.dep == "pcomp" and "subj" not in predicate.roles:
        _gerund_subject(view, predicate, head, support)


def _taken_for_participle(parsed: ParsedText, word: Word, head: Word, predicate: Predicate) -> bool:
    """Whether a participle of a sentence without a main verb is its main verb ("The patrol strayed into the zone.").

    A headline or caption is no sentence: its noun has no article and no full stop follows, or the one who does it is named.
    """
    if word.dep != "acl" or word.tag not in {"VBN", "VBD"} or head.dep != "ROOT" or head.tag not in {"NN", "NNS", "NNP", "NNPS"}:
        return False
    children = [parsed.words[c] for c in head.children]
    if any(child.dep in {"relcl", "conj", "appos"} or (child.dep == "acl" and child.i != word.i) for child in children):
        return False
    if predicate.roles.get("obj") or predicate.first("inf", "clause"):
        return True
    last = parsed.words[parsed.sentences[word.sentence].last - 1]
    agent = any(parsed.words[c].dep == "agent" for c in word.children)
    return not agent and last.text == "." and any(child.dep in {"det", "poss"} for child in children)


def _taken_for_modifier(parsed: ParsedText, word: Word) -> Word | None:
    """The subject of a main verb that the parser took for a modifier of its object ("Soldiers obstructed deliveries")."""
    head = parsed.words[word.head]
    if word.dep != "amod" or word.tag not in {"VBN", "VBD"} or head.dep != "ROOT" or head.i < word.i or word.i == 0:
        return None
    before = parsed.words[word.i - 1]
    below = before.head in {word.i, head.i}
    return (
        before
        if below
        and before.dep in {"npadvmod", "nsubj", "compound", "nmod"}
        and before.tag in {"NN", "NNS", "NNP", "NNPS", "JJ"}
        else None
    )


def _relative_pronouns(parsed: ParsedText, predicate: Predicate, word: Word) -> None:
    """Put the antecedent where "who", "which" or "that" stands."""
    clause = (
        word
        if word.dep == "relcl"
        else next((parsed.words[a] for a in parsed.ancestors(word.i) if parsed.words[a].dep == "relcl"), None)
    )
    if clause is None:
        return
    antecedent = clause.head
    for role, fillers in predicate.roles.items():
        predicate.roles[role] = [
            Filler(antecedent, f"antecedent of '{parsed.words[f.head].lower}', {f.path}", f.head)
            if parsed.words[f.head].tag in RELATIVE and f.head > antecedent
            else f
            for f in fillers
        ]


def _share(view: ClauseView, predicate: Predicate, first: Predicate) -> None:
    """What the second of two coordinated verbs leaves out, it shares with the first."""
    if predicate.passive and not first.passive and "obj" not in predicate.roles:
        _inherit(predicate, "obj", first.roles.get("subj", []), "shared")
    elif first.passive and not predicate.passive:
        if "subj" not in predicate.roles:
            bare = view.parsed.words[predicate.i].tag == "VBN" and "obj" not in predicate.roles
            if bare:
                predicate.passive = True
                _inherit(predicate, "obj", first.roles.get("obj", []), "shared")
            else:
                _inherit(predicate, "subj", first.roles.get("obj", []), "shared")
    elif "subj" not in predicate.roles and not predicate.passive:
        _inherit(predicate, "subj", first.roles.get("subj", []), "shared")
    elif predicate.passive and "obj" not in predicate.roles:
        _inherit(predicate, "obj", first.roles.get("obj", []), "shared")
    if predicate.tense is None and predicate.modal is None:
        predicate.tense, predicate.modal = first.tense, first.modal
        predicate.mark = predicate.mark or first.mark
        if first.negation is not None and predicate.negation is None and _joined_by_or(view.parsed, predicate.i):
            predicate.negation = first.negation


def _joined_by_or(parsed: ParsedText, i: int) -> bool:
    head = parsed.words[parsed.words[i].head]
    return any(parsed.words[c].dep == "cc" and parsed.words[c].lower in {"or", "nor"} for c in head.children)


def _promote_agent(parsed: ParsedText, predicate: Predicate, word: Word) -> None:
    if "by" in predicate.roles and "subj" not in predicate.roles:
        predicate.roles["subj"] = predicate.roles.pop("by")
    for c in word.children:
        if parsed.words[c].dep == "agent" and "subj" not in predicate.roles:
            _preposition(parsed, predicate, parsed.words[c])


def _control(view: ClauseView, predicate: Predicate, governor: Predicate, word: Word, support: Support) -> None:
    """The understood subject of an infinitive, participle or garden-path main verb."""
    role = "subj"
    if word.dep in {"xcomp", "ccomp"} and governor.lemma in support.object_control and governor.first("obj", "iobj"):
        role = "obj" if governor.first("obj") else "iobj"
    elif governor.passive and word.dep == "xcomp":
        role = "obj"
    elif governor.passive and word.tag in {"VBD", "VBZ", "VBP"}:
        role = "obj"
    target = "obj" if predicate.passive else "subj"
    if target not in predicate.roles:
        _inherit(
            predicate, target, governor.roles.get(role, []), f"understood from '{view.parsed.words[governor.i].text}':"
        )


def _gerund_subject(view: ClauseView, predicate: Predicate, preposition: Word, support: Support) -> None:
    """ "accused X of shelling": X; "after shelling": the subject of the main verb."""
    governor = view.predicates.get(preposition.head)
    if governor is None or predicate.passive:
        return
    role = "obj" if governor.lemma in support.object_control and governor.first("obj") else "subj"
    _inherit(
        predicate, "subj", governor.roles.get(role, []), f"understood from '{view.parsed.words[governor.i].text}':"
    )


def _from_governor_of_noun(view: ClauseView, predicate: Predicate, noun: Word) -> None:
    """ "launched an operation to seize": whoever launched it; "its plan to attack": whose plan it is."""
    for c in noun.children:
        if view.parsed.words[c].dep == "poss":
            _add(predicate, "subj", view.parsed.words[c], "possessor of noun")
            return
    governor = view.predicates.get(noun.head)
    if governor is not None and noun.dep in {"dobj", "pobj", "attr"}:
        _inherit(
            predicate,
            "subj",
            governor.roles.get("subj", []),
            f"understood from '{view.parsed.words[governor.i].text}':",
        )


# ---- nouns and adjectives ----------------------------------------------------------------------------------------------


def _noun(view: ClauseView, word: Word, lemma: str, support: Support) -> Predicate:
    parsed = view.parsed
    predicate = Predicate(word.i, lemma, "n")
    for c in word.children:
        child = parsed.words[c]
        if child.dep == "poss":
            _add(predicate, "poss", child, "possessive")
        elif child.dep in {"amod", "compound", "nmod"}:
            _add(predicate, "mod", child, child.dep)
        elif child.dep in {"prep", "agent"}:
            _preposition(parsed, predicate, child)
            _further_phrases(parsed, predicate, child)
        elif child.dep == "acl" and child.i in view.predicates and child.tag == "VBN":
            for filler in view.predicates[child.i].roles.get("subj", ()):
                predicate.roles.setdefault("by", []).append(Filler(filler.head, f"'{child.text}' by-phrase"))
        elif child.dep in {"acl", "ccomp", "relcl"}:
            _noun_clause(parsed, predicate, child)
        elif child.dep in {"neg", "det"} and child.lower in support.negators:
            predicate.negation = child.i
    _lean_on_verb(view, predicate, word, support)
    return predicate


def _further_phrases(parsed: ParsedText, predicate: Predicate, phrase: Word) -> None:
    """ "An attack by rebels on a post": the parser hangs "on a post" on the rebels; so do the attack and its target come apart."""
    if phrase.lower not in {"by", "of", "against"}:
        return
    for c in phrase.children:
        for g in parsed.words[c].children if parsed.words[c].dep == "pobj" else ():
            below = parsed.words[g]
            if (
                below.dep == "prep"
                and below.lower in {"by", "on", "against", "into", "at"}
                and below.lower not in predicate.roles
            ):
                _preposition(parsed, predicate, below, f"{phrase.lower} + noun, ")


def _noun_clause(parsed: ParsedText, predicate: Predicate, child: Word) -> None:
    """ "the claim that …", "a threat to …"; not a relative clause, nor a participle that only says more."""
    role = _clause_role(parsed, child)
    that = any(parsed.words[c].dep == "mark" and parsed.words[c].lower == "that" for c in child.children)
    if (role == "inf" and child.dep != "relcl") or that:
        _add(predicate, "inf" if role == "inf" else "clause", child, child.dep)


def _lean_on_verb(view: ClauseView, predicate: Predicate, word: Word, support: Support) -> None:
    """A noun in a light-verb construction takes over the verb's subject, phrases, negation, modality and tense."""
    head = view.parsed.words[word.head]
    while word.dep == "conj" and head.i != word.i:
        word, head = head, view.parsed.words[head.head]
    preposition = ""
    if word.dep == "pobj":
        preposition, head = f" {head.lower}", view.parsed.words[head.head]
    if preposition == " of" and head.dep in {"dobj", "nsubjpass"} and head.lemma not in support.event_nouns:
        word, preposition, head = head, "", view.parsed.words[head.head]  # "launched a series of attacks"
    if preposition and head.pos == "NOUN" and head.dep == "dobj":  # "marked its victory with a parade"
        head = view.parsed.words[head.head]
    verb = view.predicates.get(head.i)
    if verb is None or verb.kind != "v":
        return
    particle = f" {verb.particle}" if verb.particle else ""
    way = support.light_verbs.get(verb.lemma + particle + preposition)
    passive_object = any(f.head == word.i and f.path.startswith("passive") for f in verb.roles.get("obj", ()))
    is_object = (
        word.dep in {"dobj", "nsubjpass"}
        or passive_object
        or bool(preposition)
        or any(f.head == word.i for f in verb.roles.get("obj", ()))
    )
    if way is None and preposition in {" in", " with", " by", " through"}:
        predicate.roles["host"] = list(verb.roles.get("subj", []))
    if way == "harm":
        harmed = verb.roles.get("obj" if verb.passive else "subj", [])
        did_it = verb.first("obj") is not None and not verb.passive
        _inherit(predicate, "lv" if did_it else "lv-obj", harmed, f"subject of '{head.text}',")
        return
    happens = word.dep in {"nsubj", "nsubjpass"} and verb.lemma + particle in support.event_verbs
    if not happens and (way is None or not is_object):
        return
    predicate.support = verb.i
    predicate.negation = predicate.negation if predicate.negation is not None else verb.negation
    predicate.modal, predicate.tense, predicate.mark = verb.modal, verb.tense, verb.mark
    if not happens:
        _inherit(predicate, "lv" if way == "agent" else "lv-obj", verb.roles.get("subj", []), f"subject of '{head.text}',")
    if way == "patient" and not happens and "by" in verb.roles:
        _inherit(predicate, "by", verb.roles["by"], f"phrase of '{head.text}',")
    for role in ("on", "against", "at", "from", "in", "into", "with", "near", "between", "by"):
        if role in verb.roles and not preposition.endswith(f" {role}"):
            _inherit(predicate, role, verb.roles[role], f"phrase of '{head.text}',")


def _state(view: ClauseView, word: Word) -> Predicate:
    """An adjective, adverb or noun used as a predicate ("dead", "missing"): ``subj`` is what it is said of."""
    parsed = view.parsed
    predicate = Predicate(word.i, word.lower, "a")
    head = parsed.words[word.head]
    for c in word.children:
        if parsed.words[c].dep in {"prep", "agent"}:
            _preposition(parsed, predicate, parsed.words[c])
    verb = view.predicates.get(head.i)
    if word.dep in {"amod", "acl"} and head.pos in {"NOUN", "PROPN"}:
        _add(predicate, "subj", head, f"{word.dep} of")
    elif verb is not None and word.dep in {"acomp", "attr", "oprd", "advmod", "ccomp", "xcomp"}:
        role = "obj" if verb.first("obj") and verb.lemma != "be" else "subj"
        _inherit(predicate, "subj", verb.roles.get(role, []), f"said of {role} of '{head.text}',")
        predicate.negation, predicate.modal, predicate.tense = verb.negation, verb.modal, verb.tense
        predicate.support = verb.i
    return predicate
