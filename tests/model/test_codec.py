"""JSON out, JSON in, and the schema between them."""

import json
import math
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.errors import InputError
from truceline.model import Claim, Document, Flag, Modality, Reading, document_id
from truceline.model.codec import json_schema, reading_from_dict, reading_to_dict

SCHEMA = jsonschema.Draft202012Validator(json_schema())


def _finite(value: Any) -> Any:
    """The value with 0.5 for each float that JSON cannot carry."""
    if isinstance(value, float) and not math.isfinite(value):
        return 0.5
    if isinstance(value, tuple):
        return tuple(_finite(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _finite(getattr(value, field.name)) for field in fields(value)})
    return value


def _fitting(reading: Reading) -> tuple[Reading, str]:
    """The reading with claims whose text is what their span says."""
    text = reading.document.text
    claims = tuple(replace(claim, text=text[claim.span[0] : claim.span[1]]) for claim in reading.claims)
    return replace(reading, claims=claims), text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.from_type(Reading).map(_finite))
def test_what_is_written_fits_the_schema_and_reads_back_equal(reading: Reading) -> None:
    reading, text = _fitting(reading)
    plain = json.loads(json.dumps(reading_to_dict(reading)))
    SCHEMA.validate(plain)
    assert reading_from_dict(plain, text) == reading


def _claim(text: str = "Alpha shelled Beta.") -> Claim:
    return Claim(
        id="c1",
        span=(0, len(text)),
        text=text,
        sentence=(0, len(text)),
        quoted=False,
        speakers=(),
        cue=None,
        said=None,
        modality=Modality.ASSERTED,
        act="shelling",
        act_span=(6, 13),
        agent=None,
        patient=None,
        place=None,
        when=None,
        counts=(),
        instrument=None,
        confidence=0.5,
        by="test",
    )


def _reading(text: str = "Alpha shelled Beta.") -> Reading:
    flag = Flag("encoding_guessed", None, None, "not UTF-8; read as cp1252")
    document = Document(document_id(text.encode()), text, published=date(2020, 11, 12), flags=(flag,))
    return Reading(document, (_claim(text),), (), (), (), ())


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_keys_are_those_of_the_contract() -> None:
    plain = _reading().to_dict()
    assert list(plain) == ["document", "claims", "incidents", "attributions", "places", "times", "actors"]
    assert {"id", "title", "publisher", "published", "language", "flags"} <= set(plain["document"])
    assert "text" not in plain["document"]
    assert plain["incidents"] == []
    assert plain["document"]["published"] == "2020-11-12"
    wanted = [
        "id",
        "span",
        "text",
        "sentence",
        "quoted",
        "speakers",
        "cue",
        "said",
        "modality",
        "act",
        "act_span",
        "agent",
        "patient",
        "place",
        "when",
        "counts",
        "instrument",
        "confidence",
        "by",
        "flags",
    ]
    assert set(wanted) <= set(plain["claims"][0])
    assert plain["claims"][0]["span"] == [0, 19]
    assert type(plain["claims"][0]["modality"]) is str


def test_moments_keep_day_and_minute_apart() -> None:
    reading = _reading()
    for moment, wanted in [
        (date(2020, 11, 12), "2020-11-12"),
        (datetime(2020, 11, 12, 0, 0), "2020-11-12T00:00:00"),
        (datetime(2020, 11, 12, 20, 40, tzinfo=timezone(timedelta(hours=4))), "2020-11-12T20:40:00+04:00"),
    ]:
        dated = replace(reading, document=replace(reading.document, published=moment))
        plain = dated.to_dict()
        assert plain["document"]["published"] == wanted
        back = reading_from_dict(plain, reading.document.text).document.published
        assert back == moment
        assert type(back) is type(moment)


def test_a_fault_is_named_by_its_path() -> None:
    plain = _reading().to_dict()
    plain["claims"][0]["modality"] = "shouted"
    with pytest.raises(InputError, match="claims › 0 › modality"):
        reading_from_dict(plain, "Alpha shelled Beta.")
    with pytest.raises(InputError, match="document"):
        reading_from_dict({}, "")


def test_another_text_is_noticed() -> None:
    with pytest.raises(InputError, match="c1"):
        reading_from_dict(_reading().to_dict(), "Alpha praised Beta.")


def test_every_field_of_every_type_is_in_the_schema() -> None:
    from truceline import model

    definitions = {**json_schema()["$defs"], "Reading": json_schema()}
    for name in model.__all__:
        kind = getattr(model, name)
        of_incidents = getattr(kind, "__module__", "").endswith(
            ".incident"
        )  # those are made of readings, not part of one
        if isinstance(kind, type) and is_dataclass(kind) and not of_incidents:
            wanted = {field.name for field in fields(kind)} - ({"text"} if name == "Document" else set())
            assert wanted <= set(definitions[name]["properties"]), name
