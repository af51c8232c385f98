"""Which capitalised names of a text are names of places: the gazetteer's word, weighed against the words around it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest
from types import MappingProxyType

from truceline.grounding.places.candidates import Mention
from truceline.grounding.places.names import LONGEST, Run, find_persons, find_runs, stretches
from truceline.grounding.places.signs import ACCEPTED, SEEN_BEFORE, Judge
from truceline.grounding.places.vocabulary import Vocabulary
from truceline.knowledge.gazetteer import Gazetteer, PlaceRow, Region
from truceline.reading.words import ParsedText

_NAME_TAGS = frozenset({"PROPN", "NOUN", "X"})
# Of the small words inside names, those that join two names more often than they stand inside one.
_JOINTS = frozenset({"of", "and", "the"})


def find_mentions(
    parsed: ParsedText,
    gazetteer: Gazetteer,
    vocabulary: Vocabulary,
    region: Region | None = None,
    slots: Mapping[int, float] = MappingProxyType({}),
) -> tuple[list[Mention], list[Run]]:
    """Names of places in text order, and the runs of capitalised words that hold none.

    A run is a stretch of capitalised words in one sentence; of it, the longest part that is known is weighed.
    ``slots`` gives words that stand where the grammar of an act wants a place ("retook X"), with the weight of that sign.
    """
    runs = list(find_runs(parsed, vocabulary))
    grams = [stretches(parsed, run, vocabulary) for run in runs]
    known = gazetteer.lookup_keys(key for gram in grams for key in gram.values())
    judge = Judge(parsed, vocabulary, find_persons(parsed, runs, vocabulary, grams, known, region), region)
    candidates: list[list[Mention]] = []
    for run, gram in zip(runs, grams, strict=True):
        last = max((mention.last for group in candidates[-1:] for mention in group), default=-1)
        candidates.append(list(_longest(parsed, run, gram, known, last + 1, vocabulary)))
    _add_other_spellings(parsed, gazetteer, runs, grams, candidates)
    flat = [mention for group in candidates for mention in group]
    for mention, following in zip_longest(flat, flat[1:]):
        judge.weigh(mention, following)
    for mention in flat:
        mention.weight += max((slots.get(i, 0.0) for i in range(mention.first, mention.last + 1)), default=0.0)
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


def _add_other_spellings(
    parsed: ParsedText,
    gazetteer: Gazetteer,
    runs: Sequence[Run],
    grams: Sequence[dict[Run, str]],
    candidates: Sequence[list[Mention]],
) -> None:
    """Runs of which nothing is known as it stands may be known in another romanisation."""
    whole = {
        run: (gram[run], group)
        for run, gram, group in zip(runs, grams, candidates, strict=True)
        if not group and run in gram and parsed.words[run[1]].pos in _NAME_TAGS
    }
    known = gazetteer.lookup_loosely(key for key, _ in whole.values())
    for run, (key, group) in whole.items():
        if rows := known.get(key):
            group.append(Mention(*run, *parsed.span(*run), key, rows, run=run))


def _inside_name(parsed: ParsedText, run: Run, i: int, vocabulary: Vocabulary) -> bool:
    """Whether a word follows an article within its run ("Maarat al-Numan"): by itself it is not that name."""
    before = [word for word in parsed.words[max(run[0], i - 2) : i] if word.text not in "-–‑"]
    return bool(before) and before[-1].text.islower() and before[-1].lower in vocabulary.words.connectors - _JOINTS


def _longest(
    parsed: ParsedText,
    run: Run,
    grams: dict[Run, str],
    known: Mapping[str, tuple[PlaceRow, ...]],
    start: int,
    vocabulary: Vocabulary,
) -> Iterator[Mention]:
    """Stretches of a run that the gazetteer knows, longest first from the left."""
    first, last = run
    i = max(first, start)
    while i <= last:
        if _inside_name(parsed, run, i, vocabulary):
            i += 1
            continue
        ends = (last + 2, *range(min(last, i + LONGEST - 1), i - 1, -1))
        j = next((j for j in ends if (key := grams.get((i, j))) and known[key]), None)
        if j is None:
            i += 1
            continue
        key = grams[i, j]
        yield Mention(i, j, *parsed.span(i, j), key, known[key], run=(first, max(j, last)))
        i = j + 1
