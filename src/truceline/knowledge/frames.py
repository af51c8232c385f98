"""The frame lexicon: which words report, which words name an act, and how each realises its roles."""

from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from pydantic import model_validator

from truceline.errors import KnowledgeError
from truceline.knowledge.loading import Entry, Source, load_yaml, validate
from truceline.model.claim import Modality

Roles = tuple[str, ...]


class Pattern(Entry):
    """How a kind of word realises its roles: role of the act -> roles of the clause view, in order of preference."""

    agent: Roles = ()
    patient: Roles = ()
    place: Roles = ()
    instrument: Roles = ()
    mutual: bool = False  # agent and patient are both sides of one role ("clashes between A and B")


class TriggerGroup(Entry):
    """Words of one act that share a pattern. Each word comes with an example: ``[agent] … {patient}``."""

    act: str
    roles: str
    when: dict[str, Roles] = {}  # role of the view -> sorts its filler must have, where it is filled
    needs: Roles = ()  # roles of the view of which at least one must be filled
    unless: dict[str, Roles] = {}  # role of the view -> sorts its filler must not have
    negated: Literal["required", "refused", "any"] = "any"
    background: bool = False
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    states: dict[str, str] = {}

    @model_validator(mode="after")
    def _has_words(self) -> "TriggerGroup":
        if not (self.verbs or self.nouns or self.states):
            raise ValueError("names no verbs, nouns or states")
        return self


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


class CueClass(Entry):
    """Words that report in one way.

    ``content`` lists alternatives in order of preference; an alternative of several roles joined by ``+`` takes them together
    ("obj+as": *described the deal as a surrender*). ``accused`` is the role whose filler did what the content names.
    """

    meaning: str
    speaker: Roles = ("subj",)
    speaker_is: Roles = ()  # sorts a speaker must have; empty: anything
    content: Roles = ()
    bare: bool = False  # reports even without content ("condemned", "apologised")
    accused: Roles = ()
    modality: Modality = Modality.ASSERTED
    negated: Modality | None = None  # the modality when the cue is negated ("did not say whether")
    act: str | None = None  # what is claimed when the content names no act
    mutual: bool = False
    thought: bool = False  # belief, wish or attitude rather than speech
    words: dict[Literal["verbs", "nouns", "adverbs", "prepositions", "adjectives"], tuple[str, ...]]


class Cues(Entry):
    """``data/frames/cues.yaml``."""

    source: str
    classes: dict[str, CueClass]


class SupportWords(Entry):
    """``data/frames/support.yaml``: words that carry or change other predicates."""

    source: str
    light_verbs: dict[Literal["agent", "patient"], tuple[str, ...]]
    object_control: tuple[str, ...]
    negators: tuple[str, ...]
    operators: dict[Modality, dict[Literal["verbs", "nouns", "adjectives"], tuple[str, ...]]]
    conditional_marks: tuple[str, ...]
    purpose_marks: tuple[str, ...]
    sorts: dict[str, tuple[str, ...]]
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
        return cls(*(_merged(schema, list(files[name])) for name, schema in _FILES.items()))  # type: ignore[arg-type]

    def check_acts(self, known: Iterable[str]) -> None:
        """Raise KnowledgeError where a trigger or cue names an act that the vocabulary lacks."""
        acts = set(known)
        named = [(f"triggers: {g.act}", g.act) for g in self.triggers.groups]
        named += [(f"cues › {name}", c.act) for name, c in self.cues.classes.items() if c.act]
        for where, act in named:
            if act not in acts:
                raise KnowledgeError(f"frames/{where}: no act is called {act!r}; see data/acts.yaml")

    @cached_property
    def verb_triggers(self) -> dict[str, tuple[TriggerGroup, ...]]:
        """Verb lemma (with its particle) -> groups, in file order."""
        return self._index("verbs")

    @cached_property
    def noun_triggers(self) -> dict[str, tuple[TriggerGroup, ...]]:
        """Noun lemma -> groups."""
        return self._index("nouns")

    @cached_property
    def state_triggers(self) -> dict[str, tuple[TriggerGroup, ...]]:
        """Adjective, adverb or noun used as a predicate -> groups."""
        return self._index("states")

    @cached_property
    def place_acts(self) -> frozenset[str]:
        """Acts with a frame whose object may be a place ("seized X", "shelled X")."""
        return frozenset(group.act for group in self.triggers.groups if "place" in group.when.get("obj", ()) or "place" in group.when.get("of", ()))

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

    def _index(self, kind: str) -> dict[str, tuple[TriggerGroup, ...]]:
        index: dict[str, tuple[TriggerGroup, ...]] = {}
        for group in self.triggers.groups:
            for word in getattr(group, kind):
                index[word] = (*index.get(word, ()), group)
        return index


_FILES: dict[str, type[Entry]] = {"triggers": Triggers, "cues": Cues, "support": SupportWords}


def _merged(schema: type[Entry], sources: list[Source]) -> Entry:
    """All files of one kind as one: lists are joined, maps are merged, a later single value replaces an earlier one."""
    if not sources:
        raise KnowledgeError(f"no data file for {schema.__name__.lower()}; the installation is incomplete")
    values = [load_yaml(source) for source in sources]
    merged: object = values[0]
    for source, value in zip(sources[1:], values[1:], strict=True):
        merged = _join(merged, value, source)
    return validate(sources[-1], schema, merged)


def _join(old: object, new: object, source: Source) -> object:
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: _join(old[key], value, source) if key in old else value for key, value in new.items()}}
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *new]
    if type(old) is not type(new):
        raise KnowledgeError(f"{source}: a {type(new).__name__} stands where the shipped file has a {type(old).__name__}")
    return new


__all__ = ["CueClass", "Cues", "FrameLexicon", "Pattern", "SupportWords", "TriggerGroup", "Triggers"]
