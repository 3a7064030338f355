"""Database slow, locked, full, gone and back; disk full; workers killed: replies go on, no row is lost or twice."""

import logging
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from responder.journal import Journal
from responder.journal.entry import entry, to_line
from responder.journal.spool import REFUSED, Spool, files

from .conftest import SENDER, Open, Postgres, a_turn, free_port, settle, wait_for

ROOT = Path(__file__).parents[2]


class Wire:
    """A TCP server in front of PostgreSQL that can stop answering without hanging up."""

    def __init__(self, target: int | None) -> None:
        self._target = target
        self._flowing = threading.Event()
        self._flowing.set()
        self._server = socket.create_server(("127.0.0.1", 0))
        self._sockets = [self._server]
        self.port: int = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def freeze(self) -> None:
        self._flowing.clear()

    def thaw(self) -> None:
        self._flowing.set()

    def close(self) -> None:
        self.thaw()
        self._server.shutdown(socket.SHUT_RDWR)
        for one in self._sockets:
            one.close()

    def _accept(self) -> None:
        try:
            while True:
                client, _ = self._server.accept()
                self._sockets.append(client)
                if self._target:
                    server = socket.create_connection(("127.0.0.1", self._target))
                    self._sockets.append(server)
                    for pair in ((client, server), (server, client)):
                        threading.Thread(target=self._carry, args=pair, daemon=True).start()
        except OSError:
            pass

    def _carry(self, source: socket.socket, drain: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                self._flowing.wait()
                drain.sendall(data)
            drain.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def longest_wait(journal: Journal, seconds: float, prefix: str) -> float:
    """The longest that any of the turns taken in that time waited for the journal."""
    longest, end, number = 0.0, time.monotonic() + seconds, 0
    while time.monotonic() < end:
        started = time.perf_counter()
        journal.known(f"{prefix}{number}", SENDER)
        journal.record(a_turn(f"{prefix}{number}"))
        longest = max(longest, time.perf_counter() - started)
        number += 1
        time.sleep(0.005)
    return longest


def test_no_reply_waits_50_ms_for_a_database_that_hangs(postgres: Postgres, open_journal: Open) -> None:
    wire = Wire(postgres.port)
    journal = open_journal(postgres.new_database().replace(str(postgres.port), str(wire.port)))
    wire.freeze()
    # This machine may be busy: a wait of ours would be long every time, a pause of the machine's is not.
    assert any(longest_wait(journal, 2.5, f"SM{attempt}-") < 0.05 for attempt in range(3))
    assert journal.state().spooled_bytes > 0
    wire.thaw()
    settle(journal)
    assert journal.counts()["turns"] == journal.state().stored > 0
    journal.stop()
    wire.close()


def test_a_database_that_never_answers_from_the_start_holds_up_nothing(open_journal: Open) -> None:
    wire = Wire(None)
    journal = open_journal(f"postgresql://postgres@127.0.0.1:{wire.port}/none", ready=False)
    assert any(longest_wait(journal, 1.0, f"SM{attempt}-") < 0.05 for attempt in range(3))
    assert not journal.stop(0.5)
    wire.close()


def test_duplicates_and_opt_outs_hold_while_the_database_is_gone(open_journal: Open) -> None:
    journal = open_journal(f"postgresql://postgres@127.0.0.1:{free_port()}/none")
    given = journal.record(a_turn("SM1"))
    journal.opt_out(SENDER)
    known = journal.known("SM1", SENDER)
    assert known.given is given
    assert journal.known("SM2", SENDER).opted_out
    assert journal.first_text("CA1", "leg-cramps", SENDER)
    assert not journal.first_text("CA1", "leg-cramps", SENDER)
    assert journal.state().mode == "spooling"


def test_what_was_spooled_is_written_when_a_locked_database_opens(open_journal: Open, tmp_path: Path) -> None:
    journal = open_journal()
    other = sqlite3.connect(tmp_path / "instance" / "journal.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for number in range(50):
        assert journal.known(f"SM{number}", SENDER).given is None
        journal.record(a_turn(f"SM{number}"))
    assert journal.state().stored == 0
    other.execute("COMMIT")
    other.close()
    settle(journal)
    assert journal.counts()["turns"] == 50


@pytest.mark.disruptive
def test_rows_written_while_postgresql_is_down_arrive_once_each(postgres: Postgres, open_journal: Open) -> None:
    journals = [open_journal(postgres.new_database())]
    journals.append(open_journal(journals[0].options.database, folder=journals[0].options.folder / "other machine"))
    sent: list[str] = []
    stopping = threading.Event()

    def load(number: int, journal: Journal) -> None:
        while not stopping.is_set():
            message_id = f"SM{number}-{len(sent)}"
            journal.known(message_id, SENDER)
            journal.record(a_turn(message_id))
            sent.append(message_id)
            time.sleep(0.001)

    threads = [threading.Thread(target=load, args=pair) for pair in enumerate(journals)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        time.sleep(0.3)
        postgres.stop()
        try:
            wait_for(lambda: journals[0].state().mode == "spooling")
        finally:
            postgres.start()
        wait_for(lambda: journals[0].state().mode == "writing")
    stopping.set()
    for thread in threads:
        thread.join()
    for journal in journals:
        settle(journal)
    assert sorted(set(sent)) == sorted(row["message_id"] for row in journals[0].rows())


def test_killed_workers_lose_no_row_whose_reply_was_sent(address: str, open_journal: Open, tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    command = [sys.executable, "-m", "tests.journal.worker", str(folder), address]
    sent: list[str] = []
    kills = 0
    for _ in range(3):
        workers = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) for _ in range(3)]
        begun = [worker.stdout.readline().decode() for worker in workers if worker.stdout]
        time.sleep(random.uniform(0.1, 0.5))
        for worker in workers:
            worker.send_signal(signal.SIGKILL)
            kills += 1
        for first, worker in zip(begun, workers, strict=True):
            rest, _ = worker.communicate()
            sent += [line for line in (first + rest.decode()).splitlines(keepends=True) if line.endswith("\n")]
    assert files(folder / "spool")
    journal = open_journal(address)
    settle(journal)
    rows = [row["message_id"] for row in journal.rows()]
    assert {line.strip() for line in sent} <= set(rows)
    assert len(rows) <= len(sent) + kills  # killed between the append and the reply
    assert len(rows) == len(set(rows))


def test_a_forked_worker_has_its_own_outbox(open_journal: Open) -> None:
    journal = open_journal()
    journal.record(a_turn("SM-parent"))
    child = os.fork()
    if child == 0:
        journal.record(a_turn("SM-child"))
        os._exit(0)
    assert os.waitpid(child, 0) == (child, 0)
    journal.record(a_turn("SM-parent-again"))
    wait_for(lambda: journal.counts()["turns"] == 3)


def test_stopping_drains_and_leaves_nothing(open_journal: Open, tmp_path: Path) -> None:
    journal = open_journal()
    for number in range(1000):
        journal.record(a_turn(f"SM{number}"))
    assert journal.stop()
    assert files(tmp_path / "instance" / "spool") == []
    assert journal.counts()["turns"] == 1000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.mark.disruptive
def test_a_full_disk_stops_no_reply_and_says_so_once(
    small_disk: Path, open_journal: Open, caplog: pytest.LogCaptureFixture
) -> None:
    journal = open_journal(folder=small_disk)
    filler = small_disk / "filler"
    free = os.statvfs(small_disk).f_bavail * 4096
    filler.write_bytes(b"x" * (free - 100_000))
    for number in range(500):
        journal.record(a_turn(f"SM{number}"))
    wait_for(lambda: journal.state().lost)
    assert journal.state().mode == "losing"
    assert len([record for record in caplog.records if "disk takes nothing" in record.message]) == 1
    filler.unlink()
    journal.record(a_turn("SM-after"))
    assert journal.state().mode != "losing"
    settle(journal)
    assert journal.counts()["turns"] == 501 - journal.state().lost
    journal.stop()


def test_half_a_line_is_set_aside_and_the_rest_is_stored(open_journal: Open, tmp_path: Path) -> None:
    folder = tmp_path / "instance" / "spool"
    folder.mkdir(parents=True)
    row = to_line(entry(a_turn("SM1"), sender=None, at=int(time.time() * 1000), keep_text=False))
    of_tomorrow = row.replace(b'{"turns":{', b'{"turns":{"a column of tomorrow":1,')
    (folder / "1-1-dead.jsonl").write_bytes(of_tomorrow + b'{"turns":{"message_id":"SM2"}}\n' + row[:50])
    journal = open_journal()
    settle(journal)
    assert [row["message_id"] for row in journal.rows()] == ["SM1"]
    assert journal.state().refused == 2
    assert journal.spooled().refused == 2
    assert b'"SM2"' in (folder / REFUSED).read_bytes()


def test_a_file_of_a_living_process_is_not_adopted(tmp_path: Path) -> None:
    mine, other = Spool(tmp_path), Spool(tmp_path)
    assert mine.append(b"{}\n")
    assert other.adopt() == []
    mine.close()
    adopted = other.adopt()
    assert [list(file.batches(10)) for file in adopted] == [[[b"{}\n"]]]
    adopted[0].remove()


def test_forgetting_blanks_what_waits_on_disk(open_journal: Open, tmp_path: Path) -> None:
    journal = open_journal(f"postgresql://postgres@127.0.0.1:{free_port()}/none")
    journal.record(a_turn("SM1", "zyzzyva", outcome="fallback"))
    journal.record(a_turn("SM2", sender="+15559999999"))
    folder = tmp_path / "instance" / "spool"
    assert any(b"zyzzyva" in path.read_bytes() for path in files(folder))
    journal.forget(SENDER)
    wait_for(lambda: not any(b"SM1" in path.read_bytes() for path in files(folder)))
    assert any(b"SM2" in path.read_bytes() for path in files(folder))
    assert any(b"forgotten" in path.read_bytes() for path in files(folder))


def test_the_log_holds_no_number_and_no_words(
    open_journal: Open, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    folder = tmp_path / "instance" / "spool"
    folder.mkdir(parents=True)
    (folder / "1-1-dead.jsonl").write_bytes(b'{"turns":{"message_id":"+15551230001","text":"zyzzyva"}}\nzyzzyva')
    settle(open_journal())
    broken = open_journal(f"postgresql://postgres:hunter2@127.0.0.1:{free_port()}/none")
    broken.record(a_turn("SM1", "zyzzyva", outcome="fallback"))
    assert caplog.records
    for secret in ("zyzzyva", "1230001", "hunter2"):
        assert secret not in caplog.text
