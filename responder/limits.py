"""How much one sender gets: replies an hour, the same reply in a row, and each message answered by one worker.

In this process alone, or in Redis for all workers together. While Redis is away every process counts for itself,
and replies go on.
"""

import hashlib
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from responder.latest import Latest

log = logging.getLogger("responder.limits")

ALARMS = 120
"""Emergency replies an hour to one sender, counted apart: no person in need asks so often, only a loop does."""
_FORGET = 3600
"""Seconds after which a reply no longer counts."""
_MOST = 8192
_PATIENCE = 0.2
"""Seconds that one question to Redis may take."""
_PAUSE = 5.0
"""Seconds without Redis after it failed."""
_CLAIM = 5
"""Seconds that a message belongs to the worker that took it, if that dies."""
_WAIT = 1.0
"""Seconds that another worker waits for its reply; then it answers too."""
_PREFIX = "responder"

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Options:
    """What the settings say."""

    replies_per_hour: int = 30
    same_replies: int = 3
    redis: str = ""


class Limits:
    """Counts for one process, or with Redis for all. Knows senders by their hashes only. Never raises."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._here = _Here(options)
        self._shared = _Shared(options) if options.redis else None
        self._pause_until = 0.0
        self._down = False
        self._told: Latest[str, float] = Latest(_MOST)

    def allow(self, sender: str | None, reply: str, *, alarm: bool = False) -> bool:
        """Whether `reply` may be sent to the sender (a hash); if so it is counted.

        A sender without a hash (a withheld number) is nobody in particular and is never held back.
        """
        if sender is None:
            return True
        if alarm:
            return self._ask(lambda counts: counts.hit(sender, alarm=True))
        digest = hashlib.sha256(reply.encode(errors="replace")).hexdigest()[:16]
        same = self._ask(lambda counts: counts.same(sender, digest))
        allowed = same <= self.options.same_replies and self._ask(lambda counts: counts.hit(sender, alarm=False))
        if not allowed:
            self._tell(sender)
        return allowed

    @contextmanager
    def claim(self, message_id: str) -> Iterator[dict[str, Any] | None]:
        """One at a time for each message: what another worker has just left for it, or None to answer it here."""
        with self._here.alone(message_id):
            yield self._ask(lambda counts: counts.claim(message_id)) if message_id else None

    def leave(self, message_id: str, given: dict[str, Any]) -> None:
        """What the message got, for workers that wait for it."""
        if message_id:
            self._ask(lambda counts: counts.leave(message_id, given))

    def _ask(self, question: "Callable[[_Here | _Shared], _Value]") -> _Value:
        if self._shared and time.monotonic() >= self._pause_until:
            try:
                answer = question(self._shared)
            except Exception as error:  # whatever a driver raises: limits must never cost a reply
                self._pause_until = time.monotonic() + _PAUSE
                if not self._down:
                    log.error("Redis does not answer (%s): every process counts for itself.", type(error).__name__)
                self._down = True
            else:
                if self._down:
                    log.info("Redis answers again.")
                self._down = False
                return answer
        return question(self._here)

    def _tell(self, sender: str) -> None:
        """Once an hour for each sender: an operator who wonders about the silence finds out why."""
        now = time.monotonic()
        if now - self._told.get(sender, -_FORGET) >= _FORGET:
            self._told[sender] = now
            log.warning("A sender has had enough replies (see RESPONDER_REPLIES_PER_HOUR) and gets none for now.")


class _Here:
    """In this process."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._lock = threading.Lock()
        self._hits: Latest[tuple[str, bool], tuple[float, ...]] = Latest(_MOST)
        self._last: Latest[str, tuple[str, int, float]] = Latest(_MOST)
        self._busy: dict[str, tuple[threading.Lock, int]] = {}

    def hit(self, sender: str, *, alarm: bool) -> bool:
        """Whether the sender may have one more reply within the hour; if so it is counted."""
        now, most = time.monotonic(), _most(self._options, alarm=alarm)
        with self._lock:
            hits = self._hits.get((sender, alarm), ())
            allowed = len(hits) < most or now - hits[-most] >= _FORGET
            self._hits[sender, alarm] = (*hits, now)[-most:] if allowed else hits
        return allowed

    def same(self, sender: str, digest: str) -> int:
        """How many times in a row this reply would now be sent."""
        now = time.monotonic()
        with self._lock:
            last, count, at = self._last.get(sender, ("", 0, now))
            count = count + 1 if last == digest and now - at < _FORGET else 1
            self._last[sender] = (digest, count, now)
        return count

    def claim(self, message_id: str) -> dict[str, Any] | None:
        return None

    def leave(self, message_id: str, given: dict[str, Any]) -> None:
        return None

    @contextmanager
    def alone(self, message_id: str) -> Iterator[None]:
        """Threads of this process that have the same message go one after the other."""
        with self._lock:
            mine, waiting = self._busy.get(message_id, (threading.Lock(), 0))
            self._busy[message_id] = (mine, waiting + 1)
        held = bool(message_id) and mine.acquire(timeout=_CLAIM)
        try:
            yield
        finally:
            with self._lock:
                _, waiting = self._busy[message_id]
                if waiting == 1:
                    del self._busy[message_id]
                else:
                    self._busy[message_id] = (mine, waiting - 1)
            if held:
                mine.release()


class _Shared:
    """In Redis. Raises whatever the driver raises."""

    def __init__(self, options: Options) -> None:
        from limits import RateLimitItemPerHour  # here only: most lines have no Redis, and it costs a start 100 ms
        from limits.storage import RedisStorage
        from limits.strategies import MovingWindowRateLimiter
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        retry = Retry(NoBackoff(), 0)
        patience: dict[str, Any] = {"socket_timeout": _PATIENCE, "socket_connect_timeout": _PATIENCE, "retry": retry}
        storage = RedisStorage(options.redis, **patience)
        self._limiter = MovingWindowRateLimiter(storage)
        self._items = {alarm: RateLimitItemPerHour(_most(options, alarm=alarm)) for alarm in (False, True)}
        self._redis: Any = storage.storage

    def hit(self, sender: str, *, alarm: bool) -> bool:
        return self._limiter.hit(self._items[alarm], _PREFIX, "alarms" if alarm else "replies", sender)

    def same(self, sender: str, digest: str) -> int:
        key = f"{_PREFIX}:last:{sender}"
        last, _, count = (self._redis.get(key) or b"").decode().partition(" ")
        times = int(count) + 1 if last == digest else 1
        self._redis.set(key, f"{digest} {times}", ex=_FORGET)
        return times

    def claim(self, message_id: str) -> dict[str, Any] | None:
        """The reply another worker gave the message, waiting for it if it is being made."""
        key = _key(message_id)
        end = time.monotonic() + _WAIT
        while not self._redis.set(key, b"", nx=True, ex=_CLAIM):
            if left := self._redis.get(key):
                found: dict[str, Any] = json.loads(left)
                return found
            if time.monotonic() > end:
                break
            time.sleep(0.02)
        return None

    def leave(self, message_id: str, given: dict[str, Any]) -> None:
        self._redis.set(_key(message_id), json.dumps(given), ex=60)


def _most(options: Options, *, alarm: bool) -> int:
    """Replies an hour to one sender."""
    return max(ALARMS, options.replies_per_hour) if alarm else options.replies_per_hour


def _key(message_id: str) -> str:
    return f"{_PREFIX}:message:{hashlib.sha256(message_id.encode(errors='replace')).hexdigest()}"
