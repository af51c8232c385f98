"""From acts and reports to claims in words: each act under the chain of those who speak of it."""

from collections.abc import Iterator
from dataclasses import replace

from truceline.knowledge.frames import FrameLexicon
from truceline.model.claim import Modality
from truceline.reading.chains import chains, holds, links, other_speaker
from truceline.reading.found import FoundClaim
from truceline.reading.frames import ActFound
from truceline.reading.merging import told_once, with_actors_only, without_absorbed, without_names
from truceline.reading.modality import ModalityReader, Stance, is_asked_for
from truceline.reading.positions import PositionFinder, is_said
from truceline.reading.quotes import Quote
from truceline.reading.reports import Report
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Filler

_OVERRIDES = frozenset({Modality.THREATENED, Modality.DEMANDED, Modality.PROMISED, Modality.WARNED, Modality.DECLINED})


class ClaimFinder:
    """Joins acts and reports."""

    def __init__(
        self,
        modality: ModalityReader,
        sorter: Sorter,
        lexicon: FrameLexicon,
        force_acts: frozenset[str],
    ) -> None:
        support = lexicon.support
        self._the_other = lexicon.cues.closed.the_other
        self._naming = lexicon.cues.closed.naming_nouns
        self._first_person = support.pronouns["first"]
        self._modality = modality
        self._sorter = sorter
        self._positions = PositionFinder(sorter, support.affirming_verbs, lexicon.cues.closed.demanding_modals)
        self._force = force_acts

    def claims(
        self, view: ClauseView, acts: list[ActFound], reports: tuple[Report, ...], quotes: tuple[Quote, ...]
    ) -> list[FoundClaim]:
        """Claims in text order."""
        stop = frozenset(i for report in reports for i in report.cue)
        found: list[FoundClaim] = []
        used: set[tuple[int, int]] = set()  # (report's cue, sentence) that some act speaks for
        acts = told_once(without_names(view, acts, self._naming))
        acts = [with_actors_only(view, act, acts, self._sorter) for act in acts]
        for act in without_absorbed(acts):
            i = act.predicate.i
            holding = [report for report in reports if holds(report, i) and not _told_aside(view, i, report)]
            for report in holding:
                used.add((report.cue[-1], view.parsed.words[i].sentence))
            for chain in chains(holding):
                found.extend(self._act_claims(view, act, chain, holding, stop, quotes))
        for report in reports:
            found.extend(self._positions.claims(view, report, reports, used, quotes))
        return sorted(
            found,
            key=lambda claim: (claim.at, claim.act or "", [s.speaker.head if s.speaker else -1 for s in claim.chain]),
        )

    # ---- with an act ----

    def _act_claims(
        self,
        view: ClauseView,
        act: ActFound,
        chain: tuple[Report, ...],
        holding: list[Report],
        stop: frozenset[int],
        quotes: tuple[Quote, ...],
    ) -> Iterator[FoundClaim]:
        stance = self._modality.stance(view, act.predicate, stop - set(act.words))
        accused = next((r.accused for r in holding if r.accused is not None and _deed_of(view, act, r)), None)
        agent = act.agent
        if agent is not None and is_asked_for(view, agent):
            agent = None
        if act.patient is not None and is_asked_for(view, act.patient):
            act = replace(act, patient=None)
        if agent is None and accused is not None and self._sorter.is_actor(view, accused):
            agent = replace(accused, path="the accused")
        if agent is not None and act.patient is not None and agent.head == act.patient.head:
            act = replace(act, patient=None)
        flags: list[tuple[str, str]] = []
        if stance.background:
            flags.append(("background", stance.why))
        speaking = [report for report in chain if is_said(view, report, self._sorter)]
        inner = speaking[-1] if speaking else None
        verdict = chain[-1] if chain and chain[-1].form == "verdict" else None
        answered = verdict is not None and any(r.speakers for r in holding if verdict.refers in r.cue)
        for link in links(speaking):
            whose = _own_deed(agent, inner, link[-1].speaker if link else None)
            if (
                inner is not None
                and (inner.mutual or _of_the_other(view, inner, self._the_other))
                and _deed_of(view, act, inner)
            ):
                whose = other_speaker(inner, link[-1].speaker)
                if whose is None:
                    flags = [*flags, ("mutual", "each side says it of the other")]
            modality = self._overall(view, act, stance, chain, whose)
            yield FoundClaim(
                act=act.act,
                at=act.predicate.i,
                words=verdict.cue if verdict is not None and answered else act.words,
                predicate=act.predicate,
                agent=whose,
                patient=act.patient,
                chain=link,
                stance=_explained(view, stance, modality, chain),
                quoted=any(q.first <= act.predicate.i <= q.last for q in quotes),
                by=act.by,
                flags=tuple(flags),
            )

    def _overall(
        self, view: ClauseView, act: ActFound, stance: Stance, chain: tuple[Report, ...], agent: Filler | None
    ) -> Modality:
        """The stance of the clause, then each report's from the inside out."""
        current = stance.modality
        if self._is_future(stance, chain):
            if self._speaks_of_itself(view, chain, agent):
                current = Modality.THREATENED if act.act in self._force else Modality.PROMISED
            else:
                current = Modality.EXPECTED
        if act.act == "refuse_resignation":
            current = Modality.ASSERTED
        elif current in {Modality.ASSERTED, Modality.EXPECTED} and _is_asked(view, act.predicate.i):
            current = Modality.HYPOTHETICAL
        for report in reversed(chain):
            if report.cue_class.thought and act.act == "refuse_resignation":
                continue
            own = report.modality
            if own is Modality.DENIED and _in_passing(view, act, report):
                continue
            if (
                own in _OVERRIDES
                or (own is not Modality.ASSERTED and current is Modality.ASSERTED)
                or (
                    own in {Modality.EXPECTED, Modality.HYPOTHETICAL, Modality.DENIED}
                    and current is Modality.EXPECTED
                    and stance.background is False
                )
            ):
                current = own
        return current

    def _is_future(self, stance: Stance, chain: tuple[Report, ...]) -> bool:
        """ "Will", or the "would" that it becomes in reported speech."""
        return stance.why == "future tense" or (stance.why == "'would'" and bool(chain))

    def _speaks_of_itself(self, view: ClauseView, chain: tuple[Report, ...], agent: Filler | None) -> bool:
        if agent is None:
            return False
        word = view.parsed.words[agent.head]
        if word.lower in self._first_person:
            return True
        speakers = {s.head for report in chain for s in report.speakers}
        possessive = any(
            view.parsed.words[c].tag == "PRP$" and view.parsed.words[c].lower in self._first_person
            for c in word.children
        )
        return agent.head in speakers or possessive


