"""Scoring readings of single sentences against tests/sentences: one function per set, a tally per field."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.sentences_format import (
    ANY,
    ActEntry,
    AttributionEntry,
    ExpectedAttribution,
    ExpectedClaim,
    ExpectedCount,
    ExpectedSpeaker,
    Matcher,
    OneOf,
    act_entries,
    attribution_entries,
    overlap,
    part,
    places_of,
    vocabulary,
)
from tests.sentences_tally import Measured, Pairs, Score, pair

from truceline.model import Actor, Attribution, Claim, Count, Modality, Reading, Span

Read = Callable[[str], Reading]

BACKGROUND = "background"
"""Kind of the flag that marks a claim as history, purpose or general truth."""

# ---------------------------------------------------------------- attributions


def score_attribution(entries: Iterable[AttributionEntry], read: Read) -> Score:
    """Score cues, sources, contents and kinds of the attributions, then speakers and modality of the claims."""
    score = Score()
    for entry in entries:
        reading, sentence = read(entry.text), _Sentence(entry.text, Matcher(entry.text, vocabulary()))
        for one, other in pair(entry.attributions, reading.attributions, sentence.attribution_weight):
            if one or (other and not sentence.tolerated(entry.may, other.cue or other.content)):
                _attribution(score, entry.id, sentence, one, other)
        for claimed, claim in pair(entry.claims, reading.claims, sentence.speaker_weight):
            if claimed:
                _speaker(score, entry.id, sentence, claimed, claim)
    return score


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What the two sides of a pair have in common, in one text."""

    text: str
    matcher: Matcher

    def spans(self, phrases: Iterable[str | None]) -> list[Span]:
        return [place for phrase in phrases if phrase for place in places_of(self.text, phrase)]

    def words(self, spans: Iterable[Span]) -> str | None:
        return " | ".join(self.text[start:end] for start, end in spans) or None

    def tolerated(self, may: Iterable[str], spans: Iterable[Span]) -> bool:
        allowed = self.spans(may)
        return any(overlap(place, span) for span in spans for place in allowed)

    def cue(self, one: ExpectedAttribution, other: Attribution) -> bool:
        return any(overlap(place, span) for place in self.spans(one.cue) for span in other.cue)

    def source(self, one: ExpectedAttribution, other: Attribution) -> bool:
        if not other.source:
            return None in one.source
        return any(self.matcher.heads_agree(place, span) for place in self.spans(one.source) for span in other.source)

    def content(self, one: ExpectedAttribution, other: Attribution) -> bool:
        return self.matcher.mostly_same(self.content_words(one), self.matcher.word_starts(other.content))

    def content_words(self, one: ExpectedAttribution) -> frozenset[int]:
        return self.matcher.word_starts(tuple(places_of(self.text, piece)[0] for piece in one.content))

    def attribution_weight(self, one: ExpectedAttribution, other: Attribution) -> float:
        by_cue, by_content = self.cue(one, other), self.content(one, other)
        if not (by_cue or by_content):
            return 0
        expected, found = self.content_words(one), self.matcher.word_starts(other.content)
        return by_cue + 0.5 * self.source(one, other) + len(expected & found) / max(1, len(expected | found))

    def speakers(self, one: ExpectedSpeaker, other: Claim) -> bool:
        return len(one.speakers) == len(other.speakers) and all(
            any(name and self.matcher.names_same(name, actor) for name in names)
            for names, actor in zip(one.speakers, other.speakers, strict=True)
        )

    def speaker_weight(self, one: ExpectedSpeaker, other: Claim) -> float:
        places = self.spans(one.words)
        on_act = other.act_span is not None and any(overlap(place, other.act_span) for place in places)
        if not on_act and (other.act or not any(overlap(place, other.span) for place in places)):
            return 0
        return 1 + 8 * self.speakers(one, other) + 4 * _allowed(one.modality, other.modality) + 2 * on_act

    def claim_weight(self, one: ExpectedClaim, other: Claim) -> float:
        if not other.act_span or not any(overlap(place, other.act_span) for place in self.spans(one.words)):
            return 0
        said = 16 * _allowed(one.act, other.act) + 8 * _allowed(one.modality, other.modality)
        return 1 + said + 2 * self.role(one.agent, other.agent) + self.role(one.patient, other.patient)

    def role(self, allowed: OneOf, actor: Actor | None) -> bool:
        if ANY in allowed or actor is None:
            return ANY in allowed or None in allowed
        return any(name is not None and self.matcher.names_same(name, actor) for name in allowed)

    def placed(self, allowed: OneOf, span: Span | None) -> bool:
        return None in allowed if span is None else any(overlap(place, span) for place in self.spans(allowed))


