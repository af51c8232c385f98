"""With the real matching over made-up documents: any order of arrival, any cut into processes, the same rows; rebuilt alike."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.incidents.making import MONITOR, PLACES, Told
from tests.incidents.making import document as made

from truceline.ledger import Evidence, Ledger, Wanted, matching
from truceline.ledger.rebuild import dump
from truceline.ledger.tables import DERIVED, aggregate, member, unmatched
from truceline.model import Reading, document_id

AGREEMENT = "nagorno-karabakh-2020"
FIRST = date(2020, 11, 20)
# Sentences that copies share: long enough to be nobody else's.
STORY = (
    "Fishermen near the northern lake said that 14 boats were stopped and 31 men taken to the fort at dawn.",
    "Colonel Dias told reporters in the capital that the boats belonged to the guard of the southern coast.",
    "Nobody was arrested, and every man was home again before nightfall, according to the union of the lake.",
    "It was the third case of its kind since the middle of March, when 22 men were held for nearly a week.",
)


@pytest.fixture(autouse=True)
def really_matched(monkeypatch: pytest.MonkeyPatch, alone: None) -> None:
    for module in ("ledger", "keeping"):
        monkeypatch.setattr(f"truceline.ledger.{module}.make_neighbourhood", matching.make_neighbourhood)


def kept(publisher: str, day: int | None, *told: Told, story: int = 0) -> tuple[Evidence, Reading]:
    """A document with its claims; it ends with so many sentences of the story."""
    witnesses = made(publisher, (FIRST + timedelta(days=day or 0)).isoformat(), *told)
    one = witnesses[0].document
    working = "\n\n".join([one.text, " ".join(STORY[:story])]).strip()
    content = f"{publisher} {day} {working} {told}".encode()
    published = one.published if day is not None else None
    document = replace(one, id=document_id(content), text=working, published=published, title=None)
    claims = tuple(replace(witness.claim, id=f"c-{document.id[7:19]}{i:02}") for i, witness in enumerate(witnesses))
    return Evidence(content, document, "made", "made"), Reading(document, claims, (), (), (), ())


def tables(ledger: Ledger) -> dict[str, list[str]]:
    """What stands, whenever it was entered."""
    found: dict[str, list[str]] = {}
    with ledger.database.reading() as connection:
        for table in DERIVED:
            if "closed" in table.c and table.name not in {"document", "reading", "claim"}:
                columns = [column for column in table.c if column.name not in {"opened", "closed"}]
                rows = connection.execute(table.select().where(table.c.closed.is_(None)))
                found[table.name] = sorted(repr([row._mapping[c] for c in columns]) for row in rows)
    return found


def dumped(ledger: Ledger) -> dict[str, list[str]]:
    with ledger.database.reading() as connection:
        return {table.name: list(dump(connection, table)) for table in DERIVED}


def enter(path: Path, documents: Iterable[tuple[Evidence, Reading]], chance: random.Random) -> None:
    """Enter documents, now and then by a process that knows nothing yet."""
    ledger = Ledger.open(path)
    for one, reading in documents:
        if chance.random() < 0.4:
            ledger.close()
            ledger = Ledger.open(path)
        ledger.add(one, reading)
    ledger.close()


days = st.sampled_from([None, 0, 1, 3, 9, 17, 24, 38, 60])
tellings = st.builds(
    Told,
    act=st.sampled_from(["ground_attack", "shelling", "wounding", "ceasefire_violation", "negotiate"]),
    by=st.sampled_from([None, "Armenia", "Azerbaijan"]),
    at=st.sampled_from([None, *PLACES]),
    day=st.sampled_from([None, *((FIRST + timedelta(days=n)).isoformat() for n in (-1, 0, 2, 9, 10, 20, 37, 59))]),
    speaker=st.sampled_from([None, "Armenia", MONITOR]),
    counts=st.sampled_from([(), (("wounded", 3, 3, "armenia"),), (("violations", 4, 4, None),)]),
)
documents = st.builds(
    lambda publisher, day, told, story: kept(publisher, day, *told, story=story),
    st.sampled_from(["Paper A", "Paper B", "Associated Press", MONITOR]),
    days,
    st.lists(tellings, min_size=1, max_size=3),
    st.sampled_from([0, 2, 4]),
)


@settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(documents, min_size=1, max_size=7, unique_by=lambda one: one[0].document.id),
    st.randoms(use_true_random=False),
)
def test_any_order_and_a_rebuild_give_the_same_rows(
    told: list[tuple[Evidence, Reading]], chance: random.Random
) -> None:
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{name}.db" for name in ("one", "other")]
        for path in paths:
            Ledger.create(path, agreement=AGREEMENT).close()
        with Ledger.open(paths[0]) as ledger:
            for one, reading in told:
                ledger.add(one, reading)
            before = dumped(ledger)
            assert ledger.rebuild().changed == ()
            assert dumped(ledger) == before
            wanted = tables(ledger)
        enter(paths[1], chance.sample(told, len(told)), chance)
        with Ledger.open(paths[1]) as ledger:
            assert tables(ledger) == wanted
            assert ledger.rebuild(keep=False).changed == ()
            assert _places(ledger) == sorted(claim.id for _, reading in told for claim in reading.claims)


def test_chains_of_copies_come_to_the_same_in_any_order_and_any_cut(tmp_path: Path) -> None:
    told = [
        kept(f"Paper {name}", day, Told(at="Hadrut", day=FIRST.isoformat()), story=4)
        for name, day in zip("ABCDEFG", (0, 9, 17, 33, 55, 60, None), strict=True)
    ]
    chance, found = random.Random(4), []
    for run in range(4):
        path = tmp_path / f"{run}.db"
        Ledger.create(path, agreement=AGREEMENT).close()
        enter(path, told if run == 0 else chance.sample(told, len(told)), chance)
        with Ledger.open(path) as ledger:
            found.append(tables(ledger))
            assert ledger.rebuild(keep=False).changed == ()
            with ledger.view() as view:
                lineages = {
                    frozenset(row["publisher"][-1] for row in view.lineage(one.document.id)["documents"])
                    for one, _ in told
                }
            assert lineages == {frozenset("ABCG"), frozenset("D"), frozenset("EF")}
    assert all(one == found[0] for one in found)


def test_a_lineage_is_known_as_of_any_entry(where: str) -> None:
    first, copy, late = (
        kept(publisher, day, Told(at="Hadrut", day=FIRST.isoformat()), story=4)
        for publisher, day in (("Paper A", 1), ("Paper B", 2), ("Paper C", 60))
    )
    with Ledger.create(where, agreement=AGREEMENT) as ledger:
        for one, reading in (first, late):
            ledger.add(one, reading)
        with ledger.view() as view:
            number = view.number
            assert [len(view.lineage(one.document.id)["documents"]) for one, _ in (first, late)] == [1, 1]
        ledger.add(*copy)
        with ledger.view() as view:
            lineage = view.document(copy[0].document.id)["lineage"]
            assert lineage == view.lineage(first[0].document.id)
            assert lineage["origin"] == "Paper A"
            assert [row["publisher"] for row in lineage["documents"]] == ["Paper A", "Paper B"]
            assert (lineage["documents"][1]["of"], lineage["documents"][1]["kind"]) == (first[0].document.id, "same")
            assert len(view.lineage(late[0].document.id)["documents"]) == 1  # the same words, two months later
            (incident,) = view.incidents()
            assert (incident["documents"], incident["lineages"]) == (3, 2)
        with ledger.view(number) as view:
            assert len(view.lineage(first[0].document.id)["documents"]) == 1
        assert ledger.rebuild(keep=False).changed == ()


def test_what_persons_decide_of_copies_holds_and_is_rebuilt(where: str) -> None:
    told = [
        kept(publisher, day, Told(at="Hadrut", day=FIRST.isoformat()), story=4)
        for publisher, day in (("Paper A", 1), ("Paper B", 2), ("Paper C", 60))
    ]
    first, copy, late = (one.document.id for one, _ in told)
    with Ledger.create(where, agreement=AGREEMENT) as ledger:
        for one, reading in told:
            ledger.add(one, reading)
        before = tables(ledger)

        def together() -> list[set[str]]:
            assert ledger.rebuild(keep=False).changed == ()
            with ledger.view() as view:
                lineages = {
                    key: {row["document"] for row in view.lineage(key)["documents"]} for key in (first, copy, late)
                }
                assert view.incidents()[0]["lineages"] == len({frozenset(one) for one in lineages.values()})
            return [lineages[first], lineages[late]]

        assert together() == [{first, copy}, {late}]
        joined = ledger.tell_copies(first, late, copies=True, reason="the same hand")
        assert together() == [{first, copy, late}] * 2
        ledger.undo(joined.number)
        assert together() == [{first, copy}, {late}]
        assert {**tables(ledger), "decision": []} == {**before, "decision": []}
        ledger.tell_copies(first, copy, copies=False, reason="both were there")
        assert together() == [{first}, {late}]
        ledger.correct(late, "published", FIRST.isoformat(), reason="misprinted")
        assert together()[1] >= {late}
        ledger.add(*told[0], again=True)
        together()


def test_a_summary_contains_what_is_known_of_its_days(where: str) -> None:
    day = FIRST.isoformat()
    summary = kept(MONITOR, 1, Told(act="ceasefire_violation", day=day, counts=(("violations", 4, 4, None),)))
    with Ledger.create(where, agreement=AGREEMENT) as ledger:
        ledger.add(*summary)
        with ledger.view() as view:
            number = view.number
            (row,) = view.summaries()
            assert (row["least"], row["most"], row["contains"], row["publisher"]) == (4, 4, [], MONITOR)
        ledger.add(*kept("Paper A", 1, Told(at="Hadrut", day=day), Told(act="negotiate", paragraph=True)))
        with ledger.view() as view:
            (row,) = view.summaries(since=day, until=day)
            (incident,) = view.incidents()
            assert row["contains"] == [incident["id"]]
            assert view.incident(incident["id"])["summaries"] == [row["claim"]]
            claim = view.claim(row["claim"])
            assert (claim["incident"], claim["unmatched"], claim["summary"]["contains"]) == (
                None,
                None,
                row["contains"],
            )
            (talks,) = (one for one in view.search(Wanted(act="negotiate"))[1])
            assert view.claim(talks["id"])["unmatched"] == "negotiate is no incident"
            assert view.summaries(since="2020-12-24") == []
        with ledger.view(number) as view:
            assert view.summaries()[0]["contains"] == []
        assert ledger.rebuild(keep=False).changed == ()


def _places(ledger: Ledger) -> list[str]:
    """Where every claim is: in an incident, a summary, or neither for a reason."""
    with ledger.database.reading() as connection:
        return sorted(
            claim
            for table in (member, aggregate, unmatched)
            for claim in connection.scalars(
                table.select().with_only_columns(table.c.claim).where(table.c.closed.is_(None))
            )
        )
