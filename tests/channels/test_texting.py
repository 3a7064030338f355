"""From a call to a text, against a local server that speaks Twilio's Messages API."""

import logging
import time
from collections.abc import Callable

import pytest

from responder import segments
from responder.catalog import Catalog
from responder.channels import texting
from responder.engine import Engine
from responder.turn import Dialogue, Inquiry
from tests.channels.conftest import BASE, Line
from tests.channels.twilio_api import SERVICE, Api
from tests.channels.twilio_simulator import Call


def spoken(catalog: Catalog, key: str, language: str = "en") -> str:
    return catalog.languages[language].phrases.spoken[key]


def asked(line: Line, words: str = "leg cramp", caller: str = "+15551234567", **chosen: object) -> Call:
    """A call in which something was told."""
    return Call(line(**chosen), caller=caller).dial().speak(words)


def test_the_answer_is_texted_to_the_caller_from_the_number_that_was_called(
    line: Line, api: Api, catalog: Catalog
) -> None:
    call = asked(line)
    assert "press two" in call.heard
    assert spoken(catalog, "text_sent") in call.press("2").heard
    (text,) = api.messages
    assert (text["To"], text["From"], text["StatusCallback"]) == (call.caller, call.called, f"{BASE}/status")
    assert text["Body"].startswith(segments.fold(catalog.topics["leg-cramp"].texts["en"].answer))
    assert "STOP" in text["Body"]
    assert segments.cost(text["Body"]).segments <= 2
    assert "press two" not in call.heard
    assert not call.over


@pytest.mark.parametrize(("words", "language"), [("text me that", "en"), ("mándemelo por mensaje", "es")])
def test_it_is_asked_for_by_voice_in_both_languages(
    line: Line, api: Api, catalog: Catalog, words: str, language: str
) -> None:
    assert spoken(catalog, "text_sent", language) in asked(line).speak(words).heard
    assert len(api.messages) == 1


def test_a_messaging_service_is_used_where_one_is_set(line: Line, api: Api) -> None:
    asked(line, messaging_service=SERVICE).press("2")
    (text,) = api.messages
    assert text["MessagingServiceSid"] == SERVICE
    assert "From" not in text


def test_the_section_told_last_is_texted(line: Line, api: Api, catalog: Catalog) -> None:
    asked(line).speak("causes").press("2")
    assert api.messages[0]["Body"].startswith(segments.fold(catalog.topics["leg-cramp"].texts["en"].sections["causes"]))


def test_the_same_is_sent_once_in_a_call_and_again_in_the_next(line: Line, api: Api, catalog: Catalog) -> None:
    call = asked(line).press("2")
    assert spoken(catalog, "text_already") in call.press("2").heard
    assert spoken(catalog, "text_sent") in call.press("1").press("2").heard
    assert len(api.messages) == 2
    assert spoken(catalog, "text_sent") in Call(call.twilio).dial().speak("leg cramp").press("2").heard
    assert len(api.messages) == 3


def test_what_twilio_asks_twice_is_sent_once(line: Line, api: Api) -> None:
    asked(line, retries=True).press("2").press("1").press("2")
    assert len(api.messages) == 2


REFUSED = [
    (21614, "text_landline"),
    (21211, "text_landline"),
    (21612, "text_landline"),
    (30006, "text_landline"),
    (21610, "text_stopped"),
    (21408, "text_abroad"),
    (30034, "text_unable"),
    (30032, "text_unable"),
    (21601, "text_unable"),
    (21606, "text_unable"),
    (21608, "text_unable"),
    (20003, "text_unable"),
    (21617, "text_failed"),
    (429, "text_failed"),
    ("garbage", "text_failed"),
]


@pytest.mark.parametrize(("trouble", "phrase"), REFUSED)
def test_every_refusal_has_a_fitting_sentence(
    line: Line, api: Api, catalog: Catalog, trouble: int | str, phrase: str, caplog: pytest.LogCaptureFixture
) -> None:
    call = asked(line)
    api.troubles = [trouble]
    with caplog.at_level(logging.DEBUG):
        assert spoken(catalog, phrase) in call.press("2").heard
    assert spoken(catalog, phrase) in call.press("2").heard, "it is not tried again, and no success is claimed"
    assert "press two" not in call.press("1").heard
    assert api.messages == []
    assert "555" not in caplog.text
    assert not call.over


def test_a_caller_who_said_stop_to_the_line_is_not_texted(line: Line, api: Api, catalog: Catalog) -> None:
    call = asked(line)
    call.twilio.app.extensions["responder.journal"].opt_out(call.caller)
    assert spoken(catalog, "text_stopped") in call.press("2").heard
    assert api.asked == []


@pytest.mark.parametrize("caller", ["anonymous", "", "client:bob", "sip:a@b.example", "+266696687x", "Restricted"])
def test_a_withheld_number_is_offered_no_text_and_told_why(line: Line, api: Api, catalog: Catalog, caller: str) -> None:
    call = asked(line, caller=caller)
    assert "press two" not in call.heard
    assert spoken(catalog, "text_withheld") in call.press("2").heard
    assert api.asked == []


def test_a_line_without_an_account_offers_no_text(line: Line, api: Api, catalog: Catalog) -> None:
    call = asked(line, account_sid="")
    assert "press two" not in call.heard
    assert spoken(catalog, "text_unable") in call.press("2").heard


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def test_a_slow_twilio_never_holds_up_the_call(line: Line, api: Api, catalog: Catalog) -> None:
    call = asked(line)
    api.troubles = ["hang"]
    assert timed(lambda: call.press("2")) < 2
    assert spoken(catalog, "text_coming") in call.heard
    deadline = time.monotonic() + 5
    while not api.messages and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(api.messages) == 1, "it is sent all the same"
    assert spoken(catalog, "text_already") in call.press("2").heard


def test_of_a_dropped_connection_nobody_knows_so_no_failure_is_told(line: Line, api: Api, catalog: Catalog) -> None:
    call = asked(line)
    api.troubles = ["drop"]
    assert timed(lambda: call.press("2")) < 2
    assert spoken(catalog, "text_coming") in call.heard


def test_when_texts_pile_up_the_call_goes_on(
    line: Line, api: Api, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texting, "_MOST_WAITING", 1)
    monkeypatch.setattr(texting, "WAIT", 0.1)
    first = asked(line)
    api.troubles, api.hang = ["hang"], 1.0
    assert spoken(catalog, "text_coming") in first.press("2").heard
    second = Call(first.twilio).dial().speak("sciatica")
    assert spoken(catalog, "text_failed") in second.press("2").heard


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_answer_fits_into_two_segments_as_a_first_text(engine: Engine, catalog: Catalog, language: str) -> None:
    long = []
    for topic in catalog.topics.values():
        for section in (None, *topic.texts[language].sections):
            dialogue = Dialogue(language=language, topic=topic.id, section=section)
            told, _ = engine.respond(Inquiry(digits="2", channel="voice", language=language), dialogue)
            text = segments.fold(engine.as_text(told, None).text)
            if segments.cost(text).segments > 2 or segments.cost(text).encoding != "GSM-7":
                long.append((topic.id, section))
    assert long == []
