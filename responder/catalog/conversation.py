"""Scripted conversations: what someone texts or says, and what they must get. Content's own tests."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_LISTS = ("offers", "contains", "lacks")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a turn must get; what is None or empty may be anything."""

    silence: bool = False
    """No message at all."""
    outcome: str | None = None
    topic: str | None = None
    section: str | None = None
    level: str | None = None
    language: str | None = None
    offers: tuple[str, ...] = ()
    """Topics to choose from, in this order from the first."""
    contains: tuple[str, ...] = ()
    """Words of the reply, whatever their accents and capitals."""
    lacks: tuple[str, ...] = ()
    ends: bool | None = None
    """Whether a call ends."""


@dataclass(frozen=True, slots=True)
class Step:
    """One turn: what the person does, and what they must get."""

    says: str = ""
    """Texted or said; empty is an empty text, or silence in a call."""
    presses: str = ""
    picture: bool = False
    forgotten: bool = False
    """Before it, all that Twilio remembered of the conversation is lost, as after four hours."""
    opt_out_type: str = ""
    """What Twilio says that it has answered itself."""
    gets: Expected = Expected()


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation from its start."""

    about: str
    channel: str
    country: str | None
    first: bool
    """Whether the person never texted before."""
    language: str | None
    """The language a call was begun in."""
    steps: tuple[Step, ...]
    file: str


def conversations(name: str, data: Mapping[str, Any]) -> tuple[Conversation, ...]:
    """Those in one checked file."""
    return tuple(_conversation(name, one) for one in data["conversations"])


def _conversation(name: str, data: Mapping[str, Any]) -> Conversation:
    return Conversation(
        about=data["about"],
        channel=data.get("channel", "sms"),
        country=data.get("country"),
        first=data.get("first", False),
        language=data.get("language"),
        steps=tuple(_step(one) for one in data["turns"]),
        file=name,
    )


def _step(data: Mapping[str, Any]) -> Step:
    return Step(
        says=data.get("says", ""),
        presses=data.get("presses", ""),
        picture=data.get("picture", False),
        forgotten=data.get("forgotten", False),
        opt_out_type=data.get("opt_out_type", ""),
        gets=_expected(data["gets"]),
    )


def _expected(data: str | Mapping[str, Any]) -> Expected:
    if isinstance(data, str):
        return Expected(silence=True)
    values: dict[str, Any] = {name: _listed(value) if name in _LISTS else value for name, value in data.items()}
    return Expected(**values)


def _listed(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
