"""Speakers: whose words a predicate reports, from its subject or from the clause that it leans on."""

from truceline.knowledge.frames import CueClass
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Filler, Predicate
from truceline.reading.words import ParsedText

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_LEANING = frozenset({"xcomp", "advcl", "conj", "ccomp", "pcomp", "dep"})
_NEVER_HOLD = frozenset({"deed", "time", "weapon", "harm", "money", "situation", "document", "territory"})


def speakers_of(view: ClauseView, predicate: Predicate, cue_class: CueClass) -> tuple[Filler, ...]:
    """The speakers of a verb; none for classes that name nobody ("it seems")."""
    if not cue_class.speaker:
        return ()
    found = predicate.roles.get("subj", [])
    if found and found[0].path.startswith("participle of"):
        found = _author(view, found[0]) or found
    if not found and predicate.passive and _is_has(view, predicate):
        found = predicate.roles.get("obj", [])
    if not found and not predicate.passive:
        found = _abutting(view, predicate) or _leaned_on(view, predicate)
    return with_coordinated(view.parsed, found)


def negator_of(view: ClauseView, predicate: Predicate, paired: frozenset[str]) -> int | None:
    """What negates a verb that reports: its own negation, or that of its subject ("neither A nor B said")."""
    if predicate.negation is not None or predicate.kind != "v" or predicate.passive:
        return predicate.negation
    words = view.parsed.words
    for filler in predicate.roles.get("subj", ()):
        word = words[filler.head]
        found = [i for i in (word.i, *word.children) if words[i].lower in paired and filler.literal is None]
        if found:
            return found[0]
    return None


def outside(
    view: ClauseView, predicate: Predicate, speakers: tuple[Filler, ...], content: set[int]
) -> tuple[Filler, ...]:
    """Speakers that do not stand in their own words: where the parser took one from there, the phrase beside the verb."""
    if not speakers or not any(s.head in content and s.literal is None for s in speakers):
        return speakers
    kept = tuple(s for s in speakers if s.head not in content)
    return (
        kept
        or tuple(f for f in (*_abutting(view, predicate), *_following(view, predicate)) if f.head not in content)[:1]
    )


def with_coordinated(parsed: ParsedText, fillers: list[Filler]) -> tuple[Filler, ...]:
    """The first filler, and those coordinated with it."""
    found = list(fillers[:1])
    for filler in found:
        if filler.literal is None:
            found.extend(
                Filler(c, f"coordinated with {filler.path}")
                for c in parsed.words[filler.head].children
                if parsed.words[c].dep == "conj" and parsed.words[c].pos in _NOMINAL
            )
    return tuple(found)


def can_hold(
    view: ClauseView,
    speakers: tuple[Filler, ...],
    wanted: tuple[str, ...],
    sorter: Sorter,
    documents: frozenset[str],
    expletives: frozenset[str],
) -> bool:
    """Whether one of the wanted stands there: an actor (a person or body, not an empty "it"), or a document."""
    if not speakers:
        return False
    word = view.parsed.words[speakers[0].head]
    if "document" in wanted and word.lemma in documents:
        return True
    if "truce" in wanted and "truce" in sorter.of(word):
        return True
    if "actor" not in wanted or word.lower in expletives:
        return False
    return sorter.is_actor(view, speakers[0]) or not sorter.of_filler(view, speakers[0]) & _NEVER_HOLD


def _author(view: ClauseView, document: Filler) -> list[Filler]:
    """ "Issued a statement saying …": whoever issued it."""
    word = view.parsed.words[document.head]
    verb = view.predicates.get(word.head)
    if verb is None or word.dep != "dobj" or verb.kind != "v" or verb.passive:
        return []
    return [
        Filler(f.head, f"subject of '{view.parsed.words[verb.i].text}'", f.literal)
        for f in verb.roles.get("subj", [])[:1]
    ]


def _is_has(view: ClauseView, predicate: Predicate) -> bool:
    """ "He's said that …" is no passive, though the parser takes it for one."""
    words = view.parsed.words
    contracted = any(words[c].dep == "auxpass" and words[c].lower in {"'s", "’s"} for c in words[predicate.i].children)
    return contracted and predicate.first("clause") is not None


def _abutting(view: ClauseView, predicate: Predicate) -> list[Filler]:
    """The noun phrase right before a finite verb that the parser left without its subject."""
    words = view.parsed.words
    word = words[predicate.i]
    parts = [
        c
        for c in word.children
        if words[c].dep in {"aux", "neg", "advmod"} and c < word.i and words[c].pos in {"AUX", "ADV", "PART"}
    ]
    finite = word.tag in {"VBD", "VBZ", "VBP"} or any(words[c].tag in {"VBD", "VBZ", "VBP", "MD"} for c in parts)
    i = min([word.i, *parts]) - 1
    first = view.parsed.sentences[word.sentence].first
    if not finite or word.dep == "conj":
        return []
    while i > first and words[i].text == ",":
        i -= 1
    if i < first or words[i].pos not in _NOMINAL | {"ADP"} or words[i].tag in {"WDT", "WP"}:
        return []
    return [Filler(_top(view.parsed, i, word.i), "noun phrase before the verb")]


def _following(view: ClauseView, predicate: Predicate) -> list[Filler]:
    """The noun phrase right after an inverted verb ("…," said Governor Ali)."""
    words = view.parsed.words
    last = view.parsed.sentences[words[predicate.i].sentence].last
    i, head = predicate.i + 1, None
    while i < last and (words[i].pos in _NOMINAL or (head is None and words[i].pos in {"DET", "ADJ", "NUM"})):
        head = i if words[i].pos in _NOMINAL else head
        i += 1
    return [Filler(head, "noun phrase after the verb")] if head is not None else []


def _top(parsed: ParsedText, i: int, verb: int) -> int:
    """The head of the phrase that ends with word ``i``, climbing as long as it stays one phrase before the verb."""
    words = parsed.words
    while words[i].dep in {"compound", "pobj", "prep", "conj", "flat", "relcl", "attr", "acl"} and words[i].head < verb:
        head = words[i].head
        if any(words[j].text == "," for j in range(head, i)):
            break
        if (
            head == i
            or words[head].pos not in _NOMINAL | {"ADP"}
            or (words[head].pos == "ADP" and words[words[head].head].pos not in _NOMINAL)
        ):
            break
        i = head
    return i


def _leaned_on(view: ClauseView, predicate: Predicate) -> list[Filler]:
    """The subject of the clause that a participle or infinitive without its own belongs to."""
    word = view.parsed.words[predicate.i]
    while word.dep in _LEANING and word.head != word.i:
        word = view.parsed.words[word.head]
        above = view.predicates.get(word.i)
        if above is not None and above.kind == "v":
            role = "obj" if above.passive else "subj"
            if above.roles.get(role):
                filler = above.roles[role][0]
                return [Filler(filler.head, f"understood from '{word.text}': {filler.path}", filler.literal)]
    return []
