"""Each party's version of an incident: its values field by field, who says them, and how many origins stand behind them."""

from collections.abc import Callable, Iterable, Sequence

from truceline.incidents.fields import BEGAN, KNOWN, Said, field_order
from truceline.incidents.mentions import Mention
from truceline.incidents.vocabulary import IncidentVocabulary
from truceline.incidents.voices import MONITOR, Voices
from truceline.model import Document, Value, Version

Origin = Callable[[Mention], str]
"""The independent origin behind a claim."""


def versions(said: Sequence[Said], mentions: Sequence[Mention], voices: Voices, origin: Origin) -> list[Version]:
    """The versions of an incident: parties in alphabetical order, others, the monitor last."""
    found = []
    for voice in sorted({m.voice for m in mentions}, key=voices.order):
        own = [value for value in said if value.mention.voice == voice]
        claims = tuple(sorted(m.id for m in mentions if m.voice == voice))
        fields = {field: _values(own, field, origin) for field in sorted({v.field for v in own}, key=field_order)}
        if BEGAN in fields:
            fields[BEGAN] = _without_weaker(fields[BEGAN])
        found.append(Version(voice, voices.name(voice), claims, fields))
    return found


def with_silence(found: list[Version], voices: Voices, bulletins: Sequence[Document]) -> tuple[Version, ...]:
    """The versions, with what the monitor does not mention told as such.

    A monitor that speaks of the incident is silent on what others give; one that published in the days after and does not
    speak of it is silent on the whole. A monitor that published nothing says nothing of either kind.
    """
    told = sorted({field for version in found for field in version.fields if field != KNOWN}, key=field_order)
    monitor = next((version for version in found if version.party == MONITOR), None)
    if monitor is None:
        if not bulletins:
            return tuple(found)
        documents = tuple(document.id for document in bulletins)
        unsaid = Value("silent", f"not in {_bulletins(bulletins)}", "silent", (), (), documents, ())
        silent: dict[str, tuple[Value, ...]] = {BEGAN: (unsaid,)}
        return (*found, Version(MONITOR, voices.name(MONITOR), (), silent))
    fields = dict(monitor.fields)
    for field in told:
        if field not in fields and field.partition(":")[0] in _ASKED_OF_MONITOR:
            fields[field] = (Value("silent", "not mentioned", "silent", (), (), (), ()),)
    ordered = {field: fields[field] for field in sorted(fields, key=field_order)}
    filled = Version(monitor.party, monitor.name, monitor.claims, ordered)
    return tuple(filled if version is monitor else version for version in found)


_ASKED_OF_MONITOR = {"began", "when", "where", "weapons", "killed", "wounded", "captured", "missing", "control"}


def origins(
    vocabulary: IncidentVocabulary,
    lineage_of: Callable[[str], str],
    origin_of: Callable[[str], str | None],
    mentions: Iterable[Mention],
) -> Origin:
    """The function from a claim to its origin: its document's lineage, or the agency that its document cites for it."""
    homes: dict[str, str] = {}
    for document in sorted({m.document.id for m in mentions}):
        name = origin_of(document)
        if name is not None:
            homes.setdefault(name, lineage_of(document))

    def origin(mention: Mention) -> str:
        outermost = mention.claim.speakers[0] if mention.claim.speakers else None
        if outermost is not None and outermost.role == "media":
            agency = vocabulary.agency(outermost.name or outermost.text)
            if agency is not None and agency != origin_of(mention.document.id):
                return homes.get(agency, f"cited: {agency}")
        return lineage_of(mention.document.id)

    return origin


def _values(said: Sequence[Said], field: str, origin: Origin) -> tuple[Value, ...]:
    groups: dict[tuple[str, str], list[Said]] = {}
    for value in said:
        if value.field == field:
            groups.setdefault((value.stance, value.key), []).append(value)
    made = [_value(values, origin) for values in groups.values()]
    return tuple(sorted(made, key=lambda v: (-len(v.lineages), -len(v.documents), v.stance, v.text, v.key)))


def _value(said: Sequence[Said], origin: Origin) -> Value:
    names = {_speaker(value.mention) for value in said}
    return Value(
        key=said[0].key,
        text=_text(said),
        stance=said[0].stance,
        speakers=tuple(sorted(name for name in names if name)),
        claims=tuple(sorted({value.mention.id for value in said})),
        documents=tuple(sorted({value.mention.document.id for value in said})),
        lineages=tuple(sorted({origin(value.mention) for value in said})),
    )


def _text(said: Sequence[Said]) -> str:
    """The wording most use; of numbers only what all agree on, where some say "soldiers" and others "civilians"."""
    texts: dict[str, int] = {}
    for value in said:
        texts[value.text] = texts.get(value.text, 0) + 1
    if said[0].range is not None and len({text.partition(" ")[2] for text in texts} - {""}) > 1:
        return said[0].text.partition(" ")[0]
    return min(texts, key=lambda text: (-texts[text], text))


def _speaker(mention: Mention) -> str | None:
    speaker = mention.speaker
    if speaker is None:
        return mention.document.publisher
    return speaker.name or " ".join(speaker.text.split())


def _without_weaker(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """ "Did not assign blame" says more than a report that names nobody: the second is left out beside the first."""
    declined = next((value for value in values if value.key == "declined"), None)
    unnamed = next((value for value in values if value.key == "no side"), None)
    if declined is None or unnamed is None:
        return values
    together = Value(
        declined.key,
        declined.text,
        declined.stance,
        *(
            tuple(sorted({*getattr(declined, n), *getattr(unnamed, n)}))
            for n in ("speakers", "claims", "documents", "lineages")
        ),
    )
    return tuple(together if value is declined else value for value in values if value is not unnamed)


def _bulletins(documents: Sequence[Document]) -> str:
    days = sorted({d.published.isoformat()[:10] for d in documents if d.published is not None})
    return "its bulletins of " + ", ".join(days)
