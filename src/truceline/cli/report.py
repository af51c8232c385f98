"""The report for eyes: the text's sentences with the claims under them, then the claims by who makes them."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from truceline.cli import wording
from truceline.cli.console import visible
from truceline.cli.voices import Voices
from truceline.model import Claim, Flag, Place, Reading, Span

if TYPE_CHECKING:
    from truceline.knowledge import Agreement

Naming = Callable[[Place], str]
"""How a place is put into words."""

# The words of each kind of thing, and the style of the same name.
_MARKED = ("speaker", "cue", "actor", "instrument", "count", "time", "place", "act", "flag")
_BLANK_LINE = re.compile(r"\n\s*\n")
_SEPARATOR = Text(" · ", style="aside")
_MARK = Text("▪ ", style="aside")  # begins a claim


def report(
    reading: Reading,
    agreement: "Agreement | None" = None,
    *,
    source: str = "",
    explain: bool = False,
    toponyms: wording.Toponyms = "speaker",
) -> RenderableType:
    """All that one reading says, for a console.

    Args:
        reading: The reading.
        agreement: What it was read with; gives the parties their names.
        source: What the text was called on the command line; its title where it has none.
        explain: Show the reasons of each claim.
        toponyms: Which names of a place are shown beside the one in the text.
    """
    voices = Voices(reading, agreement)
    naming = partial(_place, toponyms, frozenset(f.span for f in reading.flags if f.kind == "uncertain_name"))
    numbers = {span: number for number, span in enumerate(_sentences(reading), start=1)}
    parts: list[RenderableType] = [_header(reading, agreement, voices, source)]
    if reading.claims:
        parts += [_heading("The text, and what is claimed in it"), _text(reading, voices, numbers, explain, naming)]
        parts += [_heading("Who says what"), *_by_voice(voices, numbers, naming)]
    else:
        parts.append(Text("\nNo claims were found in this text.\n"))
    return Group(*parts)


def _header(reading: Reading, agreement: "Agreement | None", voices: Voices, source: str) -> RenderableType:
    document = reading.document
    facts = [document.publisher, wording.day(document.published) if document.published else "no publication date"]
    facts.append(agreement.title if agreement else "no agreement")
    claims = _plural(len(reading.claims), "claim")
    lines = [
        Text(visible(document.title or source), style="title"),
        Text(visible(" · ".join(fact for fact in facts if fact)), style="aside"),
        Text(f"{claims} by {_plural(len(voices.groups()), 'voice')} · {_plural(len(reading.flags), 'flag')}"),
    ]
    if reading.claims:
        shown = Text("  ").join(Text(kind, style=kind) for kind in _MARKED)
        lines.append(Text.assemble(("in the text: ", "aside"), shown))
    lines += [_flag(flag) for flag in document.flags]
    return Group(*lines)


def _place(toponyms: wording.Toponyms, garbled: frozenset[Span | None], where: Place) -> str:
    return visible(wording.place(where, toponyms, garbled=where.span in garbled))


def _text(reading: Reading, voices: Voices, numbers: dict[Span, int], explain: bool, naming: Naming) -> RenderableType:
    """The whole text in order: what holds no claim is dimmed, never left out."""
    text = visible(reading.document.text)
    marked = _highlighted(reading, text)
    by_sentence: dict[Span, list[Claim]] = {span: [] for span in numbers}
    for claim in reading.claims:
        by_sentence[claim.sentence].append(claim)
    rows: list[tuple[str, RenderableType]] = []
    end = 0
    for span, claims in by_sentence.items():
        rows += _rest(text, end, span[0])
        shown = [_trimmed(marked, text, span), *(_claim(claim, voices, explain, naming) for claim in claims)]
        rows.append((str(numbers[span]), Group(*shown)))
        end = max(end, span[1])
    rows += _rest(text, end, len(text))
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", width=3, style="aside")
    grid.add_column(ratio=1)
    for i, row in enumerate(rows):
        if i:
            grid.add_row()
        grid.add_row(*row)
    return Padding(grid, (1, 0, 0, 0))


def _rest(text: str, start: int, end: int) -> list[tuple[str, RenderableType]]:
    """What stands between two sentences that hold claims, a row for each paragraph."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in _BLANK_LINE.split(text[start : max(start, end)]))
    return [("", Text(paragraph, style="aside")) for paragraph in paragraphs if paragraph]


def _trimmed(marked: Text, text: str, span: Span) -> Text:
    """The sentence with its marks; runs of white space inside it become one blank."""
    start, end = span
    pieces, begun = [], None
    for i in range(start, end + 1):
        if i < end and not text[i].isspace():
            begun = i if begun is None else begun
        elif begun is not None:
            pieces.append(marked[begun:i])
            begun = None
    return Text(" ").join(pieces)


