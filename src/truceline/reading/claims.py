"""From acts and reports to claims in words: each act under the chain of those who speak of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from truceline.model.claim import Modality
from truceline.reading.chains import Speaking, chains, holds, links, other_speaker
from truceline.reading.frames import ActFound
from truceline.reading.merging import told_once, with_actors_only, without_absorbed
from truceline.reading.modality import ModalityReader, Stance
from truceline.reading.quotes import Quote
from truceline.reading.reports import Report
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Filler, Predicate

_OVERRIDES = frozenset({Modality.THREATENED, Modality.DEMANDED, Modality.PROMISED, Modality.WARNED, Modality.DECLINED})
_ACCUSING = frozenset({"accuse", "charge", "blame", "hold_responsible", "trade_blame"})
_MEANS_LITTLE = 3  # words; a shorter piece of somebody's words without an act is no claim


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim as the grammar finds it, before anybody or anything in it is identified."""

    act: str | None
    at: int  # the word that stands for the act, or for the cue where there is no act
    words: tuple[int, ...]  # that name the act
    predicate: Predicate | None
    agent: Filler | None
    patient: Filler | None
    chain: tuple[Speaking, ...]  # outermost first
    stance: Stance
    quoted: bool
    by: str
    piece: tuple[int, ...] = ()  # the words, where there is no act
    flags: tuple[tuple[str, str], ...] = ()  # (kind, why)
    refers: int | None = None


