"""The journal as channels see it: ask before a reply, record after it; neither ever raises or waits for long."""

import logging
import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING, Any, Literal

from responder.journal.entry import Entry, Given, Turn, entry, to_line
from responder.journal.model import Known, Options, State
from responder.journal.reader import Reader
from responder.journal.recent import OptOut, Recent
from responder.journal.sender import Senders, local_key
from responder.journal.spool import Spool, Waiting, purge_refused, waiting
from responder.journal.writer import Writer

if TYPE_CHECKING:
    from responder.journal.database import Database

log = logging.getLogger("responder.journal")


@dataclass(frozen=True, slots=True)
class _Process:
    """What cannot be shared across a fork: threads, connections, a locked file."""

    spool: Spool
    reader: Reader
    writer: Writer


_of_the_parent: list[_Process] = []
"""Kept after a fork, so that the child never closes its parent's connections."""


_journals: "weakref.WeakSet[Journal]" = weakref.WeakSet()


class Journal:
    """Remembers turns. One for all threads of a process; a forked child starts its own threads at first use."""

    def __init__(self, options: Options, now: Callable[[], float] = time.time) -> None:
        self.options = options
        self._now = now
        self._recent = Recent()
        self._process: _Process | None = None
        self._starting = threading.Lock()
        self._lost = 0
        self._losing = False
        _journals.add(self)

    @cached_property
    def senders(self) -> Senders:
        """Hashes senders with this journal's keys."""
        return Senders(self.options.hash_keys or [local_key(self.options.folder / "hash.key")])

    @property
    def address(self) -> str:
        """Of the database, without its password."""
        return self._connected().engine.url.render_as_string(hide_password=True)

    def start(self) -> None:
        """Opens the outbox, adopts what dead processes left, prepares the database; waits for none of it."""
        self._here()

    def known(self, message_id: str, sender: str, *, met: bool = False) -> Known:
        """What is known of message and sender. Within 40 ms; unknown counts as no. `met` asks whether they met."""
        if given := self._recent.given(message_id):
            return Known(given)
        hashes = self.senders.every(sender)
        here = met and self._recent.met(hashes)
        strangers = hashes if met and not here else ()
        found = self._here().reader.ask(message=message_id, senders=hashes, strangers=strangers)
        said = self._recent.optouts(hashes)
        if found is None:
            return Known(None, _out(said), here)
        said += [found.optouts[one] for one in hashes if one in found.optouts]
        return Known(found.given.get(message_id), _out(said), here or not found.met.isdisjoint(hashes), sure=True)

    def record(self, turn: Turn) -> Given:
        """Keeps the turn and returns the reply to send: `turn.given`, or what another thread just gave the message."""
        if turn.message_id:
            given = self._recent.settle(turn.message_id, turn.given)
            if given is not turn.given:
                return given
        keep_text = self.options.keep_text_days > 0
        sender = self.senders.current(turn.sender)
        if sender and turn.given.dialogue.met:
            self._recent.meet(sender)
        self._append(entry(turn, sender=sender, at=self._milliseconds(), keep_text=keep_text))
        return turn.given

    def opt_out(self, sender: str) -> None:
        """The sender said STOP."""
        self._set_optout(sender, True)

    def opt_in(self, sender: str) -> None:
        """The sender said START."""
        self._set_optout(sender, False)

    def first_text(self, call_id: str, topic: str, sender: str) -> bool:
        """Whether this topic was not yet texted from this call; from now on it was."""
        if not self._recent.first((call_id, topic)):
            return False
        found = self._here().reader.ask(call=call_id)
        if found and (call_id, topic) in found.texted:
            return False
        row = {"call_id": call_id, "topic": topic, "at": self._milliseconds(), "sender": self.senders.current(sender)}
        self._append({"texted": row})
        return True

    def forget(self, sender: str) -> bool:
        """Erases all that was said by the sender up to now, here and on other machines; whether that is sure to happen.

        An opt-out stays: without it the line would text someone who said STOP.
        """
        hashes = self.senders.every(sender)
        at = self._milliseconds()
        self._recent.forget(hashes)
        self._here().writer.blank(hashes)
        written = [self._append({"forgotten": {"sender": one, "at": at}}) for one in hashes]
        return all(written)

    def purge(self) -> dict[str, int]:
        """Erases what was kept long enough; returns how much of what. Raises what SQLAlchemy raises."""
        with self._database() as database:
            return self._purge(database)

    def rows(self, *, since: int = 0, sender: str | None = None) -> Iterator[dict[str, Any]]:
        """The turns since then (milliseconds), of everyone or one sender. Raises what SQLAlchemy raises."""
        senders = None if sender is None else self.senders.every(sender)
        with self._database() as database:
            yield from database.rows(since=since, senders=senders)

    def counts(self) -> dict[str, int]:
        """How many rows there are of what. Raises what SQLAlchemy raises."""
        with self._database() as database:
            return database.counts()

    def state(self) -> State:
        """How the journal is now; to ask begins nothing."""
        writer = self._process.writer if self._process else None
        mode: Literal["starting", "writing", "spooling", "losing"] = "starting"
        if self._losing:
            mode = "losing"
        elif writer and writer.reachable is not None:
            mode = "writing" if writer.reachable else "spooling"
        stored, refused = (writer.stored, writer.refused) if writer else (0, 0)
        return State(mode, waiting(self.options.spool), stored, self._lost, refused)

    def retry(self) -> None:
        """After a loss, finds out whether the disk takes lines again, even if no turn comes."""
        if self._losing:
            self._losing = not self._here().spool.append(b"\n")

    def spooled(self) -> Waiting:
        """What waits on this machine's disk, counted line by line."""
        return Waiting.of(self.options.spool)

    def stop(self, seconds: float = 5.0) -> bool:
        """Drains what can be drained in that time; whether nothing is left. The rest stays on disk."""
        with self._starting:
            process, self._process = self._process, None
        if process is None:
            return True
        done = process.writer.stop(seconds)
        process.reader.stop(0.2)
        process.spool.close()
        return done

    def _set_optout(self, sender: str, out: bool) -> None:
        at = self._milliseconds()
        if current := self.senders.current(sender):
            self._recent.set_optout(current, (at, out))
            self._append({"optouts": {"sender": current, "at": at, "opted_out": out}})

    def _append(self, entry: Entry) -> bool:
        process = self._here()
        safe = process.spool.append(to_line(entry))
        if safe:
            process.writer.wake()
        else:
            self._lost += 1
            if not self._losing:
                log.error("The journal's disk takes nothing: turns are lost, replies go on.")
        self._losing = not safe
        return safe

    def _here(self) -> _Process:
        return self._process or self._begin()

    def _begin(self) -> _Process:
        with self._starting:
            if self._process is None:
                self._make_room()
                spool, reader = Spool(self.options.spool), Reader()
                writer = Writer(lambda: reader.ask_from(self._connected()), spool, self._purge)
                process = _Process(spool, reader, writer)
                process.writer.start()
                self._process = process
                # Not atexit: that is not run in workers started by multiprocessing, such as granian's.
                Finalize(None, _stop, args=(weakref.ref(self),), exitpriority=1)
            return self._process

    def _connected(self) -> "Database":
        # Imported here, by the writer's thread: SQLAlchemy costs more than all else that a start loads.
        from responder.journal.database import Database
        from responder.journal.engine import database_url

        return Database(database_url(self.options.database, self.options.folder))

    @contextmanager
    def _database(self) -> "Iterator[Database]":
        """For a command: a database of its own, with its tables, and nothing started."""
        self._make_room()
        database = self._connected()
        try:
            database.prepare()
            yield database
        finally:
            database.close()

    def _make_room(self) -> None:
        with suppress(OSError):  # a disk that takes nothing must not stop the replies
            self.options.spool.mkdir(parents=True, exist_ok=True)

    def _purge(self, database: "Database") -> dict[str, int]:
        now, options = self._milliseconds(), self.options
        purge_refused(options.spool, self._now() - options.keep_text_days * 86_400)
        return database.purge(now, keep_text_days=options.keep_text_days, keep_rows_days=options.keep_rows_days)

    def _forked(self) -> None:
        self._starting = threading.Lock()
        self._recent = Recent()
        if self._process:
            self._process.spool.abandon()
            _of_the_parent.append(self._process)
            self._process = None

    def _milliseconds(self) -> int:
        return int(self._now() * 1000)


def _out(said: list[OptOut]) -> bool:
    return max(said)[1] if said else False


def _stop(journal: "weakref.ref[Journal]") -> None:
    if there := journal():
        there.stop()


def _after_fork() -> None:
    for journal in list(_journals):
        journal._forked()


os.register_at_fork(after_in_child=_after_fork)
