"""Readings made by hand, so that the command line is tested without a pipeline."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from truceline.model import (
    Actor,
    Claim,
    Count,
    Cue,
    Document,
    Flag,
    Instrument,
    Modality,
    Place,
    Reading,
    Reason,
    Time,
    document_id,
)

TEXT = (
    "Ministry: Bravo shelled posts\n\n"
    "Alpha's ministry said on Friday that Bravo's forces had shelled two posts near Hintagar, wounding three soldiers. "
    "Bravo denied it.\n\nThe weather was cold. Monitors did not say who fired."
)


def _span(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def _actor(words: str, **known: Any) -> Actor:
    return Actor(words, _span(words), **known)


def _claims() -> Iterator[Claim]:
    first = _span(TEXT[TEXT.index("Alpha's ministry") : TEXT.index(" Bravo denied")])
    friday = Time("on Friday", _span("on Friday"), date(2020, 12, 11), date(2020, 12, 12), 1, "weekday")
    flag = Flag(
        "uncertain_name", _span("Hintagar"), "Hintagar", "nearest name Hin Tagher (0.81), then Hintaglar (0.60)"
    )
    shared: dict[str, Any] = {"quoted": False, "cue": None, "said": None, "instrument": None, "by": "frame shell"}
    words = "Bravo's forces had shelled two posts near Hintagar"
    yield Claim(
        id="c1",
        span=_span(words),
        text=words,
        sentence=first,
        speakers=(_actor("Alpha's ministry", actor="ALP.GOV", name="Ministry of Alpha", party="alpha", role="party"),),
        modality=Modality.ASSERTED,
        act="shelling",
        act_span=_span("shelled two"),
        agent=_actor("Bravo's forces", party="bravo"),
        patient=_actor("two posts"),
        place=Place("Hintagar", _span("Hintagar"), "Hin Tagher", "x1", 39.5, 46.9, 1, 0.81),
        when=friday,
        counts=(Count("wounded", 3, 3, "three soldiers", _span("three soldiers"), status="combatant"),),
        confidence=0.9,
        flags=(flag,),
        reasons=(Reason("agent", "subject of shell", _span("Bravo's forces"), 0.95),),
        **{
            **shared,
            "cue": Cue("said", _span("said")),
            "instrument": Instrument("shelled", _span("shelled two"), "artillery"),
        },
    )
    rest: dict[str, Any] = {**shared, "patient": None, "place": None, "when": None, "counts": (), "confidence": 0.7}
    yield Claim(
        id="c2",
        span=_span("Bravo denied it"),
        text="Bravo denied it",
        sentence=_span("Bravo denied it."),
        speakers=(_actor("Bravo", party="bravo", role="party"),),
        modality=Modality.DENIED,
        act="shelling",
        act_span=None,
        agent=_actor("Bravo", party="bravo"),
        **rest,
    )
    yield Claim(
        id="c3",
        span=_span("Monitors did not say who fired"),
        text="Monitors did not say who fired",
        sentence=_span("Monitors did not say who fired."),
        speakers=(_actor("Monitors", role="monitor"),),
        modality=Modality.DECLINED,
        act="blame_declined",
        act_span=_span("did not say"),
        agent=None,
        **rest,
    )
    yield Claim(
        id="c0",
        span=_span("Ministry: Bravo shelled posts"),
        text="Ministry: Bravo shelled posts",
        sentence=_span("Ministry: Bravo shelled posts"),
        speakers=(),
        modality=Modality.ASSERTED,
        act="shelling",
        act_span=_span("shelled posts"),
        agent=None,
        **rest,
    )


def made(document: Document | None = None) -> Reading:
    """A reading of TEXT, whatever the document."""
    document = document or Document(
        document_id(TEXT.encode()), TEXT, "Posts shelled", "Example Wire", date(2020, 12, 12)
    )
    return Reading(document, tuple(_claims()) if document.text == TEXT else (), (), (), (), ())


AGREEMENT = SimpleNamespace(
    title="A truce",
    parties=(SimpleNamespace(id="alpha", name="Republic of Alpha"), SimpleNamespace(id="bravo", name="Bravo")),
)


@pytest.fixture
def reading() -> Reading:
    """A reading with claims of four voices."""
    return made()


@pytest.fixture
def agreement() -> Any:
    """As much of an agreement as a report asks for."""
    return AGREEMENT


@pytest.fixture
def desk() -> Any:
    """Stands for the reader: gives the made reading for any document."""

    def read(document: Document) -> Reading:
        if "boom" in document.text:
            raise ZeroDivisionError("boom")
        return made(document)

    return SimpleNamespace(agreement=AGREEMENT, read=read)


@pytest.fixture
def text() -> str:
    """The text that the made readings are of."""
    return TEXT
