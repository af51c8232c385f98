"""Times against TimeML stories: found, and resolved to the right days; and how long it takes.

    python benchmarks/times.py [--errors] [--widen]

Needs the folder ``shared`` beside the checkout (73 news stories, part of the TempEval-3 training data; not shipped).
``--widen`` gives "late November" its whole month, as TimeML values do; Truceline itself keeps the third.
"""

import json
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path

from truceline.grounding.times import find_times, load_time_words
from truceline.model import Moment, Time
from truceline.reading.parse import parse
from truceline.reading.pipeline import load_pipeline

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
GOLD = SHARED / "corpora" / "aquaint_timeml" / "dev.jsonl"
SCORER = SHARED / "score" / "times.py"


def days(found: Time, *, widen: bool) -> tuple[str | None, str | None]:
    """The days an interval touches, from inclusive, to exclusive."""
    if found.start is None or found.end is None:
        return None, None
    start, end = _day(found.start), _day(found.end)
    if isinstance(found.end, datetime) and (found.end.hour or found.end.minute):
        end += timedelta(days=1)
    if widen and found.by.startswith("month") and start.month == (end - timedelta(days=1)).month:
        start = start.replace(day=1)
        end = (start + timedelta(days=31)).replace(day=1)
    return start.isoformat(), end.isoformat()


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def main(*, errors: bool, widen: bool) -> None:
    """Read every story, hand the result to the scorer, print its line and the cost."""
    if not GOLD.exists():
        print(f"{GOLD}: not here; nothing measured")
        return
    nlp, words = load_pipeline(), load_time_words()
    tokens, seconds, rows = 0, 0.0, []
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        story = json.loads(line)
        parsed = parse(story["text"], nlp)
        started = time.process_time()
        times = find_times(parsed, published=date.fromisoformat(story["published"]), words=words)
        seconds += time.process_time() - started
        tokens += len(parsed.words)
        spans = [
            dict(zip(("start", "end", "from", "to"), (*t.span, *days(t, widen=widen)), strict=True)) for t in times
        ]
        rows.append(json.dumps({"doc_id": story["doc_id"], "times": spans}))
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "times.jsonl"
        predicted.write_text("\n".join(rows), encoding="utf-8")
        subprocess.run([sys.executable, SCORER, GOLD, predicted, *(["--errors"] if errors else [])], check=True)
    print(f"{tokens} words, {1000 * seconds * 550 / tokens:.2f} ms for 550 words")


if __name__ == "__main__":
    main(errors="--errors" in sys.argv, widen="--widen" in sys.argv)
