"""Who is named as having begun, by whom: one row a side, one column a voice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from truceline.incidents.voices import MONITOR, OTHERS
from truceline.knowledge import Agreement
from truceline.tracking.statistics.breaches import NO_SIDE, Breach


@dataclass(frozen=True, slots=True)
class NameRow:
    """A side (or "no side named"), and in how many incidents each voice names it, or denies that it began.

    Attributes:
        named: Incidents in which any voice names it.
        contested: Those of them in which versions of who began cannot both hold.
        by: Number by voice that names it.
        denied: Number by voice that denies it.
    """

    party: str
    named: tuple[str, ...]
    contested: int
    by: Mapping[str, int]
    denied: Mapping[str, int]


def name_rows(found: Iterable[Breach], agreement: Agreement) -> tuple[NameRow, ...]:
    """A row for each party in alphabetical order, for other sides that are named, and for "no side named"."""
    incidents = tuple(found)
    parties = [party.id for party in agreement.parties]
    others = {naming.party for one in incidents for naming in one.named} - {*parties, NO_SIDE}
    return tuple(_row(party, incidents, agreement) for party in (*parties, *sorted(others), NO_SIDE))


def voices(agreement: Agreement) -> tuple[str, ...]:
    """The voices in the order they are shown: parties in alphabetical order, others, the monitor last."""
    return (*(party.id for party in agreement.parties), OTHERS, MONITOR)


def _row(party: str, incidents: tuple[Breach, ...], agreement: Agreement) -> NameRow:
    named = [
        one for one in incidents if any(naming.party == party and naming.stance != "denied" for naming in one.named)
    ]
    return NameRow(
        party=party,
        named=tuple(one.id for one in named),
        contested=sum(one.contested for one in named),
        by={voice: _times(incidents, party, voice, denied=False) for voice in voices(agreement)},
        denied={voice: _times(incidents, party, voice, denied=True) for voice in voices(agreement)},
    )


def _times(incidents: Iterable[Breach], party: str, voice: str, *, denied: bool) -> int:
    return sum(
        any(
            naming.voice == voice and naming.party == party and (naming.stance == "denied") == denied
            for naming in one.named
        )
        for one in incidents
    )
