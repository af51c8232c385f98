"""Ledgers that hold the dossiers, each read once for all tests here."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from truceline.ledger import Ledger

EXAMPLES = Path(__file__).parents[2] / "examples"


def _clock() -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC)


def fill(where: Path, dossier: str, agreement: str) -> Path:
    """A ledger with all documents of a dossier."""
    os.environ.pop("TRUCELINE_LEDGER", None)
    with Ledger.create(where, agreement=agreement, who="tests", clock=_clock) as made:
        results = list(made.ingest(sorted((EXAMPLES / dossier).glob("*.txt"))))
    assert {result.outcome for result in results} == {"added"}
    return where


@pytest.fixture(scope="session")
def hadrut_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of examples/hadrut-2020; not to be written to."""
    return fill(tmp_path_factory.mktemp("hadrut") / "truceline.db", "hadrut-2020", "nagorno-karabakh-2020")


@pytest.fixture(scope="session")
def mutur_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of examples/mutur-2005; not to be written to."""
    return fill(tmp_path_factory.mktemp("mutur") / "truceline.db", "mutur-2005", "sri-lanka-2002")


@pytest.fixture
def hadrut(hadrut_file: Path) -> Iterator[Ledger]:
    """The Hadrut dossier, to be looked at."""
    with Ledger.open(hadrut_file) as found:
        yield found


@pytest.fixture
def own_hadrut(hadrut_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A copy of it, to be written to."""
    copy = tmp_path / "truceline.db"
    shutil.copy(hadrut_file, copy)
    with Ledger.open(copy, who="anna") as found:
        yield found


@pytest.fixture
def mutur(mutur_file: Path) -> Iterator[Ledger]:
    """The Mutur dossier, to be looked at."""
    with Ledger.open(mutur_file) as found:
        yield found
