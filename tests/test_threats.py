"""What someone may try against a server, line by line as in docs/operating.md. Forged requests: test_signature.py."""

import os
import random
import socket
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest

from responder.engine import Engine
from responder.turn import Inquiry
from tests.server import PRODUCTION, ROOT, Server, wait_for

QUESTION = "my brakes squeal"
SQL = ["'; DROP TABLE turns; --", "' OR '1'='1", '"; DELETE FROM optouts; --', "%s %(at)s :sender ? $1", "\\'; --"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("threats")
    with Server(folder / "instance", PRODUCTION) as found:
        yield found


def _rows(server: Server, query: str = "select count(*) from turns") -> list[tuple[object, ...]]:
    stored = '"mode":"writing","spooled_bytes":0'
    wait_for(lambda: stored in server.get("/readyz")[1].replace(" ", ""))
    database = sqlite3.connect(server.instance / "journal.db")
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def _raw(server: Server, sent: bytes, seconds: float = 20.0) -> bytes:
    """What comes back for these very bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as connection:
        connection.sendall(sent)
        got = b""
        try:
            while piece := connection.recv(65536):
                got += piece
        except OSError:
            pass
    return got


def _alive(server: Server, seconds: float = 2.0) -> None:
    started = time.monotonic()
    status, document = server.text(QUESTION)
    assert status == 200
    assert "<Message>" in document
    assert time.monotonic() - started < seconds


def test_a_replayed_message_gets_the_same_reply_and_counts_once(server: Server) -> None:
    before = _rows(server)[0][0]
    documents = {server.text(QUESTION, MessageSid="SMreplayed")[1] for _ in range(5)}
    assert len(documents) == 1
    assert _rows(server)[0][0] == before + 1  # type: ignore[operator]


@pytest.mark.parametrize("path", ["/sms", "/voice", "/voice/turn"])
def test_nothing_that_was_sent_is_ever_sent_back_as_twiml(server: Server, path: str) -> None:
    evil = "</Message><Redirect>https://evil.example.net</Redirect><!-- ]]> &x; my brakes squeal"
    names = ("Body", "SpeechResult", "ProfileName", "FromCity", "CallSid")
    status, document, _ = server.post(path, dict.fromkeys(names, evil) | {"From": "+15550001234"})
    assert status == 200
    assert "evil" not in document
    assert not list(ElementTree.fromstring(document).iter("Redirect")) or path != "/sms"


@pytest.mark.parametrize("name", ["Body", "From", "MessageSid", "FromCountry", "To"])
def test_headers_cannot_be_injected(server: Server, name: str) -> None:
    form = {"Body": QUESTION, "From": "+15550001234", name: "x\r\nSet-Cookie: evil=1\r\n\r\n<html>"}
    status, document, headers = server.post("/sms", form)
    assert status == 200
    assert "evil" not in str(headers) + document


@pytest.mark.parametrize("name", ["Body", "From", "MessageSid", "FromCountry"])
@pytest.mark.parametrize("value", SQL)
def test_sql_is_text_like_any_other(server: Server, name: str, value: str) -> None:
    before = _rows(server)[0][0]
    form = {"Body": QUESTION, "From": "+15550001234", "MessageSid": os.urandom(8).hex(), name: value + name}
    assert server.post("/sms", form)[0] == 200
    assert _rows(server)[0][0] == before + 1  # type: ignore[operator]
    tables = {name for (name,) in _rows(server, "select name from sqlite_master where type = 'table'")}
    assert {"turns", "optouts"} <= tables


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd", "/static/../../etc/passwd", "/simulator/..%2f..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/sms/../wsgi.py", "/..\\..\\wsgi.py", "/static/wsgi.py",
        "/voice/turn/../../README.md", "/instance/journal.db", "/.git/config", "/%00",
    ],
)  # fmt: skip
def test_no_path_leads_to_a_file(server: Server, path: str) -> None:
    answer = _raw(server, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert answer.split(b" ", 2)[1] in (b"400", b"404", b"405")
    for secret in (b"root:", b"create_app", b"SQLite", b"[core]"):
        assert secret not in answer


OVERSIZED = {
    "a body of a megabyte": b"POST /sms HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1000000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nBody=" + b"x" * 999_995,
    "a body without a stated length": b"POST /sms HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    b"Transfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"
    + b"ffff\r\n" + b"x" * 0xFFFF + b"\r\nffff\r\n" + b"x" * 0xFFFF + b"\r\n0\r\n\r\n",
    "a header of a megabyte": b"GET /sms HTTP/1.1\r\nHost: x\r\nCookie: " + b"x" * 1_000_000 + b"\r\n\r\n",
    "a long address": b"GET /" + b"x" * 1_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "ten thousand parameters": b"POST /sms HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 60000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\n" + b"a=b&cd&" * 10_000,
}  # fmt: skip


@pytest.mark.parametrize("kind", OVERSIZED)
def test_what_is_too_large_is_refused(server: Server, kind: str) -> None:
    answer = _raw(server, OVERSIZED[kind])
    assert answer[:9] in (b"", b"HTTP/1.1 ")
    assert answer[9:12] in (b"", b"400", b"403", b"413", b"414", b"431")
    _alive(server)


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\x01\x02\xff\xfe\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"POST /sms HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /sms HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        b"POST /sms HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /sms HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=repr,
)
def test_what_is_no_http_harms_nobody(server: Server, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(sent)
        connection.settimeout(1.0)
        with suppress(OSError):
            assert b" 200 " not in connection.recv(4096)
    _alive(server)


@pytest.mark.parametrize(
    "begun",
    [
        b"POST /sms HTTP/1.1\r\nHost: x\r\nX-A: b",
        b"POST /sms HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 60000\r\n\r\nBody=x",
    ],
    ids=["headers", "body"],
)
def test_those_who_dribble_do_not_keep_others_waiting(server: Server, begun: bytes) -> None:
    with ExitStack() as stack:
        for _ in range(40):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=5))
            connection.sendall(begun)
        with ThreadPoolExecutor(8) as people:
            answers = list(people.map(lambda _: server.text(QUESTION)[0], range(24)))
        assert answers == [200] * 24
        _alive(server)


def _hostile() -> Iterator[tuple[str, str]]:
    random.seed(7)
    most = 60_000
    yield "one letter", "a" * most
    yield "one word", "cramp " * (most // 6)
    yield "spaces", " " * most + "x"
    yield "digits", "1" * most + "x"
    yield "digits apart", "1 " * (most // 2)
    yield "links", "http://" * (most // 7)
    yield "e-mails", "a@" * (most // 2)
    yield "dots", "a." * (most // 2) + "!"
    yield "names", "my name is " * (most // 11)
    yield "no", "no not never without " * (most // 21)
    yield "marks", "!?¿¡…" * (most // 5)
    yield "accents", "e\u0301" * (most // 2)
    yield "unknown words", " ".join(f"{random.getrandbits(60):x}" for _ in range(most // 16))
    yield "mistyped words", " ".join(random.choice(["cramqp", "spasn", "twtich", "musle"]) for _ in range(most // 6))
    yield "red flags", "chest pain cant breathe " * (most // 24)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in _hostile()])
def test_no_text_takes_long_to_read(engine: Engine, text: str) -> None:
    """As long as a body may be, forty times a long text: no expression and no loop grows faster than the text."""
    from responder.journal import redact

    for channel in ("sms", "voice"):
        started = time.process_time()
        engine.respond(Inquiry(text, channel=channel))  # type: ignore[arg-type]
        redact(text)
        assert time.process_time() - started < 3.0


def test_a_server_shows_neither_debugger_nor_traceback(server: Server) -> None:
    for path in ("/console", "/?__debugger__=yes&cmd=resource&f=debugger.js", "/sms?__debugger__=yes"):
        status, page = server.get(path)
        assert status in (404, 405)
        assert "Traceback" not in page
        assert "debugger" not in page.lower()


def test_what_is_to_be_done_with_a_found_weakness_is_said() -> None:
    assert "report" in (ROOT / "SECURITY.md").read_text(encoding="utf-8").lower()


def _threats() -> list[str]:
    lines = (ROOT / "docs/operating.md").read_text(encoding="utf-8").split("## Threats")[1].splitlines()
    return [line for line in lines if line.startswith("| ") and not line.startswith("| threat")]


@pytest.mark.parametrize("line", _threats())
def test_every_threat_in_the_list_names_tests_that_exist(line: str) -> None:
    shown = line.rstrip("| ").rsplit("|", 1)[1].replace("`", "").split(",")
    assert all((ROOT / path.strip()).is_file() for path in shown)
