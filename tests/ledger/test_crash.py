"""Killed anywhere, written to by several at once, out of disk: nothing lost, nothing twice, the chain whole."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from tests.ledger.conftest import POSTGRES, new_schema
from tests.ledger.stand_in import StandInReader, sentence

from truceline.errors import LedgerError
from truceline.ledger import Ledger
from truceline.ledger.rebuild import dump
from truceline.ledger.tables import DERIVED

Write = Callable[..., Path]
POINTS = 50


def _noon() -> datetime:
    return datetime(2021, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def paths(write: Write) -> list[Path]:
    """Twelve documents whose claims fall into few incidents, so that each changes what stands."""
    places, days = ("Dorvan", "Keld"), ("2021-05-03", "2021-05-04")
    return [
        write(
            f"t{i:02}",
            sentence("Alpha", "Bravo", places[i % 2], days[i // 2 % 2]),
            sentence("Bravo", "Alpha", places[i // 2 % 2], days[i % 2]),
        )
        for i in range(12)
    ]


def _run(where: str, paths: list[Path], prepare: Callable[[Ledger], None] = lambda _: None) -> None:
    """What ``truceline ingest`` does."""
    with Ledger.open(where, who="anna", clock=_noon) as ledger:
        prepare(ledger)
        for _ in ledger.ingest(paths, StandInReader()):
            pass
        ledger.checkpoint()


def _in_child(work: Callable[[], None]) -> int:
    """Do something in a process of its own; its id."""
    child = os.fork()
    if child:
        return child
    try:
        work()
        os._exit(0)
    except BaseException:
        os._exit(1)


def _ended(child: int) -> int:
    """How it ended: 0, an exit code, or minus the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _state(where: str) -> tuple[list[Any], dict[str, list[str]]]:
    """The log and the derived tables, without what is by chance: the ledger's own name and key."""
    with Ledger.open(where) as ledger, ledger.database.reading() as connection, ledger.view() as view:
        assert ledger.verify().fault is None
        told = [(entry.kind, entry.at, entry.who, entry.payload) for entry in view.log() if entry.kind != "checkpoint"]
        tables = {table.name: list(dump(connection, table)) for table in DERIVED if table.name != "checkpoint"}
        return told[1:], tables


def _count_points(where: str, paths: list[Path]) -> int:
    """How many statements and commits a whole run makes."""
    count = 0

    def counting(ledger: Ledger) -> None:
        def step(*_: Any) -> None:
            nonlocal count
            count += 1

        event.listen(ledger.database.engine, "before_cursor_execute", step)
        event.listen(ledger.database.engine, "commit", step)

    _run(where, paths, counting)
    return count


def _dying_at(point: int) -> Callable[[Ledger], None]:
    """Be killed just before statement (or commit) number ``point``: between a write and its commit, or between two commits."""

    def prepare(ledger: Ledger) -> None:
        count = 0

        def step(*_: Any) -> None:
            nonlocal count
            count += 1
            if count == point:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(ledger.database.engine, "before_cursor_execute", step)
        event.listen(ledger.database.engine, "commit", step)

    return prepare


def test_killed_at_fifty_points_and_run_again_it_is_as_if_undisturbed(tmp_path: Path, paths: list[Path]) -> None:
    fresh = tmp_path / "fresh.db"
    Ledger.create(fresh, who="anna", clock=_noon).close()

    def copy(name: str) -> str:
        target = tmp_path / f"{name}.db"
        for end in ("", ".key"):
            shutil.copy(f"{fresh}{end}", f"{target}{end}")
        return str(target)

    undisturbed = copy("undisturbed")
    points = _count_points(undisturbed, paths)
    wanted = _state(undisturbed)
    assert len([row for row in wanted[0] if row[0] == "document"]) == len(paths)
    chosen = random.Random(2020).sample(range(1, points + 1), POINTS)
    for point in chosen:
        where = copy(f"at{point}")
        assert _ended(_in_child(partial(_run, where, paths, _dying_at(point)))) == -signal.SIGKILL
        with Ledger.open(where) as ledger:
            assert ledger.verify().fault is None, point
            assert ledger.rebuild(keep=False).changed == (), point
        _run(where, paths)
        assert _state(where) == wanted, point


def test_killed_by_the_clock(tmp_path: Path, paths: list[Path]) -> None:
    where = str(tmp_path / "clock.db")
    Ledger.create(where, who="anna", clock=_noon).close()
    chance = random.Random(12)
    for _ in range(10):
        child = _in_child(lambda: _run(where, paths))
        time.sleep(chance.uniform(0.0, 0.12))
        os.kill(child, signal.SIGKILL)
        _ended(child)
        with Ledger.open(where) as ledger:
            assert ledger.verify().fault is None
    _run(where, paths)
    other = str(tmp_path / "other.db")
    Ledger.create(other, who="anna", clock=_noon).close()
    _run(other, paths)
    assert _state(where) == _state(other)


