"""The interpreter: matches the frames of the lexicon against the clause view."""

from collections.abc import Iterator
from dataclasses import dataclass

from truceline.knowledge.frames import FrameLexicon, Pattern, TriggerGroup
from truceline.reading.sorts import Sorter
from truceline.reading.view import ClauseView, Filler, Predicate, Support

_NOT_ROLES = frozenset({"subj", "obj", "iobj", "clause", "inf", "ing", "attr", "adv", "poss", "mod", "lv", "lv-obj"})


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


def support_of(lexicon: FrameLexicon) -> Support:
    """What the clause view needs to know of the lexicon."""
    words = lexicon.support
    light = {verb: way for way, verbs in words.light_verbs.items() for verb in verbs}
    nouns = {key.split(" of ")[0].split()[-1] for key in lexicon.noun_triggers}
    nouns |= set(lexicon.cue_index.get("nouns", ()))
    nouns |= {key.split("+")[1] for key in lexicon.verb_triggers if "+" in key}
    return Support(
        event_nouns=frozenset(nouns),
        light_verbs=light,
        object_control=frozenset(words.object_control),
        negators=frozenset(words.negators),
        states=frozenset(lexicon.state_triggers),
    )


def keys_of(view: ClauseView, predicate: Predicate) -> list[tuple[str, str | None, tuple[int, ...]]]:
    """The ways to look a predicate up, longest first: (key, preposition that is part of it, words)."""
    if predicate.kind == "n":
        return _noun_keys(view, predicate)
    if predicate.kind == "a":
        return [(predicate.lemma, None, (predicate.i,))]
    words = view.parsed.words
    plain = predicate.lemma
    bases: list[tuple[str, str | None, tuple[int, ...]]] = [(plain, None, (predicate.i,))]
    if predicate.particle:
        particle = next((c for c in words[predicate.i].children if words[c].dep == "prt"), predicate.i)
        bases.insert(0, (f"{plain} {predicate.particle}", None, (predicate.i, particle)))
    keys = []
    for base, _, at in bases:
        for filler in predicate.roles.get("obj", ()):
            keys.append((f"{base}+{words[filler.head].lemma}", None, (*at, filler.head)))
    for role in predicate.roles:
        if role not in _NOT_ROLES:
            preposition = role.split("-")[0]
            keys.extend((f"{base} {preposition}", preposition, at) for base, _, at in bases)
    for role in ("adv", "attr"):
        for filler in predicate.roles.get(role, ()):
            keys.append((f"{plain} {words[filler.head].lower}", None, (predicate.i, filler.head)))
    return keys + bases


def _noun_keys(view: ClauseView, predicate: Predicate) -> list[tuple[str, str | None, tuple[int, ...]]]:
    words = view.parsed.words
    keys: list[tuple[str, str | None, tuple[int, ...]]] = []
    for filler in predicate.roles.get("of", ()):
        keys.append((f"{predicate.lemma} of {words[filler.head].lemma}", None, (predicate.i, filler.head)))
    before = [i for i in range(max(0, predicate.i - 3), predicate.i) if words[i].sentence == words[predicate.i].sentence]
    for first in before:
        phrase = " ".join(words[i].lemma for i in range(first, predicate.i)) + f" {predicate.lemma}"
        keys.append((phrase, None, tuple(range(first, predicate.i + 1))))
    keys.append((predicate.lemma, None, (predicate.i,)))
    return keys


class FrameMatcher:
    """Finds the acts of a clause view."""

    def __init__(self, lexicon: FrameLexicon, sorter: Sorter) -> None:
        self._lexicon = lexicon
        self._sorter = sorter
        self._index = {"v": lexicon.verb_triggers, "n": lexicon.noun_triggers, "a": lexicon.state_triggers}

    def acts(self, view: ClauseView) -> Iterator[ActFound]:
        """Acts in text order; at most one for each predicate."""
        for i in sorted(view.predicates):
            found = self._match(view, view.predicates[i])
            if found is not None:
                yield found

    def _match(self, view: ClauseView, predicate: Predicate) -> ActFound | None:
        index = self._index[predicate.kind]
        for key, preposition, at in keys_of(view, predicate):
            for group in index.get(key, ()):
                if self._fits(view, predicate, group, preposition):
                    return self._build(view, predicate, group, key, preposition, at)
        return None

    def _fits(self, view: ClauseView, predicate: Predicate, group: TriggerGroup, preposition: str | None) -> bool:
        def fillers(role: str) -> list[Filler]:
            found = predicate.roles.get(role, [])
            return [*found, *predicate.roles.get(preposition, [])] if role == "obj" and preposition and not found else found

        if group.negated == "refused" and predicate.negation is not None:
            return False
        if group.needs and not any(fillers(role) for role in group.needs):
            return False
        for role, sorts in group.when.items():
            if fillers(role) and not any(self._sorter.accepts(view, f, sorts) for f in fillers(role)):
                return False
        for role, sorts in group.unless.items():
            if role == "particle":
                if predicate.particle in sorts:
                    return False
            elif any(self._sorter.accepts(view, f, sorts) for f in fillers(role)):
                return False
        return True

    def _build(
        self, view: ClauseView, predicate: Predicate, group: TriggerGroup, key: str, preposition: str | None, at: tuple[int, ...]
    ) -> ActFound:
        pattern = self._lexicon.triggers.patterns[group.roles]
        agent = self._role(view, predicate, pattern.agent, preposition, frozenset(at), agent=True)
        patient = self._role(view, predicate, pattern.patient, preposition, frozenset(at), agent=False, taken=agent)
        if patient is None and "+" in key:  # "demanded the resignation of X": the noun of the trigger has the role
            noun = view.predicates.get(at[-1])
            patient = noun.first("of", "on", "at", "against", "with", "poss") if noun is not None and noun.kind == "n" else None
        agent, patient = self._both_sides(view, predicate, pattern, agent, patient)
        words = (predicate.support, *at) if predicate.support is not None and predicate.kind == "n" else at
        return ActFound(
            group.act, predicate, tuple(sorted(set(words))), agent, patient, f"frame {group.act}/{key}.{predicate.kind}: {group.roles}", pattern.mutual
        )

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
    ) -> Filler | None:
        for role in roles:
            fillers = list(predicate.roles.get(role, ()))
            if role == "obj" and preposition:
                fillers += predicate.roles.get(preposition, [])
            for filler in fillers:
                if filler.head in trigger or (taken is not None and filler.head == taken.head):
                    continue
                sorts = self._sorter.of_filler(view, filler)
                if "time" in sorts and not sorts & {"place", "actor"}:
                    continue
                if role == "mod" and not self._sorter.names_somebody(view.parsed.words[filler.head]):
                    continue
                if agent and role in {"of", "from", "for"} and not self._sorter.is_actor(view, filler):
                    continue
                return filler
        return None

    def _both_sides(
        self, view: ClauseView, predicate: Predicate, pattern: Pattern, agent: Filler | None, patient: Filler | None
    ) -> tuple[Filler | None, Filler | None]:
        """ "Clashes between A and B", "A and B exchanged fire": A is written as agent, B as patient; neither began it."""
        if not pattern.mutual or agent is None or patient is not None:
            return agent, patient
        others = [c for c in view.parsed.words[agent.head].children if view.parsed.words[c].dep == "conj"]
        if others:
            return agent, Filler(others[0], f"coordinated with {agent.path}")
        return agent, patient
