"""The service under load while everything around it dies: what was answered, and what the journal has of it.

    python -m bench.load [--seconds 60]

Two granian workers (`make serve`) answer signed, mixed texts over 8 connections as fast as they can. A PostgreSQL and a
Redis of our own are killed and restarted twice each, a worker is killed -9 every 5 seconds. A message whose connection
breaks is sent again with the same id, as Twilio and proxies do. In the end the journal must hold one row for every
message answered.
"""

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol
from xml.etree import ElementTree

import psycopg

from bench.server import Server, granian
from bench.traffic import ENVIRONMENT, Answer, Client, posts
from tests.journal.conftest import Postgres, free_port

WORKERS = 2
KILL_EVERY = 5.0
_OUTAGES = {"database": ((0.15, 0.3), (0.5, 0.7)), "redis": ((0.2, 0.4), (0.65, 0.8))}
"""From when to when each is gone, in shares of the whole time; for a while both are."""


class _Service(Protocol):
    def start(self) -> None: ...

    def kill(self) -> None: ...



@dataclass(frozen=True, slots=True)
class Report:
    """What happened."""

    answers: list[Answer]
    rows: Counter[str]
    """By message id, in the journal."""
    killed: int
    outages: Counter[str]
    """How often each service was gone."""
    exit: int
    """Of the server, when asked to stop."""
    log: str

    @property
    def broken(self) -> int:
        """Messages that had to be sent again."""
        return sum(answer.attempts > 1 for answer in self.answers)

    def faults(self) -> list[str]:
        """What must not be; empty if all is well."""
        answered = {answer.message_id for answer in self.answers}
        found = [f"{answer.status} to {answer.message_id}" for answer in self.answers if answer.status != 200]
        found += [f"no TwiML for {answer.message_id}" for answer in self.answers if not _twiml(answer.body)]
        found += [f"answered but not in the journal: {one}" for one in answered - self.rows.keys()]
        found += [f"in the journal but not answered: {one}" for one in self.rows.keys() - answered]
        found += [f"{count} rows of {one}" for one, count in self.rows.items() if count > 1]
        return found + [f"the server ended with {self.exit}"] * (self.exit != 0)

    def told(self) -> str:
        """The figures, in a line or two."""
        times = statistics.quantiles((answer.seconds * 1000 for answer in self.answers), n=1000)
        return (
            f"{len(self.answers)} messages answered, {self.rows.total()} rows; {self.killed} workers killed, database "
            f"gone {self.outages['database']} times, Redis {self.outages['redis']}; {self.broken} sent again\n"
            f"ms: median {times[499]:.1f}, 99% {times[989]:.1f}, 99.9% {times[998]:.1f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0, help="of load (default: 60)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = run(args.seconds, Path(folder))
    print(report.told())
    faults = report.faults()
    print(*(faults[:20] or ["nothing lost, nothing twice"]), sep="\n")
    raise SystemExit(bool(faults))


def redis() -> str | None:
    """The program that is a Redis, where it is installed."""
    return shutil.which("redis-server") or shutil.which("valkey-server")


def initdb() -> str | None:
    """The program that makes a PostgreSQL, where it is installed."""
    found = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")))
    return found[-1] if found else shutil.which("initdb")


def run(seconds: float, folder: Path) -> Report:
    """The whole drama, with its files in `folder`."""
    sent = posts(f"{time.time_ns():x}"[-8:])
    with _postgres() as postgres, _Redis() as cache:
        address = postgres.new_database()
        services = {"DATABASE_URL": address, "REDIS_URL": cache.address}
        environment = {**ENVIRONMENT, "RESPONDER_INSTANCE": str(folder), **services}
        with Server(granian("wsgi:app"), environment, WORKERS) as server:
            server.first_answer(first := next(sent))
            server.wait_for(WORKERS)
            begun = time.monotonic()
            with _Acts(begun + seconds) as acts:
                acts.begin(lambda: _kill_workers(acts, server))
                acts.begin(lambda: _interrupt(acts, "database", postgres, begun, seconds))
                acts.begin(lambda: _interrupt(acts, "redis", cache, begun, seconds))
                until = iter(lambda: next(sent) if time.monotonic() < acts.until else None, None)
                answers = Client(server.port).send(chain([first], until))
            server.wait_for(WORKERS)
            rows = _rows(address, folder / "spool")
            server.stop()
            return Report(answers, rows, acts.killed, acts.outages, server.process.returncode, server.log())


@contextmanager
def _postgres() -> Iterator["_Postgres"]:
    folder = Path(tempfile.mkdtemp(prefix="responder-load-"))
    folder.chmod(0o711)  # the server runs as a user of its own
    postgres = None
    try:
        postgres = _Postgres(Path(initdb() or "initdb").parent, folder / "postgres")
        yield postgres
    finally:
        if postgres:
            postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


class _Postgres(Postgres):
    def kill(self) -> None:
        """Without a word to anyone; it must repair itself when it comes back."""
        self._run("pg_ctl", "stop", "--wait", "-m", "immediate")


class _Redis:
    """On a free port, until the `with` block ends."""

    def __init__(self) -> None:
        self._port = free_port()
        self.address = f"redis://127.0.0.1:{self._port}/0"
        self._process: subprocess.Popen[bytes]

    def __enter__(self) -> "_Redis":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        command = [redis() or "redis-server", "--port", str(self._port), "--bind", "127.0.0.1", "--save", ""]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


class _Acts:
    """What goes on beside the load, until its end."""

    def __init__(self, until: float) -> None:
        self.until = until
        self.killed = 0
        self.outages: Counter[str] = Counter()
        self._threads: list[threading.Thread] = []
        self._ended = threading.Event()

    def __enter__(self) -> "_Acts":
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def begin(self, act: Callable[[], None]) -> None:
        thread = threading.Thread(target=act)
        thread.start()
        self._threads.append(thread)

    def wait(self, moment: float) -> bool:
        """Until that moment; whether the load still goes on."""
        return not self._ended.wait(max(0.0, moment - time.monotonic())) and time.monotonic() < self.until


def _kill_workers(acts: _Acts, server: Server) -> None:
    # The oldest: a worker that dies within 5.5 s of its own respawn is a crash loop to granian, which then gives up.
    while acts.wait(time.monotonic() + KILL_EVERY):
        os.kill(server.workers()[0], signal.SIGKILL)
        acts.killed += 1


def _interrupt(acts: _Acts, name: str, service: _Service, begun: float, seconds: float) -> None:
    for gone, back in _OUTAGES[name]:
        if acts.wait(begun + gone * seconds):
            service.kill()
            acts.outages[name] += 1
            try:
                acts.wait(begun + back * seconds)
            finally:
                service.start()


def _rows(address: str, spool: Path) -> Counter[str]:
    """The messages in the journal, once nothing waits on disk."""
    end = time.monotonic() + 60
    while time.monotonic() < end and any(path.stat().st_size for path in spool.glob("*.jsonl") if path.exists()):
        time.sleep(0.2)
    with psycopg.connect(address) as connection:
        return Counter(message for (message,) in connection.execute("select message_id from turns"))


def _twiml(body: bytes) -> bool:
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError:
        return False
    return root.tag == "Response" and all(child.tag == "Message" and child.text for child in root)


if __name__ == "__main__":
    main()
