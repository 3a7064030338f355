"""Calls: Twilio's voice webhook, a Gather for every turn, no state on the server."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from twilio.twiml.voice_response import VoiceResponse

from responder import speech
from responder.channels.messaging import body
from responder.channels.person import RING_SECONDS, Person
from responder.channels.signature import Signature
from responder.channels.speaking import PhoneLine
from responder.channels.texting import DELIVERED, STOPPED, Copy, Texting
from responder.engine import Engine
from responder.journal import Given, Journal, Turn
from responder.settings import Settings
from responder.turn import Action, Dialogue, Inquiry, Reply


@dataclass(frozen=True, slots=True)
class Services:
    """What calls need besides the engine. One for all content: it is kept when the content changes."""

    journal: Journal
    texting: Texting
    person: Person

    @classmethod
    def of(
        cls, settings: Settings, journal: Journal, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> "Services":
        """Those that the settings ask for."""
        return cls(journal, Texting(settings, journal), Person.of(settings, now))


def blueprint(engine: Engine, signature: Signature, services: Services) -> Blueprint:
    """POST /voice greets; /voice/turn takes every later turn, its state in the signed query; /voice/over follows a
    call that was handed over."""
    voice = Blueprint("voice", __name__)
    calls = _Calls(engine, services)

    @voice.post("/voice")
    def answer_call() -> Response:
        signature.require(request)
        return _xml(str(calls.greeting(request.args.get("language", ""), request.form)))

    @voice.post("/voice/turn")
    def turn() -> Response:
        signature.require(request)
        return _xml(calls.given(request.form, request.args).document)

    @voice.post("/voice/over")
    def over() -> Response:
        signature.require(request)
        return _xml(calls.given(request.form, request.args, over=True).document)

    return voice


def turn_number(query: Mapping[str, str]) -> int:
    """Which turn of the call this is: a request that comes again has the same, so it counts once."""
    given = query.get("turn", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 4 else 1


def parse(form: Mapping[str, str]) -> Inquiry:
    """The inquiry in Twilio's parameters. Keys pressed win over a stray sound heard with them."""
    digits = form.get("Digits", "").strip()
    return Inquiry(
        text="" if digits else form.get("SpeechResult", ""),
        digits=digits,
        channel="voice",
        country=_country(form),
        called=form.get("To", ""),
    )


def state(query: Mapping[str, str]) -> Dialogue:
    """The dialogue in a turn's address; a missing or malformed one is a fresh start."""
    counts = {name: _figure(query.get(name, "")) for name in ("misses", "page", "repeats")}
    words = {name: query.get(name) for name in ("language", "topic", "section", "alarm")}
    return Dialogue.from_dict({**words, **counts, "choices": query.get("choices", "").split(",")})


def address(dialogue: Dialogue, number: int = 1, *, path: str = "turn", refusal: str = "") -> str:
    """Where the call goes on: relative, so that Twilio resolves it against the address it called.

    `refusal` is why this caller cannot be texted, found out by trying.
    """
    values = dialogue.to_dict() | {"turn": number} | ({"text": refusal} if refusal else {})
    if "choices" in values:
        values["choices"] = ",".join(values["choices"])
    return f"/voice/{path}?{urlencode(values)}"


class _Calls:
    """What is around a turn of the engine: duplicates, texts, handing over, the journal."""

    def __init__(self, engine: Engine, services: Services) -> None:
        self._engine, self._services = engine, services
        self._lines = {code: PhoneLine(engine.catalog, pack) for code, pack in engine.catalog.languages.items()}

    def greeting(self, language: str, form: Mapping[str, str]) -> VoiceResponse:
        """The first document of a call."""
        code = language if language in self._lines else self._engine.catalog.default_language
        return self._lines[code].greet(_country(form), address(Dialogue(language=code)))

    def given(self, form: Mapping[str, str], query: Mapping[str, str], *, over: bool = False) -> Given:
        """The document for a turn: the one it already got, or else a new one."""
        call_id, sender = form.get("CallSid", ""), form.get("From", "")
        message_id = f"{call_id}.{turn_number(query)}{'.over' if over else ''}" if call_id else ""
        known = self._services.journal.known(message_id, sender)
        if known.given:
            return known.given
        if over and form.get("DialCallStatus") in ("completed", "answered"):
            line = self._lines.get(state(query).language or "", self._lines[self._engine.catalog.default_language])
            return Given(str(line.end()))
        started = time.perf_counter()
        refusal = STOPPED if known.opted_out else self._refusal(query, sender)
        inquiry = parse(form)._replace(can=self._can(refusal), unconnected=over)
        reply, after = self._engine.respond(inquiry, state(query))
        if reply.action == "text":
            reply, refusal = self._texted(reply, form, refusal)
        given = Given(str(self._document(reply, after, form, turn_number(query) + 1, refusal)), after)
        spent = (time.perf_counter() - started) * 1000
        version = self._engine.catalog.version
        return self._services.journal.record(
            Turn(message_id, sender, inquiry, reply, given, version, milliseconds=spent)
        )

    def _document(
        self, reply: Reply, after: Dialogue, form: Mapping[str, str], number: int, refusal: str
    ) -> VoiceResponse:
        line = self._lines[reply.language]
        known_before = refusal if self._services.texting.refusal(form.get("From", "")) is None else ""
        if reply.action == "person":
            # Withheld numbers may not be dialled from; the line's own may.
            caller_id = None if speech.is_number(form.get("From", "")) else form.get("To") or None
            action = address(after, number, path="over", refusal=known_before)
            return line.hand_over(reply, self._services.person.number, action, caller_id, RING_SECONDS)
        return line.say(reply, address(after, number, refusal=known_before), alarm=after.alarm != "none")

    def _refusal(self, query: Mapping[str, str], sender: str) -> str:
        """Why this caller cannot be texted; empty where it is worth trying."""
        found = query.get("text", "")
        spoken = self._engine.catalog.languages[self._engine.catalog.default_language].phrases.spoken
        before = found if found.startswith("text_") and found in spoken else ""
        return self._services.texting.refusal(sender) or before

    def _can(self, refusal: str) -> frozenset[Action]:
        can: set[Action] = set() if refusal else {"text"}
        if self._services.person.there:
            can.add("person")
        return frozenset(can)

    def _texted(self, reply: Reply, form: Mapping[str, str], refusal: str) -> tuple[Reply, str]:
        """The reply that says what became of the text, and why no other is worth trying."""
        outcome = refusal
        if not refusal:
            text = body(self._engine.as_text(reply, _country(form)), "sms")
            told = f"{reply.topic}.{reply.section}" if reply.section else reply.topic or ""
            copy = Copy(form.get("CallSid", ""), form.get("From", ""), form.get("To", ""), told, text)
            outcome = self._services.texting.send(copy)
        sentence = self._engine.catalog.languages[reply.language].phrases.spoken[outcome]
        return reply._replace(sentences=(sentence,)), "" if outcome in DELIVERED else outcome


def _country(form: Mapping[str, str]) -> str | None:
    given = form.get("FromCountry", "")
    return given.upper() if len(given) == 2 and given.isascii() and given.isalpha() else None


def _figure(text: str) -> int:
    return int(text) if text in set("123456789") else 0


def _xml(document: str) -> Response:
    return Response(document, content_type="text/xml; charset=utf-8")
