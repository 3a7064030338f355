"""Texts: SMS, MMS, RCS and WhatsApp, as Twilio's messaging webhook brings them."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from flask import Blueprint, Request, Response, request, session

from responder import carrier, segments
from responder.catalog.model import ALARMS
from responder.channels.signature import Signature
from responder.engine import Engine
from responder.journal import Given, Journal, Known, Turn
from responder.limits import Limits
from responder.turn import About, Channel, Dialogue, Inquiry, Reply

_COUNTRY = re.compile(r"[A-Za-z]{2}")
_USERNAME = re.compile(r"whatsapp:([A-Za-z]{2})\.[A-Za-z0-9]+")
DIALOGUE = "d"
"""What the cookie calls it."""
_OUT = "out"
"""In the cookie: the sender said STOP. Holds where the journal's database cannot be asked."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the settings say about texts."""

    limits: Limits
    about: About = field(default_factory=About)
    own_keywords: bool = False
    """Whether the line itself answers STOP, START and HELP, because Twilio's own handling is switched off."""


class ErasureError(RuntimeError):
    """What is kept about a sender could not be erased: the apology goes out instead of a promise."""


def blueprint(engine: Engine, signature: Signature, journal: Journal, rules: Rules) -> Blueprint:
    """POST /sms: one message in, one message (or none) out."""
    messaging = Blueprint("messaging", __name__)
    texts = _Texts(engine, journal, rules)

    @messaging.post("/sms")
    def sms() -> Response:
        signature.require(request)
        given = texts.given(identity(request), request.form.get("From", ""), request.form)
        session[DIALOGUE] = given.dialogue.to_dict()
        return Response(given.document, content_type="text/xml; charset=utf-8")

    return messaging


def identity(request: Request) -> str:
    """What a message that Twilio sends again has in common with the first time; empty where there is nothing."""
    token = request.headers.get("I-Twilio-Idempotency-Token", "")
    # The header is not signed: it must never pass for a message's own number.
    return request.form.get("MessageSid", "") or (f"token {token}" if token else "")


class _Texts:
    """What is around a turn of the engine: duplicates, opting out, first contact, limits, the journal."""

    def __init__(self, engine: Engine, journal: Journal, rules: Rules) -> None:
        self._engine, self._journal, self._rules = engine, journal, rules

    def given(self, message_id: str, sender: str, form: Mapping[str, str]) -> Given:
        """The reply to a message: the one it already got, or else a new one."""
        with self._rules.limits.claim(message_id) as left:
            if left:  # by another worker, a moment ago
                return Given(str(left["document"]), Dialogue.from_dict(left["dialogue"]))
            dialogue = Dialogue.from_dict(session.get(DIALOGUE))
            known = self._journal.known(message_id, sender, met=not dialogue.met)
            given = known.given or self._answer(message_id, sender, self._inquiry(form, dialogue, known), dialogue)
            self._rules.limits.leave(message_id, {"document": given.document, "dialogue": given.dialogue.to_dict()})
            return given

    def _inquiry(self, form: Mapping[str, str], dialogue: Dialogue, known: Known) -> Inquiry:
        inquiry = parse(form)
        ours = self._rules.own_keywords and not form.get("OptOutType")
        return inquiry._replace(
            keyword=None if ours else inquiry.keyword,
            opted_out=known.opted_out or (not known.sure and bool(session.get(_OUT))),
            first=not (dialogue.met or known.met),
            about=self._rules.about,
        )

    def _answer(self, message_id: str, sender: str, inquiry: Inquiry, before: Dialogue) -> Given:
        started = time.perf_counter()
        reply, after = self._engine.respond(inquiry, before)
        self._obey(reply.command, sender)
        if reply.text and not self._allowed(sender, reply):
            reply, after = Reply("silence", reply.language), before
        text = body(reply, inquiry.channel)
        given = Given(twiml(text), after)
        cost = segments.cost(text).segments if text else 0
        spent = (time.perf_counter() - started) * 1000
        whose = "" if reply.command == "forget" else sender  # the row of who is forgotten must point to nobody
        version = self._engine.catalog.version
        return self._journal.record(Turn(message_id, whose, inquiry, reply, given, version, cost, spent))

    def _obey(self, command: str | None, sender: str) -> None:
        if command == "stop":
            session[_OUT] = True
            self._journal.opt_out(sender)
        elif command == "start":
            session.pop(_OUT, None)
            self._journal.opt_in(sender)
        elif command == "forget" and not self._journal.forget(sender):
            raise ErasureError

    def _allowed(self, sender: str, reply: Reply) -> bool:
        whose = self._journal.senders.current(sender)
        return self._rules.limits.allow(whose, reply.text, alarm=reply.level in ALARMS)


def parse(form: Mapping[str, str]) -> Inquiry:
    """The inquiry in Twilio's parameters; whatever is missing or malformed is read as absent."""
    channel = _channel(form)
    text = form.get("Body", "").strip() or form.get("ButtonText", "")
    return Inquiry(
        text=text,
        channel=channel,
        country=_country(form),
        media=_positive(form.get("NumMedia", "")),
        keyword=carrier.answered(text, channel, form.get("OptOutType", "")),
    )


def twiml(text: str) -> str:
    """The document that sends `text`, or nothing where it is empty; letter for letter what Twilio's library makes."""
    verb = f"<Response><Message>{escape(text, quote=False)}</Message></Response>" if text else "<Response />"
    return f'<?xml version="1.0" encoding="UTF-8"?>{verb}'


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
