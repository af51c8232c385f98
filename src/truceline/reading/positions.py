"""Positions without an act of the vocabulary: what somebody says, judges, threatens or declines to say."""

from collections.abc import Iterator

from truceline.model.claim import Modality
from truceline.reading.chains import chains, holds, links
from truceline.reading.found import FoundClaim
from truceline.reading.modality import Stance
from truceline.reading.quotes import Quote
from truceline.reading.reports import Report
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Filler, Predicate

_LONGEST_REFERENCE = 8  # words; what is longer says itself what it is about
_MEANS_LITTLE = 3  # words; a shorter piece of somebody's words without an act is no claim


def is_said(view: ClauseView, report: Report, sorter: Sorter) -> bool:
    """Whether somebody speaks in a report: a plan is no statement, and an attack that threatens a truce says nothing."""
    if report.cue_class.thought or not report.speakers:
        return False
    sorts = sorter.of_filler(view, report.speakers[0])
    return "deed" not in sorts or bool(sorts & {"actor", "name", "speech"})


class PositionFinder:
    """Makes claims of reports whose words name no act."""

    def __init__(self, sorter: Sorter, affirming: frozenset[str], demanding: frozenset[str]) -> None:
        self._sorter = sorter
        self._affirming = affirming
        self._demanding = demanding  # modals: what ought to be is demanded

    def claims(
        self,
        view: ClauseView,
        report: Report,
        reports: tuple[Report, ...],
        used: set[tuple[int, int]],
        quotes: tuple[Quote, ...],
    ) -> Iterator[FoundClaim]:
        """Claims of a report whose words, or one sentence of them, name no act of the vocabulary."""
        if report.form == "verdict":
            yield from self._verdict(view, report, reports, used)
            return
        cue_class = report.cue_class
        judged = any(r.form == "verdict" and report.cue[-1] in r.cue for r in reports)
        if judged or not is_said(view, report, self._sorter):
            return
        garbled = self._garbled(view, report)
        clausal = (
            report.alternative in {"clause", "host", "quote", "bare", "inf", "obj+inf", "obj+as", "obj+attr", "ing"}
            or report.kind == "direct"
            or report.cue_class.speaker == ("source",)
        )
        taken_up = self._taken_up(view, report)
        names_position = (
            report.cue_class.act == "accuse" or cue_class.bare or garbled is not None or taken_up is not None
        )
        if not (clausal or names_position or report.form in {"colon", "mark"}):
            return
        outer = [r for r in reports if r is not report and holds(r, report.cue[-1])]
        chain = next(iter(chains(outer)), ())
        for piece in _sentences(view, report):
            number = view.parsed.words[piece[0]].sentence if piece else view.parsed.words[report.cue[-1]].sentence
            if ((report.cue[-1], number) in used and report.name != "describe") or (
                piece and len(piece) < _MEANS_LITTLE and not names_position
            ):
                continue
            if taken_up is not None and piece and len(piece) > _LONGEST_REFERENCE:
                continue
            nested = any(
                r is not report and r.cue[-1] in piece and (is_said(view, r, self._sorter) or r.form == "verdict")
                for r in reports
            )
            if nested and garbled is None:
                continue
            yield from self._null_claims(view, report, chain, piece, garbled, quotes)

    def _verdict(
        self, view: ClauseView, report: Report, reports: tuple[Report, ...], used: set[tuple[int, int]]
    ) -> Iterator[FoundClaim]:
        """ "Said that this is untrue": whoever says so denies the claim that "this" takes up."""
        cue = report.cue[-1]
        outer = [r for r in reports if r is not report and holds(r, cue)]
        chain = (*next(iter(chains(outer)), ()), report)
        speaking = [r for r in chain if is_said(view, r, self._sorter)]
        if not speaking or (cue, view.parsed.words[cue].sentence) in used:
            return
        stance = Stance(report.modality, None, f"'{view.parsed.words[cue].text}' is said of it")
        for link in links(speaking):
            yield FoundClaim(
                act=None,
                at=cue,
                words=report.cue,
                predicate=None,
                agent=None,
                patient=None,
                chain=link,
                stance=stance,
                quoted=False,
                by=report.by,
                piece=tuple(sorted({*report.content, *report.cue})),
                flags=(("no_act", "the words name no act of the vocabulary"),),
                refers=report.refers,
            )

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
        demanded = _demanded(view, piece, self._sorter, self._demanding)
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
        speaking = [r for r in chain if is_said(view, r, self._sorter)]
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
                refers=self._taken_up(view, report),
            )

    def _taken_up(self, view: ClauseView, report: Report) -> int | None:
        """The word that stands for an earlier claim which this report denies or confirms: "rejected the allegation"."""
        if report.refers is None:
            return None
        word = view.parsed.words[report.refers]
        if report.modality is Modality.DENIED or view.parsed.words[report.cue[-1]].lemma in self._affirming:
            sorts = self._sorter.of(word)
            outside = report.refers not in report.content and report.refers in view.predicates
            return word.i if outside or sorts & {"speech", "accusation", "pronoun"} else None
        return None

    def _garbled(self, view: ClauseView, report: Report) -> str | None:
        """Why an accusation makes no sense: its object can be neither guilty nor a deed."""
        if report.cue_class.act != "accuse" or report.accused is None or report.content or report.mutual:
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
            if predicate.modal in self._demanding and subject is not None and self._sorter.is_actor(view, subject):
                return subject
        return None


def _named_by(view: ClauseView, report: Report, act: str | None, piece: tuple[int, ...]) -> tuple[int, ...]:
    """Words that stand for an act of words: the deed threatened or demanded where there is one, else the cue."""
    if act is None:
        return ()
    verb = next((i for i in piece if i in view.predicates and view.predicates[i].kind == "v"), None)
    return (verb,) if verb is not None and act in {"threaten", "demand", "warn"} else report.cue


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


def _demanded(view: ClauseView, piece: tuple[int, ...], sorter: Sorter, demanding: frozenset[str]) -> Predicate | None:
    """The clause of a piece that says what somebody should or must do."""
    for i in piece:
        predicate = view.predicates.get(i)
        if predicate is not None and predicate.modal in demanding:
            subject = predicate.first("subj", "obj")
            if subject is not None and sorter.of(view.parsed.words[subject.head]) & {"actor", "name"}:
                return predicate
    return None
