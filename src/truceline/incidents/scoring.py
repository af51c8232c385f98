"""How well a scene fits an incident: what speaks for it and against it, each part with its words.

The weights are in steps of evidence (log odds, roughly): what agrees adds, what differs takes away, what is not said adds
nothing. They were set on the dossiers of the project and are not tuned beyond what tells their incidents apart.
"""

import math
from dataclasses import dataclass
from datetime import date

from truceline.incidents.scenes import Scene
from truceline.incidents.spans import DAY, DEGREE, Area, Spot, Stretch, area_of
from truceline.incidents.vocabulary import IncidentVocabulary
from truceline.model import LinkReason

ENOUGH = 1.5
"""What a scene must reach to belong to an incident of its day."""
ENOUGH_UNDATED = 2.0
"""The same for one that does not give its day: more must agree."""

ENOUGH_ADRIFT = 2.6
"""The same for one that gives neither day nor place: numbers or words must agree too."""

_FAR = 12.0  # kilometres beyond which exact places are never one
_BEYOND = 1.5  # times the radii within which the texts may still mean one place
_NEAR_CLOCK, _SAME_WATCH, _LONG_WATCH = 60, 180, 360  # minutes


@dataclass(frozen=True, slots=True)
class Fit:
    """A score with its reasons."""

    value: float
    reasons: tuple[LinkReason, ...]

    @property
    def score(self) -> float:
        """Between 0 and 1."""
        return round(1 / (1 + math.exp(-(self.value - ENOUGH) * 1.2)), 3)


class Profile:
    """What an incident's scenes, taken together, say. It is never changed: one with a scene more is made of it.

    Args:
        scene: The scene that came in last.
        parent: The profile before; None for the first scene.
        fit: Why the scene came in.
    """

    __slots__ = (
        "_fits", "acts", "area", "casualties", "claims", "documents", "fit", "names", "parent", "scenes", "sides", "spots",
        "stretches",
    )  # fmt: skip

    def __init__(self, scene: Scene, parent: "Profile | None" = None, fit: "Fit | None" = None) -> None:
        self.parent = parent
        self.fit = fit
        self.scenes: tuple[Scene, ...] = (*parent.scenes, scene) if parent else (scene,)
        self.claims: frozenset[str] = parent.claims | scene.claims if parent else scene.claims
        self.acts: frozenset[str] = parent.acts | scene.acts if parent else scene.acts
        self.sides: frozenset[str] = parent.sides | scene.sides if parent else scene.sides
        self.casualties: frozenset[tuple[str, int]] = (
            parent.casualties | scene.casualties if parent else scene.casualties
        )
        self.names: frozenset[str] = parent.names | scene.names if parent else scene.names
        self.spots: tuple[Spot, ...] = tuple(dict.fromkeys((*parent.spots, *scene.spots))) if parent else scene.spots
        exact = frozenset([scene.document.id]) if scene.exact else frozenset[str]()
        self.documents: frozenset[str] = parent.documents | exact if parent else exact
        self.stretches = _stretches(self.scenes)
        self.area = area_of(self.spots)
        self._fits: dict[int, tuple[Scene, Fit | None]] = {}

    def known(self, scene: Scene) -> "tuple[Scene, Fit | None] | None":
        """What was found of a scene before."""
        found = self._fits.get(id(scene))
        return found if found is not None and found[0] is scene else None

    def note(self, scene: Scene, found: "Fit | None") -> None:
        """Keep what was found of a scene."""
        self._fits[id(scene)] = scene, found

    @property
    def leader(self) -> Scene:
        """The scene it was begun with: the most exact."""
        return self.scenes[0]


def far(one: Area | None, other: Area | None) -> bool:
    """Whether two areas lie so far from each other that nothing in one can be of the other; told without trigonometry."""
    if one is None or other is None:
        return False
    reach = max(_FAR, _BEYOND * (one.radius + other.radius)) / DEGREE
    beyond = one.south - other.north > reach or other.south - one.north > reach
    if not beyond:
        apart = max(one.west - other.east, other.west - one.east)
        if apart <= reach:
            return False
        pole = max(abs(one.north), abs(one.south), abs(other.north), abs(other.south))
        beyond = apart * math.cos(math.radians(pole)) > reach
    return beyond and one.keys.isdisjoint(other.keys)


