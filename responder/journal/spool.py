"""The outbox on disk: a turn is appended here before its reply leaves, and stays until the database has it.

A line is handed to the kernel with one write(2): kill -9 of the process loses nothing. There is no fsync: a power cut
loses what the database has not yet taken, which is some hundredths of a second while it is reachable. A file is
locked (flock) as long as its process lives; a file without a lock belongs to a dead process and is anyone's to adopt.
"""

import fcntl
import os
import secrets
import threading
import time
from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from responder.journal.entry import from_line

_ENDING = ".jsonl"
REFUSED = "refused.log"
"""Lines that the database will never take, set aside for a person to look at."""


class SpoolFile:
    """A file that is no longer appended to, locked by this process, read from where the last batch ended."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor
        self._offset = 0

    def batches(self, size: int) -> Iterator[list[bytes]]:
        """The lines not yet taken, `size` at a time; a batch counts as taken once the next one is asked for."""
        with open(self._descriptor, "rb", closefd=False) as file:
            file.seek(self._offset)
            while lines := [line for _, line in zip(range(size), file, strict=False)]:
                yield [line for line in lines if line.strip()]
                self._offset += sum(map(len, lines))

    def remove(self) -> None:
        """The database has it all."""
        self.path.unlink(missing_ok=True)
        self.release()

    def release(self) -> None:
        """Lets go of the file; whoever comes next adopts it."""
        os.close(self._descriptor)


class Spool:
    """This process's end of the outbox. Any thread may append; one thread seals, adopts and drains."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._path = folder
        self._descriptor: int | None = None
        self._size = 0

    @property
    def empty(self) -> bool:
        """Whether nothing was appended since the last seal."""
        return self._descriptor is None or self._size == 0

    def append(self, line: bytes) -> bool:
        """Whether `line` is now safe from the death of this process. False means the disk took none of it."""
        with self._lock:
            try:
                descriptor = self._create() if self._descriptor is None else self._descriptor
                if os.write(descriptor, line) == len(line):
                    self._size += len(line)
                    return True
                os.ftruncate(descriptor, self._size)  # the disk filled half-way: half a line would spoil the next
            except OSError:
                pass
        return False

    def seal(self) -> SpoolFile | None:
        """What was appended so far, as a file of its own; the next append begins another."""
        with self._lock:
            if self._descriptor is None or self._size == 0:
                return None
            sealed = SpoolFile(self._path, self._descriptor)
            self._descriptor = None
        return sealed

    def adopt(self) -> list[SpoolFile]:
        """The files that dead processes left, oldest first, now locked by this one."""
        return [file for path in files(self.folder) if (file := _adopted(path))]

    def abandon(self) -> None:
        """After a fork, in the child: the file is the parent's, and an open copy would outlive the parent's lock."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def close(self) -> None:
        """The end: an empty file goes, one with lines stays for the next process."""
        with self._lock:
            if self._descriptor is not None:
                if self._size == 0:
                    self._path.unlink(missing_ok=True)
                os.close(self._descriptor)
                self._descriptor = None

    def _create(self) -> int:
        # Locked before it has its name: otherwise another process could adopt it in between.
        name = f"{time.time_ns()}-{os.getpid()}-{secrets.token_hex(3)}"
        unnamed = self.folder / f".{name}"
        descriptor = os.open(unnamed, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_APPEND | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        self._path = self.folder / f"{name}{_ENDING}"
        unnamed.rename(self._path)
        self._descriptor, self._size = descriptor, 0
        return descriptor


def files(folder: Path) -> list[Path]:
    """All files of the outbox on this machine, oldest first."""
    return sorted(folder.glob(f"*{_ENDING}"))


def waiting(folder: Path) -> int:
    """How many bytes wait for the database."""
    return sum(_size(path) for path in files(folder))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is in an outbox."""

    files: int
    lines: int
    bytes: int
    refused: int

    @classmethod
    def of(cls, folder: Path) -> "Waiting":
        """Counts it."""
        there = files(folder)
        return cls(len(there), sum(map(_lines, there)), waiting(folder), _lines(folder / REFUSED))


def purge_refused(folder: Path, before: float) -> None:
    """Removes the lines set aside if none is newer than `before` (seconds): they may hold words too."""
    path = folder / REFUSED
    with suppress(FileNotFoundError):
        if path.stat().st_mtime < before:
            path.unlink()


def set_aside(folder: Path, line: bytes) -> None:
    """Keeps a line that no database will take. A full disk loses it."""
    descriptor = os.open(folder / REFUSED, os.O_CREAT | os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, line.rstrip() + b"\n")
    finally:
        os.close(descriptor)


def blank(folder: Path, senders: Container[str | None]) -> int:
    """Overwrites what waits of these senders, in live files too; returns how many lines.

    Whole lines never change once written and appends go to the end only, so no lock is needed. What a process has
    already read is refused by the database, which knows who is forgotten.
    """
    return sum(_blank(path, senders) for path in [*files(folder), folder / REFUSED])


def _blank(path: Path, senders: Container[str | None]) -> int:
    blanked = offset = 0
    with suppress(FileNotFoundError), path.open("r+b") as file:  # it may be drained meanwhile
        for line in iter(file.readline, b""):
            if _about(line, senders):
                os.pwrite(file.fileno(), b" " * (len(line) - 1), offset)
                blanked += 1
            offset += len(line)
    return blanked


def _about(line: bytes, senders: Container[str | None]) -> bool:
    try:
        entry = from_line(line)
    except ValueError:
        return False
    return any(entry.get(table, {}).get("sender") in senders for table in ("turns", "texted"))


def _adopted(path: Path) -> SpoolFile | None:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(descriptor).st_nlink:  # else it was drained and removed between the two steps
            return SpoolFile(path, descriptor)
    except OSError:
        pass  # its process lives
    os.close(descriptor)
    return None


def _lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(1 for line in file if line.strip())
    except OSError:
        return 0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
