"""How well single sentences are read, by field, with the held third apart.

``python -m benchmarks.sentences [attribution|acts] [--held] [--errors] [--write-floors]``
"""

import argparse
import sys
from collections.abc import Sequence

from tests.sentences_score import measure
from tests.sentences_tally import raise_floors


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sentences", description="How well sentences are read.")
    parser.add_argument("sets", nargs="*", metavar="attribution|acts", help="both unless named")
    parser.add_argument("--held", action="store_true", help="the held third alone")
    parser.add_argument("--errors", action="store_true", help="list what went wrong (of the held third only where)")
    parser.add_argument("--write-floors", action="store_true", help="raise the floors to these figures")
    options = parser.parse_args(arguments)
    if unknown := {*options.sets} - {"attribution", "acts"}:
        parser.error(f"no such set: {', '.join(sorted(unknown))} (there are attribution and acts)")
    from truceline import Reader  # here, since it loads the pipeline and --help must not

    halves = ("held",) if options.held else ("dev", "held")
    measured = measure(Reader(agreement=None).read, sets=options.sets, halves=halves)
    for name, scores in measured.items():
        for half, score in scores.items():
            print(f"\n{name}, {half}\n{score.table()}")
            if options.errors:
                print(score.listed(texts=half == "dev"))
    if options.write_floors:
        raise_floors(measured)
    return 0


if __name__ == "__main__":
    sys.exit(main())
