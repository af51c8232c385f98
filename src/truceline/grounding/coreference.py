"""Pronouns and possessives to whom they stand for, by rules with a score; below the threshold nobody is guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from truceline.grounding.actors import ActorResolver
from truceline.grounding.actors.persons import PERSON
from truceline.grounding.introduced import BY_FAMILY_NAME, Introduced
from truceline.knowledge.actors import ActorNouns
from truceline.model import Actor, Flag
from truceline.reading.quotes import Quote
from truceline.reading.reports import Report
from truceline.reading.view import ClauseView, Filler
from truceline.reading.words import Word

Pronouns = Mapping[Literal["first", "personal", "plural", "neuter"], frozenset[str]]
"""Pronouns by whom they can stand for (``support.yaml``)."""

LEAST_SCORE = 0.5
"""Below this a pronoun stays a pronoun."""

_OWN_VOICE = 0.9  # "we" outside all reports is the publisher's
_INTERVIEWED = 0.7
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_REACH = 4  # sentences that a pronoun looks back


@dataclass(frozen=True, slots=True)
class _Candidate:
    head: int
    sentence: int
    person: bool
    plural: bool
    subject: bool
    speaker: bool


class Referents:
    """Who the words of one text stand for."""

    def __init__(
        self,
        view: ClauseView,
        resolver: ActorResolver,
        nouns: ActorNouns,
        reports: tuple[Report, ...],
        quotes: tuple[Quote, ...],
        *,
        persons: frozenset[str],
        pronouns: Pronouns,
        answer_labels: frozenset[str] = frozenset(),
        authoring: frozenset[str] = frozenset(),
        publisher: Actor | None = None,
    ) -> None:
        self._view = view
        self._resolver = resolver
        self._nouns = nouns
        self._persons = persons
        self._pronouns = pronouns
        self._publisher = publisher
        self._answer_labels = answer_labels
        self._authoring = authoring
        self._flags: dict[int, tuple[Flag, ...]] = {}
        self._reports = reports
        self._speakers = {s.head for report in reports for s in report.speakers}
        self._quoted = {
            i: n for n, quote in enumerate(quotes) if quote.speech for i in range(quote.first, quote.last + 1)
        }
        self._told: list[int] = []  # how many sentences up to each are not wholly within a quotation
        for sentence in view.parsed.sentences:
            inside = range(sentence.first, sentence.last)
            wholly = all(i in self._quoted for i in inside if view.parsed.words[i].pos != "PUNCT")
            self._told.append((self._told[-1] if self._told else 0) + (not wholly))
        self._names = Introduced(view.parsed, resolver)
        self._cache: dict[int, Actor | None] = {}
        self._candidates: list[_Candidate] = []  # grows in text order: a phrase can only stand for one before it
        for word in view.parsed.words:
            candidate = self._candidate(word)
            if candidate is not None:
                self._candidates.append(candidate)

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Everyone the text names, in text order."""
        found = (self.of_word(c.head) for c in self._candidates)
        return tuple(actor for actor in found if actor is not None)

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What is doubtful about the actors' names."""
        return tuple(flag for i in sorted(self._flags) for flag in self._flags[i])

    def of_speaker(self, filler: Filler) -> Actor | None:
        """The one behind a speaker's phrase; a document speaks for its owner ("the ministry's statement said")."""
        word = self._view.parsed.words[filler.head]
        if self._resolver.is_actor(self._view.parsed, word.i) or word.pos not in {"NOUN"}:
            return self.of_word(word.i)
        for c in word.children:
            child = self._view.parsed.words[c]
            if child.dep == "poss" and (owner := self.of_word(c)) is not None:
                return owner
            if child.dep in {"prep", "acl", "agent"} and child.lower in self._authoring:
                for below in self._view.parsed.subtree(c):
                    if self._view.parsed.words[below].dep == "pobj" and self._resolver.is_actor(
                        self._view.parsed, below
                    ):
                        return self.of_word(below)
        return self.of_word(word.i)

    def of_word(self, i: int) -> Actor | None:
        """The actor that the phrase headed by word ``i`` stands for."""
        if i not in self._cache:
            self._cache[i] = None  # a pronoun that leads back to itself ends here
            self._cache[i] = self._find(self._view.parsed.words[i])
        return self._cache[i]

    def stands_for(self, i: int) -> int:
        """The head of the phrase that a pronoun stands for; a word that is no pronoun stands for itself."""
        seen: set[int] = set()
        while i not in seen and self._view.parsed.words[i].tag in {"PRP", "PRP$"}:
            seen.add(i)
            antecedent, score = self._antecedent(self._view.parsed.words[i])
            if antecedent is None or score < LEAST_SCORE:
                break
            i = antecedent
        return i

    # ---- one phrase ----

    def _find(self, word: Word) -> Actor | None:
        if word.tag in {"PRP", "PRP$"}:
            antecedent, score = self._antecedent(word)
            own = Actor(text=word.text, span=(word.start, word.end), score=0.0)
            if antecedent is None and self._publisher is not None and word.lower in self._pronouns["first"]:
                return replace(self._publisher, text=own.text, span=own.span, score=_OWN_VOICE)
            if antecedent is None or score < LEAST_SCORE:
                return own
            known = self.of_word(antecedent)
            if known is None:
                return own
            return replace(
                known, text=own.text, span=own.span, name=known.name or known.text, score=round(score * known.score, 3)
            )
        if word.lower in self._answer_labels and self._is_label(word):
            return self._interviewed(word)
        if word.pos == "PRON" and not self._resolver.is_actor(self._view.parsed, word.i):
            return None
        report = self._report_of(word.i)
        speaker = (
            self.of_word(report.speakers[0].head) if report is not None and report.speakers[0].head != word.i else None
        )
        possessive = next((c for c in word.children if self._view.parsed.words[c].tag == "PRP$"), None)
        possessor = self.of_word(possessive) if possessive is not None else None
        if possessor is not None and possessor.score == 0.0:
            possessor = None
        actor, flags = self._resolver.resolve_flagged(self._view.parsed, word.i, speaker=speaker, possessor=possessor)
        if actor.actor is None and not flags and self._names.has(word):
            actor, flags = self._introduced(word, actor)
        if flags:
            self._flags[word.i] = flags
        return actor

    def _introduced(self, word: Word, actor: Actor) -> tuple[Actor, tuple[Flag, ...]]:
        """A family name by itself: who the text has introduced under it before."""
        names = self._names.before(word)
        if len(names) > 1:
            why = f"may be {' or '.join(names)}; the text has introduced both"
            return actor, (Flag("ambiguous_name", actor.span, actor.text, why),)
        for name, head in names.items():
            known = self.of_word(head)
            if known is not None:
                score = round(BY_FAMILY_NAME * known.score, 2)
                return replace(known, text=actor.text, span=actor.span, name=known.name or name, score=score), ()
        return actor, ()

    def _candidate(self, word: Word) -> _Candidate | None:
        if (
            word.pos not in {"NOUN", "PROPN"}
            or word.dep in {"compound", "amod", "nmod"}
            or not (self._resolver.is_actor(self._view.parsed, word.i) or self._names.has(word))
        ):
            return None
        noun = self._nouns.get(word.lower)
        named = word.pos == "PROPN" or self._names.has(word)
        person = noun.kind == "person" if noun is not None else named and self._is_person(word)
        plural = word.tag in {"NNS", "NNPS"} or any(self._view.parsed.words[c].dep == "conj" for c in word.children)
        # "the spokesman, Omar Saleh": the name stands where the office does
        head = self._view.parsed.words[word.head] if word.dep == "appos" else word
        subject, speaker = head.dep in _SUBJECT, bool({word.i, head.i} & self._speakers)
        return _Candidate(word.i, word.sentence, person and not plural, plural, subject, speaker)

    def _is_person(self, word: Word) -> bool:
        """A proper name is a person's when the knowledge says so or has never heard of it as anything else."""
        actor = self.of_word(word.i)
        return actor is not None and (
            actor.actor is None or actor.actor in self._persons or actor.actor.startswith(PERSON)
        )

    def _is_label(self, word: Word) -> bool:
        words = self._view.parsed.words
        return word.i + 1 < len(words) and words[word.i + 1].text == ":"

    def _interviewed(self, label: Word) -> Actor:
        """Whoever answers in an interview: the first person that the text names before the first answer."""
        own = Actor(text=label.text, span=(label.start, label.end), score=0.0)
        person = next((c.head for c in self._candidates if c.person and c.head < label.i), None)
        known = self.of_word(person) if person is not None else None
        if known is None:
            return own
        return replace(known, text=own.text, span=own.span, name=known.name or known.text, score=_INTERVIEWED)

    # ---- pronouns ----

    def _antecedent(self, word: Word) -> tuple[int | None, float]:
        lower = word.lower
        report = self._report_of(word.i)
        if lower in self._pronouns["first"]:
            return self._first_person(word, report)
        direct = word.i in self._quoted
        if report is not None and not direct and report.speakers and self._fits_speaker(word, report):
            speaker = report.speakers[0].head
            rival = self._rival(word, report)
            if rival is not None:
                return rival, 0.75
            if speaker != word.i:
                return speaker, 0.85
        exclude = {s.head for s in report.speakers} if report is not None and direct else set()
        return self._most_salient(word, exclude)

    def _first_person(self, word: Word, report: Report | None) -> tuple[int | None, float]:
        if report is None or not report.speakers:
            return None, 0.0
        speaker = report.speakers[0].head
        return (None, 0.0) if speaker == word.i else (speaker, 0.9)

    def _report_of(self, i: int) -> Report | None:
        holding = [
            r
            for r in self._reports
            if r.content and r.speakers and r.content[0] <= i <= r.content[-1] and i in r.content
        ]
        return min(holding, key=lambda r: len(r.content)) if holding else None

    def _fits_speaker(self, word: Word, report: Report) -> bool:
        head = self._view.parsed.words[report.speakers[0].head]
        if head.tag in {"PRP", "PRP$"}:
            return any({head.lower, word.lower} <= family for family in self._pronouns.values())
        candidate = self._candidate(head)
        return candidate is not None and self._agrees(word, candidate)

    def _rival(self, word: Word, report: Report) -> int | None:
        """Somebody other than the speaker who fits and comes first to mind."""
        for other in self._reports:  # "accused Y of …, claiming that they killed": they are the accused
            if (
                other.accused is not None
                and other.accused.head < word.i
                and self._view.parsed.words[other.accused.head].sentence == word.sentence
            ):
                accused = self._candidate(self._view.parsed.words[other.accused.head])
                if accused is not None and self._agrees(word, accused):
                    return accused.head
        inside = [
            c
            for c in self._candidates
            if c.head in report.content and c.head < word.i and self._agrees(word, c) and c.subject
        ]
        return inside[-1].head if inside and word.tag == "PRP" and word.dep not in _SUBJECT else None

    def _most_salient(self, word: Word, exclude: set[int]) -> tuple[int | None, float]:
        best, most = None, 0.0
        for candidate in self._candidates:
            if (
                candidate.head >= word.i
                or candidate.head in exclude
                or self._distance(word, candidate) > _REACH
                or not self._agrees(word, candidate)
            ):
                continue
            if candidate.head in set(self._view.parsed.ancestors(word.i)):
                continue
            distance = self._distance(word, candidate)
            score = 0.82 - 0.15 * distance
            score += 0.05 * candidate.subject + 0.04 * candidate.speaker
            if self._quoted.get(word.i) is not None and self._quoted.get(candidate.head) == self._quoted.get(word.i):
                score += 0.15
            if score >= most:
                best, most = candidate.head, score
        return best, min(most, 0.95)

    def _distance(self, word: Word, candidate: _Candidate) -> int:
        """Sentences between; those that only quote somebody do not count for a word outside quotations."""
        if word.i in self._quoted:
            return word.sentence - candidate.sentence
        return self._told[word.sentence] - self._told[candidate.sentence]

    def _agrees(self, word: Word, candidate: _Candidate) -> bool:
        lower = word.lower
        if lower in self._pronouns["personal"]:
            return candidate.person
        if lower in self._pronouns["neuter"]:
            return not candidate.person and not candidate.plural
        if lower in self._pronouns["plural"]:
            return candidate.plural or not candidate.person
        return True
