"""GET /healthz, /readyz and /metrics: is the process alive, can it do its work, how is it going."""

import hmac
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Blueprint, Request, Response, abort, request
from prometheus_client import CONTENT_TYPE_LATEST

from responder.journal import Journal
from responder.origin import from_this_machine
from responder.settings import Settings
from responder.watch.metrics import Metrics
from responder.watch.shared import Shared


@dataclass(frozen=True, slots=True)
class Content:
    """What is served."""

    version: str
    refused: bool
    """Whether there is newer content, which does not check."""


class Serving(Protocol):
    """Whoever knows what is served now."""

    content: Content


def pages(settings: Settings, serving: Serving, journal: Journal, metrics: Metrics) -> Blueprint:
    """/healthz is anyone's; the others are shown to this machine and to who holds the token."""
    watch = Blueprint("watch", __name__)
    shared = Shared(settings.redis_url)

    @watch.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok", "content": serving.content.version}

    @watch.get("/readyz")
    def readyz() -> tuple[dict[str, Any], int]:
        _only_operators(request, settings.metrics_token)
        journal.retry()
        state, content = journal.state(), serving.content
        ready = state.mode != "losing"
        return {
            "ready": ready,
            "journal": {"mode": state.mode, "spooled_bytes": state.spooled_bytes, "lost": state.lost},
            "content": {"version": content.version, "newer": "refused" if content.refused else "none"},
            "redis": shared.state(),
        }, 200 if ready else 503

    @watch.get("/metrics")
    def counts() -> Response:
        _only_operators(request, settings.metrics_token)
        return Response(metrics.page(journal), content_type=CONTENT_TYPE_LATEST)

    return watch


def _only_operators(request: Request, token: str) -> None:
    """Ends the request with 404 for everyone else: they learn not even that there is something."""
    given = request.headers.get("Authorization", "").encode()
    if not (from_this_machine(request) or (token and hmac.compare_digest(given, f"Bearer {token}".encode()))):
        abort(404)
