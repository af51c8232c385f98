"""How well a reading fits a case: claims paired by their words, then field by field (see cases/README.md)."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tests.cases_format import JUDGED, Case, ExpectedClaim, ExpectedCount, Forbidden, first_and_last

from truceline.model import Actor, Claim, Count, Place, Reading, Span, Time

_MOST_WORDS = 25
"""A role longer than this names no one, however many words of the expected one it holds."""

_SPILL = timedelta(hours=12)
"""A night belongs to the day it began on."""


@dataclass
class Tally:
    """Counts behind one precision and one recall."""

    right: int = 0
    predicted: int = 0
    expected: int = 0

    def add(self, other: "Tally") -> None:
        """Take the counts of another tally into this one."""
        self.right += other.right
        self.predicted += other.predicted
        self.expected += other.expected

    @property
    def precision(self) -> float:
        """Share of what was read that is right; 1 where nothing was read."""
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Share of what was expected that was read; 1 where nothing was expected."""
        return self.right / self.expected if self.expected else 1.0


@dataclass
class Score:
    """One case scored: pairs found, tallies per field, what is missed, what is read beside it, what is forbidden."""

    claims: Tally = field(default_factory=Tally)
    fields: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in JUDGED})
    pairs: list[tuple[ExpectedClaim, Claim, tuple[str, ...]]] = field(default_factory=list)
    missed: list[ExpectedClaim] = field(default_factory=list)
    extra: list[Claim] = field(default_factory=list)
    forbidden: list[tuple[Forbidden, Claim]] = field(default_factory=list)

    @property
    def values(self) -> Tally:
        """All judged values of the expected claims, and those read right; a missed claim counts for none."""
        found = sum(_judged(expected) - len(faults) for expected, _, faults in self.pairs)
        judged = sum(_judged(expected) for expected, _, _ in self.pairs) + sum(map(_judged, self.missed))
        return Tally(found, judged, judged)

    def floor(self) -> dict[str, float | int]:
        """The figures that are kept as a floor."""
        return {
            "recall": _down(self.claims.recall),
            "precision": _down(self.claims.precision),
            "values": _down(self.values.recall),
            "forbidden": len(self.forbidden),
        }


def _judged(claim: ExpectedClaim) -> int:
    return sum(claim.judges(name) for name in JUDGED)


def _down(share: float) -> float:
    return int(share * 100 + 1e-9) / 100


def score(case: Case, reading: Reading) -> Score:
    """Pair the reading's claims with the expected ones and compare each field that the case judges."""
    result = Score()
    result.forbidden = [
        (item, claim) for item in case.not_claims for claim in reading.claims if _is_forbidden(case, item, claim)
    ]
    read = [claim for claim in reading.claims if claim.act is not None or _anchors(case, claim)]
    pairs = _pair(case, read)
    for expected_at, read_at in pairs:
        expected, claim = case.claims[expected_at], read[read_at]
        result.pairs.append((expected, claim, tuple(name for name in JUDGED if not fits(name, expected, claim))))
    result.missed = [claim for at, claim in enumerate(case.claims) if at not in dict(pairs)]
    taken = {read_at for _, read_at in pairs}
    result.extra = [claim for at, claim in enumerate(read) if at not in taken and not _is_open(case, claim)]
    result.claims = Tally(len(pairs), len(pairs) + len(result.extra), len(case.claims))
    for name in JUDGED:
        result.fields[name] = _tally(name, result)
    return result


def _pair(case: Case, read: list[Claim]) -> list[tuple[int, int]]:
    """One-to-one, best fit first: each pair shares words, and the more of its fields agree the sooner it is made."""
    options = [
        (sum((3 if name == "act" else 1) for name in JUDGED if fits(name, expected, claim)), -i, -j)
        for i, expected in enumerate(case.claims)
        for j, claim in enumerate(read)
        if any(_overlap(case.spans(words), anchor(claim)) for words in expected.words)
    ]
    pairs: dict[int, int] = {}
    for _, i, j in sorted(options, reverse=True):
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return sorted(pairs.items())


