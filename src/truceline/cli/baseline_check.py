"""``truceline baseline --check``: a claim that a breach was the first, the only or the biggest, beside the record."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from truceline.cli import wording
from truceline.cli.baseline_text import coverage_words, facts, name_of
from truceline.cli.console import make_console, visible
from truceline.tracking.baseline.checking import Against, Check, Checker, RankClaim, time_before
from truceline.tracking.baseline.finding import in_ledger, of_claim, typed
from truceline.tracking.statistics.breaches import Breach
from truceline.tracking.statistics.coverage import cover
from truceline.tracking.statistics.gathering import material
from truceline.tracking.statistics.plain import breach_to_dict, coverage_to_dict

if TYPE_CHECKING:
    from truceline.cli.tracked import Ground
    from truceline.knowledge import Agreement

_ANSWERS = {
    "none_against": "nothing that speaks against it",
    "unsure_against": "{n}",
    "known_against": "{n}: {known}",
    "later_against": "{n}, published only after it was said",
    "unknown_subject": "what stands below of that kind; which incident is meant is not known",
}
_KNOWN = {
    "before": "published before",
    "same_day": "published the same day",
    "after": "published after",
    None: "day of the claim not known",
}
_EARLIER = {"first": "earlier", "only": "others", "biggest": "that may be graver"}


def checks(ground: "Ground", asked: str, since: datetime | None, until: datetime | None) -> list[Check]:
    """The claims of rank that were asked for, each beside the record.

    Raises:
        InputError: The words or the claim hold none.
    """
    first, last = ground.period(since, until)
    made = material(ground.view, ground.agreement, ground.day, ground.knowledge)
    record, rules, known, issues = made.record, made.rules, made.found, made.issues
    words = rules.claims_of_rank
    if asked == "all":
        found = in_ledger(ground.view, words, ground.agreement, ground.day, known)
    elif asked.startswith("c-") and " " not in asked:
        found = of_claim(ground.view, asked, words, ground.agreement, known)
    else:
        found = typed(asked, words, None)
    checker = Checker(known, ground.agreement, rules, first)
    return [
        checker.check(
            claim, last, cover(record, issues, {}, *time_before(checker.since(claim), checker.subject(claim), last))
        )
        for claim in found
    ]


def show_checks(found: list[Check], agreement: "Agreement") -> None:
    """Print them one after another."""
    console = make_console()
    if not found:
        console.print("no document calls a breach the first, the only or the biggest")
    for i, check in enumerate(found):
        if i:
            console.print()
        console.print(Text(f"“{visible(check.claim.words)}”", style="title"))
        console.print(facts(_lines(check, agreement)))
        if check.against:
            console.print(_against(check, agreement))
        elif check.subject is None and check.like:
            console.print(_like(check.like))


def check_to_dict(check: Check) -> dict[str, Any]:
    """A check as JSON values."""
    claim = check.claim
    return {
        "words": claim.words,
        "rank": claim.phrase.rank,
        "severity": claim.phrase.level,
        "noun": claim.phrase.noun,
        "since": check.since,
        "document": claim.document,
        "claim": claim.claim,
        "publisher": claim.publisher,
        "speakers": list(claim.speakers),
        "published": claim.published,
        "copies": list(claim.copies),
        "incident": check.subject.id if check.subject else None,
        "answer": check.answer,
        "by_voice": dict(check.by_voice),
        "against": [
            {**breach_to_dict(one.breach), "voices": list(one.voices), "known": one.known, "sure": one.sure}
            for one in check.against
        ],
        "like": [one.id for one in check.like],
        "coverage": coverage_to_dict(check.coverage),
    }


def _lines(check: Check, agreement: "Agreement") -> Iterable[tuple[str, str]]:
    claim = check.claim
    if claim.document is not None:
        yield "said by", _said_by(claim)
    grave = f"at least {claim.phrase.level}" if claim.phrase.level else "of any severity"
    yield "means", f"{claim.phrase.rank} {claim.phrase.noun}, {grave}, since {wording.day(check.since)}"
    if check.subject is not None:
        yield "speaks of", f"{visible(check.subject.incident.title)}, {_day(check.subject.first)} ({check.subject.id})"
    unsure = sum(not one.sure for one in check.against)
    number = f"{len(check.against)} {_EARLIER[claim.phrase.rank]}" + (
        f" ({unsure} of them may not count: ?)" if unsure else ""
    )
    yield "the record has", _ANSWERS[check.answer].format(n=number, known=_when_known(check))
    if check.subject is not None:
        told = [f"{name_of(voice, agreement)} {number or 'none'}" for voice, number in check.by_voice.items()]
        yield f"{_EARLIER[claim.phrase.rank]}, by voice", "; ".join(told)
    yield "could be seen", coverage_words(check.coverage)


def _when_known(check: Check) -> str:
    """How many of the others were out when it was said."""
    counted = ((words, sum(one.known == known for one in check.against)) for known, words in _KNOWN.items())
    return ", ".join(f"{number} {words}" for words, number in counted if number)


def _said_by(claim: RankClaim) -> str:
    who = " ▸ ".join(claim.speakers) or "in its own voice"
    day = wording.day(claim.published) if claim.published else "no date"
    copies = f"; and {len(claim.copies)} cop{'y' if len(claim.copies) == 1 else 'ies'}" if claim.copies else ""
    return visible(f"{claim.publisher or 'no publisher'}, {who}, {day}{copies}")


def _against(check: Check, agreement: "Agreement") -> Table:
    table = Table(box=None, pad_edge=False, header_style="aside")
    for name in ("day", "incident", "severity", "told by", "known"):
        table.add_column(name, overflow="fold", no_wrap=name == "day")
    for one in check.against:
        told = ", ".join(name_of(voice, agreement) for voice in one.voices) or "nobody as having happened"
        table.add_row(_day(one.breach.first), one.breach.id, _grave(one), told, _known(one))
    return table


def _known(one: Against) -> str:
    return _KNOWN[one.known] + (f", {_day(one.breach.published)}" if one.known in {"before", "after"} else "")


def _grave(one: Against) -> str:
    return _severity(one.breach) + ("" if one.sure else " ?")


def _severity(breach: Breach) -> str:
    severity = breach.severity
    both = severity.least if severity.least == severity.most else f"{severity.least} to {severity.most}"
    return f"{breach.standing}, {both}"


def _like(like: Iterable[Breach]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="aside")
    for name in ("day", "incident", "severity", "published"):
        table.add_column(name, overflow="fold", no_wrap=name == "day")
    for one in like:
        table.add_row(_day(one.first), one.id, _severity(one) + (" ?" if one.both_ways else ""), _day(one.published))
    return table


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day is not None else "day not given"
