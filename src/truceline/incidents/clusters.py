"""Incidents of a day from the scenes of many documents, the same whatever order the documents came in.

The scenes of a day are taken with the most exact first (by what they give, never by when they arrived), and each goes to the
incident it fits best or begins one. Scenes that do not give their day go to the best incident of the days before their
publication, or keep to themselves. A night that two days share, and what a person has joined, is put together at the end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from truceline.incidents.scenes import Scene
from truceline.incidents.scoring import ENOUGH, Fit, Profile, far, fit, needed
from truceline.incidents.spans import DAY, area_of
from truceline.incidents.vocabulary import IncidentVocabulary

# The hours about midnight within which two days share an incident.
_LATE, _EARLY = 21 * 60, 3 * 60


@dataclass(frozen=True, slots=True)
class Seat:
    """A scene in an incident, with the fit that put it there (None for the first one)."""

    scene: Scene
    fit: Fit | None


@dataclass(frozen=True, slots=True)
class Group:
    """The scenes of one incident, the most exact first."""

    seats: tuple[Seat, ...]
    profile: Profile | None = field(default=None, compare=False, repr=False)
    claims: frozenset[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Gather the ids of its claims."""
        object.__setattr__(self, "claims", frozenset(claim for seat in self.seats for claim in seat.scene.claims))


@dataclass(slots=True)
class Gathering:
    """Scenes as they were put together, one after the other, so that the same is not done again.

    Attributes:
        steps: Each scene with what its incident was once it was in.
        groups: What came of it; the same objects as long as they hold the same scenes.
    """

    steps: list[tuple[Scene, Profile]] = field(default_factory=list)
    groups: dict[int, tuple[Profile, Group]] = field(default_factory=dict)


class Apart:
    """What a person has set apart."""

    def __init__(self, pairs: Iterable[tuple[Sequence[str], Sequence[str]]]) -> None:
        self.pairs = tuple((frozenset(one), frozenset(other) - frozenset(one)) for one, other in pairs)
        self._against: dict[str, set[str]] = {}
        for one, other in self.pairs:
            for claim in one:
                self._against.setdefault(claim, set()).update(other)
            for claim in other:
                self._against.setdefault(claim, set()).update(one)

    def forbids(self, one: Iterable[str], other: frozenset[str]) -> bool:
        """Whether claims of one may not be with claims of the other."""
        return bool(self._against) and any(self._against[c] & other for c in one if c in self._against)


