"""A page on this machine to text and call the line without an account, and to see why it answered so.

The page itself posts to the webhooks what Twilio would post, and reads the TwiML that comes back. The routes
here only show the page, begin a conversation afresh, and tell what the page cannot know: reasons and costs.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Blueprint, Response, abort, render_template, request, session

from responder.channels import messaging, voice
from responder.channels.signature import Signature
from responder.channels.simulator.examples import examples
from responder.channels.simulator.why import CENTS, Why, price
from responder.engine import Engine
from responder.turn import Dialogue, Inquiry

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
"""On every answer of the simulator: nothing from elsewhere, in no frame, kept nowhere."""


def blueprint(engine: Engine, signature: Signature) -> Blueprint:
    """GET / is the page; POST /simulator/... serves it. Only what `signature` lets pass is answered."""
    simulator = Blueprint(
        "simulator", __name__, template_folder="templates", static_folder="static", static_url_path="/simulator"
    )
    why = Why(engine)

    @simulator.before_request
    def only_from_here() -> None:
        signature.require(request)

    @simulator.after_request
    def guarded(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response

    @simulator.get("/")
    def page() -> str:
        catalog = engine.catalog
        return render_template("simulator/page.html", catalog=catalog, examples=examples(catalog), cents=CENTS)

    @simulator.post("/simulator/new")
    def new() -> tuple[str, int]:
        """Forgets the conversation; the next one is in the language given, or in whichever the words are."""
        language = _sent().get("language")
        session.clear()
        if language in engine.catalog.languages:
            session[messaging.DIALOGUE] = Dialogue(language=language).to_dict()
        return "", 204

    @simulator.post("/simulator/explain")
    def explain() -> dict[str, Any]:
        """Why the webhook at `address` will answer `form` as it will. Changes nothing; ask it before the webhook."""
        return why.explain(*_turn(_sent()))

    @simulator.post("/simulator/price")
    def priced() -> dict[str, Any]:
        """What sending `text` costs."""
        text = _sent().get("text")
        return price(text) if isinstance(text, str) else abort(400)

    return simulator


def _sent() -> dict[str, Any]:
    values = request.get_json()
    return values if isinstance(values, dict) else abort(400)


def _turn(values: Mapping[str, Any]) -> tuple[Inquiry, Dialogue]:
    """What the webhook at the address would read in the form, with what is remembered from the turn before."""
    address, form = values.get("address"), values.get("form")
    if not isinstance(address, str) or not isinstance(form, dict) or not all(isinstance(v, str) for v in form.values()):
        abort(400)
    if not address.startswith("/voice"):
        return messaging.parse(form), Dialogue.from_dict(session.get(messaging.DIALOGUE))
    return voice.parse(form), voice.state(dict(parse_qsl(urlsplit(address).query)))
