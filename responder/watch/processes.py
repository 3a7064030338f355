"""Counts of several processes, in prometheus-client's files: one a process and kind, in a folder they share.

A dead process's gauges go; its counts are added up in one file, so that restarts leave no pile behind. The files are
given their room on disk at the start: to write into a mapped file that the full disk has no room for would kill us.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prometheus_client import values
from prometheus_client.mmap_dict import MmapedDict, mmap_key
from prometheus_client.multiprocess import MultiProcessCollector

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_KINDS = ("counter", "histogram", "gauge_livesum", "gauge_livemax")
_ROOM = 2**20
"""As large as prometheus-client makes a new file."""
_BURIED = 0
"""Stands for all dead processes; no process has this number."""


def begin(folder: Path) -> bool:
    """Makes this process count in `folder`, or in PROMETHEUS_MULTIPROC_DIR if that is set; False if no disk has room.

    Before any metric is made: one is in a file or in memory from its beginning.
    """
    folder = Path(os.environ.get(_FOLDER) or folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for kind in _KINDS:
            path = _file(folder, kind, os.getpid())
            if kind.startswith("gauge"):
                path.unlink(missing_ok=True)  # of an earlier process with our number
            _reserve(path)
    except OSError:
        values.ValueClass = values.MutexValue
        return False
    os.environ[_FOLDER] = str(folder)
    values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]
    return True


@contextmanager
def tidy() -> Iterator[Path]:
    """The folder, in which no process counts that is dead, and nobody else tidies meanwhile."""
    folder = Path(os.environ[_FOLDER])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        dead = [path for path in folder.glob("*_*.db") if not _alive(path)]
        for path in dead:
            if path.name.startswith("gauge"):
                path.unlink(missing_ok=True)
        for kind in ("counter", "histogram"):
            _bury(folder, kind, [path for path in dead if path.name.startswith(kind)])
        yield folder


def _bury(folder: Path, kind: str, dead: list[Path]) -> None:
    total, fresh = _file(folder, kind, _BURIED), folder / f"{kind}.new"
    fresh.unlink(missing_ok=True)
    if not dead:
        return
    try:
        _reserve(fresh)
    except OSError:
        return  # they wait until the disk has room
    sums = MmapedDict(str(fresh))  # type: ignore[no-untyped-call]
    files = [str(path) for path in (*dead, total) if path.exists()]
    for metric in MultiProcessCollector.merge(files, accumulate=False):  # type: ignore[no-untyped-call]
        for name, labels, value, *_ in metric.samples:
            key = mmap_key(metric.name, name, list(labels), list(labels.values()), metric.documentation)
            sums.write_value(key, value, 0.0)  # type: ignore[no-untyped-call]
    sums.close()  # type: ignore[no-untyped-call]
    fresh.replace(total)
    for path in dead:
        path.unlink(missing_ok=True)


def _file(folder: Path, kind: str, process: int) -> Path:
    return folder / f"{kind}_{process}.db"


def _reserve(path: Path) -> None:
    with path.open("ab") as file:
        os.posix_fallocate(file.fileno(), 0, _ROOM)


def _alive(path: Path) -> bool:
    process = path.stem.rpartition("_")[2]
    if not process.isdigit() or int(process) == _BURIED:
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
