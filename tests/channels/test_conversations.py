"""The pack's scripted conversations, held through the webhooks as Twilio would."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from responder.audit.conversations import differences, run_conversations, title
from responder.catalog import yaml
from responder.catalog.conversation import Conversation, Expected, Step, conversations
from responder.channels.messaging import DIALOGUE
from responder.engine import Engine
from responder.turn import Reply
from tests.channels.phone import Phone, overheard
from tests.channels.twilio_simulator import Call, Twilio

FOLDER = Path(__file__).parents[2] / "content" / "conversations"
ALL = [
    conversation
    for path in sorted(FOLDER.glob("*.yaml"))
    for conversation in conversations(path.stem, yaml.read(path, path.name)[0])
]
_numbers = itertools.count(1_000)


def texting(app: Flask, conversation: Conversation) -> Callable[[Step], str]:
    """What a person who texts gets back for each turn."""
    prefix = {"whatsapp": "whatsapp:", "rcs": "rcs:"}.get(conversation.channel, "")
    person = Phone(app, f"{prefix}+1555777{next(_numbers)}", conversation.country)
    if not conversation.first:
        person.know(**{DIALOGUE: {"met": True}})

    def turn(step: Step) -> str:
        if step.forgotten:
            person.forget()
        more = {"NumMedia": "1"} if step.picture else {}
        return person.text(step.says, **more | ({"OptOutType": step.opt_out_type} if step.opt_out_type else {}))

    return turn


def calling(app: Flask, conversation: Conversation) -> Callable[[Step], str]:
    """What a person who calls hears at each turn."""
    caller, country = f"+1555777{next(_numbers)}", conversation.country or ""
    call = Call(Twilio(app, "", "http://localhost"), caller=caller, country=country)
    call.dial("/voice" + (f"?language={conversation.language}" if conversation.language else ""))

    def turn(step: Step) -> str:
        if step.presses:
            return call.press(step.presses).heard
        return (call.speak(step.says) if step.says else call.stay_silent()).heard

    return turn


@pytest.mark.parametrize("conversation", ALL, ids=lambda one: f"{one.file}: {one.about}")
def test_the_line_holds_the_conversation(open_app: Flask, conversation: Conversation) -> None:
    turn = (calling if conversation.channel == "voice" else texting)(open_app, conversation)
    for number, step in enumerate(conversation.steps, 1):
        with overheard(open_app) as replies:
            sent = turn(step)
        assert list(differences(step.gets, replies[0], sent)) == [], title(conversation, number, step)


def test_they_hold_without_a_channel_too(engine: Engine) -> None:
    assert run_conversations(engine, ALL) == []


def test_there_are_enough() -> None:
    texts = [one for one in ALL if one.channel != "voice"]
    assert len(texts) >= 35
    assert len(ALL) >= 60
    assert {"es", "en"} <= {step.gets.language for one in ALL for step in one.steps}


@pytest.mark.parametrize(
    ("wanted", "sent", "difference"),
    [
        (Expected(silence=True), "Stretch.", "wanted silence"),
        (Expected(topic="als"), "", "got silence"),
        (Expected(topic="als"), "Stretch.", "wanted topic als, got leg-cramp"),
        (Expected(offers=("als",)), "Stretch.", "wanted the offers als, got none"),
        (Expected(contains=("ESTÍRELA",)), "estirela", ""),
        (Expected(contains=("rub",)), "Stretch.", "lacks 'rub'"),
        (Expected(lacks=("stretch",)), "Stretch.", "contains 'stretch'"),
        (Expected(silence=True), "", ""),
    ],
)
def test_differences_are_told(wanted: Expected, sent: str, difference: str) -> None:
    reply = Reply("answer", "en", (sent,), topic="leg-cramp")
    assert "; ".join(differences(wanted, reply, sent)) == difference
