"""One turn of a conversation: what came in, what is remembered, what goes out."""

from collections.abc import Container, Mapping
from typing import Any, Literal, NamedTuple, get_args

from responder.carrier import Keyword
from responder.catalog.model import ALARMS, Level

Channel = Literal["sms", "voice", "whatsapp", "rcs", "web"]
Outcome = Literal["answer", "choice", "fallback", "emergency", "crisis", "command", "silence"]
Action = Literal["text", "person"]
"""What a call does besides speaking: texts what was told, hands over to a person."""
CHANNELS: tuple[Channel, ...] = get_args(Channel)
MAX_CHOICES = 9
"""As many as keys on a telephone can choose."""
SLOW = 2
"""Who asks for something again this often in a call is spoken to slower from then on."""


class About(NamedTuple):
    """Who runs the line, as its operator says; empty where not said."""

    brand: str = ""
    """Stands for the pack's name."""
    contact: str = ""
    privacy: str = ""
    """The address of the privacy notice."""


class Inquiry(NamedTuple):
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
    keyword: Keyword | None = None
    """What Twilio has already answered itself: then nothing more is said."""
    opted_out: bool = False
    """Whether the sender said STOP: then only red flags are answered, until START."""
    first: bool = False
    """Whether nothing was ever texted to the sender: then the notice comes with the reply, once."""
    about: About = About()
    called: str = ""
    """In a call, the number that was called, as Twilio gave it."""
    can: frozenset[Action] = frozenset()
    """In a call, what the line can do for the caller now."""
    unconnected: bool = False
    """In a call, whether it was handed over to a person and nobody picked up."""

    @property
    def spoken(self) -> bool:
        """Whether the reply will be heard, not read."""
        return self.channel == "voice"


class Dialogue(NamedTuple):
    """What is remembered between turns. Holds no words the person said; any worker can go on with it."""

    language: str | None = None
    topic: str | None = None
    section: str | None = None
    choices: tuple[str, ...] = ()
    """Topic ids on offer, in the order of their numbers."""
    misses: int = 0
    """Turns in a row that were not understood or silent."""
    page: int = 0
    """Which page of the menu is open; 0 where none is."""
    met: bool = False
    """Whether the notice of a first contact was given."""
    repeats: int = 0
    """In a call, how often something was asked for again: from SLOW on the voice speaks slower."""
    alarm: Level = "none"
    """In a call, whether the last reply was an emergency or a crisis: then silence is not asked for more."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON-ready values, without what is empty; `from_dict` reads it back."""
        values = {
            "language": self.language,
            "topic": self.topic,
            "section": self.section,
            "choices": list(self.choices),
            "misses": self.misses,
            "page": self.page,
            "met": self.met,
            "repeats": self.repeats,
            "alarm": self.alarm if self.alarm != "none" else "",
        }
        return {name: value for name, value in values.items() if value}

    @classmethod
    def from_dict(cls, values: Any) -> "Dialogue":
        """The dialogue that `to_dict` gave; anything malformed is left out, so an old or forged one does no harm."""
        if not isinstance(values, Mapping):
            return cls()
        choices, alarm = values.get("choices"), values.get("alarm")
        return cls(
            language=_text(values.get("language")),
            topic=_text(values.get("topic")),
            section=_text(values.get("section")),
            choices=tuple(filter(None, map(_text, choices[:MAX_CHOICES]))) if isinstance(choices, list | tuple) else (),
            misses=_count(values.get("misses")),
            page=_count(values.get("page")),
            met=values.get("met") is True,
            repeats=_count(values.get("repeats")),
            alarm=alarm if alarm in ALARMS else "none",
        )

    def begun(self, language: str, topics: Container[str]) -> "Dialogue":
        """As a turn in `language` finds it: without its alarm and what newer content no longer has.

        Choices keep their numbers while any is left.
        """
        told = self.topic in topics
        offers = any(topic in topics for topic in self.choices)
        return Dialogue(
            language=language,
            topic=self.topic if told else None,
            section=self.section if told else None,
            choices=self.choices if offers else (),
            misses=self.misses,
            page=self.page if offers else 0,
            met=self.met,
            repeats=self.repeats,
        )

    def missed(self) -> "Dialogue":
        """The same after one more turn that was not understood; what is on offer stays."""
        return self._replace(misses=min(self.misses + 1, 9))


def _count(value: Any) -> int:
    return min(max(value, 0), 9) if isinstance(value, int) else 0


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= 60 else None


class Candidate(NamedTuple):
    """A topic that a message may be about."""

    topic: str
    score: float
    """Between 0 and 1: how likely this is what was meant."""


class Match(NamedTuple):
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


class Reply(NamedTuple):
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
    action: Action | None = None
    """What the channel must do; it knows whether that works, and says so in words of the content."""
    slow: bool = False
    """Whether the voice is to speak slower."""
    command: str | None = None
    """Which command was answered; channels act on `stop`, `start` and `forget`."""

    @property
    def text(self) -> str:
        """The whole reply as it is written, a line a part."""
        return "\n".join(filter(None, (*self.sentences, self.reminder, self.prompt)))
