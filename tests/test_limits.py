"""Limits: how much one sender gets, alone and with Redis, and with a Redis that is gone."""

import logging
import threading
import time
from collections.abc import Iterator

import pytest

from responder import limits
from responder.limits import Limits, Options
from tests.redis import free_port, redis_server


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with redis_server() as found:
        yield found


@pytest.fixture(params=["memory", "redis"])
def where(request: pytest.FixtureRequest) -> str:
    return "" if request.param == "memory" else request.getfixturevalue("address")


def test_replies_an_hour_are_counted_for_each_sender(where: str) -> None:
    counted = Limits(Options(replies_per_hour=3, same_replies=99, redis=where))
    assert [counted.allow("anna", str(number)) for number in range(5)] == [True, True, True, False, False]
    assert counted.allow("ben", "0")


def test_alarms_are_counted_apart_and_generously(where: str) -> None:
    counted = Limits(Options(replies_per_hour=1, same_replies=1, redis=where))
    assert counted.allow("carla", "a")
    assert not counted.allow("carla", "a")
    assert all(counted.allow("carla", "Call 911.", alarm=True) for _ in range(limits.ALARMS))
    assert not counted.allow("carla", "Call 911.", alarm=True)


def test_the_same_reply_stops_after_a_few_in_a_row(where: str) -> None:
    counted = Limits(Options(replies_per_hour=99, same_replies=3, redis=where))
    assert [counted.allow("dora", "menu") for _ in range(5)] == [True, True, True, False, False]
    assert counted.allow("dora", "answer")
    assert counted.allow("dora", "menu")


def test_a_sender_that_nobody_knows_is_not_held_back(where: str) -> None:
    counted = Limits(Options(replies_per_hour=1, same_replies=1, redis=where))
    assert all(counted.allow(None, "menu") for _ in range(5))


def test_with_redis_all_workers_count_together(address: str) -> None:
    one, other = (Limits(Options(replies_per_hour=2, same_replies=99, redis=address)) for _ in range(2))
    assert one.allow("emma", "a")
    assert other.allow("emma", "b")
    assert not one.allow("emma", "c")
    assert not other.allow("emma", "d")


def test_a_message_is_answered_by_one_worker_and_the_other_gets_its_reply(address: str) -> None:
    one, other = (Limits(Options(redis=address)) for _ in range(2))
    got = []

    def later() -> None:
        with other.claim("SM1") as left:
            got.append(left)

    with one.claim("SM1") as left:
        assert left is None
        waiting = threading.Thread(target=later)
        waiting.start()
        time.sleep(0.1)
        assert not got
        one.leave("SM1", {"document": "<Response/>"})
    waiting.join()
    assert got == [{"document": "<Response/>"}]


def test_a_worker_that_died_holds_nobody_up(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_WAIT", 0.1)
    one, other = (Limits(Options(redis=address)) for _ in range(2))
    with one.claim("SM2") as left:
        assert left is None
    with other.claim("SM2") as left:
        assert left is None


def test_threads_with_the_same_message_go_one_after_the_other() -> None:
    counted = Limits(Options())
    busy, most = [], []

    def answer() -> None:
        with counted.claim("SM3"):
            busy.append(1)
            most.append(len(busy))
            time.sleep(0.01)
            busy.pop()

    threads = [threading.Thread(target=answer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8


def test_without_redis_every_process_counts_for_itself_and_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    counted = Limits(Options(replies_per_hour=2, same_replies=9, redis=f"redis://127.0.0.1:{free_port()}/0"))
    with caplog.at_level(logging.INFO, logger="responder.limits"):
        started = time.monotonic()
        assert [counted.allow("f", str(number)) for number in range(3)] == [True, True, False]
        with counted.claim("SM4") as left:
            assert left is None
            counted.leave("SM4", {})
        assert time.monotonic() - started < 1
    told = [record.getMessage() for record in caplog.records if "Redis" in record.getMessage()]
    assert told == ["Redis does not answer (ConnectionError): every process counts for itself."]


def test_redis_that_comes_back_is_used_again(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_PAUSE", 0.0)
    counted = Limits(Options(redis=address))
    hit = type(counted._shared).hit
    monkeypatch.setattr(type(counted._shared), "hit", lambda *_, **__: 1 / 0)
    assert counted.allow("gina", "a")
    monkeypatch.setattr(type(counted._shared), "hit", hit)
    assert counted.allow("gina", "b")
    assert not counted._down


def test_an_operator_is_told_once_an_hour_and_never_who(caplog: pytest.LogCaptureFixture) -> None:
    counted = Limits(Options(replies_per_hour=1))
    for number in range(4):
        counted.allow("hannah", str(number))
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 1
    assert "hannah" not in told[0]
