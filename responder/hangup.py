"""SIGHUP: the way operators tell a process that its content has changed."""

import os
import signal
from collections.abc import Callable
from types import FrameType


def on_hangup(act: Callable[[], object]) -> None:
    """Calls `act` on SIGHUP. Where a terminal was closed, the signal ends the process as it always did."""
    begun_in_terminal = _in_terminal()

    def handle(number: int, _: FrameType | None) -> None:
        if begun_in_terminal and not _in_terminal():
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        act()

    signal.signal(signal.SIGHUP, handle)


def _in_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True
