"""Which capitalised names of a text are names of places: the gazetteer's word, weighed against the words around it."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from truceline.grounding.places.candidates import Mention
from truceline.grounding.places.names import LONGEST, Run, find_persons, find_runs, stretches
from truceline.grounding.places.signs import ACCEPTED, SEEN_BEFORE, Judge
from truceline.grounding.places.vocabulary import Vocabulary
from truceline.knowledge.gazetteer import Gazetteer, PlaceRow
from truceline.reading.words import ParsedText


def find_mentions(parsed: ParsedText, gazetteer: Gazetteer, vocabulary: Vocabulary) -> tuple[list[Mention], list[Run]]:
    """Names of places in text order, and the runs of capitalised words that hold none.

    A run is a stretch of capitalised words in one sentence; the longest stretch of it that the gazetteer knows is weighed first.
    """
    runs = list(find_runs(parsed, vocabulary))
    grams = [stretches(parsed, run, vocabulary) for run in runs]
    known = gazetteer.lookup_keys(key for gram in grams for key in gram.values())
    judge = Judge(parsed, vocabulary, find_persons(parsed, runs, vocabulary, grams, known))
    candidates: list[list[Mention]] = []
    for run, gram in zip(runs, grams, strict=True):
        candidates.append(list(_longest(parsed, run, gram, known)))
    flat = [mention for group in candidates for mention in group]
    for mention, following in zip(flat, [*flat[1:], None], strict=True):
        judge.weigh(mention, following)
    for mention, following in pairwise(flat):
        judge.weigh_list(mention, following)
    sure = {mention.key for mention in flat if mention.weight >= ACCEPTED}
    found, empty = [], []
    for run, group in zip(runs, candidates, strict=True):
        taken = [m for m in group if m.weight >= ACCEPTED or (m.key in sure and m.weight + SEEN_BEFORE >= ACCEPTED)]
        found.extend(taken)
        if not taken and not judge.is_person(run):
            empty.append(run)
    return found, empty


def _longest(
    parsed: ParsedText, run: Run, grams: dict[Run, str], known: Mapping[str, tuple[PlaceRow, ...]]
) -> Iterator[Mention]:
    """Stretches of a run that the gazetteer knows, longest first from the left."""
    i, last = run
    while i <= last:
        j = next(
            (j for j in range(min(last, i + LONGEST - 1), i - 1, -1) if (key := grams.get((i, j))) and known[key]),
            None,
        )
        if j is None:
            i += 1
            continue
        start, end = parsed.span(i, j)
        key = grams[i, j]
        yield Mention(i, j, start, end, key, known[key], run=run)
        i = j + 1
