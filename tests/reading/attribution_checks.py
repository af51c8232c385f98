"""What the attribution tests share: one grammar, and attributions as plain text."""

from functools import cache

from truceline.knowledge import Knowledge
from truceline.knowledge.frames import FrameLexicon
from truceline.reading.attribution import Attributor, to_attributions
from truceline.reading.keys import support_of
from truceline.reading.parse import parse
from truceline.reading.pipeline import load_pipeline
from truceline.reading.reports import Report
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, clause_view
from truceline.reading.words import ParsedText


@cache
def lexicon() -> FrameLexicon:
    knowledge = Knowledge.load(None)
    names = ("triggers", "cues", "support")
    return FrameLexicon.load({name: knowledge.data(f"frames/{name}.yaml") for name in names})


@cache
def attributor() -> Attributor:
    return Attributor(lexicon(), Sorter(lexicon(), Knowledge.load(None)))


def parsed(text: str) -> ParsedText:
    return parse(text, load_pipeline())


def view(text: str) -> ClauseView:
    return clause_view(parsed(text), support_of(lexicon()))


def reports(text: str) -> tuple[Report, ...]:
    return attributor().reports(view(text))[0]


def said(text: str) -> list[tuple[str, str, str]]:
    """(source, cue, content) of each attribution, the pieces of each joined by an ellipsis."""
    seen = view(text)
    found = to_attributions(seen.parsed, attributor().reports(seen)[0])

    def shown(spans: tuple[tuple[int, int], ...]) -> str:
        return " … ".join(text[start:end] for start, end in spans)

    return [(shown(a.source), shown(a.cue), shown(a.content)) for a in found]
