"""Sentences that are known to fail: a list that may only shrink."""

from collections.abc import Sequence
from pathlib import Path

FILE = "known_failures.txt"


def judged(failures: Sequence[str], folder: Path) -> list[str]:
    """What is wrong, given the known failures in `folder`: the new failures, and the known ones that fail no more."""
    path = folder / FILE
    known = set(path.read_text(encoding="utf-8").splitlines()) if path.is_file() else set()
    new = [failure for failure in failures if failure not in known]
    gone = sorted(failure for failure in known - set(failures) if failure)
    mended = [f"{failure}: fails no more; take it out of {FILE}" for failure in gone]
    return new + mended
