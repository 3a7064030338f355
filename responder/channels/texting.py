"""From a call to a text: what was told, sent to the caller by Twilio's Messages API."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from responder import account, speech
from responder.journal import Journal
from responder.settings import Settings

if TYPE_CHECKING:
    from twilio.rest import Client

log = logging.getLogger("responder.texting")

WAIT = 1.5
"""Seconds that a call waits to learn whether Twilio took the text."""
_PATIENCE = 10.0
"""Seconds that the request itself may take: it goes on while the call does."""
_THREADS, _MOST_WAITING = 8, 32

SENT, COMING, ALREADY, FAILED, UNABLE = "text_sent", "text_coming", "text_already", "text_failed", "text_unable"
STOPPED, WITHHELD = "text_stopped", "text_withheld"
DELIVERED = (SENT, COMING, ALREADY)
"""After these the caller may ask for another text; after all others it is no use."""
REASONS = {
    21211: "text_landline",  # invalid To
    21217: "text_landline",  # To is no telephone number
    21612: "text_landline",  # no way to reach To from this number
    21614: "text_landline",  # To takes no texts
    30006: "text_landline",  # landline or unreachable carrier
    21610: STOPPED,
    21408: "text_abroad",
    21601: UNABLE,  # the line's number cannot text
    21606: UNABLE,
    21608: UNABLE,  # a trial account texts only numbers it has verified
    21659: UNABLE,  # it is not the account's
    21660: UNABLE,
    30032: UNABLE,  # toll-free, not verified
    30034: UNABLE,  # 10DLC, not registered
    20003: UNABLE,  # wrong login
}
"""Twilio's error codes as what the caller hears."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A text to send."""

    call_id: str
    caller: str
    called: str
    told: str
    """Names what it holds: the same is sent once in a call."""
    body: str


class Texting:
    """Sends copies, each once. Never raises, and never holds up a call for longer than WAIT."""

    def __init__(self, settings: Settings, journal: Journal) -> None:
        self._settings, self._journal = settings, journal
        self._room = threading.BoundedSemaphore(_MOST_WAITING)
        service, base = settings.messaging_service, settings.public_base_url
        self._through = {"messaging_service_sid": service} if service else {}
        self._report = {"status_callback": f"{base}/status"} if base else {}

    def refusal(self, caller: str) -> str | None:
        """Why nothing can be texted to this caller, as the phrase to say; None where it is worth trying."""
        if not account.reachable(self._settings):
            return UNABLE
        return None if speech.is_number(caller) else WITHHELD

    def send(self, copy: Copy) -> str:
        """The phrase that says what became of it."""
        if refusal := self.refusal(copy.caller):
            return refusal
        if not self._through and not speech.is_number(copy.called):
            return UNABLE
        if not self._journal.first_text(copy.call_id, copy.told, copy.caller):
            return ALREADY
        if not self._room.acquire(blocking=False):
            log.error("Texts pile up: Twilio's API does not answer.")
            return FAILED
        sending = self._threads.submit(self._deliver, copy)
        sending.add_done_callback(lambda _: self._room.release())
        done, _ = wait([sending], timeout=WAIT)
        return sending.result() if done else COMING

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(_THREADS, thread_name_prefix="texting")

    @cached_property
    def _client(self) -> "Client":
        return account.connect(self._settings, seconds=_PATIENCE)

    def _deliver(self, copy: Copy) -> str:
        import requests
        from twilio.base.exceptions import TwilioException, TwilioRestException

        sender = self._through or {"from_": copy.called}
        try:
            self._client.messages.create(to=copy.caller, body=copy.body, **sender, **self._report)
        except TwilioRestException as error:
            log.warning("A text was refused: error %s, status %s.", error.code, error.status)
            return REASONS.get(error.code or 0, FAILED)
        except (requests.ConnectTimeout, requests.exceptions.SSLError) as error:
            return _lost(error, FAILED)
        except requests.RequestException as error:  # it may have arrived: to say that it failed could be a lie
            return _lost(error, COMING)
        except (TwilioException, ValueError) as error:  # an answer that is not Twilio's
            return _lost(error, FAILED)
        return SENT


def _lost(error: Exception, phrase: str) -> str:
    log.warning("A text may be lost: %s.", type(error).__name__)
    return phrase
