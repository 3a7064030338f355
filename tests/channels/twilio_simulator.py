"""A simulated Twilio: signed requests, cookies for each pair of numbers, retries, relative addresses, and telephones
that do what a TwiML document says.

It knows nothing of this project: it calls webhooks of any Flask application and follows the TwiML that comes back.
"""

import secrets
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from flask import Flask
from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator

MOST_HOPS = 10
"""Documents in a row without anyone saying a thing: a loop."""
KEYS = "0123456789*#"


class BrokenCallError(AssertionError):
    """Something that Twilio would end the call for, or complain about."""


@dataclass
class Twilio:
    """The platform: the account's token, and where the numbers' webhooks are."""

    app: Flask
    token: str
    base: str
    retries: bool = False
    """Every request is sent a second time, as after a lost connection; the answer must be the very same."""
    clients: dict[tuple[str, str], FlaskClient] = field(default_factory=dict)

    def post(self, address: str, form: dict[str, str]) -> ElementTree.Element:
        """The root of the document that the webhook at `address` answers."""
        first = self._send(address, form)
        if self.retries and self._send(address, form) != first:
            raise BrokenCallError(f"another answer to the same request: {address}")
        root = ElementTree.fromstring(first)
        if root.tag != "Response" or len(first) > 64 * 1024:
            raise BrokenCallError(f"no TwiML, or too much of it: {address}")
        return root

    def _send(self, address: str, form: dict[str, str]) -> bytes:
        parts = urlsplit(address)
        if address[: len(self.base)] != self.base:
            raise BrokenCallError(f"leads elsewhere: {address}")
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        pair = (form.get("From", ""), form.get("To", ""))
        client = self.clients.setdefault(pair, self.app.test_client())
        signature = RequestValidator(self.token).compute_signature(address, form)
        headers = {"X-Twilio-Signature": signature, "User-Agent": "TwilioProxy/1.1", "Accept": "*/*"}
        answer = client.post(path, data=form, headers=headers, base_url=self.base)
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code != 200 or not kind.startswith(("text/xml", "application/xml", "text/html")):
            raise BrokenCallError(f"{answer.status_code} {kind} from {address}")
        return answer.data


@dataclass
class Call:
    """One call to the line, from its side of the telephone."""

    twilio: Twilio
    caller: str = "+15551234567"
    called: str = "+15005550006"
    country: str = "US"
    said: list[tuple[str, str]] = field(default_factory=list)
    """What was heard since the caller last did something: language, words."""
    document: ElementTree.Element | None = None
    address: str = ""
    gather: ElementTree.Element | None = None
    dialling: ElementTree.Element | None = None
    over: bool = False
    sid: str = field(default_factory=lambda: "CA" + secrets.token_hex(16))

    def dial(self, path: str = "/voice") -> "Call":
        """The line picks up."""
        self._follow(self.twilio.base + path, {"CallStatus": "ringing"})
        return self

    @property
    def heard(self) -> str:
        """All that was said since the caller last did something."""
        return " ".join(words for _, words in self.said)

    def speak(self, words: str) -> "Call":
        """Says something, which the recogniser writes as it does: a capital first, a full stop last."""
        if "speech" not in self._listening().get("input", "dtmf"):
            raise BrokenCallError("the line does not listen to speech")
        heard = words[:1].upper() + words[1:] + ("" if words[-1:] in ".?!" else ".")
        return self._act({"SpeechResult": heard, "Confidence": "0.9"})

    def press(self, keys: str) -> "Call":
        """Presses keys until the line has enough of them."""
        gather = self._listening()
        if "dtmf" not in gather.get("input", "dtmf"):
            raise BrokenCallError("the line does not listen to keys")
        finish, most = gather.get("finishOnKey", "#"), int(gather.get("numDigits", "1000"))
        taken = ""
        for key in keys:
            if key == finish:
                break
            taken += key
            if len(taken) == most:
                break
        return self._act({"Digits": taken}) if taken else self.stay_silent()

    def stay_silent(self) -> "Call":
        """Says and presses nothing until the line gives up listening."""
        gather = self._listening()
        if gather.get("actionOnEmptyResult") == "true":
            return self._act({})
        self.said, self.gather = [], None
        onward = self._execute(self._after(gather))
        if onward:
            self._follow(urljoin(self.address, onward), {"CallStatus": "in-progress"})
        return self

    def hand_over(self, status: str) -> "Call":
        """What becomes of a <Dial>: completed, busy, no-answer, failed."""
        assert self.dialling is not None
        action, self.dialling, self.said = self.dialling.get("action", ""), None, []
        self._follow(urljoin(self.address, action), {"CallStatus": "in-progress", "DialCallStatus": status})
        return self

    def _listening(self) -> ElementTree.Element:
        if self.gather is None:
            raise BrokenCallError("the line does not listen")
        return self.gather

    def _act(self, form: dict[str, str]) -> "Call":
        action = urljoin(self.address, self._listening().get("action", self.address))
        self.said, self.gather = [], None
        self._follow(action, {"CallStatus": "in-progress", **form})
        return self

    def _follow(self, address: str, form: dict[str, str]) -> None:
        about = {"CallSid": self.sid, "From": self.caller, "To": self.called, "FromCountry": self.country}
        for _ in range(MOST_HOPS):
            self.address = address
            self.document = self.twilio.post(address, {**about, "Direction": "inbound", **form})
            onward = self._execute(list(self.document))
            if not onward:
                return
            address, form = urljoin(address, onward), {"CallStatus": "in-progress"}
        raise BrokenCallError(f"a loop of redirects at {address}")

    def _execute(self, verbs: list[ElementTree.Element]) -> str:
        """Does what the verbs say; the address to go on at, if they redirect."""
        for verb in verbs:
            self.said += [(say.get("language", ""), "".join(say.itertext())) for say in verb.iter("Say")]
            if verb.tag == "Gather":
                self.gather = verb
                return ""
            if verb.tag == "Redirect":
                return (verb.text or "").strip()
            if verb.tag == "Dial":
                self.dialling = verb
                return ""
            if verb.tag in ("Hangup", "Reject"):
                break
            if verb.tag not in ("Say", "Pause", "Play"):
                raise BrokenCallError(f"<{verb.tag}> in a call")
        self.over = True
        return ""

    def _after(self, verb: ElementTree.Element) -> list[ElementTree.Element]:
        assert self.document is not None
        verbs = list(self.document)
        return verbs[verbs.index(verb) + 1 :]
