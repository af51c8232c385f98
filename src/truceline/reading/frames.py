"""The interpreter: matches the frames of the lexicon against the clause view."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from truceline.knowledge.frames import FrameGroup, FrameIndex, FrameLexicon, Pattern
from truceline.model.claim import Modality
from truceline.reading.keys import keys_of, support_of
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Filler, Predicate

_ARGUMENTS = frozenset({"subj", "obj", "iobj"})
_BESIDE = ("on", "to", "over", "against", "with", "at")


@dataclass(frozen=True, slots=True)
class ActFound:
    """An act named in the text: the frame that matched, the words that name it, and its roles."""

    act: str
    predicate: Predicate
    words: tuple[int, ...]
    agent: Filler | None
    patient: Filler | None
    by: str  # "frame shelling/shell.v: does to"
    mutual: bool


class FrameMatcher:
    """Finds what the frames of an index name in a clause view: the acts, unless another index is given."""

    def __init__(self, lexicon: FrameLexicon, sorter: Sorter, index: FrameIndex | None = None) -> None:
        self._frames = index or lexicon.acts
        self._sorter = sorter
        self._index = {"v": self._frames.verbs, "n": self._frames.nouns, "a": self._frames.states}
        self._operators = lexicon.operators
        self._negators = frozenset(lexicon.support.negators)
        self._cues = {
            (kind, word): [lexicon.cues.classes[name].modality for name in names]
            for kind, words in lexicon.cue_index.items()
            for word, names in words.items()
        }

    def acts(self, view: ClauseView) -> Iterator[ActFound]:
        """Acts in text order; at most one for each predicate, and none for a noun that is part of a verb's trigger."""
        found = [act for i in sorted(view.predicates) if (act := self._match(view, view.predicates[i])) is not None]
        parts = {i for act in found if act.predicate.kind == "v" for i in act.words if i != act.predicate.i}
        taken: set[int] = set()
        for act in found:
            if act.predicate.kind != "n":
                yield act
            elif act.predicate.i not in parts and act.predicate.i not in taken:
                taken.update(act.words)  # "an exchange of fire" is no fire besides
                yield act

    def _match(self, view: ClauseView, predicate: Predicate) -> ActFound | None:
        index = self._index[predicate.kind]
        if predicate.kind == "n" and self._names_a_kind(view, predicate):
            return None
        for key, preposition, at in keys_of(view, predicate):
            if preposition is not None and self._only_dates(view, predicate, preposition):
                continue  # "moved on Monday" is no "move on"
            for group in index.get(key, ()):
                if self._fits(view, predicate, group, preposition, at):
                    return self._build(view, predicate, group, key, preposition, at)
        return None

    def _only_dates(self, view: ClauseView, predicate: Predicate, preposition: str) -> bool:
        """Whether all that a preposition governs says when."""
        fillers = predicate.roles.get(preposition, ())
        return bool(fillers) and all(self._is_date(view, filler) for filler in fillers)

    def _is_date(self, view: ClauseView, filler: Filler) -> bool:
        sorts = self._sorter.of_filler(view, filler)
        return "time" in sorts and not sorts & {"place", "actor"}

    def _names_a_kind(self, view: ClauseView, predicate: Predicate) -> bool:
        """Whether an event noun only says of which kind another thing is ("attack helicopter", "verification team")."""
        word = view.parsed.words[predicate.i]
        head = view.parsed.words[word.head]
        modifies = word.dep in {"compound", "nmod"} and head.i > word.i and head.pos in {"NOUN", "PROPN"}
        return modifies and "incident" not in self._sorter.of(head)

    def _fits(
        self, view: ClauseView, predicate: Predicate, group: FrameGroup, preposition: str | None, at: tuple[int, ...]
    ) -> bool:
        def fillers(role: str) -> list[Filler]:
            found = predicate.roles.get(role, [])
            if role == "obj" and preposition and not found:
                found = predicate.roles.get(preposition, [])
            return [filler for filler in found if filler.head not in at[1:] or predicate.kind == "n"]

        def is_one(role: str, sorts: tuple[str, ...]) -> bool:
            return any(self._sorter.accepts(view, filler, sorts) for filler in fillers(role))

        def says(role: str) -> bool:
            """Whether a role is filled by more than a date: "signed on Monday" has no "on"."""
            return any(role in _ARGUMENTS or not self._is_date(view, filler) for filler in fillers(role))

        return (
            self._may_be_negated(view, predicate, group)
            and (not group.needs or any(predicate.roles.get(role) or fillers(role) for role in group.needs))
            and all(is_one(role, sorts) for role, sorts in group.when.items() if says(role))
            and not any(is_one(role, sorts) for role, sorts in group.unless.items())
            and predicate.particle not in group.unless.get("particle", ())
        )

    def _may_be_negated(self, view: ClauseView, predicate: Predicate, group: FrameGroup) -> bool:
        """Whether negation, and what governs the clause, are as the group wants them."""
        if group.negated == "refused" and predicate.negation is not None:
            return False
        if group.negated == "required" and predicate.negation is None and not self._has_none(view, predicate):
            return Modality.DENIED in self._governing(view, predicate)
        return group.governed is None or group.governed in self._governing(view, predicate)

    def _has_none(self, view: ClauseView, predicate: Predicate) -> bool:
        """Whether a verb is negated by its object: "had no access", "no incidents were recorded"."""
        words = view.parsed.words
        below = (c for filler in predicate.roles.get("obj", ()) for c in words[filler.head].children)
        return any(words[c].pos == "DET" and words[c].lower in self._negators for c in below)

    def _governing(self, view: ClauseView, predicate: Predicate) -> set[Modality]:
        """What the word whose complement this is makes of it: "refused to …", "called on him to …", "ruled out …-ing"."""
        below = view.parsed.words[predicate.i]
        while below.dep in {"pcomp", "prep", "pobj"} and below.head not in view.predicates:
            below = view.parsed.words[below.head]  # "out" of "ruled out resigning" is parsed as a preposition
        if predicate.modal == "will" and predicate.negation is not None:
            return {Modality.DENIED}
        above = view.predicates.get(below.head)
        if (
            above is None
            or above is predicate
            or (below.dep not in {"xcomp", "ccomp", "acl", "dobj"} and below.i == predicate.i)
        ):
            return set()
        kind = {"v": "verbs", "n": "nouns", "a": "adjectives"}[above.kind]
        keys = [key for key, _, _ in keys_of(view, above)]
        found = {self._operators[(kind, key)] for key in keys if (kind, key) in self._operators}
        return found | {modality for key in keys for modality in self._cues.get((kind, key), ())}

    def _build(
        self,
        view: ClauseView,
        predicate: Predicate,
        group: FrameGroup,
        key: str,
        preposition: str | None,
        at: tuple[int, ...],
    ) -> ActFound:
        pattern = self._frames.patterns[group.roles]
        trigger = frozenset(at)
        agent = self._role(view, predicate, pattern.agent, preposition, trigger, agent=True)
        patient = self._role(
            view, predicate, pattern.patient, preposition, trigger, agent=False, taken=agent, mutual=pattern.mutual
        )
        if patient is None and "+" in key and "obj" in pattern.patient:
            patient = self._of_noun(view, predicate, pattern, trigger)
        agent, patient = self._both_sides(view, pattern, agent, patient)
        words = (predicate.support, *at) if predicate.support is not None and predicate.kind == "n" else at
        by = f"frame {group.meaning}/{key}.{predicate.kind}: {group.roles}"
        if group.negated == "required":
            # it belongs to the act: not allowing is the deed
            roles = {role: fillers for role, fillers in predicate.roles.items() if role != "obj"}
            predicate = replace(
                predicate, negation=None, roles=roles if self._has_none(view, predicate) else predicate.roles
            )
        if group.background and _is_topic(view, predicate):
            predicate = replace(predicate, topic=True)
        return ActFound(group.meaning, predicate, tuple(sorted(set(words))), agent, patient, by, pattern.mutual)

    def _of_noun(
        self, view: ClauseView, predicate: Predicate, pattern: Pattern, trigger: frozenset[int]
    ) -> Filler | None:
        """ "Demanded the resignation of X", "laid siege to X": the noun of the trigger has the role, or a phrase beside it."""
        own = ("poss", "mod") if "poss" in pattern.patient else ("mod",)
        noun = view.predicates.get(max(trigger - {predicate.i}))
        found = None
        if noun is not None and noun.kind == "n":
            found = self._role(view, noun, ("of", *_BESIDE, *own), None, trigger, agent=False)
        return found or self._role(view, predicate, _BESIDE, None, trigger, agent=False)

    def _role(
        self,
        view: ClauseView,
        predicate: Predicate,
        roles: tuple[str, ...],
        preposition: str | None,
        trigger: frozenset[int],
        *,
        agent: bool,
        taken: Filler | None = None,
        mutual: bool = False,
    ) -> Filler | None:
        for role in roles:
            fillers = list(predicate.roles.get(role, ())) if role != "governor" else _subject_above(view, predicate)
            if role == "obj" and preposition:
                fillers += predicate.roles.get(preposition, [])
            if agent and role == "lv" and self._is_ended(view, predicate):
                continue
            for filler in fillers:
                if filler.head in trigger or (taken is not None and filler.head == taken.head):
                    continue
                if self._is_date(view, filler):
                    continue
                if role == "mod" and not self._sorter.names_somebody(view.parsed.words[filler.head]):
                    continue
                wants_actor = (mutual and role == "obj") or (agent and role in {"of", "from", "for"})
                if wants_actor and not self._sorter.is_actor(view, filler):
                    continue
                return filler
        return None

    def _is_ended(self, view: ClauseView, predicate: Predicate) -> bool:
        """Whether the verb that carries a deed is what somebody did against it: "the observers stopped a violation"."""
        carrier = view.predicates.get(predicate.support) if predicate.support is not None else None
        if carrier is None or self._operators.get(("verbs", carrier.lemma)) is not Modality.DENIED:
            return False
        below = (view.parsed.words[c] for c in view.parsed.words[predicate.i].children)
        return any(c.dep == "det" and c.lower in {"a", "an"} for c in below)

    def _both_sides(
        self, view: ClauseView, pattern: Pattern, agent: Filler | None, patient: Filler | None
    ) -> tuple[Filler | None, Filler | None]:
        """ "Clashes between A and B", "A and B exchanged fire": A is written as agent, B as patient; neither began it."""
        if not pattern.mutual or agent is None or patient is not None:
            return agent, patient
        others = [c for c in view.parsed.words[agent.head].children if view.parsed.words[c].dep == "conj"]
        if others:
            return agent, Filler(others[0], f"coordinated with {agent.path}")
        return agent, patient


def _subject_above(view: ClauseView, predicate: Predicate) -> list[Filler]:
    """The subject of the clause that governs this one."""
    above = next(view.path_up(predicate.i), None)
    return [] if above is None else above.roles.get("subj", [])


def _is_topic(view: ClauseView, predicate: Predicate) -> bool:
    """Whether an event noun is only mentioned: no subject or object of a verb, and carried by no light verb."""
    word = view.parsed.words[predicate.i]
    return predicate.support is None and word.dep not in {"nsubj", "nsubjpass", "dobj", "ROOT"}


__all__ = ["ActFound", "FrameMatcher", "keys_of", "support_of"]
