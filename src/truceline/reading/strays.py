"""Fillers that the parser hung on another word than the cue they belong to."""

from truceline.reading.view import ClauseView, Filler, Predicate


def meant(view: ClauseView, filler: Filler) -> int:
    """The word that names what is meant: of "the raid on Tawila, which …" the raid, though "which" stands beside Tawila."""
    if filler.literal is None or filler.head in view.predicates:
        return filler.head
    for i in view.parsed.ancestors(filler.head):
        if view.parsed.words[i].pos not in {"NOUN", "PROPN", "ADP"}:
            break
        if i in view.predicates:
            return i
    return filler.head


def elsewhere(
    view: ClauseView, predicate: Predicate, role: str, at: tuple[int, ...], preposition: str | None
) -> list[Filler]:
    """A role's filler where the parser hung it on another word."""
    if role == "as":
        return _as_of_object(view, predicate)
    if role == "clause":
        return (
            _clause_of(view, at[-1])
            if len(at) > 1
            else _clause_after(view, predicate) or _clause_below(view, predicate)
        )
    if role == "for-clause":
        return [Filler(c, "for-clause") for c in for_clauses(view, predicate)]
    below = preposition if role == "obj" else role
    if below and len(at) > 1:
        return [
            Filler(c, f"'{below}'-phrase of the cue") for c in objects_below(view, at[-1], below.removesuffix("-ing"))
        ]
    return []


def for_clauses(view: ClauseView, predicate: Predicate) -> list[int]:
    """ "Called for everyone to leave": clauses with a subject after "for"."""
    words = view.parsed.words
    below = (c for c in words[predicate.i].children if words[c].dep in {"advcl", "ccomp", "xcomp"})
    return [c for c in below if any(words[g].dep == "mark" and words[g].lower == "for" for g in words[c].children)]


def objects_below(view: ClauseView, i: int, preposition: str) -> list[int]:
    """Objects of a preposition that hangs on a particle ("pushed back against the plan")."""
    words = view.parsed.words
    below = (c for c in words[i].children if words[c].dep == "prep" and words[c].lower == preposition)
    return [g for c in below for g in words[c].children if words[g].dep in {"pobj", "pcomp"}]


def _clause_after(view: ClauseView, predicate: Predicate) -> list[Filler]:
    """ "A witness said the head instructed them, the report said": the clause right after a reporting clause is its own."""
    word = view.parsed.words[predicate.i]
    outer = view.predicates.get(word.head)
    if word.dep != "ccomp" or outer is None or word.head == word.i:
        return []
    after = [
        f for f in outer.roles.get("clause", ()) if f.head > word.i and min(view.parsed.subtree(f.head)) == word.i + 1
    ]
    return [Filler(f.head, "clause right after the verb") for f in after[:1]]


def _clause_below(view: ClauseView, predicate: Predicate) -> list[Filler]:
    """ "Asked him if …" where the parser took the question for a condition; "said for the first time that …", hung on the time."""
    words = view.parsed.words
    objects = {c for c in words[predicate.i].children if c > predicate.i and words[c].dep in {"dobj", "dative"}}
    for c in words[predicate.i].children:
        marks = {words[g].lower for g in words[c].children if words[g].dep == "mark"}
        if c > predicate.i and words[c].dep == "advcl" and ("whether" in marks or ("if" in marks and objects)):
            return [Filler(c, "question after the object")]
        for g in words[c].children if words[c].dep == "prep" and c > predicate.i else ():
            found = _that_clause(view, g)
            if found is not None:
                return [Filler(found, f"clause hung on '{words[g].text}'")]
    return []


def _that_clause(view: ClauseView, noun: int) -> int | None:
    """A whole clause after "that" below a noun or below the nouns of its phrases ("during a visit to the front that …")."""
    words = view.parsed.words
    for c in words[noun].children:
        if words[c].dep in {"relcl", "acl", "ccomp"}:
            first = words[min(view.parsed.subtree(c))]
            if first.lower == "that" and first.dep in {"mark", "advmod"}:
                return c
        if words[c].dep == "prep":
            for g in words[c].children:
                found = _that_clause(view, g) if words[g].dep == "pobj" else None
                if found is not None:
                    return found
    return None


def _as_of_object(view: ClauseView, predicate: Predicate) -> list[Filler]:
    """ "Described the deal as a surrender" where the parser hung the "as" on the deal."""
    words = view.parsed.words
    for filler in predicate.roles.get("obj", ()):
        for c in words[filler.head].children:
            if words[c].dep == "prep" and words[c].lower == "as" and words[c].children:
                return [Filler(words[c].children[0], "as-phrase of the object")]
            if words[c].dep == "advcl" and any(
                words[g].dep == "mark" and words[g].lower == "as" for g in words[c].children
            ):
                return [Filler(c, "as-phrase of the object")]
    return []


def _clause_of(view: ClauseView, i: int) -> list[Filler]:
    """The clause that hangs on the second word of a cue ("made it clear that …")."""
    words = view.parsed.words
    for c in words[i].children:
        marked = any(words[g].dep == "mark" and words[g].lower == "that" for g in words[c].children)
        if words[c].dep == "ccomp" or (words[c].dep == "advcl" and marked):
            return [Filler(c, f"clause of '{words[i].text}'")]
    return []
