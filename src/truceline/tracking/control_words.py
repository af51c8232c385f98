"""The words that control of places is read by, from ``control.yaml``."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import Field

from truceline.knowledge import Knowledge
from truceline.knowledge.citing import CitingFile
from truceline.knowledge.loading import Entry, load_merged

Track = Literal["control", "presence", "surrounded", "road", "left"]
"""What is said of a place: whose it is, whose troops are there, who stands around it, who holds the way, who went away."""


class Effect(Entry):
    """What an act says of the place it is told of; the comments of the file say what each field is for."""

    act: str
    track: Track
    holder: Literal["agent", "patient", "receiver"]
    giver: Literal["agent"] | None = None
    lasting: bool = False
    denied: Literal["not", "presence", "nothing"]


class Called(Entry):
    """A noun for a place: its plural, and the kinds of place it may stand for."""

    several: str
    kinds: frozenset[str] = Field(min_length=1)


class ControlFile(CitingFile):
    """``control.yaml``."""

    acts: tuple[Effect, ...] = Field(min_length=1)
    of_places: dict[str, str]
    extents: dict[str, tuple[str, ...]]
    between: frozenset[str]
    called: dict[str, Called]
    definite: frozenset[str]
    things: frozenset[str]
    inside: frozenset[str]
    before: frozenset[str]
    toward: frozenset[str]


@dataclass(frozen=True)
class ControlWords:
    """The file, with what is computed from it once."""

    file: ControlFile

    @cached_property
    def effects(self) -> dict[str, Effect]:
        """What each act says."""
        return {effect.act: effect for effect in self.file.acts}

    @cached_property
    def acts(self) -> frozenset[str]:
        """The acts that may say something of control."""
        return frozenset({*self.effects, *self.file.of_places})

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Every noun for a place, one and several."""
        return frozenset({*self.file.called, *(noun.several for noun in self.file.called.values())})

    def extent(self, before: str) -> str:
        """How much of a place is meant, by the words before its name."""
        words = " ".join(before.casefold().split())
        for noun in sorted(self.nouns, key=len, reverse=True):  # "a part of the village of …"
            for link in (f" the {noun} of", f" {noun} of", f" the {noun}", f" {noun}"):
                words = words.removesuffix(link)
        words = words.removesuffix(" the")
        found = ((phrase, extent) for extent, phrases in self.file.extents.items() for phrase in phrases)
        matching = [(phrase, extent) for phrase, extent in found if f" {words}".endswith(f" {phrase}")]
        return max(matching, key=lambda one: len(one[0]))[1] if matching else "whole"


def load_control_words(knowledge: Knowledge) -> ControlWords:
    """Load ``control.yaml``, shipped and extra, and check its acts.

    Raises:
        KnowledgeError: The file is broken or names an act that does not exist.
    """
    file = load_merged(knowledge.data("control.yaml"), ControlFile)
    for act in sorted({*(effect.act for effect in file.acts), *file.of_places, *file.of_places.values()}):
        knowledge.acts[act]
    return ControlWords(file)
