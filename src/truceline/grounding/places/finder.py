"""The places of a text: recognised, resolved, and with what is doubtful about them said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

from truceline.grounding.places.candidates import Mention, kind_beside
from truceline.grounding.places.garble import Likeness, NameMatcher, accepted
from truceline.grounding.places.given import GivenNames
from truceline.grounding.places.mentions import find_mentions
from truceline.grounding.places.names import numbered
from truceline.grounding.places.offsets import find_offset, joins, precision_with
from truceline.grounding.places.resolve import Sense, resolve
from truceline.grounding.places.vocabulary import load_vocabulary
from truceline.knowledge.gazetteer import Gazetteer, PlaceRow, Region, normalise
from truceline.knowledge.gazetteer.files import alpha3
from truceline.knowledge.gazetteer.kinds import precision_of
from truceline.model import Candidate, Flag, Offset, Place, PlacePrecision, Span
from truceline.reading.words import ParsedText

_NO_SLOTS: Mapping[int, float] = MappingProxyType({})
_SURE_SLOT = 1.0  # enough for a name that no gazetteer has
_RUNNERS_UP = 3
_COMPARED = 8  # names that a garbled one is set beside, to see whether one stands out
_WORTH_NAMING = 0.02
# An exact name of a small place far from the region gives way to a strong likeness within it.
_SMALL = 20_000
_STRONG = 0.8
# What the tagger calls the words of a name it has never seen.
_NAME_TAGS = frozenset({"PROPN", "NOUN", "ADJ", "X", "PUNCT"})


@dataclass(frozen=True, slots=True)
class PlaceFindings:
    """Places in text order, with flags: ``uncertain_name`` (garbled), ``unknown_place`` (in no gazetteer)."""

    places: tuple[Place, ...]
    flags: tuple[Flag, ...] = ()


class PlaceFinder:
    """Finds and resolves places; made once, used for many texts.

    Args:
        gazetteer: Where names are looked up.
        region: Where the agreement applies. Garbled names are matched only within it.
    """

    def __init__(self, gazetteer: Gazetteer, region: Region | None = None) -> None:
        self._gazetteer = gazetteer
        self._region = replace(region, countries=tuple(map(alpha3, region.countries))) if region else None
        self._vocabulary = load_vocabulary()
        self._given = GivenNames(gazetteer, self._vocabulary)
        self._matcher = NameMatcher(places_of_region(gazetteer, self._region)) if self._region else None

    def find(
        self, parsed: ParsedText, *, publisher: str | None = None, slots: Mapping[int, float] = _NO_SLOTS
    ) -> PlaceFindings:
        """Places of a text.

        Args:
            publisher: ISO 3166-1 code of the publisher's country, where known.
            slots: Words that stand where the grammar of an act wants a place -> weight of that sign.
        """
        mentions, empty = find_mentions(parsed, self._gazetteer, self._vocabulary, self._region, slots)
        mentions = self._with_own_places(parsed, mentions, empty)
        senses = resolve(mentions, self._vocabulary.words, self._region, alpha3(publisher) if publisher else None)
        found: list[tuple[Place, Flag | None]] = []
        near = [
            best[0] for sense in senses if (best := sense.chosen()) and self._region and self._region.holds(best[0])
        ]
        for sense in senses:
            found.extend(self._placed(parsed, mention, sense, near) for mention in sense.mentions)
        elsewhere = not near and any(self._far(sense) for sense in senses)
        found.extend(self._garbled(parsed, empty, near, slots, elsewhere=elsewhere))
        found.sort(key=lambda pair: pair[0].span)
        places = _between(parsed.text, [place for place, _ in found])
        return PlaceFindings(places, tuple(flag for _, flag in found if flag))

    def resolve_spans(
        self, parsed: ParsedText, spans: Iterable[Span], *, publisher: str | None = None
    ) -> tuple[Place, ...]:
        """Resolve names that something else has marked, one place for each span, in the order given.

        Words for what belongs to a country ("Iraqi") are read as the country.
        """
        mentions = [self._given.mention(parsed, span) for span in spans]
        for mention in mentions:
            mention.container = next(
                (m for m in mentions if m is not mention and _follows(parsed.text, mention, m)), None
            )
        senses = resolve(mentions, self._vocabulary.words, self._region, alpha3(publisher) if publisher else None)
        placed = {id(m): self._place(parsed, m, sense) for sense in senses for m in sense.mentions}
        return tuple(placed[id(mention)] for mention in mentions)

    def _with_own_places(
        self, parsed: ParsedText, mentions: list[Mention], empty: list[tuple[int, int]]
    ) -> list[Mention]:
        """The agreement's own places, which the gazetteer may not have."""
        if not self._region or not self._region.places:
            return mentions
        own: dict[str, list[PlaceRow]] = {}
        for row in self._region.places:
            for name in (row.name, *row.names):
                own.setdefault(normalise(name), []).append(row)
        for mention in mentions:
            more = [row for row in own.get(mention.key, ()) if row.id not in {r.id for r in mention.rows}]
            mention.rows = (*more, *mention.rows)
        for first, last in list(empty):
            start, end = parsed.span(first, last)
            if rows := own.get(normalise(parsed.text[start:end])):
                kind = kind_beside(parsed, first, last, self._vocabulary.words)
                mentions.append(
                    Mention(first, last, start, end, normalise(parsed.text[start:end]), tuple(rows), 1.0, kind)
                )
                empty.remove((first, last))
        return sorted(mentions, key=lambda mention: mention.start)

    def _placed(
        self, parsed: ParsedText, mention: Mention, sense: Sense, near: Sequence[PlaceRow]
    ) -> tuple[Place, Flag | None]:
        place = self._place(parsed, mention, sense)
        chosen = sense.chosen()
        if self._matcher is None or self._region is None or chosen is None or not (mention.kind or mention.located):
            return place, None
        row = chosen[0]
        if self._region.holds(row) or row.kind not in {"settlement", "village"} or row.population >= _SMALL:
            return place, None
        if mention.container is not None or row.country in self._region.countries:
            return place, None
        found = self._match(parsed.text[mention.start : mention.end], mention.kind, near)
        if not found or found[0].score < _STRONG:
            return place, None
        return self._uncertain(parsed, mention, found, place.alternatives)

    def _place(self, parsed: ParsedText, mention: Mention, sense: Sense) -> Place:
        text = parsed.text[mention.start : mention.end]
        span = (mention.start, mention.end)
        offset = self._offset(parsed, mention)
        ranked, chosen = sense.ranked(), sense.chosen()
        if chosen is None:
            return Place(text, span, offset=offset, alternatives=_candidates(ranked[:_RUNNERS_UP]))
        row, share = chosen
        others = [(other, s) for other, s in ranked if other.id != row.id and s >= _WORTH_NAMING]
        runners_up = _candidates(others[:_RUNNERS_UP])
        return _place_of(text, span, row, round(share, 3), offset=offset, alternatives=runners_up)

    def _garbled(
        self,
        parsed: ParsedText,
        empty: list[tuple[int, int]],
        near: Sequence[PlaceRow],
        slots: Mapping[int, float],
        *,
        elsewhere: bool,
    ) -> Iterable[tuple[Place, Flag | None]]:
        """Names that stand where a place stands and that the gazetteer lacks; the surest are matched first."""
        mentions = [mention for first, last in empty if (mention := self._unknown(parsed, first, last, slots))]
        if not mentions:
            return
        text, anchors = parsed.text, list(near)
        first_look = [(self._match(text[m.start : m.end], m.kind, near), m) for m in mentions]
        first_look.sort(key=lambda pair: (-pair[0][0].score if pair[0] else 0.0, pair[1].start))
        for _, mention in first_look:
            name = text[mention.start : mention.end]
            found, kinds = self._match(name, mention.kind, anchors), self._kinds(mention.kind)
            of_kinds = self._matcher.count(kinds) if self._matcher else 0
            if accepted(name, found, kinds=kinds, of_kinds=of_kinds, elsewhere=elsewhere):
                anchors.append(found[0].row)
                yield self._uncertain(parsed, mention, found, ())
            elif mention.kind is None or mention.kind in self._vocabulary.words.kind_sure:
                yield self._nowhere(parsed, mention, found)

    def _unknown(self, parsed: ParsedText, first: int, last: int, slots: Mapping[int, float]) -> Mention | None:
        """A run of capitalised words as a name of an unknown place, if what stands around it says that it is one."""
        words, own = parsed.words, self._vocabulary.words
        kind = kind_beside(parsed, first, last, own)
        begins = first == parsed.sentences[words[first].sentence].first
        if (
            not kind
            and slots.get(last, 0.0) < _SURE_SLOT
            and (begins or words[first - 1].lower not in own.locative_sure)
        ):
            return None
        inside = words[first : last + 1]
        if any(
            word.lower in own.not_places or word.lower in own.organisation_words or word.pos not in _NAME_TAGS
            for word in inside
        ):
            return None
        start, end = parsed.span(first, last)
        if normalise(parsed.text[start:end]) in self._vocabulary.demonyms or numbered(parsed, last):
            return None
        return Mention(first, last, start, end, "", kind=kind, located=True)

    def _nowhere(self, parsed: ParsedText, mention: Mention, found: Sequence[Likeness]) -> tuple[Place, Flag]:
        text, span = parsed.text[mention.start : mention.end], (mention.start, mention.end)
        how = f"called a {mention.kind}" if mention.kind else "stands where a place stands"
        why = f"{how}, and no gazetteer in use has it"
        place = Place(text, span, offset=self._offset(parsed, mention), alternatives=_likely(found[:_RUNNERS_UP]))
        return place, Flag("unknown_place", span, text, why)

    def _far(self, sense: Sense) -> bool:
        """Whether a name is that of a place outside the region and its countries."""
        chosen = sense.chosen()
        if chosen is None or self._region is None or chosen[0].kind in {"country", "area"}:
            return False
        return chosen[0].country not in self._region.countries and not self._region.holds(chosen[0])

    def _kinds(self, kind: str | None) -> frozenset[str]:
        return frozenset(self._vocabulary.words.kind_words[kind]) if kind else frozenset()

    def _match(self, text: str, kind: str | None, near: Sequence[PlaceRow]) -> list[Likeness]:
        if self._matcher is None:
            return []
        kinds = self._kinds(kind)
        return self._matcher.match(text, near, kinds, limit=_COMPARED)

    def _uncertain(
        self, parsed: ParsedText, mention: Mention, found: Sequence[Likeness], exact: tuple[Candidate, ...]
    ) -> tuple[Place, Flag]:
        text, span, best = parsed.text[mention.start : mention.end], (mention.start, mention.end), found[0]
        place = _place_of(
            text,
            span,
            best.row,
            best.score,
            offset=self._offset(parsed, mention),
            alternatives=(*_likely(found[1 : 1 + _RUNNERS_UP]), *exact),
        )
        rest = ", ".join(f"{one.row.name} ({one.row.kind}) {one.score:.2f}" for one in found[1 : 1 + _RUNNERS_UP])
        why = f"not in the gazetteer; most like {best.name} = {best.row.name} ({best.row.kind}) {best.score:.2f}"
        return place, Flag("uncertain_name", span, text, f"{why}; then {rest}" if rest else why)

    def _offset(self, parsed: ParsedText, mention: Mention) -> Offset | None:
        start = parsed.sentences[parsed.words[mention.first].sentence].start if parsed.words else 0
        return find_offset(parsed.text, start, mention.start)


