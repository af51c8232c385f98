"""Counts of alleged breaches by a counting rule: by day, week, place, or party named, each with bounds and by voice."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from truceline.tracking.record import Record
from truceline.tracking.signals import weeks_between
from truceline.tracking.statistics.bounds import NONE, Bounds, hull, total
from truceline.tracking.statistics.breaches import NO_SIDE, Breach
from truceline.tracking.statistics.naming import voices
from truceline.tracking.statistics.rules import Rule, Standing
from truceline.tracking.statistics.summaries import Summary, as_counted

By = Literal["day", "week", "party", "place"]

NOT_SAID = "not_said"
"""The row of incidents of which nobody says who began, nor that no side is named."""
NO_PLACE = "place_not_given"

_STANDINGS: tuple[Standing, ...] = ("alleged", "corroborated", "verified", "refuted")


@dataclass(frozen=True, slots=True)
class Row:
    """One day, week, place or party.

    Attributes:
        key: ISO day or week, name of the place, id of the party, ``no_side`` or ``not_said``.
        number: By the counting rule.
        standing: The same for the incidents of each standing.
        by_voice: What each voice gives by the rule; a voice that gives nothing is left out.
        names: For each voice, in how many incidents it names each side (or no side) as having begun.
        certain: Incidents that are of this row for sure and more than alleged.
    """

    key: str
    first: date | None
    last: date | None
    number: Bounds
    standing: Mapping[Standing, Bounds]
    by_voice: Mapping[str, Bounds]
    names: Mapping[str, Mapping[str, int]]
    certain: int
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counting:
    """How to count: the rule, the period, and what it needs of the record."""

    rule: Rule
    since: date
    until: date
    record: Record
    summaries: tuple[Summary, ...] = ()

    def rows(self, found: Sequence[Breach], by: By) -> tuple[Row, ...]:
        """The rows of a table, in order: of days and weeks also the empty ones."""
        within = [one for one in found if one.within(self.since, self.until)]
        if by == "party":
            return self._by_party(within)
        if by == "place":
            return self._by_place(within)
        bins = tuple(self.bins(by))
        held = _binned(within, [first for _, first, _ in bins])
        return tuple(self.row(key, held[i], first, last) for i, (key, first, last) in enumerate(bins))

    def total(self, found: Sequence[Breach]) -> Row:
        """The row of the whole period."""
        return self.row("all", [one for one in found if one.within(self.since, self.until)], self.since, self.until)

    def bins(self, by: Literal["day", "week"]) -> Iterable[tuple[str, date, date]]:
        """The days or weeks of the period with their first and last day in it."""
        if by == "day":
            for n in range((self.until - self.since).days + 1):
                day = self.since + timedelta(days=n)
                yield day.isoformat(), day, day
            return
        for week in weeks_between(self.since, self.until):
            yield str(week), max(week.monday, self.since), min(week.monday + timedelta(days=6), self.until)

    def row(self, key: str, found: Sequence[Breach], first: date, last: date, *, dated: bool = True) -> Row:
        """One row of incidents, of which those count that are within these days."""
        held = [one for one in found if one.within(first, last)]
        by_voice = {
            voice: self._of_voice(voice, held, first, last)
            for voice in voices(self.record.agreement)
            if any(voice in one.asserted for one in held) or self._sums(voice, first, last)
        }
        number = total(self._number(one, first, last) for one in held)
        if self.rule == "party":
            number = hull(by_voice.values()) or NONE
        return Row(
            key=key,
            first=first if dated else None,
            last=last if dated else None,
            number=number,
            standing={
                standing: total(self._number(one, first, last) for one in held if one.standing == standing)
                for standing in _STANDINGS
            },
            by_voice=by_voice,
            names=_names(held, voices(self.record.agreement)),
            certain=sum(
                one.standing in {"corroborated", "verified"} and one.within(first, last).min == 1 for one in held
            ),
            incidents=tuple(one.id for one in held),
        )

    # ---- what one incident counts ----

    def _number(self, one: Breach, first: date, last: date) -> Bounds:
        within = one.within(first, last)
        units = 1 if self.rule in {"incident", "party"} else len(self._units(one, one.asserted))
        return Bounds(units * within.min, units * (within.max or 0))

    def _units(self, one: Breach, by: Iterable[str]) -> set[str]:
        """The claims, or the lineages of the claims, that assert an incident."""
        claims = {claim for voice in by for claim in one.asserted.get(voice, ())}
        return claims if self.rule == "claim" else {one.origins.get(claim, claim) for claim in claims}

    def _of_voice(self, voice: str, held: Sequence[Breach], first: date, last: date) -> Bounds:
        own = [one for one in held if voice in one.asserted]
        if self.rule == "party":
            return as_counted(voice, own, self.summaries, first, last)
        if self.rule == "incident":
            return total(one.within(first, last) for one in own)
        sure = [one for one in own if one.within(first, last).min]
        units = {one.id: len(self._units(one, (voice,))) for one in own}
        return Bounds(sum(units[one.id] for one in sure), sum(units.values()))

    def _sums(self, voice: str, first: date, last: date) -> bool:
        return self.rule == "party" and any(
            one.voice == voice and one.first <= last and one.last >= first for one in self.summaries
        )

    # ---- rows that are no days ----

    def _by_place(self, found: Sequence[Breach]) -> tuple[Row, ...]:
        places: dict[str, list[Breach]] = {}
        for one in found:
            places.setdefault(one.incident.place.name if one.incident.place else NO_PLACE, []).append(one)
        rows = (self._undated(key, members) for key, members in places.items())
        return tuple(sorted(rows, key=lambda row: (-(row.number.max or 0), row.key)))

    def _undated(self, key: str, found: Sequence[Breach]) -> Row:
        """A row that is no time. Summaries are not of a place or a party, as far as they are read, and stay out."""
        without = Counting(self.rule, self.since, self.until, self.record)
        return without.row(key, found, self.since, self.until, dated=False)

    def _by_party(self, found: Sequence[Breach]) -> tuple[Row, ...]:
        """By who is named as having begun: at least where all who name a side name this one, at most where any does."""
        parties = [party.id for party in self.record.agreement.parties]
        sides = {one.id: {n.party for n in one.named if n.stance != "denied"} for one in found}
        others = sorted({party for named in sides.values() for party in named} - {*parties, NO_SIDE})
        made = []
        for party in (*parties, *others, NO_SIDE, NOT_SAID):
            held = [one for one in found if (party in sides[one.id] if party != NOT_SAID else not sides[one.id])]
            row = self._undated(party, held)
            alone = [
                one
                for one in held
                if sides[one.id] - {NO_SIDE} <= {party} and not (one.contested and party != NOT_SAID)
            ]
            least = total(self._number(one, self.since, self.until) for one in alone).min
            made.append(replace(row, number=Bounds(min(least, row.number.min), row.number.max)))
        return tuple(row for row in made if row.incidents or row.key in parties or row.key == NO_SIDE)


def _binned(found: Sequence[Breach], starts: Sequence[date]) -> list[list[Breach]]:
    """The incidents that may be in each of the bins that follow each other; what has no day may be in any."""
    bins: list[list[Breach]] = [[] for _ in starts]
    for one in found:
        first = 0 if one.first is None else max(0, bisect_right(starts, one.first) - 1)
        last = len(starts) if one.last is None else bisect_right(starts, one.last)
        for held in bins[first:last]:
            held.append(one)
    return bins


def _names(found: Sequence[Breach], speaking: Iterable[str]) -> dict[str, dict[str, int]]:
    made: dict[str, dict[str, int]] = {}
    for voice in speaking:
        for one in found:
            for party in {n.party for n in one.named if n.voice == voice and n.stance != "denied"}:
                made.setdefault(voice, {}).setdefault(party, 0)
                made[voice][party] += 1
    return made
