"""What one claim says on each question that versions are compared by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from truceline.incidents.mentions import Mention
from truceline.incidents.spans import DAY, Stretch
from truceline.incidents.vocabulary import IncidentVocabulary
from truceline.incidents.voices import MONITOR, Voices, side
from truceline.model import Count, Modality
from truceline.model.incident import Stance

BEGAN, WHAT, WHEN, WHERE, WEAPONS = "began", "what", "when", "where", "weapons"
CONTROL, MONITORS, INVOKED, CALLS_FOR, KNOWN = "control", "monitors", "invoked", "calls_for", "known"
UNNAMED = "?"
"""The side of people whose side is not said."""
_CASUALTIES = ("killed", "wounded", "captured", "missing")
ORDER = (BEGAN, WHAT, WHEN, WHERE, WEAPONS, *_CASUALTIES, CONTROL, MONITORS, INVOKED, CALLS_FOR, KNOWN)
"""Fields in the order they are shown; casualties are followed by ``:`` and the side."""

_TOLD = {Modality.ASSERTED, Modality.DENIED}
_ASKED = {Modality.DEMANDED, Modality.EXPECTED, Modality.PROMISED}
_HARM = {"killing": "killed", "wounding": "wounded", "capture": "captured"}
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Said:
    """One value that a claim gives, with the range it stands for where it is a number."""

    mention: Mention
    field: str
    key: str
    text: str
    stance: Stance = "value"
    range: tuple[int, int | None] | None = None


class FieldReader:
    """Reads the fields of the claims of one incident."""

    def __init__(self, vocabulary: IncidentVocabulary, voices: Voices) -> None:
        self._words = vocabulary.words
        self._invoked = vocabulary.invoked
        self._voices = voices

    def read(self, mentions: Sequence[Mention]) -> list[Said]:
        """All that the claims of an incident say, claim by claim."""
        found: list[Said] = []
        for mention in mentions:
            found += self._deed(mention)
            found += self._setting(mention)
            found += self._people(mention, mentions)
            found += self._control(mention)
            found += self._words_said(mention)
        return found

    # ---- who and what ----

    def _deed(self, m: Mention) -> Iterator[Said]:
        claim = m.claim
        if claim.modality is Modality.DECLINED:
            yield self._declined(m)
            return
        if m.act == "access_denied" and m.voice == MONITOR and claim.modality is Modality.ASSERTED:
            yield Said(m, BEGAN, "no access", "no access", "no_access")
        if claim.modality not in _TOLD or not m.opens:
            return
        denied: Stance = "denied" if claim.modality is Modality.DENIED else "value"
        who = side(claim.agent)
        if m.act in self._words.begins:
            if who is not None and any(words in claim.text.casefold() for words in self._words.replies):
                yield Said(m, WHAT, f"{m.act}, in reply", f"{m.act.replace('_', ' ')}, in reply", denied)
                return
            if who is not None:
                yield Said(m, BEGAN, who, self._name(m, who), denied)
            elif m.voice == MONITOR and denied == "value":
                yield Said(m, BEGAN, "no side", "no side named", "no_side")
        if m.act not in _HARM or m.act == "capture":
            yield Said(m, WHAT, m.act, m.act.replace("_", " "), denied)

    def _declined(self, m: Mention) -> Said:
        """Which way of giving no value it is."""
        words = f"{m.claim.text} {m.claim.cue.text if m.claim.cue else ''}".casefold()
        if any(phrase in words for phrase in self._words.no_access):
            return Said(m, BEGAN, "no access", "no access", "no_access")
        if any(phrase in words for phrase in self._words.no_information):
            return Said(m, KNOWN, "no information", "no information", "no_information")
        return Said(m, BEGAN, "declined", "names no side, and says so", "no_side")

    def _setting(self, m: Mention) -> Iterator[Said]:
        claim = m.claim
        if claim.modality is Modality.ASSERTED and m.opens:
            if m.stretch is not None and m.stretch.exact:
                yield Said(m, WHEN, f"{m.stretch.start}-{m.stretch.end}", _when(m.stretch))
            if m.spot is not None and claim.place is not None:
                yield Said(m, WHERE, m.spot.key, _clean(claim.place.text))
        if claim.instrument is not None and claim.modality is Modality.ASSERTED:
            yield Said(m, WEAPONS, claim.instrument.kind, _clean(claim.instrument.text))

    # ---- people ----

    def _people(self, m: Mention, mentions: Sequence[Mention]) -> Iterator[Said]:
        claim = m.claim
        if claim.modality not in _TOLD:
            return
        stance: Stance = "denied" if claim.modality is Modality.DENIED else "value"
        counted = [
            c for c in claim.counts if c.what in self._words.casualties and (c.min is not None or c.max is not None)
        ]
        for count in counted:
            whose = self._whose(m, count, mentions)
            low, high = count.min or 0, count.max
            held: Stance = "value" if high == 0 else stance  # who denies losses says that there are none
            yield Said(m, f"{count.what}:{whose or UNNAMED}", f"{low}-{high}", _number(count), held, (low, high))
        what = _HARM.get(m.act)
        if what is not None and not counted and claim.act is not None and claim.patient is not None:
            whose = side(claim.patient)
            if whose is not None:
                yield Said(m, f"{what}:{whose}", "some", "some, no number", stance, (1, None))

    def _whose(self, m: Mention, count: Count, mentions: Sequence[Mention]) -> str | None:
        """Whose the people are: as the text says, else of the side that the same voice says was attacked just before.

        The second holds for two parties only, of whom the one that did not attack was hit.
        """
        said = count.party or side(m.claim.patient)
        if said is not None:
            return said
        parties = list(self._voices.names)
        if len(parties) != 2:
            return None
        deeds = [
            o for o in mentions if o.document.id == m.document.id and o.act in self._words.begins and o.voice == m.voice
        ]
        before = [o for o in deeds if o.span[0] <= m.span[0] and side(o.claim.agent) is not None]
        agent = side(m.claim.agent) or (side(before[-1].claim.agent) if before else None)
        return next(party for party in parties if party != agent) if agent in parties else None

    # ---- places and words ----

    def _control(self, m: Mention) -> Iterator[Said]:
        claim = m.claim
        if m.act in self._words.holds and claim.modality in _TOLD:
            who = side(claim.agent)
            if who is not None:
                what = (
                    claim.place.text
                    if claim.place is not None
                    else claim.patient.text
                    if claim.patient is not None
                    else ""
                )
                key = m.spot.key if m.spot is not None else _clean(what).casefold()
                verb = m.act.replace("_", " ")
                text = f"{self._name(m, who)} ({verb}) {_clean(what)}".strip()
                yield Said(m, CONTROL, f"{who}@{key}", text, "denied" if claim.modality is Modality.DENIED else "value")
        if m.act == "deploy_monitors" and claim.modality in _TOLD:
            there = claim.modality is Modality.ASSERTED
            yield Said(m, MONITORS, "deployed", "deployed" if there else "not deployed", "value" if there else "denied")

    def _words_said(self, m: Mention) -> Iterator[Said]:
        claim = m.claim
        sentence = m.document.text[claim.sentence[0] : claim.sentence[1]]
        for match in self._invoked.finditer(sentence):
            yield Said(m, INVOKED, match.group().casefold(), _clean(match.group()))
        if claim.modality in _ASKED:
            yield Said(m, CALLS_FOR, claim.id, _clean(claim.text)[:_LONGEST])

    def _name(self, m: Mention, who: str) -> str:
        """What a side is called: the party's name, else as the claim names it."""
        agent = m.claim.agent
        return self._voices.names.get(who) or (agent.name or _clean(agent.text) if agent else who)


def field_order(field: str) -> tuple[int, str]:
    """Where a field stands among others."""
    name, _, whose = field.partition(":")
    return ORDER.index(name) if name in ORDER else len(ORDER), whose


def _when(stretch: Stretch) -> str:
    day = date.fromordinal(stretch.day)
    written = f"{day.day} {day:%b}"
    start, end = _hour(stretch.start), _hour(stretch.end) if stretch.end % DAY else "24:00"
    if stretch.precision == "time":
        return f"{written}, {start}"
    return f"{written}, {start}–{end}" if stretch.precision == "part_of_day" else written


def _hour(minute: int) -> str:
    return f"{minute % DAY // 60:02}:{minute % 60:02}"


def _number(count: Count) -> str:
    low, high = count.min, count.max
    number = f"{low}" if low == high else f"{low or 0}+" if high is None else f"{low or 0}–{high}"
    return number if count.status == "unknown" else f"{number} {count.status}{'s' if high != 1 else ''}"


def _clean(words: str) -> str:
    return " ".join(words.split())
