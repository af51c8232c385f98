"""Chains of speakers: which report passes on which, and who stands in each link."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from truceline.model.claim import Modality
from truceline.reading.reports import Report
from truceline.reading.view import Filler


@dataclass(frozen=True, slots=True)
class Speaking:
    """One link of the chain of speakers: whose report, and which of its speakers."""

    report: Report
    speaker: Filler | None


def holds(report: Report, i: int) -> bool:
    """Whether word ``i`` belongs to what a report passes on."""
    return bool(report.content) and report.content[0] <= i <= report.content[-1] and i in report.content


def chains(holding: list[Report]) -> list[tuple[Report, ...]]:
    """Sequences of nested reports, outermost first; reports that only share words stand side by side."""
    if not holding:
        return [()]

    def speaks_of(outer: Report, inner: Report) -> bool:
        """Whether ``outer`` passes ``inner`` on; who denies a claim does not, he takes his own position on the act."""
        denies = outer.modality is Modality.DENIED and outer.refers is not None and outer.refers in inner.cue
        return outer is not inner and holds(outer, inner.cue[-1]) and not denies

    innermost = [r for r in holding if not any(speaks_of(r, o) for o in holding) and not _rumour_denied(r, holding)]
    found = []
    for inner in innermost or holding[:1]:
        outer = [r for r in holding if speaks_of(r, inner)]
        found.append((*sorted(outer, key=lambda r: -len(r.content)), inner))
    return found


def _rumour_denied(report: Report, holding: list[Report]) -> bool:
    """Whether nobody stands behind a claim but whoever denies it: "denied reports that …"."""
    denied = {r.refers for r in holding if r.modality is Modality.DENIED and r is not report}
    return not report.speakers and report.form == "word" and not denied.isdisjoint(report.cue)


def links(speaking: list[Report]) -> Iterator[tuple[Speaking, ...]]:
    """One chain for each speaker of the innermost report; of the outer ones the first speaks for all."""
    if not speaking:
        yield ()
        return
    outer = tuple(Speaking(report, report.speakers[0]) for report in speaking[:-1])
    for speaker in speaking[-1].speakers:
        yield (*outer, Speaking(speaking[-1], speaker))


def other_speaker(report: Report, speaker: Filler | None) -> Filler | None:
    """Of exactly two speakers who accuse each other, the other one."""
    if len(report.speakers) != 2 or speaker is None:
        return None
    return next((replace(s, path="the other side") for s in report.speakers if s.head != speaker.head), None)
