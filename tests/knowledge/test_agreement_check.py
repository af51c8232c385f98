"""Checking an agreement's file: what ships is right, every fault is told with its line, and one hides no other."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.errors import KnowledgeError
from truceline.knowledge import Agreement, Knowledge
from truceline.knowledge.agreement import load_agreement
from truceline.knowledge.agreement_check import Checked, check_agreement
from truceline.knowledge.agreement_faults import Referred
from truceline.knowledge.obligation_dates import circles
from truceline.knowledge.skeleton import agreement_skeleton

OWN = """\
id: ridge-2031
title: Truce on the ridge
kind: local
signed: 2031-05-01
effective: 2031-05-02T00:00:00+02:00
zone: "+02:00"
area: {name: The ridge, countries: [ISL], south: 64, north: 65, west: -20, east: -19}
sources: {paper: "the signed paper, https://example.org/ridge"}
source: paper
parties:
  - {id: lower, name: Lower village, members: [FRO]}
  - {id: upper, name: Upper village, members: [ISL]}
persons:
  - {id: jona, name: Jóna, country: ISL, party: upper, offices: [{office: leader, of: ISL, from: 2030-01-01}]}
  - {id: palli, name: Pálli, country: FRO, party: lower}
obligations:
  - id: ridge-2031/1
    article: "1"
    says: No shots.
    kind: prohibition
    obligor: [upper, lower]
    due: 2031-05-02
    questioned_by: [{acts: [small_arms_fire], by: obligor}]
  - id: ridge-2031/2
    article: "2"
    says: The road opens.
    kind: delivery
    obligor: [upper]
    due: 2031-05-20
    depends_on: [ridge-2031/1]
    changes: [{what: A week later, due: 2031-05-27, by: both, formal: false, announced: 2031-05-19}]
    computed: [{what: review, from: due, months: 1, date: 2031-06-20}]
    served_by: [{acts: [agree], by: obligor, shows: done}]
