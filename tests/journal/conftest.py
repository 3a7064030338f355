"""Both databases behind one fixture; PostgreSQL is a server of our own, so that tests may stop it."""

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy

from responder.journal import Given, Journal, Options, Turn
from responder.turn import Candidate, Dialogue, Inquiry, Match, Outcome, Reply

DAY = 86_400
SENDER = "+15551230001"
_names = itertools.count(1)


class Postgres:
    """A private PostgreSQL server on a free port."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._data = programs, folder / "data"
        self.port = free_port()
        folder.mkdir()
        if os.geteuid() == 0:  # the server refuses to run as root
            shutil.chown(folder, "postgres", "postgres")
        self._run("initdb", "--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8")
        self.start()

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self._data}"
        self._run("pg_ctl", "start", "--wait", "-o", options, "-l", f"{self._data}/log")

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--wait", "-m", "fast")

    def new_database(self) -> str:
        name = f"journal_{next(_names)}"
        address = f"postgresql://postgres@127.0.0.1:{self.port}"
        engine = sqlalchemy.create_engine(
            f"{address}/postgres".replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.exec_driver_sql(f"create database {name}")
        engine.dispose()
        return f"{address}/{name}"

    def _run(self, program: str, *arguments: str) -> None:
        user = "postgres" if os.geteuid() == 0 else None
        command = [str(self._programs / program), "-D", str(self._data), *arguments]
        subprocess.run(
            command, check=True, user=user, cwd=self._data.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """PostgreSQL, which a test may stop if it starts it again."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = str(found[-1]) if found else shutil.which("initdb")
    if not initdb:
        pytest.skip("PostgreSQL is not installed here")
    if os.geteuid() == 0 and "postgres" not in {user.pw_name for user in pwd.getpwall()}:
        pytest.skip("PostgreSQL refuses to run as root and there is no user postgres")
    # Not under pytest's folder, which only its owner may enter.
    folder = Path(f"/tmp/responder-postgres-{os.getpid()}")
    try:
        server = Postgres(Path(initdb).parent, folder)
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """DATABASE_URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/journal.db"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@dataclass
class Clock:
    """A time that only a test moves."""

    seconds: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


Open = Callable[..., Journal]


@pytest.fixture
def open_journal(tmp_path: Path) -> Iterator[Open]:
    """Opens journals, and stops them when the test ends."""
    opened: list[Journal] = []

    def open_one(
        database: str = "", *, now: Callable[[], float] = time.time, ready: bool = True, **options: object
    ) -> Journal:
        values = {"folder": tmp_path / "instance", "hash_keys": ("key",), **options}
        journal = Journal(Options(database=database, **values), now)  # type: ignore[arg-type]
        opened.append(journal)
        journal.start()
        if ready:
            wait_for(lambda: journal.state().mode != "starting")
        return journal

    yield open_one
    for journal in opened:
        journal.stop(2.0)


MATCH = Match("answer", (Candidate("leg-cramps", 0.8), Candidate("back-spasm", 0.3)))


def a_turn(
    message_id: str,
    text: str = "my leg",
    *,
    sender: str = SENDER,
    outcome: Outcome = "answer",
    document: str = "<Response/>",
) -> Turn:
    """One turn that got an answer about leg cramps."""
    reply = Reply(outcome, "en", ("Stretch it.",), topic="leg-cramps", match=MATCH)
    given = Given(document, Dialogue("en", "leg-cramps"))
    return Turn(message_id, sender, Inquiry(text, country="US"), reply, given, "v1", segments=1, milliseconds=1.5)


def wait_for(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Until it is so; fails after that time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def settle(journal: Journal) -> None:
    """Until all that was recorded is in the database."""
    wait_for(lambda: journal.state().spooled_bytes == 0)
