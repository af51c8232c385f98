"""What a verb takes from the clause around it: antecedents, shared and understood subjects, main verbs the parser mistook."""

from truceline.reading.roles import ClauseView, Filler, Predicate, Support, add_phrase, add_role, inherit
from truceline.reading.words import ParsedText, Word

RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})


def link(view: ClauseView, predicate: Predicate, support: Support) -> None:
    """Give a verb the subject or object that its own clause leaves out. Called in text order, so governors come first mostly."""
    parsed = view.parsed
    word = parsed.words[predicate.i]
    head = parsed.words[word.head]
    _relative_pronouns(parsed, predicate, word)
    if word.dep == "conj" and head.i in view.predicates:
        _share(view, predicate, view.predicates[head.i])
    elif word.dep == "relcl":
        if "subj" not in predicate.roles and not predicate.passive:
            add_role(predicate, "subj", head, "relative clause of")
        elif "obj" not in predicate.roles and predicate.first("clause", "inf") is None:
            add_role(predicate, "obj", head, "relative clause of")
    elif _as_main_verb(parsed, predicate, word, head):
        pass
    elif word.dep in {"acl", "amod"} and head.pos in {"NOUN", "PROPN", "PRON"}:
        _participle(view, predicate, word, head)
    elif "subj" not in predicate.roles:
        _understood(view, predicate, word, head, support)


def _as_main_verb(parsed: ParsedText, predicate: Predicate, word: Word, head: Word) -> bool:
    """Read a main verb as one where the parser took it for a modifier."""
    subject = _taken_for_modifier(parsed, word)
    if subject is not None:
        add_role(predicate, "obj", head, "noun after")
    elif _taken_for_participle(parsed, word, head, predicate):
        subject = head
    else:
        return False
    add_role(predicate, "subj", subject, "noun before")
    predicate.passive, predicate.tense = False, "past"
    return True


def _participle(view: ClauseView, predicate: Predicate, word: Word, noun: Word) -> None:
    """A participle or infinitive that says more of a noun; not a clause that has its own subject."""
    if any(view.parsed.words[c].dep in {"nsubj", "nsubjpass"} for c in word.children):
        return
    if word.tag == "VBG" and "subj" not in predicate.roles:
        add_role(predicate, "subj", noun, "participle of")
    elif word.tag in {"VBN", "VBD"} and "obj" not in predicate.roles:
        predicate.passive = True
        add_role(predicate, "obj", noun, "participle of")
        _promote_agent(view.parsed, predicate, word)
    elif predicate.mark == "to":
        _from_governor_of_noun(view, predicate, noun)


def _understood(view: ClauseView, predicate: Predicate, word: Word, head: Word, support: Support) -> None:
    """The subject that the governing clause lends."""
    if head.i in view.predicates and word.dep in {"xcomp", "advcl", "ccomp", "pcomp", "dep"}:
        _control(view, predicate, view.predicates[head.i], word, support)
    elif word.dep == "xcomp" and head.pos == "ADJ" and head.head in view.predicates:
        _control(view, predicate, view.predicates[head.head], word, support)  # "is ready to attack"
    elif word.dep == "pcomp":
        _gerund_subject(view, predicate, head, support)


def _taken_for_participle(parsed: ParsedText, word: Word, head: Word, predicate: Predicate) -> bool:
    """Whether a participle of a sentence without a main verb is its main verb ("The patrol strayed into the zone.").

    A headline or caption is no sentence: its noun has no article and no full stop follows, or the one who does it is named.
    """
    if (
        word.dep != "acl"
        or word.tag not in {"VBN", "VBD"}
        or head.dep != "ROOT"
        or head.tag not in {"NN", "NNS", "NNP", "NNPS"}
    ):
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
        inherit(predicate, "obj", first.roles.get("subj", []), "shared")
    elif first.passive and not predicate.passive:
        if "subj" not in predicate.roles:
            bare = view.parsed.words[predicate.i].tag == "VBN" and "obj" not in predicate.roles
            if bare:
                predicate.passive = True
                inherit(predicate, "obj", first.roles.get("obj", []), "shared")
            else:
                inherit(predicate, "subj", first.roles.get("obj", []), "shared")
    elif "subj" not in predicate.roles and not predicate.passive:
        inherit(predicate, "subj", first.roles.get("subj", []), "shared")
    elif predicate.passive and "obj" not in predicate.roles:
        inherit(predicate, "obj", first.roles.get("obj", []), "shared")
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
            add_phrase(parsed, predicate, parsed.words[c])


def _control(view: ClauseView, predicate: Predicate, governor: Predicate, word: Word, support: Support) -> None:
    """The understood subject of an infinitive, participle or garden-path main verb."""
    role = "subj"
    if word.dep in {"xcomp", "ccomp"} and governor.lemma in support.object_control and governor.first("obj", "iobj"):
        role = "obj" if governor.first("obj") else "iobj"
    elif asked := [p for p in support.phrase_control.get(governor.lemma, ()) if governor.first(p)]:
        role = asked[0]
    elif governor.passive and (word.dep == "xcomp" or word.tag in {"VBD", "VBZ", "VBP"}):
        role = "obj"
    target = "obj" if predicate.passive else "subj"
    if target not in predicate.roles:
        inherit(
            predicate, target, governor.roles.get(role, []), f"understood from '{view.parsed.words[governor.i].text}':"
        )


def _gerund_subject(view: ClauseView, predicate: Predicate, preposition: Word, support: Support) -> None:
    """ "accused X of shelling": X; "after shelling": the subject of the main verb."""
    governor = view.predicates.get(preposition.head)
    if governor is None or predicate.passive:
        return
    role = "obj" if governor.lemma in support.object_control and governor.first("obj") else "subj"
    inherit(predicate, "subj", governor.roles.get(role, []), f"understood from '{view.parsed.words[governor.i].text}':")


def _from_governor_of_noun(view: ClauseView, predicate: Predicate, noun: Word) -> None:
    """ "launched an operation to seize": whoever launched it; "its plan to attack": whose plan it is."""
    for c in noun.children:
        if view.parsed.words[c].dep == "poss":
            add_role(predicate, "subj", view.parsed.words[c], "possessor of noun")
            return
    governor = view.predicates.get(noun.head)
    if governor is not None and noun.dep in {"dobj", "pobj", "attr"}:
        inherit(
            predicate,
            "subj",
            governor.roles.get("subj", []),
            f"understood from '{view.parsed.words[governor.i].text}':",
        )
