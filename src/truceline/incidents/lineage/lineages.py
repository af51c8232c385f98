"""Lineages kept up as documents arrive: pairs of copies, and the groups they make, in any order of arrival."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rensa import RMinHash, RMinHashLSH

from truceline.incidents.lineage.alignment import align
from truceline.incidents.lineage.fingerprint import Fingerprint, fingerprint, shared_chain
from truceline.incidents.vocabulary import IncidentVocabulary
from truceline.model import Claim, Copy, Decisions, Document, Lineage
from truceline.model.incident import CopyKind

# Shingles shared, of all: what a re-set copy keeps, and what one publisher's form keeps from day to day without being a copy.
_NEAR, _SAME, _FORM = 0.5, 0.8, 0.9
_PERMUTATIONS, _BANDS = 128, 32
_ERROR = 0.15  # of the estimate that spares looking at the words: more than three standard deviations
# Whole sentences of the shorter text that stand in the other word for word.
_CUT = 0.5
# The chain of facts: copies re-written or translated there and back reach 0.63 and more in the dossiers, independent stories of
# one event 0.60 with few facts at most; a credit to one agency makes up for some of it.
_CHAIN, _CHAIN_FACTS = 0.62, 10
_CREDITED, _CREDITED_FACTS = 0.45, 6
_KEYS, _FEWEST_KEYS = 0.4, 5
# Days within which a story is copied.
_DAYS = 5
_MONTH = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """That two documents go back to one origin."""

    one: str
    other: str
    kind: CopyKind
    score: float
    why: str


class LineageIndex:
    """Documents by their origin. Adding one compares it only with what may be its copy."""

    def __init__(self, vocabulary: IncidentVocabulary, decisions: Decisions | None = None) -> None:
        self._vocabulary = vocabulary
        self._prints: dict[str, Fingerprint] = {}
        self._near: dict[int | None, RMinHashLSH] = {}
        self._minhashes: dict[str, RMinHash] = {}
        self._numbers: list[str] = []
        self._by_sentence: dict[tuple[int, int | None], list[str]] = defaultdict(list)
        self._anywhen: dict[int, list[str]] = defaultdict(list)
        self._by_day: dict[int, list[str]] = defaultdict(list)
        self._pairs: dict[str, dict[str, Pair]] = defaultdict(dict)
        self._members: dict[str, tuple[str, ...]] = {}
        self._decided: dict[tuple[str, str], bool] = {}
        for one, other, same in (decisions or Decisions()).witnesses:
            self._decided[min(one, other), max(one, other)] = same

    def __contains__(self, document: object) -> bool:
        return document in self._prints

    def add(self, document: Document) -> frozenset[str]:
        """Take a document in; the ids of the documents whose lineage changed."""
        if document.id in self._prints:
            return frozenset()
        mine = fingerprint(document, self._vocabulary)
        minhash = _minhash(mine)
        self._minhashes[document.id] = minhash
        near = self._alike(mine, minhash)
        for other in sorted(near | self._candidates(mine)):
            pair = self._pair(mine, self._prints[other], near=other in near)
            if pair is not None:
                self._pairs[document.id][other] = pair
                self._pairs[other][document.id] = pair
        self._keep(mine, minhash)
        return self._regroup(document.id)

    def lineage_id(self, document: str) -> str:
        """The id of a document's lineage."""
        return _lineage_id(self._members.get(document, (document,))[0])

    def origin(self, document: str) -> str | None:
        """Whom a document's words go back to: the agency credited in its lineage, else the first publisher."""
        members = [
            self._prints[member] for member in self._members.get(document, (document,)) if member in self._prints
        ]
        credit = next((member.credit for member in members if member.credit), None)
        first = members[0].document.publisher if members else None
        return credit or self._vocabulary.agency(first)

    def lineages(self, claims: "Mapping[str, Sequence[Claim]] | None" = None) -> list[Lineage]:
        """All lineages, with what their copies changed where the claims of the documents are given."""
        groups = sorted({self._members[document] for document in self._prints})
        return [self._lineage(group, claims or {}) for group in groups]

    # ---- pairs ----

    def _alike(self, mine: Fingerprint, minhash: RMinHash) -> set[str]:
        """Documents of the months about this one that share many shingles."""
        indexes = (self._near.get(month) for month in _around(mine.day, _MONTH))
        return {self._numbers[number] for index in indexes if index is not None for number in index.query(minhash)}

    def _candidates(self, mine: Fingerprint) -> set[str]:
        """Documents that share a sentence or several facts; one without a day is compared with those of any day."""
        found: set[str] = set()
        for sentence in mine.hashes:
            if mine.day is None:
                found.update(self._anywhen.get(sentence, ()))
                continue
            for stretch in {*_around(mine.day, 2 * _DAYS), None}:
                found.update(self._by_sentence.get((sentence, stretch), ()))
        if mine.day is not None:
            for day in range(mine.day - _DAYS, mine.day + _DAYS + 1):
                found.update(other for other in self._by_day.get(day, ()) if self._keys_shared(mine, other))
        for one, other in self._decided:
            if mine.document.id in (one, other):
                found.update({one, other} & self._prints.keys())
        found.discard(mine.document.id)
        return found

    def _keys_shared(self, mine: Fingerprint, other: str) -> bool:
        theirs = self._prints[other].keys
        return len(mine.keys & theirs) >= max(_FEWEST_KEYS, _KEYS * min(len(mine.keys), len(theirs)))

    def _pair(self, mine: Fingerprint, theirs: Fingerprint, *, near: bool) -> Pair | None:
        """Why the two are copies of one; the same whichever came first."""
        one, other = sorted((mine, theirs), key=lambda p: p.document.id)
        ids = one.document.id, other.document.id
        decided = self._decided.get(ids)
        if decided is not None:
            return Pair(*ids, "credited", 1.0, "a person found them to be of one origin") if decided else None
        near = near and self._minhashes[ids[0]].jaccard(self._minhashes[ids[1]]) >= _NEAR - _ERROR
        jaccard = _jaccard(one, other) if near else 0.0
        if one.document.publisher and one.document.publisher == other.document.publisher:
            return (
                Pair(*ids, "same", round(jaccard, 3), f"{jaccard:.0%} of the words in order")
                if jaccard >= _FORM
                else None
            )
        if jaccard >= _NEAR:
            kind: CopyKind = "same" if jaccard >= _SAME else "rewritten"
            return Pair(*ids, kind, round(jaccard, 3), f"{jaccard:.0%} of the words in order are the same")
        shared = len(one.hashes & other.hashes)
        least = min(len(one.hashes), len(other.hashes))
        if shared >= 2 and shared >= _CUT * least:
            return Pair(
                *ids,
                "cut",
                round(shared / least, 3),
                f"{shared} of {least} sentences of the shorter text, word for word",
            )
        return self._retold(one, other, ids)

    def _retold(self, one: Fingerprint, other: Fingerprint, ids: tuple[str, str]) -> Pair | None:
        if len(one.keys & other.keys) < _FEWEST_KEYS:
            return None
        share, number = shared_chain(one.details, other.details)
        says = f"{number} names, numbers and quoted words in the same order, {share:.0%} of the shorter text's"
        if share >= _CHAIN and number >= _CHAIN_FACTS:
            return Pair(*ids, "rewritten", round(min(share, 1.0), 3), says)
        agencies = {self._agency(one), self._agency(other)}
        credited = one.credit is not None or other.credit is not None
        if credited and len(agencies) == 1 and share >= _CREDITED and number >= _CREDITED_FACTS:
            return Pair(*ids, "credited", round(min(share, 1.0), 3), f"both go back to {agencies.pop()}; {says}")
        return None

    def _agency(self, of: Fingerprint) -> str | None:
        return of.credit or self._vocabulary.agency(of.document.publisher) or of.document.id

    # ---- groups ----

    def _keep(self, mine: Fingerprint, minhash: RMinHash) -> None:
        document = mine.document.id
        self._prints[document] = mine
        month = None if mine.day is None else mine.day // _MONTH
        if month not in self._near:
            self._near[month] = RMinHashLSH(threshold=_NEAR, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        self._near[month].insert(len(self._numbers), minhash)
        self._numbers.append(document)
        for sentence in mine.hashes:
            self._by_sentence[sentence, None if mine.day is None else mine.day // (2 * _DAYS)].append(document)
            self._anywhen[sentence].append(document)
        if mine.day is not None:
            self._by_day[mine.day].append(document)

    def _regroup(self, document: str) -> frozenset[str]:
        """Group again what hangs together with a document; only pairs that no person forbids join."""
        reached, pending = {document}, [document]
        while pending:
            for other in self._pairs[pending.pop()]:
                if other not in reached:
                    reached.add(other)
                    pending.append(other)
        pairs = {(pair.one, pair.other): pair for one in reached for pair in self._pairs[one].values()}
        groups: dict[str, set[str]] = {one: {one} for one in reached}
        for pair in sorted(pairs.values(), key=lambda p: (-p.score, p.one, p.other)):
            left, right = groups[pair.one], groups[pair.other]
            if left is right or self._forbidden(left, right):
                continue
            left |= right
            for member in right:
                groups[member] = left
        changed = set()
        for member in reached:
            ordered = tuple(sorted(groups[member], key=self._first))
            if self._members.get(member) != ordered:
                self._members[member] = ordered
                changed.add(member)
        return frozenset(changed)

    def _forbidden(self, left: Iterable[str], right: Iterable[str]) -> bool:
        if not any(same is False for same in self._decided.values()):
            return False
        theirs = list(right)
        return any(self._decided.get((min(a, b), max(a, b))) is False for a in left for b in theirs)

    def _first(self, document: str) -> tuple[bool, str, str, str]:
        """The original stands first: what the agency credited published itself, then what came out first."""
        one = self._prints[document]
        publisher = self._vocabulary.agency(one.document.publisher)
        own = publisher is not None and publisher in self._vocabulary.agency_names.values()
        published = one.document.published
        return not own, published.isoformat() if published else "~", one.document.publisher or "", document

    def _lineage(self, group: tuple[str, ...], claims: "Mapping[str, Sequence[Claim]]") -> Lineage:
        copies = []
        for i, document in enumerate(group[1:], start=1):
            known = [self._pairs[document][other] for other in group[:i] if other in self._pairs[document]]
            best = max(known or self._pairs[document].values(), key=lambda p: (p.score, p.one, p.other))
            other = best.one if best.other == document else best.other
            changes = align(
                self._prints[other],
                self._prints[document],
                self._vocabulary,
                claims.get(other, ()),
                claims.get(document, ()),
            )
            copies.append(Copy(document, other, best.kind, best.score, best.why, changes))
        return Lineage(_lineage_id(group[0]), self.origin(group[0]), group, tuple(copies))


def _around(day: int | None, length: int) -> tuple[int | None, ...]:
    """The stretch of days that a day lies in, and those beside it."""
    return (None,) if day is None else (day // length - 1, day // length, day // length + 1)


def _jaccard(one: Fingerprint, other: Fingerprint) -> float:
    mine, theirs = one.details.shingles, other.details.shingles
    return len(mine & theirs) / max(1, len(mine | theirs))


def _minhash(of: Fingerprint) -> RMinHash:
    made = RMinHash(num_perm=_PERMUTATIONS, seed=1)
    made.update(sorted(of.details.shingles))
    return made


@lru_cache(maxsize=100_000)
def _lineage_id(first: str) -> str:
    return "l-" + hashlib.sha256(first.encode()).hexdigest()[:10]
