"""Signals: threats, mobilisation, parades, protests, talks and the like, by party and week, apart from incidents.

What is counted are independent lineages: ten copies of one wire about one threat are one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

from pydantic import Field

from truceline.errors import InputError
from truceline.incidents.voices import MONITOR, OTHERS
from truceline.knowledge import Agreement, Knowledge
from truceline.knowledge.citing import Citation, CitingFile
from truceline.knowledge.loading import Entry, load_merged
from truceline.knowledge.obligations import as_day
from truceline.model import Modality
from truceline.tracking.record import Record, Told


class SignalKind(Entry):
    """A kind of signal; ``signals.yaml`` says what each field is.

    ``also`` are modalities in which a claim is such a signal whatever its act, but for the acts of ``except``.
    """

    id: str = Field(pattern=r"^[a-z]+(_[a-z]+)*$")
    means: str
    acts: frozenset[str] = frozenset()
    modalities: frozenset[Modality] = frozenset()
    whose: Literal["speaker", "agent", "both"]
    day: Literal["said", "done"]
    also: frozenset[Modality] = frozenset()
    but: frozenset[str] = Field(default=frozenset(), alias="except")
    source: Citation = ()

    def holds(self, told: Told) -> bool:
        """Whether a claim is such a signal."""
        if told.act in self.acts:
            return told.modality in self.modalities
        return told.modality in self.also and told.act not in self.but

    def denies(self, told: Told) -> bool:
        """Whether a claim denies such a signal."""
        return told.act in self.acts and told.modality == Modality.DENIED


class SignalKinds(CitingFile):
    """``signals.yaml``."""

    kinds: tuple[SignalKind, ...] = Field(min_length=1)

    def _citations(self) -> Iterable[tuple[str, Citation]]:
        return ((f"kind {kind.id}", kind.source) for kind in self.kinds)


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A week of ISO 8601, from Monday to Sunday, by the clock of the agreement's area."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week that a day is in."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"


@dataclass(frozen=True, slots=True)
class Signal:
    """One claim as a signal: of which kind, whose, when; ``denied`` where the claim denies it."""

    kind: str
    party: str
    day: date
    denied: bool
    told: Told


@dataclass(frozen=True, slots=True)
class Cell:
    """The signals of one kind, party and week; ``lineages`` is what counts."""

    kind: str
    party: str
    week: Week
    lineages: int
    documents: int
    denied: int
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class Signals:
    """All cells that are not empty, in the order of weeks, parties, kinds.

    Attributes:
        weeks: Every week of the period, also those without any.
        parties: In alphabetical order of their names; then others, the monitor last.
        kinds: In the order of the file.
        told_before: Claims left out because they are told as history.
    """

    since: date
    until: date
    weeks: tuple[Week, ...]
    parties: tuple[str, ...]
    kinds: tuple[SignalKind, ...]
    cells: tuple[Cell, ...]
    told_before: int


@lru_cache(maxsize=4)
def load_signal_kinds(knowledge: Knowledge) -> tuple[SignalKind, ...]:
    """Load ``signals.yaml``, shipped and extra, and check its acts.

    Raises:
        KnowledgeError: The file is broken or names an act that does not exist.
    """
    kinds = load_merged(knowledge.data("signals.yaml"), SignalKinds).kinds
    for kind in kinds:
        for act in sorted(kind.acts | kind.but):
            knowledge.acts[act]
    return kinds


def signals(
    record: Record, kinds: Sequence[SignalKind], since: date, until: date, *, party: str | None = None
) -> Signals:
    """The signals of a period.

    Args:
        record: Its claims.
        kinds: What is a signal.
        since: First day.
        until: Last day.
        party: Only of this party (or ``others``, ``monitor``).
    """
    parties = parties_of(record.agreement)
    found = [
        signal
        for told in record.told
        if not told.background
        for signal in _of(told, kinds, record)
        if since <= signal.day <= until and party in {None, signal.party}
    ]
    return Signals(
        since=since,
        until=until,
        weeks=weeks_between(since, until),
        parties=tuple(one for one in parties if party in {None, one}),
        kinds=tuple(kinds),
        cells=tuple(_cells(found, parties, kinds)),
        told_before=sum(told.background and any(kind.holds(told) for kind in kinds) for told in record.told),
    )


def parties_of(agreement: Agreement) -> tuple[str, ...]:
    """Whose signals are told apart: parties in alphabetical order, others, the monitor last."""
    return (*(party.id for party in agreement.parties), OTHERS, MONITOR)


def weeks_between(since: date, until: date) -> tuple[Week, ...]:
    """The weeks of a period, the first and the last perhaps in part."""
    monday = Week.of(since).monday
    return tuple(Week.of(monday + timedelta(days=n)) for n in range(0, (until - monday).days + 1, 7))


def _of(told: Told, kinds: Sequence[SignalKind], record: Record) -> Iterable[Signal]:
    """The signals that a claim is: of one kind (the first that holds), of one party or of both."""
    kind = next((kind for kind in kinds if kind.holds(told) or kind.denies(told)), None)
    if kind is None or told.published is None:
        return
    day = (told.day(record.zone) if kind.day == "done" else None) or as_day(told.published, record.zone)
    known = {party.id for party in record.agreement.parties} | {MONITOR}
    for party in _whose(kind, told):
        yield Signal(kind.id, party if party in known else OTHERS, day, kind.denies(told), told)


def _whose(kind: SignalKind, told: Told) -> tuple[str | None, ...]:
    if kind.whose == "speaker":
        return (told.voice,)
    if kind.whose == "agent":
        return (told.agent_party,)
    both = [party for party in (told.agent_party, told.patient_party) if party is not None]
    return tuple(dict.fromkeys(both)) or (None,)


def _cells(found: Iterable[Signal], parties: Sequence[str], kinds: Sequence[SignalKind]) -> Iterable[Cell]:
    groups: dict[tuple[Week, str, str], list[Signal]] = {}
    for signal in found:
        groups.setdefault((Week.of(signal.day), signal.party, signal.kind), []).append(signal)
    order: Mapping[str, int] = {kind.id: i for i, kind in enumerate(kinds)}
    for week, party, kind in sorted(groups, key=lambda key: (key[0], parties.index(key[1]), order[key[2]])):
        members = groups[week, party, kind]
        held = [signal for signal in members if not signal.denied]
        yield Cell(
            kind=kind,
            party=party,
            week=week,
            lineages=len({signal.told.lineage for signal in held}),
            documents=len({signal.told.document for signal in held}),
            denied=len({signal.told.lineage for signal in members if signal.denied}),
            signals=tuple(sorted(members, key=lambda one: (one.day, str(one.told.published), one.told.claim))),
        )


def find_kinds(kinds: tuple[SignalKind, ...], wanted: str | None) -> tuple[SignalKind, ...]:
    """The kind of this name, or all of them.

    Raises:
        InputError: There is none of this name.
    """
    found = tuple(kind for kind in kinds if wanted in {None, kind.id})
    if not found:
        raise InputError(f"--kind {wanted}: no such kind; there are {', '.join(kind.id for kind in kinds)}")
    return found


def check_party(party: str | None, agreement: Agreement) -> None:
    """Whether signals are told apart for such a party.

    Raises:
        InputError: They are not.
    """
    if party is not None and party not in parties_of(agreement):
        raise InputError(f"--party {party}: no such party; there are {', '.join(parties_of(agreement))}")


def signals_to_dict(found: Signals, agreement: Agreement) -> dict[str, Any]:
    """Signals as JSON values."""
    return {
        "agreement": agreement.id,
        "since": found.since,
        "until": found.until,
        "weeks": [{"week": str(week), "monday": week.monday} for week in found.weeks],
        "parties": list(found.parties),
        "kinds": [{"id": kind.id, "means": kind.means} for kind in found.kinds],
        "told_before": found.told_before,
        "cells": [_cell_to_dict(cell) for cell in found.cells],
    }


def _cell_to_dict(cell: Cell) -> dict[str, Any]:
    return {
        "week": str(cell.week),
        "party": cell.party,
        "kind": cell.kind,
        "origins": cell.lineages,
        "documents": cell.documents,
        "origins_denying": cell.denied,
        "signals": [
            {
                "claim": one.told.claim,
                "document": one.told.document,
                "day": one.day,
                "denied": one.denied,
                "speaker": one.told.speaker,
                "voice": one.told.voice,
                "act": one.told.act,
                "modality": one.told.modality,
                "agent": one.told.agent,
                "place": one.told.place_said,
            }
            for one in cell.signals
        ],
    }
