"""Drains the outbox into the database, in batches, from a thread of its own, which also loads SQLAlchemy."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from responder.journal.entry import Entry, from_line, to_line
from responder.journal.spool import Spool, SpoolFile, blank, set_aside

if TYPE_CHECKING:
    from responder.journal.database import Database

log = logging.getLogger("responder.journal")

_BATCH = 500
_GATHER = 0.1
"""Seconds between two batches: a busy process commits ten times a second, a quiet one at once."""
_LOOK_ROUND = 2.0
"""Seconds between searches for files of dead processes."""
_LONGEST_PAUSE = 2.0
_HOUR = 3600.0


class Writer:
    """Moves what the spool holds to the database; whatever happens, a line leaves the disk only once it is stored."""

    def __init__(self, connect: "Callable[[], Database]", spool: Spool, purge: "Callable[[Database], object]") -> None:
        """`connect` is called by the thread itself, once."""
        self._connect, self._spool, self._purge = connect, spool, purge
        self._database: Database | None = None
        self._thread = threading.Thread(target=self._run, name="journal-writer", daemon=True)
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._draining: list[SpoolFile] = []
        self._to_blank: set[str] = set()
        self._prepared = False
        self._purge_at = 0.0
        self.reachable: bool | None = None
        """Whether the database took the last batch; None before the first try."""
        self.stored = 0
        self.refused = 0

    def start(self) -> None:
        """Begins to drain."""
        self._thread.start()

    def wake(self) -> None:
        """Something was appended."""
        self._wake.set()

    def blank(self, senders: Sequence[str]) -> None:
        """Has what waits of these senders overwritten on disk, before anything else is done."""
        self._to_blank.update(senders)
        self._wake.set()

    def stop(self, seconds: float) -> bool:
        """Drains once more; whether that was done in time. What is left stays on disk for the next process."""
        self._stopping.set()
        self._wake.set()
        self._thread.join(seconds)
        done = not self._thread.is_alive() and not self._draining and self._spool.empty
        if done and self._database:
            self._database.close()
        return done

    def drain(self) -> bool:
        """Stores all there is; whether the database took it. Only for the thread."""
        from sqlalchemy.exc import SQLAlchemyError

        try:
            if self._database is None:
                self._database = self._connect()
            if not self._prepared:
                self._database.prepare()
                self._prepared = True
            if sealed := self._spool.seal():
                self._draining.append(sealed)
            while self._draining:
                self._drain(self._database, self._draining[0])
                self._draining.pop(0).remove()
            if time.monotonic() >= self._purge_at:
                self._purge(self._database)
                self._purge_at = time.monotonic() + _HOUR
        except (SQLAlchemyError, OSError) as error:
            self._prepared = False  # it may come back empty
            self._note(reachable=False, why=type(error).__name__)
            return False
        self._note(reachable=True)
        return True

    def adopt(self) -> None:
        """Takes over what dead processes left on this machine."""
        self._draining += self._spool.adopt()

    def _run(self) -> None:
        pause, look = _GATHER, 0.0
        while not self._stopping.is_set():
            try:
                self._blank()
                if time.monotonic() >= look:
                    self.adopt()
                    look = time.monotonic() + _LOOK_ROUND
                pause = _GATHER if self.drain() else min(pause * 2, _LONGEST_PAUSE)
            except Exception as error:  # the thread must outlive what nobody thought of
                log.error("The journal's writer met %s and goes on.", type(error).__name__)
                pause = _LONGEST_PAUSE
            self._stopping.wait(pause)
            self._wake.wait(_LOOK_ROUND)
            self._wake.clear()
        self._blank()
        self.drain()

    def _drain(self, database: "Database", file: SpoolFile) -> None:
        for lines in file.batches(_BATCH):
            entries = [entry for line in lines if (entry := self._read(line))]
            self._store(database, entries)
            self.stored += len(entries)

    def _store(self, database: "Database", entries: list[Entry]) -> None:
        """In one go; if the database will not have a row, everything but that row."""
        from sqlalchemy.exc import DataError, IntegrityError, StatementError

        if not entries:
            return
        try:
            database.write(entries)
        except (DataError, IntegrityError, UnicodeError, OverflowError) as error:
            self._sift(database, entries, error)
        except StatementError as error:
            if not isinstance(error.orig, (TypeError, ValueError, OverflowError)):
                raise
            self._sift(database, entries, error)

    def _sift(self, database: "Database", entries: list[Entry], error: Exception) -> None:
        if len(entries) > 1:
            middle = len(entries) // 2
            self._store(database, entries[:middle])
            self._store(database, entries[middle:])
        else:
            self._refuse(to_line(entries[0]), error)

    def _read(self, line: bytes) -> Entry | None:
        try:
            return from_line(line)
        except ValueError as error:
            self._refuse(line, error)
            return None

    def _refuse(self, line: bytes, error: Exception) -> None:
        set_aside(self._spool.folder, line)
        self.refused += 1
        log.error("A line of the journal was set aside (%s); see refused.log in the spool.", type(error).__name__)

    def _blank(self) -> None:
        if self._to_blank:
            senders, self._to_blank = self._to_blank, set()
            blank(self._spool.folder, senders)

    def _note(self, *, reachable: bool, why: str = "") -> None:
        if reachable is not self.reachable:
            self.reachable = reachable
            if not reachable:
                log.error("The journal's database takes nothing (%s): turns wait on disk, replies go on.", why)
            elif self.stored:
                log.info("The journal's database takes turns.")
