"""What statistics need of a ledger beyond the record: documents that came out, what persons decided, the counts of claims."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from truceline.incidents.voices import MONITOR, Voices
from truceline.knowledge import Agreement, Knowledge
from truceline.knowledge.obligations import as_day
from truceline.ledger import View, tables
from truceline.ledger.history import at
from truceline.model import Count, Document, parse_moment
from truceline.tracking.record import published_by
from truceline.tracking.statistics.rules import Standing, StatisticsRules

_PERSON = "person"


@dataclass(frozen=True, slots=True)
class Issue:
    """A document that came out on a day, and whether the monitor published it."""

    document: str
    day: date
    publisher: str | None
    by_monitor: bool


def issues_of(view: View, agreement: Agreement, day: date, knowledge: Knowledge) -> tuple[Issue, ...]:
    """The documents that were out on a day, in the order of publication; those without a date are left out."""
    table = tables.document
    query = select(table.c.id, table.c.publisher, table.c.published).where(*at(table, view.number))
    by_monitor = Publishers(Voices(knowledge, agreement))
    found = []
    for row in view.connection.execute(query.where(table.c.published.is_not(None))):
        published = parse_moment(row.published)
        if isinstance(published, date) and published_by(published, day, agreement.zone):
            found.append(Issue(row.id, as_day(published, agreement.zone), row.publisher, by_monitor(row.publisher)))
    return tuple(sorted(found, key=lambda issue: (issue.day, issue.document)))


class Publishers:
    """Tells whether a publisher is the agreement's monitor."""

    def __init__(self, voices: Voices) -> None:
        self._voices = voices

    def __call__(self, publisher: str | None) -> bool:
        """Whether the publisher of this name is the monitor."""
        if publisher is None:
            return False
        actor = self._voices.publisher(Document("sha256:", "", publisher=publisher))
        return actor is not None and self._voices.voice(actor) == MONITOR


def decided_of(view: View, rules: StatisticsRules) -> dict[str, Standing]:
    """How incidents stand that persons decided of; one that was closed stands as it did before."""
    state, member = tables.state, tables.member
    query = (
        select(member.c.incident, state.c.state)
        .join(member, member.c.claim == state.c.claim)
        .where(state.c.by == _PERSON, *at(state, view.number), *at(member, view.number))
        .order_by(state.c.opened)
    )
    found: dict[str, Standing] = {}
    for row in view.connection.execute(query):
        stands = rules.stands(row.state)
        if stands is not None:
            found[row.incident] = stands
    return found


def counts_of(view: View, claims: Iterable[str]) -> dict[str, tuple[Count, ...]]:
    """The counts of claims, as persons corrected them; claims without any are left out."""
    wanted = set(claims)
    found = view.witnesses(wanted) if wanted else []
    return {witness.claim.id: witness.claim.counts for witness in found if witness.claim.counts}
