"""One line an event on standard output: JSON in production, readable in development.

Our own modules log sentences that hold nothing of people. What libraries log may hold anything (an address with its
query, a parameter, an exception's words), so of theirs only who speaks and where in the code is told.
"""

import logging
import re
import sys
import threading
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_OURS = "responder"
_SERVER = "_granian"
_ACCESS = "granian.access"
_HEARD = (_OURS, _SERVER, "granian", "werkzeug")
"""Of others only warnings and worse are told."""
_COLOUR = re.compile("\x1b\\[[0-9;]*m")


def configure(*, development: bool) -> None:
    """Sends all that is logged in this process to standard output. May be called again."""
    renderer: Processor = structlog.processors.JSONRenderer()
    if development:
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), pad_event_to=0)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _severity,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=_Output,
    )
    root = logging.getLogger()
    root.handlers = [*(one for one in root.handlers if not isinstance(one, _Bridge)), _Bridge()]
    logging.getLogger(_OURS).setLevel(logging.INFO)
    for name in (_SERVER, _ACCESS):  # granian gives its workers handlers of their own
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    threading.excepthook = _thread_died


def failure(error: BaseException | None) -> dict[str, str]:
    """What may be told of an error: its kind and its place in the code, not its words."""
    if error is None:
        return {}
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    return {"kind": type(error).__name__, "place": where}


class _Output:
    """Writes lines. A full disk or a closed pipe loses a line and stops no reply."""

    def __init__(self, *_: object) -> None:
        pass

    def msg(self, line: str) -> None:
        try:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
        except (OSError, ValueError):
            pass

    debug = info = warning = error = critical = msg


class _Bridge(logging.Handler):
    """Takes what is logged by the standard library's means."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno < logging.WARNING and record.name.split(".")[0] not in _HEARD:
            return
        event, values = _event(record)
        error = record.exc_info[1] if record.exc_info else None
        structlog.get_logger().log(max(record.levelno, logging.INFO), event, **values, **failure(error))


def _event(record: logging.LogRecord) -> tuple[str, dict[str, Any]]:
    if record.name.split(".")[0] == _OURS:
        return record.getMessage(), {"logger": record.name}
    if record.name.split(".")[0] == _SERVER and not record.exc_info:
        return record.getMessage(), {"logger": "granian"}
    if record.name == _ACCESS and isinstance(record.args, dict):
        return "request", _request(*(record.args.get(name) for name in ("method", "path", "status")))
    if record.name == "werkzeug" and record.levelno <= logging.INFO:
        return _werkzeug(record)
    return f"{record.name} reports a problem", {"place": f"{record.pathname}:{record.lineno}"}


def _werkzeug(record: logging.LogRecord) -> tuple[str, dict[str, Any]]:
    """The development server's greeting, or one of its requests: '"%s" %s %s' of request line, status, size."""
    if not record.args:
        return _COLOUR.sub("", record.getMessage()).strip(), {"logger": "werkzeug"}
    line, status = (*record.args, "", "")[:2] if isinstance(record.args, tuple) else ("", "")
    method, path = (*_COLOUR.sub("", str(line)).split(), "", "")[:2]
    return "request", _request(method, path, status)


def _request(method: object, path: object, status: object) -> dict[str, Any]:
    """Without the query, and without a path that leads nowhere: those are anyone's words."""
    bare = re.split("[?#]", str(path))[0] if str(status) != "404" else "-"
    return {"method": str(method)[:8], "path": bare, "status": status}


def _severity(_: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """`level` is how urgent a message was; how serious a line of the log is has this name."""
    event["severity"] = name
    return event


def _thread_died(what: threading.ExceptHookArgs) -> None:
    name = what.thread.name if what.thread else "?"
    structlog.get_logger().error("a thread ended by an error", thread=name, **failure(what.exc_value))
