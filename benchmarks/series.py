"""Bulletins: values read right, wrong, missed and too many, against what people say the bulletins tell.

    python -m benchmarks.series [--errors]

The gold file is tests/tracking/bulletins_gold.yaml. ``given`` are the examples and two development cases, ``reworded`` and
``fresh`` are bulletins that tell the same things in other words, ``unseen`` two for which no wording was added. A value is right
when field, day, figure (or choice) and place are all right, ``wrong`` when only the figure or the place differs from the gold.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from truceline.intake.sources import read_file
from truceline.knowledge.bulletins import find_template
from truceline.model import Document, Moment, parse_moment
from truceline.tracking.series import Bulletin, BulletinReader

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "tracking" / "bulletins_gold.yaml"

Told = tuple[str, date, object, str | None]


def document_of(entry: dict[str, Any]) -> Document:
    """The bulletin of a gold entry: a file of its own, a case of the tests, or a text in the gold itself."""
    if "file" not in entry:
        return _document(entry["name"], entry)
    path = ROOT / entry["file"]
    if path.suffix == ".yaml":
        return _document(entry["file"], yaml.safe_load(path.read_text(encoding="utf-8")))
    return read_file(path)


def _document(name: str, entry: dict[str, Any]) -> Document:
    written = entry["published"]
    moment = parse_moment(written) if isinstance(written, str) else written
    assert isinstance(moment, date)
    published: Moment = moment
    return Document(name, entry["text"], publisher=entry["publisher"], published=published)


def told(bulletin: Bulletin) -> Counter[Told]:
    """The values of a bulletin as the gold writes them."""
    return Counter(
        (
            value.field,
            value.period.day,
            value.figure if value.figure is not None else (value.choice or True),
            value.place.text if value.place else None,
        )
        for value in bulletin.values
        if not value.negated
    )


def wanted(entry: dict[str, Any]) -> Counter[Told]:
    """The gold values of an entry."""
    return Counter((row[0], row[1], row[2], row[3] if len(row) > 3 else None) for row in entry["values"])


def rows_of(bulletin: Bulletin) -> Counter[tuple[object, ...]]:
    """The rows of a bulletin's table as the gold writes them."""
    return Counter(
        (
            row.observation,
            row.count,
            row.means,
            row.observer.text if row.observer else None,
            row.sector.km if row.sector else None,
            row.sector.bearings if row.sector else None,
        )
        for row in bulletin.rows
    )


def wanted_rows(entry: dict[str, Any]) -> Counter[tuple[object, ...]]:
    """The gold rows of an entry."""
    return Counter((*row[:4], tuple(row[4]), tuple(row[5])) for row in entry.get("rows", ()))


def score(found: Counter[Any], gold: Counter[Any]) -> dict[str, list[Any]]:
    """Right, wrong, missed and extra; a wrong one is neither missed nor extra."""
    right = list((found & gold).elements())
    missed, extra = list((gold - found).elements()), list((found - gold).elements())
    wrong = []
    for one in list(missed):
        near = next((other for other in extra if other[:2] == one[:2]), None)
        if near is not None:
            wrong.append((one, near))
            missed.remove(one)
            extra.remove(near)
    return {"right": right, "wrong": wrong, "missed": missed, "extra": extra}


def measure(entries: Iterable[dict[str, Any]], *, errors: bool) -> tuple[Counter[str], Counter[str], float]:
    """Counts of values and of rows over the entries, and the seconds it took."""
    values: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    seconds = 0.0
    for entry in entries:
        document = document_of(entry)
        reader = BulletinReader(find_template(entry["template"]))
        started = time.process_time()
        bulletin = reader.read(document, entry.get("file") or entry["name"])
        seconds += time.process_time() - started
        for total, scored in (
            (values, score(told(bulletin), wanted(entry))),
            (rows, score(rows_of(bulletin), wanted_rows(entry))),
        ):
            total.update({kind: len(found) for kind, found in scored.items()})
            if errors:
                for kind in ("wrong", "missed", "extra"):
                    for one in scored[kind]:
                        print(f"  {entry.get('file') or entry['name']}: {kind}: {one}")
    return values, rows, seconds


def main() -> None:
    """Print one line a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print what is not right")
    errors = parser.parse_args().errors
    gold = yaml.safe_load(GOLD.read_text(encoding="utf-8"))
    measure(gold["bulletins"][:1], errors=False)  # loads the pipeline
    for name, key in (("given", "bulletins"), ("reworded", "reworded"), ("fresh", "fresh"), ("unseen", "unseen")):
        values, rows, seconds = measure(gold[key], errors=errors)
        for what, counts in (("values", values), ("rows", rows)):
            line = "  ".join(f"{kind} {counts[kind]}" for kind in ("right", "wrong", "missed", "extra"))
            print(f"{name:9} {what:7} {line}")
        print(f"{name:9} {seconds / len(gold[key]) * 1000:.0f} ms a bulletin")


if __name__ == "__main__":
    main()
