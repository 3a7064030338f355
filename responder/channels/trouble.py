"""What people get when the line itself fails: an apology and the emergency number, as valid TwiML."""

from flask import Request, Response
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import VoiceResponse

from responder import segments
from responder.catalog.model import Catalog


def twiml(catalog: Catalog, request: Request) -> Response:
    """A document fit for the webhook that failed, in the pack's first language."""
    pack = catalog.languages[catalog.default_language]
    emergency = pack.phrases.texts["emergency_number_unknown"]
    sentence = pack.phrases.texts["trouble"].format(emergency=emergency)
    if request.path.startswith("/voice"):
        call = VoiceResponse()
        call.say(sentence, voice=pack.voice.voice, language=pack.voice.locale)
        call.hangup()
        return Response(str(call), content_type="text/xml; charset=utf-8")
    text = MessagingResponse()
    text.message(segments.fold(sentence))
    return Response(str(text), content_type="text/xml; charset=utf-8")
