"""Claims made by hand: one document, one sentence a claim, with the fields that matter for incidents."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from truceline.model import Actor, Claim, Count, Document, Flag, Instrument, Modality, Place, Time, Witness, document_id

ZONE = timezone(timedelta(hours=4))
PLACES = {
    "Hadrut": (39.5172, 47.0306),
    "Hin Tagher": (39.5075, 46.8236),
    "Khtsaberd": (39.5458, 46.7708),
    "Shusha": (39.7583, 46.7489),
    "Lachin": (39.6408, 46.5469),
}
PARTIES = {"Armenia": "armenia", "Azerbaijan": "azerbaijan"}
MONITOR = "Russian peacekeepers"


@dataclass(frozen=True)
class Told:
    """One claim to be made."""

    act: str | None = "ground_attack"
    by: str | None = None
    to: str | None = None
    at: str | None = None
    radius: int = 1
    day: str | None = None
    clock: str | None = None
    speaker: str | None = None
    modality: Modality = Modality.ASSERTED
    counts: tuple[tuple[str, int, int | None, str | None], ...] = ()
    words: str = ""
    weapon: str | None = None
    flags: tuple[str, ...] = ()
    paragraph: bool = False


def document(publisher: str, published: str, *tellings: Told) -> list[Witness]:
    """A document that tells these claims, one sentence each; ``paragraph`` begins a new one."""
    sentences = [told.words or _sentence(told) for told in tellings]
    text = ""
    spans = []
    for told, sentence in zip(tellings, sentences, strict=True):
        text += ("\n\n" if told.paragraph else " ") if text else ""
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence
    stamp = f"{publisher} {published} {text} {tellings}".encode()
    moment = datetime.fromisoformat(published) if "T" in published else date.fromisoformat(published)
    made = Document(id=document_id(stamp), text=text, publisher=publisher, published=moment)
    return [
        Witness(_claim(told, span, text[slice(*span)], f"{made.id[7:19]}{i:02}"), made)
        for i, (told, span) in enumerate(zip(tellings, spans, strict=True))
    ]


def other(witness: Witness, **fields: object) -> Witness:
    """The witness with fields of its claim changed."""
    return replace(witness, claim=replace(witness.claim, **fields))


def actor(name: str) -> Actor:
    role = "monitor" if name == MONITOR else None
    return Actor(text=name, span=(0, 1), actor=name.lower(), name=name, party=PARTIES.get(name), role=role)


def _sentence(told: Told) -> str:
    words = [told.by or "Somebody", str(told.act), told.to or "", f"near {told.at}" if told.at else "", told.day or ""]
    return " ".join(word for word in [*words, told.clock or ""] if word) + "."


def _claim(told: Told, span: tuple[int, int], text: str, mark: str) -> Claim:
    return Claim(
        id=f"c-{mark}",
        span=span,
        text=text,
        sentence=span,
        quoted=False,
        speakers=(actor(told.speaker),) if told.speaker else (),
        cue=None,
        said=None,
        modality=told.modality,
        act=told.act,
        act_span=span if told.act else None,
        agent=actor(told.by) if told.by else None,
        patient=actor(told.to) if told.to else None,
        place=_place(told, span),
        when=_time(told, span),
        counts=tuple(Count(what, low, high, str(low), span, party=party) for what, low, high, party in told.counts),
        instrument=Instrument(told.weapon, span, told.weapon) if told.weapon else None,
        confidence=0.9,
        by="hand",
        flags=tuple(Flag(kind, span, None, kind) for kind in told.flags),
    )


def _place(told: Told, span: tuple[int, int]) -> Place | None:
    if told.at is None:
        return None
    lat, lon = PLACES[told.at]
    return Place(told.at, span, told.at, told.at.lower(), lat, lon, told.radius, 1.0)  # type: ignore[arg-type]


def _time(told: Told, span: tuple[int, int]) -> Time | None:
    if told.day is None:
        return None
    day = date.fromisoformat(told.day)
    if told.clock is None:
        return Time(told.day, span, day, day + timedelta(days=1), 1)
    start = datetime.fromisoformat(f"{told.day}T{told.clock}").replace(tzinfo=ZONE)
    return Time(told.clock, span, start, start + timedelta(minutes=1), "time")
