"""Event nouns and states as predicates: "the rebels' attack on the post", "launched an attack", "three men dead"."""

from truceline.reading.roles import ClauseView, Filler, Predicate, Support, add_phrase, add_role, clause_role, inherit
from truceline.reading.verbs import is_complementiser
from truceline.reading.words import ParsedText, Word


def hyphenated(parsed: ParsedText, word: Word, support: Support) -> tuple[Word, str] | None:
    """The head and the lemma of an event noun of three tokens that begins at ``word``: "build", "-", "up"."""
    words = parsed.words
    if word.i + 2 >= len(words) or words[word.i + 1].text != "-":
        return None
    last = words[word.i + 2]
    lemma = f"{word.lower}-{last.lemma}"
    return (last, lemma) if lemma in support.hyphenated else None


def in_event_phrase(parsed: ParsedText, word: Word, support: Support) -> bool:
    """Whether a noun is the head of an event noun of several words ("border crossing", "act of aggression")."""
    for phrase in support.event_phrases.get(word.lemma, ()):
        at = word.i - len(phrase) + 1
        if at >= 0 and all(
            form in {parsed.words[at + n].lemma, parsed.words[at + n].lower} for n, form in enumerate(phrase[:-1])
        ):
            return True
    following = parsed.words[word.i + 1 : word.i + 3]
    phrases = (
        support.event_phrases.get(following[1].lemma, ()) if len(following) == 2 and following[0].lower == "of" else ()
    )
    return any(phrase[0] == word.lemma and len(phrase) == 3 for phrase in phrases)


def noun_predicate(view: ClauseView, word: Word, lemma: str, support: Support) -> Predicate:
    """An event noun with its possessor, modifiers and phrases, and what a light verb lends it."""
    parsed = view.parsed
    predicate = Predicate(word.i, lemma, "n")
    for c in word.children:
        child = parsed.words[c]
        if child.dep == "poss":
            add_role(predicate, "poss", child, "possessive")
        elif child.dep in {"amod", "compound", "nmod"}:
            add_role(predicate, "mod", child, child.dep)
        elif child.dep in {"prep", "agent"}:
            add_phrase(parsed, predicate, child)
            _further_phrases(parsed, predicate, child)
            _strayed_clause(parsed, predicate, child)
        elif (
            child.dep == "acl"
            and child.i in view.predicates
            and child.tag == "VBN"
            and not _follows_that(parsed, child)
        ):
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
                add_phrase(parsed, predicate, below, f"{phrase.lower} + noun, ")


def _strayed_clause(parsed: ParsedText, predicate: Predicate, phrase: Word) -> None:
    """ "The claim of the army that rebels shelled a post": the parser hangs the clause on the army, where it lacks nothing."""
    for c in phrase.children:
        for g in parsed.words[c].children if parsed.words[c].dep == "pobj" else ():
            clause = parsed.words[g]
            if clause.dep not in {"relcl", "acl"} or not _follows_that(parsed, clause):
                continue
            if any(parsed.words[h].dep in {"nsubj", "nsubjpass"} for h in clause.children):
                add_role(predicate, "clause", clause, f"hung on '{parsed.words[c].text}'")


def _follows_that(parsed: ParsedText, child: Word) -> bool:
    opening = parsed.words[min(parsed.subtree(child.i))]
    return is_complementiser(parsed, opening) or any(is_complementiser(parsed, parsed.words[c]) for c in child.children)


def _noun_clause(parsed: ParsedText, predicate: Predicate, child: Word) -> None:
    """ "the claim that …", "a threat to …"; not a relative clause, nor a participle that only says more."""
    role = clause_role(parsed, child)
    that = _follows_that(parsed, child)
    if (role == "inf" and child.dep != "relcl") or that:
        add_role(predicate, "inf" if role == "inf" else "clause", child, child.dep)


