"""Killed, wounded, captured, missing: by side and status, min to max, and as each voice gives them.

Within an incident each voice's number is bounded by all it says; the incident's by all voices; a period's is the sum of its
incidents. A voice that says nothing of an incident counts for nothing there, not for none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from truceline.incidents.fields import UNNAMED
from truceline.knowledge import Agreement
from truceline.model import Count, Value, Version
from truceline.tracking.statistics.bounds import NONE, Bounds, hull, total
from truceline.tracking.statistics.breaches import Breach, people
from truceline.tracking.statistics.naming import voices
from truceline.tracking.statistics.rules import Casualties, Status


@dataclass(frozen=True, slots=True)
class Toll:
    """What is told of one kind of harm to one side.

    Attributes:
        side: A party's id, another side, or ``?`` where the texts do not say whose people they were; these may be
            counted with a side as well.
        number: Whatever the status.
        by_status: As far as the texts give a status.
        by_voice: The sum of what each voice gives; one that gives nothing is left out.
        incidents: Those of which anybody gives a number.
        differing: Those of which voices, or one voice's sources, give numbers that are not the same.
    """

    what: str
    side: str
    number: Bounds
    by_status: Mapping[Status, Bounds]
    by_voice: Mapping[str, Bounds]
    incidents: tuple[str, ...]
    differing: tuple[str, ...]


Counted = Mapping[str, tuple[Count, ...]]
"""The counts of claims, by claim."""


def harming(found: Iterable[Breach], what: Sequence[str]) -> set[str]:
    """The claims whose counts are needed: those behind the numbers of people."""
    return {
        claim
        for one in found
        for version in one.incident.versions
        for field, values in version.fields.items()
        if field.partition(":")[0] in what
        for value in values
        for claim in value.claims
    }


def tolls(
    found: Sequence[Breach], counts: Counted, rules: Casualties, agreement: Agreement, since: date, until: date
) -> tuple[Toll, ...]:
    """The tolls of a period: kinds of harm in the rules' order; parties in alphabetical order, other sides, ``?`` last."""
    held = [one for one in found if one.within(since, until)]
    fields = {field for one in held for version in one.incident.versions for field in version.fields}
    parties = [party.id for party in agreement.parties]
    named = {field.partition(":")[2] for field in fields if field.partition(":")[0] in rules.what}
    sides = (*parties, *sorted(named - {*parties, UNNAMED}), *([UNNAMED] if UNNAMED in named else []))
    made = (
        _toll(what, side, held, counts, rules, agreement, (since, until))
        for what in rules.what
        for side in sides
        if side in parties or f"{what}:{side}" in fields
    )
    return tuple(made)


def _toll(
    what: str,
    side: str,
    held: Sequence[Breach],
    counts: Counted,
    rules: Casualties,
    agreement: Agreement,
    period: tuple[date, date],
) -> Toll:
    field = f"{what}:{side}"
    numbers, statuses, by_voice = [], list[dict[Status, Bounds]](), dict[str, Bounds]()
    told: list[str] = []
    differing: list[str] = []
    for one in held:
        given = {v.party: _given(v, field, what, counts) for v in one.incident.versions if _values(v, field)}
        if not given:
            continue
        sure = one.within(*period).min == 1
        told.append(one.id)
        by = {voice: said.whole() for voice, said in given.items()}
        whole = hull(by.values()) or NONE
        if whole.min != whole.max:
            differing.append(one.id)
        numbers.append(_if(whole, sure=sure))
        statuses.append(
            {
                status: _if(hull(said.of(status) for said in given.values()) or NONE, sure=sure)
                for status in rules.status
            }
        )
        for voice, bounds in by.items():
            by_voice[voice] = by_voice.get(voice, NONE) + _if(bounds, sure=sure)
    return Toll(
        what=what,
        side=side,
        number=total(numbers),
        by_status={status: total(one[status] for one in statuses) for status in rules.status},
        by_voice={voice: by_voice[voice] for voice in voices(agreement) if voice in by_voice},
        incidents=tuple(told),
        differing=tuple(differing),
    )


def _if(bounds: Bounds, *, sure: bool) -> Bounds:
    """The bounds of what is of the period for sure; else from none on."""
    return bounds if sure else Bounds(0, bounds.max)


def _values(version: Version, field: str) -> list[Value]:
    return [value for value in version.fields.get(field, ()) if value.stance in {"value", "denied"}]


def _given(version: Version, field: str, what: str, counts: Counted) -> "_Given":
    """What a voice gives."""
    parts: dict[frozenset[Status], Bounds] = {}
    documents: dict[frozenset[Status], set[str]] = {}
    for value in _values(version, field):
        bounds = people(value) if value.stance == "value" else Bounds(0, people(value).max)
        status = _statuses(value, what, counts)
        parts[status] = parts[status] | bounds if status in parts else bounds
        documents.setdefault(status, set()).update(value.documents)
    return _Given(parts, documents)


@dataclass(frozen=True, slots=True)
class _Given:
    """What a voice gives, by the statuses in which its sources give a number.

    Numbers of one status are different accounts of the same people. A number that some call soldiers and some civilians is of
    both statuses, and of either perhaps none.
    """

    parts: Mapping[frozenset[Status], Bounds]
    documents: Mapping[frozenset[Status], set[str]]

    def of(self, status: Status) -> Bounds:
        """The bounds of one status."""
        found = hull(
            bounds if statuses == {status} else Bounds(0, bounds.max)
            for statuses, bounds in self.parts.items()
            if status in statuses
        )
        return found or NONE

    def whole(self) -> Bounds:
        """People of all statuses. Soldiers and civilians whom one document gives add up; in different documents they may be the
        same people; a number without a status, or of a disputed one, may be all of them."""
        known = {
            statuses: bounds
            for statuses, bounds in self.parts.items()
            if len(statuses) == 1 and "unknown" not in statuses
        }
        others = [bounds for statuses, bounds in self.parts.items() if statuses not in known]
        if not known:
            return hull(others) or NONE
        added = total(known.values())
        together = set.intersection(*(self.documents[statuses] for statuses in known))
        least = added.min if together else max(bounds.min for bounds in known.values())
        return hull([Bounds(least, added.max), *others]) or NONE


def _statuses(value: Value, what: str, counts: Counted) -> frozenset[Status]:
    """The statuses in which the claims behind a number give it."""
    bounds = people(value)
    found: set[Status] = {
        count.status
        for claim in value.claims
        for count in counts.get(claim, ())
        if count.what == what and (count.min or 0, count.max) == (bounds.min, bounds.max)
    }
    told: frozenset[Status] = frozenset(found - {"unknown"})
    return told or frozenset({"unknown"})
