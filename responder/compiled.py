"""The engine of a content folder, compiled once: checking and training take seconds, loading the result does not."""

import hashlib
import os
import pickle
import sys
from pathlib import Path

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
    part = "reviewed-" if reviewed_only else ""
    kept = cache / f"engine-{part}{version(content)}-{_program()}.pickle"
    try:
        found = pickle.loads(kept.read_bytes())  # noqa: S301 - our own file, named by what made it
        if isinstance(found, Engine):
            return found
    except (OSError, pickle.PickleError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError):
        pass  # absent, cut short or from another time: made anew below
    catalog = load(content)
    engine = Engine(reviewed(catalog) if reviewed_only else catalog)
    _keep(kept, engine)
    return engine


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
        partial.write_bytes(pickle.dumps(engine, protocol=pickle.HIGHEST_PROTOCOL))
        partial.replace(path)
        for other in path.parent.glob("engine-*.pickle"):
            if other != path:
                other.unlink(missing_ok=True)
    except OSError:
        partial.unlink(missing_ok=True)
