"""The closed vocabulary of acts, with the codes of PLOVER, CAMEO and ACLED for export."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from truceline.knowledge.citing import Citation, CitingFile, find, layered, load_all
from truceline.knowledge.loading import Entry, Source

Family = Literal["force", "control", "monitoring", "people", "words", "politics"]

PloverCategory = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip


class Plover(NamedTuple):
    """PLOVER's event category and, where one fits, its mode."""

    event: PloverCategory
    mode: str | None


class Acled(NamedTuple):
    """ACLED's event type and sub-event type."""

    event: str
    sub_event: str


class Act(Entry):
    """One act of the vocabulary: what it means, its family, and the codes it is exported under."""

    id: str
    family: Family
    means: str
    plover: Plover
    cameo: str
    acled: Acled | None = None
    source: Citation = ()


class _ActsFile(CitingFile):
    acts: tuple[Act, ...]

    def _citations(self) -> Iterable[tuple[str, Citation]]:
        return ((f"act {act.id}", act.source) for act in self.acts)


class ActVocabulary:
    """The acts by id; iterating gives them in the order of the file."""

    def __init__(self, acts: dict[str, Act]) -> None:
        self._acts = acts

    def __getitem__(self, act: str) -> Act:
        """The act of this id; KnowledgeError names ids like it when there is none."""
        return find(self._acts, act, "act")

    def __contains__(self, act: object) -> bool:
        return act in self._acts

    def __iter__(self) -> Iterator[Act]:
        return iter(self._acts.values())

    def __len__(self) -> int:
        return len(self._acts)

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids, in the order of the file."""
        return tuple(self._acts)

    def family(self, name: Family) -> tuple[Act, ...]:
        """The acts of one family."""
        return tuple(act for act in self if act.family == name)


def load_acts(sources: Sequence[Source]) -> ActVocabulary:
    """Load ``acts.yaml``, shipped and extra."""
    return ActVocabulary(layered(load_all(sources, _ActsFile), lambda file: file.acts, lambda act: act.id))
