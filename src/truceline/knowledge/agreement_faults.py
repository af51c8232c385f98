"""What an agreement's file says that cannot be: repeated ids, things that do not exist, dates out of order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel

from truceline.knowledge.actors import Actors, KnownActor
from truceline.knowledge.acts import ActVocabulary
from truceline.knowledge.agreement_file import AgreementFile, make_zone, name_of
from truceline.knowledge.countries import Countries
from truceline.knowledge.findings import Finding, Path
from truceline.knowledge.obligation_dates import date_faults
from truceline.knowledge.obligations import Obligation, Tie
from truceline.knowledge.parties import Dated, Person

ROLES = frozenset({"obligor", "party", "monitor", "guarantor", "mediator", "media", "other"})
"""Who may be named in a tie beside the parties."""


@dataclass(frozen=True, slots=True)
class Referred:
    """What an agreement's file may refer to.

    ``templates`` are names of bulletin templates, None where they do not matter. ``elsewhere`` are ids that are written in
    the file, in entries too broken to be looked at: they are no unknown names.
    """

    acts: ActVocabulary
    actors: Actors
    countries: Countries
    elsewhere: frozenset[str] = field(default=frozenset())
    templates: frozenset[str] | None = None

    def has(self, who: str) -> bool:
        """Whether this is a country's code or an actor's id."""
        return who in self.countries or who in self.actors or who in self.elsewhere


def agreement_faults(file: AgreementFile, referred: Referred) -> Iterator[Finding]:
    """Every fault of a file that its schema accepts."""
    yield from _repeated(file)
    yield from _sides(file, referred)
    for i, obligation in enumerate(file.obligations):
        yield from _obligation(file, i, obligation, referred)
    yield from _uncited(file, file, (), "the file", inherited=file.source)
    yield from _out_of_order(file)
    template = file.monitor_template
    if template is not None and referred.templates is not None and template not in referred.templates:
        there = ", ".join(sorted(referred.templates)) or "none"
        yield Finding(("monitor_template",), f"monitor_template: unknown template {template!r}; there are {there}")
    yield from date_faults(file.obligations, file.effective, make_zone(file.zone), elsewhere=referred.elsewhere)


def named(file: AgreementFile) -> Iterator[tuple[Path, Person | KnownActor]]:
    """The persons and actors of a file with their places."""
    yield from ((("persons", i), person) for i, person in enumerate(file.persons))
    yield from ((("actors", i), actor) for i, actor in enumerate(file.actors))


def _repeated(file: AgreementFile) -> Iterator[Finding]:
    kinds: dict[str, list[tuple[Path, str]]] = {
        "party": [(("parties", i), party.id) for i, party in enumerate(file.parties)],
        "obligation": [(("obligations", i), obligation.id) for i, obligation in enumerate(file.obligations)],
        "person or actor": [(path, known.id) for path, known in named(file)],
    }
    for what, ids in kinds.items():
        seen: set[str] = set()
        for path, key in ids:
            if key in seen:
                yield Finding((*path, "id"), f"{what} {key} occurs twice; remove one or give it another id")
            seen.add(key)
    prefix = f"{file.id}/"
    for path, key in kinds["obligation"]:
        if not key.startswith(prefix):
            yield Finding((*path, "id"), f"obligation {key}: its id must begin with {prefix}")


def _someone(file: AgreementFile) -> Iterator[tuple[Path, str, str]]:
    """Where the file names a country's code or an actor's id: path, entry, name."""
    for i, party in enumerate(file.parties):
        yield from (
            (("parties", i, "members", j), f"party {party.id}: member", member.who)
            for j, member in enumerate(party.members)
        )
    for i, rule in enumerate(file.roles):
        yield ("roles", i, "who"), f"role {rule.role}:", rule.who
    for i, person in enumerate(file.persons):
        for j, office in enumerate(person.offices):
            if office.of is not None:
                yield ("persons", i, "offices", j, "of"), f"{person.id}: office of", office.of


def _sides(file: AgreementFile, referred: Referred) -> Iterator[Finding]:
    """Names of people, parties and countries that do not exist."""
    own = {known.id for _, known in named(file)}
    parties = {party.id for party in file.parties}
    nobody = "is no country code and no actor's id; countries.yaml and actors.yaml list them, or add it to actors:"
    for path, where, who in _someone(file):
        if who not in own and not referred.has(who):
            yield Finding(path, f"{where} {who!r} {nobody}")
    for i, version in enumerate(file.versions):
        if version.by is not None and version.by not in parties | own and not referred.has(version.by):
            yield Finding(("versions", i, "by"), f"version {version.version}: {version.by!r} is no party and {nobody}")
    for path, known in named(file):
        if known.party is not None and known.party not in parties | referred.elsewhere:
            message = f"{known.id}: unknown party {known.party!r}; there are {', '.join(sorted(parties))}"
            yield Finding((*path, "party"), message)
    codes = [((*path, "country"), known.id, known.country) for path, known in named(file) if known.country is not None]
    codes += [(("area", "countries", i), "area", code) for i, code in enumerate(file.area.countries)]
    for path, where, code in codes:
        if code not in referred.countries and code not in referred.elsewhere:
            yield Finding(path, f"{where}: unknown country code {code!r}; write the ISO code of three letters")


def _obligation(file: AgreementFile, i: int, obligation: Obligation, referred: Referred) -> Iterator[Finding]:
    parties = {party.id for party in file.parties}
    own = {known.id for _, known in named(file)}
    there = ", ".join(sorted(parties | ROLES))
    at: Path = ("obligations", i)
    for key, names in (("obligor", obligation.obligor), ("implied", obligation.implied)):
        for j, name in enumerate(names):
            if name not in parties | ROLES | own and not referred.has(name):
                message = f"obligation {obligation.id}: unknown party {name!r}; there are {', '.join(sorted(parties))}"
                yield Finding((*at, key, j), message)
    for key, ties in (("questioned_by", obligation.questioned_by), ("served_by", obligation.served_by)):
        for j, tie in enumerate(ties):
            for path, wrong in _tie(tie, referred, parties | own | ROLES | referred.elsewhere, there):
                yield Finding((*at, key, j, *path), f"obligation {obligation.id}: {wrong}")


def _tie(tie: Tie, referred: Referred, sides: frozenset[str] | set[str], there: str) -> Iterator[tuple[Path, str]]:
    for i, act in enumerate(tie.acts):
        if act not in referred.acts:
            yield ("acts", i), f"unknown act {act!r}; {_like(act, referred.acts)}"
    for key, names in (("by", tie.by), ("to", tie.to)):
        for i, name in enumerate(names):
            if name not in sides and not referred.has(name):
                yield (key, i), f"unknown party or role {name!r}; there are {there}"


def _like(act: str, acts: ActVocabulary) -> str:
    from rapidfuzz import process

    near = process.extractOne(act, [known.id for known in acts], score_cutoff=70)
    return f"did you mean {near[0]}?" if near else "acts.yaml lists those there are"


def _uncited(
    file: AgreementFile, entry: BaseModel, at: Path, where: str, *, inherited: Sequence[str]
) -> Iterator[Finding]:
    """Entries that name no source, or one that is not explained; an entry's source holds for all that is in it."""
    cited: tuple[str, ...] = getattr(entry, "source", ())
    for i, key in enumerate(cited):
        if key not in file.sources:
            yield Finding((*at, "source", i), f"{where} cites {key!r}, which sources: does not explain")
    if not (cited or inherited) and "source" in type(entry).model_fields and at:
        yield Finding(at, f"{where} names no source; add source: with a key of sources:")
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        for position, inner in enumerate(value) if isinstance(value, tuple) else ():
            if isinstance(inner, BaseModel):
                called = name_of(inner, where)
                yield from _uncited(file, inner, (*at, name, position), called, inherited=cited or inherited)


