"""Summaries: a claim that counts several incidents contains those it counts and is none of them."""

from collections.abc import Iterable
from datetime import tzinfo

from truceline.incidents.mentions import Mention
from truceline.incidents.spans import Spot, Stretch, as_moment
from truceline.model import Aggregate, Incident

_COUNTRY = 100.0  # kilometres: an area this wide holds whatever the text is about


def aggregate(
    mention: Mention,
    stretch: Stretch | None,
    within: Iterable[Incident],
    summaries: frozenset[str],
    zone: tzinfo | None,
) -> Aggregate:
    """The aggregate that a claim makes, with the incidents of its days in its area."""
    claim = mention.claim
    count = next(c for c in claim.counts if c.what in summaries and (c.min or 0) > 1)
    contains = [incident.id for incident in within if mention.spot is None or _inside(incident, mention.spot)]
    return Aggregate(
        id="a-" + claim.id.removeprefix("c-"),
        claim=claim.id,
        text=" ".join(claim.text.split()),
        start=as_moment(stretch.start, stretch.precision, zone) if stretch is not None else None,
        end=as_moment(stretch.end, stretch.precision, zone) if stretch is not None else None,
        place=claim.place.name or claim.place.text if claim.place is not None else None,
        min=count.min,
        max=count.max,
        contains=tuple(contains),
    )


def _inside(incident: Incident, spot: Spot) -> bool:
    place = incident.place
    if spot.radius >= _COUNTRY or place is None or place.lat is None or place.lon is None:
        return True
    return spot.distance(Spot("", place.lat, place.lon, 0)) <= spot.radius + 5
