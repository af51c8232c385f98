"""What the ledger's commands show, for eyes: tables of incidents, claims and documents, and one of each in full."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from rich.table import Table
from rich.text import Text

from truceline.cli import wording
from truceline.cli.console import make_console, visible
from truceline.cli.ledger_lineage import show_lineage
from truceline.ledger.rules import rules
from truceline.model import parse_moment

if TYPE_CHECKING:
    from truceline.ledger import View

_SHORT = 12
_NO_VALUE = "·"


def incident_table(rows: list[dict[str, Any]], number: int) -> None:
    """Incidents, one a row."""
    console = make_console()
    if not rows:
        console.print("no incidents")
        return
    table = _table("incident", "what", "claims", "docs|origins", "≠", "state", right=(2, 3, 4))
    for row in rows:
        counts = [str(row["claims"]), f"{row['documents']}|{row['lineages']}", str(row["contradictions"] or _NO_VALUE)]
        state = row["state"].replace("_", " ")
        mark = "" if row["proposed"] in {row["state"], rules().first} else f" ({row['proposed']}?)"
        table.add_row(visible(row["id"]), wording.act(row["act"]), *counts, state + mark)
    console.print(table)
    console.print(
        Text(f"\n≠ versions that cannot both hold   (…?) a machine proposes it   as known at entry {number}", "aside")
    )


def claim_table(rows: list[dict[str, Any]]) -> None:
    """Claims, one a row."""
    console = make_console()
    if not rows:
        console.print("no claims")
        return
    table = _table("when", "claim", "who says", "", "what", "by whom", "where", whole=(0, 1, 3))
    for row in rows:
        who = [_text(row["speaker"] or row["publisher"]), _text(row["agent"]), _text(row["place"])]
        mark = " *" if row["status"] == "corrected" else ""
        table.add_row(
            (row["starts"] or _NO_VALUE)[:10],
            row["id"],
            who[0],
            row["modality"],
            wording.act(row["act"]) + mark,
            *who[1:],
        )
    console.print(table)
    if any(row["status"] == "corrected" for row in rows):
        console.print(Text("* corrected by a person; `truceline show CLAIM` has the machine's value", "aside"))


def document_table(rows: list[dict[str, Any]]) -> None:
    """Documents, one a row, with the words that were searched for in their surroundings."""
    console = make_console()
    if not rows:
        console.print("no documents")
    for row in rows:
        facts = [row["id"][: len("sha256:") + _SHORT], row["publisher"], _when(row["published"])]
        console.print(Text.assemble((visible(row["title"] or "(no title)"), "title"), "  ", (_facts(facts), "aside")))
        if row.get("excerpt"):
            console.print(Text("  " + visible(" ".join(row["excerpt"].split()))))


def show_incident(found: dict[str, Any], view: "View") -> None:
    """One incident: state, versions, contradictions, claims, decisions."""
    console = make_console()
    console.print(Text(visible(found["title"]), style="title"))
    state = found["state"].replace("_", " ")
    proposed = "" if found["proposed"] == found["state"] else f" (the machine proposes {found['proposed']})"
    counted = [f"{len(found[name])} {name}" for name in ("claims", "documents")]
    console.print(
        Text(
            _facts([found["id"], state + proposed, *counted, f"{len(found['lineages'])} independent origins"]), "aside"
        )
    )
    for conflict in found["contradictions"]:
        held = "; ".join(f"{value['party']}: {value['value']}" for value in conflict["values"])
        console.print(Text(visible(f"≠ {conflict['field'].replace('_', ' ')}: {held}")))
    _section("Claims")
    rows = [view.claim(key) for key in found["claims"]]
    table = Table.grid(padding=(0, 2))
    for claim in rows:
        table.add_row(
            claim["id"],
            visible(_speaker(claim, view)),
            claim["modality"],
            Text(visible(claim["text"]), overflow="fold"),
        )
    console.print(table)
    _judgements(found)


def show_claim(found: dict[str, Any], view: "View") -> None:
    """One claim: its words, its fields, what persons made of it."""
    console = make_console()
    document = view.document(found["document"])
    console.print(Text(f"“{visible(found['text'])}”", style="title"))
    facts = [
        found["id"],
        document["title"],
        document["publisher"],
        _when(document["published"]),
        f"in incident {found['incident']}" if found["incident"] else None,
    ]
    console.print(Text(visible(_facts(facts)), "aside"))
    if found["unmatched"]:
        console.print(Text(visible(f"in no incident: {found['unmatched']}")))
    if found["summary"]:
        contains = ", ".join(found["summary"]["contains"]) or "none that is known"
        console.print(
            Text(visible(f"it counts several and is none of them; incidents of its days and area: {contains}"))
        )
    corrected = {row["field"]: row for row in found["corrections"]}
    table = Table.grid(padding=(0, 2))
    for name in (
        "speakers",
        "modality",
        "act",
        "agent",
        "patient",
        "place",
        "when",
        "counts",
        "instrument",
        "confidence",
    ):
        value = _value(found[name])
        if name in corrected:
            row = corrected[name]
            value = f"{_value(row['value'])}   set by {row['who']}; the machine read {_value(row['was'])}"
        table.add_row(Text(name, "aside"), Text(visible(value)))
    console.print(table)
    _judgements(found)


def show_document(found: dict[str, Any], view: "View") -> None:
    """One document: where it is from, its custody, its claims."""
    del view
    console = make_console()
    console.print(Text(visible(found["title"] or found["name"]), style="title"))
    console.print(Text(visible(_facts([found["publisher"], _when(found["published"]), found["url"]])), "aside"))
    console.print(Text(found["id"], "aside"))
    for row in found["corrections"]:
        console.print(Text(visible(f"{row['field']} set by {row['who']} to {row['value']}; it was {row['was']}")))
    _section("Custody")
    table = Table.grid(padding=(0, 2))
    for row in found["custody"]:
        table.add_row(row["at"], visible(row["who"]), visible(row["action"]), visible(row["how"]))
    console.print(table)
    show_lineage(found["lineage"], found["id"])
    _section("Claims")
    table = Table.grid(padding=(0, 2))
    for row in found["claims"]:
        mark = " *" if row["status"] == "corrected" else ""
        table.add_row(row["id"], _text(row["speaker"]), row["modality"], wording.act(row["act"]) + mark)
    console.print(table)
    _judgements(found)


def show_entry(found: dict[str, Any], view: "View") -> None:
    """One entry of the log."""
    del view
    console = make_console()
    console.print(
        Text(f"entry {found['number']} · {found['kind']} · {found['at']} · {visible(found['who'])}", style="title")
    )
    for name in ("hash", "previous"):
        console.print(Text(f"{name:<9} {found[name]}", "aside"))
    for name, value in found["payload"].items():
        console.print(Text(visible(f"{name}: {_value(value)}")))


def _speaker(claim: dict[str, Any], view: "View") -> str:
    """Who makes a claim: the last of the chain, else the document's publisher."""
    if claim["speakers"]:
        return str(claim["speakers"][-1]["name"] or claim["speakers"][-1]["text"])
    return str(view.as_document(claim["document"]).publisher or "the document")


