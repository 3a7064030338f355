"""One line a turn, of what operators may know."""

import json
import logging
import threading

import pytest
import structlog

from responder.watch import logs
from tests.server import Server, wait_for


@pytest.fixture
def production(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    """This process logs as in production."""
    root, hook = logging.getLogger(), threading.excepthook
    handlers = list(root.handlers)
    logs.configure(development=False)
    yield capsys
    root.handlers, threading.excepthook = handlers, hook
    structlog.reset_defaults()


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_turn_is_one_line_of_json(server: Server) -> None:
    name = "0123456789abcdef0123456789abcdef"
    answer = server.post("/sms", {"Body": "my brakes squeal", "From": "+15550009999"}, X_Request_Id=name)
    assert answer[2]["x-request-id"] == name
    (turn,) = wait_for(lambda: [one for one in server.events() if one.get("request") == name])
    assert turn.pop("time")
    assert 0 < turn.pop("milliseconds") < 1000
    assert turn == {
        "event": "turn",
        "severity": "info",
        "request": name,
        "channel": "sms",
        "outcome": "answer",
        "level": "none",
        "topic": "squeaky-brakes",
        "content": json.loads(server.get("/healthz")[1])["content"],
        "segments": 2,
    }


@pytest.mark.parametrize("name", ["+15550001234", "my words\nforged", "a" * 500])
def test_a_name_that_could_hide_something_is_not_taken(server: Server, name: str) -> None:
    try:
        answer = server.post("/sms", {"Body": "my brakes squeal", "From": "+15550001234"}, X_Request_Id=name)
    except ValueError:
        return  # the client itself refuses to send a line break
    assert answer[2]["x-request-id"] != name
    assert name not in server.output()


def test_an_error_is_told_by_kind_and_place_without_its_words(production: pytest.CaptureFixture[str]) -> None:
    try:
        int("zyzzyva")
    except ValueError:
        logging.getLogger("responder.any").exception("It failed")
    (line,) = _lines(production)
    assert line["event"] == "It failed"
    assert line["kind"] == "ValueError"
    assert __file__ in str(line["place"])
    assert "zyzzyva" not in str(line)


def test_of_what_libraries_log_only_who_and_where(production: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("urllib3").warning("Retrying %s", "zyzzyva")
    (line,) = _lines(production)
    assert line["event"] == "urllib3 reports a problem"
    assert __file__ in str(line["place"])


@pytest.mark.parametrize(
    ("logger", "template", "values"),
    [
        ("werkzeug", '127.0.0.1 - - [now] "%s" %s %s', ("GET /voice/turn?topic=zyzzyva HTTP/1.1", "200", "-")),
        ("granian.access", "%(path)s %(query_string)s", {"path": "/voice/turn", "method": "GET", "status": 200}),
    ],
)
def test_access_logs_hold_no_query(
    production: pytest.CaptureFixture[str], logger: str, template: str, values: object
) -> None:
    logging.getLogger(logger).setLevel(logging.INFO)
    record = {**values, "query_string": "zyzzyva"} if isinstance(values, dict) else values
    logging.getLogger(logger).info(template, *([record] if isinstance(record, dict) else record))
    (line,) = _lines(production)
    assert (line["method"], line["path"]) == ("GET", "/voice/turn")
    assert "zyzzyva" not in str(line)


def test_a_path_that_leads_nowhere_is_not_told(production: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("werkzeug").setLevel(logging.INFO)
    logging.getLogger("werkzeug").info('"%s" %s %s', "\x1b[33mGET /+15557654321/zyzzyva HTTP/1.1\x1b[0m", "404", "-")
    (line,) = _lines(production)
    assert (line["method"], line["path"], line["status"]) == ("GET", "-", "404")


def test_a_thread_that_dies_says_no_words(production: pytest.CaptureFixture[str]) -> None:
    def die() -> None:
        raise RuntimeError("zyzzyva")

    thread = threading.Thread(target=die, name="worker")
    thread.start()
    thread.join()
    (line,) = _lines(production)
    assert (line["event"], line["kind"], line["thread"]) == ("a thread ended by an error", "RuntimeError", "worker")
    assert "zyzzyva" not in str(line)


def test_a_line_break_cannot_forge_a_line(production: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("responder").info('one\n{"event": "forged"}')
    assert len(_lines(production)) == 1


def test_a_closed_output_stops_nobody(production: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def write(self, _: str) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("sys.stdout", Full())
    logging.getLogger("responder").error("a line that is lost")


def test_development_is_readable(capsys: pytest.CaptureFixture[str], production: object) -> None:
    logs.configure(development=True)
    logging.getLogger("responder").info("Hello there.")
    assert capsys.readouterr().out.startswith("Hello there.")
