"""Whether Redis can be reached, for who wants to know; nothing depends on the answer."""

from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from redis import Redis

_PATIENCE = 0.3


class Shared:
    """What all machines share for limits and duplicates."""

    def __init__(self, url: str) -> None:
        self._url = url

    def state(self) -> Literal["not used", "reachable", "unreachable"]:
        """Asks it, for three tenths of a second at most."""
        if not self._url:
            return "not used"
        try:
            self._client.ping()
        except Exception:  # whatever a driver raises
            return "unreachable"
        return "reachable"

    @cached_property
    def _client(self) -> "Redis":
        from redis import Redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        retry = Retry(NoBackoff(), 0)
        return Redis.from_url(self._url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE, retry=retry)