class ClaimFinder:
    """Joins acts and reports."""

    def __init__(
        self, modality: ModalityReader, sorter: Sorter, force_acts: frozenset[str], first_person: frozenset[str]
    ) -> None:
        self._first_person = first_person
        self._modality = modality
        self._sorter = sorter
        self._force = force_acts

    def claims(
        self, view: ClauseView, acts: list[ActFound], reports: tuple[Report, ...], quotes: tuple[Quote, ...]
    ) -> list[FoundClaim]:
        """Claims in text order."""
        stop = frozenset(i for report in reports for i in report.cue)
        found: list[FoundClaim] = []
        used: set[tuple[int, int]] = set()  # (report's cue, sentence) that some act speaks for
        acts = told_once(acts)
        acts = [with_actors_only(view, act, acts, self._sorter) for act in acts]
        for act in without_absorbed(acts):
            i = act.predicate.i
            holding = [report for report in reports if holds(report, i) and not _told_aside(view, i, report)]
            for report in holding:
                used.add((report.cue[-1], view.parsed.words[i].sentence))
            for chain in chains(holding):
                found.extend(self._act_claims(view, act, chain, holding, stop, quotes))
        for report in reports:
            found.extend(self._without_act(view, report, reports, used, quotes))
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
        if agent is None and accused is not None and self._sorter.is_actor(view, accused):
            agent = replace(accused, path="the accused")
        if agent is not None and act.patient is not None and agent.head == act.patient.head:
            act = replace(act, patient=None)
        flags: list[tuple[str, str]] = []
        if stance.background:
            flags.append(("background", stance.why))
        speaking = [report for report in chain if self._is_said(view, report)]
        inner = speaking[-1] if speaking else None
        for link in links(speaking):
            whose = agent
            if inner is not None and inner.mutual and _deed_of(view, act, inner):
                whose = other_speaker(inner, link[-1].speaker)
                if whose is None:
                    flags = [*flags, ("mutual", "each side says it of the other")]
            modality = self._overall(view, act, stance, chain, whose)
            yield FoundClaim(
                act=act.act,
                at=act.predicate.i,
                words=act.words,
                predicate=act.predicate,
                agent=whose,
                patient=act.patient,
                chain=link,
                stance=replace(stance, modality=modality),
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
        for report in reversed(chain):
            if report.cue_class.thought and act.act == "refuse_resignation":
                continue
            own = report.modality
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

    def _is_said(self, view: ClauseView, report: Report) -> bool:
        """Whether somebody speaks in a report: a plan is no statement, and an attack that threatens a truce says nothing."""
        if report.cue_class.thought or not report.speakers:
            return False
        sorts = self._sorter.of_filler(view, report.speakers[0])
        return "deed" not in sorts or bool(sorts & {"actor", "name", "speech"})

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

    # ---- without an act ----

    def _without_act(
        self,
        view: ClauseView,
        report: Report,
        reports: tuple[Report, ...],
        used: set[tuple[int, int]],
        quotes: tuple[Quote, ...],
    ) -> Iterator[FoundClaim]:
        """Claims of a report whose words, or one sentence of them, name no act of the vocabulary."""
        cue_class = report.cue_class
        if not self._is_said(view, report):
            return
        garbled = self._garbled(view, report)
        clausal = (
            report.by.rsplit(": ", 1)[-1] in {"clause", "quote", "bare", "inf", "obj+inf", "obj+as", "obj+attr", "ing"}
            or report.kind == "direct"
            or report.cue_class.speaker == ("source",)
        )
        names_position = report.name in _ACCUSING or cue_class.bare or garbled is not None
        if not (clausal or names_position or "mark" in report.by or "colon" in report.by):
            return
        outer = [r for r in reports if r is not report and holds(r, report.cue[-1])]
        chain = next(iter(chains(outer)), ())
        for piece in _sentences(view, report):
            number = view.parsed.words[piece[0]].sentence if piece else view.parsed.words[report.cue[-1]].sentence
            if ((report.cue[-1], number) in used and report.name != "describe") or (
                piece and len(piece) < _MEANS_LITTLE and not names_position
            ):
                continue
            nested = any(
                r is not report and r.cue[-1] in piece and self._is_said(view, r) for r in reports
            )
            if nested and garbled is None:
                continue
            yield from self._null_claims(view, report, chain, piece, garbled, quotes)

    def _null_claims(
        self,
        view: ClauseView,
        report: Report,
        chain: tuple[Report, ...],
        piece: tuple[int, ...],
        garbled: str | None,
        quotes: tuple[Quote, ...],
    ) -> Iterator[FoundClaim]:
        act = None if garbled else report.cue_class.act
        stance = Stance(report.modality, None, f"cue '{view.parsed.words[report.cue[-1]].text}'")
        demanded = _demanded(view, piece, self._sorter)
        if act is None and demanded is not None and garbled is None:
            act, stance = "demand", Stance(Modality.DEMANDED, demanded.negation, f"'{demanded.modal}'")
        if report.modality is Modality.DECLINED and act is None:
            act = "blame_declined" if report.name in {"decline", "no_blame"} else None
        flags = (
            [("garbled", garbled)]
            if garbled
            else []
            if act
            else [("no_act", "the words name no act of the vocabulary")]
        )
        speaking = [r for r in chain if self._is_said(view, r)]
        for link in links([*speaking, report]):
            agent, patient = self._roles_of_word_act(view, report, act, link[-1].speaker, piece)
            at = piece[0] if piece and act in {None, "demand"} and report.kind != "indirect" else report.cue[-1]
            yield FoundClaim(
                act=act,
                at=at,
                words=_named_by(view, report, act, piece),
                predicate=None,
                agent=agent,
                patient=patient,
                chain=link,
                stance=stance,
                quoted=bool(piece) and any(q.first <= piece[0] <= q.last for q in quotes),
                by=report.by,
                piece=piece or report.cue,
                flags=tuple(flags),
                refers=report.refers if report.modality is Modality.DENIED else None,
            )

    def _garbled(self, view: ClauseView, report: Report) -> str | None:
        """Why an accusation makes no sense: its object can be neither guilty nor a deed."""
        if report.name not in _ACCUSING or report.accused is None or report.content or report.mutual:
            return None
        if self._sorter.is_actor(view, report.accused) or "deed" in self._sorter.of_filler(view, report.accused):
            return None
        return f"'{view.parsed.words[report.cue[-1]].text}' has neither an actor nor an act as its object"

    def _roles_of_word_act(
        self, view: ClauseView, report: Report, act: str | None, speaker: Filler | None, piece: tuple[int, ...]
    ) -> tuple[Filler | None, Filler | None]:
        if act is None:
            return None, None
        if act == "accuse":
            accused = report.accused
            return (accused if accused is not None and self._sorter.is_actor(view, accused) else None), None
        cue = view.predicates.get(report.cue[-1]) or view.predicates.get(report.cue[0])
        target = cue.first("obj", "on", "against", "to", "of") if cue is not None else None
        if target is None or not self._sorter.is_actor(view, target):
            target = self._target_in(view, piece)
        if act == "demand":  # who is to act
            return target, None
        return (speaker if act in {"threaten", "condemn", "apologise", "warn"} else None), target

    def _target_in(self, view: ClauseView, piece: tuple[int, ...]) -> Filler | None:
        """The one aimed at in words without an act: the first clause's object, its possessor, or its subject."""
        for i in piece:
            predicate = view.predicates.get(i)
            if predicate is None or predicate.kind != "v":
                continue
            for filler in predicate.roles.get("obj", ()):
                for c in view.parsed.words[filler.head].children:
                    if view.parsed.words[c].dep == "poss":
                        return Filler(c, "possessor of object")
                if self._sorter.is_actor(view, filler):
                    return filler
            subject = predicate.first("subj")
            if (
                predicate.modal in {"should", "must", "ought"}
                and subject is not None
                and self._sorter.is_actor(view, subject)
            ):
                return subject
        return None


def _named_by(view: ClauseView, report: Report, act: str | None, piece: tuple[int, ...]) -> tuple[int, ...]:
    """Words that stand for an act of words: the deed threatened or demanded where there is one, else the cue."""
    if act is None:
        return ()
    verb = next((i for i in piece if i in view.predicates and view.predicates[i].kind == "v"), None)
    return (verb,) if verb is not None and act in {"threaten", "demand", "warn"} else report.cue


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


def _sentences(view: ClauseView, report: Report) -> Iterator[tuple[int, ...]]:
    """The content by sentence; one empty piece where there is none."""
    if not report.content:
        yield ()
        return
    pieces: dict[int, list[int]] = {}
    for i in report.content:
        pieces.setdefault(view.parsed.words[i].sentence, []).append(i)
    for piece in pieces.values():
        yield tuple(piece)


def _demanded(view: ClauseView, piece: tuple[int, ...], sorter: Sorter) -> Predicate | None:
    """The clause of a piece that says what somebody should or must do."""
    for i in piece:
        predicate = view.predicates.get(i)
        if predicate is not None and predicate.modal in {"should", "must", "ought"}:
            subject = predicate.first("subj", "obj")
            if subject is not None and sorter.of(view.parsed.words[subject.head]) & {"actor", "name"}:
                return predicate
    return None
