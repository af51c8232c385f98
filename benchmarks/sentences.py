"""How well single sentences are read, by field, with the held third apart.

``python -m benchmarks.sentences [attribution|acts] [--held] [--errors] [--write-floors]``
"""

import argparse
import sys
from collections.abc import Sequence

import yaml
from benchmarks.sentence_scores import Read, Score, score_acts, score_attribution
from benchmarks.sentence_sets import FOLDER, act_entries, attribution_entries, part

FLOORS = FOLDER / "floors.yaml"
_HEAD = "# F1 in percent under which no field may fall. Written by `python -m benchmarks.sentences --write-floors`.\n"

Measured = dict[str, dict[str, Score]]


def measure(read: Read, *, sets: Sequence[str] = (), halves: Sequence[str] = ("dev", "held")) -> Measured:
    """Scores by set (``attribution``, ``acts``) and half (``dev``, ``held``)."""
    measured: Measured = {}
    if not sets or "attribution" in sets:
        sentences = attribution_entries()
        measured["attribution"] = {
            half: score_attribution(part(sentences, held=half == "held"), read) for half in halves
        }
    if not sets or "acts" in sets:
        acts = act_entries()
        measured["acts"] = {half: score_acts(part(acts, held=half == "held"), read) for half in halves}
    return measured


def floors() -> dict[str, dict[str, dict[str, float]]]:
    """The least F1 allowed, by set, half and field; empty before the first are written."""
    return (yaml.safe_load(FLOORS.read_text(encoding="utf-8")) or {}) if FLOORS.exists() else {}


def raise_floors(measured: Measured) -> None:
    """Write what was measured, in whole percents, wherever it is above the floor."""
    raised = floors()
    for name, halves in measured.items():
        for half, score in halves.items():
            levels = raised.setdefault(name, {}).setdefault(half, {})
            for key, tally in score.fields.items():
                levels[key] = max(float(int(tally.scores()[2])), levels.get(key, 0.0))
    FLOORS.write_text(_HEAD + yaml.safe_dump(raised), encoding="utf-8")


def table(name: str, half: str, score: Score) -> str:
    """One set's figures for the eyes."""
    lines = [f"{name}, {half}".ljust(24) + "      P      R     F1   right/found/expected"]
    for key, tally in score.fields.items():
        figures = "".join(f"{value:7.1f}" for value in tally.scores())
        lines.append(f"  {key:22}{figures}   {tally.right}/{tally.found}/{tally.expected}")
    return "\n".join(lines)


def errors(half: str, score: Score) -> str:
    """What went wrong; of the held third only where, so that it stays unseen."""
    found = sorted(score.errors, key=lambda error: (error.entry, error.field))
    if half == "held":
        return "\n".join(f"  {error.entry}: {error.field}" for error in found)
    return "\n".join(
        f"  {error.entry}: {error.field}: expected {error.expected}, found {error.found}" for error in found
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.sentences", description="How well single sentences are read."
    )
    parser.add_argument("sets", nargs="*", choices=["attribution", "acts"], help="both unless named")
    parser.add_argument("--held", action="store_true", help="the held third alone")
    parser.add_argument("--errors", action="store_true", help="list what went wrong (of the held third only where)")
    parser.add_argument(
        "--write-floors", action="store_true", help="raise tests/sentences/floors.yaml to these figures"
    )
    options = parser.parse_args(arguments)
    from truceline import Reader  # here, since it loads the pipeline and --help must not

    halves = ("held",) if options.held else ("dev", "held")
    measured = measure(Reader(agreement=None).read, sets=options.sets, halves=halves)
    for name, scores in measured.items():
        for half, score in scores.items():
            print(table(name, half, score))
            if options.errors:
                print(errors(half, score))
    if options.write_floors:
        raise_floors(measured)
    return 0


if __name__ == "__main__":
    sys.exit(main())
