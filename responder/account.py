"""The operator's Twilio account, through Twilio's own client, which is loaded only when it is used."""

import logging
from typing import TYPE_CHECKING

from responder.settings import Settings

if TYPE_CHECKING:
    from twilio.http.http_client import TwilioHttpClient
    from twilio.rest import Client

_silent = logging.getLogger("responder.account.requests")
_silent.disabled = True  # Twilio's client would log whom it texts


def reachable(settings: Settings) -> bool:
    """Whether the settings say which account it is and how to log in."""
    return bool(settings.account_sid and (settings.api_secret or settings.auth_tokens))


def connect(settings: Settings, *, seconds: float) -> "Client":
    """A client that waits at most `seconds` for a connection and as long again for an answer, and never retries."""
    from twilio.rest import Client

    if settings.api_key and settings.api_secret:
        login = (settings.api_key, settings.api_secret)
    else:
        login = (settings.account_sid, settings.auth_tokens[0])
    return Client(*login, settings.account_sid, http_client=requests(seconds))


def requests(seconds: float) -> "TwilioHttpClient":
    """What carries the requests; the tests put another one in its place."""
    from twilio.http.http_client import TwilioHttpClient

    return TwilioHttpClient(timeout=seconds, max_retries=0, logger=_silent)
