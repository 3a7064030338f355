"""What Twilio would send, signed, and a client that sends it at little cost: it shares the machine with the server."""

import json
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count, cycle, islice
from pathlib import Path
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

ROOT = Path(__file__).parent.parent
TOKEN = "12345"
BASE = "https://line.example.org"
ENVIRONMENT = {
    "TWILIO_AUTH_TOKEN": TOKEN,
    "PUBLIC_BASE_URL": BASE,
    "SECRET_KEY": "bench",
    "RESPONDER_HASH_KEY": "bench",
    "RESPONDER_MODE": "production",
}


@dataclass(frozen=True, slots=True)
class Post:
    """One request to POST /sms."""

    message_id: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    message_id: str
    status: int
    body: bytes
    seconds: float
    attempts: int
    """More than one where connections broke, as when a worker dies: the same message is then sent again."""


def texts() -> list[str]:
    """Messages as people write them, short and long: four in English, then one in Spanish."""
    english, spanish = (
        [json.loads(line)["text"] for line in (ROOT / f"tests/data/{name}.jsonl").read_text("utf-8").splitlines()]
        for name in ("english", "spanish")
    )
    return [text for five in zip(*[iter(english)] * 4, spanish, strict=False) for text in five]


def posts(prefix: str, path: str = "/sms") -> Iterator[Post]:
    """Endless requests, each message with an id and a sender of its own."""
    signature = RequestValidator(TOKEN)
    for number, text in zip(count(), cycle(texts()), strict=False):
        message_id = f"SM{prefix}{number:0{32 - len(prefix)}d}"
        form = _form(message_id, f"+1555{number * 7919 % 10**7:07d}", text)
        body = urlencode(form).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: line.example.org\r\nUser-Agent: TwilioProxy/1.1\r\nAccept: */*\r\n"
            f"X-Twilio-Signature: {signature.compute_signature(BASE + path, form)}\r\n"
            f"Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        yield Post(message_id, head.encode() + body)


def _form(message_id: str, sender: str, text: str) -> dict[str, str]:
    account = "AC" + "0" * 32
    places = {f"{end}{part}": "" for end in ("From", "To") for part in ("City", "State", "Zip")}
    return {
        **places,
        "FromCountry": "US",
        "ToCountry": "US",
        "SmsMessageSid": message_id,
        "SmsSid": message_id,
        "MessageSid": message_id,
        "AccountSid": account,
        "MessagingServiceSid": "MG" + "0" * 32,
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        "From": sender,
        "To": "+15550001111",
        "Body": text,
    }


@dataclass(slots=True)
class _Line:
    """One kept connection and the message on it."""

    socket: socket.socket
    post: Post
    started: float
    attempts: int = 1
    got: bytearray = field(default_factory=bytearray)


class Client:
    """Sends messages over some kept connections, the next as soon as one is answered."""

    def __init__(self, port: int, connections: int = 8, patience: float = 30.0) -> None:
        """`patience` is how many seconds a message may wait for its answer, broken connections and all."""
        self._port, self._connections, self._patience = port, connections, patience

    def send(self, posts: Iterator[Post]) -> list[Answer]:
        """The answers to all of `posts`. Raises TimeoutError for a message without one."""
        answers: list[Answer] = []
        with selectors.DefaultSelector() as selector:
            for post in islice(posts, self._connections):
                self._begin(selector, _Line(self._connect(), post, time.perf_counter()))
            while selector.get_map():
                for key, _ in selector.select(timeout=self._patience) or self._hang():
                    line: _Line = key.data
                    answer = self._receive(selector, line)
                    if answer is None:
                        continue
                    answers.append(answer)
                    following = next(posts, None)
                    if following is None:
                        selector.unregister(line.socket)
                        line.socket.close()
                    else:
                        line.post, line.started, line.attempts = following, time.perf_counter(), 1
                        line.got.clear()
                        self._write(line)
        return answers

    def _begin(self, selector: selectors.BaseSelector, line: _Line) -> None:
        selector.register(line.socket, selectors.EVENT_READ, line)
        self._write(line)

    def _write(self, line: _Line) -> None:
        with suppress(OSError):  # reading finds it closed
            line.socket.sendall(line.post.data)

    def _receive(self, selector: selectors.BaseSelector, line: _Line) -> Answer | None:
        try:
            data = line.socket.recv(65536)
        except OSError:
            data = b""
        if data:
            line.got += data
            return _answer(line)
        selector.unregister(line.socket)
        line.socket.close()
        if time.perf_counter() - line.started > self._patience:
            self._hang()
        line.socket, line.attempts = self._connect(), line.attempts + 1
        line.got.clear()
        self._begin(selector, line)
        return None

    def _connect(self) -> socket.socket:
        end = time.monotonic() + self._patience
        while True:
            try:
                made = socket.create_connection(("127.0.0.1", self._port), timeout=self._patience)
                made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return made
            except OSError:
                if time.monotonic() > end:
                    raise TimeoutError("nobody listens") from None
                time.sleep(0.01)

    def _hang(self) -> Sequence[tuple[selectors.SelectorKey, int]]:
        raise TimeoutError("a message got no answer")


def _answer(line: _Line) -> Answer | None:
    head, parted, body = bytes(line.got).partition(b"\r\n\r\n")
    if not parted:
        return None
    for header in head.split(b"\r\n")[1:]:
        name, _, value = header.partition(b":")
        if name.lower() == b"content-length":
            if len(body) < int(value):
                return None
            return Answer(
                line.post.message_id, int(head[9:12]), body, time.perf_counter() - line.started, line.attempts
            )
    raise ValueError(f"no Content-Length in {head!r}")