def _judgements(found: dict[str, Any]) -> None:
    """Grades, assessments, states and decisions: each with its author, time and reason."""
    rows = [(row["opened"], row["who"], f"graded {row['grade']}", row["reason"]) for row in found.get("grades", ())]
    rows += [(row["opened"], row["who"], "assessed", row["says"]) for row in found.get("assessments", ())]
    rows += [(row["opened"], row["who"], _state(row), row["reason"]) for row in found.get("history", ())]
    rows += [(row["opened"], row["who"], row["action"], row["reason"]) for row in found.get("decisions", ())]
    if not rows:
        return
    _section("What persons decided")
    table = Table.grid(padding=(0, 2))
    for number, who, said, reason in sorted(rows, key=lambda row: row[0]):
        table.add_row(f"entry {number}", visible(who), visible(said), visible(reason))
    make_console().print(table)


def _state(row: dict[str, Any]) -> str:
    more = " ".join(str(row[name]) for name in ("attribution", "ruling") if row.get(name))
    return f"{row['state'].replace('_', ' ')} {more}".strip()


def _section(title: str) -> None:
    make_console().print(Text(f"\n{title}", style="heading"))


def _table(*names: str, right: tuple[int, ...] = (), whole: tuple[int, ...] = (0,)) -> Table:
    """A table without lines; ``right`` are columns of numbers, ``whole`` those that are never broken."""
    table = Table(box=None, pad_edge=False, header_style="aside")
    for i, name in enumerate(names):
        justify: Literal["left", "right"] = "right" if i in right else "left"
        table.add_column(name, justify=justify, no_wrap=i in right or i in whole, overflow="fold")
    return table


def _when(written: str | None) -> str:
    moment = parse_moment(written) if written else None
    return wording.day(moment) if isinstance(moment, date) else _NO_VALUE


def _text(value: Any) -> str:
    return visible(str(value)) if value else _NO_VALUE


def _facts(values: Iterable[str | None]) -> str:
    return " · ".join(value for value in values if value and value != _NO_VALUE)


def _value(value: Any) -> str:
    """A JSON value in few words: a name before the words of the text."""
    if value is None or value == []:
        return _NO_VALUE
    if isinstance(value, list):
        return "; ".join(_value(item) for item in value)
    if isinstance(value, dict):
        if "what" in value:
            most = "" if value["max"] == value["min"] else f"–{value['max'] if value['max'] is not None else ''}"
            return f"{value['min']}{most} {value['what']}"
        if "start" in value:
            return f"{value['start']} to {value['end']}" if value["start"] else str(value.get("text"))
        known = [str(value[name]) for name in ("name", "text", "party", "kind") if value.get(name)]
        return " · ".join(dict.fromkeys(known)) if known else str(value)
    return str(value)
