"""The vocabularies of quantities: what ships is sound, files add up, faults are named."""

import pytest

from truceline.errors import KnowledgeError
from truceline.knowledge.quantities import load_counted_vocabulary, load_instruments, load_number_words
from truceline.knowledge.quantities.files import Phrases, shipped


def test_shipped_files_load():
    counted = load_counted_vocabulary()
    assert counted.nouns["soldier"].status == "combatant"
    assert load_number_words(counted=counted.words).margin == 0.1
    assert "mortar" in load_instruments().kinds


def test_the_longest_wording_wins():
    phrases = Phrases([("a few", 1), ("a few hundred", 2)])
    assert phrases.match(["a", "few", "hundred", "men"], 0) == (3, 2)
    assert phrases.match(["a", "man"], 0) is None


def test_a_second_file_adds_words(tmp_path):
    extra = tmp_path / "counted.yaml"
    extra.write_text("things:\n  settlements: [orchard]\n  posts: [sangar]\n", encoding="utf-8")
    vocabulary = load_counted_vocabulary([shipped("counted.yaml"), extra])
    assert vocabulary.nouns["sangar"].what == "posts"
    assert vocabulary.nouns["village"].what == "settlements"


@pytest.mark.parametrize(
    ("name", "content", "load", "fault"),
    [
        ("numbers.yaml", "vague: {words: {oodles: {min: 0, rule: none}}}", load_number_words, "oodles"),
        ("numbers.yaml", "unreadable: {patterns: [{why: x, regex: '('}]}", load_number_words, "regular expression"),
        ("counted.yaml", "complements: {martyr: martyred}", load_counted_vocabulary, "martyred"),
        ("counted.yaml", "person: {}", load_counted_vocabulary, "person"),
        ("instruments.yaml", "designations: {patterns: [{kind: ray_gun, regex: x}]}", load_instruments, "ray_gun"),
    ],
)
def test_faults_name_file_and_entry(tmp_path, name, content, load, fault):
    extra = tmp_path / name
    extra.write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load([shipped(name), extra])
    assert name in str(caught.value)
    assert fault in str(caught.value)
    assert "\n" not in str(caught.value)
