"""Precision and recall over the whole-text cases: ``python -m benchmarks.cases [--dev|--held] [--errors] [NAME…]``.

``--write-floors`` raises tests/cases/floors.yaml to what is reached now; it never lowers a figure.
"""

import argparse
from collections.abc import Iterable
from functools import cache

import yaml
from tests.cases_format import FLOORS, JUDGED, Case, load_cases
from tests.cases_score import Score, Tally, score

from truceline import Reader

_HEAD = "# Least figures per case, written by `python -m benchmarks.cases --write-floors`; a floor may only rise.\n"


@cache
def _reader(agreement: str | None) -> Reader:
    return Reader(agreement=agreement)


def _scored(case: Case) -> Score:
    return score(case, _reader(case.agreement).read(case.text, published=case.published, publisher=case.publisher))


def _row(name: str, tallies: dict[str, Tally], values: Tally, forbidden: int) -> str:
    cells = [
        f"{_share(tally.right, tally.predicted):>4}/{_share(tally.right, tally.expected):<4}"
        for tally in tallies.values()
    ]
    return f"{name:28}" + " ".join(cells) + f" {values.recall * 100:6.1f} {forbidden:5d}"


def _share(right: int, of: int) -> str:
    return f"{right / of * 100:.0f}" if of else "–"


def _print_table(results: dict[str, Score], title: str) -> None:
    total = {name: Tally() for name in ("claims", *JUDGED)}
    print(f"\n{title}: {len(results)} texts, precision/recall in per cent")
    print(f"{'':28}" + " ".join(f"{name:^9}" for name in total) + " values forbidden")
    values = Tally()
    for name, result in results.items():
        values.add(result.values)
        tallies = {"claims": result.claims, **result.fields}
        for field, tally in tallies.items():
            total[field].add(tally)
        print(_row(name, tallies, result.values, len(result.forbidden)))
    forbidden = sum(len(result.forbidden) for result in results.values())
    print(_row("all", total, values, forbidden))


def _print_errors(case: Case, result: Score) -> None:
    print(f"\n== {case.name}")
    for missed in result.missed:
        print(f"  missed   {missed.words[0]!r}: {missed.modality} {missed.act}, speakers {list(missed.speakers)}")
    for expected, claim, faults in result.pairs:
        for name in faults:
            given = getattr(claim, name)
            print(f"  {name:8} {expected.words[0]!r}: wanted {getattr(expected, name)!r}, read {_short(given)}")
    for claim in result.extra:
        print(f"  extra    {claim.text[:70]!r}: {claim.modality} {claim.act}")
    for item, claim in result.forbidden:
        print(f"  FORBIDDEN {item.model_dump(exclude_none=True, exclude_defaults=True)}: {claim.text[:70]!r}")


def _short(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_short, value)) + "]"
    if (what := getattr(value, "what", None)) is not None:
        return f"{what} {value.min}–{value.max}"  # type: ignore[attr-defined]
    if (start := getattr(value, "start", None)) is not None:
        return f"{value.text!r} {start}–{value.end}"  # type: ignore[attr-defined]
    return repr(getattr(value, "text", value))


def _write_floors(results: dict[str, Score]) -> None:
    floors = (yaml.safe_load(FLOORS.read_text("utf-8")) or {}) if FLOORS.exists() else {}
    for name, result in results.items():
        old, new = floors.get(name, {}), result.floor()
        floors[name] = {key: max(old.get(key, 0), new[key]) for key in ("recall", "precision", "values")}
        floors[name]["forbidden"] = min(old.get("forbidden", new["forbidden"]), new["forbidden"])
    kept = {name: floors[name] for name in sorted(floors)}
    FLOORS.write_text(_HEAD + yaml.safe_dump(kept, sort_keys=False, default_flow_style=None), "utf-8")


def _chosen(names: list[str], only: str | None) -> Iterable[Case]:
    for case in load_cases():
        if (not names or case.name in names) and (only is None or case.held is (only == "held")):
            yield case


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cases", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these cases")
    parser.add_argument(
        "--dev", dest="only", action="store_const", const="dev", help="only the cases open to developers"
    )
    parser.add_argument("--held", dest="only", action="store_const", const="held", help="only those held back (totals)")
    parser.add_argument("--errors", action="store_true", help="each fault of the cases open to developers")
    parser.add_argument("--write-floors", action="store_true", help="raise the floors to what is reached now")
    options = parser.parse_args()
    cases = list(_chosen(options.names, options.only))
    results = {case.name: _scored(case) for case in cases}
    for title, held in (("open", False), ("held back", True)):
        part = {case.name: results[case.name] for case in cases if case.held is held}
        if part:
            _print_table(part, title)
    if options.errors:
        for case in cases:
            if not case.held:
                _print_errors(case, results[case.name])
    if options.write_floors:
        _write_floors(results)


if __name__ == "__main__":
    main()
