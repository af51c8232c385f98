"""The parts of the grammar, made once for the tests of reading."""

from functools import cache

from truceline.knowledge import Knowledge
from truceline.knowledge.frames import FrameLexicon
from truceline.reading.frames import ActFound, FrameMatcher, support_of
from truceline.reading.modality import ModalityReader, Stance
from truceline.reading.parse import parse
from truceline.reading.pipeline import load_pipeline
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Predicate, clause_view


@cache
def lexicon() -> FrameLexicon:
    """The shipped lexicon."""
    knowledge = Knowledge.load()
    return FrameLexicon.load({name: knowledge.data(f"frames/{name}.yaml") for name in ("triggers", "cues", "support")})


@cache
def _matcher() -> FrameMatcher:
    return FrameMatcher(lexicon(), Sorter(lexicon(), Knowledge.load()))


def view_of(text: str) -> ClauseView:
    """The clause view of a text."""
    return clause_view(parse(text, load_pipeline()), support_of(lexicon()))


def predicate(view: ClauseView, lemma: str) -> Predicate:
    """The first predicate of this lemma."""
    return next(p for p in view.predicates.values() if p.lemma == lemma)


def words_of(view: ClauseView, of: Predicate, role: str) -> list[str]:
    """Heads of the fillers of a role, as text."""
    return [view.parsed.words[filler.head].text for filler in of.roles.get(role, ())]


def acts_of(text: str) -> list[tuple[str, str | None, str | None]]:
    """(act, head of the agent, head of the patient), in text order."""
    view = view_of(text)
    words = view.parsed.words

    def head(act: ActFound, role: str) -> str | None:
        filler = getattr(act, role)
        return words[filler.head].text if filler is not None else None

    return [(act.act, head(act, "agent"), head(act, "patient")) for act in _matcher().acts(view)]


def stance_of(text: str, act: str) -> Stance:
    """The stance towards the first mention of an act."""
    view = view_of(text)
    found = next(one for one in _matcher().acts(view) if one.act == act)
    return ModalityReader(lexicon()).stance(view, found.predicate, frozenset())
