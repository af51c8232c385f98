"""Checking an agreement's file: every fault at once, each with its line, and what is allowed but odd."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import yaml
from pydantic import ValidationError

from truceline.knowledge.agreement_faults import Referred, agreement_faults
from truceline.knowledge.agreement_file import AgreementFile
from truceline.knowledge.agreement_oddities import oddities
from truceline.knowledge.data_text import NotTextError, read_data_text
from truceline.knowledge.findings import Finding, Path, holds, shown
from truceline.knowledge.loading import Source, parse_yaml
from truceline.knowledge.salvage import Salvaged, salvage, todos
from truceline.knowledge.schema_faults import schema_findings
from truceline.knowledge.yaml_places import Places, find_places


@dataclass(frozen=True, slots=True)
class Told:
    """One finding as it is told: where in the text, which entry, what."""

    line: int
    column: int
    entry: str
    message: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a file, in the order of its lines; ``file`` is what could be read of it."""

    faults: tuple[Told, ...] = ()
    odd: tuple[Told, ...] = ()
    file: AgreementFile | None = field(default=None, compare=False)


def check_agreement(source: Source, referred: Referred) -> Checked:
    """Find all that is wrong with an agreement's file, and what is allowed but odd.

    Where an entry is too broken to be read it is told and left out, and the rest is checked all the same.

    Raises:
        KnowledgeError: The file cannot be opened.
    """
    try:
        text = read_data_text(source)
        places, data = find_places(text), parse_yaml(text)
    except NotTextError as fault:
        return _unread(fault.line, fault.column, str(fault))
    except yaml.YAMLError as fault:
        return _not_yaml(fault)
    except (ValueError, RecursionError) as fault:
        return _unread(
            1, 1, f"not readable as data ({str(fault).splitlines()[0]}); an agreement's file is a plain list of entries"
        )
    if data is None:
        return _unread(1, 1, "the file has no entries; `truceline agreements new` writes one to begin with")
    if not isinstance(data, dict):
        return _unread(
            1, 1, f"the file is a {_kind(data)}, not entries such as `id: …`; `truceline agreements new` shows them"
        )
    return _checked(data, places, referred)


def _checked(data: dict[str, Any], places: Places, referred: Referred) -> Checked:
    left = todos(data)
    wrong = [
        Finding(path, f"{shown(path, data)} is written twice; YAML keeps the last one only") for path in places.twice
    ]
    wrong += left
    unfilled = {finding.path for finding in left}
    try:
        AgreementFile.model_validate(data)
    except ValidationError as fault:
        wrong += [found for found in schema_findings(AgreementFile, data, fault) if found.path not in unfilled]
    saved = salvage(data, unfilled)
    odd: list[Finding] = []
    if saved is not None:
        known = replace(referred, elsewhere=saved.lost_ids)
        wrong += _placed(agreement_faults(saved.file, known), saved)
        whole = (found for found in oddities(saved.file) if not saved.is_partial(found.path))
        odd = list(_placed(whole, saved))
    return Checked(_told(wrong, data, places), _told(odd, data, places), saved.file if saved is not None else None)


def _placed(findings: Iterable[Finding], saved: Salvaged) -> Iterator[Finding]:
    """Findings with their paths in the file as it is written, but for those that hang on what was replaced."""
    for finding in findings:
        if not saved.hangs_on_what_was_lost(finding.path):
            yield Finding(saved.origin(finding.path), finding.message)


def _told(findings: Iterable[Finding], data: Any, places: Places) -> tuple[Told, ...]:
    told = {Told(*places.of(found.path), entry_name(found.path, data), found.message) for found in findings}
    return tuple(sorted(told, key=lambda one: (one.line, one.column, one.message)))


def entry_name(path: Path, data: Any) -> str:
    """``obligations › 2 (lake-2031/2) › due``: a path with the names that entries give themselves."""
    parts = []
    for i, step in enumerate(path):
        inner = holds(data, path[: i + 1])
        name = next(
            (inner[key] for key in ("id", "who", "version", "what") if isinstance(inner, Mapping) and key in inner),
            None,
        )
        parts.append(f"{step} ({name})" if isinstance(step, int) and isinstance(name, str) else str(step))
    return " › ".join(parts)


def _not_yaml(fault: yaml.YAMLError) -> Checked:
    mark = getattr(fault, "problem_mark", None)
    problem = getattr(fault, "problem", None) or getattr(fault, "reason", None) or "unreadable"
    context = getattr(fault, "context", None)
    message = f"not valid YAML: {problem}" + (f" ({context})" if context else "")
    return _unread(
        mark.line + 1 if mark else 1, mark.column + 1 if mark else 1, f"{message}; nothing after it could be checked"
    )


def _unread(line: int, column: int, message: str) -> Checked:
    return Checked((Told(line, column, "", message),))


def _kind(data: Any) -> str:
    return "list" if isinstance(data, list) else "single value"