def _stretches(scenes: tuple[Scene, ...]) -> tuple[Stretch, ...]:
    """The times that scenes give, each once; where none gives any, those they may be of."""
    told = dict.fromkeys(scene.stretch for scene in scenes if scene.stretch is not None)
    return tuple(stretch for stretch in told if stretch.given) or tuple(told)


def fit(scene: Scene, incident: Profile, vocabulary: IncidentVocabulary) -> Fit | None:
    """How well the scene fits; None where it cannot belong: other acts, another place, another day.

    What lies too far is told at once, and not kept; all else is found once for a scene and a profile.
    """
    place = _place(scene, incident)
    if place is None:
        return None
    known = incident.known(scene)
    if known is None:
        found = _fit(scene, incident, place, vocabulary)
        incident.note(scene, found)
        return found
    return known[1]


def _fit(scene: Scene, incident: Profile, place: "Part", vocabulary: IncidentVocabulary) -> Fit | None:
    act = _act(scene, incident, vocabulary)
    time = _time(scene, incident) if act is not None else None
    if act is None or time is None:
        return None
    parts = [act, time]
    parts += [part for part in (place, _sides(scene, incident), _casualties(scene, incident)) if part[1]]
    parts += [part for part in (_wording(scene, incident), _same_document(scene, incident)) if part[1]]
    return Fit(
        sum(value for _, value, _ in parts), tuple(LinkReason(name, _share(value), says) for name, value, says in parts)
    )


def needed(scene: Scene) -> float:
    """What a scene must reach to belong to an incident."""
    if scene.stretch is not None and scene.stretch.given:
        return ENOUGH
    return ENOUGH_UNDATED if scene.placed else ENOUGH_ADRIFT


Part = tuple[str, float, str]


def _act(scene: Scene, incident: Profile, vocabulary: IncidentVocabulary) -> Part | None:
    pairs = ((vocabulary.related(a, b), a, b) for a in scene.acts for b in incident.acts)
    weight, one, other = max(pairs, default=(0.0, "", ""))
    if weight <= 0:
        return None
    same = one == other
    says = f"both tell of {_words(one)}" if same else f"{_words(one)} may tell the same as {_words(other)}"
    return "act", weight, says


def _time(scene: Scene, incident: Profile) -> Part | None:
    mine = scene.stretch
    if mine is None:
        return "time", 0.0, "no day given"
    best = max(
        (_time_between(mine, other) for other in incident.stretches),
        key=lambda part: part[1],
        default=("time", 0.0, "no day given"),
    )
    return None if best[1] <= -10 else best


def _time_between(mine: Stretch, other: Stretch) -> Part:
    gap = mine.gap(other)
    if mine.clock and other.clock:
        if gap <= _NEAR_CLOCK:
            return "time", 1.8, f"within an hour ({_clock(mine)}, {_clock(other)})"
        weight = 0.3 if gap <= _SAME_WATCH else -1.0 if gap <= _LONG_WATCH else -4.0
        return "time", weight, f"hours apart ({_clock(mine)}, {_clock(other)})"
    if not mine.given or not other.given:
        return _undated(mine, other)
    if not mine.meets(other) and mine.day != other.day and not (mine.clock and other.clock):
        return "time", -10.0, "another day"
    if {mine.precision, other.precision} <= {"part_of_day", "time"}:
        return (
            ("time", 1.5, "same part of the day") if gap <= _NEAR_CLOCK else ("time", -2.5, "another part of the day")
        )
    if mine.exact and other.exact:
        return "time", 1.0, f"same day ({_day(mine)})"
    return "time", 0.5, "stretches of time that overlap"