def _place_of(
    text: str, span: Span, row: PlaceRow, score: float, *, offset: Offset | None, alternatives: tuple[Candidate, ...]
) -> Place:
    bare: PlacePrecision = 3 if row.inherited else precision_of(row.kind)
    precision = precision_with(offset, bare) if row.lat is not None else None
    return Place(
        text,
        span,
        row.name,
        row.id,
        row.lat,
        row.lon,
        precision,
        score,
        row.kind,
        row.country or None,
        offset,
        alternatives,
    )


def _likely(found: Sequence[Likeness]) -> tuple[Candidate, ...]:
    return tuple(Candidate(one.row.name, one.row.id, one.row.lat, one.row.lon, one.score) for one in found)


def _candidates(ranked: Sequence[tuple[PlaceRow, float]]) -> tuple[Candidate, ...]:
    return tuple(Candidate(row.name, row.id, row.lat, row.lon, round(share, 3)) for row, share in ranked)


def _follows(text: str, mention: Mention, other: Mention) -> bool:
    return 0 < other.start - mention.end <= 3 and text[mention.end : other.start].strip() in {",", "("}


def places_of_region(gazetteer: Gazetteer, region: Region | None) -> list[PlaceRow]:
    """All places of a region: in its boxes, in its supplements, and its own."""
    if region is None:
        return []
    rows = {row.id: row for box in region.boxes for row in gazetteer.within(box)}
    for name in region.supplements:
        rows.update({row.id: row for row in gazetteer.of_source(name)})
    rows.update({row.id: row for row in region.places})
    return list(rows.values())


def _between(text: str, places: Sequence[Place]) -> tuple[Place, ...]:
    """Name the second point of "between A and B" in the first, and the first in the second."""
    result = list(places)
    for i, (a, b) in enumerate(pairwise(places)):
        if a.offset and a.offset.kind == "between" and joins(text, a.span[1], b.span[0]):
            result[i] = replace(a, offset=replace(a.offset, other=b.name or b.text))
            precision = precision_with(a.offset, b.precision) if b.precision else None
            result[i + 1] = replace(b, offset=replace(a.offset, other=a.name or a.text), precision=precision)
    return tuple(result)
