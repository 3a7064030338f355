"""The least that answers Twilio: checks the signature and echoes. What `bench.webhook` compares with."""

import os

from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

app = Flask(__name__)
validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
base = os.environ["PUBLIC_BASE_URL"]


@app.post("/sms")
def sms() -> Response:
    if not validator.validate(base + request.path, request.form, request.headers.get("X-Twilio-Signature", "")):
        abort(403)
    response = MessagingResponse()
    response.message(request.form.get("Body", ""))
    return Response(str(response), content_type="text/xml")
