"""Whatever is sent, Twilio gets well-formed TwiML and never a server error."""

from xml.etree import ElementTree

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

NAMES = [
    "Body", "From", "To", "FromCountry", "NumMedia", "MediaUrl0", "SpeechResult", "Digits", "Confidence", "CallSid",
    "MessageSid", "OptOutType", "ButtonText", "ChannelMetadata", "WaId", "Latitude",
]  # fmt: skip
WORDS = [
    "cramp",
    "stop",
    "1",
    "more",
    "can't breathe",
    "me brinca el ojo",
    "\x00",
    "<Say>",
    "&amp;",
    "]]>",
    "\u202e",
    "\ufffe",
]
TEXT = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
FORMS = st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), st.text(max_size=20)), TEXT), max_size=12)
RAW = st.binary(max_size=400)


@pytest.mark.parametrize("path", ["/sms", "/voice", "/voice/turn"])
@given(form=FORMS, query=st.text(max_size=100))
def test_any_parameters(open_app: Flask, path: str, form: list[tuple[str, str]], query: str) -> None:
    from werkzeug.datastructures import MultiDict

    fields = MultiDict(
        (name.encode("utf-8", "replace").decode(), value.encode("utf-8", "replace").decode()) for name, value in form
    )
    answer = open_app.test_client().post(
        path, data=fields, query_string={"topic": query, "choices": query, "misses": query}
    )
    assert answer.status_code == 200
    assert ElementTree.fromstring(answer.data).tag == "Response"


@pytest.mark.parametrize("path", ["/sms", "/voice", "/voice/turn"])
@given(body=RAW)
def test_any_bytes(open_app: Flask, path: str, body: bytes) -> None:
    answer = open_app.test_client().post(path, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert ElementTree.fromstring(answer.data).tag == "Response"


@pytest.mark.parametrize("path", ["/sms", "/voice/turn"])
def test_lone_surrogates_as_a_client_may_encode_them(open_app: Flask, path: str) -> None:
    body = b"Body=%ED%A0%80cramp&SpeechResult=%ED%A0%80cramp"
    answer = open_app.test_client().post(path, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert b"stretch" in answer.data.lower() or b"<Message>" in answer.data or b"<Say" in answer.data


def test_when_the_line_itself_fails_people_are_told_and_logs_hold_no_words(
    open_app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    engine = open_app.extensions["responder.engine"]
    monkeypatch.setattr(engine, "respond", lambda *_: 1 / 0)
    sorry = {"/sms": "Sorry", "/voice/turn": "Sorry", "/voice/turn?language=es": "Perdone"}
    for path, word in sorry.items():
        answer = open_app.test_client().post(
            path, data={"Body": "my secret", "SpeechResult": "my secret", "From": "+15551234567"}
        )
        assert answer.status_code == 200
        (first, *_) = ElementTree.fromstring(answer.data)
        assert first.tag == ("Say" if "voice" in path else "Message")
        assert (first.text or "").startswith(word)
    assert "ZeroDivisionError" in caplog.text
    assert "secret" not in caplog.text
    assert "555" not in caplog.text