def _undated(mine: Stretch, other: Stretch) -> Part:
    """News that gives no day is rather of the day it was told, or the one before."""
    if not mine.meets(other):
        return "time", -10.0, "told before"
    if mine.given == other.given:
        return "time", 0.2, "told in the same days"
    days = (mine.end // DAY if other.given else other.end // DAY) - 1 - (other.day if other.given else mine.day)
    says = "that day" if days == 0 else f"{days} days after"
    return "time", {0: 0.4, 1: 0.2}.get(days, 0.0), f"no day given; told {says}"


def _place(scene: Scene, incident: Profile) -> Part | None:
    if not scene.spots or not incident.spots:
        named = sorted(incident.names & scene.tokens)
        if named or any(scene.names & other.tokens for other in incident.scenes):
            return "place", 1.0, f"names {', '.join(named) or 'the same place'}"
        return "place", 0.0, ""
    weight, mine, other = -math.inf, scene.spots[0], incident.spots[0]
    for here in scene.spots:
        for there in incident.spots:
            found = _place_between(here, there)
            if found > weight:
                weight, mine, other = found, here, there
    if weight <= -10:
        return None if mine.sure and other.sure else ("place", 0.0, "")
    distance = mine.distance(other)
    named = sorted(incident.names & scene.tokens) if weight < 1 else []
    if named:
        return "place", 1.0, f"{distance:.0f} km between the points, and names {', '.join(named)}"
    return "place", weight, "same place" if distance < 1 else f"{distance:.0f} km apart, within what the texts mean"


def _place_between(mine: Spot, other: Spot) -> float:
    reach = mine.radius + other.radius
    if mine.key != other.key and abs(mine.lat - other.lat) * DEGREE > max(_FAR, _BEYOND * reach):
        return -10.0  # nearly all pairs are, and this is told without trigonometry
    widest = max(mine.radius, other.radius)
    most = 2.0 if widest < 25 else 1.0 if widest < 40 else 0.6 if widest < 100 else 0.2
    if mine.key == other.key:
        return most
    distance = mine.distance(other)
    share = distance / reach
    if share <= _BEYOND:
        return round(most * min(1.0, _BEYOND - share), 2)
    return -0.5 if distance <= _FAR else -10.0


def _sides(scene: Scene, incident: Profile) -> Part:
    if not scene.sides or not incident.sides:
        return "parties", 0.0, ""
    both = sorted(scene.sides & incident.sides)
    return ("parties", 0.5, f"both name {', '.join(both)}") if both else ("parties", -0.8, "they name other sides")


def _casualties(scene: Scene, incident: Profile) -> Part:
    theirs = incident.casualties
    both = sorted(scene.casualties & theirs)
    if both:
        return "counts", 0.8, "both give " + ", ".join(f"{number} {what}" for what, number in both)
    alike = {what for what, _ in scene.casualties} & {what for what, _ in theirs}
    return ("counts", -0.2, f"other numbers of {', '.join(sorted(alike))}") if alike else ("counts", 0.0, "")


def _wording(scene: Scene, incident: Profile) -> Part:
    share = max(
        (
            len(scene.tokens & other.tokens) / max(1, min(len(scene.tokens), len(other.tokens)))
            for other in incident.scenes
        ),
        default=0.0,
    )
    return "wording", round(max(0.0, share - 0.5) * 2, 2), f"{share:.0%} of the words are shared"


def _same_document(scene: Scene, incident: Profile) -> Part:
    told = scene.exact and scene.document.id in incident.documents
    return "document", -1.5 if told else 0.0, "the same document tells the two apart"


def _share(value: float) -> float:
    return round(1 / (1 + math.exp(-value)), 2)


def _words(act: str) -> str:
    return act.replace("_", " ")


def _clock(stretch: Stretch) -> str:
    return f"{stretch.start // 60 % 24:02}:{stretch.start % 60:02}"


def _day(stretch: Stretch) -> str:
    return date.fromordinal(stretch.day).isoformat()