def _tally(name: str, result: Score) -> Tally:
    """One field over the case. Every claim has speakers, modality and act; of the others only those not null count."""
    tally = Tally()
    if name in ("speakers", "modality", "act"):
        tally.right = sum(name not in faults for _, _, faults in result.pairs)
        tally.predicted = len(result.pairs) + len(result.extra)
        tally.expected = len(result.pairs) + len(result.missed)
        return tally
    for expected, claim, faults in result.pairs:
        if not expected.judges(name):
            continue
        if name == "counts":
            hits = _count_hits(expected.counts, claim.counts)
            tally.add(Tally(hits, len(claim.counts), len(expected.counts)))
            continue
        wanted, given = getattr(expected, name) is not None, getattr(claim, name) is not None
        tally.add(Tally(int(wanted and name not in faults), int(given), int(wanted)))
    for expected in result.missed:
        tally.expected += len(expected.counts) if name == "counts" else int(getattr(expected, name) is not None)
    return tally


def fits(name: str, expected: ExpectedClaim, claim: Claim) -> bool:
    """Whether one field of a claim is what the case expects; a field the case leaves out always fits."""
    if not expected.judges(name):
        return True
    value, wanted = getattr(claim, name), getattr(expected, name)
    if name == "speakers":
        return same_chain(wanted, value)
    if name == "when":
        return same_days(wanted, value)
    if name == "counts":
        return _count_hits(wanted, value) == len(wanted) == len(value)
    if name in ("agent", "patient", "place"):
        return value is None if wanted is None else value is not None and same_words(wanted, value)
    return value is None if wanted is None else value in wanted.split("|")


def same_chain(wanted: tuple[str, ...], value: tuple[Actor, ...]) -> bool:
    """Whether the speakers are the wanted ones, outermost first; one marked ``?`` may be missing."""
    if not wanted:
        return not value
    rest, optional = wanted[1:], wanted[0].startswith("?")
    if value and same_words(wanted[0].removeprefix("?"), value[0]) and same_chain(rest, value[1:]):
        return True
    return optional and same_chain(rest, value)


def same_words(wanted: str, value: Actor | Place) -> bool:
    """Whether one of the wanted phrases stands as whole words in what was read, or in the name it was resolved to."""
    if len(value.text.split()) > _MOST_WORDS:
        return False
    return any(
        re.search(rf"(?<!\w){re.escape(one)}(?!\w)", heard, re.IGNORECASE)
        for one in wanted.split("|")
        for heard in (value.text, value.name or "")
    )


def same_days(wanted: str | None, value: Time | None) -> bool:
    """Whether the time read begins and ends on the wanted days; a single night may run into the next morning."""
    if wanted is None or value is None:
        return wanted is None and value is None
    if value.start is None:
        return False
    first, last = first_and_last(wanted)
    start, end = _instant(value.start), _instant(value.end or value.start)
    if start.date() != first:
        return False
    latest = datetime.combine(last + timedelta(days=1), time()) if last else None
    if latest is None:
        return True
    return end <= latest + _SPILL and (first == last or end > latest - timedelta(days=1))


def _instant(moment: date | datetime) -> datetime:
    """A moment on the text's own clock; the zone plays no part in which day it names."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime.combine(moment, time())


def _count_hits(wanted: tuple[ExpectedCount, ...], given: tuple[Count, ...]) -> int:
    left, hits = list(given), 0
    for one in wanted:
        found = next((count for count in left if one.fits(count.what, count.min, count.max)), None)
        if found is not None:
            left.remove(found)
            hits += 1
    return hits


def anchor(claim: Claim) -> Span:
    """The words that carry the act, or the whole claim where there is none."""
    return claim.act_span or claim.span


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _anchors(case: Case, claim: Claim) -> bool:
    """Whether a claim without an act stands where the case expects one without an act."""
    return any(
        expected.act is None and any(_overlap(case.spans(words), claim.span) for words in expected.words)
        for expected in case.claims
    )


def _is_open(case: Case, claim: Claim) -> bool:
    return any(_overlap(case.spans(words), anchor(claim)) for words in case.either)


def _is_forbidden(case: Case, item: Forbidden, claim: Claim) -> bool:
    if item.count is not None and not any(item.count in (count.min, count.max) for count in claim.counts):
        return False
    if item.words is not None and not _overlap(case.spans(item.words), anchor(claim)):
        return False
    if item.speaker is not None and not any(same_words(item.speaker, speaker) for speaker in claim.speakers):
        return False
    if item.agent is not None and (claim.agent is None or not same_words(item.agent, claim.agent)):
        return False
    return item.act in (None, claim.act) and item.modality in (None, claim.modality)
