"""The incidents of a snapshot on a day of publication: which stood, on which day, and what persons decided of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import select

from truceline.incidents import build
from truceline.knowledge import Agreement, Knowledge
from truceline.knowledge.obligations import as_day
from truceline.ledger import View, tables
from truceline.ledger.decisions import load_decisions
from truceline.ledger.history import at
from truceline.model import Incident, Moment, parse_moment


@dataclass(frozen=True, slots=True)
class Decided:
    """The state that a person (or a rule, where it may) brought an incident to."""

    state: str
    attribution: str | None
    ruling: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """An incident, as far as evidence needs it: the day it fell on, and what was decided of it."""

    incident: str
    on: date | None
    decided: Decided | None = None


def standings(view: View, agreement: Agreement, day: date) -> dict[str, Standing]:
    """Every incident of which something was published by a day, without its versions."""
    table = tables.incident
    whole, parted = _published(view, agreement, day)
    made = {one.id: one.when.start if one.when else None for one in _as_then(view, agreement, parted)}
    query = select(table.c.id, table.c.starts).where(*at(table, view.number))
    stood = {row.id: _moment(row.starts) for row in view.connection.execute(query) if row.id in whole}
    states = decisions(view)
    return {
        key: Standing(key, as_day(start, agreement.zone) if start is not None else None, states.get(key))
        for key, start in {**stood, **made}.items()
    }


def incidents(view: View, agreement: Agreement, day: date) -> list[Incident]:
    """Every incident of which something was published by a day, as it stood then, in the order of time.

    Where something was published later too, the incident is made again of what there was.
    """
    whole, parted = _published(view, agreement, day)
    found = [view.as_incident(row["id"]) for row in view.incidents() if row["id"] in whole]
    found += _as_then(view, agreement, parted)
    return sorted(found, key=lambda one: (one.when is None, str(one.when.start) if one.when else "", one.id))


def decisions(view: View) -> dict[str, Decided]:
    """What was decided last of each incident that anything was decided of."""
    state, member = tables.state, tables.member
    query = (
        select(member.c.incident, state.c.state, state.c.attribution, state.c.ruling)
        .join(member, member.c.claim == state.c.claim)
        .where(*at(state, view.number), *at(member, view.number))
        .order_by(state.c.opened)
    )
    return {row.incident: Decided(row.state, row.attribution, row.ruling) for row in view.connection.execute(query)}


def _published(view: View, agreement: Agreement, day: date) -> tuple[set[str], dict[str, list[str]]]:
    """The incidents all of whose documents were out by a day; and the claims that were, of those that were out in part."""
    member, claim, document = tables.member, tables.claim, tables.document
    query = (
        select(member.c.incident, member.c.claim, document.c.published)
        .join(claim, claim.c.id == member.c.claim)
        .join(document, document.c.id == claim.c.document)
        .where(*(one for table in (member, claim, document) for one in at(table, view.number)))
    )
    out: dict[str, list[str]] = {}
    late: set[str] = set()
    dates: dict[str | None, bool] = {}
    for incident, key, published in view.connection.execute(query):
        if published not in dates:
            moment = _moment(published)
            dates[published] = moment is not None and as_day(moment, agreement.zone) <= day
        if dates[published]:
            out.setdefault(incident, []).append(key)
        else:
            late.add(incident)
    return out.keys() - late, {key: out[key] for key in out.keys() & late}


def _as_then(view: View, agreement: Agreement, parted: Mapping[str, list[str]]) -> Iterable[Incident]:
    """The incidents made again of the claims that were out."""
    if not parted:
        return ()
    witnesses = view.witnesses(claim for claims in parted.values() for claim in claims)
    made = build(witnesses, decisions=load_decisions(view.connection), agreement=agreement, knowledge=Knowledge.load())
    return made.incidents


def _moment(stored: str | None) -> Moment | None:
    return cast("Moment", parse_moment(stored)) if stored is not None else None