"""


@pytest.fixture(scope="module")
def referred() -> Referred:
    knowledge = Knowledge.load()
    return Referred(knowledge.acts, knowledge.actors, knowledge.countries)


def checked(folder: Path, text: str | bytes, referred: Referred) -> Checked:
    path = folder / "ridge.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return check_agreement(path, referred)


def changed(*changes: tuple[str, str]) -> str:
    text = OWN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


@pytest.mark.parametrize("name", Agreement.names())
def test_what_ships_has_no_fault(name: str, referred: Referred) -> None:
    found = check_agreement(Knowledge.load().agreements()[name], referred)
    assert found.faults == ()
    # What is odd about what ships is that things are unsure, or that the text itself sets no day or names nobody.
    allowed = ("is marked as not sure", "if the text sets none", "if the text names nobody", "nothing questions it")
    assert all(any(words in odd.message for words in allowed) for odd in found.odd)


def test_a_file_without_fault_and_without_anything_odd(tmp_path: Path, referred: Referred) -> None:
    assert checked(tmp_path, OWN, referred) == Checked()


FAULTS = [
    ("small_arms_fire", "small_arms", 23, "obligation ridge-2031/1: unknown act 'small_arms'; did you mean small_arms_fire?"),
    ("due: 2031-05-20", "due: 2031-04-20", 29, "due 2031-04-20 is before the agreement takes effect (2031-05-02)"),
    ("due: 2031-05-27", "due: 2031-04-27", 31, "due 2031-04-27 is before the agreement takes effect"),
    ("id: ridge-2031/2", "id: ridge-2031/1", 24, "obligation ridge-2031/1 occurs twice; remove one"),
    ("id: palli", "id: jona", 15, "person or actor jona occurs twice"),
    ("id: upper", "id: lower", 12, "party lower occurs twice"),
    ("id: ridge-2031/2", "id: ridge/2", 24, "its id must begin with ridge-2031/"),
    ("[upper, lower]", "[upper, middle]", 21, "unknown party 'middle'; there are lower, upper"),
    ("obligor: [upper]", "implied: [middle]", 28, "unknown party 'middle'"),
    ("by: obligor}", "by: referee}", 23, "unknown party or role 'referee'; there are guarantor, lower,"),
    ("members: [FRO]", "members: [FRX]", 11, "party lower: member 'FRX' is no country code and no actor's id"),
    ("of: ISL", "of: ISX", 14, "jona: office of 'ISX'"),
    ("country: FRO", "country: FRX", 15, "palli: unknown country code 'FRX'"),
    ("party: lower", "party: lowest", 15, "palli: unknown party 'lowest'"),
    ("countries: [ISL]", "countries: [ICE]", 7, "area: unknown country code 'ICE'"),
    ("date: 2031-06-20", "date: 2031-06-21", 32, "'review' is 2031-06-21, but its rule gives 2031-06-20"),
    ("from: due", "from: signing", 32, "'review' starts from 'signing', which has no date"),
    ("months: 1", "years: 9000", 32, "'review' cannot be: its rule leaves the calendar"),
    ("[ridge-2031/1]", "[ridge-2031/9]", 30, "depends_on names 'ridge-2031/9', which is no obligation"),
    ("[ridge-2031/1]", "[ridge-2031/2]", 30, "depends_on runs in a circle (ridge-2031/2 → ridge-2031/2)"),
    ("from: 2030-01-01", "from: 2030-01-01, to: 2029-01-01", 14, "ends 2029-01-01, before it begins (2030-01-01)"),
    ("south: 64", "south: 66", 7, "area: south 66.0 is above north 65.0"),
    ("source: paper", "source: hearsay", 9, "the file cites 'hearsay', which sources: does not explain"),
    ("source: paper\n", "\n", 11, "party lower names no source; add source:"),
    ("says: No shots.", "say: No shots.", 19, "ridge-2031/1 › say: unknown key; did you mean says?"),
    ("says: No shots.", "weather: mild", 19, "weather: unknown key; there are id, article, says, kind"),
    ("    says: No shots.\n", "", 17, "obligation ridge-2031/1: says is missing"),
    ("kind: prohibition", "kind: ban", 20, "kind: 'ban' is none of 'prohibition', 'delivery'"),
    ('article: "1"', "article: 1", 18, "article: 1 is no text; put it in quotation marks"),
    ("questioned_by: [{", "questioned_by: {", 23, "not valid YAML"),
    ("obligor: [upper, lower]", "obligor: {a: b}", 21, "no list; write it in [ ]"),
    ("    due: 2031-05-02\n", "    due: 2031-02-31\n", 22, "'2031-02-31' is no date"),
    ("    due: 2031-05-02\n", "    due: 2031-05-02T10:00:00\n", 22, "has no offset from UTC"),
    ("effective: 2031-05-02T00:00:00+02:00", "effective: 2031-05-02T00:00:00", 5, "has no offset from UTC"),
    ('zone: "+02:00"', "zone: Reykjavik", 6, "'Reykjavik' is not of the form"),
    ("title: Truce on the ridge", "title: A\ntitle: B", 3, "title is written twice; YAML keeps the last one only"),
    ("title: Truce on the ridge", "title: TODO name it", 2, "title: TODO, still to be filled in (name it)"),
    ("{acts: [small_arms_fire]", "{wen: any, acts: [small_arms_fire]", 23, "wen: unknown key; did you mean when?"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "message"), FAULTS)
def test_a_fault_is_told_with_its_line(
    tmp_path: Path, referred: Referred, old: str, new: str, line: int, message: str
) -> None:
    found = checked(tmp_path, changed((old, new)), referred)
    assert any(message in fault.message and fault.line == line for fault in found.faults), found.faults
    assert all("\n" not in fault.message for fault in found.faults)


# These take away what other entries name, so that those are wrong too.
NAMED_ELSEWHERE = {"due: 2031-05-20", "id: ridge-2031/2", "id: palli", "id: upper", "source: paper", "source: paper\n"}


@pytest.mark.parametrize(
    ("old", "new", "line", "message"), [fault for fault in FAULTS if fault[0] not in NAMED_ELSEWHERE]
)
def test_one_fault_makes_no_others(
    tmp_path: Path, referred: Referred, old: str, new: str, line: int, message: str
) -> None:
    expected = {"say: No shots.": 2, "weather: mild": 2}.get(new, 1)  # the key that stood there is missing then
    assert len(checked(tmp_path, changed((old, new)), referred).faults) == expected


UNREADABLE = [
    (b"", 1, "the file is empty; `truceline agreements new` writes one"),
    (b" \n\n", 1, "the file is empty"),
    (b"# a comment\n", 1, "the file has no entries"),
    (b"- a\n- b\n", 1, "the file is a list"),
    (b"words\n", 1, "the file is a single value"),
    (b"id: ok\ntitle: caf\xe9\n", 2, "not UTF-8 (byte 0xe9); save the file as UTF-8"),
    ("id: ok\n".encode("utf-16"), 1, "the file is UTF-16, not UTF-8 text"),
    (b"id: a\nb: c\x00d\n", 2, "the file is binary, not text"),
    (b"\x1f\x8b\x08\x00abc", 1, "compressed (gzip)"),
    (b"id: a\x07\n", 1, "not valid YAML: control characters are not allowed"),
    (b"id: [ridge\ntitle: x\n", 2, "not valid YAML"),
    (b"id: a\n  title: x\n", 2, "not valid YAML"),
    (b"id: a\n---\nid: b\n", 2, "not valid YAML: but found another document"),
    (b"id: !!python/object:os.system x\n", 1, "not valid YAML: could not determine a constructor"),
    (b"id: &a [*a]\n", 1, "not readable as data"),
    (b"id: " + b"[" * 5000 + b"]" * 5000, 1, "not readable as data"),
    (b"a0: &a0 [1]\n" + b"".join(b"a%d: &a%d [*a%d, *a%d, *a%d]\n" % (i, i, *[i - 1] * 3) for i in range(1, 40)), 1,
     "more than 200,000 entries"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "line", "message"), UNREADABLE)
def test_what_cannot_be_read_is_told(
    tmp_path: Path, referred: Referred, content: bytes, line: int, message: str
) -> None:
    found = checked(tmp_path, content, referred)
    assert len(found.faults) == 1
    assert message in found.faults[0].message
    assert found.faults[0].line == line


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path, referred: Referred) -> None:
    assert checked(tmp_path, b"\xef\xbb\xbf" + OWN.encode(), referred) == Checked()


def test_a_missing_file(referred: Referred) -> None:
    with pytest.raises(KnowledgeError, match=r"nowhere\.yaml: cannot be read \(no such file\)"):
        check_agreement(Path("nowhere.yaml"), referred)


def test_all_faults_are_told_at_once(tmp_path: Path, referred: Referred) -> None:
    single = [fault for fault in FAULTS if fault[0] in {
        "small_arms_fire", "months: 1", "of: ISL", "party: lower", "countries: [ISL]", 'article: "1"', "south: 64",
        "[upper, lower]", "title: Truce on the ridge", "[ridge-2031/1]",
    }]  # fmt: skip
    kept = {old: (old, new, message) for old, new, _, message in single}
    found = checked(tmp_path, changed(*((old, new) for old, new, _ in kept.values())), referred)
    for _, _, message in kept.values():
        assert any(message in fault.message for fault in found.faults), message
    assert len(found.faults) == len(kept)
    assert [fault.line for fault in found.faults] == sorted(fault.line for fault in found.faults)


def test_a_broken_entry_does_not_hide_the_faults_in_it_nor_make_others(tmp_path: Path, referred: Referred) -> None:
    text = changed(
        ("    says: No shots.\n", ""), ("small_arms_fire", "fireworks"), ("signed: 2031-05-01", "signed: soon"),
        ("effective: 2031-05-02T00:00:00+02:00", "effective: TODO"), ("{id: lower, name: Lower village", "{id: lower"),
    )  # fmt: skip
    messages = [fault.message for fault in checked(tmp_path, text, referred).faults]
    assert len(messages) == 5
    assert any("unknown act 'fireworks'" in message for message in messages)
    assert any("party lower: name is missing" in message for message in messages)


ODD = [
    ("due: 2031-05-02\n", "sure: false\n", 17, "no due date and no continuous duty"),
    ("obligor: [upper, lower]", "sure: false", 21, "is marked as not sure"),
    ("    obligor: [upper]\n", "", 24, "nobody is its obligor and nobody is implied"),
    ("    questioned_by: [{acts: [small_arms_fire], by: obligor}]\n", "", 17, "nothing questions it and nothing serves it"),
    ("https://example.org/ridge", "on paper", 17, "none of its sources has an address"),
    ("sources: {", "sources: {other: x, ", 8, "source other is cited by nothing"),
    ("served_by: [{acts: [agree]", "questioned_by: [{acts: [agree], by: upper}]\n    served_by: [{acts: [agree]", 34,
     "agree by the same actors both serves it and questions it"),
    (", announced: 2031-05-19", "", 31, "the change has no announced: date"),
    ("announced: 2031-05-19", "announced: 2030-05-19", 31, "before the agreement was signed"),
    ("kind: delivery", "kind: delivery\n    continuous: true", 28, "a delivery that is continuous"),
    ("members: [FRO]", "members: []", 11, "party lower has no members"),
    ("party: lower", "role: other", 11, "party lower: no person and no actor speaks for it"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "message"), ODD)
def test_what_is_odd_is_told_and_is_no_fault(
    tmp_path: Path, referred: Referred, old: str, new: str, line: int, message: str
) -> None:
    found = checked(tmp_path, changed((old, new)), referred)
    assert found.faults == ()
    assert any(message in odd.message and odd.line == line for odd in found.odd), found.odd


def test_acts_that_serve_and_question_by_different_actors_are_not_odd(tmp_path: Path, referred: Referred) -> None:
    text = changed(
        ("served_by: [{acts: [agree]", "questioned_by: [{acts: [agree], by: lower}]\n    served_by: [{acts: [agree]")
    )
    assert checked(tmp_path, text, referred).odd == ()


def test_every_circle_is_told_once_however_long() -> None:
    assert list(circles({"a": ("b",), "b": ("a",), "c": ("d",), "d": ("c",), "e": ("a", "e")})) == [
        ("a", "b"), ("c", "d"), ("e",),
    ]  # fmt: skip
    chain = {str(i): (str(i + 1),) for i in range(20_000)}
    assert list(circles(chain)) == []
    assert len(next(circles({**chain, "20000": ("0",)}))) == 20_001


@pytest.mark.parametrize("kind", ["interstate", "intrastate", "local", "multiparty"])
def test_a_new_file_lacks_only_what_says_todo(tmp_path: Path, referred: Referred, kind: str) -> None:
    text = agreement_skeleton("lake-2031", kind)  # type: ignore[arg-type] - parametrized strings
    found = checked(tmp_path, text, referred)
    lines = text.splitlines()
    assert found.odd == ()
    assert found.faults
    assert all("TODO" in fault.message and "TODO" in lines[fault.line - 1] for fault in found.faults)
    marked = [i for i, line in enumerate(lines, 1) if "TODO" in line.split(" #")[0] and not line.startswith("#")]
    assert sorted({fault.line for fault in found.faults}) == marked
    assert f"kind: {kind} " in text


def test_a_new_file_that_is_filled_in_is_right(tmp_path: Path, referred: Referred) -> None:
    text = agreement_skeleton("lake-2031", "local")
    filled = {
        "title": "Truce of the lake", "revised": "2031-05-03", "signed": "2031-05-01", "effective": "2031-05-02T06:00:00+03:00",
        "zone": '"+03:00"', "name": "The lake", "south": "0", "north": "1", "west": "31", "east": "32",
        "text": "https://example.org/lake", "article": '"1"', "says": "Nobody fires on boats.",
    }  # fmt: skip
    for party in ("league", "shore"):
        text = text.replace("id: TODO", f"id: {party} #", 1)
    for key, value in filled.items():
        text = text.replace(f"{key}: TODO", f"{key}: {value} #")
    text = text.replace("[TODO]", "[UGA]")
    assert checked(tmp_path, text, referred).faults == ()
    assert Agreement.load(tmp_path / "ridge.yaml").obligation("lake-2031/1").obligor == ("UGA",)


def test_an_id_of_another_form_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="'The Lake' is no id; write lower-case letters"):
        agreement_skeleton("The Lake")


def test_found_things_are_values(tmp_path: Path, referred: Referred) -> None:
    found = checked(tmp_path, changed(("small_arms_fire", "small_arms")), referred)
    assert dataclasses.astuple(found.faults[0])[:2] == (23, 29)
    assert found.faults[0].entry == "obligations › 0 (ridge-2031/1) › questioned_by › 0 › acts › 0"


def test_the_manual_tells_what_the_check_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from truceline.cli import main

    page = (Path(__file__).parents[2] / "docs" / "agreements.md").read_text(encoding="utf-8")
    file, told = (
        page.partition(f"```{title}\n")[2].partition("```\n")[0]
        for title in ('yaml title="ridge.yaml"', 'text title="check"')
    )
    monkeypatch.chdir(tmp_path)
    Path("ridge.yaml").write_text(file, encoding="utf-8")
    assert main(["agreements", "check", "ridge.yaml"]) == 1
    assert capsys.readouterr().out == told


def test_the_manual_names_every_key_and_every_agreement() -> None:
    from truceline.knowledge.agreement_file import AgreementFile
    from truceline.knowledge.obligations import Obligation

    page = (Path(__file__).parents[2] / "docs" / "agreements.md").read_text(encoding="utf-8")
    assert all(f"`{key}`" in page for key in (*AgreementFile.model_fields, *Obligation.model_fields) if key != "sure")
    for name in Agreement.names():
        agreement = Agreement.load(name)
        row = next(line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
        assert f"| `{agreement.id}` | {agreement.kind}" in row
        assert f"| {len(agreement.obligations)} |" in row


SPOILING = [
    "",
    "7",
    "null",
    "[]",
    "{}",
    "- a",
    "2031-02-31",
    "9999-12-31",
    "&a",
    "*a",
    "|",
    "1e400",
    '"',
    "x: 1",
    "true",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 32), st.sampled_from(SPOILING)), min_size=1, max_size=4))
def test_whatever_is_spoilt_the_check_tells_what_loading_refuses(
    tmp_path: Path, referred: Referred, spoilt: list[tuple[int, str]]
) -> None:
    lines = OWN.splitlines()
    for at, value in spoilt:
        lines[at] = f"{lines[at].partition(':')[0]}: {value}"
    found = checked(tmp_path, "\n".join(lines), referred)
    try:
        load_agreement(tmp_path / "ridge.yaml", referred.acts, referred.actors, referred.countries)
    except KnowledgeError:
        assert found.faults
    else:
        assert all("written twice" in fault.message for fault in found.faults)
