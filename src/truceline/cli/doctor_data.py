"""Every data file that ships, each loaded and validated by the very loader that the program reads it with."""

from collections.abc import Callable
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from truceline.knowledge import Knowledge

Look = Callable[[], Any]


def data_files() -> list[str]:
    """All files of the data folder, as paths below it; agreements are looked at by themselves."""
    from truceline.knowledge.knowledge import shipped

    def below(folder: Traversable | Path, before: str) -> list[str]:
        found = []
        for path in sorted(folder.iterdir(), key=lambda one: one.name):
            found += below(path, f"{before}{path.name}/") if path.is_dir() else [f"{before}{path.name}"]
        return found

    return [name for name in below(shipped(), "") if not name.startswith(("agreements/", "__")) and "__" not in name]


def looks(knowledge: "Knowledge") -> dict[str, Look]:
    """How each file is looked at: its loader, with the user's own folder laid over where the loader does so."""
    return {**_vocabularies(knowledge), **_of_reading(knowledge), **_of_tracking(knowledge), **_tables()}


def _vocabularies(knowledge: "Knowledge") -> dict[str, Look]:
    return {
        "acts.yaml": lambda: knowledge.acts,
        "actor_nouns.yaml": lambda: knowledge.actor_nouns,
        "actors.yaml": lambda: knowledge.actors,
        "countries.yaml": lambda: knowledge.countries,
    }


def _of_reading(knowledge: "Knowledge") -> dict[str, Look]:
    from truceline.grounding.places.vocabulary import load_vocabulary
    from truceline.grounding.times.vocabulary import load_time_words
    from truceline.intake.kinds import FILE_KINDS, FileKinds
    from truceline.intake.language import languages
    from truceline.knowledge.frames import FrameLexicon, load_plover_frames
    from truceline.knowledge.loading import load
    from truceline.knowledge.openers import load_openers
    from truceline.knowledge.quantities import load_counted_vocabulary, load_instruments, load_number_words
    from truceline.reading.pipeline import pipeline_files

    def lexicon() -> None:
        names = ("triggers", "cues", "support")
        found = FrameLexicon.load({name: knowledge.data(f"frames/{name}.yaml") for name in names})
        found.check_acts(act.id for act in knowledge.acts)

    def counted() -> Any:
        return load_counted_vocabulary(knowledge.data("counted.yaml"))

    return {
        "counted.yaml": counted,
        "file_kinds.yaml": lambda: load(FILE_KINDS, FileKinds),
        "frames/cues.yaml": lexicon,
        "frames/openers.yaml": lambda: load_openers(knowledge.data("frames/openers.yaml")),
        "frames/plover.yaml": lambda: load_plover_frames(knowledge.data("frames/plover.yaml")),
        "frames/support.yaml": lexicon,
        "frames/triggers.yaml": lexicon,
        "instruments.yaml": lambda: load_instruments(knowledge.data("instruments.yaml")),
        "languages.yaml": languages,
        "numbers.yaml": lambda: load_number_words(knowledge.data("numbers.yaml"), counted=counted().words),
        "pipeline.yaml": pipeline_files,
        "places/demonyms.tsv": load_vocabulary,
        "places/given_names.tsv": load_vocabulary,
        "places/words.yaml": load_vocabulary,
        "times.yaml": lambda: load_time_words(knowledge.data("times.yaml")),
    }


def _of_tracking(knowledge: "Knowledge") -> dict[str, Look]:
    from truceline.incidents.vocabulary import load_incident_words
    from truceline.knowledge.bulletin_words import load_bulletin_words
    from truceline.knowledge.bulletins import bulletin_templates, load_template
    from truceline.knowledge.skeleton import agreement_skeleton
    from truceline.ledger.rules import rules
    from truceline.tracking.control_words import load_control_words
    from truceline.tracking.proposing import proposing
    from truceline.tracking.signals import load_signal_kinds
    from truceline.tracking.statistics.rules import load_rules

    templates = bulletin_templates(knowledge.extra)
    return {
        "bulletin_words.yaml": load_bulletin_words,
        **{f"bulletins/{name}.yaml": lambda path=path: load_template(path) for name, path in templates.items()},  # type: ignore[misc]
        "control.yaml": lambda: load_control_words(knowledge),
        "incidents.yaml": lambda: load_incident_words(knowledge),
        "ledger.yaml": rules,
        "obligations.yaml": proposing,
        "signals.yaml": lambda: load_signal_kinds(knowledge),
        "skeletons/agreement.yaml": lambda: agreement_skeleton("new"),
        "statistics.yaml": lambda: load_rules(knowledge),
    }


def _tables() -> dict[str, Look]:
    """The gazetteer's own; they are in the index already, so that a change is looked at before it is compiled."""
    from truceline.knowledge.gazetteer.embedded import embedded_tables
    from truceline.knowledge.gazetteer.kinds import load_kinds
    from truceline.knowledge.gazetteer.spelling import loose, normalise
    from truceline.knowledge.gazetteer.toponyms import load_toponyms

    return {
        "places/kinds.yaml": load_kinds,
        "places/spelling.yaml": lambda: loose(normalise("Khan")),
        "places/toponyms.tsv": load_toponyms,
        **{f"places/{name}.tsv": look for name, look in embedded_tables().items()},
    }
