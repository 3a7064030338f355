"""No word that was sent and no number in anything a server writes: output, logs, metrics, spool, database, pages.

The one exception is the database's `text` of a message that was not understood, redacted.
"""

import sqlite3
from pathlib import Path

import pytest

from tests.journal.conftest import free_port
from tests.server import PRODUCTION, Server, wait_for

NUMBER = "5557654321"
WRITTEN = ["555-765-4321", "(555) 765-4321", "555.765.4321", "555 765 4321"]
WORD, UNCLEAR = "zyzzyva", "quokkabert"
NAME = "Xanthippe"
MAIL = "qwertz@example.org"


def _talk(server: Server, *, signed: bool = True) -> None:
    """A bit of everything that comes in."""
    sender = f"+1{NUMBER}"
    asked = [
        f"my brakes squeal {WORD}",
        f"my chain slips and skips gears {WORD}",
        f"call me at {NUMBER} or {' or '.join(WRITTEN)}, my name is {NAME}, {MAIL}",
        f"{UNCLEAR} {UNCLEAR} blorf at {NUMBER}",
        "STOP", "START", "HELP", "MORE", "1", "", f"\n{{'event': '{UNCLEAR}'}}\r\n",
    ]  # fmt: skip
    for number, body in enumerate(asked):
        for who in (sender, f"whatsapp:{sender}"):
            form = {"Body": body, "From": who, "To": f"+1{NUMBER[::-1]}", "MessageSid": f"SM{number}{len(who)}"}
            server.post("/sms", form | {"ProfileName": NAME, "WaId": NUMBER})
        call = {"From": sender, "CallSid": f"CA{number}", "SpeechResult": body, "Caller": sender, "CallerName": NAME}
        server.post("/voice", call)
        server.post(f"/voice/turn?turn={number}&topic=squeaky-brakes&choices=slipping-chain", call)
        server.post("/status", {"MessageStatus": "failed", "ErrorCode": "30007", "To": sender, "MessageSid": "SM1"})
        server.post("/status", {"MessageStatus": "failed", "ErrorCode": NUMBER, "To": sender})
    for path in (f"/sms?Body={WORD}&From={sender}", f"/{NUMBER}/{WORD}", f"/voice/turn?From={sender}"):
        server.get(path, {"User-Agent": WORD, "Referer": f"https://x/{NUMBER}", "X-Request-Id": NUMBER})
        server.get(path, {"Cookie": f"responder={WORD}", "Authorization": f"Bearer {WORD}{NUMBER}"})
        server.post(path.replace("/sms", "/nowhere"), {"Body": WORD, "From": sender})


def _everything(server: Server) -> dict[str, bytes]:
    """All files that the server wrote, and what it shows."""
    found = {str(path): path.read_bytes() for path in server.instance.rglob("*") if path.is_file()}
    found = {name: data for name, data in found.items() if not name.endswith(".pickle")}
    found["output"] = server.output().encode()
    for page in ("/metrics", "/readyz", "/healthz"):
        found[page] = server.get(page)[1].encode()
    return found


def _holds(found: dict[str, bytes], secret: str) -> list[str]:
    return [name for name, data in found.items() if secret.lower().encode() in data.lower()]


def _check(found: dict[str, bytes]) -> None:
    for secret in (NUMBER, NUMBER[::-1], *WRITTEN, NAME, MAIL, WORD):
        assert _holds(found, secret) == [], secret
    kept = ("journal.db", "journal.db-wal", ".jsonl")
    assert all(name.endswith(kept) for name in _holds(found, UNCLEAR)), "only the row of what was not understood"


@pytest.mark.parametrize("flask", [False, True], ids=["production", "development"])
def test_nothing_that_was_sent_is_written_anywhere(flask: bool, tmp_path: Path) -> None:
    settings = PRODUCTION if not flask else {**PRODUCTION, "RESPONDER_MODE": "development"}
    with Server(tmp_path / "instance", settings, flask=flask) as server:
        _talk(server)
        wait_for(lambda: '"spooled_bytes":0' in server.get("/readyz")[1].replace(" ", ""))
        found = _everything(server)
        if not flask:
            lines = server.output().splitlines()
            assert len(server.events()) > 20
            assert all(line.startswith(("{", "[INFO]", "[WARNING]")) for line in lines), "no line was forged"
    found["output at the end"] = server.output().encode()
    _check(found)
    database = sqlite3.connect(server.instance / "journal.db")
    texts = [text for (text,) in database.execute("select text from turns where text is not null")]
    database.close()
    assert any(UNCLEAR in text for text in texts), "editors learn from what was not understood"


def test_nor_while_the_database_is_gone(tmp_path: Path) -> None:
    settings = {**PRODUCTION, "DATABASE_URL": f"postgresql://who:hunter2@127.0.0.1:{free_port()}/x"}
    with Server(tmp_path / "instance", settings) as server:
        _talk(server)
        wait_for(lambda: "takes nothing" in server.output())
        found = _everything(server)
    found["output at the end"] = server.output().encode()
    assert any(name.endswith(".jsonl") for name in found)
    _check(found)
    assert _holds(found, "hunter2") == []
