"""Handing a call over to a person: whether, and to whom."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from responder.hours import Hours
from responder.settings import Settings

RING_SECONDS = 25
"""How long the person's telephone rings."""


@dataclass(frozen=True, slots=True)
class Person:
    """The nurse line behind this one, if there is any."""

    number: str
    hours: Hours | None
    now: Callable[[], datetime]

    @classmethod
    def of(cls, settings: Settings, now: Callable[[], datetime]) -> "Person":
        """The one that the settings name."""
        return cls(settings.nurse_line, settings.nurse_hours, now)

    @property
    def there(self) -> bool:
        """Whether a call can be handed over now."""
        return bool(self.number) and (self.hours is None or self.hours.open_at(self.now()))
