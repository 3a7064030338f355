"""What a caller said, behind what a recogniser wrote: only in calls, only where the words as they stand say nothing."""

import pytest

from responder.engine import Engine
from responder.turn import Inquiry


@pytest.mark.parametrize(
    ("heard", "topic"),
    [
        ("treatment for five rounds elgin", "muscle-pain"),
        ("is there a cure for my owners", "myoclonus"),
        ("what helps with toward the colors", "neck-spasm"),
        ("i have a her name in disc", "disc-problem"),
        ("signs of a d v d in my leg", "deep-vein-thrombosis"),
        ("can you get radical apache from a bad neck", "pinched-nerve"),
    ],
)
def test_a_call_is_answered_where_the_same_words_typed_mean_nothing(engine: Engine, heard: str, topic: str) -> None:
    typed, _ = engine.respond(Inquiry(heard))
    called, _ = engine.respond(Inquiry(heard, channel="voice"))
    assert typed.outcome == "fallback"
    assert (called.outcome, called.topic) == ("answer", topic)


@pytest.mark.parametrize(
    "heard",
    [
        "where is my phone now",
        "what else do you do",
        "did she add it to my account",
        "play the stone age",
        "my opinion is that it is fine",
        "can i talk to someone about my bill",
        "his name is elgin and he is five",
    ],
)
def test_a_call_about_something_else_gets_an_honest_no(engine: Engine, heard: str) -> None:
    reply, _ = engine.respond(Inquiry(heard, channel="voice"))
    assert reply.outcome == "fallback"


def test_in_doubt_a_caller_is_asked_where_a_text_gets_an_honest_no(engine: Engine) -> None:
    said = "my calf was really had yesterday"
    assert engine.respond(Inquiry(said))[0].outcome == "fallback"
    assert "leg-cramp" in engine.respond(Inquiry(said, channel="voice"))[0].choices
