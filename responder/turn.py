"""One turn of a conversation: what came in, what is remembered, what goes out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from responder.catalog.model import Level

Channel = Literal["sms", "voice", "whatsapp", "rcs", "web"]
Outcome = Literal["answer", "choice", "fallback", "emergency", "crisis", "command", "silence"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
MAX_CHOICES = 9
"""As many as keys on a telephone can choose."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a person sent: typed or heard text, keys pressed, and where from."""

    text: str = ""
    digits: str = ""
    channel: Channel = "sms"
    country: str | None = None
    """ISO 3166, two letters, or None where unknown."""
    language: str | None = None
    """What the number or the caller has chosen; None lets the words decide."""
    media: bool = False
    """Whether a picture or another file came with it."""

    @property
    def spoken(self) -> bool:
        """Whether the reply will be heard, not read."""
        return self.channel == "voice"


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What is remembered between turns. Holds no words the person said; any worker can go on with it."""

    language: str | None = None
    topic: str | None = None
    section: str | None = None
    choices: tuple[str, ...] = ()
    """Topic ids on offer, in the order of their numbers."""
    misses: int = 0
    """Turns in a row that were not understood or silent."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON-ready values, without what is empty; `from_dict` reads it back."""
        values = {
            "language": self.language,
            "topic": self.topic,
            "section": self.section,
            "choices": list(self.choices),
            "misses": self.misses,
        }
        return {name: value for name, value in values.items() if value}

    @classmethod
    def from_dict(cls, values: Any) -> "Dialogue":
        """The dialogue that `to_dict` gave; anything malformed is left out, so an old or forged one does no harm."""
        if not isinstance(values, Mapping):
            return cls()
        choices = values.get("choices")
        misses = values.get("misses")
        return cls(
            language=_text(values.get("language")),
            topic=_text(values.get("topic")),
            section=_text(values.get("section")),
            choices=tuple(filter(None, map(_text, choices[:MAX_CHOICES]))) if isinstance(choices, list | tuple) else (),
            misses=min(max(misses, 0), 9) if isinstance(misses, int) else 0,
        )

    def missed(self) -> "Dialogue":
        """The same after one more turn that was not understood."""
        return replace(self, misses=min(self.misses + 1, 9), choices=())


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= 60 else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic that a message may be about."""

    topic: str
    score: float
    """Between 0 and 1: how likely this is what was meant."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a message is about. Holds ideas of the pack, not the person's words."""

    decision: Literal["answer", "choice", "fallback"]
    candidates: tuple[Candidate, ...] = ()
    """Best first."""
    chance: float = 0.0
    """How likely the message is for this line at all, 0 to 1."""
    section: str | None = None

    @property
    def score(self) -> float:
        """How likely the best candidate is, 0 to 1."""
        return self.candidates[0].score if self.candidates else 0.0

    @property
    def margin(self) -> float:
        """The best candidate's lead over the second, 0 to 1."""
        second = self.candidates[1].score if len(self.candidates) > 1 else 0.0
        return self.score - second


@dataclass(frozen=True, slots=True)
class Reply:
    """What the person gets. Channels render it and add no words of their own."""

    outcome: Outcome
    language: str
    sentences: tuple[str, ...] = ()
    """In order; empty means no message is sent at all."""
    reminder: str = ""
    prompt: str = ""
    """How to go on."""
    level: Level = "none"
    topic: str | None = None
    section: str | None = None
    choices: tuple[str, ...] = ()
    flag: str | None = None
    match: Match | None = None
    ends: bool = False
    """Whether a call ends after it."""

    @property
    def text(self) -> str:
        """The whole reply as it is written, a line a part."""
        return "\n".join(filter(None, (*self.sentences, self.reminder, self.prompt)))