def _spans(file: AgreementFile) -> Iterator[tuple[Path, str, Dated]]:
    """Everything that holds from one day to another: path, entry, dates."""
    for i, party in enumerate(file.parties):
        for j, member in enumerate(party.members):
            yield ("parties", i, "members", j), f"party {party.id}: member {member.who}", member
    for i, rule in enumerate(file.roles):
        yield ("roles", i), f"role {rule.role} of {rule.who}", rule
    for i, person in enumerate(file.persons):
        for j, office in enumerate(person.offices):
            yield ("persons", i, "offices", j), f"{person.id}: office {office.office}", office


def _out_of_order(file: AgreementFile) -> Iterator[Finding]:
    """Spans of time that end before they begin, and a box that is inside out."""
    for path, where, span in _spans(file):
        if span.since is not None and span.until is not None and span.until < span.since:
            yield Finding((*path, "to"), f"{where} ends {span.until}, before it begins ({span.since})")
    if file.ended is not None and file.ended < file.signed:
        yield Finding(("ended",), f"ended {file.ended} is before the agreement was signed ({file.signed})")
    if file.area.south > file.area.north:
        yield Finding(("area", "south"), f"area: south {file.area.south} is above north {file.area.north}")
    if file.area.west > file.area.east:
        yield Finding(("area", "west"), f"area: west {file.area.west} is beyond east {file.area.east}")
