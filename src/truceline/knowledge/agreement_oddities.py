"""What an agreement's file may say but hardly means: nothing here stops a file from being used."""

from collections.abc import Iterator

from truceline.knowledge.agreement_file import AgreementFile, walk
from truceline.knowledge.findings import Finding, Path
from truceline.knowledge.obligations import Obligation, Tie

# Of these it is not expected that they are due on a day or kept up: they stand, or hold if something else does.
_WITHOUT_CLOCK = {"institution", "condition"}


def oddities(file: AgreementFile) -> Iterator[Finding]:
    """Everything odd in a file that has no fault."""
    for i, obligation in enumerate(file.obligations):
        for path, message in _of_obligation(file, obligation):
            yield Finding(("obligations", i, *path), f"obligation {obligation.id}: {message}")
    yield from _unsure(file)
    yield from _about_parties(file)
    yield from _about_sources(file)
    if file.effective.date() < file.signed and (file.signed - file.effective.date()).days > 1:
        yield Finding(("effective",), f"effective {file.effective.date()} is before it was signed ({file.signed})")
    if not file.obligations:
        yield Finding(("obligations",), "there are no obligations; nothing can be tracked")


def _of_obligation(file: AgreementFile, obligation: Obligation) -> Iterator[tuple[Path, str]]:
    dated = obligation.due is not None or obligation.continuous or any(change.due for change in obligation.changes)
    if not dated and obligation.kind not in _WITHOUT_CLOCK:
        yield (), "no due date and no continuous duty; if the text sets none, nothing is missing"
    if not (obligation.obligor or obligation.implied):
        yield (), "nobody is its obligor and nobody is implied; if the text names nobody, nothing is missing"
    if not (obligation.questioned_by or obligation.served_by):
        yield (), "nothing questions it and nothing serves it; no claim will bear on it"
    if obligation.continuous and obligation.kind == "delivery":
        yield ("continuous",), "a delivery that is continuous; is it a guarantee?"
    if not any("://" in file.sources.get(key, "") for key in obligation.source or file.source):
        yield (), "none of its sources has an address; add one that a reader can open"
    yield from _of_changes(file, obligation)
    yield from _both_ways(obligation)


def _of_changes(file: AgreementFile, obligation: Obligation) -> Iterator[tuple[Path, str]]:
    for i, change in enumerate(obligation.changes):
        if change.announced is None:
            yield ("changes", i), "the change has no announced: date, so that it counts from the first day"
        elif change.announced < file.signed:
            yield ("changes", i), f"changed on {change.announced}, before the agreement was signed ({file.signed})"


def _both_ways(obligation: Obligation) -> Iterator[tuple[Path, str]]:
    for i, served in enumerate(obligation.served_by):
        for questioned in obligation.questioned_by:
            both = (
                sorted(set(served.acts) & set(questioned.acts)) if _same_reach(served, questioned, obligation) else []
            )
            if both:
                yield ("served_by", i, "acts"), f"{', '.join(both)} by the same actors both serves it and questions it"


def _same_reach(one: Tie, other: Tie, obligation: Obligation) -> bool:
    """Whether a claim could fit both ties but for its act."""
    return (
        _meet(_actors(one.by, obligation), _actors(other.by, obligation))
        and _meet(_actors(one.to, obligation), _actors(other.to, obligation))
        and _meet(set(map(str.casefold, one.where)), set(map(str.casefold, other.where)))
        and ("any" in {one.when, other.when} or one.when == other.when)
    )


def _actors(names: tuple[str, ...], obligation: Obligation) -> set[str]:
    return {actor for name in names for actor in (obligation.obligor if name == "obligor" else (name,))}


def _meet(one: set[str], other: set[str]) -> bool:
    return not one or not other or bool(one & other)


def _unsure(file: AgreementFile) -> Iterator[Finding]:
    for path, entry, called in walk(file):
        if getattr(entry, "sure", True) is False:
            yield Finding((*path, "sure"), f"{called} is marked as not sure (sure: false)")


def _about_parties(file: AgreementFile) -> Iterator[Finding]:
    speaking = {person.party for person in file.persons} | {actor.party for actor in file.actors}
    for i, party in enumerate(file.parties):
        if not party.members:
            yield Finding(
                ("parties", i, "members"), f"party {party.id} has no members; no country or actor is taken for it"
            )
        elif party.id not in speaking:
            yield Finding(("parties", i), f"party {party.id}: no person and no actor speaks for it")
    if len(file.parties) < 2:
        yield Finding(("parties",), "there is one party only; whose promise was it, and to whom?")


def _about_sources(file: AgreementFile) -> Iterator[Finding]:
    cited = {key for _, entry, _ in walk(file) for key in getattr(entry, "source", ())} | set(file.source)
    for key in file.sources:
        if key not in cited:
            yield Finding(("sources", key), f"source {key} is cited by nothing")
