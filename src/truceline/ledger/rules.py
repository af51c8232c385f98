"""Who may say what: the states of an incident, its transitions, and the grades, from ``ledger.yaml``."""

from functools import lru_cache
from typing import Literal

from pydantic import Field, model_validator

from truceline.errors import KnowledgeError, LedgerError
from truceline.knowledge.citing import Citation, CitingFile
from truceline.knowledge.knowledge import shipped
from truceline.knowledge.loading import Entry, load

By = Literal["person", "rule"]


class State(Entry):
    """A state of an incident, where it may be reached from, by whom, and what must be said."""

    id: str
    means: str
    since: tuple[str, ...] = Field(alias="from")
    by: tuple[By, ...]
    needs: tuple[Literal["reason", "attribution", "ruling"], ...]


class Grades(Entry):
    """The two scales."""

    source: Citation
    reliability: dict[str, str]
    credibility: dict[str, str]


class LedgerRules(CitingFile):
    """The data file."""

    states: tuple[State, ...] = Field(min_length=1)
    attributions: dict[str, str]
    rulings: dict[str, str]
    grades: Grades

    @model_validator(mode="after")
    def _states_exist(self) -> "LedgerRules":
        known = {"any", *(state.id for state in self.states)}
        unknown = [name for state in self.states for name in state.since if name not in known]
        if unknown:
            raise ValueError(f"states: unknown state {unknown[0]!r}")
        return self

    @property
    def first(self) -> str:
        """The state that every incident begins in."""
        return self.states[0].id

    def state(self, name: str) -> State:
        """The state of this name."""
        found = next((state for state in self.states if state.id == name), None)
        if found is None:
            raise LedgerError(f"no state {name!r}; there are {', '.join(state.id for state in self.states)}")
        return found

    def check_transition(
        self,
        now: str,
        to: str,
        *,
        by: By,
        reason: str,
        attribution: str | None,
        ruling: str | None,
        parties: tuple[str, ...],
    ) -> None:
        """Whether an incident may go from one state to another.

        Raises:
            LedgerError: It may not; says what it may do, or what else must be said.
        """
        state = self.state(to)
        if by not in state.by:
            raise LedgerError(f"a rule may not bring an incident to {to}, only propose it; a person decides")
        if now not in state.since and not ("any" in state.since and now != to):
            onward = [s.id for s in self.states if now in s.since or ("any" in s.since and now != s.id)]
            raise LedgerError(
                f"an incident that is {now} cannot become {to}; it can become {', '.join(onward) or 'nothing'}"
            )
        told = {"reason": reason, "attribution": attribution, "ruling": ruling}
        missing = next((need for need in state.needs if not told[need]), None)
        if missing:
            raise LedgerError(f"{to} needs a{'n' if missing[0] == 'a' else ''} {missing}; give --{_OPTION[missing]}")
        if attribution and attribution not in self.attributions and attribution not in parties:
            raise LedgerError(
                f"unknown attribution {attribution!r}; there are {', '.join((*parties, *self.attributions))}"
            )
        if ruling:
            kind, _, article = ruling.partition(":")
            if kind not in self.rulings or (kind == "violation") != bool(article):
                raise LedgerError(f"unknown ruling {ruling!r}; there are violation:ARTICLE, no_violation, out_of_scope")

    def check_grade(self, kind: str, grade: str) -> None:
        """Whether this is a grade of a source (A to F), or of a claim or an incident (1 to 6).

        Raises:
            LedgerError: It is not.
        """
        scale = self.grades.reliability if kind == "source" else self.grades.credibility
        if grade not in scale:
            raise LedgerError(f"no grade {grade!r} for a {kind}; there are {', '.join(scale)}")


_OPTION = {"reason": "reason", "attribution": "to", "ruling": "ruling"}


@lru_cache(maxsize=1)
def rules() -> LedgerRules:
    """The rules that ship.

    Raises:
        KnowledgeError: The file is broken.
    """
    found = load(shipped() / "ledger.yaml", LedgerRules)
    if not found.grades.source:
        raise KnowledgeError("ledger.yaml: grades names no source")
    return found
