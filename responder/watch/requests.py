"""Every request has a name of its own in the logs, and its time is taken."""

import re
import secrets
import time

from flask import Flask, Response, g, request
from structlog.contextvars import bind_contextvars, clear_contextvars

from responder.watch.metrics import Metrics

HEADER = "X-Request-Id"
_HEX = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


def follow(app: Flask, metrics: Metrics) -> None:
    """Names and times the requests of `app`. A proxy's name for one is kept if it is a UUID and nothing else."""

    @app.before_request
    def begin() -> None:
        given = request.headers.get(HEADER, "")
        g.started, g.request = time.perf_counter(), given if _HEX.fullmatch(given) else secrets.token_hex(16)
        clear_contextvars()
        bind_contextvars(request=g.request)

    @app.after_request
    def end(response: Response) -> Response:
        if "started" in g:
            response.headers[HEADER] = g.request
            metrics.answered(request.endpoint or "none", response.status_code, time.perf_counter() - g.started)
        return response
