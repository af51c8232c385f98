"""Lineages kept up as documents arrive: pairs of copies, and the groups they make, in any order of arrival."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rensa import RMinHash, RMinHashLSH

from truceline.incidents.lineage.alignment import align
from truceline.incidents.lineage.fingerprint import Fingerprint, fingerprint, shared_chain
from truceline.incidents.spans import REACH
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


@dataclass(frozen=True, slots=True)
class Pair:
    """That two documents go back to one origin."""

    one: str
    other: str
    kind: CopyKind
    score: float
    why: str


class LineageIndex:
    """Documents by their origin. Adding one compares it only with what may be its copy: with documents of the days about it.

    A document's day is that of its publication; where that is not known, the days it tells of stand for it.
    """

    def __init__(self, vocabulary: IncidentVocabulary, decisions: Decisions | None = None) -> None:
        self._vocabulary = vocabulary
        self._within = vocabulary.words.copied_within
        self._prints: dict[str, Fingerprint] = {}
        self._days: dict[str, frozenset[int]] = {}
        self._near: dict[int, RMinHashLSH] = {}
        self._minhashes: dict[str, RMinHash] = {}
        self._numbers: list[str] = []
        self._by_sentence: dict[tuple[int, int], list[str]] = defaultdict(list)
        self._by_day: dict[int, list[str]] = defaultdict(list)
        self._pairs: dict[str, dict[str, Pair]] = defaultdict(dict)
        self._members: dict[str, tuple[str, ...]] = {}
        self._origins: dict[str, str | None] = {}
        self._copies: dict[tuple[str, str], tuple[object, Copy]] = {}
        self._decided: dict[tuple[str, str], bool] = {}
        for one, other, same in (decisions or Decisions()).witnesses:
            self._decided[min(one, other), max(one, other)] = same

    def __contains__(self, document: object) -> bool:
        return document in self._prints

    def add(self, document: Document, told: Iterable[int] = ()) -> frozenset[str]:
        """Take a document in; the ids of the documents whose lineage changed.

        Args:
            document: One that is known already is compared anew where it tells of more days.
            told: Ordinals of the days it tells of.
        """
        days = frozenset([document.published.toordinal()] if document.published is not None else told)
        known = self._days.get(document.id)
        if known is not None and days <= known:
            return frozenset()
        mine = self._prints.get(document.id) or self._fingerprint(document)
        new = days - (known or frozenset())
        self._days[document.id] = days | (known or frozenset())
        near = self._alike(document.id, new)
        for other in sorted((near | self._candidates(mine, new)) - {document.id}):
            pair = self._pair(mine, self._prints[other], near=other in near)
            if pair is not None:
                self._pairs[document.id][other] = pair
                self._pairs[other][document.id] = pair
        self._keep(mine, new)
        return self._regroup(document.id)

    def lineage_id(self, document: str) -> str:
        """The id of a document's lineage."""
        return _lineage_id(self._members.get(document, (document,))[0])

    def origin(self, document: str) -> str | None:
        """Whom a document's words go back to: the agency credited in its lineage, else the first publisher."""
        if document not in self._origins:
            self._origins[document] = self._origin(document)
        return self._origins[document]

    def _origin(self, document: str) -> str | None:
        members = [
            self._prints[member] for member in self._members.get(document, (document,)) if member in self._prints
        ]
        credit = next((member.credit for member in members if member.credit), None)
        first = members[0].document.publisher if members else None
        return credit or self._vocabulary.agency(first)

    def kin(self, document: str) -> frozenset[str]:
        """The documents that pairs of copies tie to a document, itself among them: all that its lineage depends on."""
        reached, pending = {document}, [document]
        while pending:
            more = self._pairs.get(pending.pop(), {}).keys() - reached
            reached |= more
            pending += more
        return frozenset(reached)

    def lineage(self, document: str, claims: "Mapping[str, Sequence[Claim]] | None" = None) -> Lineage:
        """The lineage of a document, with what its copies changed where the claims of the documents are given."""
        return self._lineage(self._members[document], claims or {})

    def lineages(self, claims: "Mapping[str, Sequence[Claim]] | None" = None) -> list[Lineage]:
        """All lineages, with what their copies changed where the claims of the documents are given."""
        groups = sorted({self._members[document] for document in self._prints})
        return [self._lineage(group, claims or {}) for group in groups]

    # ---- pairs ----

    def _alike(self, document: str, days: Iterable[int]) -> set[str]:
        """Documents of the days about this one that share many shingles."""
        stretches = {near for day in days for near in _around(day, self._within.words)}
        indexes = [self._near[stretch] for stretch in sorted(stretches) if stretch in self._near]
        found = {self._numbers[number] for index in indexes for number in index.query(self._minhashes[document])}
        return {other for other in found if self._gap(document, other) <= self._within.words}

    def _candidates(self, mine: Fingerprint, days: Iterable[int]) -> set[str]:
        """Documents of the days about this one that share a sentence or several facts, or that a person decided on."""
        found: set[str] = set()
        key, within = mine.document.id, self._within
        for stretch in sorted({near for day in days for near in _around(day, within.words)}):
            for sentence in mine.hashes:
                found.update(self._by_sentence.get((sentence, stretch), ()))
        found = {other for other in found if self._gap(key, other) <= within.words}
        for near in sorted({near for day in days for near in range(day - within.facts, day + within.facts + 1)}):
            found.update(other for other in self._by_day.get(near, ()) if self._keys_shared(mine, other))
        for one, other in self._decided:
            if key in (one, other):
                found.update({one, other} & self._prints.keys())
        return found

    def _gap(self, one: str, other: str) -> int:
        """Days between two documents."""
        return min((abs(a - b) for a in self._days[one] for b in self._days[other]), default=REACH + 1)

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
            if jaccard < _FORM or not self._told_twice(one, other):
                return None
            return Pair(*ids, "same", round(jaccard, 3), f"{jaccard:.0%} of the words in order are the same")
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

    def _told_twice(self, one: Fingerprint, other: Fingerprint) -> bool:
        """Whether a publisher printed a text again; the form it fills in each day has other numbers and is no copy."""
        numbers = [{key for key in text.keys if key[0].isdigit()} for text in (one, other)]
        return numbers[0] == numbers[1] or self._gap(one.document.id, other.document.id) == 0

    def _retold(self, one: Fingerprint, other: Fingerprint, ids: tuple[str, str]) -> Pair | None:
        if len(one.keys & other.keys) < _FEWEST_KEYS:
            return None
        share, number = shared_chain(one.details, other.details, _CREDITED)
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

    def _fingerprint(self, document: Document) -> Fingerprint:
        made = self._prints[document.id] = fingerprint(document, self._vocabulary)
        self._minhashes[document.id] = _minhash(made)
        return made

    def _keep(self, mine: Fingerprint, days: Iterable[int]) -> None:
        """Enter a document under its days."""
        document = mine.document.id
        for stretch in sorted({day // self._within.words for day in days}):
            if stretch not in self._near:
                self._near[stretch] = RMinHashLSH(threshold=_NEAR, num_perm=_PERMUTATIONS, num_bands=_BANDS)
            self._near[stretch].insert(len(self._numbers), self._minhashes[document])
            for sentence in mine.hashes:
                self._by_sentence[sentence, stretch].append(document)
        self._numbers.append(document)
        for day in days:
            self._by_day[day].append(document)

    def _regroup(self, document: str) -> frozenset[str]:
        """Group again what hangs together with a document; only pairs that no person forbids join."""
        reached = self.kin(document)
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
                self._origins.pop(member, None)
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
            copies.append(self._copy(document, best, claims))
        return Lineage(_lineage_id(group[0]), self.origin(group[0]), group, tuple(copies))

    def _copy(self, document: str, pair: Pair, claims: "Mapping[str, Sequence[Claim]]") -> Copy:
        """How a document copies another, and what it changed; made once for what is known of both."""
        other = pair.one if pair.other == document else pair.other
        told, copied = claims.get(other, ()), claims.get(document, ())
        mark = pair, len(told), len(copied)  # claims are only ever added
        known = self._copies.get((document, other))
        if known is None or known[0] != mark:
            changes = align(self._prints[other], self._prints[document], self._vocabulary, told, copied)
            known = mark, Copy(document, other, pair.kind, pair.score, pair.why, changes)
            self._copies[document, other] = known
        return known[1]


def _around(day: int, length: int) -> tuple[int, ...]:
    """The stretch of days that a day lies in, and those beside it."""
    return day // length - 1, day // length, day // length + 1


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
