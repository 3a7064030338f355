"""What answering costs, beside the least that answers Twilio at all. Measures; asserts nothing.

    pip install -r requirements-bench.txt
    python -m bench.webhook [--messages 4000] [--rounds 3]

Ours is `wsgi:app` as in production: signature, understanding, TwiML, cookie, journal in SQLite. The sample
(bench/sample_app.py) checks the signature and echoes. Both run under gunicorn (threads) and granian (the very command
of `make serve`) with two workers, get the same signed messages over 8 kept connections from one client process, in
turn, round by round; the median round is told. CPU is user and system time of all the server's processes, until the
journal has stored every row. Ratios are to the sample under the same server.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.server import Server, granian, gunicorn
from bench.traffic import ENVIRONMENT, Client, Post, posts

_STARTS = 5


@dataclass(frozen=True, slots=True)
class Way:
    """An app under a server."""

    name: str
    app: str
    command: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Run:
    """One round of one way."""

    rate: float
    """Answers a second."""
    p50: float
    p99: float
    """Milliseconds."""
    cpu: float
    """Microseconds a request."""
    memory: float
    """Megabytes of the largest worker."""


WAYS = tuple(
    Way(f"{name}, {server.__name__}", app, server)
    for server in (gunicorn, granian)
    for name, app in (("sample", "bench.sample_app:app"), ("ours", "wsgi:app"))
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=4_000, help="a round (default: 4000)")
    parser.add_argument("--rounds", type=int, default=3, help="of each way (default: 3)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        sent = posts(f"{time.time_ns():x}"[-8:])
        starts = _starts(instance, sent)
        runs = _runs(instance, sent, args.messages, args.rounds)
    _print(starts, runs)


@contextmanager
def _served(way: Way, instance: Path) -> Iterator[Server]:
    with Server(way.command(way.app), {**ENVIRONMENT, "RESPONDER_INSTANCE": str(instance)}) as server:
        yield server


def _starts(instance: Path, sent: Iterator[Post]) -> dict[Way, float]:
    """Seconds to the first answer; the first start of all, which compiles the pack, is not counted."""
    found: dict[Way, list[float]] = {way: [] for way in WAYS}
    for start in range(_STARTS + 1):
        for way in WAYS:
            with _served(way, instance) as server:
                seconds = server.first_answer(next(sent))
                if start:
                    found[way].append(seconds)
    return {way: statistics.median(times) for way, times in found.items()}


def _runs(instance: Path, sent: Iterator[Post], messages: int, rounds: int) -> dict[Way, Run]:
    found: dict[Way, list[Run]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            with _served(way, instance) as server:
                found[way].append(_run(server, instance, sent, messages))
    return {way: sorted(runs, key=lambda run: run.cpu)[len(runs) // 2] for way, runs in found.items()}


def _run(server: Server, instance: Path, sent: Iterator[Post], messages: int) -> Run:
    client = Client(server.port)
    client.send(islice(sent, messages // 10))  # warm
    batch = list(islice(sent, messages))
    _settle(instance)
    cpu, begun = server.cpu(), time.perf_counter()
    answers = client.send(iter(batch))
    seconds = time.perf_counter() - begun
    _settle(instance)
    cpu = server.cpu() - cpu
    assert all(answer.status == 200 for answer in answers), server.log()
    times = statistics.quantiles((answer.seconds * 1000 for answer in answers), n=100)
    return Run(messages / seconds, times[49], times[98], cpu / messages * 1e6, server.memory())


def _settle(instance: Path) -> None:
    """Until the journal has stored everything."""
    spool = instance / "spool"
    while any(path.stat().st_size for path in spool.glob("*.jsonl") if path.exists()):
        time.sleep(0.05)
    time.sleep(0.2)


def _print(starts: dict[Way, float], runs: dict[Way, Run]) -> None:
    print(f"{'':18}{'req/s':>8}{'p50 ms':>8}{'p99 ms':>8}{'CPU us':>8}{'ratio':>7}{'MB':>6}{'start s':>9}{'ratio':>7}")
    for way, run in runs.items():
        sample = next(one for one in WAYS if one.command is way.command)
        print(
            f"{way.name:18}{run.rate:8.0f}{run.p50:8.1f}{run.p99:8.1f}{run.cpu:8.0f}{run.cpu / runs[sample].cpu:7.2f}"
            f"{run.memory:6.0f}{starts[way]:9.2f}{starts[way] / starts[sample]:7.2f}"
        )
    ratio = runs[WAYS[3]].rate / runs[WAYS[0]].rate
    print(f"\nour make serve answers {ratio:.2f} times as many messages a second as the sample under gunicorn")


if __name__ == "__main__":
    main()
