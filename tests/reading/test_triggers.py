"""Every example of the trigger lexicon is read as it is marked: the act, its ``[agent]`` and its ``{patient}``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from truceline import Reader
from truceline.knowledge import Knowledge
from truceline.knowledge.frames import FrameLexicon
from truceline.model import Actor, Reading, Span

_MARKS = re.compile(r"\[(?P<agent>[^\]]*)\]|\{(?P<patient>[^}]*)\}")


@dataclass(frozen=True)
class Example:
    """A sentence of the lexicon without its marks."""

    act: str
    key: str
    text: str
    agents: tuple[Span, ...]
    patients: tuple[Span, ...]


def _example(act: str, key: str, marked: str) -> Example:
    text, last = "", 0
    agents: list[Span] = []
    patients: list[Span] = []
    for match in _MARKS.finditer(marked):
        text += marked[last : match.start()]
        spans, phrase = (agents, match["agent"]) if match["agent"] is not None else (patients, match["patient"])
        spans.append((len(text), len(text) + len(phrase)))
        text += phrase
        last = match.end()
    return Example(act, key, text + marked[last:], tuple(agents), tuple(patients))


def examples() -> Iterator[Example]:
    """All examples, in the order of the file."""
    knowledge = Knowledge.load()
    lexicon = FrameLexicon.load(
        {name: knowledge.data(f"frames/{name}.yaml") for name in ("triggers", "cues", "support")}
    )
    for group in lexicon.triggers.groups:
        for words in (group.verbs, group.nouns, group.states):
            for key, marked in words.items():
                yield _example(group.act, key, marked)


@cache
def _read() -> dict[str, Reading]:
    """All examples in one batch."""
    texts = list(dict.fromkeys(example.text for example in examples()))
    return dict(zip(texts, Reader().read_many(texts), strict=True))


def _fits(actor: Actor | None, spans: tuple[Span, ...]) -> bool:
    if actor is None:
        return not spans
    return any(actor.span[0] < end and start < actor.span[1] for start, end in spans)


def fault(example: Example) -> str | None:
    """What is wrong with the reading of an example; None if nothing is."""
    claims = _read()[example.text].claims
    named = [claim for claim in claims if claim.act == example.act]
    if not named:
        return f"act not found; read: {[claim.by for claim in claims]}"
    claim = next((claim for claim in named if f"/{example.key}." in claim.by), named[0])
    if not _fits(claim.agent, example.agents):
        return f"agent read: {claim.agent and claim.agent.text}"
    if not _fits(claim.patient, example.patients):
        return f"patient read: {claim.patient and claim.patient.text}"
    return None


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: f"{example.act}: {example.key}")
def test_every_example_is_read_as_it_is_marked(example: Example) -> None:
    assert fault(example) is None, example.text
