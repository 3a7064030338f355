"""What people get when the line itself fails: an apology and the emergency number, as valid TwiML."""

from collections.abc import Sequence

from flask import Request, Response
from twilio.twiml.messaging_response import MessagingResponse

from responder import segments
from responder.catalog.model import Catalog, LanguagePack
from responder.channels import speaking


def twiml(catalog: Catalog, request: Request) -> Response:
    """A document fit for the webhook that failed, in the language of the call, or else in the pack's first."""
    packs = [catalog.languages.get(request.args.get("language", ""), catalog.languages[catalog.default_language])]
    document = speaking.apology(packs) if request.path.startswith("/voice") else texted(packs)
    return Response(str(document), content_type="text/xml; charset=utf-8")


def texted(packs: Sequence[LanguagePack]) -> MessagingResponse:
    """The apology as a text, in each of the languages."""
    document = MessagingResponse()
    document.message("\n".join(map(_sentence, packs)))
    return document


def _sentence(pack: LanguagePack) -> str:
    texts = pack.phrases.texts
    return segments.fold(texts["trouble"].format(emergency=texts["emergency_number_unknown"]))
