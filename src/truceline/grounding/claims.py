"""Claims with everything identified: who, to whom, where, when, how many, with what, and why we think so."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from truceline.grounding.attachment import carriers, placed
from truceline.grounding.coreference import Referents
from truceline.grounding.counting import Counting
from truceline.grounding.setting import Prepositions, Setting
from truceline.model import Actor, Claim, Cue, Document, Flag, Instrument, Modality, Place, Reason, Span, Time
from truceline.reading.chains import Speaking
from truceline.reading.counts import FoundCount
from truceline.reading.found import FoundClaim
from truceline.reading.instruments import FoundInstrument
from truceline.reading.reports import runs
from truceline.reading.view import ClauseView, Filler


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found in one text, ready to be joined."""

    view: ClauseView
    referents: Referents
    places: tuple[Place, ...]
    times: tuple[Time, ...]
    counts: tuple[FoundCount, ...]
    instruments: tuple[FoundInstrument, ...]
    flags: tuple[Flag, ...]
    prepositions: Prepositions


_FRAME_CONFIDENCE = 0.9
_NO_ACT_CONFIDENCE = 0.6
_GARBLED_FACTOR = 0.5


class ClaimMaker:
    """Turns claims in words into claims of the model, for one document."""

    def __init__(self, document: Document, found: Found) -> None:
        self._document = document
        self._found = found
        self._view = found.view
        self._counting = Counting(found.view, found.referents, found.counts)
        self._setting = Setting(
            found.view, placed(found.view, found.places), placed(found.view, found.times), found.prepositions
        )

    def make(self, claims: Sequence[FoundClaim]) -> tuple[Claim, ...]:
        """All claims in text order; the ids of two that are alike in everything differ by their number."""
        made: list[Claim] = []
        seen: dict[str, int] = {}
        for claim, counts in zip(claims, self._counting.taken(claims), strict=True):
            one = self._claim(claim, counts)
            if claim.refers is not None:
                one = self._taken_up(one, claim, made)
            count = seen[one.id] = seen.get(one.id, 0) + 1
            made.append(one if count == 1 else replace(one, id=f"{one.id}-{count}"))
        return tuple(made)

    # ---- one claim ----

    def _claim(self, claim: FoundClaim, counts: list[FoundCount]) -> Claim:
        text = self._view.parsed.text
        span = self._span(claim)
        reasons = [Reason("act", claim.by), Reason("modality", claim.stance.why, self._word_span(claim.stance.word))]
        speakers = self._speakers(claim, reasons)
        agent = self._role("agent", claim.agent, reasons)
        patient = self._role("patient", claim.patient, reasons)
        others = [actor for actor in (agent, *speakers) if actor is not None]
        where = self._setting.place_of(claim, others, patient)
        when = self._setting.time_of(claim)
        reasons += [found.reason for found in (where, when) if found is not None]
        instrument = self._instrument(claim)
        flags = self._flags(claim, span, (agent, patient, *speakers), where.place if where else None, counts)
        if when is not None and when.borrowed:
            flags.append(
                Flag(
                    "time_of_statement",
                    when.time.span,
                    when.time.text,
                    "no time of the act is given; this is when it was said",
                )
            )
        act_span = self._act_span(claim)
        return Claim(
            id=_claim_id(self._document.id, claim, act_span or span, speakers),
            span=span,
            text=text[span[0] : span[1]],
            sentence=self._sentence(claim),
            quoted=claim.quoted,
            speakers=speakers,
            cue=self._cue(claim),
            said=self._setting.said_of(claim, when),
            modality=claim.stance.modality,
            act=claim.act,
            act_span=act_span,
            agent=agent,
            patient=patient,
            place=where.place if where else None,
            when=when.time if when else None,
            counts=tuple(self._counting.as_count(c) for c in counts if c.min is not None or c.max is not None),
            instrument=Instrument(instrument.text, instrument.span, instrument.kind) if instrument else None,
            confidence=self._confidence(claim, (agent, patient, *speakers)),
            by=claim.by,
            flags=tuple(flags),
            reasons=tuple(reasons),
        )

    def _speakers(self, claim: FoundClaim, reasons: list[Reason]) -> tuple[Actor, ...]:
        """The chain, outermost first; someone who quotes himself ("he said he had seen") stands in it once."""
        found: list[Actor] = []
        heads: list[int] = []
        for link in claim.chain:
            actor = self._speaker(link, reasons)
            if actor is None or link.speaker is None:
                continue
            head = self._found.referents.stands_for(link.speaker.head)
            if head in heads:
                continue
            heads.append(head)
            found.append(actor)
        return tuple(found)

    def _speaker(self, link: Speaking, reasons: list[Reason]) -> Actor | None:
        if link.speaker is None:
            return None
        actor = self._found.referents.of_speaker(link.speaker)
        if actor is not None:
            reasons.append(Reason("speakers", f"{link.report.by}; {link.speaker.path}", actor.span, actor.score))
        return actor

    def _role(self, field: str, filler: Filler | None, reasons: list[Reason]) -> Actor | None:
        if filler is None:
            return None
        actor = self._found.referents.of_word(filler.head)
        if actor is not None:
            reasons.append(Reason(field, filler.path, actor.span, actor.score))
        return actor

    def _cue(self, claim: FoundClaim) -> Cue | None:
        if not claim.chain:
            return None
        stretches = runs(self._view.parsed, claim.chain[-1].report.cue) or [(claim.chain[-1].report.cue[0],) * 2]
        span = self._view.parsed.span(*stretches[-1])
        return Cue(self._view.parsed.text[span[0] : span[1]], span)

    def _instrument(self, claim: FoundClaim) -> FoundInstrument | None:
        own = set(carriers(claim))
        if claim.predicate is None:
            return None
        here = [
            i for i in self._found.instruments if i.use != "other" and (i.governor in own or i.governor == claim.at)
        ]
        return here[0] if here else None

    def _confidence(self, claim: FoundClaim, actors: tuple[Actor | None, ...]) -> float:
        confidence = _FRAME_CONFIDENCE if claim.act else _NO_ACT_CONFIDENCE
        for actor in actors:
            confidence *= actor.score if actor is not None and actor.score > 0 else 1.0
        if any(kind == "garbled" for kind, _ in claim.flags):
            confidence *= _GARBLED_FACTOR
        return round(confidence, 3)

    # ---- spans and flags ----

    def _span(self, claim: FoundClaim) -> Span:
        """The words of the claim: the clause of its act within what its speaker says."""
        parsed = self._view.parsed
        if claim.piece:
            stretches = runs(parsed, claim.piece) or [(claim.piece[0], claim.piece[-1])]
            return parsed.span(stretches[0][0], stretches[-1][1])
        top = carriers(claim)[-1]
        words = {i for i in parsed.subtree(top) if parsed.words[i].sentence == parsed.words[claim.at].sentence}
        report = claim.chain[-1].report if claim.chain else None
        if report is not None and report.content and claim.at in report.content:
            words &= set(report.content)
        words |= set(claim.words)
        stretch = next(
            (s for s in runs(parsed, tuple(sorted(words))) if s[0] <= claim.at <= s[1]), (claim.at, claim.at)
        )
        return parsed.span(*stretch)

    def _act_span(self, claim: FoundClaim) -> Span | None:
        if not claim.words:
            return None
        first, last = min(claim.words), max(claim.words)
        same = self._view.parsed.words[first].sentence == self._view.parsed.words[last].sentence
        return (
            self._view.parsed.span(first, last)
            if same and last - first <= 6
            else self._view.parsed.span(claim.at, claim.at)
        )

    def _sentence(self, claim: FoundClaim) -> Span:
        sentence = self._view.parsed.sentences[self._view.parsed.words[claim.at].sentence]
        return sentence.start, sentence.end

    def _word_span(self, i: int | None) -> Span | None:
        return None if i is None else self._view.parsed.span(i, i)

    def _flags(
        self,
        claim: FoundClaim,
        span: Span,
        actors: tuple[Actor | None, ...],
        place: Place | None,
        counts: list[FoundCount],
    ) -> list[Flag]:
        text = self._view.parsed.text
        flags = [Flag(kind, span, text[span[0] : span[1]], why) for kind, why in claim.flags]
        spans = [a.span for a in actors if a is not None] + ([place.span] if place else [])
        flags += [
            f
            for f in self._found.flags
            if f.span is not None and any(s[0] <= f.span[0] and f.span[1] <= s[1] for s in spans)
        ]
        flags += [f for c in counts for f in c.flags]
        for actor in actors:
            if actor is not None and actor.score == 0.0 and self._is_pronoun(actor):
                flags.append(Flag("unresolved_pronoun", actor.span, actor.text, "nobody before it fits well enough"))
        return list(dict.fromkeys(flags))

    def _is_pronoun(self, actor: Actor) -> bool:
        return all(self._view.parsed.words[i].pos == "PRON" for i in self._view.parsed.covering(actor.span))

    # ---- claims taken up ----

    def _taken_up(self, claim: Claim, found: FoundClaim, before: list[Claim]) -> Claim:
        """ "Rejected the allegation", "confirmed this": the act of the claim that is meant, now as this speaker's."""
        assert found.refers is not None
        one = self._meant(claim, found.refers, before)
        if one is None:
            return claim
        return replace(
            claim,
            act=one.act,
            act_span=claim.act_span or one.act_span,
            agent=one.agent,
            patient=one.patient,
            place=one.place,
            when=one.when,
            flags=tuple(f for f in claim.flags if f.kind != "no_act"),
            reasons=(*claim.reasons, Reason("act", f"takes up the claim {one.id}", one.span)),
        )

    def _is_question(self, claim: Claim) -> bool:
        """Whether a claim is what somebody is asked ("Soldiers burned it? The army denies that.")."""
        return claim.modality is Modality.HYPOTHETICAL and self._view.parsed.text[: claim.sentence[1]].endswith("?")

    def _meant(self, claim: Claim, refers: int, before: list[Claim]) -> Claim | None:
        """The earlier claim a word stands for: one on this very word, else of the latest sentence by somebody else."""
        if not claim.speakers:
            return None
        word = self._view.parsed.words[refers]
        mine = claim.speakers[-1]
        others = [c for c in before if c.act is not None and not (c.speakers and _same(c.speakers[-1], mine))]
        on_it = [c for c in others if c.act_span is not None and c.act_span[0] <= word.start < c.act_span[1]]
        if on_it:
            return on_it[-1]
        said = [
            c
            for c in others
            if (c.speakers or self._is_question(c))
            and c.modality is not Modality.DENIED
            and c.act_span != claim.act_span
        ]
        if not said:
            return None
        last = said[-1]
        told = [c for c in said if c.sentence == last.sentence and c.speakers == last.speakers]
        against = [c for c in told if c.agent is not None and _same(c.agent, mine)]
        return (against or told)[-1]


def _same(left: Actor, right: Actor) -> bool:
    if left.party or right.party:
        return left.party == right.party
    if left.country or right.country:
        return left.country == right.country
    return left.text.casefold() == right.text.casefold()


def _claim_id(document: str, claim: FoundClaim, span: Span, speakers: tuple[Actor, ...]) -> str:
    parts = [document, claim.act or "", str(span), str(claim.stance.modality), *(f"{a.span}" for a in speakers)]
    return "c-" + hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]
