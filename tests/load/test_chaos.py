"""Workers, the database and Redis die under load; whoever texts notices nothing, and the journal neither."""

from pathlib import Path

import pytest

from bench import load

SECONDS = 20.0
"""`python -m bench.load` goes on for a minute."""


@pytest.mark.disruptive
def test_everything_dies_and_every_message_is_answered_and_kept_once(tmp_path: Path) -> None:
    if not load.initdb():
        pytest.skip("PostgreSQL is not installed here")
    if not load.redis():
        pytest.skip("Redis is not installed here")
    report = load.run(SECONDS, tmp_path)
    print(report.told())
    assert report.faults() == [], report.log
    assert report.killed >= 3
    assert report.outages == {"database": 2, "redis": 2}