def _own_deed(agent: Filler | None, report: Report | None, speaker: Filler | None) -> Filler | None:
    """ "A and B denied shelling the camp": each speaks of a deed of its own, where the speakers are the ones understood."""
    if agent is None or report is None or speaker is None or not agent.path.startswith("understood"):
        return agent
    if agent.head not in {s.head for s in report.speakers}:
        return agent
    return replace(speaker, path=agent.path)


def _explained(view: ClauseView, stance: Stance, modality: Modality, chain: tuple[Report, ...]) -> Stance:
    """The stance with the modality that holds in the end, and what made it so where the clause alone does not."""
    if modality is stance.modality:
        return stance
    report = next((r for r in chain if r.modality is modality), None)
    if report is None:
        return replace(stance, modality=modality, why=f"{stance.why}, of the speaker's own side")
    cue = report.cue[-1]
    return replace(stance, modality=modality, word=cue, why=f"cue '{view.parsed.words[cue].text}'")


def _of_the_other(view: ClauseView, report: Report, other: frozenset[str]) -> bool:
    """ "Each accused the other": of two speakers."""
    accused = report.accused
    return accused is not None and len(report.speakers) == 2 and view.parsed.words[accused.head].lower in other


def _is_asked(view: ClauseView, i: int) -> bool:
    sentence = view.parsed.sentences[view.parsed.words[i].sentence]
    return any(view.parsed.words[j].text == "?" for j in range(max(i, sentence.last - 2), sentence.last))


def _told_aside(view: ClauseView, i: int, report: Report) -> bool:
    """Whether what somebody demands, promises or threatens only mentions the act, as a fact: "withdraw from the town it took"."""
    if report.modality not in _OVERRIDES:
        return False
    for j in (i, *view.parsed.ancestors(i)):
        if j not in report.content:
            return False
        clause = view.predicates.get(j)
        if view.parsed.words[j].dep == "relcl" and clause is not None and clause.tense in {"past", "present"}:
            return True
    return False


def _in_passing(view: ClauseView, act: ActFound, report: Report) -> bool:
    """Whether what is denied only mentions the act, as a time or a circumstance: "denied shelling the town after its capture"."""
    words = view.parsed.words
    below = words[act.predicate.i]
    for j in view.parsed.ancestors(act.predicate.i):
        if j not in report.content or j == report.refers:
            return False
        above = view.predicates.get(j)
        carries = j == act.predicate.support
        if below.dep in {"relcl", "advcl"} and words[j].pos not in {"ADP"} and below.i in view.predicates:
            return True
        if below.dep == "prep" and above is not None and above.kind == "v" and not carries:
            return True
        below = words[j]
    return False


def _deed_of(view: ClauseView, act: ActFound, report: Report) -> bool:
    """Whether the act is what the report's content is about, and not something said in passing within it."""
    if not holds(report, act.predicate.i):
        return False
    inside = set(report.content)
    for j in view.parsed.ancestors(act.predicate.i):
        if j not in inside:
            return True
        above = view.predicates.get(j)
        if above is not None and above.kind == "v" and above.first("subj") is not None and j != act.predicate.support:
            return False
    return True
