"""Acts told twice, and deeds in the place of those who did them."""

from dataclasses import replace

from truceline.reading.frames import ActFound
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Filler

# A verb of hitting says what these did; of all others it is an act of its own ("the killing hit the town hard").
_STRIKES = frozenset(
    {"air_strike", "drone_strike", "explosion", "ground_attack", "missile_strike", "shelling", "small_arms_fire"}
)


def with_actors_only(view: ClauseView, act: ActFound, acts: list[ActFound], sorter: Sorter) -> ActFound:
    """An attack that kills is no agent: the one who attacked is, where the text says who. So for an attack repulsed."""
    by_word = {other.predicate.i: other for other in acts}
    agent, patient = act.agent, act.patient
    if agent is not None and not sorter.is_actor(view, agent):
        behind = by_word.get(agent.head)
        agent = (
            replace(behind.agent, path=f"{behind.agent.path} of '{view.parsed.words[agent.head].text}'")
            if behind and behind.agent
            else None
        )
    if (
        patient is not None
        and (behind := by_word.get(patient.head)) is not None
        and behind is not act
        and behind.predicate.kind == "n"
        and not sorter.is_actor(view, patient)
    ):
        who = behind.patient if behind.act == "hold_position" else behind.agent
        patient = replace(who, path=f"{who.path} of '{view.parsed.words[patient.head].text}'") if who else None
    if act.predicate.kind == "n" and act.patient is None and act.predicate.support in by_word:
        carrier = by_word[act.predicate.support]  # "repelled an attack": who repelled it was attacked
        if (
            carrier.agent is not None
            and carrier.act == "armed_clash"
            and (agent is None or carrier.agent.head != agent.head)
        ):
            patient = replace(carrier.agent, path=f"the one who '{view.parsed.words[carrier.predicate.i].text}'")
    if agent is act.agent and patient is act.patient:
        return act
    return replace(act, agent=agent, patient=patient)


def without_names(view: ClauseView, acts: list[ActFound], naming: frozenset[str]) -> list[ActFound]:
    """Acts without those that are but words of a name, and without names in the place of those who act: "Operation Dawn Attack"."""

    def unnamed(filler: Filler | None) -> Filler | None:
        return None if filler is not None and _in_name(view, filler.head, naming) else filler

    kept = [act for act in acts if act.predicate.kind != "n" or not _in_name(view, act.predicate.i, naming)]
    return [replace(act, agent=unnamed(act.agent), patient=unnamed(act.patient)) for act in kept]


def _in_name(view: ClauseView, i: int, naming: frozenset[str]) -> bool:
    """Whether a word belongs to capitalised words that begin with "Operation" or the like."""
    words = view.parsed.words
    first = i
    while not (words[first].lower in naming and words[first].text[0].isupper()):
        if first == 0 or not words[first].text[0].isupper() or words[first].sentence != words[first - 1].sentence:
            return False
        first -= 1
    after = first + 1
    return after < len(words) and words[after].text[0].isupper() and words[after].sentence == words[first].sentence


def told_once(acts: list[ActFound]) -> list[ActFound]:
    """Acts told twice, once.

    So for a word inside a longer name of an act, and for "rocket fire hit the airport": the verb adds only the target.
    """
    inside = {i for act in acts for i in act.words if i not in {act.predicate.i, act.predicate.support}}
    kept = [act for act in acts if act.predicate.i not in inside or act.predicate.kind == "v"]
    nouns = {act.predicate.i: n for n, act in enumerate(kept) if act.predicate.kind == "n"}
    told: set[int] = set()
    for n, act in enumerate(kept):
        subject = act.predicate.first("subj") if act.predicate.kind == "v" and act.act == "ground_attack" else None
        at = nouns.get(subject.head) if subject is not None else None
        if at is not None and kept[at].act in _STRIKES:
            kept[at] = replace(
                kept[at], patient=kept[at].patient or act.patient, words=tuple(sorted({*kept[at].words, *act.words}))
            )
            told.add(n)
    return [act for n, act in enumerate(kept) if n not in told]


def without_absorbed(acts: list[ActFound]) -> list[ActFound]:
    """ "Regained control" is one act, not two."""
    by_word = {act.predicate.i: act for act in acts}
    return [
        act
        for act in acts
        if not (
            act.act == "hold_position"
            and act.predicate.kind == "n"
            and act.predicate.support in by_word
            and by_word[act.predicate.support].act in {"seize", "handover"}
        )
    ]
