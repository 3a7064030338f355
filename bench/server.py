"""Web servers started for a measurement, and what the kernel says they cost."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from bench.traffic import ROOT, Answer, Client, Post

_TICK = 1 / os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE") / 2**20
_BIN = ROOT / ".venv/bin"


def granian(app: str) -> str:
    """The command of `make serve`, for `app`."""
    # -o: whether the virtual environment is up to date is not the question here
    dry = ["make", "--dry-run", "--no-print-directory", "-o", ".venv/.ready", "serve"]
    told = subprocess.run(dry, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    assert told.endswith("wsgi:app"), told
    return told.removesuffix("wsgi:app") + app


def gunicorn(app: str) -> str:
    """The same with gunicorn, whose threads alone keep connections open."""
    return f"{_BIN}/gunicorn --bind 0.0.0.0:$PORT --workers $WEB_CONCURRENCY --threads 4 --log-level warning {app}"


class Server:
    """A server in a session of its own, until the `with` block ends."""

    def __init__(self, command: str, environment: Mapping[str, str], workers: int = 2) -> None:
        self.port = _free_port()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the server
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", f"exec {command}"],
            cwd=ROOT,
            env={**os.environ, **environment, "PORT": str(self.port), "WEB_CONCURRENCY": str(workers)},
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.stop()
        self._log.close()

    def first_answer(self, post: Post) -> float:
        """Seconds from the start to an answer to `post`. The very first one compiles the pack: that takes a while."""
        answer: Answer = Client(self.port, 1, patience=180.0).send(iter([post]))[0]
        assert answer.status == 200, self.log()
        return time.perf_counter() - self.started

    def stop(self) -> None:
        """Asks it to end, and sees to it."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def log(self) -> str:
        """What it wrote so far."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace")

    def cpu(self) -> float:
        """Seconds of all its processes, user and system, those that ended included."""
        return sum(sum(map(int, fields[11:15])) for fields in self._family().values()) * _TICK

    def workers(self) -> list[int]:
        """The processes that serve, oldest first."""
        family = self._family()
        parents = {int(fields[1]) for fields in family.values()}
        serving = [one for one, fields in family.items() if one not in parents and fields[0] != "Z"]
        return sorted(serving, key=lambda one: (int(family[one][19]), one))

    def wait_for(self, workers: int, seconds: float = 30.0) -> None:
        """Until so many serve."""
        end = time.monotonic() + seconds
        while len(self.workers()) < workers or self.process.pid in self.workers():
            assert self.process.poll() is None, f"the server ended\n{self.log()}"
            assert time.monotonic() < end, f"not {workers} workers in time\n{self.log()}"
            time.sleep(0.05)

    def memory(self) -> float:
        """Megabytes resident in the largest worker."""
        return max(int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in self.workers()) * _PAGE

    def _family(self) -> dict[int, list[str]]:
        """By process: the fields of /proc/<pid>/stat from the state on."""
        found = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(") ")[2].split()
            except OSError:
                continue  # it ended meanwhile
            if int(fields[3]) == self.process.pid:
                found[int(path.parent.name)] = fields
        return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
