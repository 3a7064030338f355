"""Stopping a server finishes the turns in flight and loses no row."""

import sqlite3
import threading
import time
from pathlib import Path

from tests.server import PRODUCTION, Server, wait_for


def test_turns_in_flight_are_finished_and_journaled(tmp_path: Path) -> None:
    answers: list[tuple[int, str]] = []
    with Server(tmp_path / "instance", PRODUCTION, app="tests.watch.slow:app", workers=2) as server:
        wait_for(lambda: server.output().count("is served from now on") == 2)
        asking = [
            threading.Thread(
                target=lambda number=number: answers.append(server.text("my brakes squeal", f"+1555{number}"))
            )
            for number in range(1_000_000, 1_000_008)
        ]
        for thread in asking:
            thread.start()
        time.sleep(2)
        assert answers == []
        assert server.stop() == 0
        for thread in asking:
            thread.join()
    assert [status for status, _ in answers] == [200] * 8
    assert all("<Message>" in document for _, document in answers)
    database = sqlite3.connect(tmp_path / "instance" / "journal.db")
    assert database.execute("select count(*) from turns").fetchone() == (8,)
    database.close()
    assert list((tmp_path / "instance" / "spool").glob("*.jsonl")) == []
