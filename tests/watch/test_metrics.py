"""Counts of all processes together, also of those that died."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from tests.server import PRODUCTION, ROOT, Server, wait_for

MEMORY = 120
"""Megabytes that a worker may take."""
Counts = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def _counts(server: Server) -> Counts:
    status, page = server.get("/metrics")
    assert status == 200
    families = text_string_to_metric_families(page)
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in families for one in family.samples}


def _turns(counts: Counts) -> float:
    return sum(value for (name, _), value in counts.items() if name == "responder_turns_total")


def test_turns_are_counted_by_channel_outcome_and_level(server: Server) -> None:
    before = _counts(server)
    for number in range(10):
        server.text("my brakes squeal", sender=f"whatsapp:+1555000{number:04}")
    after = _counts(server)
    key = ("responder_turns_total", (("channel", "whatsapp"), ("level", "none"), ("outcome", "answer")))
    assert after[key] - before.get(key, 0) == 10, "whichever worker took them"


def test_requests_are_timed_and_counted_by_what_came_of_them(server: Server) -> None:
    server.get("/sms")
    server.get("/nothing/here")
    counts = _counts(server)
    assert counts["responder_requests_total", (("route", "none"), ("status", "404"))] >= 1
    assert counts["responder_requests_total", (("route", "none"), ("status", "405"))] >= 1
    assert counts["responder_request_seconds_bucket", (("le", "+Inf"), ("route", "watch.healthz"))] >= 1


def test_journal_and_content_are_shown(server: Server) -> None:
    wait_for(lambda: _counts(server).get(("responder_journal_processes", (("mode", "writing"),))) == 2)
    counts = _counts(server)
    assert ("responder_spool_bytes", ()) in counts
    assert ("responder_spool_rows", ()) in counts
    assert counts["responder_journal_rows_total", (("fate", "lost"),)] == 0
    (version,) = (labels for name, labels in counts if name == "responder_content_processes")
    assert counts["responder_content_processes", version] == 2
    assert counts["responder_content_refused", ()] == 0


def test_a_killed_workers_turns_still_count_and_its_gauges_do_not(tmp_path: Path) -> None:
    options = ("--respawn-failed-workers",)
    with Server(tmp_path / "instance", PRODUCTION, workers=2, options=options) as server:
        wait_for(lambda: server.output().count("is served from now on") == 2)
        for number in range(20):
            server.text("my brakes squeal", sender=f"+1555000{number:04}")
        before = _turns(_counts(server))
        dead = server.workers
        for worker in dead:
            os.kill(worker, signal.SIGKILL)
        wait_for(lambda: server.output().count("is served from now on") == 4)
        wait_for(lambda: server.get("/healthz")[0] == 200)
        for _ in range(2):
            assert _turns(_counts(server)) == before == 20
        counts = _counts(server)
        assert sum(value for (name, _), value in counts.items() if name == "responder_content_processes") == 2
        left = {path.stem.rpartition("_")[2] for path in (tmp_path / "instance" / "metrics").glob("*.db")}
        assert not left & {str(worker) for worker in dead}
        server.text("my brakes squeal")
        assert _turns(_counts(server)) == before + 1


def test_delivery_errors_are_counted_by_twilios_code_and_nothing_else(server: Server) -> None:
    before = _counts(server)
    for code in ("30007", "30007", "+15557654321", "zyzzyva", ""):
        server.post("/status", {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": code})
    name = "responder_delivery_errors_total"
    counts = {labels: value for (each, labels), value in _counts(server).items() if each == name}
    found = {labels: value - before.get((name, labels), 0) for labels, value in counts.items()}
    assert found == {(("code", "30007"),): 2, (("code", "other"),): 3}


def test_where_no_disk_has_room_it_counts_in_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    program = (
        "import sys; from pathlib import Path; from responder.watch import Metrics\n"
        "from responder.journal import Journal, Options\n"
        "metrics = Metrics.here(Path(sys.argv[1]) / 'metrics')\n"
        "metrics.turn('sms', 'answer', 'none')\n"
        "journal = Journal(Options(Path(sys.argv[2]), hash_keys=('key',)))\n"
        "print(metrics.page(journal).decode())\n"
    )
    command = [sys.executable, "-c", program, str(blocked), str(tmp_path / "instance")]
    own = {name: value for name, value in os.environ.items() if name != "PROMETHEUS_MULTIPROC_DIR"}
    page = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=True).stdout
    assert 'responder_turns_total{channel="sms",level="none",outcome="answer"} 1.0' in page


def test_a_workers_memory_with_the_full_pack(instance: Callable[[str], Path]) -> None:
    settings = {name: value for name, value in PRODUCTION.items() if name != "RESPONDER_CONTENT"}
    with Server(instance("memory"), settings) as server:
        for _ in range(50):
            assert server.text("why does my back keep going into spasm")[0] == 200
        (worker,) = server.workers
        resident = next(
            line for line in Path(f"/proc/{worker}/status").read_text().splitlines() if line.startswith("VmRSS")
        )
    assert int(resident.split()[1]) / 1024 <= MEMORY
