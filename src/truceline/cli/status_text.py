"""The status of an agreement for a terminal: one line an obligation, or one obligation with all that is known of it."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from truceline.cli import wording
from truceline.cli.console import visible
from truceline.knowledge.obligations import as_day
from truceline.tracking.clocks import Clock
from truceline.tracking.evidence import Evidence
from truceline.tracking.proposing import proposing
from truceline.tracking.status import ObligationStatus, Status

Texts = Callable[[str], str]
"""Gives a document's text by its id."""

_STEPS = 3
_WEEKS = 12  # of a standing duty; JSON has all
_LONGEST = 220


def overview(found: Status, text: Texts) -> RenderableType:
    """Every obligation on a line or two."""
    del text
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="aside", expand=True, padding=(0, 1))
    table.add_column("", no_wrap=True)
    table.add_column("obligation", ratio=1, overflow="fold")
    table.add_column("state", no_wrap=True)
    table.add_column("clock", overflow="fold", max_width=22)
    table.add_column("for", justify="right", no_wrap=True)
    table.add_column("against", justify="right", no_wrap=True)
    for one in found.obligations:
        table.add_row(
            _short(one, found),
            Text(one.obligation.says),
            _state(one, between="\n"),
            Text("\n".join(_clock(one.clock, found))),
            _weight(one, "for"),
            _weight(one, "against"),
        )
    return Group(_header(found), table, Padding(Text(_LEGEND, style="aside"), (1, 0, 0, 0)))


_LEGEND = (
    "? = in question: a claim against it stands · * = decided by a person\n"
    "4|3 = four claims of three independent origins · truceline status 6a shows them, and what each party holds"
)


def held(found: Status, text: Texts) -> RenderableType:
    """For each obligation what is held of it, and nothing else."""
    del text
    parts: list[RenderableType] = [_header(found, tally=False)]
    for one in found.obligations:
        says = Text.assemble((one.obligation.id, "heading"), f"  {one.obligation.says}")
        parts += [Padding(says, (1, 0, 0, 0)), Padding(_held(one), (0, 0, 0, 2))]
    if not found.obligations:
        parts.append(Text("It has nothing to do with any obligation, by the agreement's rules."))
    return Group(*parts)


def whole(found: Status, text: Texts) -> RenderableType:
    """The obligations of a status, each with its reasons, clock, positions and evidence.

    Args:
        found: A status narrowed to what is to be shown.
        text: Gives a document's text by its id.
    """
    return Group(*(part for one in found.obligations for part in _whole(one, found, text)))


def _whole(one: ObligationStatus, found: Status, text: Texts) -> Iterable[RenderableType]:
    obligation = one.obligation
    yield Text.assemble((f"{obligation.id} · article {obligation.article}", "title"))
    yield Text(obligation.says)
    if obligation.note:
        yield Text(obligation.note, style="aside")
    yield Text()
    facts = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    facts.add_column(style="aside", no_wrap=True)
    facts.add_column(overflow="fold")
    for label, value in _facts(one, found):
        facts.add_row(label, value)
    yield facts
    if one.positions:
        yield _heading("What is held of it")
        yield _held(one)
    for side, title in (("for", "Evidence for"), ("against", "Evidence against"), (None, "Positions without evidence")):
        shown = [e for e in one.evidence if e.side == side]
        if shown:
            yield _heading(f"{title} ({len(shown)})")
            yield from (_evidence(e, text) for e in shown)


def _held(one: ObligationStatus) -> RenderableType:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="speaker")
    table.add_column(overflow="fold")
    table.add_column(justify="right", style="aside", no_wrap=True)
    for name, group in groupby(one.positions, key=lambda position: position.name):
        for i, position in enumerate(group):
            count = len(position.claims)
            table.add_row("" if i else name, position.says, f"{count} claim{'s' if count != 1 else ''}")
    return table


def _facts(one: ObligationStatus, found: Status) -> Iterable[tuple[str, Text]]:
    obligation, proposal = one.obligation, one.proposal
    yield "as of", Text(wording.day(found.day))
    yield "state", _state(one)
    if one.assessed is not None:
        yield "decided", Text(f"by {one.assessed.who} from {wording.day(one.assessed.since)}: {one.assessed.reason}")
        yield "proposed", Text(f"{_bar(proposal.state)} {proposing().states[proposal.state].means}")
    yield "because", Text("\n".join(proposal.reasons))
    yield "owed by", Text(_obligors(one, found))
    clock = _clock(one.clock, found, whole=True)
    if clock:
        yield "clock", Text("\n".join(clock))
    if obligation.parameters:
        yield (
            "figures",
            Text(", ".join(f"{name.replace('_', ' ')} {value}" for name, value in obligation.parameters.items())),
        )
    if obligation.depends_on:
        yield "after", Text(", ".join(obligation.depends_on))
    if not obligation.sure:
        yield "unsure", Text("the agreement's file marks this obligation as not certain")


