"""A local server that speaks the parts of Twilio's REST API that the line uses, as its OpenAPI description has them.

The names, types and examples are in tests/data/twilio_api.json, copied from twilio_api_v2010.json (twilio-oai).
"""

import base64
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response

from responder import account

SPEC = json.loads((Path(__file__).parent.parent / "data" / "twilio_api.json").read_text(encoding="utf-8"))
ACCOUNT, KEY, SECRET = "AC" + "1" * 32, "SK" + "2" * 32, "secret"
SERVICE = "MG" + "3" * 32


class Api:
    """What the account holds, what was asked of it, and how it is to behave."""

    def __init__(self) -> None:
        self.messages: list[dict[str, str]] = []
        """The parameters of every text that was accepted."""
        self.asked: list[str] = []
        self.troubles: list[Any] = []
        """What the next requests meet: an error code, `429`, "hang", "drop" or "garbage"; then all is well again."""
        self.numbers: list[dict[str, Any]] = []
        self.service: dict[str, Any] = {"sid": SERVICE, "account_sid": ACCOUNT, "use_inbound_webhook_on_number": False}
        self.hang = 3.0
        self.url = ""

    def add_number(self, number: str, **fields: str) -> None:
        """A telephone number of the account."""
        (sample,) = SPEC["numbers.list"]["incoming_phone_numbers"]
        sid = f"PN{len(self.numbers):032d}"
        self.numbers.append({**sample, "phone_number": number, "sid": sid, "account_sid": ACCOUNT, **fields})


@contextmanager
def serving() -> Iterator[Api]:
    """The server on a free port of this machine."""
    api = Api()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"api": api}))
    server.daemon_threads = True
    api.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield api
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    """The server, and Twilio's client led to it."""
    with serving() as found:
        monkeypatch.setattr(account, "requests", lambda seconds: _Led(found.url, seconds))
        yield found


class _Led(TwilioHttpClient):
    """Twilio's own client, but for the host."""

    def __init__(self, url: str, seconds: float) -> None:
        super().__init__(timeout=seconds, max_retries=0, logger=account._silent)
        self._url = url

    def request(self, method: str, url: str, *arguments: Any, **named: Any) -> Response:
        path = re.sub(r"^https://(?:api|messaging)\.twilio\.com", "", url)
        return super().request(method, self._url + path, *arguments, **named)


class _Handler(BaseHTTPRequestHandler):
    api: Api

    def do_GET(self) -> None:
        self._serve("GET", {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        self._serve("POST", dict(parse_qsl(body, keep_blank_values=True)))

    def _serve(self, method: str, form: dict[str, str]) -> None:
        path = urlsplit(self.path).path
        self.api.asked.append(f"{method} {path}")
        login = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
        trouble = self.api.troubles.pop(0) if self.api.troubles else None
        if self.headers.get("Authorization") != f"Basic {login}":
            self._refuse(20003, 401)
        elif trouble == "drop":
            self.connection.close()
        elif trouble == "garbage":
            self._send(200, "<html>Bad gateway</html>")
        elif trouble == "hang":
            time.sleep(self.api.hang)
            self._answer(method, path, form)
        elif isinstance(trouble, int):
            self._refuse(20429, 429) if trouble == 429 else self._refuse(trouble, 400)
        else:
            self._answer(method, path, form)

    def _answer(self, method: str, path: str, form: dict[str, str]) -> None:
        account_path = f"/2010-04-01/Accounts/{ACCOUNT}"
        if (method, path) == ("POST", f"{account_path}/Messages.json"):
            self._message(form)
        elif (method, path) == ("GET", f"{account_path}/IncomingPhoneNumbers.json"):
            uris = {"next_page_uri": None, "first_page_uri": self.path, "uri": self.path}
            listed = {**SPEC["numbers.list"], **uris, "incoming_phone_numbers": self.api.numbers}
            self._send(200, json.dumps(listed))
        elif method == "POST" and path.startswith(f"{account_path}/IncomingPhoneNumbers/PN"):
            number = next(one for one in self.api.numbers if one["sid"] in path)
            self._update(number, form, SPEC["numbers.update"]["properties"])
        elif path == f"/v1/Services/{SERVICE}":
            if method == "POST":
                self._update(self.api.service, form, None)
            else:
                self._send(200, json.dumps(self.api.service))
        else:
            self._refuse(20404, 404)

    def _message(self, form: dict[str, str]) -> None:
        wanted = SPEC["messages.create"]
        if not _fit(form, wanted["properties"]) or any(name not in form for name in wanted["required"]):
            self._refuse(20001, 400)
        elif not (form.get("From") or form.get("MessagingServiceSid")):
            self._refuse(21603, 400)
        elif not 1 <= len(form.get("Body", "")) <= 1600:
            self._refuse(21602, 400)
        else:
            self.api.messages.append(form)
            made = {**SPEC["messages.created"], "to": form["To"], "body": form["Body"], "account_sid": ACCOUNT}
            assert set(made) <= set(SPEC["message"])
            self._send(201, json.dumps(made))

    def _update(self, thing: dict[str, Any], form: dict[str, str], known: dict[str, Any] | None) -> None:
        if known is not None and not _fit(form, known):
            self._refuse(20001, 400)
            return
        thing |= {re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower(): value for name, value in form.items()}
        self._send(200, json.dumps(thing))

    def _refuse(self, code: int, status: int) -> None:
        info = f"https://www.twilio.com/docs/errors/{code}"
        self._send(status, json.dumps({"code": code, "message": "no", "more_info": info, "status": status}))

    def _send(self, status: int, body: str) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())
        except OSError:
            pass  # the other side hung up, as it may

    def log_message(self, *_: Any) -> None:
        pass


def _fit(form: dict[str, str], known: dict[str, Any]) -> bool:
    """Whether every parameter is known and looks as described."""
    return all(name in known and re.search(known[name].get("pattern", ""), value) for name, value in form.items())
