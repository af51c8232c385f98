"""A reader of plain sentences and a matcher by act, place and day: fast stand-ins, so that the ledger is tested alone."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from truceline.incidents import Bearings
from truceline.knowledge import Agreement, Knowledge
from truceline.ledger.neighbourhood import Neighbourhood
from truceline.model import (
    Actor,
    Aggregate,
    Claim,
    Decisions,
    Document,
    Incident,
    IncidentPlace,
    IncidentTime,
    Lineage,
    Link,
    LinkReason,
    Modality,
    Place,
    Reading,
    Time,
    Witness,
)

# "Alpha said that Bravo shelled Dorvan on 2021-05-03."
_SENTENCE = re.compile(
    r"(?P<who>\w+) (?P<cue>said|denied) that (?P<agent>\w+) shelled (?P<place>\w+) on (?P<day>\d{4}-\d\d-\d\d)\."
)


class StandInReader:
    """Reads sentences of one form."""

    def read_document(self, document: Document) -> Reading:
        """Read one document."""
        claims = tuple(self._claim(document.id, match) for match in _SENTENCE.finditer(document.text))
        return Reading(document, claims, (), (), (), ())

    def _claim(self, document: str, match: re.Match[str]) -> Claim:
        day = date.fromisoformat(match["day"])
        digest = hashlib.sha256(f"{document}{match.start()}".encode()).hexdigest()

        def actor(name: str) -> Actor:
            return Actor(match[name], match.span(name), name=match[name], party=match[name].lower(), role="party")

        return Claim(
            id=f"c-{digest[:12]}",
            span=match.span(),
            text=match[0],
            sentence=match.span(),
            quoted=False,
            speakers=(actor("who"),),
            cue=None,
            said=None,
            modality=Modality.ASSERTED if match["cue"] == "said" else Modality.DENIED,
            act="shelling",
            act_span=match.span("cue"),
            agent=actor("agent"),
            patient=None,
            place=Place(match["place"], match.span("place"), match["place"], precision=1, score=1.0),
            when=Time(match["day"], match.span("day"), day, day + timedelta(days=1), 1),
            counts=(),
            instrument=None,
            confidence=0.9,
            by="stand-in",
        )


class StandInIndex:
    """One incident for each act, place and day; decisions join and part them."""

    def __init__(self, decisions: Decisions | None = None) -> None:
        self._claims: dict[str, Witness] = {}
        self._decisions = decisions or Decisions()
        self._now: dict[str, Incident] = {}

    def add(self, witnesses: Iterable[Witness], *, documents: Iterable[Document] = ()) -> frozenset[str]:
        """Take in claims."""
        del documents  # none is without claims here
        for witness in witnesses:
            self._claims.setdefault(witness.claim.id, witness)
        return self._changed()

    def decide(self, decisions: Decisions) -> frozenset[str]:
        """Decide anew."""
        self._decisions = decisions
        return self._changed()

    def incident(self, id: str) -> Incident | None:  # noqa: A002 - the index names it so
        """The incident of this id."""
        return self._now.get(id)

    def lineage(self, document: str) -> Lineage:
        """Each document stands alone."""
        return Lineage("l-" + document[7:17], None, (document,))

    def kin(self, document: str) -> frozenset[str]:
        """None but itself."""
        return frozenset([document])

    def unmatched(self, claim: str) -> str | None:
        """Only what a person took out is in no incident."""
        return "taken out by a person" if claim in self._decisions.excluded and claim in self._claims else None

    def aggregate(self, _: str) -> Aggregate | None:
        """Nothing is a summary."""
        return None

    def summaries(self, _: str) -> frozenset[str]:
        """There are none."""
        return frozenset()

    def beside(self, _: str) -> frozenset[str]:
        """Nothing is a summary."""
        return frozenset()

    def _changed(self) -> frozenset[str]:
        before, self._now = self._now, {incident.id: incident for incident in self._built()}
        keys = before.keys() | self._now.keys()
        return frozenset(key for key in keys if before.get(key) != self._now.get(key))

    def _built(self) -> Iterable[Incident]:
        fixed: dict[str, Claim] = {key: witness.claim for key, witness in self._claims.items()}
        for correction in self._decisions.corrections:
            if correction.claim in fixed:
                fixed[correction.claim] = replace(fixed[correction.claim], **{correction.field: correction.value})
        groups = {key: _key(claim) for key, claim in sorted(fixed.items()) if key not in self._decisions.excluded}
        for together in self._decisions.together:
            joined = {groups[key] for key in together if key in groups}
            groups = {key: min(joined) if group in joined else group for key, group in groups.items()}
        for first, second in self._decisions.apart:
            for key in first:
                if key in groups and groups[key] in {groups.get(other) for other in second}:
                    groups[key] = f"{groups[key]}-{min(first)}"
        for name in sorted(set(groups.values())):
            yield self._incident(name, [fixed[key] for key, group in sorted(groups.items()) if group == name])

    def _incident(self, name: str, claims: list[Claim]) -> Incident:
        first = claims[0]
        assert first.when is not None and first.place is not None
        documents = sorted({self._claims[claim.id].document.id for claim in claims})
        return Incident(
            id=name,
            anchor=first.id,
            title=f"Shelling of {first.place.text}",
            act=first.act or "",
            when=IncidentTime(first.when.start, first.when.end, 1),  # type: ignore[arg-type]
            place=IncidentPlace(first.place.text, (first.place.text,)),
            state="alleged" if len(documents) < 2 else "corroborated",
            claims=tuple(claim.id for claim in claims),
            documents=tuple(documents),
            lineages=tuple(documents),
            versions=(),
            contradictions=(),
            obligations=(),
            links=tuple(Link(claim.id, None, 1.0, (LinkReason("day", 1.0, "same day"),)) for claim in claims),
        )


def stand_in_neighbourhood(knowledge: Knowledge) -> Neighbourhood:
    """A neighbourhood with the stand-in matcher."""

    def make(decisions: Decisions, agreement: Agreement | None) -> StandInIndex:
        return StandInIndex(decisions)

    def days(witness: Witness, agreement: Agreement | None) -> list[date]:
        when = witness.claim.when
        return [when.start] if when is not None and isinstance(when.start, date) else []

    def reach(touched: Iterable[date]) -> tuple[date, date]:
        known = sorted(touched)
        return known[0] - timedelta(days=1), known[-1] + timedelta(days=1)

    return Neighbourhood(make, lambda agreement: Bearings(knowledge, agreement), days, reach, lambda *_: None)


def _key(claim: Claim) -> str:
    assert claim.place is not None and claim.when is not None
    return f"{(claim.place.name or claim.place.text).lower()}-{claim.when.start}"


def sentence(who: str, agent: str, place: str, day: str, cue: str = "said") -> str:
    """A sentence that the stand-in reader understands."""
    return f"{who} {cue} that {agent} shelled {place} on {day}."
