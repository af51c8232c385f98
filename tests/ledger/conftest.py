"""A ledger in each database; one suite goes over both."""

import os
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from tests.ledger.stand_in import StandInReader, stand_in_neighbourhood

from truceline.ledger import Ledger

POSTGRES = os.environ.get("TRUCELINE_TEST_POSTGRES")


class Clock:
    """A second later each time it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2021, 6, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The time."""
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this user's own ledgers or keys is used, and claims are matched by the stand-in."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("TRUCELINE_LEDGER", raising=False)
    for module in ("ledger", "keeping"):
        monkeypatch.setattr(f"truceline.ledger.{module}.make_neighbourhood", stand_in_neighbourhood)


def new_schema() -> tuple[str, Callable[[], None]]:
    """A PostgreSQL URL with an empty schema of its own, and how to drop it."""
    assert POSTGRES is not None
    name = f"test_{secrets.token_hex(6)}"
    engine = create_engine(POSTGRES.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))

    def drop() -> None:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        engine.dispose()

    return f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}options=-csearch_path%3D{name}", drop


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a new ledger may be made, in each database."""
    if request.param == "sqlite":
        yield str(tmp_path / "truceline.db")
        return
    if POSTGRES is None:
        pytest.skip("no PostgreSQL: set TRUCELINE_TEST_POSTGRES to the URL of a database that tests may write to")
    url, drop = new_schema()
    yield url
    drop()


@pytest.fixture
def clock() -> Clock:
    """The time that entries are dated by."""
    return Clock()


@pytest.fixture
def ledger(where: str, clock: Clock) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.create(where, who="anna", clock=clock) as made:
        yield made


@pytest.fixture
def reader() -> StandInReader:
    """A fast reader."""
    return StandInReader()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a text with a header into the inbox."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()

    def one(name: str, *sentences: str, publisher: str = "Wire", published: str = "2021-05-04") -> Path:
        header = f"---\ntitle: {name}\npublisher: {publisher}\npublished: {published}\nlanguage: en\n---\n"
        path = inbox / f"{name}.txt"
        path.write_text(header + "\n".join(sentences) + "\n", encoding="utf-8")
        return path

    return one
