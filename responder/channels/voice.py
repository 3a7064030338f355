"""Calls: Twilio's voice webhook, a Gather for every turn, no state on the server."""

import time
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from twilio.twiml.voice_response import Gather, VoiceResponse

from responder import speech
from responder.catalog.model import Catalog, LanguagePack
from responder.channels.signature import Signature
from responder.engine import Engine
from responder.journal import Given, Journal, Turn
from responder.turn import Dialogue, Inquiry, Reply

MAX_HINTS, MAX_HINT, MAX_ALL_HINTS = 500, 100, 8_000
"""Twilio takes 500 hints of 100 characters; we stay far below its 64 kB for the whole document."""
_LISTEN_SECONDS = 6


def blueprint(engine: Engine, signature: Signature, journal: Journal) -> Blueprint:
    """POST /voice greets; POST /voice/turn takes every later turn, its state in the signed query."""
    voice = Blueprint("voice", __name__)
    lines = {code: _PhoneLine(engine.catalog, pack) for code, pack in engine.catalog.languages.items()}

    @voice.post("/voice")
    def answer_call() -> Response:
        signature.require(request)
        first = lines[engine.catalog.default_language]
        return lines.get(request.args.get("language", ""), first).greet(_country(request.form))

    @voice.post("/voice/turn")
    def turn() -> Response:
        signature.require(request)
        call_id, number = request.form.get("CallSid", ""), turn_number(request.args)
        message_id, sender = f"{call_id}.{number}" if call_id else "", request.form.get("From", "")
        given = journal.known(message_id, sender).given or answer(message_id, sender, number)
        return Response(given.document, content_type="text/xml; charset=utf-8")

    def answer(message_id: str, sender: str, number: int) -> Given:
        started = time.perf_counter()
        inquiry = parse(request.form)
        reply, after = engine.respond(inquiry, state(request.args))
        given = Given(lines[reply.language].say(reply, after, number + 1).get_data(as_text=True), after)
        spent = (time.perf_counter() - started) * 1000
        turn = Turn(message_id, sender, inquiry, reply, given, engine.catalog.version, milliseconds=spent)
        return journal.record(turn)

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
    )


def state(query: Mapping[str, str]) -> Dialogue:
    """The dialogue in a turn's address; a missing or malformed one is a fresh start."""
    misses = query.get("misses", "")
    return Dialogue.from_dict(
        {
            "language": query.get("language"),
            "topic": query.get("topic"),
            "section": query.get("section"),
            "choices": query.get("choices", "").split(","),
            "misses": int(misses) if misses in set("123456789") else 0,
        }
    )


def address(dialogue: Dialogue, number: int = 1) -> str:
    """Where the next turn goes: relative, so that Twilio resolves it against the address it called."""
    values = dialogue.to_dict() | {"turn": number}
    if "choices" in values:
        values["choices"] = ",".join(values["choices"])
    return f"/voice/turn?{urlencode(values)}"


class _PhoneLine:
    """Speaks and listens in one language."""

    def __init__(self, catalog: Catalog, pack: LanguagePack) -> None:
        self._pack = pack
        self._catalog = catalog
        self._hints = hints(catalog, pack.code)

    def greet(self, country: str | None) -> Response:
        spoken, texts = self._pack.phrases.spoken, self._pack.phrases.texts
        lines = self._catalog.countries.get(country or "")
        number = (
            " ".join(lines.emergency.number) if lines and lines.emergency.told else texts["emergency_number_unknown"]
        )
        greeting = spoken["greeting"].format(name=self._catalog.name, emergency=number)
        return self._listen([greeting, spoken["ask"]], Dialogue(language=self._pack.code), 1)

    def say(self, reply: Reply, dialogue: Dialogue, number: int) -> Response:
        parts = [*reply.sentences, reply.reminder, reply.prompt]
        if not reply.ends:
            return self._listen(parts, dialogue, number)
        document = VoiceResponse()
        self._speak(document, parts)
        document.hangup()
        return _xml(document)

    def _listen(self, parts: Iterable[str], dialogue: Dialogue, number: int) -> Response:
        action = address(dialogue, number)
        document = VoiceResponse()
        gather = Gather(
            input="dtmf speech",
            action=action,
            method="POST",
            language=self._pack.voice.locale,
            hints=self._hints,
            profanity_filter=False,
            action_on_empty_result=True,
            timeout=_LISTEN_SECONDS,
            speech_timeout="auto",
            num_digits=1,
        )
        self._speak(gather, parts)
        document.append(gather)
        document.redirect(action, method="POST")
        return _xml(document)

    def _speak(self, verb: VoiceResponse | Gather, parts: Iterable[str]) -> None:
        sounds = self._pack.lexicon.spoken
        for part in filter(None, parts):
            text = speech.spoken(part, sounds, self._pack.phrases.spoken["to"])
            verb.say(text, voice=self._pack.voice.voice, language=self._pack.voice.locale)


def hints(catalog: Catalog, language: str) -> str:
    """Titles and keywords for the recogniser, the commonest topics' first, within Twilio's limits."""
    order = dict.fromkeys((*catalog.menu, *catalog.topics))
    texts = [catalog.topics[topic].texts[language] for topic in order]
    depth = max(len(text.keywords) for text in texts)
    phrases = [text.title for text in texts]
    phrases += [text.keywords[place] for place in range(depth) for text in texts if place < len(text.keywords)]
    kept: list[str] = []
    used = 0
    for phrase in dict.fromkeys(phrase.replace(",", " ") for phrase in phrases):
        used += len(phrase) + 1
        if len(kept) == MAX_HINTS or used > MAX_ALL_HINTS:
            break
        if len(phrase) <= MAX_HINT:
            kept.append(phrase)
    return ",".join(kept)


def _country(form: Mapping[str, str]) -> str | None:
    given = form.get("FromCountry", "")
    return given.upper() if len(given) == 2 and given.isascii() and given.isalpha() else None


def _xml(document: VoiceResponse) -> Response:
    return Response(str(document), content_type="text/xml; charset=utf-8")
