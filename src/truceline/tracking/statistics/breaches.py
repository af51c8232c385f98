"""Incidents as statistics see them: when at the earliest and latest, how grave, and who is named by whom to have begun."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from truceline.incidents.fields import BEGAN, KNOWN, UNNAMED
from truceline.incidents.voices import MONITOR
from truceline.knowledge.acts import ActVocabulary
from truceline.knowledge.obligations import as_day
from truceline.model import Incident, IncidentTime, Moment, Value, Version
from truceline.tracking.record import Record, Told, Tracked
from truceline.tracking.statistics.bounds import NONE, Bounds, hull, total
from truceline.tracking.statistics.rules import Level, Standing, StatisticsRules

MonitorSays = Literal[
    "names_side", "no_side", "no_access", "no_information", "silent", "not_in_bulletin", "no_bulletin"
]
"""What the monitor says on who began: names a side; says that none is named; could not get there; knows nothing; speaks of
the incident and not of who began; published in the days after and does not mention it; published nothing of the kind."""

MONITOR_SAYS: tuple[MonitorSays, ...] = (
    "names_side", "no_side", "no_access", "no_information", "silent", "not_in_bulletin", "no_bulletin",
)  # fmt: skip
NO_SIDE = "no_side"
"""Stands for a party where a voice says that no side is named."""

_TOLD = ("what", "killed", "wounded", "captured", "missing")
_IN_REPLY = ", in reply"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Naming:
    """That a voice names a side as the one who began, denies it of one, or names none and says so."""

    voice: str
    party: str
    stance: str
    claims: tuple[str, ...]
    lineages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Severity:
    """How grave the lightest and the gravest version is; ``by`` has both for each voice."""

    least: str
    most: str
    by: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Breach:
    """An incident that counts.

    Attributes:
        decided: Whether a person decided how it stands.
        first, last: The days between which it happened; None where no day is given.
        published: The day on which its first document came out.
        asserted: Claims by voice that tell it as having happened.
        origins: The lineage of each of these claims.
        denied: Voices that deny what others assert.
        contested: Whether versions of who began cannot both hold.
        both_ways: Whether, in one reading, it carries out an obligation and breaks none of the families of force: troops that
            enter a district on the day it is due to them. It is in the upper bounds only.
    """

    incident: Incident
    standing: Standing
    decided: bool
    first: date | None
    last: date | None
    published: date | None
    severity: Severity
    named: tuple[Naming, ...]
    monitor: MonitorSays
    asserted: Mapping[str, tuple[str, ...]]
    origins: Mapping[str, str]
    denied: tuple[str, ...]
    contested: bool
    both_ways: bool

    @property
    def id(self) -> str:
        """The incident's id."""
        return self.incident.id

    def within(self, since: date, until: date) -> Bounds:
        """1 when it is a breach of a period for sure, 0 to 1 when it may be, else 0; without a day it may lie anywhere."""
        if self.first is None or self.last is None:
            return Bounds(0, 1)
        if self.last < since or self.first > until:
            return NONE
        return Bounds(int(since <= self.first and self.last <= until and not self.both_ways), 1)


def breaches(
    record: Record, rules: StatisticsRules, acts: ActVocabulary, decided: Mapping[str, Standing] | None = None
) -> tuple[Breach, ...]:
    """The incidents of a record that count as alleged breaches, in the order of time.

    Args:
        record: The record.
        rules: How to count.
        acts: The vocabulary, for kinds.
        decided: How incidents stand that persons decided of; the others stand as a machine proposes.
    """
    published: dict[str, date] = {}
    for told in record.told:
        if told.published is not None:
            published.setdefault(told.document, as_day(told.published, record.zone))
    telling = {told.claim: told for told in record.told}
    return tuple(
        _breach(one, rules, acts, published, telling, record.zone, (decided or {}).get(one.incident.id))
        for one in record.incidents
        if is_breach(one.incident, rules, acts)
    )


def is_breach(incident: Incident, rules: StatisticsRules, acts: ActVocabulary) -> bool:
    """Whether an incident counts, as the rules say."""
    questioned = any(touch.side == "questioned" for touch in incident.obligations)
    return _forceful(incident, rules, acts) or (rules.breaches.questioned and questioned)


def _forceful(incident: Incident, rules: StatisticsRules, acts: ActVocabulary) -> bool:
    """Whether the act alone makes it count, whatever the agreement says."""
    return incident.act in rules.breaches.acts or acts[incident.act].family in rules.breaches.families


def days_of(when: IncidentTime | None, zone: tzinfo) -> tuple[date, date] | None:
    """The first and the last day that an incident may have been on, by the clock of the area."""
    if when is None:
        return None
    first = as_day(when.start, zone)
    return first, max(first, _last(when.end, zone))


def _last(end: Moment, zone: tzinfo) -> date:
    """The last day before an exclusive end."""
    day = as_day(end, zone)
    return day if as_day(_just_before(end), zone) == day else day - _DAY


def _just_before(end: Moment) -> Moment:
    return end - timedelta(microseconds=1) if isinstance(end, datetime) else end - _DAY


