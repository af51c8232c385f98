"""A ledger over both databases: what goes in, what can be asked, what was known when."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from tests.ledger.stand_in import StandInReader, sentence

from truceline.errors import InputError, LedgerError
from truceline.ledger import Kind, Ledger, Wanted, evidence, schema
from truceline.ledger.export import lines
from truceline.ledger.rebuild import dump
from truceline.ledger.tables import DERIVED
from truceline.model import Document, Flag, document_id

Write = Callable[..., Path]


def _three(write: Write) -> list[Path]:
    return [
        write("one", sentence("Alpha", "Bravo", "Dorvan", "2021-05-03"), publisher="Alpha ministry"),
        write("two", sentence("Bravo", "Bravo", "Dorvan", "2021-05-03", "denied"), publisher="Bravo ministry"),
        write(
            "three", sentence("Alpha", "Bravo", "Keld", "2021-05-03"), sentence("Bravo", "Alpha", "Keld", "2021-05-09")
        ),
    ]


def _ingest(ledger: Ledger, paths: list[Path], **options: bool) -> list[str]:
    return [result.outcome for result in ledger.ingest(paths, StandInReader(), **options)]


def _dumps(ledger: Ledger) -> dict[str, list[str]]:
    with ledger.database.reading() as connection:
        return {table.name: list(dump(connection, table)) for table in DERIVED}


def test_the_tables_are_those_that_the_code_speaks_of(ledger: Ledger) -> None:
    with ledger.database.reading() as connection:
        assert schema.differences(connection) == []
        assert schema.version(connection) == schema.NEWEST
    assert ScriptDirectory(schema.MIGRATIONS).get_current_head() == schema.NEWEST


def test_nothing_goes_in_twice(ledger: Ledger, write: Write) -> None:
    paths = _three(write)
    assert _ingest(ledger, paths) == ["added"] * 3
    before = _dumps(ledger)
    assert _ingest(ledger, paths) == ["known"] * 3
    copy = paths[0].with_name("renamed.txt")
    copy.write_bytes(paths[0].read_bytes())
    assert _ingest(ledger, [copy]) == ["known"]
    assert _dumps(ledger) == before


def test_a_bad_file_costs_only_itself(ledger: Ledger, write: Write, tmp_path: Path) -> None:
    paths = _three(write)
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    assert _ingest(ledger, [paths[0], empty, tmp_path / "none.txt", paths[1]]) == [
        "added",
        "refused",
        "refused",
        "added",
    ]
    assert ledger.verify().fault is None


def test_the_original_is_kept_byte_for_byte_beside_the_working_text(ledger: Ledger, write: Write) -> None:
    path = write("one", sentence("Alpha", "Bravo", "Dorvan", "2021-05-03"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    _ingest(ledger, [path])
    key = evidence.of_file(path).document.id
    with ledger.view() as view:
        assert view.original(key) == path.read_bytes()
        found = view.document(key)
        working = view.text(key)
        assert evidence.of_file(path).document.text == working
        assert path.read_bytes().decode("utf-8-sig")[found["begins"] :] == working
        assert [(row["action"], row["who"], row["hash"]) for row in found["custody"]] == [
            ("received", "anna", key[7:]),
            ("read", "anna", key[7:]),
        ]
        assert view.document(key[7:20])["id"] == key  # the first letters will do


def test_bytes_that_are_not_the_documents_are_refused(ledger: Ledger, write: Write, reader: StandInReader) -> None:
    good = evidence.of_file(write("one", sentence("Alpha", "Bravo", "Dorvan", "2021-05-03")))
    bad = evidence.Evidence(b"others", good.document, good.name, good.how)
    with pytest.raises(InputError, match="not those of document"):
        ledger.add(bad, reader.read_document(good.document))


def test_incidents_gather_claims_of_many_documents(ledger: Ledger, write: Write) -> None:
    _ingest(ledger, _three(write))
    with ledger.view() as view:
        rows = view.incidents()
        assert [(row["id"], row["claims"], row["documents"], row["state"], row["proposed"]) for row in rows] == [
            ("dorvan-2021-05-03", 2, 2, "alleged", "corroborated"),
            ("keld-2021-05-03", 1, 1, "alleged", "alleged"),
            ("keld-2021-05-09", 1, 1, "alleged", "alleged"),
        ]
        assert [row["id"] for row in view.incidents(place="kel", since="2021-05-04")] == ["keld-2021-05-09"]
        assert [row["id"] for row in view.incidents(until="2021-05-03", limit=1)] == ["dorvan-2021-05-03"]
        assert view.as_incident("dorvan").claims == tuple(view.incident("dorvan-2021-05-03")["claims"])


def test_as_of_shows_what_was_known_then(ledger: Ledger, write: Write) -> None:
    paths = _three(write)
    _ingest(ledger, paths[:1])
    with ledger.view() as view:
        number, at = view.number, list(view.log())[-1].at
    _ingest(ledger, paths[1:])
    with ledger.view(number) as view:
        claim = view.incident("dorvan-2021-05-03")["claims"][0]
    ledger.correct(claim, "act", "air_strike", reason="heard aircraft")
    for then in (number, str(number), f"#{number}", at):
        with ledger.view(then) as view:
            assert [(row["id"], row["claims"], row["proposed"]) for row in view.incidents()] == [
                ("dorvan-2021-05-03", 1, "alleged")
            ]
            assert view.search(Wanted(words="Keld")) == ([], [])
            assert {row["act"] for row in view.search(Wanted(place="dorvan"))[1]} == {"shelling"}
            assert view.claim(claim)["corrections"] == []
            assert view.counts()["document"] == 1
    with ledger.view("2021-06-01") as view:
        assert len(view.incidents()) == 3
    for bad, words in (
        ("2021-05-31", "nothing was known"),
        ("yesterday", "no such day"),
        ("999", "no entry 999"),
        (0, "no entry 0"),
    ):
        with pytest.raises(LedgerError, match=words), ledger.view(bad):
            pass


def test_search_finds_words_phrases_and_fields(ledger: Ledger, write: Write) -> None:
    _ingest(ledger, _three(write))
    with ledger.view() as view:

        def titles(words: str) -> set[str]:
            return {row["title"] for row in view.search(Wanted(words=words))[0]}

        assert titles("shelling Dorvan") == {"one", "two"}  # in its other forms
        assert titles('"Bravo shelled Keld"') == {"three"}
        assert titles("shelled -Keld") == {"one", "two"}
        assert titles("nothing-here") == set()
        for odd in ("'", "NEAR(", "a* OR", 'unclosed "quote', "col:umn", "%", "😀 Dorvan"):
            try:
                view.search(Wanted(words=odd))
            except LedgerError as fault:
                assert "no word" in str(fault)
        excerpt = view.search(Wanted(words="Dorvan"))[0][0]["excerpt"]
        assert "«Dorvan»" in excerpt
        claims = view.search(Wanted(party="bravo", modality="denied"))[1]
        assert [(row["speaker"], row["place"]) for row in claims] == [("Bravo", "Dorvan")]
        assert len(view.search(Wanted(words="Keld", since="2021-05-04"))[1]) == 1
        assert len(view.search(Wanted(agent="alpha"))[1]) == 1
        assert [row["title"] for row in view.search(Wanted(publisher="ministry"))[0]] in (
            ["one", "two"],
            ["two", "one"],
        )


def test_reading_again_replaces_and_keeps_the_earlier_reading(ledger: Ledger, write: Write) -> None:
    paths = _three(write)
    _ingest(ledger, paths)
    with ledger.view() as view:
        before = view.number
    assert _ingest(ledger, paths[:2], again=True) == ["again", "again"]
    with ledger.view() as view:
        assert [row["id"] for row in view.incidents()] == ["dorvan-2021-05-03", "keld-2021-05-03", "keld-2021-05-09"]
        assert view.incidents()[0]["claims"] == 2
        key = evidence.of_file(paths[0]).document.id
        assert len(view.document(key)["readings"]) == 2
        assert len(view.document(key)["claims"]) == 1
    with ledger.view(before) as view:
        assert len(view.document(evidence.of_file(paths[0]).document.id)["readings"]) == 1
    assert ledger.rebuild().changed == ()


def test_rebuilding_gives_the_same_tables_byte_for_byte(ledger: Ledger, write: Write) -> None:
    _ingest(ledger, _three(write))
    _decide_much(ledger)
    before = _dumps(ledger)
    empty = {name for name in before if not before[name]}
    # By an agreement (tests/tracking), by maps, and by the real matching (test_derived).
    assert empty <= {"checkpoint", "tie", "tying", "zone", "aggregate", "contained", "unmatched"}
    result = ledger.rebuild()
    assert result.changed == ()
    assert _dumps(ledger) == before
    with ledger.database.writing() as connection:
        connection.execute(text("UPDATE incident SET title = 'tampered'"))
    assert ledger.rebuild(keep=False).changed == ("incident",)
    assert _dumps(ledger) != before
    assert ledger.rebuild().changed == ("incident",)
    assert _dumps(ledger) == before
    with ledger.view() as view:
        assert view.search(Wanted(words="Dorvan"))[0]  # the full-text index too


def test_the_order_of_arrival_does_not_matter_for_the_incidents(
    where: str, ledger: Ledger, write: Write, tmp_path: Path
) -> None:
    paths = _three(write)
    _ingest(ledger, paths)
    with Ledger.create(tmp_path / "other.db") as other:
        for path in reversed(paths):  # each in a process of its own, as far as the index knows
            with Ledger.open(tmp_path / "other.db") as again:
                _ingest(again, [path])
        with other.view() as theirs, ledger.view() as ours:
            strip = [{key: value for key, value in row.items() if key != "opened"} for row in theirs.incidents()]
            assert strip == [{key: value for key, value in row.items() if key != "opened"} for row in ours.incidents()]


def test_export_gives_everything_in_a_fixed_order(ledger: Ledger, write: Write) -> None:
    _ingest(ledger, _three(write))
    with ledger.view() as view:
        found = list(lines(view, ("documents", "claims", "incidents", "log")))
        assert [line["type"] for line in found].count("claim") == 4
        assert {line["type"] for line in found} == {"document", "claim", "incident", "entry"}
        assert json.loads(json.dumps(found))
        for claim in (line for line in found if line["type"] == "claim"):
            start, end = claim["span"]
            assert view.text(claim["document"])[start:end] == claim["text"]


def test_the_log_and_the_contents_cannot_be_changed_through_the_database(ledger: Ledger, write: Write) -> None:
    _ingest(ledger, _three(write)[:1])
    for statement in (
        "UPDATE entry SET who = 'x'",
        "DELETE FROM entry",
        "UPDATE content SET size = 1",
        "DELETE FROM content",
    ):
        with pytest.raises(LedgerError, match="append-only"), ledger.database.writing() as connection:
            connection.execute(text(statement))


def test_an_agreement_is_kept_with_the_ledger(where: str) -> None:
    with Ledger.create(where, agreement="nagorno-karabakh-2020") as made:
        assert made.agreement is not None and made.agreement.id == "nk-2020"
    with Ledger.create(where, agreement="nagorno-karabakh-2020") as again, again.view() as view:
        assert [entry.kind for entry in view.log()] == [Kind.LEDGER, Kind.AGREEMENT]
    with Ledger.create(where, agreement="sri-lanka-2002") as other:
        assert other.agreement is not None and other.agreement.id != "nk-2020"


def test_what_is_not_there_is_told_in_one_line(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.view() as view:
        for look in (view.incident, view.claim, view.document):
            with pytest.raises(LedgerError, match=r"no (incident|claim|document) (sha256:)?nothing"):
                look("nothing")
    text_file = tmp_path / "text.db"
    text_file.write_text("not a database at all, but long enough to be looked into" * 20)
    for path, words in ((tmp_path / "none.db", "no ledger here"), (text_file, "not a ledger")):
        with pytest.raises(LedgerError, match=words):
            Ledger.open(path)
    for bad, words in (
        ("mysql://x/y", "SQLite"),
        (tmp_path, "folder"),
        (tmp_path / "no" / "such.db", "no such folder"),
    ):
        with pytest.raises(LedgerError, match=words):
            Ledger.create(bad)


_ODD = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["\x00", "a\x00b", "\ud800", "e\u0301", "\u202e", "😀" * 9]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_ODD, _ODD, _ODD)
def test_whatever_the_text_it_is_kept_and_found_again(ledger: Ledger, body: str, title: str, name: str) -> None:
    working = f"{body} {sentence('Alpha', 'Bravo', 'Dorvan', '2021-05-03')} {title}"
    content = working.encode("utf-8", "surrogatepass")
    document = Document(document_id(content), working, title, title, url=name, flags=(Flag("odd", None, title, title),))
    ledger.add(evidence.Evidence(content, document, name, name), StandInReader().read_document(document))
    with ledger.view() as view:
        assert view.original(document.id) == content
        assert view.text(document.id) == working
        assert [claim["text"] for claim in view.claims_of(document.id)] == [
            working[len(body) + 1 : -len(title) - 1 or None]
        ]
        assert document.id in {row["id"] for row in view.search(Wanted(words="Dorvan"), limit=1_000)[0]}
    assert ledger.verify().fault is None


def _claims(ledger: Ledger, incident: str) -> list[str]:
    with ledger.view() as view:
        return list(view.incident(incident)["claims"])


def _decide_much(ledger: Ledger) -> None:
    first = _claims(ledger, "dorvan-2021-05-03")
    ledger.merge("keld-2021-05-03", "keld-2021-05-09", reason="the date was misprinted")
    ledger.split("dorvan-2021-05-03", first[0], reason="another place")
    ledger.correct(first[0], "modality", "denied", reason="misread")
    ledger.grade("source", "Alpha ministry", "B", reason="long record")
    ledger.grade("claim", first[0], "3")
    ledger.set_state("keld-2021-05-03", "logged")
    ledger.assess("incident", "keld-2021-05-03", "Nobody has been there.")
    ledger.checkpoint()
