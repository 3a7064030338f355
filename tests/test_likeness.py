"""Alarms that no rule finds: learned from the content's sentences, sure, unsure or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from responder.audit.alarms import unseen
from responder.catalog import load
from responder.catalog.model import Alarms
from responder.engine import Engine
from responder.turn import Inquiry

BICYCLES = load(Path(__file__).parent / "packs" / "bicycles")


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Bicycles, whose one rule for crashes knows only cars."""
    return Engine(BICYCLES)


def test_what_is_like_an_alarm_raises_it_with_the_files_own_reason(engine: Engine) -> None:
    reply, _ = engine.respond(Inquiry("a lorry sent my wife flying", country="GB"))
    assert (reply.level, reply.flag) == ("emergency", "crash")
    assert "999" in reply.text
    assert "That can be serious." in reply.text


@pytest.mark.parametrize("message", ["the wind knocked it over", "my brakes squeal", "a van passed my wife", "hello"])
def test_what_is_like_the_calm_ones_does_not(engine: Engine, message: str) -> None:
    assert engine.respond(Inquiry(message))[0].level == "none"


@pytest.mark.parametrize("message", ["a lorry never sent my wife flying", "no lorry knocked him flying"])
def test_what_is_denied_is_no_alarm(engine: Engine, message: str) -> None:
    reply, _ = engine.respond(Inquiry(message))
    assert reply.level == "none"
    (finding,) = engine.explain(Inquiry(message)).findings
    assert finding.excuse == "unsure"


def test_the_explanation_tells_the_words_it_went_by(engine: Engine) -> None:
    (finding,) = engine.explain(Inquiry("a lorry sent my wife flying")).findings
    assert "flying" in finding.evidence


def test_a_pack_without_such_a_file_has_rules_alone() -> None:
    pack = replace(BICYCLES.languages["en"], alarms=Alarms())
    reply, _ = Engine(replace(BICYCLES, languages={"en": pack})).respond(Inquiry("a lorry sent my wife flying"))
    assert reply.level == "none"


def test_the_honest_figure_counts_each_sentence_once(engine: Engine) -> None:
    found = unseen(engine, BICYCLES, "en")
    assert (found.alarms, found.calm) == (9, 9)
    assert found.by_rules <= found.caught <= found.alarms
    assert "not seen in training" in str(found)
