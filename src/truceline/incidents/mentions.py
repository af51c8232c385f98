"""Claims as they are matched: what of each claim counts, computed once."""

import re
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any

from truceline.incidents.spans import Spot, Stretch, spot_of, stretch_of
from truceline.incidents.vocabulary import IncidentVocabulary
from truceline.incidents.voices import Voices, side
from truceline.model import Actor, Claim, Decisions, Document, Modality, Span

_WORD = re.compile(r"[^\W\d_]{4,}|\d[\d.,]*\d|\d")
SUMMARY = "a summary of several"
"""Why a claim that counts incidents is none of them."""
SEVERAL = "told of several incidents at once"
"""Why the dead of "the two attacks" are in neither."""

_NOT_TOLD = {
    Modality.THREATENED: "a threat",
    Modality.WARNED: "a warning",
    Modality.HYPOTHETICAL: "hypothetical",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A claim with what it is matched by.

    Attributes:
        opens: Whether it can make an incident by itself; else it only joins one told beside it.
        why_not: Why it is in no incident; None for one that is matched.
        speaker: Who takes the position, with "the report" resolved to whoever spoke before.
        said: The day it was said, where that is all the text gives.
        beside: The times that other claims of its sentence give.
        paragraph: Number of the paragraph in its document.
        sides: The sides it names as taking part.
        casualties: Numbers by what, for matching: ``("wounded", 3)``.
        tokens: Words of its sentence.
    """

    claim: Claim
    document: Document
    act: str
    opens: bool
    why_not: str | None
    voice: str
    speaker: Actor | None
    paragraph: int
    stretch: Stretch | None
    said: int | None
    beside: tuple[Stretch, ...]
    spot: Spot | None
    sides: frozenset[str]
    casualties: frozenset[tuple[str, int]]
    tokens: frozenset[str]

    @property
    def id(self) -> str:
        """The claim's."""
        return self.claim.id

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.claim.span


class MentionMaker:
    """Turns the claims of one document into mentions."""

    def __init__(
        self, vocabulary: IncidentVocabulary, voices: Voices, zone: tzinfo | None, decisions: Decisions
    ) -> None:
        self._vocabulary = vocabulary
        self._voices = voices
        self._zone = zone
        self._excluded = frozenset(decisions.excluded)
        self._corrections: dict[str, dict[str, Any]] = {}
        for correction in decisions.corrections:
            self._corrections.setdefault(correction.claim, {})[correction.field] = correction.value

    def mentions(self, claims: list[Claim], document: Document) -> list[Mention]:
        """The mentions of one document's claims, in text order."""
        breaks = [match.start() for match in re.finditer(r"\n\s*\n", document.text)]
        found: list[Mention] = []
        for claim in sorted(claims, key=lambda c: (c.act_span or c.span, c.id)):
            corrected = replace(claim, **self._corrections[claim.id]) if claim.id in self._corrections else claim
            paragraph = sum(position < claim.sentence[0] for position in breaks)
            found.append(self._mention(corrected, document, paragraph, found[-1] if found else None))
        found = self._beside(found)
        several = {m.claim.sentence for m in found if m.why_not == SUMMARY}
        return [
            replace(m, why_not=SEVERAL) if m.casualties and m.claim.sentence in several and not m.why_not else m
            for m in found
        ]

    def _mention(self, claim: Claim, document: Document, paragraph: int, before: Mention | None) -> Mention:
        words = self._vocabulary.words
        casualties = frozenset(
            (c.what, c.min) for c in claim.counts if c.what in words.casualties and c.min is not None
        )
        act = claim.act or (_ACTS_OF.get(next(iter(sorted(casualties)))[0], "") if casualties else "")
        stretch = stretch_of(claim.when, self._zone)
        timed = not any(flag.kind == "time_of_statement" for flag in claim.flags)
        speaker = self._speaker(claim, document, before)
        sides = frozenset(s for s in (side(claim.agent), side(claim.patient)) if s is not None)
        sides &= self._voices.names.keys() if self._voices.names else sides  # of others nothing follows
        sentence = document.text[claim.sentence[0] : claim.sentence[1]]
        return Mention(
            claim=claim,
            document=document,
            act=act,
            opens=act in words.opens and claim.modality in {Modality.ASSERTED, Modality.DENIED},
            why_not=self._why_not(claim, act),
            voice=self._voices.voice(speaker),
            speaker=speaker,
            paragraph=paragraph,
            stretch=stretch if timed else None,
            beside=(),
            said=None if timed or stretch is None else stretch.day,
            spot=spot_of(claim, document.text, words.area_words),
            sides=sides,
            casualties=casualties,
            tokens=frozenset(token.casefold() for token in _WORD.findall(sentence)),
        )

    def _beside(self, found: list[Mention]) -> list[Mention]:
        """The mentions, each with the times that its sentence gives to others."""
        times: dict[Span, list[Stretch]] = {}
        for mention in found:
            stretch = mention.stretch or stretch_of(mention.claim.when, self._zone)
            if stretch is not None:
                times.setdefault(mention.claim.sentence, []).append(stretch)
        return [
            m
            if m.stretch is not None or m.claim.sentence not in times
            else replace(m, beside=tuple(times[m.claim.sentence]))
            for m in found
        ]

    def _speaker(self, claim: Claim, document: Document, before: Mention | None) -> Actor | None:
        """Who speaks; "the report said" speaks for whoever spoke before, and first of all for the publisher."""
        speaker = self._voices.speaker(claim, document)
        if speaker is None or speaker.party or speaker.role or not claim.speakers:
            return speaker
        words = speaker.text.casefold().split()
        if len(words) >= 2 and words[0] in {"the", "its", "this"} and words[-1] in self._vocabulary.words.echoes:
            return before.speaker if before is not None else self._voices.publisher(document)
        return speaker

    def _why_not(self, claim: Claim, act: str) -> str | None:
        words = self._vocabulary.words
        if claim.id in self._excluded:
            return "taken out by a person"
        background = next((flag.why for flag in claim.flags if flag.kind == "background"), None)
        if background is not None:
            return f"background: {background}"
        if any(count.what in words.summaries and (count.min or 0) > 1 for count in claim.counts):
            return SUMMARY
        if not act:
            return "no act is named"
        if claim.modality in _NOT_TOLD:
            return _NOT_TOLD[claim.modality]
        if act not in words.opens and act not in words.joins:
            return f"{act.replace('_', ' ')} is no incident"
        return None


_ACTS_OF = {"killed": "killing", "wounded": "wounding", "captured": "capture", "missing": "capture"}
"""The act of a number of people that stands without one."""
