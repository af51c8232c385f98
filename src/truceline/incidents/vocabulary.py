"""The words that incidents are made by: which acts open one, which may be two tellings of one, marks and credits."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field

from truceline.incidents.spans import REACH
from truceline.knowledge import Knowledge
from truceline.knowledge.acts import ActVocabulary
from truceline.knowledge.citing import Citation, CitingFile
from truceline.knowledge.loading import Entry, load_merged


class Related(Entry):
    """Acts any two of which may tell one occurrence; with ``only_with``, only pairs that hold one of these."""

    acts: tuple[str, ...]
    weight: float
    only_with: tuple[str, ...] = ()


class Agency(Entry):
    """A news agency whose stories others print, and the marks it is credited by."""

    name: str
    marks: tuple[str, ...]
    source: Citation = ()


class CopiedWithin(Entry):
    """Days of publication within which copies are looked for: by shared words, and by the order of facts."""

    words: int = Field(ge=1, le=REACH)
    facts: int = Field(ge=1, le=REACH)
    source: Citation = ()


class IncidentWords(CitingFile):
    """``incidents.yaml``; the comments there say what each list is for."""

    opens: frozenset[str]
    joins: frozenset[str]
    related: tuple[Related, ...]
    begins: frozenset[str]
    replies: tuple[str, ...]
    holds: frozenset[str]
    leaves: frozenset[str]
    casualties: tuple[str, ...]
    summaries: frozenset[str]
    taking_up: frozenset[str]
    area_words: frozenset[str]
    no_information: tuple[str, ...]
    no_access: tuple[str, ...]
    instruments: tuple[str, ...]
    articles: tuple[str, ...]
    echoes: frozenset[str]
    agencies: tuple[Agency, ...]
    credits: tuple[str, ...]
    negations: frozenset[str]
    days: frozenset[str]
    copied_within: CopiedWithin

    def _citations(self) -> Iterable[tuple[str, Citation]]:
        yield "copied_within", self.copied_within.source
        yield from ((f"agency {agency.name}", agency.source) for agency in self.agencies)


@dataclass(frozen=True)
class IncidentVocabulary:
    """The words, with what is computed from them once."""

    words: IncidentWords
    acts: ActVocabulary

    @cached_property
    def relations(self) -> dict[tuple[str, str], float]:
        """How readily one act is another telling of another, for each pair of acts that are not the same."""
        found: dict[tuple[str, str], float] = {}
        for group in self.words.related:
            for one in group.acts:
                for other in group.acts:
                    if one == other or (group.only_with and not {one, other} & set(group.only_with)):
                        continue
                    found[one, other] = max(found.get((one, other), 0.0), group.weight)
        return found

    def related(self, one: str, other: str) -> float:
        """1 for the same act, 0 for acts that never tell one occurrence."""
        return 1.0 if one == other else self.relations.get((one, other), 0.0)

    @cached_property
    def invoked(self) -> re.Pattern[str]:
        """A dated document, or an article of one, that a text invokes."""
        articles = "|".join(re.escape(word) for word in self.words.articles)
        names = "|".join(self.words.instruments)
        date = r"(?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+\.? \d{1,2})(?:,? \d{4})?"
        return re.compile(
            rf"\b(?P<article>(?:{articles})\s?\d+[a-z]?)|\b(?P<name>{names})s? of (?P<date>{date})", re.ASCII
        )

    @cached_property
    def credit_marks(self) -> tuple[tuple[str, re.Pattern[str], str], ...]:
        """Credit lines: as they are written, as a pattern, and the agency's name."""
        return tuple(
            (written, re.compile(_bounded(written)), agency.name)
            for agency in self.words.agencies
            for mark in agency.marks
            for written in (form.replace("{}", mark) for form in self.words.credits)
        )

    @cached_property
    def agency_names(self) -> dict[str, str]:
        """Names and marks of agencies, folded, to the agency's name."""
        return {mark.casefold(): agency.name for agency in self.words.agencies for mark in (agency.name, *agency.marks)}

    def agency(self, publisher: str | None) -> str | None:
        """The agency that a publisher's name stands for; the name itself where it is none."""
        return None if publisher is None else self.agency_names.get(publisher.casefold(), publisher)


def load_incident_words(knowledge: Knowledge) -> IncidentVocabulary:
    """Load ``incidents.yaml``, shipped and extra, and check its acts.

    Raises:
        KnowledgeError: The file is broken or names an act that does not exist.
    """
    words = load_merged(knowledge.data("incidents.yaml"), IncidentWords)
    acts = knowledge.acts
    named = [*words.opens, *words.joins, *words.begins, *words.holds, *words.leaves]
    for act in sorted({*named, *(act for group in words.related for act in (*group.acts, *group.only_with))}):
        acts[act]
    return IncidentVocabulary(words, acts)


def _bounded(credit: str) -> str:
    """A pattern for the credit as words of its own: "AP" is not found in "MAP"."""
    head = r"\b" if credit[0].isalnum() else ""
    return head + re.escape(credit) + (r"\b" if credit[-1].isalnum() else "")
