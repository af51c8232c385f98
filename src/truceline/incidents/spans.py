"""Time and space of claims as plain numbers: minutes on the clock of the agreement's area, kilometres with a radius."""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from truceline.model import Claim, Document, Moment, Place, Time
from truceline.model.claim import TimePrecision

DAY = 24 * 60
"""Minutes."""
WINDOW = 4
"""Days before its publication in which news that gives no day is taken to have happened."""
LONGEST = 8
"""Days of a stretch that can still be one occurrence; a longer one is a summary or history."""
REACH = 2 * max(LONGEST, WINDOW)
"""Days before and after a claim's own within which all must be known to say in which incident it is, and what its text copies."""

_EARTH = 6371.0
DEGREE = math.radians(1) * _EARTH
"""Kilometres of a degree of latitude."""
# How far from the point named, by UCDP's where_prec. "Near" is closer than UCDP's 25 km in the texts tried; countries say nothing.
_RADIUS = {1: 3.0, 2: 12.0, 3: 40.0, 4: 120.0, 5: 120.0, 7: 150.0}
_AREA = 25.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """An interval in minutes; ``exact`` is whether the text gives the day itself, ``clock`` whether it gives the hour."""

    start: int
    end: int
    precision: TimePrecision
    given: bool

    @property
    def clock(self) -> bool:
        """Whether the text gives the time of day, not only its part."""
        return self.precision == "time"

    @property
    def day(self) -> int:
        """Ordinal of the day it begins on."""
        return self.start // DAY

    @property
    def exact(self) -> bool:
        """Whether it names one day (a night belongs to the day it begins on)."""
        return self.given and self.end - self.start <= DAY and self.precision in (1, "part_of_day", "time")

    def days(self) -> range:
        """Ordinals of the days it touches."""
        return range(self.day, max(self.day, (self.end - 1) // DAY) + 1)

    def meets(self, other: "Stretch") -> bool:
        """Whether they share a minute."""
        return self.start < other.end and other.start < self.end

    def gap(self, other: "Stretch") -> int:
        """Minutes between the two; 0 where they overlap."""
        return max(0, self.start - other.end, other.start - self.end)


@dataclass(frozen=True, slots=True)
class Spot:
    """A point with the radius within which the text may mean; ``sure`` is whether the name itself was read for certain."""

    key: str
    lat: float
    lon: float
    radius: float
    sure: bool = True

    def distance(self, other: "Spot") -> float:
        """Kilometres between the points."""
        mean = math.radians((self.lat + other.lat) / 2)
        x = math.radians(other.lon - self.lon) * math.cos(mean)
        return _EARTH * math.hypot(x, math.radians(other.lat - self.lat))


@dataclass(frozen=True, slots=True)
class Area:
    """The bounds of some places in degrees, the widest of their radii, and what they are."""

    north: float
    south: float
    east: float
    west: float
    radius: float
    keys: frozenset[str]


def area_of(spots: tuple[Spot, ...]) -> Area | None:
    """The area of places all of which are sure; None where there are none, or a name is doubtful."""
    if not spots or not all(spot.sure for spot in spots):
        return None
    lats, lons = [spot.lat for spot in spots], [spot.lon for spot in spots]
    radius, keys = max(spot.radius for spot in spots), frozenset(spot.key for spot in spots)
    return Area(max(lats), min(lats), max(lons), min(lons), radius, keys)


def stretch_of(time: Time | None, zone: tzinfo | None) -> Stretch | None:
    """The interval of a time that the text gives; None where it gives none or one too long to be one occurrence."""
    if time is None or time.start is None or time.end is None or time.precision is None:
        return None
    start, end = _minutes(time.start, zone), _minutes(time.end, zone)
    if end <= start or end - start > LONGEST * DAY or time.precision in (4, 5):
        return None
    return Stretch(start, end, time.precision, given=True)


def window_of(document: Document, zone: tzinfo | None, said: int | None = None) -> Stretch | None:
    """The days in which news happened that gives none: up to the day it was said, else up to its publication."""
    if said is None and document.published is not None:
        said = _minutes(document.published, zone) // DAY
    if said is None:
        return None
    last = said + 1
    return Stretch((last - WINDOW) * DAY, last * DAY, 2, given=False)


def spot_of(claim: Claim, text: str, area_words: frozenset[str]) -> Spot | None:
    """The point and radius of a claim's place; None where it has none or names no more than a country."""
    place = claim.place
    if place is None or place.lat is None or place.lon is None or place.precision in (None, 6):
        return None
    doubtful = any(flag.kind == "uncertain_name" and flag.span == place.span for flag in claim.flags)
    return Spot(
        place.id or place.name or place.text, place.lat, place.lon, _radius(place, text, area_words), not doubtful
    )


def _radius(place: Place, text: str, area_words: frozenset[str]) -> float:
    assert place.precision is not None
    radius = _RADIUS.get(place.precision, _AREA)
    if place.offset is not None and place.offset.km is not None:
        radius = max(radius, place.offset.km[1])
    following = text[place.span[1] : place.span[1] + 20].split()
    within = {word.casefold() for word in place.text.split()}
    if (following and following[0].strip(".,;:)").casefold() in area_words) or within & area_words:
        radius = max(radius, _AREA)
    return radius


def as_moment(minute: int, precision: TimePrecision, zone: tzinfo | None) -> Moment:
    """Back from minutes to the calendar: a day, or an hour where the precision is finer."""
    moment = datetime.fromordinal(minute // DAY) + timedelta(minutes=minute % DAY)
    if precision in ("time", "part_of_day"):
        return moment.replace(tzinfo=zone)
    return moment.date()


def _minutes(moment: Moment, zone: tzinfo | None) -> int:
    if isinstance(moment, datetime):
        local = moment.astimezone(zone) if zone is not None and moment.tzinfo is not None else moment
        return local.toordinal() * DAY + local.hour * 60 + local.minute
    return _ordinal(moment) * DAY


def _ordinal(day: date) -> int:
    return day.toordinal()