def test_killed_on_postgresql(paths: list[Path]) -> None:
    if POSTGRES is None:
        pytest.skip("no PostgreSQL: set TRUCELINE_TEST_POSTGRES to the URL of a database that tests may write to")
    states = []
    points = 0
    for run in range(5):
        where, drop = new_schema()
        try:
            Ledger.create(where, who="anna", clock=_noon).close()
            if run == 0:
                points = _count_points(where, paths)
            else:
                point = random.Random(run).randint(1, points)
                assert _ended(_in_child(partial(_run, where, paths, _dying_at(point)))) == -signal.SIGKILL
                _run(where, paths)
            states.append(_state(where))
        finally:
            drop()
    assert all(state == states[0] for state in states[1:])


@pytest.mark.parametrize("writers", [2, 4])
def test_several_write_at_once(where: str, paths: list[Path], writers: int, tmp_path: Path) -> None:
    Ledger.create(where, who="anna").close()

    def work(own: int) -> None:
        order = list(paths)
        random.Random(own).shuffle(order)
        _run(where, order)

    children = [_in_child(partial(work, own)) for own in range(writers)]
    assert [_ended(child) for child in children] == [0] * writers
    with Ledger.open(where) as ledger:
        assert ledger.verify().fault is None
        assert ledger.rebuild(keep=False).changed == ()
        with ledger.view() as view:
            kinds = [entry.kind.value for entry in view.log()]
            assert kinds.count("document") == kinds.count("reading") == len(paths)
            together = {row["id"]: sorted(view.incident(row["id"])["claims"]) for row in view.incidents()}
    alone = tmp_path / "alone.db"
    Ledger.create(alone).close()
    _run(str(alone), paths)
    with Ledger.open(alone) as ledger, ledger.view() as view:
        assert {row["id"]: sorted(view.incident(row["id"])["claims"]) for row in view.incidents()} == together


def test_decisions_of_one_are_followed_by_another(where: str, paths: list[Path]) -> None:
    Ledger.create(where, who="anna").close()
    with Ledger.open(where, who="anna") as anna, Ledger.open(where, who="boris") as boris:
        list(anna.ingest(paths[:4], StandInReader()))
        list(boris.ingest(paths[4:6], StandInReader()))
        boris.merge("dorvan-2021-05-03", "keld-2021-05-03")
        list(anna.ingest(paths[6:8], StandInReader()))
        list(boris.ingest(paths[:2], StandInReader(), again=True))
        list(anna.ingest(paths[8:], StandInReader()))
        with anna.view() as view:
            assert "keld-2021-05-03" not in {row["id"] for row in view.incidents()}
        assert anna.rebuild(keep=False).changed == ()


def test_a_reader_sees_one_state_while_another_writes(where: str, paths: list[Path]) -> None:
    Ledger.create(where, who="anna").close()
    with Ledger.open(where) as looking, Ledger.open(where) as writing:
        list(writing.ingest(paths[:2], StandInReader()))
        with looking.view() as view:
            before = (view.counts(), len(view.incidents()))
            list(writing.ingest(paths[2:], StandInReader()))
            assert (view.counts(), len(view.incidents())) == before


def test_a_full_disk_costs_nothing_that_was_kept(tmp_path: Path, paths: list[Path]) -> None:
    where = str(tmp_path / "full.db")
    Ledger.create(where, who="anna", clock=_noon).close()

    def full(ledger: Ledger) -> None:
        def limit(connection: Any, _: Any) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages + 12}")

        event.listen(ledger.database.engine, "connect", limit)
        ledger.database.engine.dispose()

    with pytest.raises(LedgerError, match="disk is full; nothing of this was kept"):
        _run(where, paths, full)
    with Ledger.open(where) as ledger:
        assert ledger.verify().fault is None
        assert ledger.rebuild(keep=False).changed == ()
        with ledger.view() as view:
            assert 0 < view.counts()["document"] < len(paths)
    _run(where, paths)
    other = str(tmp_path / "roomy.db")
    Ledger.create(other, who="anna", clock=_noon).close()
    _run(other, paths)
    assert _state(where) == _state(other)


def test_an_error_while_reading_leaves_the_ledger_and_the_index_as_they_were(where: str, paths: list[Path]) -> None:
    class Failing(StandInReader):
        def read_document(self, document: Any) -> Any:
            if document.title == "t05":
                raise ZeroDivisionError
            return super().read_document(document)

    Ledger.create(where, who="anna").close()
    with Ledger.open(where) as ledger:
        with pytest.raises(ZeroDivisionError):
            list(ledger.ingest(paths, Failing()))
        list(ledger.ingest(paths, StandInReader()))
        assert ledger.verify().fault is None
        assert ledger.rebuild(keep=False).changed == ()
