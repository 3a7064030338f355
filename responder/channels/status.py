"""Delivery reports: what became of the texts that were sent."""

import logging

from flask import Blueprint, Response, request

from responder.channels.signature import Signature
from responder.watch import Metrics

log = logging.getLogger("responder.status")
_LOST = ("failed", "undelivered")


def blueprint(signature: Signature, metrics: Metrics) -> Blueprint:
    """POST /status counts texts that did not arrive, by Twilio's error code. Nothing of them is kept."""
    status = Blueprint("status", __name__)

    @status.post("/status")
    def report() -> Response:
        signature.require(request)
        form = request.form
        if (form.get("MessageStatus") or form.get("SmsStatus")) in _LOST:
            code = metrics.delivery_failed(form.get("ErrorCode", ""))
            log.warning("A text was not delivered: error %s.", code)
        return Response(status=204)

    return status
