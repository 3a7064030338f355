"""Holds the pack's scripted conversations with the engine, and says where a reply is not as it is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from responder import carrier
from responder import text as plain
from responder.catalog.conversation import Conversation, Expected, Step
from responder.engine import Engine
from responder.turn import CHANNELS, Channel, Dialogue, Inquiry, Reply

_COMPARED = ("outcome", "topic", "section", "level", "language", "ends")


def run_conversations(engine: Engine, conversations: Iterable[Conversation]) -> list[str]:
    """A sentence for every turn that does not get what it must; none where all is well."""
    return [failure for one in conversations for failure in _held(engine, one)]


def title(conversation: Conversation, number: int, step: Step) -> str:
    """How a turn is called in what is said about it."""
    said = step.says or (f"key {step.presses}" if step.presses else "nothing")
    return f"{conversation.file}: {conversation.about}: turn {number} ({said!r})"


def differences(wanted: Expected, reply: Reply, sent: str) -> Iterator[str]:
    """In what way a reply is not what a turn must get; `sent` is what the person reads or hears of it."""
    if wanted.silence != (not sent):
        yield "wanted silence" if wanted.silence else "got silence"
        return
    for name in _COMPARED:
        value, found = getattr(wanted, name), getattr(reply, name)
        if value is not None and value != found:
            yield f"wanted {name} {value}, got {found}"
    if wanted.offers and reply.choices[: len(wanted.offers)] != wanted.offers:
        yield f"wanted the offers {', '.join(wanted.offers)}, got {', '.join(reply.choices) or 'none'}"
    words = plain.fold(sent)
    yield from (f"lacks {piece!r}" for piece in wanted.contains if plain.fold(piece) not in words)
    yield from (f"contains {piece!r}" for piece in wanted.lacks if plain.fold(piece) in words)


@dataclass(slots=True)
class _Person:
    """What a channel knows of the person while they talk."""

    opted_out: bool = False
    dialogue: Dialogue = field(default_factory=Dialogue)


def _held(engine: Engine, conversation: Conversation) -> Iterator[str]:
    channel: Channel = next(one for one in CHANNELS if one == conversation.channel)
    person = _Person(dialogue=Dialogue(language=conversation.language))
    met = not conversation.first
    for number, step in enumerate(conversation.steps, 1):
        before = Dialogue() if step.forgotten else person.dialogue
        inquiry = Inquiry(
            step.says,
            digits=step.presses,
            channel=channel,
            country=conversation.country,
            media=step.picture,
            keyword=carrier.answered(step.says, channel, step.opt_out_type),
            opted_out=person.opted_out,
            first=not met,
        )
        reply, person.dialogue = engine.respond(inquiry, before)
        met = met or person.dialogue.met
        if reply.command in ("stop", "start"):
            person.opted_out = reply.command == "stop"
        for difference in differences(step.gets, reply, reply.text):
            yield f"{title(conversation, number, step)}: {difference}"
