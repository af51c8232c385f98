"""What happened, who to whom, where: ``python -m benchmarks.acts [lexicon|plover|places|cost …] [--errors]``.

``plover`` and ``places`` need corpora that are not shipped; they are looked for beside the checkout, and passed over where absent.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from truceline import Reader
from truceline.model import Claim, Reading

SHARED = Path(__file__).parents[1] / ".." / "shared"
"""Corpora and scorers beside the checkout."""

_ACT_SHARE = 0.15  # most that the acts may cost, of the parser's own time


@cache
def _reader() -> Reader:
    return Reader()


# ---- the lexicon ----------------------------------------------------------------------------------------------------------


def lexicon(errors: bool) -> None:
    """How many examples of the trigger lexicon are read as they are marked."""
    from tests.reading.test_triggers import examples, fault

    tried = list(examples())
    wrong = [(example, found) for example in tried if (found := fault(example)) is not None]
    print(f"lexicon: {len(tried) - len(wrong)} of {len(tried)} examples read as marked")
    for example, found in wrong if errors else ():
        print(f"  {example.act}: {example.key}: {found} | {example.text}")


# ---- PLOVER ---------------------------------------------------------------------------------------------------------------


def plover(errors: bool) -> None:
    """Category and dyad against the PLOVER gold sentences, by the shared scorer."""
    gold, scorer = SHARED / "corpora" / "plover" / "dev.jsonl", SHARED / "score" / "plover.py"
    if not gold.exists() or not scorer.exists():
        print(f"plover: passed over, no {gold.name} beside the checkout")
        return
    rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    events = [reading.to_plover() for reading in _reader().read_many([row["text"] for row in rows])]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        lines = (json.dumps({"id": row["id"], "events": found}) for row, found in zip(rows, events, strict=True))
        path.write_text("\n".join(lines), "utf-8")
        scored = subprocess.run(
            [sys.executable, str(scorer), str(gold), str(path)], capture_output=True, text=True, check=True
        )
    print(f"plover: {scored.stdout.strip()}")
    for row, found in zip(rows, events, strict=True) if errors else ():
        if not any(_same_event(row, event) for event in found):
            print(f"  {row['id']}: {[(e['event'], e['source'], e['target']) for e in found]}")


_CATEGORY_NOW = {
    "FIGHT": "ASSAULT",
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
}  # as the scorer does


def _same_event(row: dict[str, Any], event: dict[str, Any]) -> bool:
    def same(side: str) -> bool:
        gold = {actor.get("code") for actor in row[side] or () if isinstance(actor, dict)} - {None, ""}
        return not gold or bool(gold & set(event[side]))

    return event["event"] == _CATEGORY_NOW.get(row["event"], row["event"]) and same("source") and same("target")


# ---- where it happened ----------------------------------------------------------------------------------------------------


def places(errors: bool) -> None:
    """The place attached to an act against the place marked for its verb (Halterman 2019, the relabelled rows)."""
    archive = SHARED / "corpora" / "event_location" / "labeled_text.jsonl.zip"
    if not archive.exists():
        print("places: passed over, no event_location beside the checkout")
        return
    with zipfile.ZipFile(archive) as files:
        rows = [
            row
            for row in json.loads(files.read("labeled_text.jsonl"))
            if row.get("source") == "RELABEL" and row.get("spans")
        ]
    texts = list(dict.fromkeys(row["text"] for row in rows))
    readings = dict(zip(texts, _reader().read_many(texts), strict=True))
    judged = [_judge(row, readings[row["text"]]) for row in rows]
    acts = [right for right, claim in judged if claim is not None]
    named = [right for (right, claim), row in zip(judged, rows, strict=True) if claim is not None and _gold_places(row)]
    print(
        f"places: {len(rows)} rows, {len(acts)} of their verbs name an act; place right {_share(acts)}, "
        f"where the gold has a place {_share(named)}"
    )
    for row, (right, claim) in zip(rows, judged, strict=True) if errors else ():
        if claim is not None and not right:
            read = claim.place and claim.place.text
            print(
                f"  wanted {_gold_places(row) or None}, read {read!r}, {claim.act} at {claim.act_span} | {row['text']}"
            )


def _judge(row: dict[str, Any], reading: Reading) -> tuple[bool, Claim | None]:
    verb = next(((span["start"], span["end"]) for span in row["spans"] if span["label"] == "VERB"), None)
    gold = _gold_places(row)
    claim = next((c for c in reading.claims if verb and c.act_span and _touch(c.act_span, verb)), None)
    read = claim.place.text.casefold() if claim is not None and claim.place is not None else None
    if not gold or read is None:
        return not gold and read is None, claim
    return any(read in place.casefold() or place.casefold() in read for place in gold), claim


def _gold_places(row: dict[str, Any]) -> list[str]:
    """The marked places as strings; some rows count a place's span in tokens and give its text beside."""
    spans = [span for span in row["spans"] if span["label"] == "LOCATION"]
    return [span.get("text") or row["text"][span["start"] : span["end"]] for span in spans]


