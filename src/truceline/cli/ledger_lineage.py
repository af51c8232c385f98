"""What the ledger's commands show of lineages and of summaries, for eyes."""

from datetime import date
from typing import Any

from rich.table import Table
from rich.text import Text

from truceline.cli import wording
from truceline.cli.console import make_console, visible
from truceline.model import parse_moment

_SHORT = len("sha256:") + 12
_NO_VALUE = "·"


def show_lineage(lineage: dict[str, Any] | None, document: str) -> None:
    """The documents of one origin, how each goes back to another, and what copies made of a document's sentences."""
    if lineage is None or len(lineage["documents"]) < 2:
        return
    console = make_console()
    fellows = lineage["documents"]
    console.print(Text(f"\n{len(fellows)} documents of one origin", style="heading"))
    if lineage["origin"]:
        console.print(Text(f"{visible(lineage['origin'])} · {lineage['id']}", "aside"))
    names = {one["document"]: _name(one) for one in fellows}
    table = Table.grid(padding=(0, 2))
    for one in fellows:
        mark = "→" if one["document"] == document else ""
        told = f"{one['kind']}, {one['score']:.2f}: {one['why']}" if one["of"] else "the first"
        table.add_row(mark, one["document"][:_SHORT], names[one["document"]], visible(told))
    console.print(table)
    for one in fellows:
        if one["changes"] and document in (one["document"], one["of"]):
            _changes(one, names)


def _changes(copy: dict[str, Any], names: dict[str, str]) -> None:
    """What a copy made of the other's sentences, sentence by sentence."""
    console = make_console()
    console.print(Text(f"\n{names[copy['document']]} changed against {names[copy['of']]}", style="heading"))
    sentences: dict[tuple[str, str], list[str]] = {}
    for change in copy["changes"]:
        said = f"{change['kind'].replace('_', ' ')}: {change['why']}"
        sentences.setdefault((change["before"], change["after"]), []).append(said)
    for (before, after), changes in sentences.items():
        for said in changes:
            console.print(Text(visible(said)))
        console.print(Text(visible(f"  was  {_line(before)}"), "aside"))
        console.print(Text(visible(f"  is   {_line(after)}"), "aside"))


def summary_table(rows: list[dict[str, Any]], number: int) -> None:
    """Claims that count several incidents, each beside the number that is known of its days and area."""
    console = make_console()
    if not rows:
        console.print("no summaries")
        return
    table = Table(box=None, pad_edge=False, header_style="aside")
    for name in ("when", "claim", "who says", "counted", "known", "in these words"):
        right = name in {"counted", "known"}
        table.add_column(name, justify="right" if right else "left", no_wrap=name != "in these words", overflow="fold")
    for row in rows:
        who = row["speaker"] or row["publisher"]
        counted = str(row["least"]) if row["least"] == row["most"] else f"{row['least'] or 0}–{row['most'] or ''}"
        known = str(len(row["contains"]))
        when = (row["starts"] or _NO_VALUE)[:10]
        table.add_row(when, row["claim"], visible(who or _NO_VALUE), counted, known, visible(_line(row["text"])))
    console.print(table)
    console.print(Text(f"\nknown: incidents of these days and this area   as known at entry {number}", "aside"))


def _name(one: dict[str, Any]) -> str:
    published = parse_moment(one["published"]) if one["published"] else None
    day = wording.day(published) if isinstance(published, date) else ""
    facts = [one["publisher"] or one["title"] or "no publisher", day]
    return visible(" · ".join(fact for fact in facts if fact))


def _line(words: str) -> str:
    return " ".join(words.split())
