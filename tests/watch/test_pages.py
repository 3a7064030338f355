"""Health, readiness and metrics: who may see them, and what they say."""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from responder.app import create_app
from responder.errors import SettingsError
from responder.settings import Settings
from tests.conftest import BASE, TOKEN
from tests.journal.conftest import free_port
from tests.server import BICYCLES, Server
from tests.watch.conftest import OPERATOR

BEARER = {"Authorization": f"Bearer {OPERATOR}"}
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


def _settings(instance: Path, **more: object) -> Settings:
    values = {"auth_tokens": (TOKEN,), "public_base_url": BASE, "secret_key": "secret", "hash_keys": ("key",), **more}
    return Settings(instance=instance, content=BICYCLES, metrics_token=OPERATOR, **values)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(_settings(tmp_path_factory.mktemp("pages")))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
class TestWhoMaySee:
    def test_this_machine(self, client: FlaskClient, path: str) -> None:
        assert client.get(path).status_code == 200

    def test_who_has_the_token(self, client: FlaskClient, path: str) -> None:
        assert client.get(path, environ_base=ELSEWHERE, headers=BEARER).status_code == 200

    @pytest.mark.parametrize("given", ["", "Bearer ", "Bearer x", f"bearer {OPERATOR}", f"Basic {OPERATOR}", "é"])
    def test_nobody_else(self, client: FlaskClient, path: str, given: str) -> None:
        assert client.get(path, environ_base=ELSEWHERE, headers={"Authorization": given}).status_code == 404

    def test_nobody_through_a_proxy_on_this_machine(self, client: FlaskClient, path: str) -> None:
        assert client.get(path, headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 404


def test_without_a_token_set_an_empty_one_opens_nothing(tmp_path: Path) -> None:
    from dataclasses import replace

    client = create_app(replace(_settings(tmp_path), metrics_token="")).test_client()
    for given in ("Bearer ", "Bearer", ""):
        assert client.get("/metrics", environ_base=ELSEWHERE, headers={"Authorization": given}).status_code == 404


def test_health_is_anyones(client: FlaskClient) -> None:
    answer = client.get("/healthz", environ_base=ELSEWHERE)
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["status"] == "ok"


def test_readiness_says_which(server: Server) -> None:
    status, page = server.get("/readyz")
    assert status == 200
    told = json.loads(page)
    assert told["ready"] is True
    assert told["journal"]["mode"] in ("starting", "writing")
    assert told["content"]["newer"] == "none"
    assert told["redis"] == "not used"


def test_ready_while_spooling_and_with_redis_gone(tmp_path: Path) -> None:
    gone = free_port()
    settings = _settings(tmp_path, database=f"postgresql://p@127.0.0.1:{gone}/x", redis_url=f"redis://127.0.0.1:{gone}")
    app = create_app(settings)
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["journal"]["mode"] in ("starting", "spooling")
    assert answer.json["redis"] == "unreachable"
    app.extensions["responder.journal"].stop(30)  # its thread must not speak into later tests


def test_not_ready_when_no_disk_takes_a_row_until_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(_settings(tmp_path))
    client, journal = app.test_client(), app.extensions["responder.journal"]
    spool = journal._here().spool
    with monkeypatch.context() as full:
        full.setattr(type(spool), "append", lambda *_: False)
        journal.opt_in("+15550001234")
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json is not None
        assert answer.json["journal"]["mode"] == "losing"
    assert client.get("/readyz").status_code == 200, "found out without a turn"


@pytest.mark.parametrize("path", ["/healthz", "/metrics", "/nothing", "/sms"])
def test_every_page_that_is_not_twiml_has_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "max-age" in headers["Strict-Transport-Security"]


def test_the_simulator_keeps_its_own_policy(tmp_path: Path) -> None:
    app = create_app(Settings(mode="development", instance=tmp_path, content=BICYCLES))
    headers = app.test_client().get("/").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert headers["X-Frame-Options"] == "DENY"


def test_production_refuses_to_start_in_debug_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(SettingsError, match="FLASK_DEBUG"):
        create_app(_settings(tmp_path))
