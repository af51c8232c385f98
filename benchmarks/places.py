"""How well places are found and resolved, and how garbled names are matched: ``python -m benchmarks.places``.

Needs the measuring data beside the checkout (``../shared``); says so and stops where they are not there.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHARED = Path(__file__).parents[1] / ".." / "shared"
CORPUS = SHARED / "corpora" / "lgl" / "dev.jsonl"
SCORER = SHARED / "score" / "places.py"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--limit", type=int, default=0, help="read only the first N texts")
    options.add_argument("--skip-garbles", action="store_true")
    options.add_argument("--errors", type=int, default=0, help="show N wrong names of each sort")
    arguments = options.parse_args()
    if not CORPUS.exists():
        print(f"skipped: {CORPUS.name} of the Local-Global Lexicon is not beside the checkout (../shared/corpora/lgl)")
    else:
        measure_texts(arguments.limit, arguments.errors)
    if not arguments.skip_garbles:
        from benchmarks.garble import measure_garbles

        measure_garbles()
    return 0


def measure_texts(limit: int, errors: int) -> None:
    from truceline.grounding.places import PlaceFinder
    from truceline.knowledge.gazetteer import Gazetteer
    from truceline.reading.parse import parse_many
    from truceline.reading.pipeline import load_pipeline

    documents = [json.loads(line) for line in CORPUS.open(encoding="utf-8")][: limit or None]
    finder = PlaceFinder(Gazetteer.open(say=lambda line: print(line, file=sys.stderr)))
    found, given, spent, parsing, count = [], [], 0.0, 0.0, 0
    mark = time.perf_counter()
    for document, parsed in zip(documents, parse_many((d["text"] for d in documents), load_pipeline()), strict=True):
        start = time.perf_counter()
        parsing += start - mark
        places = finder.find(parsed).places
        spent += time.perf_counter() - start
        count += len(parsed.words)
        spans = [(t["start"], t["end"]) for t in document["toponyms"]]
        known = finder.resolve_spans(parsed, spans)
        found.append({"doc_id": document["doc_id"], "places": [_row(p.span, p) for p in places]})
        given.append({"doc_id": document["doc_id"], "places": [_row(s, p) for s, p in zip(spans, known, strict=True)]})
        mark = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold.jsonl"
        _write(gold, documents)
        for name, rows, flags in (("end to end", found, []), ("spans given", given, ["--given"])):
            predicted = Path(folder) / "predicted.jsonl"
            _write(predicted, rows)
            print(f"== {name}", flush=True)
            subprocess.run([sys.executable, str(SCORER), str(gold), str(predicted), *flags], check=True)
    print(f"finding places: {spent / count * 550 * 1000:.2f} ms per 550 words, {spent / parsing:.1%} of the parse")
    if errors:
        _show(documents, found, given, errors)


def _row(span: tuple[int, int], place: object) -> dict[str, object]:
    return {"start": span[0], "end": span[1], "lat": getattr(place, "lat", None), "lon": getattr(place, "lon", None)}


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _show(documents: list[dict], found: list[dict], given: list[dict], limit: int) -> None:  # type: ignore[type-arg]
    """Names missed, names that are none, and names far from where they are."""
    import random
    from collections import Counter

    missed, false, far = Counter(), Counter(), Counter()
    for document, out, known in zip(documents, found, given, strict=True):
        text, gold = document["text"], document["toponyms"]
        for t, p in zip(gold, known["places"], strict=True):
            if not any(t["start"] < q["end"] and q["start"] < t["end"] for q in out["places"]):
                missed[t["text"]] += 1
            if t["lat"] is not None and (p["lat"] is None or _km(t, p) > 161):
                far[f"{t['text']} [{t['fclass']} {t['lat']:.1f},{t['lon']:.1f}] -> {p['lat']},{p['lon']}"] += 1
        for q in out["places"]:
            if not any(t["start"] < q["end"] and q["start"] < t["end"] for t in gold):
                false[
                    text[max(0, q["start"] - 25) : q["start"]].replace("\n", " ")
                    + "["
                    + text[q["start"] : q["end"]]
                    + "]"
                    + text[q["end"] : q["end"] + 25].replace("\n", " ")
                ] += 1
    for name, counter in (("missed", missed), ("false", false), ("far", far)):
        print(f"== {name}: {sum(counter.values())}")
        rows = counter.most_common(limit)
        if name == "false":
            rows = random.Random(0).sample(sorted(counter.items()), min(limit, len(counter)))
        for text, number in rows:
            print(number, text)


def _km(a: dict, b: dict) -> float:  # type: ignore[type-arg]
    from math import asin, cos, radians, sin, sqrt

    p, q = radians(a["lat"]), radians(b["lat"])
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(b["lon"] - a["lon"]) / 2) ** 2
    return 12742 * asin(sqrt(h))


if __name__ == "__main__":
    raise SystemExit(main())
