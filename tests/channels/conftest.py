"""The line's voice webhooks around the engine that all tests share, with an account and a nurse line."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from responder.channels import status, voice
from responder.channels.signature import Signature
from responder.engine import Engine
from responder.journal import Journal, Options
from responder.settings import Settings
from responder.watch import Metrics
from tests.channels.twilio_api import ACCOUNT, KEY, SECRET, api
from tests.channels.twilio_simulator import Twilio

TOKEN, BASE = "12345", "https://line.example.org"
OPEN, SHUT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC), datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
"""A Monday and a Sunday morning in New York."""

Line = Callable[..., Twilio]

__all__ = ["api"]


@pytest.fixture
def line(engine: Engine, tmp_path: Path) -> Iterator[Line]:
    """Makes a line of some settings; `line(moment, retries, setting=...)`."""
    journals: list[Journal] = []

    def made(moment: datetime = OPEN, *, retries: bool = False, **chosen: object) -> Twilio:
        login = {"account_sid": ACCOUNT, "api_key": KEY, "api_secret": SECRET}
        settings = Settings(auth_tokens=(TOKEN,), public_base_url=BASE, **(login | chosen))  # type: ignore[arg-type]
        journals.append(Journal(Options(tmp_path / str(len(journals)))))
        app = Flask("line")
        app.extensions["responder.journal"] = journals[-1]
        signature = Signature(settings)
        services = voice.Services.of(settings, journals[-1], lambda: moment)
        app.register_blueprint(voice.blueprint(engine, signature, services))
        app.register_blueprint(status.blueprint(signature, Metrics(shared=False)))
        return Twilio(app, TOKEN, BASE, retries=retries)

    yield made
    for journal in journals:
        journal.stop(1)
