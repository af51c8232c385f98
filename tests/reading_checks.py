"""The invariants of a reading, as a list of what is wrong with one: spans, ids, and no value without words."""

from collections.abc import Iterator

from truceline.model import Claim, Flag, Reading, Span


def faults_of(reading: Reading) -> list[str]:
    """Everything in the reading that breaks the contract; empty when it holds."""
    text = reading.document.text
    faults = [
        f"{where}: {span} is not {words!r}" for where, words, span in _worded(reading) if not _says(text, words, span)
    ]
    faults += [f"{where}: {span} lies outside the text" for where, span in _bare(reading) if not _inside(text, span)]
    ids = [claim.id for claim in reading.claims]
    faults += [f"claim id {one} is given twice" for one in sorted(set(ids)) if ids.count(one) > 1]
    faults += [
        f"{claim.id}: act without words" for claim in reading.claims if (claim.act is None) < (claim.act_span is None)
    ]
    faults += [
        f"{claim.id}: confidence {claim.confidence}" for claim in reading.claims if not 0 <= claim.confidence <= 1
    ]
    faults += [f"{claim.id}: no rule named" for claim in reading.claims if not claim.by]
    return faults


def _inside(text: str, span: Span) -> bool:
    return 0 <= span[0] <= span[1] <= len(text)


def _says(text: str, words: str, span: Span) -> bool:
    return _inside(text, span) and span[0] < span[1] and text[span[0] : span[1]] == words


def _worded(reading: Reading) -> Iterator[tuple[str, str, Span]]:
    """Each value that has both words and a span: (where it stands, its words, its span)."""
    for claim in reading.claims:
        yield from _worded_of(claim)
    for name, layer in (("places", reading.places), ("times", reading.times), ("actors", reading.actors)):
        for value in layer:
            yield name, value.text, value.span
    yield from _flags("document", reading.document.flags)


def _worded_of(claim: Claim) -> Iterator[tuple[str, str, Span]]:
    yield f"{claim.id}.claim", claim.text, claim.span
    single = {
        "cue": claim.cue, "said": claim.said, "agent": claim.agent, "patient": claim.patient,
        "place": claim.place, "when": claim.when, "instrument": claim.instrument,
    }  # fmt: skip
    for name, value in single.items():
        if value is not None:
            yield f"{claim.id}.{name}", value.text, value.span
    for name, values in (("speakers", claim.speakers), ("counts", claim.counts)):
        for one in values:
            yield f"{claim.id}.{name}", one.text, one.span
    if claim.place is not None and claim.place.offset is not None:
        yield f"{claim.id}.offset", claim.place.offset.text, claim.place.offset.span
    yield from _flags(claim.id, claim.flags)


def _flags(owner: str, flags: tuple[Flag, ...]) -> Iterator[tuple[str, str, Span]]:
    for flag in flags:
        if flag.text is not None and flag.span is not None:
            yield f"{owner}.flags", flag.text, flag.span


def _bare(reading: Reading) -> Iterator[tuple[str, Span]]:
    """Spans that stand without a copy of their words."""
    for claim in reading.claims:
        yield f"{claim.id}.sentence", claim.sentence
        if claim.act_span is not None:
            yield f"{claim.id}.act", claim.act_span
        for reason in claim.reasons:
            if reason.span is not None:
                yield f"{claim.id}.reasons", reason.span
    for attribution in reading.attributions:
        for name in ("source", "cue", "content"):
            for span in getattr(attribution, name):
                yield f"attribution.{name}", span