class Clusterer:
    """Puts scenes together."""

    def __init__(self, vocabulary: IncidentVocabulary, apart: Apart) -> None:
        self._vocabulary = vocabulary
        self.apart = apart

    def of_day(self, scenes: Iterable[Scene], before: Gathering) -> list[Group]:
        """The incidents of scenes that give one day.

        Args:
            scenes: The scenes.
            before: The day's gathering as it was; it is brought up to these scenes.
        """
        return self._gather(sorted(scenes, key=_exactness), before)

    def undated(self, scenes: Iterable[Scene], before: Gathering) -> list[Group]:
        """The incidents of scenes that give no day, or several, and fit no incident of a day."""
        placed = [scene for scene in scenes if scene.placed or (scene.stretch is not None and scene.stretch.given)]
        return self._gather(sorted(placed, key=_exactness), before)

    def best(self, scene: Scene, groups: Iterable[Group]) -> tuple[Group, Fit] | None:
        """The incident that a scene without a day of its own belongs to, if any fits well enough."""
        enough = needed(scene)
        best: tuple[Group, Fit] | None = None
        for group in sorted(groups, key=lambda g: g.seats[0].scene.id):
            found = (
                None if self.apart.forbids(scene.claims, group.claims) else fit(scene, profile(group), self._vocabulary)
            )
            if found is not None and found.value >= enough and (best is None or found.value > best[1].value):
                best = group, found
        return best

    def _gather(self, scenes: Sequence[Scene], before: Gathering) -> list[Group]:
        """Put each scene to the incident it fits best; as far as the scenes are those of before, so is what comes of them."""
        same = 0
        while same < min(len(scenes), len(before.steps)) and scenes[same] is before.steps[same][0]:
            same += 1
        steps = before.steps[:same]
        profiles: dict[int, Profile] = {}  # by the leader, in the order in which they were begun
        for _, incident in steps:
            profiles[id(incident.leader)] = incident
        known = {(id(incident.parent), id(scene)): incident for scene, incident in before.steps[same:]}
        for scene in scenes[same:]:
            best = self._best(scene, profiles.values())
            parent, found = best if best is not None else (None, None)
            incident = known.get((id(parent), id(scene))) or Profile(scene, parent, found)
            profiles[id(incident.leader)] = incident
            steps.append((scene, incident))
        before.steps = steps
        before.groups = {key: before.groups.get(key) or (one, _group(one)) for key, one in _by_id(profiles.values())}
        return [group for _, group in before.groups.values()]

    def _best(self, scene: Scene, profiles: Iterable[Profile]) -> tuple[Profile, Fit] | None:
        enough = needed(scene)
        area = area_of(scene.spots)
        best: tuple[Profile, Fit] | None = None
        for incident in profiles:
            if far(area, incident.area) or self.apart.forbids(scene.claims, incident.claims):
                continue
            found = fit(scene, incident, self._vocabulary)
            if found is not None and found.value >= enough and (best is None or found.value > best[1].value):
                best = incident, found
        return best

    def is_late(self, group: Group) -> bool:
        """Whether an incident lies in the last hours of its day."""
        return _within(group, _LATE, DAY + _EARLY)

    def share_a_night(self, evening: Group, morning: Group) -> Fit | None:
        """The fit of an incident of the last hours of a day with one of the first hours of the next."""
        if not _within(morning, 0, _EARLY):
            return None
        if self.apart.forbids(morning.claims, evening.claims):
            return None
        end = max(s.scene.stretch.end for s in evening.seats if s.scene.stretch)
        start = min(s.scene.stretch.start for s in morning.seats if s.scene.stretch)
        if start - end > _EARLY:
            return None
        scene = morning.seats[0].scene
        found = fit(_at(scene, evening.seats[0].scene), profile(evening), self._vocabulary)
        return found if found is not None and found.value >= ENOUGH else None


def profile(group: Group) -> Profile:
    """The profile of a group."""
    if group.profile is not None:
        return group.profile
    result = Profile(group.seats[0].scene)
    for seat in group.seats[1:]:
        result = Profile(seat.scene, result, seat.fit)
    return result


def _group(incident: Profile) -> Group:
    """The group of an incident's scenes."""
    seats: list[Seat] = []
    one: Profile | None = incident
    while one is not None:
        seats.append(Seat(one.scenes[-1], one.fit))
        one = one.parent
    return Group(tuple(reversed(seats)), incident)


def _by_id(profiles: Iterable[Profile]) -> list[tuple[int, Profile]]:
    return [(id(one), one) for one in profiles]


def _exactness(scene: Scene) -> tuple[object, ...]:
    stretch = scene.stretch
    length = stretch.end - stretch.start if stretch else 10 * DAY
    radius = scene.spots[0].radius if scene.spots else 1000.0
    published = scene.document.published
    return (
        not (stretch is not None and stretch.given),
        min(length, DAY) if radius < 100 else DAY + 1,
        radius,
        published.isoformat() if published else "~",
        scene.document.id,
        scene.id,
    )


def _within(group: Group, first: int, last: int) -> bool:
    """Whether every dated scene gives its hours and they lie between two times of its day."""
    for seat in group.seats:
        stretch = seat.scene.stretch
        if stretch is None or not stretch.given:
            return False
        if stretch.precision not in ("time", "part_of_day"):
            return False
        if stretch.start % DAY < first or stretch.end - stretch.day * DAY > last:
            return False
    return True


def _at(scene: Scene, other: Scene) -> Scene:
    """The scene as if it were told at the other's time, to compare all else."""
    return replace(scene, stretch=other.stretch)
