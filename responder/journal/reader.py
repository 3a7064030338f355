"""What a reply must know before it leaves, within a time budget: a slow database costs an answer, never a reply."""

import threading
import time
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from responder.journal.database import Database, Found

BUDGET = 0.04
"""Seconds a reply waits; with the append that follows it stays below 50 ms."""
_PAUSE = 1.0
"""Seconds without questions after one was not answered in time."""
_MOST = 200


class _Question:
    __slots__ = ("answered", "call", "found", "given_up", "message", "senders", "strangers")

    def __init__(self, message: str, senders: tuple[str, ...], call: str, strangers: tuple[str, ...]) -> None:
        self.message, self.senders, self.call, self.strangers = message, senders, call, strangers
        self.found: Found | None = None
        self.given_up = False
        self.answered = threading.Lock()  # held until answered; cheaper than an Event
        self.answered.acquire()


class Reader:
    """Asks PostgreSQL from a thread of its own: only that one is ever stuck. Questions of one moment go together.

    SQLite is asked in the very thread that waits: it is on the disk that the outbox is on, and a change of threads
    costs many times what SQLite does.
    """

    def __init__(self) -> None:
        self._database: Database | None = None
        self._questions: SimpleQueue[_Question | None] = SimpleQueue()
        self._pause_until = 0.0
        self._one_at_a_time = threading.Lock()
        self._thread: threading.Thread | None = None

    def ask_from(self, database: "Database") -> "Database":
        """Begins to answer, from there; before, nothing is known."""
        if not database.here:
            self._thread = threading.Thread(target=self._run, args=(database,), name="journal-reader", daemon=True)
            self._thread.start()
        self._database = database
        return database

    def stop(self, seconds: float) -> None:
        """Ends after the questions already asked."""
        if self._thread:
            self._questions.put(None)
            self._thread.join(seconds)

    def ask(
        self,
        *,
        message: str = "",
        senders: tuple[str, ...] = (),
        call: str = "",
        strangers: tuple[str, ...] = (),
    ) -> "Found | None":
        """What the database knows; None if it does not say in time. `strangers` are senders that may be new."""
        database = self._database
        if database is None or not database.ready.is_set() or time.monotonic() < self._pause_until:
            return None
        question = _Question(message, senders, call, strangers)
        if database.here:
            return self._ask_here(database, question)
        self._questions.put(question)
        if not question.answered.acquire(timeout=BUDGET):
            question.given_up = True
            self._pause()
        return question.found

    def _ask_here(self, database: "Database", question: _Question) -> "Found | None":
        if self._one_at_a_time.acquire(timeout=BUDGET / 2):  # the other half is SQLite's, see `looking`
            try:
                if time.monotonic() >= self._pause_until:
                    self._answer(database, [question])
            finally:
                self._one_at_a_time.release()
        return question.found

    def _run(self, database: "Database") -> None:
        going = True
        while going:
            batch = [self._questions.get()]
            try:
                while len(batch) < _MOST:
                    batch.append(self._questions.get_nowait())
            except Empty:
                pass
            going = None not in batch
            if questions := [one for one in batch if one and not one.given_up]:
                self._answer(database, questions)

    def _answer(self, database: "Database", questions: list[_Question]) -> None:
        found = None
        try:
            found = database.look(
                [one.message for one in questions if one.message],
                [sender for one in questions for sender in one.senders],
                [one.call for one in questions if one.call],
                [sender for one in questions for sender in one.strangers],
            )
            self._pause_until = 0.0
        except Exception:  # whatever a driver raises: the writer, which meets the same, says so once
            self._pause()
        for question in questions:
            question.found = found
            question.answered.release()

    def _pause(self) -> None:
        self._pause_until = time.monotonic() + _PAUSE
