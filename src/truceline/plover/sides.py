"""Who and whom: the sides of an event, from the phrases in its clause to codes of countries and sectors."""

from truceline.grounding.codes import ActorCodes
from truceline.plover.events import AT_HOME
from truceline.reading.reports import Report
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Filler, Predicate

ABROAD = frozenset({"GOV", "MIL", "SPY", "IGO", "NGO", "MED", "UAF"})
"""Sectors that act across borders: one of them with no country is not taken to be at home."""

STATELESS = frozenset({"IGO", "NGO"})
"""Sectors that stand in the country's place."""

_TOLD = ("obj", "iobj", "on", "to", "against", "with", "from", "of")

Codes = tuple[str, ...]


class Sides:
    """Finds source and target codes in one text."""

    def __init__(self, view: ClauseView, codes: ActorCodes, sorter: Sorter, sectors: frozenset[str]) -> None:
        self._view = view
        self._codes = codes
        self._sorter = sorter
        self._sectors = sectors

    def of(self, filler: Filler | None) -> Codes:
        """Codes of a phrase, countries first."""
        return self._codes.of(filler.head) if filler is not None else ()

    def countries(self, filler: Filler | None) -> Codes:
        """Countries of a phrase."""
        return self._codes.countries(filler.head) if filler is not None else ()

    def is_somebody(self, filler: Filler) -> bool:
        """Whether a phrase can be a side at all."""
        return bool(self.countries(filler)) or self._sorter.is_actor(self._view, filler)

    def target(self, predicate: Predicate, patient: Filler | None, source: Codes, category: str) -> Codes:
        """The patient; failing a country in it, the next one named in the clause that is not the source's; at home, one's own."""
        party = (
            None if patient is None or category == "MOBILIZE" else self._party_in(patient)
        )  # whom one calls up is one's own
        owned = party is not None and bool(source) and self._has_possessive_pronoun(party)
        countries = set(self.countries(party))
        if countries - STATELESS and not owned:
            return self.of(party)
        unplaced = party is not None and not countries and self._sorter.is_actor(self._view, party)
        if unplaced and source and category not in {"ASSAULT", "RETREAT"}:
            return (*self.lands(source), *self.of(party))  # nobody else's: one's own president
        other = self.other(self._clause(predicate), predicate.i, source)
        if party is not None and not owned and self.of(party):
            return (*other, *self.of(party))  # peacekeepers, inspectors: and where
        return other or self.of(party) or (source if category in AT_HOME else ())

    def _clause(self, predicate: Predicate) -> list[int]:
        words = self._view.parsed.words
        top = predicate.support if predicate.support is not None else predicate.i
        return [i for i in self._view.parsed.subtree(top) if words[i].sentence == words[top].sentence]

    def _party_in(self, filler: Filler) -> Filler:
        """Whom a thing or deed is of: "a ban by the minister", "a request from the president"."""
        words = self._view.parsed.words
        if self.is_somebody(filler):
            return filler
        phrases = [words[c] for c in words[filler.head].children if words[c].dep in {"prep", "agent"}]
        below = [
            Filler(c, f"{phrase.lower} + noun") for phrase in phrases for c in phrase.children if words[c].dep == "pobj"
        ]
        below += [Filler(c, "possessive") for c in words[filler.head].children if words[c].dep == "poss"]
        return next((f for f in below if self.is_somebody(f)), filler)

    def _has_possessive_pronoun(self, filler: Filler) -> bool:
        """Whether a phrase is the source's own: "its troops"."""
        words = self._view.parsed.words
        return any(words[c].tag == "PRP$" for c in words[filler.head].children)

    def at_home(self, agent: Filler | None, source: Codes, target: Codes, category: str, mode: str | None) -> Codes:
        """The source, with a country where it has none and the deed is one that is done at home.

        Protesters, parties and rebels act in their own country unless the text says otherwise; whoever arrests, judges or lifts a
        curfew does it where he governs; a resignation is the resigning one's country's.
        """
        if self.lands(source) or agent is None:
            return source
        local = bool(source) and source[0] not in ABROAD and category != "ASSAULT"
        return (*self.lands(target), *source) if category in AT_HOME or mode == "resign" or local else source

    def where(self, predicate: Predicate) -> Codes:
        """Whose land a deed without an agent was done in: "was arrested in Italy"."""
        place = predicate.first("in")
        return self.countries(place)

    def lands(self, codes: Codes) -> Codes:
        """Of codes those that stand in the country's place."""
        return tuple(code for code in codes if code not in self._sectors or code in STATELESS)

    def other(self, indices: list[int], at: int, source: Codes) -> Codes:
        """The next country named after a word, else the last before it, that is not the source's."""
        named = [(i, codes) for i, codes in self._codes.named_in(indices) if not set(codes) & set(source)]
        after = [codes for i, codes in named if i > at]
        return after[0] if after else (named[-1][1] if named else ())

    def addressed(self, report: Report, subject: Filler | None, source: Codes) -> Codes:
        """The accused, the one who is told or is to act, else the first in the words who is somebody else."""
        words = self._view.parsed.words
        cue = self._view.predicates.get(report.cue[0])
        fillers = [filler for filler in (report.accused, subject) if filler is not None]
        fillers += [filler for role in _TOLD for filler in (cue.roles.get(role, ()) if cue is not None else ())]
        for i in report.content:
            clause = self._view.predicates.get(i)
            if clause is not None and clause.kind == "v" and words[i].head not in report.content:
                named = [*clause.roles.get("subj", ()), *clause.roles.get("obj", ())]
                fillers += [filler for filler in named if words[filler.head].pos != "PRON"]
        spoke = {speaker.head for speaker in report.speakers}
        for filler in fillers:
            party = self._party_in(filler)
            if filler.head in spoke or not self.is_somebody(party):
                continue
            if self.countries(party):
                return self.of(party)
            if words[party.head].pos != "PRON":
                return (*self.lands(source), *self.of(party))  # "the minister": one's own unless another's
        return self.other(list(report.content), report.cue[0], source)
