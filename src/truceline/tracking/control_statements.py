"""Which claims say who holds a place, and what they say: read from a snapshot of the ledger."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from truceline.knowledge import Agreement
from truceline.ledger import View, tables
from truceline.ledger.history import at
from truceline.ledger.readings import plain_reading, working_text
from truceline.model import Moment, parse_moment
from truceline.tracking.control_places import WORD, Meant, Named, PlacesInText, within
from truceline.tracking.control_values import Statement
from truceline.tracking.control_words import ControlWords, Effect
from truceline.tracking.record import Told, told


def statements(view: View, agreement: Agreement, day: date, words: ControlWords) -> list[Statement]:
    """What is said of who holds which place, in the order of publication.

    Args:
        view: The snapshot.
        agreement: Its agreement: whose clock, which parties.
        day: The last day of publication that counts.
        words: The vocabulary.
    """
    claims = told(view, agreement, day, acts=words.acts)
    by_document: dict[str, list[Told]] = {}
    for claim in claims:
        by_document.setdefault(claim.document, []).append(claim)
    days = _incident_days(view, {claim.incident for claim in claims if claim.incident})
    found: list[Statement] = []
    for document, several in by_document.items():
        found += _Page(view, document, words).statements(several, days)
    order = {claim.claim: i for i, claim in enumerate(claims)}
    return sorted(found, key=lambda one: (order[one.claim], one.place))


def _incident_days(view: View, incidents: set[str]) -> dict[str, Moment]:
    """The day of each incident, for claims that give none."""
    table = tables.incident
    query = select(table.c.id, table.c.starts).where(*at(table, view.number), table.c.starts.is_not(None))
    return {key: parse_moment(starts) for key, starts in view.connection.execute(query) if key in incidents}  # type: ignore[misc]


class _Page:
    """A document's text with the places and actors named in it."""

    def __init__(self, view: View, document: str, words: ControlWords) -> None:
        plain = plain_reading(view.connection, document, view.number) or {}
        self._words = words
        self._text = _text_of(view, document)
        self._places = PlacesInText(self._text, plain.get("places", ()), words)
        self._actors: list[dict[str, Any]] = plain.get("actors", [])
        self._claims: dict[str, dict[str, Any]] = {claim["id"]: claim for claim in plain.get("claims", ())}

    def statements(self, claims: Sequence[Told], days: dict[str, Moment]) -> Iterator[Statement]:
        """What these claims, all of this document, say."""
        read = [(claim, self._claims[claim.claim]) for claim in claims if claim.claim in self._claims]
        meant = {claim.claim: self._meant(claim, plain) for claim, plain in read}
        for claim, plain in read:
            effect = self._effect(claim, plain)
            if effect is None:
                continue
            for place in meant[claim.claim] or self._beside(claim, plain, read, meant):
                made = self._statement(claim, plain, effect, place, days)
                if made.track in {"control", "surrounded", "road"} or _is_known(made, plain):
                    yield made

    # ---- what is said ----

    def _meant(self, claim: Told, plain: dict[str, Any]) -> list[Meant]:
        """The claim's places; the one a person set stands for itself."""
        place = plain["place"]
        read = (place["text"], place["id"], place["name"] or place["text"]) if place else (None, None, None)
        if read == (claim.place_said, claim.place_id, claim.place):
            return self._places.meant(plain)
        if claim.place_said is None:
            return []
        own = Named(claim.span, claim.place_said, claim.place, claim.place_id, None, None, None, False)
        return [Meant(own, "whole", "corrected")]

    def _beside(
        self,
        claim: Told,
        plain: dict[str, Any],
        read: Iterable[tuple[Told, dict[str, Any]]],
        meant: dict[str, list[Meant]],
    ) -> list[Meant]:
        """The places of another claim of the sentence by the same agent: "…, which holds the only road to them"."""
        if plain["place"] is not None or claim.place_said is not None:
            return []
        for other, its in read:
            same = its["sentence"] == plain["sentence"] and other.agent_party == claim.agent_party
            if same and other.claim != claim.claim and meant[other.claim]:
                return [replace(one, by="same sentence", extent="whole") for one in meant[other.claim]]
        return []

    def _effect(self, claim: Told, plain: dict[str, Any]) -> Effect | None:
        act = claim.act
        if act in self._words.file.of_places:
            patient, place = plain["patient"], plain["place"]
            if patient is None or place is None or patient["party"] or not within(place["span"], patient["span"]):
                return None  # people on a place, and no place
            act = self._words.file.of_places[act]
        return self._of_place(self._words.effects[act], claim, plain)

    def _of_place(self, effect: Effect, claim: Told, plain: dict[str, Any]) -> Effect | None:
        """The effect on the claim's place; another where what is held or left only lies there."""
        place, patient = plain["place"], plain["patient"]
        if place is None or (patient is not None and within(place["span"], patient["span"])):
            return effect
        if place["kind"] == "country" or (effect.track == "left" and self._is_goal(plain)):
            return None
        if effect.holder == "receiver":
            return effect if claim.patient_party is not None and not self._is_goal(plain) else None
        if effect.track == "control" and patient is not None:
            return effect.model_copy(update={"track": "presence"})  # who holds a post at a place is there
        return effect

    def _statement(
        self, claim: Told, plain: dict[str, Any], effect: Effect, meant: Meant, days: dict[str, Moment]
    ) -> Statement:
        holder, name = self._holder(claim, plain, effect)
        since, latest, since_by = self._since(claim, effect, days)
        track, negated = effect.track, claim.modality == "denied"
        if negated and effect.denied == "presence":
            track, negated = "presence", False
        place = meant.place
        return Statement(
            place=place.key,
            place_name=place.name or place.text,
            place_id=place.id,
            place_kind=place.kind,
            lat=place.lat,
            lon=place.lon,
            said=" ".join(place.text.split()),
            place_by=meant.by,
            track=track,
            holder=holder,
            holder_name=name,
            giver=claim.agent_party if effect.giver == "agent" else None,
            extent="near" if place.near and meant.extent == "whole" else meant.extent,
            denied=negated,
            counts=claim.modality in {"asserted", "denied"}
            and not (negated and effect.denied == "nothing")
            and not _is_to_come(since, claim.published),
            since=since,
            latest=latest,
            since_by=since_by,
            voice=claim.voice,
            speaker=claim.speaker,
            modality=claim.modality,
            act=claim.act,
            background=claim.background,
            claim=claim.claim,
            incident=claim.incident,
            document=claim.document,
            lineage=claim.lineage,
            publisher=claim.publisher,
            published=claim.published,
            span=claim.span,
            text=" ".join(self._text[slice(*claim.span)].split()),
        )

    def _since(self, claim: Told, effect: Effect, days: dict[str, Moment]) -> tuple[Moment | None, Moment | None, str]:
        """From when it holds, until when it had begun at the latest, and how that is known."""
        if claim.starts is not None:
            return claim.starts, claim.ends, "claim"
        if claim.background or self._is_before(claim.span[0]):
            return None, claim.published, "unknown"
        if not effect.lasting and claim.incident in days:
            return days[claim.incident], None, "incident"
        return claim.published, None, "published"

    def _is_before(self, position: int) -> bool:
        """Whether a clause begins with "since" or "after", or stands behind it."""
        around = WORD.findall(self._text[max(0, position - 12) : position])[-1:]
        first = WORD.findall(self._text[position : position + 12])[:1]
        return any(word.casefold() in self._words.file.before for word in (*around, *first))

    def _holder(self, claim: Told, plain: dict[str, Any], effect: Effect) -> tuple[str | None, str | None]:
        if effect.holder == "agent":
            return claim.agent_party or claim.agent, claim.agent
        if claim.patient_party is not None:
            return claim.patient_party, claim.patient
        if effect.holder == "receiver":
            receiver = self._receiver(plain)
            if receiver is not None:
                return receiver["party"] or receiver["role"], receiver["name"] or receiver["text"]
        return None, None

    def _receiver(self, plain: dict[str, Any]) -> dict[str, Any] | None:
        """The actor after "to" behind the act, within the claim."""
        act, span = plain["act_span"] or plain["span"], plain["span"]
        for actor in self._actors:
            start, end = actor["span"]
            if start < act[1] or end > span[1] or not (actor["party"] or actor["role"]):
                continue
            if self._places.preposition(start) in self._words.file.toward:
                return actor
        return None

    def _is_goal(self, plain: dict[str, Any]) -> bool:
        """Whether the claim's place is where the troops went to."""
        place = plain["place"]
        return place is not None and self._places.preposition(place["span"][0]) in self._words.file.toward


def _is_known(made: Statement, plain: dict[str, Any]) -> bool:
    """Whether those who came or went are somebody: "a team" makes no presence, though "gunmen seized the town" is control."""
    if made.holder is None:
        return False
    sides = [plain[role] for role in ("agent", "patient") if plain[role] is not None]
    return any(made.holder in {side["party"], side["role"]} or side["actor"] or side["country"] for side in sides)


def _is_to_come(since: Moment | None, published: Moment | None) -> bool:
    """Whether a day lies after the publication: then it is an announcement, whatever the tense."""
    return since is not None and published is not None and str(since)[:10] > str(published)[:10]


def _text_of(view: View, document: str) -> str:
    table = tables.document
    key = view.connection.scalar(select(table.c.text).where(table.c.id == document, *at(table, view.number)))
    return working_text(view.connection, key) if key else ""
