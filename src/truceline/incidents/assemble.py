"""An incident from its scenes: when, where, what, every version, what cannot hold together, and why each claim is in it."""

import re
import unicodedata
from collections.abc import Sequence

from truceline.incidents.clusters import Group
from truceline.incidents.contradictions import contradictions
from truceline.incidents.fields import FieldReader
from truceline.incidents.lineage import LineageIndex
from truceline.incidents.mentions import Mention
from truceline.incidents.obligations import touches
from truceline.incidents.scenes import Scene
from truceline.incidents.spans import as_moment
from truceline.incidents.versions import origins, versions, with_silence
from truceline.incidents.vocabulary import IncidentVocabulary
from truceline.incidents.voices import MONITOR, Voices
from truceline.knowledge import Agreement
from truceline.model import (
    Document,
    Incident,
    IncidentPlace,
    IncidentTime,
    Link,
    LinkReason,
    Modality,
    Version,
)

# What names an occurrence least: a title takes another act where there is one.
_GENERAL = {"ceasefire_violation", "killing", "wounding", "armed_clash"}


class Assembler:
    """Makes incidents of groups of scenes."""

    def __init__(
        self, vocabulary: IncidentVocabulary, voices: Voices, agreement: Agreement | None, lineages: LineageIndex
    ) -> None:
        self._vocabulary = vocabulary
        self._voices = voices
        self._agreement = agreement
        self._lineages = lineages
        self._fields = FieldReader(vocabulary, voices)

    def incident(self, groups: Sequence[Group], links: Sequence[Link], bulletins: Sequence[Document]) -> Incident:
        """The incident that these groups are, without its final id (which depends on its neighbours).

        Args:
            groups: The groups, the most exact first; several where a night or a person joined them.
            links: Why the groups after the first belong to it.
            bulletins: What the monitor published in the days after.
        """
        scenes = [seat.scene for group in groups for seat in group.seats]
        mentions = sorted(
            (m for scene in scenes for m in scene.mentions),
            key=lambda m: (_published(m.document), m.document.id, m.span, m.id),
        )
        lineage_id = self._lineages.lineage_id
        origin = origins(self._vocabulary, lineage_id, self._lineages.origin, mentions)
        said = self._fields.read(mentions)
        told = with_silence(versions(said, mentions, self._voices, origin), self._voices, bulletins)
        when, place, act = self._when(scenes), self._place(mentions), self._act(mentions)
        anchor = next((m for m in mentions if m.opens), mentions[0])
        documents = tuple(dict.fromkeys(m.document.id for m in mentions))
        return Incident(
            id=_slug(place, when, anchor.id),
            anchor=anchor.id,
            title=_title(act, place),
            act=act,
            when=when,
            place=place,
            state=self._state(mentions, told),
            claims=tuple(m.id for m in mentions),
            documents=documents,
            lineages=tuple(sorted({lineage_id(document) for document in documents})),
            versions=told,
            contradictions=contradictions(said, self._vocabulary),
            obligations=touches(mentions, self._agreement),
            links=(*(link for group in groups for link in _links(group)), *links),
        )

    def lineage(self, document: str) -> tuple[str, str | None]:
        """The lineage of a document, and its origin: what an incident depends on beside its claims."""
        return self._lineages.lineage_id(document), self._lineages.origin(document)

    def _when(self, scenes: Sequence[Scene]) -> IncidentTime | None:
        stretches = [s.stretch for s in scenes if s.stretch is not None]
        if not stretches:
            return None
        best = min(stretches, key=lambda s: (not s.given, s.end - s.start, s.start))
        zone = self._agreement.zone if self._agreement else None
        start, end = (as_moment(minute, best.precision, zone) for minute in (best.start, best.end))
        return IncidentTime(start, end, best.precision)

    def _place(self, mentions: Sequence[Mention]) -> IncidentPlace | None:
        """The most exact place, of those alike the one with most origins behind it."""
        placed = [m for m in mentions if m.spot is not None and m.claim.place is not None and m.opens]
        if not placed:
            return None
        lineages: dict[str, set[str]] = {}
        for m in placed:
            assert m.spot is not None
            lineages.setdefault(m.spot.key, set()).add(self._lineages.lineage_id(m.document.id))

        def rank(m: Mention) -> tuple[float, int, str, str]:
            assert m.spot is not None
            return m.spot.radius, -len(lineages[m.spot.key]), m.spot.key, m.id

        best = min(placed, key=rank).claim.place
        assert best is not None
        said = tuple(sorted({" ".join(m.claim.place.text.split()) for m in placed if m.claim.place is not None}))
        return IncidentPlace(best.name or best.text, said, best.id, best.lat, best.lon, best.precision)

    def _act(self, mentions: Sequence[Mention]) -> str:
        """The act with most origins behind it; one that says what was done before one that says only that something was."""
        lineages: dict[str, set[str]] = {}
        for m in mentions:
            if m.opens:
                lineages.setdefault(m.act, set()).add(self._lineages.lineage_id(m.document.id))
        if not lineages:
            return mentions[0].act
        return min(lineages, key=lambda act: (act in _GENERAL, -len(lineages[act]), act))

    def _state(self, mentions: Sequence[Mention], told: Sequence[Version]) -> str:
        """What a machine may propose: never more than who says so."""
        asserting = {m.voice for m in mentions if m.opens and m.claim.modality is Modality.ASSERTED}
        if MONITOR in asserting:
            return "observed"
        parties = asserting & (set(self._voices.names) or {v.party for v in told if v.party not in {"others", MONITOR}})
        return "corroborated" if len(parties) > 1 else "alleged"


def _links(group: Group) -> list[Link]:
    """Why each claim is in the group: its scene's fit, or the passage it is told in."""
    first = group.seats[0].scene.mentions[0].id
    found: list[Link] = []
    for seat in group.seats:
        head = seat.scene.mentions[0]
        if seat.fit is None:
            found.append(Link(head.id, None, 1.0, (LinkReason("first", 1.0, "the most exact account"),)))
        else:
            found.append(Link(head.id, first, seat.fit.score, seat.fit.reasons))
        for mention in seat.scene.mentions[1:]:
            passage = LinkReason("passage", 0.9, "told in the same passage of the same document")
            score = round(0.9 * (seat.fit.score if seat.fit else 1.0), 3)
            found.append(Link(mention.id, head.id, score, (passage,)))
    return found


def _title(act: str, place: IncidentPlace | None) -> str:
    words = act.replace("_", " ")
    title = words[:1].upper() + words[1:]
    if place is None:
        return f"{title}, place not given"
    return f"{title} {'at' if place.precision == 1 else 'in' if place.precision in (3, 4, 5) else 'near'} {place.name}"


def _slug(place: IncidentPlace | None, when: IncidentTime | None, anchor: str) -> str:
    name = unicodedata.normalize("NFKD", place.name if place is not None else "unplaced")
    ascii_name = re.sub(r"[^a-z0-9]+", "-", name.encode("ascii", "ignore").decode().lower()).strip("-")
    # Of what has no day nobody can see all there is: its name must not depend on others.
    day = when.start.isoformat()[:10] if when is not None else f"undated-{anchor.removeprefix('c-')}"
    return f"{ascii_name or 'place'}-{day}"


def _published(document: Document) -> str:
    return document.published.isoformat() if document.published is not None else "~"
