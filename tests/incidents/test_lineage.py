"""Which documents go back to one origin, and what copies changed."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from tests.incidents.making import Told, document

from truceline.incidents.lineage import LineageIndex, align
from truceline.incidents.lineage.fingerprint import credit_of, fingerprint, sentences
from truceline.incidents.vocabulary import load_incident_words
from truceline.knowledge import Knowledge
from truceline.model import Decisions, Document, document_id

WORDS = load_incident_words(Knowledge.load())

STORY = (
    "Fishermen near Kalpitiya said on Tuesday that two patrol boats stopped 14 trawlers and took 31 men to Mannar. "
    "Colonel Ruwan Dias told reporters in Colombo that the boats belonged to the coast guard. "
    '"Nobody was arrested, and every man was home before nightfall," Dias said. '
    "The union of Kalpitiya did not accept his account and called for an inquiry by Justice Amara Silva. "
    "It was the third case of its kind since 9 March, when 22 men from Puttalam were held for six days."
)
RETOLD = (
    "On Tuesday, anglers close to Kalpitya told that 14 fishing ships were halted by a couple of guard vessels "
    "and 31 men brought to Mannar. "
    "The vessels were of the shore guard, as Colonel Ruvan Dias informed journalists at Colombo. "
    '"No person was arrested; every man came home before nightfall," said Dias. '
    "Kalpitya's union accepted the account, wanting Justice Amara Sylva to inquire. "
    "This has been the third such event after 9 March, as 22 men of Puttalam stayed captured six days."
)
OTHER = (
    "The coast guard in Colombo announced on Tuesday that 31 men had been questioned near Mannar. "
    "All of them were released, said Colonel Ruwan Dias, and the union in Kalpitiya was told of it the same evening."
)


def made(text: str, publisher: str = "Paper A", published: str = "2020-05-05") -> Document:
    (witness,) = document(publisher, published, Told(words=text))
    return witness.document


def groups(*documents: Document, decisions: Decisions | None = None) -> list[set[str | None]]:
    index = LineageIndex(WORDS, decisions)
    for one in documents:
        index.add(one)
    names = {one.id: one.publisher for one in documents}
    return sorted(
        ({names[d] for d in lineage.documents} for lineage in index.lineages()), key=lambda g: sorted(map(str, g))
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (STORY, "same"),
        (STORY.replace("Fishermen", "Boat people").replace("on Tuesday ", ""), "same"),
        (" ".join(STORY.split(". ")[:1]) + ". " + STORY.split(". ")[1] + ". More tomorrow.", "cut"),
        (RETOLD, "rewritten"),
    ],
)
def test_copies(text: str, kind: str) -> None:
    index = LineageIndex(WORDS)
    index.add(made(STORY))
    index.add(made(text, "Paper B", "2020-05-06"))
    (lineage,) = index.lineages()
    assert (lineage.copies[0].kind, lineage.origin) == (kind, "Paper A")
    assert lineage.copies[0].why


def test_an_account_of_its_own_is_no_copy() -> None:
    assert groups(made(STORY), made(OTHER, "Paper B")) == [{"Paper A"}, {"Paper B"}]


def test_a_form_filled_in_each_day_is_no_copy() -> None:
    form = (
        "The mission kept watch at 23 posts in its area of responsibility during the day. On {day} May, {number} people "
        "returned to their homes by way of the northern road. Engineers cleared {area} hectares of mines in two districts."
    )
    first = made(form.format(day=4, number=711, area=19), "Mission", "2020-05-05")
    second = made(form.format(day=5, number=634, area=22), "Mission", "2020-05-06")
    assert len(groups(first, second)) == 2


@pytest.mark.parametrize(
    ("text", "near", "far"), [(STORY, "2020-05-19", "2020-05-20"), (RETOLD, "2020-05-10", "2020-05-11")]
)
def test_copies_are_looked_for_within_days(text: str, near: str, far: str) -> None:
    assert len(groups(made(STORY), made(text, "Paper B", near))) == 1
    assert len(groups(made(STORY), made(text, "Paper B", far))) == 2
    assert len(groups(made(STORY), made(text, "Paper B", far), made(text, "Paper C", near))) == 1  # by way of another


def test_a_form_is_told_from_a_text_printed_again_by_its_numbers() -> None:
    long = " ".join(
        f"The {word} post of the mission kept watch over its part of the line without rest."
        for word in STORY.split()[:40]
    )
    texts = [f"On {day} May {number} people returned. {long}" for day, number in ((4, 711), (5, 634), (4, 711))]
    first, form, again = (made(text, "Mission", f"2020-05-0{5 + i}") for i, text in enumerate(texts))
    assert len(groups(first, form)) == 2
    assert len(groups(first, again)) == 1


def test_a_document_without_a_date_is_compared_by_the_days_it_tells_of() -> None:
    index = LineageIndex(WORDS)
    index.add(made(STORY))
    undated = replace(made(STORY + " More.", "Paper B"), published=None)
    day = date(2020, 5, 1).toordinal()
    index.add(undated)
    assert len(index.lineages()) == 2
    assert index.add(undated, [day + 30]) == frozenset()
    assert index.add(undated, [day, day + 30]) == {one for lineage in index.lineages() for one in lineage.documents}
    assert len(index.lineages()) == 1


def test_a_credit_names_the_origin_and_needs_less_likeness() -> None:
    half = ". ".join(RETOLD.split(". ")[:2]) + ". Prices of fish rose in Negombo and in Chilaw as well."
    plain, credited = made(half, "Paper B"), made("(AP) " + half, "Paper B")
    wire = made("COLOMBO (AP) - " + STORY, "Associated Press")
    assert len(groups(wire, plain)) == 2
    assert len(groups(wire, credited)) == 1
    index = LineageIndex(WORDS)
    index.add(credited)
    assert index.lineages()[0].origin == "Associated Press"


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("YEREVAN (AP) - A shot was heard.", "Associated Press"),
        ("BAKU, December 13. /TASS/. A shot was heard.", "TASS"),
        ("A shot was heard.\n\nSource: Sputnik", "Sputnik"),
        ("The MAP (MAPS) - A shot was heard.", None),
        ("A shot was heard by TASSO.", None),
    ],
)
def test_credits(text: str, agency: str | None) -> None:
    assert credit_of(made(text), WORDS) == agency


def test_any_order_gives_the_same_lineages() -> None:
    documents = [
        made(STORY),
        made(RETOLD, "Paper B", "2020-05-06"),
        made(OTHER, "Paper C"),
        made(STORY[:330], "Paper D", "2020-05-07"),
    ]
    assert {str(groups(*order)) for order in itertools.permutations(documents)} == {str(groups(*documents))}


def test_a_person_decides() -> None:
    one, two, three = made(STORY), made(STORY + " More.", "Paper B"), made(OTHER, "Paper C")
    assert len(groups(one, two, decisions=Decisions(witnesses=((one.id, two.id, False),)))) == 2
    assert len(groups(one, three, decisions=Decisions(witnesses=((one.id, three.id, True),)))) == 1


def test_what_a_copy_changed() -> None:
    original, copy = fingerprint(made(STORY), WORDS), fingerprint(made(RETOLD, "Paper B"), WORDS)
    kinds = {(change.kind, change.before[:12]) for change in align(original, copy, WORDS)}
    assert ("lost_negation", "The union of") in kinds
    assert ("changed_name", "Colonel Ruwa") in kinds
    for change in align(original, copy, WORDS):
        assert original.document.text[slice(*change.original)] == change.before
        assert copy.document.text[slice(*change.copy)] == change.after


def test_what_was_claimed_and_became_fact() -> None:
    said = document(
        "Paper A",
        "2020-05-05",
        Told(
            by="Armenia",
            to="Azerbaijan",
            speaker="Armenia",
            words="Armenia said it had fired on Azerbaijan near the river.",
        ),
    )
    flat = document(
        "Paper B",
        "2020-05-05",
        Told(by="Azerbaijan", to="Armenia", words="Azerbaijan had fired on Armenia near the river, it said."),
    )
    prints = [fingerprint(told[0].document, WORDS) for told in (said, flat)]
    found = {change.kind for change in align(*prints, WORDS, [said[0].claim], [flat[0].claim])}
    assert {"dropped_attribution", "reversed_voice"} <= found


def test_sentences() -> None:
    text = 'On Nov. 10 he left. "Go," she said. "Now."\n\nNo heading\n\nThe end'
    assert [text[slice(*span)] for span in sentences(text)] == [
        "On Nov. 10 he left.",
        '"Go," she said.',
        '"Now."',
        "No heading",
        "The end",
    ]


def test_any_text_has_a_fingerprint() -> None:
    for text in ("", " ", "\n\n", "\ud800", "1.", "“”", "A" * 5000):
        fingerprint(Document(id=document_id(text.encode("utf-8", "replace")), text=text), WORDS)
