"""The dossiers with what must come of them, and how what comes is judged (see docs/incidents.md)."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import combinations
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from truceline.incidents import build
from truceline.intake import read_file
from truceline.knowledge import Agreement
from truceline.model import Document, Incident, Incidents, Reading, Witness
from truceline.reader import Reader

ROOT = Path(__file__).parents[2]
NAMES = ("hadrut-2020", "lookalikes-2006", "mutur-2005")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ExpectedIncident(_Strict):
    """One incident: its day, its contradictions by field, and the words its claims stand in."""

    day: date
    contradictions: tuple[str, ...]
    words: dict[str, tuple[str, ...]]


class Dossier(_Strict):
    """A folder of documents and what must come of it."""

    folder: str
    agreement: str
    lineages: tuple[tuple[str, ...], ...]
    incidents: dict[str, ExpectedIncident]
    none: dict[str, tuple[str, ...]] = {}


@dataclass(frozen=True)
class Read:
    """A dossier as read: documents by file name, and their claims."""

    dossier: Dossier
    readings: dict[str, Reading]

    @property
    def witnesses(self) -> list[Witness]:
        return [Witness(claim, r.document) for r in self.readings.values() for claim in r.claims]

    @property
    def documents(self) -> list[Document]:
        return [reading.document for reading in self.readings.values()]

    def build(self, **options: object) -> Incidents:
        return build(self.witnesses, documents=self.documents, agreement=agreement(self.dossier.agreement), **options)


@cache
def agreement(name: str) -> Agreement:
    return Agreement.load(name)


@cache
def read_dossier(name: str) -> Read:
    """Read all documents of a dossier; a word that no document has is a mistake in the dossier."""
    dossier = Dossier.model_validate(yaml.safe_load((ROOT / "tests/dossiers" / f"{name}.yaml").read_text("utf-8")))
    reader = Reader(agreement(dossier.agreement))
    files = sorted((ROOT / dossier.folder).glob("*.txt"))
    documents = {file.stem: read_file(file) for file in files}
    for where in (*(incident.words for incident in dossier.incidents.values()), dossier.none):
        for document, phrases in where.items():
            for phrase in phrases:
                assert phrase in documents[document].text, f"{name}: {document} has no {phrase!r}"
    readings = dict(zip(documents, reader.read_many(documents.values()), strict=True))
    return Read(dossier, readings)


@dataclass(frozen=True)
class Labels:
    """What each judged claim must be in (None for no incident), and the words in which nothing was read."""

    of: dict[str, str | None]
    unread: tuple[tuple[str, str, str], ...]


def labels(read: Read) -> Labels:
    """The claims that the dossier says something on, by where their acts stand."""
    of: dict[str, str | None] = {}
    unread: list[tuple[str, str, str]] = []
    named: list[tuple[str | None, dict[str, tuple[str, ...]]]] = [
        *((name, incident.words) for name, incident in read.dossier.incidents.items()),
        (None, read.dossier.none),
    ]
    for name, words in named:
        for document, phrases in words.items():
            reading = read.readings[document]
            for phrase in phrases:
                start = reading.document.text.index(phrase)
                found = [c.id for c in reading.claims if start <= (c.act_span or c.span)[0] < start + len(phrase)]
                of.update(dict.fromkeys(found, name))
                if not found and name is not None:
                    unread.append((name, document, phrase))
    return Labels(of, tuple(unread))


def given(result: Incidents) -> dict[str, str]:
    """The incident that each claim was put in."""
    return {claim: incident.id for incident in result.incidents for claim in incident.claims}


@dataclass(frozen=True)
class Score:
    """Precision, recall and their mean, by pairs and by items (B³)."""

    pairwise: tuple[float, float, float]
    b_cubed: tuple[float, float, float]
    items: int


def score(expected: dict[str, Hashable], found: dict[str, Hashable]) -> Score:
    """Compare two groupings of the same items; what is in no group stands alone."""
    gold = {item: group if group is not None else ("alone", item) for item, group in expected.items()}
    mine = {item: found.get(item) or ("alone", item) for item in expected}
    items = sorted(gold)
    right = given_pairs = true_pairs = 0
    for one, other in combinations(items, 2):
        same, put = gold[one] == gold[other], mine[one] == mine[other]
        right += same and put
        given_pairs += put
        true_pairs += same
    pairs = _mean(right / given_pairs if given_pairs else 1.0, right / true_pairs if true_pairs else 1.0)
    both = Counter((gold[item], mine[item]) for item in items)
    of_gold, of_mine = Counter(gold.values()), Counter(mine.values())
    precision = sum(both[gold[i], mine[i]] / of_mine[mine[i]] for i in items) / max(1, len(items))
    recall = sum(both[gold[i], mine[i]] / of_gold[gold[i]] for i in items) / max(1, len(items))
    return Score(pairs, _mean(precision, recall), len(items))


def _mean(precision: float, recall: float) -> tuple[float, float, float]:
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def incident_score(read: Read, result: Incidents) -> Score:
    """Claims to incidents."""
    expected: dict[str, Hashable] = dict(labels(read).of)
    found: dict[str, Hashable] = dict(given(result))
    return score(expected, found)


def lineage_score(reads: Iterable[tuple[Read, Incidents]]) -> Score:
    """Documents to lineages."""
    expected: dict[str, Hashable] = {}
    found: dict[str, Hashable] = {}
    for read, result in reads:
        ids = {name: reading.document.id for name, reading in read.readings.items()}
        expected.update({ids[name]: ids[name] for name in ids})
        for lineage in read.dossier.lineages:
            expected.update({ids[name]: ids[lineage[0]] for name in lineage})
        found.update({document: lineage.id for lineage in result.lineages for document in lineage.documents})
    return score(expected, found)


def matched(read: Read, result: Incidents, name: str) -> Incident | None:
    """The incident that holds most of an expected incident's claims, if it lies on its day."""
    of = labels(read).of
    where = given(result)
    held = Counter(where[claim] for claim, label in of.items() if label == name and claim in where)
    if not held:
        return None
    best = max(held, key=lambda id_: (held[id_], id_))
    incident = next(incident for incident in result.incidents if incident.id == best)
    start = incident.when.start if incident.when else None
    day = start.date() if isinstance(start, datetime) else start
    return incident if day == read.dossier.incidents[name].day else None


def contradictions(read: Read, result: Incidents) -> tuple[list[str], list[str], list[str]]:
    """Found, missed and unexpected contradictions, each as incident and field."""
    found: list[str] = []
    missed: list[str] = []
    extra: list[str] = []
    for name, incident in read.dossier.incidents.items():
        best = matched(read, result, name)
        fields = {contradiction.field for contradiction in best.contradictions} if best else set()
        found += [f"{name} {field}" for field in sorted(fields & set(incident.contradictions))]
        missed += [f"{name} {field}" for field in sorted(set(incident.contradictions) - fields)]
        extra += [f"{name} {field}" for field in sorted(fields - set(incident.contradictions))]
    return found, missed, extra


def wrong(read: Read, result: Incidents) -> Sequence[str]:
    """The judged claims that stand where they should not, in words."""
    of, where = labels(read).of, given(result)
    home = {name: (matched(read, result, name) or None) for name in read.dossier.incidents}
    lines = []
    for witness in read.witnesses:
        if witness.claim.id not in of:
            continue
        label = of[witness.claim.id]
        right = home[label].id if label is not None and home[label] is not None else None  # type: ignore[union-attr]
        if where.get(witness.claim.id) != right:
            lines.append(f"{label or 'none'}: {witness.claim.text[:70]!r} is in {where.get(witness.claim.id)}")
    return lines
