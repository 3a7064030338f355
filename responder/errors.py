"""What can go wrong, by who must act. The people who text or call never see any of these."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


class ResponderError(Exception):
    """Base of all errors of this project."""


class SettingsError(ResponderError):
    """The operator must act: a setting is missing, unknown or malformed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an editor must know about a content file."""

    code: str
    """Stable name, documented in docs/content-guide.md."""
    severity: Literal["error", "warning"]
    path: str
    """The file, relative to the content folder."""
    line: int
    """Counted from 1; 0 where the problem is the file as a whole."""
    field: str
    """Where in the file, such as `en.sections.causes`; empty for the whole file."""
    found: str
    fix: str
    """What to write instead, as an instruction."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        field = f" {self.field}" if self.field else ""
        return f"{place}:{field} [{self.code}] {self.found}. {self.fix}"


class ContentError(ResponderError):
    """The editor must act: the content cannot be served. Holds every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        super().__init__("\n".join([f"The content has {count}:", *map(str, self.problems)]))
