"""Whether people get to the topics: by their titles, and not past them into an alarm."""

from collections.abc import Iterator

from responder.audit.pack import Pack
from responder.catalog.model import ALARMS
from responder.errors import Problem
from responder.turn import Inquiry


def rule(pack: Pack) -> Iterator[Problem]:
    """Every topic is found under its own title, and no example of a topic is an emergency."""
    for topic, language, text in pack.texts():
        reply, _ = pack.engine.respond(Inquiry(text.title, language=language))
        if topic != reply.topic and topic not in reply.choices:
            got = f"the red flag {reply.flag}" if reply.flag else reply.topic or reply.outcome
            found = f"asked for {text.title!r}, the line gives {got}"
            fix = "Make the title a keyword, or name the topic otherwise."
            yield pack.in_topic("unreachable-topic", topic, (language, "title"), found, fix)
        for place, example in enumerate(text.examples):
            reply, _ = pack.engine.respond(Inquiry(example, language=language))
            if reply.level in ALARMS:
                where, found = (language, "examples", place), f"{example!r} fires the red flag {reply.flag}"
                fix = f"Move it to the sentences that {reply.flag} fires on, or have the rule excuse it."
                yield pack.in_topic("alarm-example", topic, where, found, fix)
