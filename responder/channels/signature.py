"""Is it Twilio? Only signed requests pass; without a token, only this machine's in development."""

import hmac

from flask import Request, abort
from twilio.request_validator import RequestValidator

from responder.origin import from_this_machine
from responder.settings import Settings

MAX_BODY = 64 * 1024
"""Twilio's own requests stay far below this many bytes."""


class Signature:
    """Verifies requests against the tokens and the public address in the settings."""

    def __init__(self, settings: Settings) -> None:
        self._base = settings.public_base_url
        self._validators = [RequestValidator(token) for token in settings.auth_tokens]
        self._open_to_loopback = settings.development and not self._validators

    def require(self, request: Request) -> None:
        """Ends the request with 403 unless it is genuine. Nothing else may have been done before."""
        genuine = from_this_machine(request) if self._open_to_loopback else self._signed(request)
        if not genuine:
            abort(403)

    def _signed(self, request: Request) -> bool:
        # Twilio signs the address as it was configured, byte for byte. request.url is decoded and,
        # behind a proxy, has another scheme and host; so the address is put together from what is configured
        # and the raw query string.
        query = request.query_string.decode("latin-1")
        url = self._base + request.path + (f"?{query}" if query else "")
        given = request.headers.get("X-Twilio-Signature", "")
        return any(_valid(validator, url, request, given) for validator in self._validators)


def _valid(validator: RequestValidator, url: str, request: Request, given: str) -> bool:
    try:
        # As configured first: the library would try it with and without a port in any case.
        computed = validator.compute_signature(url, request.form)
        return hmac.compare_digest(computed, given) or bool(validator.validate(url, request.form, given))
    except (ValueError, TypeError, IndexError):  # what the library raises for malformed input
        return False
