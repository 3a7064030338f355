"""What the content files hold once they have been checked: frozen, and without behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from responder.catalog.conversation import Conversation

Level = Literal["none", "urgent", "emergency", "crisis"]
ALARMS: tuple[Level, ...] = ("crisis", "emergency")
"""The levels at which whom to call is said, and nothing else."""
Care = Literal["routine", "urgent", "emergency"]
SECTIONS = ("symptoms", "causes", "treatment", "prevention", "outlook", "diagnosis")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read."""

    title: str
    publisher: str
    url: str
    accessed: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class RedFlag:
    """One rule of `red_flags/<language>.yaml`: what must be said for a message to be an alarm."""

    id: str
    level: Level
    reason: str
    """One short sentence for the person: why this needs help; printed after "Call ... now"."""
    source: Source
    when: tuple[str, ...]
    """Patterns; one that holds and is not excused is enough."""
    unless: tuple[str, ...]
    """Patterns of figures of speech and harmless look-alikes; one that holds excuses the rule."""
    fires: tuple[str, ...]
    quiet: tuple[str, ...]
    certain: bool = False
    """Never excused by past, question or person: a crisis is taken at its word."""


@dataclass(frozen=True, slots=True)
class RedFlags:
    """The red-flag book of one language."""

    language: str
    words: Mapping[str, tuple[str, ...]]
    """Named sets of words or phrases, written {name} in patterns; some names have a part to play, see
    `responder.triage`."""
    negations: tuple[str, ...]
    breaks: tuple[str, ...]
    """Words that end a negation ("but", "now")."""
    past: tuple[str, ...]
    questions: tuple[str, ...]
    """How a question for information begins ("can", "what are the signs of")."""
    rules: tuple[RedFlag, ...]


@dataclass(frozen=True, slots=True)
class Alarms:
    """What teaches the line to know an alarm that no rule finds, in one language."""

    reason: str = ""
    """As a rule's reason, for alarms known by their likes."""
    sentences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By rule: messages that are an alarm."""
    calm: tuple[str, ...] = ()
    """Messages that hold words of alarms and are none."""


@dataclass(frozen=True, slots=True)
class Review:
    """Whether a clinician has signed a topic, and until when that holds."""

    status: Literal["draft", "reviewed"]
    by: str | None
    on: date | None
    due: date


@dataclass(frozen=True, slots=True)
class TopicText:
    """A topic in one language."""

    title: str
    keywords: tuple[str, ...]
    answer: str
    see_doctor: str
    sections: Mapping[str, str]
    speech: str | None
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing the line knows."""

    id: str
    care: Care
    related: tuple[str, ...]
    sources: tuple[Source, ...]
    review: Review
    texts: Mapping[str, TopicText]
    """By language."""


@dataclass(frozen=True, slots=True)
class Group:
    """Words that mean the same to a lay person."""

    id: str
    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Words that alone need a question back."""

    words: tuple[str, ...]
    ask: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language."""

    language: str
    groups: tuple[Group, ...] = ()
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    misheard: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shorthand: Mapping[str, str] = field(default_factory=dict)
    compounds: Mapping[str, str] = field(default_factory=dict)
    noise: tuple[str, ...] = ()
    spoken: Mapping[str, str] = field(default_factory=dict)
    ambiguous: tuple[Ambiguous, ...] = ()
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    common: tuple[str, ...] = ()
    """Everyday words, most frequent first."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Every sentence of the line that is not a topic, and the words that command it, in one language."""

    language: str
    name: str
    texts: Mapping[str, str]
    spoken: Mapping[str, str]
    commands: Mapping[str, tuple[str, ...]]
    numerals: Mapping[str, tuple[str, ...]]
    polite: tuple[str, ...] = ()
    """What may stand before and after a command ("please")."""
    leaving: tuple[str, ...] = ()
    """Whole messages of people who want no more texts, with (other|ways|) to say a part of them."""
    counting: Mapping[str, str] = field(default_factory=dict)
    """Figures as the voice says them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A telephone line people are sent to."""

    number: str
    by: Literal["call", "call_or_text"]
    grade: Literal["A", "B", "C"]

    @property
    def told(self) -> bool:
        """Whether the number is sure enough to be told to anyone."""
        return self.grade in ("A", "B")


@dataclass(frozen=True, slots=True)
class Country:
    """The lines of one country."""

    emergency: Line
    nurse: Line | None = None
    crisis: Line | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """How a language is recognised and spoken on the phone."""

    locale: str
    voice: str


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """Everything of one language that is not a topic."""

    code: str
    voice: Voice
    lexicon: Lexicon
    phrases: Phrases
    red_flags: RedFlags
    alarms: Alarms = Alarms()
    off_topic: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalog:
    """A whole checked pack."""

    id: str
    name: str
    version: str
    """The first twelve hex digits of the SHA-256 over all content files."""
    menu: tuple[str, ...]
    topics: Mapping[str, Topic]
    languages: Mapping[str, LanguagePack]
    """The first is spoken where nothing else decides."""
    countries: Mapping[str, Country]
    conversations: tuple[Conversation, ...] = ()

    @property
    def default_language(self) -> str:
        return next(iter(self.languages))
