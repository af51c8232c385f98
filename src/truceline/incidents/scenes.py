"""Scenes: the claims of one document that tell one occurrence, found by the order in which a text is told.

A text gives day and place once and goes on: "Three reservists were wounded." A claim without them belongs to what was told
just before; one with a day or a place of its own goes to the passage it agrees with, or begins a new one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from truceline.incidents.mentions import Mention
from truceline.incidents.spans import Spot, Stretch, window_of
from truceline.incidents.vocabulary import IncidentVocabulary
from truceline.model import Document

# Exact places in one document that are further apart than this, in paragraphs of their own, are told as two.
_EXACT = 3.0
# An area as wide as this holds every place of the story, and so tells none of its incidents apart.
_WIDE = 100.0
# Hours of the clock that one document would not give two of for one occurrence.
_CLOCK_APART = 90
# Paragraphs over which a claim without day and place still belongs to what was told before.
_REACH = 1
# The same for one that takes up what was told before: "both villages", "the road".
_REACH_BACK = 3


@dataclass(frozen=True, slots=True)
class Scene:
    """One occurrence as one document tells it."""

    id: str
    document: Document
    mentions: tuple[Mention, ...]
    claims: frozenset[str]
    stretch: Stretch | None
    spots: tuple[Spot, ...]
    acts: frozenset[str]
    sides: frozenset[str]
    casualties: frozenset[tuple[str, int]]
    tokens: frozenset[str]
    names: frozenset[str]

    @property
    def placed(self) -> bool:
        """Whether it names a place that is not as wide as the whole story."""
        return any(spot.radius < _WIDE for spot in self.spots)

    @property
    def exact(self) -> bool:
        """Whether it gives its day."""
        return self.stretch is not None and self.stretch.exact


class SceneFinder:
    """Finds the scenes of a document."""

    def __init__(self, vocabulary: IncidentVocabulary) -> None:
        self._vocabulary = vocabulary

    def scenes(self, mentions: Sequence[Mention]) -> list[Scene]:
        """The scenes of one document's mentions, which stand in text order. Mentions with ``why_not`` are left out."""
        passages: list[_Passage] = []
        last: _Passage | None = None
        waiting: list[Mention] = []  # "fired on a post": told before the day and the place are
        for mention in mentions:
            if mention.why_not is not None:
                continue
            passage = self._passage_of(mention, passages, last)
            if passage is None:
                if not mention.opens:
                    waiting.append(mention)
                    continue
                passage = _Passage()
                passages.append(passage)
                near = [w for w in waiting if mention.paragraph - w.paragraph <= _REACH]
                for early in near:
                    passage.take(early)
                waiting = []
            passage.take(mention)
            last = passage
        return [self.scene(passage.mentions) for passage in passages]

    def scene(self, mentions: Iterable[Mention], inherit: Scene | None = None) -> Scene:
        """The scene that these mentions make; day and place of ``inherit`` where they have none."""
        told = tuple(sorted(mentions, key=lambda m: (m.claim.act_span or m.span, m.id)))
        opening = [m for m in told if m.opens] or list(told)
        stretches = [m.stretch for m in told if m.stretch is not None]
        spots = _distinct(m.spot for m in told if m.spot is not None)
        if inherit is not None:
            stretches = stretches or ([inherit.stretch] if inherit.stretch else [])
            spots = spots or inherit.spots
        return Scene(
            id=told[0].id,
            document=told[0].document,
            mentions=told,
            claims=frozenset(mention.id for mention in told),
            stretch=min(stretches, key=lambda s: (not s.exact, s.end - s.start, s.start)) if stretches else None,
            spots=spots,
            acts=frozenset(m.act for m in opening),
            sides=frozenset(s for m in told for s in m.sides),
            casualties=frozenset(c for m in told for c in m.casualties),
            tokens=frozenset(t for m in told for t in m.tokens),
            names=self._names(told),
        )

    def split(self, scenes: Iterable[Scene], apart: Iterable[tuple[frozenset[str], frozenset[str]]]) -> list[Scene]:
        """The scenes, cut where a person set some of their claims apart from others."""
        result = list(scenes)
        for one, other in apart:
            pieces: list[Scene] = []
            for scene in result:
                out = [m for m in scene.mentions if m.id in other]
                if out and scene.claims & one:
                    kept = [m for m in scene.mentions if m.id not in other]
                    pieces += [self.scene(kept, scene), self.scene(out, scene)]
                else:
                    pieces.append(scene)
            result = pieces
        return result

    def window(self, scene: Scene, zone: tzinfo | None) -> Scene:
        """The scene with the days its news may be of, where it gives none."""
        if scene.stretch is not None:
            return scene
        said = max((m.said for m in scene.mentions if m.said is not None), default=None)
        return replace(scene, stretch=window_of(scene.document, zone, said))

    # ---- where a mention belongs ----

    def _passage_of(self, mention: Mention, passages: list["_Passage"], last: "_Passage | None") -> "_Passage | None":
        if last is None:
            return None
        recent = [last, *(p for p in reversed(passages) if p is not last)]
        related = [p for p in recent if self._tells(mention, p) and p.may_be_of(mention.beside)]
        if mention.stretch is not None:
            same = [p for p in related if p.agrees_in_time(mention.stretch) and self._in_place(mention, p)]
            undated = [p for p in same if p.stretch is None]
            dated = [p for p in same if p.stretch is not None]
            if dated:
                return dated[0]
            return next((p for p in undated if p is last and p.last.paragraph == mention.paragraph), None)
        if mention.spot is not None:
            if last in related and mention.paragraph == last.last.paragraph and self._in_place(mention, last):
                return last
            same = [p for p in related if any(s.radius < _WIDE for s in p.spots) and self._in_place(mention, p)]
            if same:
                return same[0]
            near = last in related and not last.spots and mention.paragraph - last.last.paragraph <= _REACH
            return last if near else None
        reach = _REACH_BACK if _takes_up(mention, self._vocabulary.words.taking_up) else _REACH
        return next((p for p in related if mention.paragraph - p.last.paragraph <= reach), None)

    def _tells(self, mention: Mention, passage: "_Passage") -> bool:
        """Whether its act may be part of what the passage tells."""
        if not mention.opens:
            return True
        return any(self._vocabulary.related(mention.act, m.act) > 0 for m in passage.mentions if m.opens)

    def _in_place(self, mention: Mention, passage: "_Passage") -> bool:
        if mention.spot is None or not passage.spots:
            return True
        together = mention.paragraph == passage.last.paragraph
        for spot in passage.spots:
            if spot.key == mention.spot.key:
                return True
            exact = spot.radius <= _EXACT and mention.spot.radius <= _EXACT
            if spot.distance(mention.spot) <= spot.radius + mention.spot.radius + _EXACT and (together or not exact):
                return True
        return False

    def _names(self, mentions: Iterable[Mention]) -> frozenset[str]:
        """Words of the toponyms of a scene, so that a sentence that names the place without being placed can be told."""
        words: set[str] = set()
        for mention in mentions:
            if mention.spot is not None and mention.claim.place is not None and mention.spot.radius < _WIDE:
                names = (mention.claim.place.text, mention.claim.place.name or "")
                words.update(word.casefold() for name in names for word in name.split() if len(word) >= 4)
        return frozenset(words - self._vocabulary.words.area_words)


