"""The vocabulary of instruments: weapons by kind, designations, and the words that tell their use."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from truceline.errors import KnowledgeError
from truceline.knowledge.loading import Entry, Source, load_merged
from truceline.knowledge.quantities.files import Phrases, compile_pattern, shipped


class _Designation(Entry):
    kind: str
    regex: str


class _Designations(Entry):
    source: str
    patterns: list[_Designation]


class _Tails(Entry):
    source: str
    munition: list[str]
    event: list[str]
    always_used: list[str]


class _Calibre(Entry):
    source: str
    units: list[str]


class _Uses(Entry):
    source: str
    use: list[str]
    fire: list[str]
    subject: list[str]
    nouns: list[str]
    prepositions: list[str]
    loose: list[str]
    loose_verbs: list[str]
    portions: list[str]
    assessed: list[str]
    using: list[str]
    harmed_with: list[str]
    down: list[str]
    not_: list[str] = Field(alias="not")


class _InstrumentFile(Entry):
    kinds: dict[str, list[str] | str]
    not_of: list[str]
    weak: list[str]
    unspecified: list[str]
    designations: _Designations
    tails: _Tails
    calibre: _Calibre
    uses: _Uses


@dataclass(frozen=True, slots=True)
class InstrumentVocabulary:
    """The instrument file, indexed."""

    kinds: frozenset[str]
    wordings: Phrases[str]
    not_of: frozenset[str]
    weak: frozenset[str]
    unspecified: frozenset[str]
    tails: frozenset[str]
    designations: tuple[tuple[str, re.Pattern[str]], ...]
    munition_tails: frozenset[str]
    event_tails: frozenset[str]
    always_used: frozenset[str]
    calibre_units: frozenset[str]
    use: frozenset[str]
    fire: frozenset[str]
    subject: frozenset[str]
    nouns: frozenset[str]
    prepositions: frozenset[str]
    loose: frozenset[str]
    loose_verbs: frozenset[str]
    portions: frozenset[str]
    assessed: frozenset[str]
    using: frozenset[str]
    harmed_with: frozenset[str]
    down: frozenset[str]
    not_uses: frozenset[str]


def load_instruments(sources: Sequence[Source] | None = None) -> InstrumentVocabulary:
    """Load the instruments; later files add to or replace entries of earlier ones.

    Raises:
        KnowledgeError: A file is broken; names file and entry.
    """
    sources = sources or [shipped("instruments.yaml")]
    file, source = load_merged(sources, _InstrumentFile), sources[-1]
    wordings = [(w, kind) for kind, words in file.kinds.items() if isinstance(words, list) for w in words]
    kinds = frozenset(kind for _, kind in wordings)
    for entry in file.designations.patterns:
        if entry.kind not in kinds:
            raise KnowledgeError(
                f"{source}: designation {entry.regex!r}: no kind {entry.kind!r}; use one of {', '.join(sorted(kinds))}"
            )
    plural = [(w + "s", kind) for w, kind in wordings if not w.endswith("s")]
    return InstrumentVocabulary(
        kinds=kinds,
        wordings=Phrases([*wordings, *plural]),
        not_of=frozenset(file.not_of),
        weak=frozenset(file.weak),
        unspecified=frozenset(file.unspecified),
        tails=frozenset([*file.tails.munition, *file.tails.event]),
        designations=tuple((entry.kind, compile_pattern(source, entry.regex)) for entry in file.designations.patterns),
        munition_tails=frozenset(file.tails.munition),
        event_tails=frozenset(file.tails.event),
        always_used=frozenset(file.tails.always_used),
        calibre_units=frozenset(file.calibre.units),
        use=frozenset(file.uses.use),
        fire=frozenset(file.uses.fire),
        subject=frozenset(file.uses.subject),
        nouns=frozenset(file.uses.nouns),
        prepositions=frozenset(file.uses.prepositions),
        loose=frozenset(file.uses.loose),
        portions=frozenset(file.uses.portions),
        loose_verbs=frozenset([*file.uses.loose_verbs, *file.uses.use]),
        assessed=frozenset(file.uses.assessed),
        using=frozenset(file.uses.using),
        harmed_with=frozenset(file.uses.harmed_with),
        down=frozenset(file.uses.down),
        not_uses=frozenset(file.uses.not_),
    )
