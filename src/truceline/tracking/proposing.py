"""The rules by which a state is proposed and a position is put into words, from ``obligations.yaml``."""

from functools import lru_cache
from typing import Literal

from pydantic import Field, model_validator

from truceline.knowledge.citing import Citation, CitingFile
from truceline.knowledge.knowledge import shipped
from truceline.knowledge.loading import Entry, load
from truceline.knowledge.obligations import Kind, Progress

Side = Literal["for", "against"]
Whose = Literal["own", "other", "nobody"]


class ObligationState(Entry):
    """A step of the scale."""

    state: int = Field(ge=0, le=3)
    id: str
    means: str
    source: Citation = ()


class Broken(Entry):
    """The state of a standing duty that is said to be broken on up to this share of days."""

    share: float = Field(gt=0, le=1)
    state: int = Field(ge=0, le=3)


class SetAside(Entry):
    """Where an incident no longer counts against anything."""

    states: tuple[str, ...]
    rulings: tuple[str, ...]


class Counted(Entry):
    """How claims of some modalities count that a rule of the agreement holds."""

    side: Literal["questioned", "served"]
    modality: tuple[str, ...]
    counts_as: Side = Field(alias="as")


class PositionRule(Entry):
    """What somebody holds of whom such claims are."""

    id: str
    side: Literal["questioned", "served"]
    modality: tuple[str, ...]
    agent: tuple[Whose, ...]
    says: str


class Stance(Entry):
    """Acts that show a stance of their own, and how it is put."""

    acts: tuple[str, ...]
    says: str


class Proposing(CitingFile):
    """The data file."""

    states: tuple[ObligationState, ...] = Field(min_length=4, max_length=4)
    progress: dict[Progress, int]
    shows: dict[Kind, Progress]
    own_word: int = Field(ge=0, le=3)
    in_question: int = Field(ge=0, le=3)
    broken: tuple[Broken, ...] = Field(min_length=1)
    set_aside: SetAside
    counts: tuple[Counted, ...]
    positions: tuple[PositionRule, ...]
    moves: Stance
    no_side: Stance

    @model_validator(mode="after")
    def _in_order(self) -> "Proposing":
        if [state.state for state in self.states] != [0, 1, 2, 3]:
            raise ValueError("states: the scale is 0, 1, 2, 3, in this order")
        shares = [step.share for step in self.broken]
        if shares != sorted(shares) or shares[-1] != 1:
            raise ValueError("broken: shares rise, and the last is 1")
        return self

    def counts_as(self, side: str, modality: str) -> Side | None:
        """Whether a claim of this modality counts for or against; None where it is a position only."""
        return next((one.counts_as for one in self.counts if one.side == side and modality in one.modality), None)

    def position(self, side: str, modality: str, agent: Whose) -> PositionRule | None:
        """What its speaker holds."""
        return next(
            (
                rule
                for rule in self.positions
                if rule.side == side and modality in rule.modality and agent in rule.agent
            ),
            None,
        )


@lru_cache(maxsize=1)
def proposing() -> Proposing:
    """The rules that ship.

    Raises:
        KnowledgeError: The file is broken.
    """
    return load(shipped() / "obligations.yaml", Proposing)
