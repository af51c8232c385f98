"""What persons decided, as the incidents station takes it; and corrected values in and out of JSON."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, select

from truceline.errors import LedgerError
from truceline.ledger.history import standing
from truceline.ledger.tables import correction, decision
from truceline.model import Claim, Correction, Decisions

TOGETHER, APART, EXCLUDE, COPIES, INDEPENDENT, UNDO = "together", "apart", "exclude", "copies", "independent", "undo"


def load_decisions(connection: Connection) -> Decisions:
    """Every decision that stands."""
    query = select(decision.c.action, decision.c.body).where(standing(decision)).order_by(decision.c.opened)
    made: dict[str, list[list[list[str]]]] = {}
    for action, body in connection.execute(query):
        made.setdefault(action, []).append(json.loads(body)["claims"])
    table = correction
    fixed = connection.execute(
        select(table.c.target, table.c.field, table.c.value)
        .where(standing(table), table.c.target.not_like("sha256:%"))
        .order_by(table.c.opened)
    )
    pairs = [
        (groups[0][0], groups[1][0], kind == COPIES) for kind in (COPIES, INDEPENDENT) for groups in made.get(kind, ())
    ]
    return Decisions(
        together=tuple(tuple(group) for groups in made.get(TOGETHER, ()) for group in groups),
        apart=tuple((tuple(groups[0]), tuple(groups[1])) for groups in made.get(APART, ())),
        excluded=tuple(sorted({claim for groups in made.get(EXCLUDE, ()) for group in groups for claim in group})),
        corrections=tuple(Correction(target, field, typed(field, json.loads(value))) for target, field, value in fixed),
        witnesses=tuple(pairs),
    )


def revoked_by(
    connection: Connection, action: str, groups: Iterable[Iterable[str]]
) -> tuple[list[int], list[list[str]]]:
    """The standing decisions that a new one cannot stand beside, and the groups that are left of them.

    A merge revokes splits whose two sides it joins; a split revokes merges that hold claims of both its sides, and what
    such a merge held together within one side is decided anew.
    """
    sides = [set(group) for group in groups]
    numbers: list[int] = []
    left: list[list[str]] = []
    query = select(decision.c.opened, decision.c.action, decision.c.body).where(standing(decision))
    for number, other, body in connection.execute(query.order_by(decision.c.opened)):
        held = [set(group) for group in json.loads(body)["claims"]]
        if action == TOGETHER and other == APART:
            whole = set[str]().union(*sides)
            against = all(side & whole for side in held)
        elif action == TOGETHER and other == EXCLUDE:
            against = bool(set[str]().union(*sides) & set[str]().union(*held))
        elif action == APART and other == TOGETHER:
            against = any(all(group & side for side in sides) for group in held)
            if against:
                left += [sorted(group & side) for group in held for side in sides if len(group & side) > 1]
        else:
            against = False
        if against:
            numbers.append(number)
    return numbers, left


def typed(field: str, value: Any) -> Any:
    """A corrected value of a claim's field, out of JSON.

    Raises:
        LedgerError: There is no such field, or the value is none of its kind.
    """
    try:
        return adapter(field).validate_python(value)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = "".join(f" › {step}" for step in first["loc"])
        raise LedgerError(f"{field}{where}: {first['msg']}; `truceline schema` tells what a claim holds") from fault


@lru_cache(maxsize=64)
def adapter(field: str) -> TypeAdapter[Any]:
    """Checks and reads values of one field of a claim."""
    hints = _hints()
    if field not in hints:
        raise LedgerError(f"a claim has no field {field!r}; there are {', '.join(sorted(hints))}")
    return TypeAdapter(hints[field])


@lru_cache(maxsize=1)
def _hints() -> Mapping[str, Any]:
    return get_type_hints(Claim, include_extras=True)