class _Passage:
    """A scene being gathered."""

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self.spots: list[Spot] = []
        self.stretch: Stretch | None = None

    def take(self, mention: Mention) -> None:
        self.mentions.append(mention)
        if mention.spot is not None:
            self.spots.append(mention.spot)
        if mention.stretch is not None and (self.stretch is None or not self.stretch.clock):
            self.stretch = mention.stretch

    @property
    def last(self) -> Mention:
        return self.mentions[-1]

    def may_be_of(self, times: tuple[Stretch, ...]) -> bool:
        """Whether a sentence that gives these times may be of this passage."""
        return not times or self.stretch is None or any(self.stretch.meets(one) for one in times)

    def agrees_in_time(self, stretch: Stretch) -> bool:
        if self.stretch is None:
            return True
        if self.stretch.clock and stretch.clock:
            return self.stretch.gap(stretch) <= _CLOCK_APART
        return self.stretch.meets(stretch)


def _takes_up(mention: Mention, words: frozenset[str]) -> bool:
    """Whether what it was done to is spoken of as known."""
    patient = mention.claim.patient
    return (
        patient is not None and patient.text.split(maxsplit=1)[:1] != [] and patient.text.split()[0].casefold() in words
    )


def _distinct(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """Each place once, the most exact first."""
    return tuple(sorted({spot.key: spot for spot in spots}.values(), key=lambda s: (s.radius, s.key)))
