"""All that statistics are made of, taken from a snapshot once; and the statistics of a period."""

from dataclasses import dataclass
from datetime import date

from truceline.knowledge import Agreement, Knowledge
from truceline.ledger import View
from truceline.tracking.record import Record, gather
from truceline.tracking.statistics.breaches import Breach, breaches
from truceline.tracking.statistics.casualties import Counted, Toll, harming, tolls
from truceline.tracking.statistics.counting import By, Counting, Row
from truceline.tracking.statistics.coverage import COUNTED, Coverage, cover
from truceline.tracking.statistics.issues import Issue, counts_of, decided_of, issues_of
from truceline.tracking.statistics.rules import Rule, StatisticsRules, load_rules
from truceline.tracking.statistics.summaries import Summary, summaries_of


@dataclass(frozen=True, slots=True)
class Material:
    """What statistics are made of."""

    record: Record
    rules: StatisticsRules
    found: tuple[Breach, ...]
    issues: tuple[Issue, ...]
    counts: Counted
    summaries: tuple[Summary, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """The statistics of a period by one rule; ``coverage`` is what could be seen in it."""

    agreement: Agreement
    day: date
    rule: Rule
    by: By
    since: date
    until: date
    rows: tuple[Row, ...]
    whole: Row
    tolls: tuple[Toll, ...]
    coverage: Coverage


def material(view: View, agreement: Agreement, day: date, knowledge: Knowledge) -> Material:
    """Take from a snapshot what statistics need.

    Args:
        view: The snapshot.
        agreement: Its agreement.
        day: The last day of publication that counts.
        knowledge: For the rules, the acts and the publishers' roles.
    """
    rules = load_rules(knowledge)
    record = gather(view, agreement, day)
    found = breaches(record, rules, knowledge.acts, decided_of(view, rules))
    seen = {one.claim for one in record.told if one.act in COUNTED}
    return Material(
        record=record,
        rules=rules,
        found=found,
        issues=issues_of(view, agreement, day, knowledge),
        counts=counts_of(view, seen | harming(found, rules.casualties.what)),
        summaries=summaries_of(view, agreement, day),
    )


def statistics(made: Material, rule: Rule, by: By, since: date, until: date) -> Statistics:
    """The statistics of a period."""
    record = made.record
    counting = Counting(rule, since, until, record, made.summaries)
    return Statistics(
        agreement=record.agreement,
        day=record.day,
        rule=rule,
        by=by,
        since=since,
        until=until,
        rows=counting.rows(made.found, by),
        whole=counting.total(made.found),
        tolls=tolls(made.found, made.counts, made.rules.casualties, record.agreement, since, until),
        coverage=cover(record, made.issues, made.counts, since, until),
    )