def _evidence(one: Evidence, text: Texts) -> RenderableType:
    told = one.told
    words = visible(" ".join(text(told.document)[slice(*told.span)].split()))
    words = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    when = wording.day(one.on) if one.on is not None else "no day given"
    shows = f" · shows it {one.shows}" if one.shows else ""
    head = Text.assemble((visible(told.speaker or "no speaker"), "speaker"), f" · {told.modality} · {when}{shows}")
    out = f", {wording.day(told.published)}" if told.published is not None else ""
    below = f"{visible(told.publisher or 'no publisher')}{out} · claim {told.claim} · {one.why}"
    if one.set_aside:
        below += f" · set aside: {one.set_aside}"
    return Padding(Group(head, Text(f"“{words}”"), Text(below, style="aside")), (0, 0, 1, 2))


def _header(found: Status, *, tally: bool = True) -> RenderableType:
    agreement = found.agreement
    if not tally:
        return Text(agreement.title, style="title")
    steps = [sum(one.state == step.state for one in found.obligations) for step in proposing().states]
    parts = [f"{n} {step.means}" for n, step in reversed(list(zip(steps, proposing().states, strict=True))) if n]
    questioned = sum(one.proposal.in_question for one in found.obligations)
    overdue = sum(one.clock.overdue_since is not None for one in found.obligations)
    parts += [f"{questioned} in question"] if questioned else []
    parts += [f"{overdue} overdue"] if overdue else []
    return Group(
        Text(agreement.title, style="title"),
        Text(
            f"as of {wording.day(found.day)} · {len(found.obligations)} obligations: {', '.join(parts)}", style="aside"
        ),
    )


def _short(one: ObligationStatus, found: Status) -> Text:
    return Text(one.obligation.id.removeprefix(f"{found.agreement.id}/"), style="heading")


def _obligors(one: ObligationStatus, found: Status) -> str:
    names = {party.id: party.name for party in found.agreement.parties}
    named = one.obligation.obligor or one.obligation.implied
    if not named:
        return "nobody is named"
    written = ", ".join(sorted(names.get(who) or _country(who) for who in named))
    return written if one.obligation.obligor else f"{written} (not named, implied)"


def _country(code: str) -> str:
    from truceline.knowledge import Knowledge

    countries = Knowledge.load().countries
    return countries[code].name if code in countries else code


def _state(one: ObligationStatus, between: str = " ") -> Text:
    mark = (" *" if one.assessed is not None else "") + (" ?" if one.proposal.in_question else "")
    return Text(f"{_bar(one.state)}{mark}{between}{proposing().states[one.state].means}")


def _bar(state: int) -> str:
    return "■" * state + "□" * (_STEPS - state)


def _clock(clock: Clock, found: Status, *, whole: bool = False) -> list[str]:
    """The clock in words, a line each; ``whole`` with the years, the rules and the weeks."""
    zone, lines = found.agreement.zone, list[str]()
    if clock.met_on is not None:
        lines.append(f"met {_day(clock.met_on)}")
    if clock.due is not None:
        due = as_day(clock.due, zone)
        standing = due <= found.day and clock.met_on is None and clock.overdue_since is None
        lines.append(f"{'since' if standing else 'due'} {_day(due)}")
    if clock.overdue_since is not None:
        days = (found.day - clock.overdue_since).days + 1
        lines.append(f"overdue {days} day{'s' if days != 1 else ''}")
    for one in clock.extended:
        start = _day(as_day(one.start, zone)) if one.start is not None else "no date"
        how = {True: "formally", False: "informally", None: "as reported"}[one.formal]
        lines.append(f"moved {how} from {start}" + (f", by {one.by}" if whole and one.by else ""))
    for fixed in clock.computed:
        lines.append(f"{fixed.what}: {_day(fixed.date)}" + (f" ({fixed.rule})" if whole else ""))
    if whole and clock.periods:
        lines += [
            f"{_day(p.start)} – {_day(p.end)}: "
            + (
                f"{p.incidents} incident{'s' if p.incidents != 1 else ''} on {p.days} day{'s' if p.days != 1 else ''}"
                if p.claims
                else "nothing against it"
            )
            for p in clock.periods[-_WEEKS:]
        ]
    return lines


def _day(day: date) -> str:
    return f"{day.day}\N{NO-BREAK SPACE}{day:%b}\N{NO-BREAK SPACE}{day.year}"


def _weight(one: ObligationStatus, side: str) -> Text:
    counted = [e for e in one.evidence if e.side == side and e.counts]
    if not counted:
        return Text("·", style="aside")
    return Text(f"{len(counted)}|{len({e.told.lineage for e in counted})}")


def _heading(title: str) -> RenderableType:
    return Padding(Text(title, style="heading"), (1, 0, 0, 0))