def _allowed(allowed: OneOf, value: str | None) -> bool:
    return ANY in allowed or value in allowed


def _attribution(
    score: Score, entry: str, sentence: _Sentence, one: ExpectedAttribution | None, other: Attribution | None
) -> None:
    cue, source, content = (None, None, None)
    if other:
        cue, source, content = sentence.words(other.cue), sentence.words(other.source), sentence.words(other.content)
    met = {"cue": False, "source": False, "content": False, "kind": False}
    if one and other:
        met = {name: getattr(sentence, name)(one, other) for name in ("cue", "source", "content")}
        met["kind"] = one.kind == other.kind
    wanted = " | ".join(one.content) if one else None
    score.add(entry, "cue", one.cue[0] if one else None, cue, right=met["cue"])
    score.add(entry, "source", one.source[0] if one else None, source, right=met["source"] and source is not None)
    score.add(entry, "content", wanted, content, right=met["content"])
    right = met["content"] and met["source"]
    score.add(
        entry,
        "who said",
        f"{one.source[0]}: {wanted}" if one else None,
        f"{source}: {content}" if content else None,
        right=right,
    )
    score.add(entry, "kind", one.kind if one else None, other.kind if other else None, right=met["kind"])


def _speaker(score: Score, entry: str, sentence: _Sentence, one: ExpectedSpeaker, other: Claim | None) -> None:
    chain = " > ".join("/".join(str(name) for name in names) for names in one.speakers) or "own voice"
    found = (" > ".join(speaker.name or speaker.text for speaker in other.speakers) or "own voice") if other else None
    met = other is not None and sentence.speakers(one, other)
    score.add(entry, "speakers", f"{one.words[0]}: {chain}", found, right=met)
    if ANY not in one.modality:
        wanted = f"{one.words[0]}: {'/'.join(str(value) for value in one.modality)}"
        right = other is not None and _allowed(one.modality, other.modality)
        score.add(entry, "modality", wanted, str(other.modality) if other else None, right=right)


# ---------------------------------------------------------------- acts


def score_acts(entries: Iterable[ActEntry], read: Read) -> Score:
    """Score acts, who did them to whom, counts, instruments, places, modality and background."""
    score = Score()
    for entry in entries:
        claims = [claim for claim in read(entry.text).claims if claim.act and claim.act_span]
        sentence = _Sentence(entry.text, Matcher(entry.text, vocabulary()))
        pairs = pair(entry.claims, claims, sentence.claim_weight)
        met = [claim for one, claim in pairs if one and claim]
        pairs = [(one, other) for one, other in pairs if one or (other and not _may_stand(entry, sentence, other, met))]
        for one, other in pairs:
            _claim(score, entry.id, sentence, one, other)
        _counts(score, entry, pairs)
        if entry.negative:
            clean = not any(_opens_incident(one, other) for one, other in pairs)
            score.add(
                entry.id, "negative left alone", entry.negative, "left alone" if clean else "an incident", right=clean
            )
    return score


def _may_stand(entry: ActEntry, sentence: _Sentence, claim: Claim, met: list[Claim]) -> bool:
    """Whether a further claim goes uncounted: on tolerated words, a speech act, or an act met, for a second party."""
    speech = claim.act in vocabulary().acts["words"] and entry.negative != "lookalike"
    again = any(
        (other.act, other.act_span, other.modality) == (claim.act, claim.act_span, claim.modality) for other in met
    )
    return speech or again or sentence.tolerated(entry.may, [claim.act_span or claim.span])


