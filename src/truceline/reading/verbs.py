"""Verbs as predicates: what stands in a verb's own clause, passives turned, particles, negation, tense and modals."""

from truceline.reading.roles import Predicate, Support, add_phrase, add_role, clause_role
from truceline.reading.words import ParsedText, Word

_PLAIN_ROLES = {
    "nsubj": ("subj", ""), "csubj": ("subj", ""), "nsubjpass": ("obj", "passive "), "csubjpass": ("obj", "passive "),
    "dobj": ("obj", ""), "obj": ("obj", ""), "attr": ("attr", ""), "acomp": ("attr", ""), "oprd": ("attr", ""),
}  # fmt: skip
"""Relation of the parse -> role, and what to say of it in the path."""

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


def is_verb(word: Word) -> bool:
    """Whether a word is a verb that is a predicate: no auxiliary, no adjective in -ing."""
    if word.pos not in _VERBAL or word.dep in {"aux", "auxpass"} or (word.dep == "amod" and word.tag == "VBG"):
        return False
    return word.dep in _CLAUSAL or word.pos == "VERB"


def verb_predicate(parsed: ParsedText, word: Word, support: Support) -> Predicate:
    """A verb with what stands in its own clause."""
    predicate = Predicate(word.i, _verb_lemma(parsed, word, support), "v")
    children = [parsed.words[c] for c in word.children]
    predicate.passive = _is_passive(word, children)
    predicate.tense, predicate.modal = _tense(word, children, support)
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


def _tense(word: Word, children: list[Word], support: Support) -> tuple[str | None, str | None]:
    modal = next((child.lower for child in children if child.dep == "aux" and child.tag == "MD"), None)
    if modal in support.future_modals:
        return "future", "will"
    if modal:
        return None, support.modal_forms.get(modal, modal)
    forms = [word.tag, *(child.tag for child in children if child.dep in {"aux", "auxpass"})]
    if "VBD" in forms:
        return "past", None
    if any(form in {"VBZ", "VBP"} for form in forms):
        perfect = any(child.lemma == "have" for child in children if child.dep == "aux")
        return ("past" if perfect else "present"), None
    return None, None


def _verb_child(parsed: ParsedText, predicate: Predicate, child: Word, support: Support) -> None:
    dep = child.dep
    if dep in _PLAIN_ROLES and is_complementiser(parsed, child):
        predicate.mark = child.lower
    elif dep in _PLAIN_ROLES:
        role, path = _PLAIN_ROLES[dep]
        if dep == "nsubjpass" and _has_object(parsed, predicate):
            role = "iobj"  # "monitors were denied access": whoever it was denied to has become the subject
        add_role(predicate, role, child, path + dep)
    elif dep in {"ccomp", "xcomp"}:
        add_role(predicate, clause_role(parsed, child), child, dep)
    elif dep == "advcl" and child.tag == "VB" and predicate.lemma in support.phrase_control:
        add_role(predicate, "inf", child, dep)  # "appealed to both sides to stop": what they are to do, not what for
    elif dep in {"prep", "agent", "dative"}:
        add_phrase(parsed, predicate, child)
    elif dep == "neg" or (dep in {"advmod", "cc", "preconj", "det"} and child.lower in support.negators):
        predicate.negation = child.i
    elif dep in {"advmod", "npadvmod"}:
        add_role(predicate, "adv", child, dep)
    else:
        _mark(predicate, child)


def _has_object(parsed: ParsedText, predicate: Predicate) -> bool:
    return any(parsed.words[c].dep == "dobj" for c in parsed.words[predicate.i].children)


def is_complementiser(parsed: ParsedText, word: Word) -> bool:
    """Whether "that" only opens a clause: by its tag, or because the place where the parser put it is taken."""
    if word.lower != "that":
        return False
    siblings = (parsed.words[c] for c in parsed.words[word.head].children)
    taken = word.dep in {"dobj", "pobj"} and any(s.dep == word.dep and s.i > word.i for s in siblings)
    return taken or word.dep == "mark" or (word.tag == "IN" and word.dep in _PLAIN_ROLES)


def _mark(predicate: Predicate, child: Word) -> None:
    """Particles and subordinators."""
    if child.dep == "prt":
        predicate.particle = child.lower
    elif child.dep == "mark":
        predicate.mark = child.lower
    elif child.dep == "aux" and child.tag == "TO":
        predicate.mark = "to"
