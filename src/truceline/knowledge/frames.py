"""The frame lexicon: which words report, which words name an act, and how each realises its roles."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal

from pydantic import model_validator

from truceline.errors import KnowledgeError
from truceline.knowledge.acts import Plover, PloverCategory
from truceline.knowledge.loading import Entry, Source, load_merged
from truceline.model.claim import Modality

Roles = tuple[str, ...]


class Pattern(Entry):
    """How a kind of word realises its roles: role of the act -> roles of the clause view, in order of preference."""

    agent: Roles = ()
    patient: Roles = ()
    place: Roles = ()
    instrument: Roles = ()
    mutual: bool = False  # agent and patient are both sides of one role ("clashes between A and B")


class FrameGroup(Entry):
    """Words of one meaning that share a pattern. Each word comes with an example: ``[agent] … {patient}``."""

    roles: str
    when: dict[str, Roles] = {}  # role of the view -> sorts its filler must have, where it is filled
    needs: Roles = ()  # roles of the view of which at least one must be filled
    unless: dict[str, Roles] = {}  # role of the view -> sorts its filler must not have
    negated: Literal["required", "refused", "any"] = "any"
    governed: Modality | None = (
        None  # only below a word that gives what it governs this modality ("urged him to resign")
    )
    background: bool = False  # where it is no part of a clause of its own, a bare mention ("since the war")
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    states: dict[str, str] = {}

    @model_validator(mode="after")
    def _has_words(self) -> "FrameGroup":
        if not (self.verbs or self.nouns or self.states):
            raise ValueError("names no verbs, nouns or states")
        return self

    @property
    def meaning(self) -> str:
        """What the words name."""
        raise NotImplementedError


class TriggerGroup(FrameGroup):
    """Words that name one act of the closed vocabulary."""

    act: str

    @property
    def meaning(self) -> str:
        """What the words name: the act."""
        return self.act


class PloverGroup(FrameGroup):
    """Words that name an event of PLOVER which the vocabulary of acts does not have."""

    event: PloverCategory
    mode: str | None = None

    @property
    def meaning(self) -> str:
        """What the words name: category and mode."""
        return f"{self.event} {self.mode}" if self.mode else self.event


class Triggers(Entry):
    """``data/frames/triggers.yaml``."""

    source: str
    patterns: dict[str, Pattern]
    groups: tuple[TriggerGroup, ...]

    @model_validator(mode="after")
    def _patterns_exist(self) -> "Triggers":
        for group in self.groups:
            if group.roles not in self.patterns:
                raise ValueError(f"act {group.act}: no pattern is called {group.roles!r}")
        return self


class PloverFrames(Entry):
    """``data/frames/plover.yaml``; patterns are those of ``triggers.yaml`` and its own."""

    source: str
    patterns: dict[str, Pattern] = {}
    groups: tuple[PloverGroup, ...]
    cues: dict[str, Plover]  # cue class -> what its speech act is


class FrameIndex:
    """Groups of words by the word, for verbs, nouns and states, each in file order."""

    def __init__(self, groups: Sequence[FrameGroup], patterns: Mapping[str, Pattern]) -> None:
        self.patterns = patterns
        self.groups = groups
        self.verbs = _by_word((word, group) for group in groups for word in group.verbs)
        self.nouns = _by_word((word, group) for group in groups for word in group.nouns)
        self.states = _by_word((word, group) for group in groups for word in group.states)
        for group in groups:
            if group.roles not in patterns:
                raise KnowledgeError(
                    f"frames: no pattern is called {group.roles!r}; see the patterns of frames/triggers.yaml"
                )


def _by_word(pairs: Iterable[tuple[str, FrameGroup]]) -> dict[str, tuple[FrameGroup, ...]]:
    index: dict[str, tuple[FrameGroup, ...]] = {}
    for word, group in pairs:
        index[word] = (*index.get(word, ()), group)
    return index


class CueClass(Entry):
    """Words that report in one way.

    ``content`` lists alternatives in order of preference; an alternative of several roles joined by ``+`` takes them together
    ("obj+as": *described the deal as a surrender*). ``accused`` is the role whose filler did what the content names.
    """

    meaning: str
    speaker: Roles = ("subj",)
    speaker_is: Roles = ()  # sorts a speaker must have; empty: anything
    content: Roles = ()
    noun_content: Roles = ("clause", "of-ing", "inf", "of", "about", "over")  # the same for its nouns
    bare: bool = False  # reports even without content ("condemned", "apologised")
    accused: Roles = ()
    modality: Modality = Modality.ASSERTED
    negated: Modality | None = None  # the modality when the cue is negated ("did not say whether")
    act: str | None = None  # what is claimed when the content names no act
    mutual: bool = False
    thought: bool = False  # plans, wishes, seeming: the subject is not the speaker of a claim
    speech: bool = False  # words really said or written, so that it counts within another's words too
    words: dict[
        Literal["verbs", "nouns", "adverbs", "prepositions", "adjectives", "stances", "attributes"], tuple[str, ...]
    ]


class Closed(Entry):
    """Words of closed classes that the grammar asks for by name; each set is told in ``cues.yaml``."""

    source: str
    demanding_modals: frozenset[str]
    weak_modals: frozenset[str]
    future_modals: frozenset[str]
    modal_forms: dict[str, str]
    indefinite: frozenset[str]
    taking_up: frozenset[str]
    expletives: frozenset[str]
    paired_negators: frozenset[str]
    the_other: frozenset[str]
    continuing_marks: frozenset[str]
    future_marks: frozenset[str]
    authoring: frozenset[str]
    possession: frozenset[str]
    naming_nouns: frozenset[str]
    seeking_verbs: frozenset[str]
    presupposing_verbs: frozenset[str]
    ending_verbs: frozenset[str]


class Verdicts(Entry):
    """Words by which what somebody says is called untrue."""

    source: str
    untrue: frozenset[str]
    upheld: frozenset[str]
    matching_verbs: frozenset[str]
    lacking_verbs: frozenset[str]
    having_verbs: frozenset[str]
    grounds: frozenset[str]
    calling_verbs: frozenset[str]
    distancing: frozenset[str]
    reality: frozenset[str]


class Cues(Entry):
    """``data/frames/cues.yaml``."""

    source: str
    closed: Closed
    verdicts: Verdicts
    carriers: tuple[str, ...] = ()  # verbs that only carry a noun that reports ("made a claim")
    documents: tuple[str, ...] = ()  # nouns for what is written or measured, that can speak ("the poll shows")
    bridges: tuple[str, ...] = ()  # verbs that only say how the saying goes ("went on to say")
    copulas: tuple[str, ...] = ()  # verbs that only carry an adjective ("is confident")
    classes: dict[str, CueClass]


class SupportWords(Entry):
    """``data/frames/support.yaml``: words that carry or change other predicates."""

    source: str
    light_verbs: dict[Literal["agent", "patient", "harm"], tuple[str, ...]]
    event_verbs: frozenset[str]
    object_control: tuple[str, ...]
    phrase_control: dict[str, tuple[str, ...]]
    negators: tuple[str, ...]
    operators: dict[Modality, dict[Literal["verbs", "nouns", "adjectives"], tuple[str, ...]]]
    conditional_marks: tuple[str, ...]
    purpose_marks: tuple[str, ...]
    sorts: dict[str, tuple[str, ...]]
    pronouns: dict[Literal["first", "personal", "plural", "neuter"], frozenset[str]]
    place_prepositions: dict[Literal["sure", "weak"], frozenset[str]]
    affirming_verbs: frozenset[str]
    answer_labels: frozenset[str]
    mutual_words: tuple[str, ...]


class FrameLexicon:
    """The lexicon with its look-ups; made once, read-only."""

    def __init__(self, triggers: Triggers, cues: Cues, support: SupportWords) -> None:
        self.triggers = triggers
        self.cues = cues
        self.support = support

    @classmethod
    def load(cls, files: dict[str, Iterable[Source]]) -> "FrameLexicon":
        """Load from ``{"triggers": [files], "cues": [files], "support": [files]}``; later files add to earlier ones.

        Raises:
            KnowledgeError: A file is broken; names file and entry.
        """
        triggers = load_merged(list(files["triggers"]), Triggers)
        return cls(triggers, load_merged(list(files["cues"]), Cues), load_merged(list(files["support"]), SupportWords))

    def check_acts(self, known: Iterable[str]) -> None:
        """Raise KnowledgeError where a trigger or cue names an act that the vocabulary lacks."""
        acts = set(known)
        named = [(f"triggers.yaml: entry {g.act}", g.act) for g in self.triggers.groups]
        named += [(f"cues.yaml: entry {name}", c.act) for name, c in self.cues.classes.items() if c.act]
        for where, act in named:
            if act not in acts:
                raise KnowledgeError(f"frames/{where}: no act is called {act!r}; acts.yaml lists those there are")

    @cached_property
    def acts(self) -> FrameIndex:
        """The triggers of acts by their words."""
        return FrameIndex(self.triggers.groups, self.triggers.patterns)

    def events(self, frames: PloverFrames) -> FrameIndex:
        """The frames of PLOVER's further events by their words, with the patterns of the triggers."""
        return FrameIndex(frames.groups, {**self.triggers.patterns, **frames.patterns})

    @cached_property
    def plain_words(self) -> frozenset[str]:
        """All words of the lexicon in their base forms; none of them is a name."""
        keys = [key for group in self.triggers.groups for key in (*group.verbs, *group.nouns, *group.states)]
        keys += [word for kinds in self.cue_index.values() for word in kinds]
        keys += [word for words in self.support.sorts.values() for word in words]
        keys += [word for words in self.support.place_prepositions.values() for word in words]
        return frozenset(part for key in keys for part in re.split(r"[ +]", key))

    @cached_property
    def place_acts(self) -> frozenset[str]:
        """Acts with a frame whose object may be a place ("seized X", "shelled X")."""
        return frozenset(
            group.act
            for group in self.triggers.groups
            if "place" in group.when.get("obj", ()) or "place" in group.when.get("of", ())
        )

    @cached_property
    def cue_index(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Kind of word -> word -> names of cue classes, in file order."""
        index: dict[str, dict[str, tuple[str, ...]]] = {}
        for name, cue_class in self.cues.classes.items():
            for kind, words in cue_class.words.items():
                for word in words:
                    by_word = index.setdefault(kind, {})
                    by_word[word] = (*by_word.get(word, ()), name)
        return index

    @cached_property
    def sorts(self) -> dict[str, frozenset[str]]:
        """Noun lemma -> sorts."""
        index: dict[str, set[str]] = {}
        for sort, words in self.support.sorts.items():
            for word in words:
                index.setdefault(word, set()).add(sort)
        return {word: frozenset(names) for word, names in index.items()}

    @cached_property
    def operators(self) -> dict[tuple[str, str], Modality]:
        """(kind, lemma) -> modality that it gives to what it governs."""
        return {
            (kind, word): modality
            for modality, kinds in self.support.operators.items()
            for kind, words in kinds.items()
            for word in words
        }


def load_plover_frames(sources: Iterable[Source]) -> PloverFrames:
    """Load ``frames/plover.yaml``, shipped and extra."""
    return load_merged(list(sources), PloverFrames)


__all__ = [
    "CueClass", "Cues", "FrameGroup", "FrameIndex", "FrameLexicon", "Pattern", "PloverFrames", "PloverGroup", "SupportWords",
    "TriggerGroup", "Triggers", "load_plover_frames",
]  # fmt: skip
