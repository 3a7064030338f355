"""What is counted, for Prometheus. Labels are of our own choosing: nothing that was sent ever becomes one."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from responder.journal import Journal, State
from responder.watch import processes

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)
"""Up to the 15 seconds after which Twilio gives up."""
_LOOK_ROUND = 5.0
_MODES = ("starting", "writing", "spooling", "losing")


class Metrics:
    """This process's counts, and on asking those of all processes of this machine together."""

    _of_this_process: ClassVar["Metrics | None"] = None

    @classmethod
    def here(cls, folder: Path) -> "Metrics":
        """The one of this process, whichever folder it is asked for later; in memory where no disk has room."""
        if cls._of_this_process is None:
            cls._of_this_process = cls(shared=processes.begin(folder))
        return cls._of_this_process

    def __init__(self, *, shared: bool) -> None:
        self._shared = shared
        self._version = ""
        self._known = {"lost": 0, "refused": 0}
        self._noting = threading.Lock()
        self._registry = its = CollectorRegistry()
        self._turns = Counter("responder_turns", "Turns", ["channel", "outcome", "level"], registry=its)
        self._requests = Counter("responder_requests", "Requests", ["route", "status"], registry=its)
        self._latency = Histogram("responder_request_seconds", "Their time", ["route"], buckets=_SECONDS, registry=its)
        self._deliveries = Counter("responder_delivery_errors", "Texts not delivered", ["code"], registry=its)
        self._rows = Counter("responder_journal_rows", "Rows that no disk or database took", ["fate"], registry=its)
        self._modes = _gauge("responder_journal_processes", "Processes by how their journal is", "mode", its)
        self._content = _gauge("responder_content_processes", "Processes by the content they serve", "version", its)
        self._refused = Gauge(
            "responder_content_refused", "1: newer content does not check", registry=its, multiprocess_mode="livemax"
        )

    def turn(self, channel: str, outcome: str, level: str) -> None:
        """A turn was answered."""
        self._turns.labels(channel, outcome, level).inc()

    def answered(self, route: str, status: int, seconds: float) -> None:
        """A request was answered, by whatever came to that."""
        self._requests.labels(route, str(status)).inc()
        self._latency.labels(route).observe(seconds)

    def delivery_failed(self, code: str) -> str:
        """Twilio reports that a text did not arrive, for the reason it numbers so; returns what it counts as."""
        known = code.isascii() and code.isdigit() and len(code) == 5
        label = code if known else "other"
        self._deliveries.labels(label).inc()
        return label

    def content(self, version: str, *, refused: bool) -> None:
        """This process now serves that version; `refused` if there is newer content that does not check."""
        if self._version:
            self._content.labels(self._version).set(0)
        self._content.labels(version).set(1)
        self._refused.set(int(refused))
        self._version = version

    def look_at(self, journal: Journal) -> None:
        """Keeps an eye on the journal, as long as this process lives."""
        threading.Thread(target=self._look_round, args=(journal,), name="metrics", daemon=True).start()

    def page(self, journal: Journal) -> bytes:
        """All of it, in Prometheus' text format."""
        self._note(journal.state())
        spool = CollectorRegistry()
        spool.register(_Spool(journal))
        if not self._shared:
            return generate_latest(self._registry) + generate_latest(spool)
        everyone = CollectorRegistry()
        with processes.tidy() as folder:
            MultiProcessCollector(everyone, str(folder))  # type: ignore[no-untyped-call]
            return generate_latest(everyone) + generate_latest(spool)

    def _look_round(self, journal: Journal) -> None:
        process = os.getpid()
        while os.getpid() == process:
            self._note(journal.state())
            time.sleep(_LOOK_ROUND)

    def _note(self, state: State) -> None:
        with self._noting:
            for mode in _MODES:
                self._modes.labels(mode).set(int(mode == state.mode))
            for fate, count in (("lost", state.lost), ("refused", state.refused)):
                self._rows.labels(fate).inc(max(count - self._known[fate], 0))
                self._known[fate] = count


class _Spool(Collector):
    """The outbox is one for all processes, so it is looked at only when asked for."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def collect(self) -> Iterator[Metric]:
        waiting = self._journal.spooled()
        yield GaugeMetricFamily("responder_spool_bytes", "Bytes that wait for the database", waiting.bytes)
        yield GaugeMetricFamily("responder_spool_rows", "Rows that wait for the database", waiting.lines)
        yield GaugeMetricFamily("responder_spool_refused", "Rows set aside for a person", waiting.refused)


def _gauge(name: str, about: str, label: str, registry: CollectorRegistry) -> Gauge:
    """One that counts the processes that live."""
    return Gauge(name, about, [label], registry=registry, multiprocess_mode="livesum")
