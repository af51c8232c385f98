"""The ledger's documents as events of PLOVER."""

from collections.abc import Callable
from pathlib import Path

from truceline import Reader
from truceline.ledger import Ledger
from truceline.ledger.export import lines


def test_every_event_names_its_document_and_its_claim(tmp_path: Path, write: Callable[..., Path]) -> None:
    said = "The ministry of defence of Armenia said that Azerbaijani forces shelled Agdam on 3 May 2021."
    texts = [write("one", said, publisher="First"), write("two", "Nothing happened.", publisher="Second")]
    with Ledger.create(tmp_path / "t.db", who="anna") as ledger:
        assert {result.outcome for result in ledger.ingest(texts, Reader())} == {"added"}
        with ledger.view() as view:
            events = list(lines(view, ("plover",)))
            claims = {claim["id"]: claim for claim in lines(view, ("claims",))}
            assert events == list(lines(view, ("plover",)))
    assert {event["type"] for event in events} == {"plover"}
    assert {event["publisher"] for event in events} == {"First"}
    shelling = next(event for event in events if event["event"] == "ASSAULT")
    assert (shelling["mode"], shelling["published"], shelling["when"]) == ("heavy-weapons", "2021-05-04", "2021-05-03")
    assert claims[shelling["claim"]]["document"] == shelling["document"]
    assert claims[shelling["claim"]]["act"] == "shelling"
