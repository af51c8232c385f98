"""What a person may correct, and how it is written on a command line."""

import json
import re
from datetime import date, datetime, timedelta
from typing import Any

from truceline.errors import LedgerError
from truceline.knowledge import Agreement
from truceline.model import parse_moment

_OF_DOCUMENTS = ("title", "publisher", "published", "url")
_POINT = re.compile(r"^(?P<name>.+?)\s*@\s*(?P<lat>-?\d+(?:\.\d+)?)\s*,\s*(?P<lon>-?\d+(?:\.\d+)?)$")
_COUNT = re.compile(r"^(?P<what>[a-z_]+)=(?P<min>\d+)(?:-(?P<max>\d+))?$")
_ACTORS = ("agent", "patient")


def document_value(field: str, value: Any) -> str | None:
    """The value of a document's field.

    Raises:
        LedgerError: There is no such field to correct, or the value is none of its kind.
    """
    if field not in _OF_DOCUMENTS:
        raise LedgerError(f"a document has no field {field!r} to correct; there are {', '.join(_OF_DOCUMENTS)}")
    if value is not None and not isinstance(value, str):
        raise LedgerError(f"{field}: give it as text")
    if field == "published" and value is not None:
        try:
            moment = parse_moment(value)
        except ValueError as fault:
            raise LedgerError(f"published: {value!r} is no date; write 2020-12-31 or 2020-12-31T18:30+04:00") from fault
        return moment.isoformat() if isinstance(moment, date) else None
    return value


def typed_in(field: str, typed: str, claim: dict[str, Any], agreement: Agreement | None) -> Any:
    """What somebody typed for a field of a claim, as JSON values; the words of the text stay where the machine saw some.

    ``none`` empties a field; JSON (in braces or brackets) is taken as it is; ``agent`` and ``patient`` take a party's id or a
    name, ``place`` takes ``NAME`` or ``NAME@LAT,LON``, ``when`` takes a day or two with ``..`` between, ``counts`` takes
    ``killed=3`` or ``killed=3-4``, more of them with commas between.

    Raises:
        LedgerError: It is none of these.
    """
    if field not in claim:
        return typed
    if typed.strip().lower() == "none":
        return [] if isinstance(claim[field], list) else None
    if typed.strip()[:1] in {"{", "["}:
        try:
            return json.loads(typed)
        except ValueError as fault:
            raise LedgerError(f"{field}: not valid JSON ({fault})") from fault
    old = claim[field] if isinstance(claim[field], dict) else {}
    words = {"text": old.get("text", claim["text"]), "span": old.get("span", claim["span"])}
    if field in _ACTORS:
        return {**words, **_actor(typed, agreement)}
    if field == "place":
        return {**words, **_place(typed)}
    if field == "when":
        return {**words, **_when(typed)}
    if field == "counts":
        return [{**words, **_count(part)} for part in typed.split(",")]
    return typed


def _actor(typed: str, agreement: Agreement | None) -> dict[str, Any]:
    parties = {party.id: party.name for party in agreement.parties} if agreement else {}
    if typed in parties:
        return {"name": parties[typed], "party": typed, "role": "party", "score": 1.0}
    return {"name": typed, "score": 1.0}


def _place(typed: str) -> dict[str, Any]:
    match = _POINT.match(typed)
    if match is None:
        return {"name": typed, "score": 1.0}
    return {"name": match["name"], "lat": float(match["lat"]), "lon": float(match["lon"]), "precision": 1, "score": 1.0}


def _when(typed: str) -> dict[str, Any]:
    first, _, last = typed.partition("..")
    try:
        start, end = (parse_moment(part.strip()) for part in (first, last or first))
    except ValueError as fault:
        raise LedgerError(f"when: {typed!r} is no day; write 2020-12-11 or 2020-12-11..2020-12-12") from fault
    if (
        not isinstance(start, date)
        or not isinstance(end, date)
        or isinstance(start, datetime) != isinstance(end, datetime)
    ):
        raise LedgerError(f"when: {typed!r} mixes a day and an hour; write both the same way")
    if start > end:
        raise LedgerError(f"when: {typed!r} ends before it begins")
    if isinstance(start, datetime):
        end = end + timedelta(minutes=1) if start == end else end
        return {"start": start.isoformat(), "end": end.isoformat(), "precision": "time", "by": "a person"}
    precision = 1 if start == end else 2
    return {
        "start": start.isoformat(),
        "end": (end + timedelta(days=1)).isoformat(),
        "precision": precision,
        "by": "a person",
    }


def _count(typed: str) -> dict[str, Any]:
    match = _COUNT.match(typed.strip())
    if match is None:
        raise LedgerError(f"counts: {typed.strip()!r} is none; write killed=3 or killed=3-4")
    least = int(match["min"])
    return {"what": match["what"], "min": least, "max": int(match["max"] or least)}
