"""From what a text names and what is said of it to events."""

from collections.abc import Iterator, Mapping

from truceline.knowledge.acts import Plover
from truceline.model import Modality
from truceline.plover.events import AT_HOME, HOSTILE, SUBSUMING, Named, PloverEvent, coded
from truceline.plover.sides import Sides
from truceline.reading.modality import ModalityReader, Stance
from truceline.reading.reports import Report
from truceline.reading.view import ClauseView, Filler, Predicate

_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "ROOT", "attr"})


class Coder:
    """Codes one text.

    Args:
        view: The text.
        reports: Who says what in it.
        named: What it names, in text order.
        cues: Cue class -> category and mode of the speech act.
        modality: Reads stances.
        sides: Finds source and target.
    """

    def __init__(
        self,
        view: ClauseView,
        reports: tuple[Report, ...],
        named: list[Named],
        *,
        cues: Mapping[str, Plover],
        modality: ModalityReader,
        sides: Sides,
    ) -> None:
        self._view = view
        self._reports = reports
        self._named = named
        self._cues = cues
        self._modality = modality
        self._sides = sides

    def events(self) -> list[PloverEvent]:
        """All events, in text order."""
        spoken = [(report, event) for report in self._reports if (event := self._speech(report)) is not None]
        covered = {i for report, event in spoken if event.event in SUBSUMING for i in report.content}
        stop = frozenset(i for report in self._reports if not report.cue_class.thought for i in report.cue)
        deeds = [
            event for item in self._named if item.found.predicate.i not in covered and (event := self._deed(item, stop))
        ]
        found = [*(event for _, event in spoken), *deeds]
        found += self._announced({event.at for event in found} | covered)
        return sorted(found, key=lambda event: event.at)

    # ---- deeds -----------------------------------------------------------------------------------------------------------

    def _deed(self, named: Named, stop: frozenset[int]) -> PloverEvent | None:
        found, category, mode, act = named
        predicate = found.predicate
        stance = self._modality.stance(self._view, predicate, stop - set(found.words))
        if stance.why == "'would'" and self._is_reported(predicate.i):
            stance = Stance(Modality.EXPECTED, None, "future in the past")
        if stance.background or stance.modality in {Modality.HYPOTHETICAL, Modality.DECLINED}:
            return None
        agent = found.agent if found.agent is not None and self._sides.is_somebody(found.agent) else None
        source = self._sides.of(agent)
        target = self._sides.target(predicate, found.patient, source, category)
        source = self._sides.at_home(agent, source, target, category, mode)
        if agent is None and (category == "COERCE" or mode == "investigate"):
            source = self._sides.where(predicate)
        if act == "show_of_force" and len(self._sides.countries(agent)) > 1:
            category, mode = "COOPERATE", None  # an exercise of several states together
        category, mode = coded(category, mode, stance.modality)
        if (not source and not target) or (not source and predicate.kind == "n" and self._in_passing(predicate)):
            return None
        return PloverEvent(category, mode, source, target, predicate.i, act)

    def _is_reported(self, i: int) -> bool:
        return any(i in report.content for report in self._reports)

    def _in_passing(self, predicate: Predicate) -> bool:
        """Whether an event noun is no part of what a clause tells: "during a summit"."""
        return predicate.support is None and self._view.parsed.words[predicate.i].dep not in _ARGUMENTS

    # ---- what is said ----------------------------------------------------------------------------------------------------

    def _speech(self, report: Report) -> PloverEvent | None:
        """The event of speaking: accusing, denying, demanding, threatening, promising."""
        plover = self._cues.get(report.name)
        subject = self._must(report) if plover is None else None
        if not report.speakers or report.modality is Modality.DECLINED or (plover is None and subject is None):
            return None
        if self._has_nearer_frame(report):
            return None
        event, mode = plover if plover is not None else Plover("REQUEST", "change")
        deeds = self._deeds_of(report)
        if event == "AGREE" and any(category in HOSTILE for category in deeds):
            event, mode = "THREATEN", None
        source = tuple(dict.fromkeys(code for speaker in report.speakers for code in self._sides.of(speaker)))
        target = self._sides.addressed(report, subject, source)
        domestic = next((category for category in deeds if category in AT_HOME), event)
        source = self._sides.at_home(report.speakers[0], source, target, domestic, None)
        return PloverEvent(event, mode, source, target, report.cue[0]) if source or target else None

    def _has_nearer_frame(self, report: Report) -> bool:
        """ "Summoned the ambassador" is a frame of its own; "attacked by militiamen" is no criticism."""
        at_cue = [named for named in self._named if named.found.predicate.i == report.cue[0]]
        return any(named.act is None or named.category == "ASSAULT" for named in at_cue)

    def _deeds_of(self, report: Report) -> list[str]:
        """Categories of the deeds that the content is about, not those it mentions."""
        heads = {i for i in report.content if self._view.parsed.words[i].head not in report.content}
        return [n.category for n in self._named if heads & {n.found.predicate.i, n.found.predicate.support}]

    def _must(self, report: Report) -> Filler | None:
        """Who, in somebody's words, must or should do something."""
        for i in report.content:
            clause = self._view.predicates.get(i)
            if clause is not None and clause.kind == "v" and clause.modal in {"must", "should", "ought"}:
                return clause.first("subj", "obj")
        return None

    # ---- what somebody will do -------------------------------------------------------------------------------------------

    def _announced(self, taken: set[int]) -> Iterator[PloverEvent]:
        """ "X will …", where no frame names the deed: an agreement to act, or a refusal."""
        for i, predicate in sorted(self._view.predicates.items()):
            will = predicate.modal == "will" or (predicate.modal == "would" and self._is_reported(i))
            subject = predicate.first("subj")
            if i in taken or predicate.kind != "v" or not will or not self._sides.countries(subject):
                continue
            source = self._sides.of(subject)
            category = "REJECT" if predicate.negation is not None else "AGREE"
            target = self._sides.target(predicate, predicate.first("obj", "to", "with"), source, category)
            yield PloverEvent(category, None, source, target, i)
