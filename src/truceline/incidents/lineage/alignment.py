"""A copy beside its original, sentence by sentence, and what the copy made of it ("certainty inflation")."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from truceline.incidents.lineage.fingerprint import Fingerprint
from truceline.incidents.vocabulary import IncidentVocabulary
from truceline.incidents.voices import side
from truceline.model import Change, Claim, Modality, Span

_TOKEN = re.compile(r"\d[\d.,]*\d|\d|n['’]t\b|[^\W\d_]+")
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
# A pair of sentences this much alike is one told twice; found between rewritten copies and chance pairs of one story.
_ALIKE = 48.0
_GARBLED = 60


def align(
    original: Fingerprint,
    copy: Fingerprint,
    vocabulary: IncidentVocabulary,
    claims: Sequence[Claim] = (),
    copied: Sequence[Claim] = (),
) -> tuple[Change, ...]:
    """What the copy changed, in its order.

    Args:
        original: The document copied.
        copy: The copy.
        vocabulary: Gives the words that negate and the names of days.
        claims: What was read in the original, for voices and attribution.
        copied: What was read in the copy.
    """
    changes: list[Change] = []
    for i, j in pairs(original, copy):
        before, after = original.details.sentences[i], copy.details.sentences[j]
        if original.details.words[i] == copy.details.words[j]:
            continue
        texts = original.document.text[slice(*before)], copy.document.text[slice(*after)]
        found = [*_by_words(*texts, vocabulary), *_by_claims(_within(claims, before), _within(copied, after))]
        changes += [Change(kind, *texts, before, after, why) for kind, why in dict(found).items()]  # type: ignore[arg-type]
    return tuple(changes)


def pairs(original: Fingerprint, copy: Fingerprint) -> list[tuple[int, int]]:
    """The sentences of both that tell the same, in order (the best monotone pairing)."""
    texts = [" ".join(words) for words in copy.details.words]
    rows = [[_likeness(" ".join(words), text) for text in texts] for words in original.details.words]
    n, m = len(rows), len(texts)
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            best[i][j] = max(best[i - 1][j], best[i][j - 1], best[i - 1][j - 1] + rows[i - 1][j - 1])
    found: list[tuple[int, int]] = []
    i, j = n, m
    while i and j:
        if rows[i - 1][j - 1] and best[i][j] == best[i - 1][j - 1] + rows[i - 1][j - 1]:
            found.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return found[::-1]


def _likeness(one: str, other: str) -> float:
    ratio = 0.5 * (fuzz.token_sort_ratio(one, other) + fuzz.token_set_ratio(one, other))
    return ratio if ratio >= _ALIKE else 0.0


def _by_words(before: str, after: str, vocabulary: IncidentVocabulary) -> Iterator[tuple[str, str]]:
    words = vocabulary.words
    tokens = [token.casefold().replace("’", "'") for token in _TOKEN.findall(before)]
    copied = [token.casefold().replace("’", "'") for token in _TOKEN.findall(after)]
    negations = [t for t in tokens if t in words.negations], [t for t in copied if t in words.negations]
    if len(negations[0]) > len(negations[1]):
        yield "lost_negation", f"“{negations[0][0]}” is gone"
    elif len(negations[1]) > len(negations[0]):
        yield "added_negation", f"“{negations[1][0]}” is new"
    numbers = (
        {n.replace(",", "") for n in _NUMBER.findall(before)},
        {n.replace(",", "") for n in _NUMBER.findall(after)},
    )
    gone, new = sorted(numbers[0] - numbers[1]), sorted(numbers[1] - numbers[0])
    if gone and new:
        yield "changed_number", f"{', '.join(gone)} became {', '.join(new)}"
    days = (
        [d for d in _TOKEN.findall(before) if d in words.days],
        [d for d in _TOKEN.findall(after) if d in words.days],
    )
    if days[0] and set(days[1]) - set(days[0]):
        yield "moved_date", f"{', '.join(days[0])} became {', '.join(days[1])}"
    yield from _names(before, after)


def _names(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Capitalised words of the original that the copy has in another spelling."""
    names = [{t for t in _TOKEN.findall(text) if t[0].isupper() and len(t) >= 5} for text in (before, after)]
    gone, new = names[0] - names[1], sorted(names[1] - names[0])
    spelt = []
    for name in sorted(gone):
        best = max(new, key=lambda other: (fuzz.ratio(name, other), other), default=None)
        kin = best is not None and (name.startswith(best) or best.startswith(name[:-1]))  # Russia, Russian
        if best is not None and not kin and fuzz.ratio(name, best) >= _GARBLED:
            spelt.append(f"{name} became {best}")
    if spelt:
        yield "changed_name", ", ".join(spelt)


def _by_claims(before: Sequence[Claim], after: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    """Attribution that was dropped, voices that were turned, positions that were turned into facts."""
    for claim in before:
        for other in after:
            if claim.act is None or claim.act != other.act:
                continue
            if claim.speakers and not other.speakers:
                yield (
                    "dropped_attribution",
                    f"{claim.speakers[-1].text} says so in the original; the copy says it itself",
                )
            agent, patient = side(claim.agent), side(claim.patient)
            turned = (agent and agent == side(other.patient) and agent != side(other.agent)) or (
                patient and patient == side(other.agent) and patient != side(other.patient)
            )
            if turned:
                yield "reversed_voice", f"who did it and to whom changed places in “{other.text[:60]}”"
            if _borrowed(other) and claim.when is not None and not _borrowed(claim):
                yield "moved_date", f"“{claim.when.text}”, when it happened, became when it was said"
            if {claim.modality, other.modality} == {Modality.ASSERTED, Modality.DENIED}:
                kind = "lost_negation" if claim.modality is Modality.DENIED else "added_negation"
                yield kind, f"{claim.modality.value} became {other.modality.value}"


def _borrowed(claim: Claim) -> bool:
    return any(flag.kind == "time_of_statement" for flag in claim.flags)


def _within(claims: Sequence[Claim], span: Span) -> list[Claim]:
    return [claim for claim in claims if span[0] <= (claim.act_span or claim.span)[0] < span[1]]
