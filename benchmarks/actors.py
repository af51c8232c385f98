"""How well noun phrases are told apart as actors, by field, with the held third apart.

``python -m benchmarks.actors [--errors]``: precision and recall over the project's own table (``tests/actors_table.yaml``).
``--errors`` lists what went wrong outside the held third.
"""

import argparse
import sys
from collections.abc import Sequence

from tests.actors_score import FIELDS, measure


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.actors", description="How well actors are told.")
    parser.add_argument("--errors", action="store_true", help="list what went wrong outside the held third")
    options = parser.parse_args(arguments)
    for half, fields in measure(errors=options.errors).items():
        whole = fields["row"]
        print(f"{half}: {whole['expected']} phrases, all five fields right {whole['hit'] / whole['expected']:.1%}")
        for field in FIELDS:
            tally = fields[field]
            precision = tally["hit"] / max(1, tally["found"])
            recall = tally["hit"] / max(1, tally["expected"])
            print(f"  {field:8} P {precision:6.1%}  R {recall:6.1%}  ({tally['expected']} expected)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