def _lean_on_verb(view: ClauseView, predicate: Predicate, word: Word, support: Support) -> None:
    """A noun in a light-verb construction takes over the verb's subject, phrases, negation, modality and tense."""
    word, head, preposition = _carrier(view, word, support)
    verb = view.predicates.get(head.i)
    if verb is None or verb.kind != "v":
        return
    particle = f" {verb.particle}" if verb.particle else ""
    way = support.light_verbs.get(verb.lemma + particle + preposition)
    if way is None and verb.lemma in support.possession and predicate.lemma in support.harms:
        way = "patient"  # "we have losses"
    if way is None and preposition in {" in", " with", " by", " through"}:
        predicate.roles["host"] = list(verb.roles.get("subj", []))
    if way == "harm":
        harmed = verb.roles.get("obj" if verb.passive else "subj", [])
        did_it = verb.first("obj") is not None and not verb.passive
        inherit(predicate, "lv" if did_it else "lv-obj", harmed, f"subject of '{head.text}',")
        return
    happens = word.dep in {"nsubj", "nsubjpass"} and verb.lemma + particle in support.event_verbs
    if word.dep == "nsubj" and verb.first("obj") is not None:
        happens = False  # "the arrival of the observers ended the siege": the siege ended, they arrived
    is_object = (
        word.dep in {"dobj", "nsubjpass"}
        or bool(preposition)
        or any(f.head == word.i for f in verb.roles.get("obj", ()))
    )
    if happens or (way is not None and is_object):
        _take_over(predicate, verb, head, "" if happens else way or "", preposition)


def _carrier(view: ClauseView, word: Word, support: Support) -> tuple[Word, Word, str]:
    """The noun whose place in the clause counts, the word above it, and the preposition between them."""
    words = view.parsed.words
    head = words[word.head]
    while word.dep == "conj" and head.i != word.i:
        word, head = head, words[head.head]
    preposition = ""
    if word.dep == "pobj":
        preposition, head = f" {head.lower}", words[head.head]
    if preposition == " of" and head.dep in {"dobj", "nsubjpass"} and head.lemma not in support.event_nouns:
        word, preposition, head = head, "", words[head.head]  # "launched a series of attacks"
    if preposition and head.pos == "NOUN" and head.dep == "dobj":  # "marked its victory with a parade"
        head = words[head.head]
    return word, head, preposition


def _take_over(predicate: Predicate, verb: Predicate, head: Word, way: str, preposition: str) -> None:
    predicate.support = verb.i
    predicate.negation = predicate.negation if predicate.negation is not None else verb.negation
    predicate.modal, predicate.tense, predicate.mark = verb.modal, verb.tense, verb.mark
    if way:
        subject = verb.roles.get("subj", [])
        inherit(predicate, "lv" if way == "agent" else "lv-obj", subject, f"subject of '{head.text}',")
    if way == "patient" and "by" in verb.roles:
        inherit(predicate, "by", verb.roles["by"], f"phrase of '{head.text}',")
    for role in ("on", "against", "at", "from", "in", "into", "with", "near", "between", "by", "for"):
        if role in verb.roles and not preposition.endswith(f" {role}"):
            inherit(predicate, role, verb.roles[role], f"phrase of '{head.text}',")


def state_predicate(view: ClauseView, word: Word) -> Predicate:
    """An adjective, adverb or noun used as a predicate ("dead", "missing"): ``subj`` is what it is said of."""
    parsed = view.parsed
    predicate = Predicate(word.i, word.lower, "a")
    head = parsed.words[word.head]
    for c in word.children:
        if parsed.words[c].dep in {"prep", "agent"}:
            add_phrase(parsed, predicate, parsed.words[c])
    verb = view.predicates.get(head.i)
    if word.dep in {"amod", "acl"} and head.pos in {"NOUN", "PROPN"}:
        add_role(predicate, "subj", head, f"{word.dep} of")
    elif verb is not None and word.dep in {"acomp", "attr", "oprd", "advmod", "ccomp", "xcomp"}:
        role = "obj" if verb.first("obj") and verb.lemma != "be" else "subj"
        inherit(predicate, "subj", verb.roles.get(role, []), f"said of {role} of '{head.text}',")
        predicate.negation, predicate.modal, predicate.tense = verb.negation, verb.modal, verb.tense
        predicate.support = verb.i
    return predicate