def _touch(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _share(rights: Sequence[bool]) -> str:
    return f"{sum(rights) / len(rights):.1%} of {len(rights)}" if rights else "– (none)"


# ---- cost -----------------------------------------------------------------------------------------------------------------


def cost(errors: bool) -> None:  # noqa: ARG001 (all parts are called alike)
    """What finding acts adds to the parser's pass over the same texts: frames, modality, background."""
    from tests.cases_format import load_cases

    from truceline.knowledge import Knowledge
    from truceline.knowledge.frames import FrameLexicon
    from truceline.reading.frames import FrameMatcher, support_of
    from truceline.reading.modality import ModalityReader
    from truceline.reading.parse import parse_many
    from truceline.reading.pipeline import load_pipeline
    from truceline.reading.sorts import Sorter
    from truceline.reading.view import clause_view

    texts = [case.text for case in load_cases()]
    nlp = load_pipeline()
    bare = _seconds(lambda: list(nlp.pipe(texts, batch_size=64)))
    knowledge = Knowledge.load()
    found = FrameLexicon.load({name: knowledge.data(f"frames/{name}.yaml") for name in ("triggers", "cues", "support")})
    support, matcher, modality = support_of(found), FrameMatcher(found, Sorter(found, knowledge)), ModalityReader(found)
    parsed = list(parse_many(texts, nlp))
    views = [clause_view(one, support) for one in parsed]

    def acts() -> None:
        for view in views:
            for act in matcher.acts(view):
                modality.stance(view, act.predicate, frozenset())

    view_time, act_time = _seconds(lambda: [clause_view(one, support) for one in parsed]), _seconds(acts)
    print(
        f"cost: {len(texts)} texts; parser {bare:.2f} s; acts and modality {act_time:.3f} s = {act_time / bare:.1%} of it "
        f"(at most {_ACT_SHARE:.0%}); the clause view, shared with attribution, {view_time / bare:.1%}"
    )


def _seconds(work: Callable[[], object], times: int = 3) -> float:
    """The least of a few runs."""
    least = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        least = min(least, time.perf_counter() - start)
    return least


_PARTS: dict[str, Callable[[bool], None]] = {"lexicon": lexicon, "plover": plover, "places": places, "cost": cost}


def main(arguments: Iterable[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.acts", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="|".join(_PARTS), help="all unless named")
    parser.add_argument("--errors", action="store_true", help="list what went wrong")
    options = parser.parse_args(None if arguments is None else list(arguments))
    if unknown := {*options.parts} - {*_PARTS}:
        parser.error(f"no such part: {', '.join(sorted(unknown))} (there are {', '.join(_PARTS)})")
    for name, part in _PARTS.items():
        if not options.parts or name in options.parts:
            part(options.errors)


if __name__ == "__main__":
    main()