def _breach(
    tracked: Tracked,
    rules: StatisticsRules,
    acts: ActVocabulary,
    published: Mapping[str, date],
    telling: Mapping[str, Told],
    zone: tzinfo,
    decided: Standing | None,
) -> Breach:
    incident = tracked.incident
    days = days_of(incident.when, zone)
    out = [published[key] for key in incident.documents if key in published]
    asserted = {version.party: _telling(version) for version in incident.versions}
    return Breach(
        incident=incident,
        standing=decided or rules.stands(tracked.state) or "alleged",
        decided=decided is not None,
        first=days[0] if days else None,
        last=days[1] if days else None,
        published=min(out, default=None),
        severity=severity(incident, rules),
        named=tuple(namings(incident)),
        monitor=monitor_says(incident),
        asserted={voice: claims for voice, claims in asserted.items() if claims},
        origins={key: telling[key].lineage for claims in asserted.values() for key in claims if key in telling},
        denied=tuple(version.party for version in incident.versions if _denies(version)),
        contested=any(contradiction.field == BEGAN for contradiction in incident.contradictions),
        both_ways=not _forceful(incident, rules, acts)
        and any(touch.side == "served" for touch in incident.obligations),
    )


def _denies(version: Version) -> bool:
    """Whether a voice denies what is said to have happened, or that somebody began it."""
    what = version.fields.get("what", ())
    began = version.fields.get(BEGAN, ())
    return any(value.stance == "denied" for value in (*what, *began))


# ---- who began ----


def namings(incident: Incident) -> Iterable[Naming]:
    """Who is named as having begun, by whom; voices in the incident's order."""
    for version in incident.versions:
        for value in version.fields.get(BEGAN, ()):
            if value.stance in {"value", "denied"}:
                yield Naming(version.party, value.key, value.stance, value.claims, value.lineages)
            elif value.stance == "no_side":
                yield Naming(version.party, NO_SIDE, value.stance, value.claims, value.lineages)


def monitor_says(incident: Incident) -> MonitorSays:
    """What the monitor says on who began. No access or no information says why no side is named, and stands before that."""
    version = next((version for version in incident.versions if version.party == MONITOR), None)
    if version is None:
        return "no_bulletin"
    if not version.claims:
        return "not_in_bulletin"
    stances = {value.stance for field in (BEGAN, KNOWN) for value in version.fields.get(field, ())}
    known: dict[str, MonitorSays] = {
        "value": "names_side", "no_access": "no_access", "no_information": "no_information", "no_side": "no_side",
    }  # fmt: skip
    return next((says for stance, says in known.items() if stance in stances), "silent")


# ---- severity ----


def severity(incident: Incident, rules: StatisticsRules) -> Severity:
    """How grave an incident is by each version that tells it as having happened."""
    by = {version.party: _levels(version, rules) for version in incident.versions if _telling(version)}
    order = rules.levels
    found = list(by.values()) or [(order[0], order[0])]
    return Severity(
        least=min((least for least, _ in found), key=order.index),
        most=max((most for _, most in found), key=order.index),
        by=by,
    )


def _telling(version: Version) -> tuple[str, ...]:
    """The claims by which a version says what happened or who came to harm; one that only denies has none."""
    claims = {
        claim
        for field in version.fields
        if field.partition(":")[0] in _TOLD
        for value in _values(version, field)
        for claim in value.claims
    }
    return tuple(sorted(claims))


def _levels(version: Version, rules: StatisticsRules) -> tuple[str, str]:
    """The least and the greatest level a version gives, as its numbers of people have a least and a greatest."""
    least = most = rules.severity[0].id
    for level in rules.severity[1:]:
        if _marks(version, level, greatest=False):
            least = level.id
        if _marks(version, level, greatest=True):
            most = level.id
    return least, most


def _marks(version: Version, level: Level, *, greatest: bool) -> bool:
    acts = {value.key.removesuffix(_IN_REPLY) for value in _values(version, "what")}
    weapons = {value.key for value in _values(version, "weapons")}
    if acts & level.acts or weapons & level.weapons:
        return True
    for field in version.fields:
        what, _, _whose = field.partition(":")
        needed = level.people.get(what)
        if needed is not None and any(_reaches(value, needed, greatest) for value in _values(version, field)):
            return True
    return False


def _reaches(value: Value, needed: int, greatest: bool) -> bool:
    bounds = people(value)
    return (bounds.max is None or bounds.max >= needed) if greatest else bounds.min >= needed


def people(value: Value) -> Bounds:
    """The number of people that a casualty value gives; "some, no number" is one or more."""
    low, _, high = value.key.partition("-")
    if not low.isdecimal():
        return Bounds(1, None)
    return Bounds(int(low), int(high) if high.isdecimal() else None)


def _values(version: Version, field: str) -> list[Value]:
    return [value for value in version.fields.get(field, ()) if value.stance == "value"]


def sides(breach: Breach) -> tuple[str, ...]:
    """The sides that any voice names as having begun, in alphabetical order of their ids."""
    return tuple(sorted({naming.party for naming in breach.named if naming.stance == "value"} - {UNNAMED}))


def harm(breach: Breach) -> tuple[Bounds, Bounds]:
    """How many were killed and how many wounded, over all sides, by the least and the greatest number any version gives."""
    return _harmed(breach.incident, "killed"), _harmed(breach.incident, "wounded")


def _harmed(incident: Incident, what: str) -> Bounds:
    by_voice = []
    for version in incident.versions:
        given = [
            hull(people(value) for value in _values(version, field)) or NONE
            for field in version.fields
            if field.partition(":")[0] == what and _values(version, field)
        ]
        if given:
            by_voice.append(Bounds(max(one.min for one in given), total(given).max))
    return hull(by_voice) or NONE
