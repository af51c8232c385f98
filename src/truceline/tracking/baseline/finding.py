"""Finding claims of rank in a ledger: by words, then by the sentence, its speaker and the incident it speaks of."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from truceline.errors import InputError
from truceline.knowledge import Agreement
from truceline.knowledge.obligations import as_day
from truceline.ledger import View, Wanted, tables
from truceline.ledger.history import at
from truceline.model import parse_moment
from truceline.tracking.baseline.checking import RankClaim
from truceline.tracking.baseline.ranks import Phrase, phrases
from truceline.tracking.record import published_by
from truceline.tracking.statistics.breaches import Breach
from truceline.tracking.statistics.rules import RankWords

_MOST = 100_000  # documents that hold one of the rank words; no ledger that one desk keeps has more


def typed(text: str, words: RankWords, day: date | None) -> list[RankClaim]:
    """The claims of rank in words that somebody typed.

    Raises:
        InputError: They hold none.
    """
    found = [RankClaim(phrase, text[slice(*phrase.sentence)].strip(), published=day) for phrase in phrases(text, words)]
    if not found:
        ranks = ", ".join(forms[0] for forms in words.ranks.values())
        raise InputError(
            f"--check {text[:60]!r}: calls no breach the first, the only or the biggest; "
            f"write one of {ranks} with a noun such as {words.nouns[0]} or {words.nouns[1]}"
        )
    return found


def of_claim(view: View, key: str, words: RankWords, agreement: Agreement, known: Iterable[Breach]) -> list[RankClaim]:
    """The claims of rank in the sentence of a claim of the ledger.

    Raises:
        LedgerError: There is no such claim.
        InputError: Its sentence calls nothing the first, the only or the biggest.
    """
    claim = view.claim(key)
    found = [
        one
        for one in in_document(view, claim["document"], words, agreement, known)
        if _overlap(one.phrase.sentence, claim["sentence"])
    ]
    if not found:
        raise InputError(
            f"--check {claim['id']}: its sentence calls no breach the first, the only or the biggest; "
            "`--check all` lists those that do"
        )
    return found


def in_ledger(
    view: View, words: RankWords, agreement: Agreement, day: date, known: Iterable[Breach]
) -> list[RankClaim]:
    """Every claim of rank in documents published up to a day, in the order of publication; copies of one origin once."""
    breaches = tuple(known)
    documents: dict[str, None] = {}
    for form in dict.fromkeys(form for forms in words.ranks.values() for form in forms):
        for row in view.search(Wanted(words=f'"{form}"'), _MOST)[0]:
            published = parse_moment(row["published"])
            if isinstance(published, date) and published_by(published, day, agreement.zone):
                documents[row["id"]] = None
    found = [one for key in documents for one in in_document(view, key, words, agreement, breaches)]
    return _once(view, sorted(found, key=lambda one: (str(one.published), str(one.document), one.phrase.span)))


def in_document(
    view: View, document: str, words: RankWords, agreement: Agreement, known: Iterable[Breach]
) -> list[RankClaim]:
    """The claims of rank in one document."""
    value = view.as_document(document)
    said = phrases(value.text, words)
    if not said:
        return []
    claims = [claim for claim in view.claims_of(value.id) if claim["act"] is not None]
    breaches = {one.id for one in known}
    published = as_day(value.published, agreement.zone) if value.published is not None else None
    return [_told(phrase, value.text, value.id, value.publisher, published, claims, breaches) for phrase in said]


def _told(
    phrase: Phrase,
    text: str,
    document: str,
    publisher: str | None,
    published: date | None,
    claims: list[dict[str, Any]],
    breaches: set[str],
) -> RankClaim:
    own = [claim for claim in claims if _overlap(phrase.span, claim["span"])] or [
        claim for claim in claims if _overlap(phrase.sentence, claim["span"])
    ]
    speaking = own[0] if own else None
    subject = next((claim for claim in own if claim["incident"] in breaches), None) or _before(
        phrase, claims, breaches, text
    )
    return RankClaim(
        phrase=phrase,
        words=" ".join(text[slice(*phrase.sentence)].split()),
        document=document,
        claim=speaking["id"] if speaking else None,
        publisher=publisher,
        speakers=tuple(who["name"] or who["text"] for who in speaking["speakers"]) if speaking else (),
        published=published,
        incident=subject["incident"] if subject else None,
    )


def _before(phrase: Phrase, claims: list[dict[str, Any]], breaches: set[str], text: str) -> dict[str, Any] | None:
    """ "It was the first": what the same paragraph spoke of last."""
    paragraph = text.rfind("\n", 0, phrase.span[0]) + 1
    earlier = [
        claim
        for claim in claims
        if paragraph <= claim["span"][0] < phrase.sentence[0] and claim["incident"] in breaches
    ]
    return max(earlier, key=lambda claim: int(claim["span"][0]), default=None)


def _once(view: View, found: list[RankClaim]) -> list[RankClaim]:
    """Copies of one origin told as copies of the first of them that came out."""
    lineages = _lineages(view, [one.document for one in found if one.document])
    first: dict[tuple[str, str, str], int] = {}
    kept: list[RankClaim] = []
    for one in found:
        key = (lineages.get(str(one.document), str(one.document)), one.phrase.rank, str(one.incident))
        if key not in first:
            first[key] = len(kept)
            kept.append(one)
        elif one.document is not None and one.document != kept[first[key]].document:
            earlier = kept[first[key]]
            kept[first[key]] = replace(earlier, copies=(*earlier.copies, one.document))
    return kept


def _lineages(view: View, documents: Iterable[str]) -> dict[str, str]:
    table = tables.lineage
    query = select(table.c.document, table.c.lineage).where(
        table.c.document.in_(sorted(set(documents))), *at(table, view.number)
    )
    return {row.document: row.lineage for row in view.connection.execute(query)}


def _overlap(one: Iterable[int], other: Iterable[int]) -> bool:
    (start, end), (first, last) = one, other
    return start < last and first < end
