"""Calls: every document is valid TwiML, greets, listens, answers, and ends politely."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import etree

from responder.channels.speaking import MAX_HINT, MAX_HINTS, hints
from responder.channels.voice import address, state
from responder.turn import Dialogue

CALL = {"From": "+15551234567", "FromCountry": "US", "CallStatus": "in-progress"}


@pytest.fixture(scope="session")
def schema(shared) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared("twilio/voice.xsd")))


def post(client: FlaskClient, where: str, **form: str) -> etree._Element:
    answer = client.post(where, data={**CALL, **form})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert len(answer.data) < 64 * 1024
    return etree.fromstring(answer.data)


def said(document: etree._Element) -> str:
    return " ".join(say.text or "" for say in document.iter("Say"))


def following(document: etree._Element) -> str:
    return document.find("Gather").get("action")


CONVERSATION = [
    ({"SpeechResult": "Why does my back keep going into spasm."}, "back spasms are common"),
    ({"SpeechResult": "What is A L S."}, "A L S"),
    ({"SpeechResult": "cramps"}, "press one"),
    ({"Digits": "1"}, "pull your toes"),
    ({}, "for more, press one"),
    ({"SpeechResult": "bla bla bla"}, "choose a topic by key"),
    ({"Digits": "*"}, "what is bothering you"),
    ({"SpeechResult": "i can't breathe"}, "call 9 1 1"),
    ({}, "call 9 1 1. Goodbye"),
]


def test_a_whole_call_in_valid_documents(client: FlaskClient, schema: etree.XMLSchema) -> None:
    document = post(client, "/voice")
    for form, expected in CONVERSATION:
        schema.assertValid(document)
        document = post(client, following(document), **form)
        assert expected.lower() in said(document).lower()
    schema.assertValid(document)
    assert document.find("Gather") is None
    assert document[-1].tag == "Hangup"


def test_the_greeting_says_what_it_is_and_where_emergencies_go(client: FlaskClient) -> None:
    document = post(client, "/voice")
    assert "If this is an emergency, hang up and dial 9 1 1." in said(document)
    gather = document.find("Gather")
    assert gather.get("input") == "dtmf speech"
    assert gather.get("profanityFilter") == "false"
    assert gather.get("actionOnEmptyResult") == "true"
    assert gather.get("language") == "en-US"
    assert all(say.get("voice") for say in document.iter("Say"))
    assert all(say.getparent().tag == "Gather" for say in document.iter("Say")), "a caller can talk over every prompt"


@pytest.mark.parametrize("country", ["", "ZZ", "ZZZ", "é"])
def test_an_unknown_country_hears_the_neutral_wording(client: FlaskClient, country: str) -> None:
    assert "your local emergency number" in said(post(client, "/voice", FromCountry=country))


@pytest.mark.parametrize("language", ["en", "es"])
def test_hints_keep_within_twilios_limits(catalog, language: str) -> None:
    entries = hints(catalog, language).split(",")
    assert 100 < len(entries) <= MAX_HINTS
    assert all(0 < len(entry) <= MAX_HINT for entry in entries)


def test_digits_win_over_a_stray_sound(client: FlaskClient) -> None:
    document = post(client, "/voice/turn", SpeechResult="cramps")
    assert "pull your toes" in said(post(client, following(document), Digits="1", SpeechResult="uh what"))


def test_three_silences_end_politely(client: FlaskClient) -> None:
    document = post(client, "/voice")
    for _ in range(2):
        document = post(client, following(document))
        assert document.find("Gather") is not None
    document = post(client, following(document))
    assert "Goodbye" in said(document)
    assert document[-1].tag == "Hangup"


def test_an_answer_resets_the_count_of_misses(client: FlaskClient) -> None:
    document = post(client, "/voice/turn?misses=2", SpeechResult="leg cramp")
    assert "misses" not in parse_qs(urlsplit(following(document)).query)


@pytest.mark.parametrize(
    "dialogue",
    [
        Dialogue(),
        Dialogue(language="es", topic="als", section="causes", choices=("als", "leg-cramp"), misses=2),
    ],
)
def test_the_state_travels_in_the_address(dialogue: Dialogue) -> None:
    query = {name: values[0] for name, values in parse_qs(urlsplit(address(dialogue)).query).items()}
    assert state(query) == dialogue


@pytest.mark.parametrize(
    "query",
    [
        "topic=nonsense&section=x",
        "language=xx",
        "misses=-1",
        "misses=9999",
        "choices=,,,",
        "choices=a,b&topic=",
        "x" * 3000,
    ],
)
def test_an_old_or_broken_address_gets_a_sensible_answer(client: FlaskClient, query: str) -> None:
    assert "pull your toes" in said(post(client, f"/voice/turn?{query}", SpeechResult="leg cramp")).lower()
