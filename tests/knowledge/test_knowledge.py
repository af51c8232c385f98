"""All knowledge together: lazily loaded, laid over with a user's own, quick."""

import doctest
import pickle
import re
import time
from pathlib import Path

import pytest

from truceline.errors import KnowledgeError
from truceline.knowledge import Agreement, Knowledge


def test_parts_are_loaded_once_and_when_asked() -> None:
    knowledge = Knowledge.load()
    assert "acts" not in vars(knowledge)
    assert knowledge.acts is knowledge.acts
    assert pickle.loads(pickle.dumps(knowledge)) == knowledge


def test_shipped_first_then_own(tmp_path: Path) -> None:
    assert len(Knowledge.load().data("acts.yaml")) == 1
    (tmp_path / "acts.yaml").write_text("sources: {own: ours}\nsource: own\nacts: []\n")
    sources = Knowledge.load(tmp_path).data("acts.yaml")
    assert sources[1] == tmp_path / "acts.yaml"
    assert Knowledge.load(tmp_path).data("no-such.yaml") == []


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no such folder"):
        Knowledge.load(tmp_path / "nothing")


def test_a_file_that_nobody_reads(tmp_path: Path) -> None:
    (tmp_path / "actor.yaml").write_text("{}")
    with pytest.raises(KnowledgeError, match=r"actor\.yaml: no data file has this name; there are .*actors\.yaml"):
        Knowledge.load(tmp_path)


def test_an_agreement_of_ones_own_by_name(tmp_path: Path) -> None:
    shipped = Knowledge.load()
    text = shipped.agreements()["sri-lanka-2002"].read_text(encoding="utf-8")
    (tmp_path / "agreements").mkdir()
    (tmp_path / "agreements" / "valley.yaml").write_text(text.replace("lk-2002", "valley"), encoding="utf-8")
    knowledge = Knowledge.load(tmp_path)
    assert Agreement.names(knowledge) == sorted([*Agreement.names(), "valley"])
    assert knowledge.agreement("valley").id == "valley"


def test_loading_is_quick() -> None:
    started = time.process_time()
    knowledge = Knowledge.load()
    _ = knowledge.acts, knowledge.countries, knowledge.actor_nouns, knowledge.actors
    for name in Agreement.names(knowledge):
        knowledge.agreement(name)
    assert time.process_time() - started < 0.5  # 0.09 s measured on an idle core


def test_the_manual_page_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Path(__file__).parents[2] / "docs" / "knowledge.md"
    text = page.read_text(encoding="utf-8")
    for name, block in re.findall(r'^```yaml title="([^"]+)"\n(.*?)^```$', text, re.MULTILINE | re.DOTALL):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(page), module_relative=False, optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
    assert tried
    assert not failed
