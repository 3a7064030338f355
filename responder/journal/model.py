"""What the journal is told at its start, and what it tells those who ask: frozen, and without behaviour."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from responder.journal.entry import Given


@dataclass(frozen=True, slots=True)
class Options:
    """Where and how long things are kept."""

    folder: Path
    """Holds the spool, and by default the SQLite database and this machine's hash key. Must be a local disk."""
    database: str = ""
    """postgresql://... or sqlite:////...; empty is SQLite in `folder`."""
    hash_keys: tuple[str, ...] = ()
    """The current key first, then those being rotated out; empty makes one in `folder`."""
    keep_text_days: int = 30
    """0 keeps no text at all."""
    keep_rows_days: int = 365

    @property
    def spool(self) -> Path:
        """The outbox."""
        return self.folder / "spool"


@dataclass(frozen=True, slots=True)
class Known:
    """What to know before answering. `met`, whether the sender was texted before, is only known if asked for."""

    given: Given | None = None
    """The reply this message already got: send it again, do nothing else."""
    opted_out: bool = False
    met: bool = False
    sure: bool = False
    """Whether the database has said so, and not this process's memory alone."""


@dataclass(frozen=True, slots=True)
class State:
    """How the journal is, for readiness and metrics."""

    mode: Literal["starting", "writing", "spooling", "losing"]
    spooled_bytes: int
    """Of all processes of this machine."""
    stored: int
    lost: int
    """Turns this process answered whose rows no disk took."""
    refused: int
