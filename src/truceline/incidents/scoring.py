"""How well a scene fits an incident: what speaks for it and against it, each part with its words.

The weights are in steps of evidence (log odds, roughly): what agrees adds, what differs takes away, what is not said adds
nothing. They were set on the dossiers of the project and are not tuned beyond what tells their incidents apart.
"""

import math
from dataclasses import dataclass
from datetime import date

from truceline.incidents.scenes import Scene
from truceline.incidents.spans import DAY, Spot, Stretch
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
    """What an incident's scenes, taken together, say; scenes are only added."""

    def __init__(self, first: Scene) -> None:
        self.scenes: list[Scene] = []
        self.claims: set[str] = set()
        self.add(first)

    def add(self, scene: Scene) -> None:
        """Take a scene in."""
        self.scenes.append(scene)
        self.claims |= scene.claims

    @property
    def leader(self) -> Scene:
        """The scene it was begun with: the most exact."""
        return self.scenes[0]


def fit(scene: Scene, incident: Profile, vocabulary: IncidentVocabulary) -> Fit | None:
    """How well the scene fits; None where it cannot belong: other acts, another place, another day."""
    parts: list[tuple[str, float, str]] = []
    act = _act(scene, incident, vocabulary)
    place = _place(scene, incident)
    time = _time(scene, incident)
    if act is None or place is None or time is None:
        return None
    parts += [act, time]
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
    pairs = ((vocabulary.related(a, b), a, b) for a in scene.acts for other in incident.scenes for b in other.acts)
    weight, one, other = max(pairs, key=lambda p: (p[0], p[1], p[2]), default=(0.0, "", ""))
    if weight <= 0:
        return None
    same = one == other
    says = f"both tell of {_words(one)}" if same else f"{_words(one)} may tell the same as {_words(other)}"
    return "act", weight, says


def _time(scene: Scene, incident: Profile) -> Part | None:
    mine = scene.stretch
    if mine is None:
        return "time", 0.0, "no day given"
    theirs = [s.stretch for s in incident.scenes if s.stretch is not None and s.stretch.given] or [
        s.stretch for s in incident.scenes if s.stretch is not None
    ]
    best = max(
        (_time_between(mine, other) for other in theirs),
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
    spots = [spot for other in incident.scenes for spot in other.spots]
    names = {name for other in incident.scenes for name in other.names}
    named = sorted(names & scene.tokens)
    if not scene.spots or not spots:
        if named or scene.names & {token for other in incident.scenes for token in other.tokens}:
            return "place", 1.0, f"names {', '.join(named) or 'the same place'}"
        return "place", 0.0, ""
    pairs = [(_place_between(mine, other), mine, other) for mine in scene.spots for other in spots]
    weight, mine, other = max(pairs, key=lambda found: found[0])
    if weight <= -10:
        return None if mine.sure and other.sure else ("place", 0.0, "")
    distance = mine.distance(other)
    if weight < 1 and named:
        return "place", 1.0, f"{distance:.0f} km between the points, and names {', '.join(named)}"
    return "place", weight, "same place" if distance < 1 else f"{distance:.0f} km apart, within what the texts mean"


def _place_between(mine: Spot, other: Spot) -> float:
    widest = max(mine.radius, other.radius)
    most = 2.0 if widest < 25 else 1.0 if widest < 40 else 0.6 if widest < 100 else 0.2
    if mine.key == other.key:
        return most
    distance = mine.distance(other)
    share = distance / (mine.radius + other.radius)
    if share <= _BEYOND:
        return round(most * min(1.0, _BEYOND - share), 2)
    return -0.5 if distance <= _FAR else -10.0


def _sides(scene: Scene, incident: Profile) -> Part:
    theirs = {side for other in incident.scenes for side in other.sides}
    if not scene.sides or not theirs:
        return "parties", 0.0, ""
    both = sorted(scene.sides & theirs)
    return ("parties", 0.5, f"both name {', '.join(both)}") if both else ("parties", -0.8, "they name other sides")


def _casualties(scene: Scene, incident: Profile) -> Part:
    theirs = {count for other in incident.scenes for count in other.casualties}
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
    told = scene.exact and any(other.document.id == scene.document.id and other.exact for other in incident.scenes)
    return "document", -1.5 if told else 0.0, "the same document tells the two apart"


def _share(value: float) -> float:
    return round(1 / (1 + math.exp(-value)), 2)


def _words(act: str) -> str:
    return act.replace("_", " ")


def _clock(stretch: Stretch) -> str:
    return f"{stretch.start // 60 % 24:02}:{stretch.start % 60:02}"


def _day(stretch: Stretch) -> str:
    return date.fromordinal(stretch.day).isoformat()
