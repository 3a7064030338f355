"""A real server in processes of its own, for what a test client cannot show."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from tests.conftest import BASE, TOKEN

ROOT = Path(__file__).parent.parent
BICYCLES = ROOT / "tests" / "packs" / "bicycles"
PRODUCTION = {
    "TWILIO_AUTH_TOKEN": TOKEN,
    "PUBLIC_BASE_URL": BASE,
    "SECRET_KEY": "secret",
    "RESPONDER_HASH_KEY": "key",
    "RESPONDER_CONTENT": str(BICYCLES),
    "RESPONDER_REPLIES_PER_HOUR": "1000000",  # the same few questions all the time
    "RESPONDER_SAME_REPLIES": "1000000",
}
_SPAWNED = re.compile(r"Spawning worker-\d+ with PID: (\d+)")


def wait_for(condition: Callable[[], Any], seconds: float = 120.0) -> Any:
    """Until it is so, and then what it says; fails after that time."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
    return found


class Server:
    """granian as `make serve` runs it, or flask's own, until the `with` block ends."""

    def __init__(
        self, instance: Path, settings: Mapping[str, str] = PRODUCTION, *, workers: int = 1, flask: bool = False,
        app: str = "wsgi:app", options: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        instance.mkdir(exist_ok=True)
        self.instance = instance
        self.port = _free_port()
        self._out = instance.parent / f"{instance.name}-{self.port}.out"
        where = ["--host", "127.0.0.1", "--port", str(self.port)]
        patience = ["--workers-kill-timeout", "20"]
        command = ["granian", "--interface", "wsgi", *where, "--workers", str(workers), *patience, *options, app]
        if flask:
            command = ["flask", "--app", "wsgi", "run", *where]
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        with self._out.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env={**kept, "RESPONDER_INSTANCE": str(instance), **settings},
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def __enter__(self) -> "Server":
        try:
            wait_for(lambda: self.get("/healthz")[0] == 200 or self.process.poll() is not None)
            assert self.process.poll() is None, self.output()
        except AssertionError:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.stop()

    def stop(self, seconds: float = 60.0) -> int:
        """Ends it as operators do, and waits for that."""
        self.process.terminate()
        try:
            return self.process.wait(seconds)
        finally:
            self.process.kill()
            self.process.wait()

    def output(self) -> str:
        """All it has written so far."""
        return self._out.read_text(encoding="utf-8")

    def events(self) -> list[dict[str, Any]]:
        """The lines of its log that are JSON."""
        return [json.loads(line) for line in self.output().splitlines() if line.startswith("{")]

    @property
    def workers(self) -> list[int]:
        """The processes that granian ever began."""
        return [int(number) for number in _SPAWNED.findall(self.output())]

    def hang_up(self) -> None:
        """SIGHUP to every worker that lives."""
        for worker in self.workers:
            if Path(f"/proc/{worker}").exists():
                os.kill(worker, signal.SIGHUP)

    def get(self, path: str, headers: Mapping[str, str] = {}) -> tuple[int, str]:
        """Status and text of a page; status 0 where nobody answers."""
        return self._ask("GET", path, None, headers)[:2]

    def text(self, body: str, sender: str = "+15550001234", path: str = "/sms", **parameters: str) -> tuple[int, str]:
        """Status and TwiML for a message as Twilio brings it, signed."""
        form = {"Body": body, "From": sender, "FromCountry": "US", **parameters}
        return self.post(path, form)[:2]

    def post(self, path: str, form: Mapping[str, str], **headers: str) -> tuple[int, str, dict[str, str]]:
        """Status, text and headers for a signed form."""
        signature = RequestValidator(TOKEN).compute_signature(BASE + path, dict(form))
        given = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": signature,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        return self._ask("POST", path, urlencode(form), given)

    def _ask(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str]
    ) -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), dict(answer.getheaders())
        except OSError:
            return 0, "", {}
        finally:
            connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
