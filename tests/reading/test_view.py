"""The clause view: roles as they are, however the sentence puts them."""

import pytest
from tests.reading.grammar_parts import predicate, view_of, words_of

ROLES = [
    ("Rebels shelled the port.", "shell", {"subj": ["Rebels"], "obj": ["port"]}),
    ("The port was shelled by rebels.", "shell", {"subj": ["rebels"], "obj": ["port"]}),
    ("Villages shelled by rebels burned for days.", "shell", {"subj": ["rebels"], "obj": ["Villages"]}),
    ("The army stormed the camp and seized the depot.", "seize", {"subj": ["army"], "obj": ["depot"]}),
    ("The rebels, who shelled the port, fled.", "shell", {"subj": ["rebels"], "obj": ["port"]}),
    ("The militia is ready to attack the town.", "attack", {"subj": ["militia"], "obj": ["town"]}),
    ("The army launched a series of attacks on the town.", "attack", {"lv": ["army"], "on": ["town"]}),
    ("An attack by rebels on an army post was reported.", "attack", {"by": ["rebels"], "on": ["post"]}),
    ("The rebels carried out the attack.", "attack", {"lv": ["rebels"]}),
    ("Soldiers obstructed deliveries.", "obstruct", {"subj": ["Soldiers"], "obj": ["deliveries"]}),
    ("The patrol strayed into the zone.", "stray", {"subj": ["patrol"], "into": ["zone"]}),
    ("A build-up of troops was reported.", "build-up", {"of": ["troops"]}),
]


@pytest.mark.parametrize(("text", "lemma", "roles"), ROLES, ids=[row[0] for row in ROLES])
def test_roles(text: str, lemma: str, roles: dict[str, list[str]]) -> None:
    view = view_of(text)
    found = predicate(view, lemma)
    assert {role: words_of(view, found, role) for role in roles} == roles


@pytest.mark.parametrize(
    ("text", "lemma", "particle"),
    [
        ("Troops pulled out of the district.", "pull", "out"),
        ("The rebels cut off the garrison.", "cut", "off"),
        ("The army raped nobody.", "rape", None),
    ],
)
def test_particles_and_lemmas(text: str, lemma: str, particle: str | None) -> None:
    assert predicate(view_of(text), lemma).particle == particle


def test_any_text_has_a_view() -> None:
    for text in ("", "!!! ???", "of of of", "- - -", "build-", "“”"):
        assert view_of(text).predicates is not None
