"""Whether the record agrees that a breach was the first, the only or the biggest: who tells of others, known since when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from truceline.knowledge import Agreement
from truceline.tracking.baseline.ranks import Phrase
from truceline.tracking.statistics.breaches import Breach, harm
from truceline.tracking.statistics.coverage import Coverage
from truceline.tracking.statistics.naming import voices
from truceline.tracking.statistics.rules import StatisticsRules

Known = Literal["before", "same_day", "after"]
"""When the first document on an incident came out: on a day before the claim of rank, on its day, or after it."""

Answer = Literal["none_against", "unsure_against", "known_against", "later_against", "unknown_subject"]
"""What the record has to a claim of rank: nothing against it; only what may not count; something that was out by then; only what
came out later; or it cannot be told which incident it means."""


@dataclass(frozen=True, slots=True)
class RankClaim:
    """A claim of rank, with who makes it and when.

    Attributes:
        words: The sentence.
        claim: A claim in that sentence, where the ledger has one.
        speakers: Outermost first; empty for the document's own voice, and for words typed in.
        incident: The incident it speaks of, as far as known.
        copies: Other documents of the same lineage that say so too.
    """

    phrase: Phrase
    words: str
    document: str | None = None
    claim: str | None = None
    publisher: str | None = None
    speakers: tuple[str, ...] = ()
    published: date | None = None
    incident: str | None = None
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Against:
    """An incident that speaks against a claim of rank, if it was as somebody tells it.

    Attributes:
        voices: Who tells of it as having happened.
        known: Whether it was published by the time of the claim; None where the claim has no day.
        sure: Whether every version is as grave as the claim asks, its day is sure, and it was a breach in every reading.
    """

    breach: Breach
    voices: tuple[str, ...]
    known: Known | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Check:
    """What the record has to a claim of rank.

    Attributes:
        like: All incidents of the kind and gravity that the claim speaks of, in the order of time.
        by_voice: How many of ``against`` each voice tells of; a voice that tells of no breach at all is left out.
        coverage: What could be seen between ``since`` and the incident.
    """

    claim: RankClaim
    since: date
    until: date
    subject: Breach | None
    like: tuple[Breach, ...]
    against: tuple[Against, ...]
    by_voice: Mapping[str, int]
    answer: Answer
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks claims of rank against the breaches of a record."""

    breaches: Sequence[Breach]
    agreement: Agreement
    rules: StatisticsRules
    effective: date

    def subject(self, claim: RankClaim) -> Breach | None:
        """The incident that a claim of rank speaks of."""
        return next((one for one in self.breaches if one.id == claim.incident), None)

    def since(self, claim: RankClaim) -> date:
        """The day from which a claim of rank counts."""
        return claim.phrase.since or self.effective

    def check(self, claim: RankClaim, until: date, coverage: Coverage) -> Check:
        """What the record has to a claim.

        Args:
            claim: The claim.
            until: The last day that counts.
            coverage: What could be seen in the time before.
        """
        since, subject = self.since(claim), self.subject(claim)
        like = tuple(one for one in self.breaches if one.within(since, until) and self._is_like(one, claim.phrase))
        against = tuple(self._against(claim, one, since, until) for one in self._others(claim, subject, like))
        return Check(
            claim=claim,
            since=since,
            until=until,
            subject=subject,
            like=like,
            against=against,
            by_voice=self._by_voice(against),
            answer=_answer(subject, against),
            coverage=coverage,
        )

    def _is_like(self, one: Breach, phrase: Phrase) -> bool:
        """Whether an incident may be of the kind and gravity that is spoken of."""
        order = self.rules.levels
        if phrase.level is not None and order.index(one.severity.most) < order.index(phrase.level):
            return False
        told = {value.key for version in one.incident.versions for value in version.fields.get("what", ())}
        return not phrase.acts or bool({one.incident.act, *told} & set(phrase.acts))

    def _others(self, claim: RankClaim, subject: Breach | None, like: Iterable[Breach]) -> Iterable[Breach]:
        others = [one for one in like if subject is not None and one.id != subject.id]
        if subject is None:
            return ()
        if claim.phrase.rank == "first":
            return (one for one in others if _may_precede(one, subject))
        if claim.phrase.rank == "only":
            return others
        return (one for one in others if self._may_exceed(one, subject))

    def _may_exceed(self, one: Breach, subject: Breach) -> bool:
        """Whether the gravest version of one is graver than the lightest of the other."""
        order = self.rules.levels
        least = order.index(subject.severity.least), *(number.min for number in harm(subject))
        infinite = max(10**9, *(number.max or 0 for number in harm(one)))
        most = order.index(one.severity.most), *(infinite if n.max is None else n.max for n in harm(one))
        return most > least

    def _against(self, claim: RankClaim, one: Breach, since: date, until: date) -> Against:
        level = claim.phrase.level
        order = self.rules.levels
        grave = level is None or order.index(one.severity.least) >= order.index(level)
        tells = tuple(voice for voice in voices(self.agreement) if voice in one.asserted)
        return Against(one, tells, _known(one, claim), grave and one.within(since, until).min == 1)

    def _by_voice(self, against: Sequence[Against]) -> dict[str, int]:
        speaks = {voice for one in self.breaches for voice in one.asserted}
        return {
            voice: sum(voice in one.voices for one in against) for voice in voices(self.agreement) if voice in speaks
        }


def _may_precede(one: Breach, subject: Breach) -> bool:
    return one.first is None or subject.first is None or one.first < subject.first


def _known(one: Breach, claim: RankClaim) -> Known | None:
    if claim.published is None or one.published is None:
        return None
    if one.published == claim.published:
        return "same_day"
    return "before" if one.published < claim.published else "after"


def _answer(subject: Breach | None, against: Sequence[Against]) -> Answer:
    if subject is None:
        return "unknown_subject"
    if not against:
        return "none_against"
    sure = [one for one in against if one.sure]
    if not sure:
        return "unsure_against"
    return "later_against" if all(one.known == "after" for one in sure) else "known_against"


def time_before(check_since: date, subject: Breach | None, until: date) -> tuple[date, date]:
    """The days in which another breach would speak against a first: up to the day before the incident."""
    if subject is None or subject.first is None or subject.first <= check_since:
        return check_since, until
    return check_since, subject.first - timedelta(days=1)
