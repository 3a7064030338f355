"""Newer content is taken while people are answered, but only if it checks; what is broken is told with its line."""

import shutil
import signal
import threading
import time
from pathlib import Path

import pytest

from tests.server import BICYCLES, PRODUCTION, Server, wait_for

QUESTION = "my brakes squeal"
TOPIC = Path("topics/squeaky-brakes.yaml")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A pack that a test may spoil."""
    return Path(shutil.copytree(BICYCLES, tmp_path / "content"))


@pytest.fixture
def settings(content: Path) -> dict[str, str]:
    return {**PRODUCTION, "RESPONDER_CONTENT": str(content)}


def _reword(content: Path, old: str, new: str) -> None:
    path = content / TOPIC
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def _spoil(content: Path) -> None:
    with (content / TOPIC).open("a") as file:
        file.write("unheard_of: 1\n")


def _version(server: Server) -> str:
    return server.get("/healthz")[1]


@pytest.mark.parametrize("flask", [False, True], ids=["granian", "flask run"])
def test_a_hangup_takes_new_content_and_keeps_the_old_if_it_is_broken(
    flask: bool, content: Path, settings: dict[str, str], tmp_path: Path
) -> None:
    with Server(tmp_path / "instance", settings, workers=2, flask=flask) as server:
        workers = [server.process.pid] if flask else server.workers
        hang_up = (lambda: server.process.send_signal(signal.SIGHUP)) if flask else server.hang_up
        wait_for(lambda: server.output().count("is served from now on") == len(workers))
        before = _version(server)
        stopping, statuses = threading.Event(), []

        def people() -> None:
            while not stopping.is_set():
                statuses.append(server.text(QUESTION)[0])
                time.sleep(0.01)

        asking = threading.Thread(target=people, daemon=True)
        asking.start()
        _reword(content, "Brakes squeak when", "Hello. Brakes squeak when")
        hang_up()
        wait_for(lambda: server.output().count("is served from now on") == 2 * len(workers))
        assert _version(server) != before
        assert "Hello." in server.text(QUESTION)[1]

        taken = _version(server)
        _spoil(content)
        hang_up()
        wait_for(lambda: server.output().count("stays.") == len(workers))
        stopping.set()
        asking.join()
        assert _version(server) == taken
        assert set(statuses) == {200}
        refusals = [event for event in server.events() if "Content refused" in event["event"]]
        assert len(refusals) >= len(workers)
        assert f"{TOPIC}:" in refusals[0]["event"]
        assert refusals[0]["severity"] == "error"
        assert '"newer":"refused"' in server.get("/readyz")[1].replace(" ", "")
        assert "responder_content_refused 1.0" in server.get("/metrics")[1]
        assert workers == ([server.process.pid] if flask else server.workers), "the very same processes"


def test_granians_own_hangup_replaces_workers_and_survives_broken_content(
    content: Path, settings: dict[str, str], tmp_path: Path
) -> None:
    with Server(tmp_path / "instance", settings, options=("--respawn-interval", "2")) as server:
        _spoil(content)
        server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: "Stopped old worker-1" in server.output())
        wait_for(lambda: server.text(QUESTION)[0] == 200)
        assert server.process.poll() is None
        assert f"{TOPIC}:" in server.output()


def test_a_new_process_refuses_broken_content_while_the_old_goes_on(
    content: Path, settings: dict[str, str], tmp_path: Path
) -> None:
    with Server(tmp_path / "instance", settings) as server:
        _spoil(content)
        new = Server(tmp_path / "elsewhere", settings)
        assert new.process.wait(120) != 0
        assert f"{TOPIC}:" in new.output()
        assert "Traceback" not in new.output().split("The content has")[0]
        assert server.text(QUESTION)[0] == 200


def test_a_machine_that_restarts_keeps_the_content_that_did_check(
    content: Path, settings: dict[str, str], tmp_path: Path
) -> None:
    with Server(tmp_path / "instance", settings) as server:
        before = _version(server)
    _spoil(content)
    with Server(tmp_path / "instance", settings) as server:
        assert _version(server) == before
        assert "Content refused" in server.output()
        assert server.text(QUESTION)[0] == 200
