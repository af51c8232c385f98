"""How the clause view and the lexicon meet: what the view needs to know of the words, and how a predicate is looked up."""

from collections.abc import Iterator

from truceline.knowledge.frames import FrameIndex, FrameLexicon
from truceline.reading.roles import ClauseView, Predicate, Support

_NOT_PREPOSITIONS = frozenset(
    {"subj", "obj", "iobj", "clause", "inf", "ing", "attr", "adv", "poss", "mod", "lv", "lv-obj", "host"}
)
_LONGEST_NOUN = 5  # tokens of the longest event noun ("general state of alert")

Key = tuple[str, str | None, tuple[int, ...]]
"""A word of the lexicon, the preposition that is part of it, and the words of the text it stands at."""


def support_of(lexicon: FrameLexicon, *further: FrameIndex) -> Support:
    """What the clause view needs to know of the lexicon, and of further frames to be matched against the view."""
    frames = (lexicon.acts, *further)
    noun_keys = {key for index in frames for key in index.nouns}
    verb_keys = {key for index in frames for key in index.verbs}
    words = lexicon.support
    light = {verb: way for way, verbs in words.light_verbs.items() for verb in verbs}
    nouns = {key for key in noun_keys if " " not in key}
    phrases = [tuple(key.split()) for key in noun_keys if " " in key]
    nouns |= set(lexicon.cue_index.get("nouns", ()))
    nouns |= {key.split("+")[1] for key in verb_keys if "+" in key}
    verbs = {key.split("+")[0].split()[0] for key in (*verb_keys, *lexicon.cue_index.get("verbs", ()), *light)}
    verbs |= {word for kind, word in lexicon.operators if kind == "verbs"}
    return Support(
        event_nouns=frozenset(nouns),
        event_phrases={last: tuple(p for p in phrases if p[-1] == last) for last in {phrase[-1] for phrase in phrases}},
        verbs=frozenset(verbs),
        hyphenated=frozenset(noun for noun in nouns if "-" in noun),
        light_verbs=light,
        event_verbs=words.event_verbs,
        object_control=frozenset(words.object_control),
        phrase_control=words.phrase_control,
        negators=frozenset(words.negators),
        future_modals=lexicon.cues.closed.future_modals,
        modal_forms=lexicon.cues.closed.modal_forms,
        possession=lexicon.cues.closed.possession,
        harms=frozenset(words.sorts.get("harm", ())),
        states=frozenset(state for index in frames for state in index.states),
    )


def keys_of(view: ClauseView, predicate: Predicate) -> list[Key]:
    """The ways to look a predicate up, longest first."""
    if predicate.kind == "n":
        return list(_noun_keys(view, predicate))
    if predicate.kind == "a":
        return [(predicate.lemma, None, (predicate.i,))]
    bases: list[Key] = [(predicate.lemma, None, (predicate.i,))]
    if predicate.particle:
        words = view.parsed.words
        particle = next((c for c in words[predicate.i].children if words[c].dep == "prt"), predicate.i)
        bases.insert(0, (f"{predicate.lemma} {predicate.particle}", None, (predicate.i, particle)))
    return [*_longer_keys(view, predicate, bases), *bases]


def _longer_keys(view: ClauseView, predicate: Predicate, bases: list[Key]) -> Iterator[Key]:
    """A verb with its object, its preposition, both, or the word that completes it."""
    words = view.parsed.words
    for base, _, at in bases:
        for filler in predicate.roles.get("obj", ()):
            yield f"{base}+{words[filler.head].lemma}", None, (*at, filler.head)
    for role, fillers in predicate.roles.items():
        if role in _NOT_PREPOSITIONS:
            continue
        preposition = role.split("-")[0]
        for base, _, at in bases:
            for filler in fillers:
                yield f"{base} {preposition}+{words[filler.head].lemma}", None, (*at, filler.head)
            yield f"{base} {preposition}", preposition, at
    for role in ("adv", "attr"):
        for filler in predicate.roles.get(role, ()):
            yield f"{predicate.lemma} {words[filler.head].lower}", None, (predicate.i, filler.head)
    after = (
        predicate.i + 1
    )  # "set free two soldiers", "took prisoner six men": the parser has many names for the second word
    if after < len(words) and words[after].sentence == words[predicate.i].sentence:
        yield f"{predicate.lemma} {words[after].lower}", None, (predicate.i, after)


def _noun_keys(view: ClauseView, predicate: Predicate) -> Iterator[Key]:
    words = view.parsed.words
    for filler in predicate.roles.get("of", ()):
        yield f"{predicate.lemma} of {words[filler.head].lemma}", None, (predicate.i, filler.head)
    for first in range(max(0, predicate.i - _LONGEST_NOUN + 1), predicate.i):
        before = words[first : predicate.i]
        if before[0].sentence != words[predicate.i].sentence:
            continue
        for form in dict.fromkeys((" ".join(w.lemma for w in before), " ".join(w.lower for w in before))):
            yield f"{form} {predicate.lemma}".replace(" - ", "-"), None, tuple(range(first, predicate.i + 1))
    yield predicate.lemma, None, (predicate.i,)