def _claim(score: Score, entry: str, sentence: _Sentence, one: ExpectedClaim | None, other: Claim | None) -> None:
    wanted = one or _NOTHING
    act, modality = (other.act, other.modality) if other else (None, None)
    score.judge(entry, "act", wanted.act, act, right=act in wanted.act)
    if one:
        score.judge(entry, "modality", one.modality, modality, right=modality in one.modality)
    agent, patient = (other.agent, other.patient) if other else (None, None)
    score.judge(entry, "agent", wanted.agent, agent.text if agent else None, right=sentence.role(wanted.agent, agent))
    score.judge(
        entry,
        "patient",
        wanted.patient,
        patient.text if patient else None,
        right=sentence.role(wanted.patient, patient),
    )
    place, instrument = (other.place, other.instrument) if other else (None, None)
    right = sentence.placed(wanted.place, place.span if place else None)
    score.judge(entry, "place", wanted.place, place.text if place else None, right=right)
    kind = instrument.kind if instrument else None
    score.judge(entry, "instrument", wanted.instrument, kind, right=kind in wanted.instrument)
    if wanted.background != ANY:
        expected, marked = (
            BACKGROUND if wanted.background else None,
            BACKGROUND if other and _in_background(other) else None,
        )
        score.add(entry, "background", expected, marked, right=expected == marked)


_NOTHING = ExpectedClaim(act=(None,), words=(None,))
"""What is expected where no claim is: every field empty."""


def _counts(score: Score, entry: ActEntry, pairs: Pairs[ExpectedClaim, Claim]) -> None:
    """Counts of the sentence as a set; then, of those expected, how many stand on their own claim."""
    wanted = [(one, count) for one in entry.claims for count in one.judged_counts]
    found = list({(count.what, count.span): count for _, other in pairs if other for count in other.counts}.values())
    judged = {*vocabulary().always_counted, *(what for _, count in wanted for what in count.what)}
    free = any(one.counts == ANY for one in entry.claims)
    for one, other in pair(wanted, found, lambda one, other: float(_count_met(one[1], other))):
        if one or (other and not free and other.what in judged):
            got = f"{other.what} {other.min}-{other.max}" if other else None
            score.add(entry.id, "counts", str(one[1]) if one else None, got, right=bool(one and other))
    for claim, count in wanted:
        home = next((other for one, other in pairs if one is claim and other), None)
        kept = home is not None and any(_count_met(count, got) for got in home.counts)
        score.add(entry.id, "count on its claim", str(count), "there" if kept else None, right=kept)


def _count_met(expected: ExpectedCount, found: Count) -> bool:
    if found.what not in expected.what:
        return False
    if expected.near is None:
        return (expected.min, expected.max) == (found.min, found.max)
    least = expected.near if found.min is None else found.min
    most = expected.near if found.max is None else found.max
    return least <= expected.near <= most and (found.min, found.max) != (None, None)


def _in_background(claim: Claim) -> bool:
    return any(flag.kind == BACKGROUND for flag in claim.flags)


def _opens_incident(one: ExpectedClaim | None, other: Claim | None) -> bool:
    """Whether a claim would open an incident where its sentence tells of none."""
    if other is None or other.modality is not Modality.ASSERTED or _in_background(other):
        return False
    if other.act == "report_compliance" or any(count.max == 0 for count in other.counts):
        return False
    return one is None or one.background is True or Modality.ASSERTED not in one.modality


def measure(read: Read, *, sets: Sequence[str] = (), halves: Sequence[str] = ("dev", "held")) -> Measured:
    """Scores by set and half; all sets unless named."""
    measured: dict[str, dict[str, Score]] = {}
    if not sets or "attribution" in sets:
        sentences = attribution_entries()
        measured["attribution"] = {
            half: score_attribution(part(sentences, held=half == "held"), read) for half in halves
        }
    if not sets or "acts" in sets:
        acts = act_entries()
        measured["acts"] = {half: score_acts(part(acts, held=half == "held"), read) for half in halves}
    return measured
