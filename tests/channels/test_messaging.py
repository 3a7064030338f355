"""Texts, by one table: what Twilio sends, what the person gets."""

from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml.messaging_response import MessagingResponse

from responder import segments
from responder.channels.messaging import DIALOGUE, parse, twiml


@pytest.fixture
def client(client: FlaskClient) -> FlaskClient:
    """Someone who has texted before; what a first text gets is in test_texting.py."""
    with client.session_transaction() as session:
        session[DIALOGUE] = {"met": True}
    return client


def reply(client: FlaskClient, **form: str) -> str | None:
    """The one message sent back to `form`, or None for silence."""
    answer = client.post("/sms", data={"From": "+15551234567", "FromCountry": "US", **form})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.data)
    assert root.tag == "Response"
    assert len(root) <= 1
    return root[0].text if len(root) else None


def test_a_question_gets_answer_reminder_and_hint(client: FlaskClient, catalog) -> None:
    text = catalog.topics["back-spasm"].texts["en"]
    phrases = catalog.languages["en"].phrases.texts
    said = reply(client, Body="why does my back keep going into spasm")
    assert said == "\n".join([text.answer, text.see_doctor, phrases["reminder"], phrases["hint"]])
    assert segments.cost(said).encoding == "GSM-7"
    assert segments.cost(said).segments <= 2


@pytest.mark.parametrize(
    ("form", "phrase"),
    [
        ({}, "empty"),
        ({"Body": ""}, "empty"),
        ({"Body": "   "}, "empty"),
        ({"Body": "\U0001f62d\U0001f62d"}, "empty"),
        ({"Body": "?!"}, "empty"),
        ({"Body": "", "NumMedia": "1", "MediaUrl0": "https://x"}, "picture"),
        ({"Body": "x" * 1600}, "fallback"),
        ({"Body": "qwertz uiop"}, "fallback"),
        ({"Body": "hello"}, "greeting"),
        ({"Body": "thanks!"}, "thanks"),
        ({"Body": "more"}, "nothing_before"),
    ],
)
def test_what_is_no_question_gets_a_fitting_sentence(
    client: FlaskClient, catalog, form: dict[str, str], phrase: str
) -> None:
    phrases = catalog.languages["en"].phrases.texts
    said = reply(client, **form)
    assert said is not None
    assert said.startswith(phrases[phrase])
    assert "doctor" in said


@pytest.mark.parametrize(
    "word",
    ["STOP", "stop", "Unsubscribe", "END", "quit", "STOPALL", "revoke", "OptOut", "CANCEL", "START", "yes", "UNSTOP"],
)
def test_what_twilio_answers_itself_gets_silence(client: FlaskClient, word: str) -> None:
    assert reply(client, Body=word) is None


@pytest.mark.parametrize(
    "body", ["STOP it hurts my leg cramp", "help me my back went out", "I want more magnesium for my leg cramps"]
)
def test_a_command_word_inside_a_question_is_no_command(client: FlaskClient, body: str) -> None:
    answer = client.post("/sms", data={"Body": body})
    assert b"<Message>" in answer.data
    assert b"automated" not in answer.data


@pytest.mark.parametrize(
    ("sender", "channel"),
    [
        ("+15551234567", "sms"),
        ("whatsapp:+15551234567", "whatsapp"),
        ("whatsapp:US.ABC123XYZ", "whatsapp"),
        ("rcs:brand_agent", "rcs"),
        ("BANK", "sms"),
        ("", "sms"),
    ],
)
def test_senders_need_not_be_telephone_numbers(client: FlaskClient, sender: str, channel: str) -> None:
    assert parse({"From": sender}).channel == channel
    assert reply(client, From=sender, Body="leg cramp")


def test_accents_are_folded_for_sms_only(client: FlaskClient) -> None:
    body = "me dan calambres en la pantorrilla por la noche"
    texted, chatted = reply(client, Body=body), reply(client, Body=body, From="whatsapp:+15551234567")
    assert texted
    assert chatted
    assert segments.cost(texted).encoding == "GSM-7"
    assert segments.fold(chatted) == texted != chatted


@pytest.mark.parametrize(
    ("form", "country"),
    [
        ({"FromCountry": "us"}, "US"),
        ({"FromCountry": "USA"}, None),
        ({"FromCountry": "<x"}, None),
        ({}, None),
        ({"From": "whatsapp:MX.abc123"}, "MX"),
        ({"From": "whatsapp:MX.abc123", "FromCountry": "ES"}, "ES"),
    ],
)
def test_the_country_is_read_where_it_is_certain(form: dict[str, str], country: str | None) -> None:
    assert parse(form).country == country


def test_a_button_of_a_chat_counts_as_its_words() -> None:
    assert parse({"ButtonText": "Leg cramp"}).text == "Leg cramp"


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("US", "911"),
        ("CA", "911"),
        ("MX", "911"),
        ("GB", "999"),
        ("IE", "112"),
        ("AU", "000"),
        ("NZ", "111"),
        ("ES", "112"),
        ("IN", "112"),
        ("NG", "your local emergency number"),  # not sure enough to be told
        ("ZZ", "your local emergency number"),
        ("", "your local emergency number"),
    ],
)
def test_an_emergency_names_the_countrys_number_and_nothing_else(
    client: FlaskClient, catalog, country: str, number: str
) -> None:
    said = reply(client, Body="i have crushing chest pain and my left arm is numb", FromCountry=country)
    assert said is not None
    assert said.startswith(f"This may be an emergency. Call {number}")
    assert "MORE" not in said
    assert all(topic.texts["en"].answer not in said for topic in catalog.topics.values())


def test_more_goes_on_and_a_number_chooses(client: FlaskClient, catalog) -> None:
    topic = catalog.topics["leg-cramp"].texts["en"]
    reply(client, Body="calf cramp")
    assert (reply(client, Body="MORE") or "").startswith(topic.sections["symptoms"])
    assert (reply(client, Body="causes") or "").startswith(topic.sections["causes"])
    offered = reply(client, Body="cramps") or ""
    assert "1 Leg or calf cramp" in offered
    assert (reply(client, Body="1") or "").startswith(topic.answer)


def test_a_forged_cookie_is_a_fresh_start(client: FlaskClient) -> None:
    client.set_cookie("responder", "eyJkIjp7InRvcGljIjoiYWxzIn19.forged.signature")
    assert (reply(client, Body="more") or "").startswith("Ask me first")


def test_the_cookie_holds_no_words(client: FlaskClient) -> None:
    client.post("/sms", data={"Body": "secretword makes my calf cramp", "From": "+15551234567"})
    with client.session_transaction() as session:
        assert "secretword" not in str(dict(session))
        assert "555" not in str(dict(session))


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n<>&\"'")))
def test_a_document_is_letter_for_letter_that_of_twilios_library(text: str) -> None:
    response = MessagingResponse()
    if text:
        response.message(text)
    assert twiml(text) == str(response)
