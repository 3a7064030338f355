"""What this process did lately: duplicates and opt-outs hold here even while the database is away."""

import threading
from collections.abc import Hashable, Iterable

from responder.journal.entry import Given
from responder.latest import Latest

MOST = 4096
"""Things of each kind remembered, a few megabytes in all: what a busy process answers before Twilio asks again."""

OptOut = tuple[int, bool]
"""When it was said (milliseconds), and whether it was STOP. The latest holds."""


class Recent:
    """A bounded memory, shared by all threads of the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._given: Latest[str, Given] = Latest(MOST)
        self._optouts: Latest[str, OptOut] = Latest(MOST)
        self._done: Latest[Hashable, bool] = Latest(MOST)
        self._met: Latest[str, bool] = Latest(MOST)

    def given(self, message_id: str) -> Given | None:
        """The reply this process gave to the message, if it did."""
        return self._given.get(message_id)

    def settle(self, message_id: str, given: Given) -> Given:
        """The reply that holds: the first one settled for the message, however many threads answer it at once."""
        with self._lock:
            return self._given.setdefault(message_id, given)

    def first(self, thing: Hashable) -> bool:
        """Whether `thing` is new here; true for one caller only."""
        with self._lock:
            if thing in self._done:
                return False
            self._done[thing] = True
            return True

    def set_optout(self, sender: str, optout: OptOut) -> None:
        """Remembers what the sender said last."""
        with self._lock:
            self._optouts[sender] = optout

    def meet(self, sender: str) -> None:
        """The sender was given the notice of a first contact."""
        with self._lock:
            self._met[sender] = True

    def met(self, senders: Iterable[str]) -> bool:
        """Whether the sender, under any of these hashes, was given the notice lately."""
        return any(sender in self._met for sender in senders)

    def forget(self, senders: Iterable[str]) -> None:
        """The senders are strangers again."""
        with self._lock:
            for sender in senders:
                self._met.pop(sender, None)

    def optouts(self, senders: Iterable[str]) -> list[OptOut]:
        """What is remembered of the senders."""
        return [optout for sender in senders if (optout := self._optouts.get(sender))]
