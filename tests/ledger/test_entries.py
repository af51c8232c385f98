"""The chain: what is hashed, and what breaks it."""

import hashlib
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import LedgerError
from truceline.ledger.canonical import canonical, quoted
from truceline.ledger.entries import Entry, Fault, Kind, Row, check, digest, seal

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(-1e15, 1e15) | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=8,
)


def _chain(number: int) -> list[Row]:
    rows: list[Row] = []
    for i in range(number):
        payload = {"z": i, "a": ["é", None, 0.5]}
        rows.append(
            seal(
                rows[-1] if rows else None,
                at=f"2021-01-01T00:00:{i:02}.000Z",
                who="anna",
                kind=Kind.STATE,
                payload=payload,
            )
        )
    return rows


@given(_TEXT, st.dictionaries(_TEXT, _VALUES, max_size=4))
def test_the_hash_is_that_of_the_rfc_8785_json_of_the_whole_entry(who: str, payload: dict[str, object]) -> None:
    row = seal(None, at="2021-01-01T00:00:00.000Z", who=who, kind=Kind.DOCUMENT, payload=payload)
    told = Entry.of(row).to_dict()
    del told["hash"]
    assert row.hash == hashlib.sha256(rfc8785.dumps(told)).hexdigest() == digest(row)


@given(_TEXT)
def test_strings_are_quoted_as_rfc_8785_wants(text: str) -> None:
    assert quoted(text).encode() == rfc8785.dumps(text)


def test_numbers_and_keys_are_written_as_in_the_standard() -> None:
    # RFC 8785, section 3.2.2 and 3.2.3: numbers as ECMAScript writes them, keys by their UTF-16 units.
    assert canonical({"b": 1e21, "a": 4.50, "€": 2e-3, "\U0001f600": 1, "\ufb33": 2}) == (
        '{"a":4.5,"b":1e+21,"€":0.002,"\U0001f600":1,"\ufb33":2}'
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", 2**60, {1: 2}])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(LedgerError, match="cannot be entered"):
        canonical({"value": value})


def test_a_whole_chain_passes() -> None:
    rows = _chain(5)
    assert list(check(rows)) == rows
    assert list(check(rows[3:], rows[2])) == rows[3:]


@pytest.mark.parametrize(
    ("spoil", "number", "why"),
    [
        (lambda rows: rows.__setitem__(2, rows[2]._replace(payload='{"a":1}')), 3, "hash is not that"),
        (lambda rows: rows.__setitem__(2, rows[2]._replace(who="boris")), 3, "hash is not that"),
        (lambda rows: rows.__setitem__(2, rows[2]._replace(at="2020-01-01T00:00:00.000Z")), 3, "hash is not that"),
        (lambda rows: rows.pop(2), 3, "is missing"),
        (lambda rows: rows.pop(0), 1, "is missing"),
        (
            lambda rows: rows.__setitem__(2, seal(rows[1], at="2021-02-02", who="b", kind=Kind.STATE, payload={})),
            4,
            "does not follow",
        ),
        (lambda rows: rows.__setitem__(4, rows[4]._replace(hash="0" * 64)), 5, "hash is not that"),
    ],
)
def test_the_first_entry_that_does_not_fit_is_named(spoil: object, number: int, why: str) -> None:
    rows = _chain(5)
    spoil(rows)  # type: ignore[operator]
    *whole, fault = check(rows)
    assert isinstance(fault, Fault)
    assert fault.number == number
    assert why in fault.why
    assert len(whole) == number - 1


def test_a_clock_that_goes_back_does_not_turn_the_order_of_time() -> None:
    first = seal(None, at="2021-01-02T00:00:00.000Z", who="a", kind=Kind.LEDGER, payload={})
    second = seal(first, at="2021-01-01T00:00:00.000Z", who="a", kind=Kind.STATE, payload={})
    assert second.at == first.at


def test_an_entry_whose_date_goes_back_is_found_even_with_a_good_hash() -> None:
    rows = _chain(2)
    late = Row(3, "2020-01-01T00:00:00.000Z", "a", "state", "{}", rows[1].hash, "")
    *_, fault = check([*rows, late._replace(hash=digest(late))])
    assert isinstance(fault, Fault) and "before the entry before" in fault.why


def test_entries_come_back_as_they_were_stored() -> None:
    row = _chain(1)[0]
    entry = Entry.of(row)
    assert json.loads(json.dumps(entry.to_dict())) == entry.to_dict()
    assert entry.payload == {"a": ["é", None, 0.5], "z": 0}