def _highlighted(reading: Reading, text: str) -> Text:
    marked = Text(text)
    spans: dict[str, set[Span]] = {kind: set() for kind in _MARKED}
    for claim in reading.claims:
        spans["speaker"].update(speaker.span for speaker in claim.speakers)
        spans["actor"].update(who.span for who in (claim.agent, claim.patient) if who)
        spans["time"].update(when.span for when in (claim.when, claim.said) if when)
        spans["count"].update(counted.span for counted in claim.counts)
        for kind, value in (("cue", claim.cue), ("place", claim.place), ("instrument", claim.instrument)):
            if value is not None:
                spans[kind].add(value.span)
        if claim.act_span:
            spans["act"].add(claim.act_span)
    spans["flag"].update(flag.span for flag in reading.flags if flag.span)
    for kind in _MARKED:
        for start, end in sorted(spans[kind]):
            marked.stylize(kind, start, end)
    return marked


def _claim(claim: Claim, voices: Voices, explain: bool, naming: Naming) -> RenderableType:
    """One claim: who takes which position on which act; then who, where, when, how many; then what to look at."""
    arrow = (" ▸ ", "aside")
    act = (wording.act(claim.act), "act")
    first = Text.assemble((voices.chain(claim), "speaker"), arrow, (claim.modality.value, "modality"), arrow, act)
    if claim.act_span and (words := voices.words(claim.act_span)):
        first.append(f" “{words}”")
    if claim.quoted:
        first.append(" (quoted)", style="aside")
    lines = [first, *_details(claim, naming), *(_flag(flag) for flag in claim.flags)]
    if explain:
        lines += _reasons(claim, voices)
    grid = Table.grid()
    grid.add_column(width=2)
    grid.add_column(ratio=1, overflow="fold")
    for line in lines:
        grid.add_row(_MARK if line is first else "", line)
    return grid


def _details(claim: Claim, naming: Naming) -> Iterator[Text]:
    who = _who(claim)
    if who is not None:
        yield who
    parts = _where_when_how_many(claim, naming)
    if claim.instrument:
        parts.append(Text(f"with “{visible(claim.instrument.text)}”", style="instrument"))
    if claim.said:
        parts.append(Text.assemble("said ", (visible(wording.time(claim.said)), "time")))
    if parts:
        yield _SEPARATOR.join(parts)


def _where_when_how_many(claim: Claim, naming: Naming) -> list[Text]:
    parts = []
    if claim.place:
        parts.append(Text.assemble(("at ", "aside"), (naming(claim.place), "place")))
    if claim.when:
        parts.append(Text(visible(wording.time(claim.when)), style="time"))
    return parts + [Text(visible(wording.count(counted)), style="count") for counted in claim.counts]


def _who(claim: Claim) -> Text | None:
    """Who to whom; that nobody is named is told only where someone is said to have been hit."""
    agent = visible(wording.actor(claim.agent)) if claim.agent else None
    if claim.patient is None:
        return Text.assemble(("by ", "aside"), agent) if agent else None
    return Text.assemble(agent or ("nobody named", "aside"), (" → ", "aside"), visible(wording.actor(claim.patient)))


def _flag(flag: Flag) -> Text:
    words = f" “{visible(flag.text)}”" if flag.text else ""
    return Text.assemble((f"⚑ {flag.kind.replace('_', ' ')}{words}", "flag"), (f": {visible(flag.why)}", "aside"))


def _reasons(claim: Claim, voices: Voices) -> Iterator[Text]:
    yield Text(f"{claim.id} · found by {claim.by} · confidence {claim.confidence:.2f}", style="aside")
    for reason in claim.reasons:
        words = f" in “{voices.words(reason.span)}”" if reason.span else ""
        score = f", {reason.score:.2f}" if reason.score is not None else ""
        yield Text(f"{reason.field} ← {reason.by}{words}{score}", style="aside")


def _by_voice(voices: Voices, numbers: dict[Span, int], naming: Naming) -> Iterator[RenderableType]:
    for name, role, claims in voices.groups():
        about = f"  {role}" if role else ""
        yield Text.assemble("\n", (name, "heading"), (f"{about}  {_plural(len(claims), 'claim')}", "aside"))
        table = Table.grid(padding=(0, 1))
        table.add_column(justify="right", width=3, style="aside")
        table.add_column(width=12, style="modality")
        table.add_column(ratio=1)
        for claim in claims:
            table.add_row(str(numbers[claim.sentence]), claim.modality.value, _summary(claim, naming))
        yield table


def _summary(claim: Claim, naming: Naming) -> Text:
    who = _who(claim)
    parts = [
        Text(wording.act(claim.act), style="act"),
        *([who] if who is not None else []),
        *_where_when_how_many(claim, naming),
    ]
    if claim.flags:
        parts.append(Text("⚑", style="flag"))
    return _SEPARATOR.join(parts)


def _sentences(reading: Reading) -> list[Span]:
    """The sentences that hold claims, in text order."""
    return sorted({claim.sentence for claim in reading.claims})


def _heading(title: str) -> RenderableType:
    return Padding(Rule(Text(title, style="heading"), align="left", style="aside"), (1, 0, 0, 0))


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
