"""Texts: SMS, MMS, RCS and WhatsApp, as Twilio's messaging webhook brings them."""

import re
import time
from collections.abc import Mapping

from flask import Blueprint, Response, request, session
from twilio.twiml.messaging_response import MessagingResponse

from responder import segments
from responder.channels.signature import Signature
from responder.engine import Engine
from responder.journal import Given, Journal, Turn
from responder.turn import Channel, Dialogue, Inquiry, Reply

_COUNTRY = re.compile(r"[A-Za-z]{2}")
_USERNAME = re.compile(r"whatsapp:([A-Za-z]{2})\.[A-Za-z0-9]+")
DIALOGUE = "d"
"""What the cookie calls it."""


def blueprint(engine: Engine, signature: Signature, journal: Journal) -> Blueprint:
    """POST /sms: one message in, one message (or none) out."""
    messaging = Blueprint("messaging", __name__)

    @messaging.post("/sms")
    def sms() -> Response:
        signature.require(request)
        message_id, sender = request.form.get("MessageSid", ""), request.form.get("From", "")
        given = journal.known(message_id, sender).given or answer(message_id, sender)
        session[DIALOGUE] = given.dialogue.to_dict()
        return Response(given.document, content_type="text/xml; charset=utf-8")

    def answer(message_id: str, sender: str) -> Given:
        started = time.perf_counter()
        inquiry = parse(request.form)
        reply, dialogue = engine.respond(inquiry, Dialogue.from_dict(session.get(DIALOGUE)))
        given = Given(twiml(reply, inquiry.channel).get_data(as_text=True), dialogue)
        cost = segments.cost(body(reply, inquiry.channel)).segments if reply.text else 0
        spent = (time.perf_counter() - started) * 1000
        return journal.record(Turn(message_id, sender, inquiry, reply, given, engine.catalog.version, cost, spent))

    return messaging


def parse(form: Mapping[str, str]) -> Inquiry:
    """The inquiry in Twilio's parameters; whatever is missing or malformed is read as absent."""
    channel = _channel(form)
    return Inquiry(
        text=form.get("Body", "").strip() or form.get("ButtonText", ""),
        channel=channel,
        country=_country(form),
        media=_positive(form.get("NumMedia", "")),
    )


def twiml(reply: Reply, channel: Channel) -> Response:
    """The reply as TwiML; an SMS is folded into GSM-7, other channels keep every accent at no cost."""
    document = MessagingResponse()
    text = body(reply, channel)
    if text:
        document.message(text)
    return Response(str(document), content_type="text/xml; charset=utf-8")


def body(reply: Reply, channel: Channel) -> str:
    """The reply's text exactly as it is sent on `channel`."""
    return segments.fold(reply.text) if channel == "sms" else reply.text


def _channel(form: Mapping[str, str]) -> Channel:
    sender = form.get("From", "")
    if sender.startswith("whatsapp:"):
        return "whatsapp"
    if sender.startswith("rcs:") or '"rcs"' in form.get("ChannelMetadata", ""):
        return "rcs"
    return "sms"


def _country(form: Mapping[str, str]) -> str | None:
    given = form.get("FromCountry", "")
    if _COUNTRY.fullmatch(given):
        return given.upper()
    username = _USERNAME.fullmatch(form.get("From", ""))
    return username.group(1).upper() if username else None


def _positive(number: str) -> bool:
    return number.isascii() and number.isdigit() and number.strip("0") != ""
