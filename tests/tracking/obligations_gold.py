"""What must come of the obligations on the dossiers, and how what comes is judged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from truceline.knowledge.obligations import as_day
from truceline.ledger import View
from truceline.tracking.status import ObligationStatus, status

FILE = Path(__file__).parents[1] / "dossiers" / "obligations.yaml"


class Expected(BaseModel):
    """One obligation; what is left out is not judged."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: tuple[int, ...]
    in_question: bool | None = None
    overdue: bool = False
    met_on: date | None = None
    extended_to: date | None = None
    computed: date | None = None
    for_: tuple[str, ...] = Field(default=(), alias="for")
    against: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


class Dossier(BaseModel):
    """A dossier's obligations on a day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    agreement: str
    day: date
    obligations: dict[str, Expected]


@dataclass(frozen=True)
class Judged:
    """One thing that was asked of one obligation."""

    obligation: str
    what: str
    right: bool
    came: str


def load() -> dict[str, Dossier]:
    """The gold of each dossier."""
    return {name: Dossier(**plain) for name, plain in yaml.safe_load(FILE.read_text("utf-8")).items()}


def judge(view: View, dossier: Dossier) -> Iterator[Judged]:
    """Everything that is asked of a dossier."""
    found = status(view, dossier.day)
    for key, expected in dossier.obligations.items():
        one = found.one(key)
        for what, right, came in _asked(one, expected, found.agreement.zone):
            yield Judged(key, what, right, came)
        for side, words in (("for", expected.for_), ("against", expected.against), (None, expected.held)):
            told = [
                " ".join(_words(view, e.told.document, e.told.span).split()) for e in one.evidence if e.side == side
            ]
            for wanted in words:
                yield Judged(key, f"{side or 'held'}: {wanted}", any(wanted in text for text in told), " | ".join(told))


def _asked(one: ObligationStatus, expected: Expected, zone: object) -> Iterator[tuple[str, bool, str]]:
    clock, questioned = one.clock, one.proposal.in_question
    yield "state", one.state in expected.state, str(one.state)
    if expected.in_question is not None:
        yield "in question", questioned == expected.in_question, str(questioned)
    yield "overdue", (clock.overdue_since is not None) == expected.overdue, str(clock.overdue_since)
    yield (
        "met on",
        clock.met_on == expected.met_on or (expected.met_on is None and 3 in expected.state),
        str(clock.met_on),
    )
    if expected.extended_to is not None:
        to = [as_day(e.to, zone) for e in clock.extended if e.to is not None]  # type: ignore[arg-type]
        yield "extended to", to == [expected.extended_to], str(to)
    if expected.computed is not None:
        days = [c.date for c in clock.computed]
        yield "computed", expected.computed in days, str(days)


def _words(view: View, document: str, span: tuple[int, int]) -> str:
    """The claim's words with a little of what stands around them: a claim may be a clause of its sentence."""
    text = view.text(document)
    return text[max(0, span[0] - 60) : span[1] + 60]
