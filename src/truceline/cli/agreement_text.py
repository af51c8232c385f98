"""An agreement for eyes: who stands where and when, which texts there are, article by article what was promised."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from truceline.cli import wording
from truceline.cli.agreement_obligation import LABEL, day, obligation_head, obligation_rows, unsure

if TYPE_CHECKING:
    from truceline.knowledge import Agreement, Knowledge
    from truceline.knowledge.parties import Dated, Person

Row = tuple[Text, Text]


def agreements_list(known: "Mapping[str, Agreement]") -> Iterator[RenderableType]:
    """Two or three lines for each agreement."""
    widest = max((len(name) for name in known), default=0)
    for name, one in known.items():
        told = f"{one.kind} · {day(one.signed)} · {len(one.obligations)} obligations"
        yield Text.assemble((name.ljust(widest), "title"), "  ", (told, "aside"))
        yield Padding(Text(one.title), (0, 0, 0, 2))
        yield Padding(Text(" | ".join(party.name for party in one.parties), style="aside"), (0, 0, 0, 2))


def agreement_text(agreement: "Agreement", knowledge: "Knowledge", width: int) -> Iterator[RenderableType]:
    """The parts of the page, in order."""
    names = names_of(agreement, knowledge)
    yield Text(agreement.title, style="title")
    yield from (Text(line, style="aside") for line in _head(agreement, names))
    yield from _section("Parties", _parties(agreement, names), width)
    yield from _section("Others", _others(agreement, names), width)
    yield from _section("Texts", _texts(agreement, names), width)
    for article, obligations in groupby(agreement.obligations, key=lambda one: one.article):
        yield Text(f"\nArticle {article}", style="heading")
        for obligation in obligations:
            yield Padding(_hanging(*obligation_head(obligation)), (0, 0, 0, 2))
            yield Padding(_grid(obligation_rows(obligation, agreement, names), width), (0, 0, 0, 2))
    yield from _section("Sources", _sources(agreement), width)


def names_of(agreement: "Agreement", knowledge: "Knowledge") -> dict[str, str]:
    """How every country, actor and party that the agreement names is called."""
    named = [member.who for party in agreement.parties for member in party.members]
    named += [rule.who for rule in agreement.roles] + [version.by or "" for version in agreement.versions]
    named += [who for one in agreement.obligations for who in (*one.obligor, *one.implied)]
    named += [who for one in agreement.obligations for tie in (*one.questioned_by, *one.served_by) for who in tie.by]
    found = {code: knowledge.countries[code].name for code in named if code in knowledge.countries}
    found |= {actor: knowledge.actors[actor].name for actor in named if actor in knowledge.actors}
    found |= {actor.id: actor.name for actor in agreement.actors}
    return found | {party.id: party.name for party in agreement.parties}


def _head(agreement: "Agreement", names: Mapping[str, str]) -> Iterator[str]:
    took_effect = wording.day(agreement.effective.astimezone(agreement.zone))
    ended = f" to {wording.day(agreement.ended)}" if agreement.ended else ""
    yield f"{agreement.id} · {agreement.kind} · signed {wording.day(agreement.signed)}"
    yield f"in force from {took_effect}{ended}"
    area = agreement.area
    countries = ", ".join(names.get(code, code) for code in area.countries)
    within = f" ({countries})" if countries != area.name else ""
    yield f"{area.name}{within}, {area.south}–{area.north}° north, {area.west}–{area.east}° east"
    if agreement.monitor_template:
        yield f"bulletins are read with the template {agreement.monitor_template}"
    revised = f" of {wording.day(agreement.revised)}" if agreement.revised else ""
    yield f"version {agreement.version} of the file{revised}"


def span(dated: "Dated") -> str:
    """``from 10 Nov 2020 to 12 Jun 2024``; nothing where no day is known."""
    since = f"from {day(dated.since)}" if dated.since else ""
    until = f"to {day(dated.until)}" if dated.until else ""
    return " ".join(part for part in (since, until) if part)


def _parties(agreement: "Agreement", names: Mapping[str, str]) -> Iterator[Row]:
    for party in agreement.parties:
        members = [f"{names.get(m.who, m.who)} {span(m)}".strip() for m in party.members]
        told = Text(", ".join(member for member in members if member != party.name))
        if party.called:
            told.append(f"{'; ' if told else ''}called {', '.join(party.called)}", style="aside")
        yield Text(party.name, style="speaker"), told
        yield from _people(person for person in agreement.persons if person.party == party.id)


def _people(persons: "Iterable[Person]") -> Iterator[Row]:
    for person in persons:
        held = Text("; ").join(_offices(person))
        yield Text(f"  {person.name}"), held if person.sure else held + unsure()


def _offices(person: "Person") -> Iterator[Text]:
    for office in person.offices:
        title = office.title or office.office.replace("_", " ").capitalize()
        dates = span(office)
        yield Text.assemble(title, (f" {dates}" if dates else "", "aside"), "" if office.sure else unsure())


_ORDER = ("guarantor", "mediator", "monitor", "media", "other")


def _others(agreement: "Agreement", names: Mapping[str, str]) -> Iterator[Row]:
    for role in _ORDER:
        rules = sorted(
            (rule for rule in agreement.roles if rule.role == role), key=lambda rule: names.get(rule.who, rule.who)
        )
        for i, rule in enumerate(rules):
            only = f" ({', '.join(rule.only)} only)" if rule.only else ""
            dates = span(rule)
            yield (
                Text(role if i == 0 else "", style="speaker"),
                Text.assemble(f"{names.get(rule.who, rule.who)}{only}", (f" {dates}" if dates else "", "aside")),
            )
        yield from _people(person for person in agreement.persons if person.role == role and person.party is None)


def _texts(agreement: "Agreement", names: Mapping[str, str]) -> Iterator[Row]:
    for version in agreement.versions:
        by = (
            f" by {names.get(version.by, version.by)}"
            if version.by and names.get(version.by) != version.version
            else ""
        )
        on = f" {day(version.published)}" if version.published else ""
        told = Text.assemble(version.version, (f" · {version.language}{by}{on}", "aside"))
        yield Text("version", style="aside"), told if version.sure else told + unsure()
    for variant in agreement.variants:
        told = Text.assemble(f"{variant.says} ", (f"({variant.version})", "aside"))
        yield Text("differs", style="aside"), told if variant.sure else told + unsure()


def _sources(agreement: "Agreement") -> Iterator[Row]:
    for key, source in agreement.sources.items():
        yield Text(key, style="aside"), Text(source, overflow="fold")


def _section(title: str, rows: Iterable[Row], width: int) -> Iterator[RenderableType]:
    made = list(rows)
    if made:
        yield Text(f"\n{title}", style="heading")
        yield _grid(made, width)


def _hanging(number: Text, told: Text) -> RenderableType:
    if not number:
        return told
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_row(number, told)
    return table


def _grid(rows: Iterable[Row], width: int) -> RenderableType:
    """Two columns; the first no wider than a third of the page, and no narrower than what obligations need."""
    made = list(rows)
    first = min(max((row[0].cell_len for row in made), default=0), width // 3)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=max(first, LABEL), overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for row in made:
        table.add_row(*row)
    return Padding(table, (0, 0, 0, 2))
