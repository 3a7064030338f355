"""The engine knows nothing of muscles: it answers just as well about bicycles."""

from pathlib import Path

import pytest

from responder.audit.examples import run
from responder.catalog import load
from responder.engine import Engine
from responder.turn import Dialogue, Inquiry

BICYCLES = Path(__file__).parent / "packs" / "bicycles"


@pytest.fixture(scope="module")
def bicycles() -> Engine:
    return Engine(load(BICYCLES))


def test_every_example_and_red_flag_of_the_pack_does_as_written(bicycles: Engine) -> None:
    report = run(bicycles, load(BICYCLES))
    assert report.passed, report
    assert report.sentences > 40


def test_a_question_is_answered_with_the_reminder_of_the_pack(bicycles: Engine) -> None:
    reply, _ = bicycles.respond(Inquiry("why do my breaks squeel when i stop"))
    assert (reply.outcome, reply.topic) == ("answer", "squeaky-brakes")
    assert "Ask a mechanic about your bike." in reply.text


def test_an_emergency_names_the_number_of_the_country(bicycles: Engine) -> None:
    reply, _ = bicycles.respond(Inquiry("help I was hit by a car", country="NL"))
    assert (reply.level, reply.flag) == ("emergency", "crash")
    assert "Call 112 now. A hard knock can hurt you inside." in reply.text


def test_a_conversation_goes_from_the_menu_through_the_sections(bicycles: Engine) -> None:
    dialogue = Dialogue()
    told = []
    for text in ("menu", "3", "more", "causes", "is it dangerous"):
        reply, dialogue = bicycles.respond(Inquiry(text), dialogue)
        told.append((reply.topic, reply.section))
    chain = "slipping-chain"
    assert told == [(None, None), (chain, None), (chain, "symptoms"), (chain, "causes"), (chain, "worry")]
