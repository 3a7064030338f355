"""The engine of a content folder, compiled once: checking and training take seconds, loading the result does not."""

import fcntl
import gc
import hashlib
import os
import pickle
import subprocess
import sys
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from responder.catalog import load
from responder.catalog.load import version
from responder.catalog.reviewed import reviewed
from responder.engine import Engine

_SOURCES = Path(__file__).parent


def compiled(content: Path, cache: Path, reviewed_only: bool = False) -> Engine:
    """The engine of `content`, from `cache` if this very content was compiled before by this very program.

    Otherwise it is checked, trained and, where `cache` can be written, kept there for the next start. `cache` must
    belong to the operator alone, as code does. Raises ContentError if the content is broken.
    `reviewed_only` leaves out what no clinician has signed; it raises SettingsError where nothing is left.
    """
    kept = _kept(content, cache, reviewed_only, version(content))
    if found := _read(kept):
        return found
    catalog = load(content)
    engine = Engine(reviewed(catalog) if reviewed_only else catalog)
    _keep(kept, engine)
    return engine


def compiled_apart(content: Path, cache: Path, reviewed_only: bool = False) -> Engine:
    """The same, but the work is done in another process: this one stays small and goes on answering meanwhile.

    Processes that ask for the same at the same time wait for one of them.
    """
    kept = _kept(content, cache, reviewed_only, version(content))
    if not kept.exists():
        arguments = [str(content.resolve()), str(cache.resolve()), "reviewed" if reviewed_only else "all"]
        command = [sys.executable, "-m", "responder.compiled", *arguments]
        quiet = subprocess.DEVNULL
        subprocess.run(command, cwd=_SOURCES.parent, check=False, stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603
    # If that did not work out, here, where it can be told why.
    return _read(kept) or compiled(content, cache, reviewed_only)


def last_compiled(content: Path, cache: Path, reviewed_only: bool = False) -> Engine | None:
    """What was compiled last from this folder by this very program, if it is still kept: it did check."""
    found = sorted(cache.glob(_kept(content, cache, reviewed_only, "*").name), key=lambda path: path.stat().st_mtime)
    return _read(found[-1]) if found else None


def _kept(content: Path, cache: Path, reviewed_only: bool, edition: str) -> Path:
    folder = hashlib.sha256(os.fsencode(content.resolve())).hexdigest()[:6]
    part = "reviewed-" if reviewed_only else ""
    return cache / f"engine-{part}{folder}-{edition}-{_program()}.pickle"


def _read(kept: Path) -> Engine | None:
    gc.disable()  # nothing of half a million new objects is garbage: looking for it takes half the time
    try:
        found = pickle.loads(kept.read_bytes())  # noqa: S301 - our own file, named by what made it
    except (OSError, pickle.PickleError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError):
        return None  # absent, cut short or from another time
    finally:
        gc.enable()
    return found if isinstance(found, Engine) else None


def _program() -> str:
    """Twelve hex digits that change with the code that compiles and with Python."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(_SOURCES.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _keep(path: Path, engine: Engine) -> None:
    """Writes the whole file or none, so that workers starting together never read half of one; drops older ones."""
    partial = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial.write_bytes(_pickled(engine))
        partial.replace(path)
        for other in path.parent.glob("engine-*.pickle"):
            if other != path:
                other.unlink(missing_ok=True)
    except OSError:
        partial.unlink(missing_ok=True)


def _pickled(engine: Engine) -> bytes:
    written = BytesIO()
    _Sharing(written, protocol=pickle.HIGHEST_PROTOCOL).dump(engine)
    return written.getvalue()


_InPython: Any = pickle._Pickler


class _Sharing(_InPython):  # type: ignore[misc]
    """Writes equal words, numbers and nodes of patterns once: read back they are one object, a quarter less memory.

    The C pickler cannot be told so, and knows them by identity alone.
    """

    def __init__(self, file: BytesIO, *, protocol: int) -> None:
        super().__init__(file, protocol)
        self._met: dict[tuple[type, Any], Any] = {}

    def reducer_override(self, obj: Any) -> Any:
        """A dataclass as a call of its class: the way dataclasses themselves provide takes three times as long."""
        kind: Any = type(obj)
        return (kind, tuple(getattr(obj, name) for name in names)) if (names := _plain(kind)) else NotImplemented

    def save(self, obj: Any, save_persistent_id: bool = True) -> None:
        if _is_value(obj):
            with suppress(TypeError):  # a node may hold a dict
                obj = self._met.setdefault((type(obj), obj), obj)
        if type(obj) not in (int, float):
            super().save(obj, save_persistent_id)
        elif known := self.memo.get(id(obj)):
            self.write(self.get(known[0]))
        else:
            super().save(obj, save_persistent_id)
            self.memoize(obj)


def _is_value(thing: Any) -> bool:
    """Whether an equal thing is as good: 1 and 1.0 are equal too, so collections only of words and whole numbers."""
    kind: Any = type(thing)
    if kind in (str, int, float):
        return True
    if kind in (tuple, frozenset):
        return all(type(one) in (str, int) for one in thing)
    return _is_node(kind)


@cache
def _plain(kind: Any) -> tuple[str, ...]:
    """The names of a dataclass's fields, if they are all there is to make one."""
    plain = is_dataclass(kind) and not hasattr(kind, "__post_init__") and all(one.init for one in fields(kind))
    return tuple(one.name for one in fields(kind)) if plain else ()


@cache
def _is_node(kind: type) -> bool:
    return is_dataclass(kind) and getattr(kind, "__hash__", None) not in (None, object.__hash__)


def _main(content: str, cache: str, which: str) -> None:
    folder = Path(cache)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "compiling.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        compiled(Path(content), folder, which == "reviewed")


if __name__ == "__main__":
    _main(*sys.argv[1:])
