"""`flask responder settings` shows everything but secrets."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from flask import Flask

from responder.cli import commands
from responder.settings import Settings

READY = {
    "TWILIO_AUTH_TOKEN": "first-secret,second-secret",
    "PUBLIC_BASE_URL": "https://line.example.org",
    "SECRET_KEY": "third-secret",
    "REDIS_URL": "redis://:fourth-secret@cache:6379/0",
    "RESPONDER_METRICS_TOKEN": "fifth-secret-of-many-letters",
    "RESPONDER_KEEP_TEXT_DAYS": "7",
}
Show = Callable[..., tuple[int, str]]


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch) -> Show:
    """Runs the command in an environment; gives its exit code and output."""

    def run(environment: dict[str, str], *arguments: str) -> tuple[int, str]:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        app = Flask(__name__)
        app.extensions["responder.settings"] = Settings.from_environment(environment)
        app.cli.add_command(commands)
        result = app.test_cli_runner().invoke(args=["responder", "settings", *arguments])
        return result.exit_code, result.output

    return run


def test_every_setting_is_shown_with_where_it_is_from(show: Show) -> None:
    code, output = show(READY)
    assert code == 0
    rows = {line.split()[0]: line.split() for line in output.splitlines()}
    assert {one.metadata["name"] for one in fields(Settings)} <= set(rows)
    assert rows["RESPONDER_KEEP_TEXT_DAYS"][1:] == ["7", "environment", "30"]
    assert rows["RESPONDER_REVIEWED_ONLY"][1:] == ["0", "default", "0"]


def test_no_secret_is_shown(show: Show) -> None:
    _, output = show(READY)
    assert "secret" not in output
    assert "2 of them, hidden" in output


def test_a_file_is_named(show: Show, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("third-secret")
    _, output = show({"SECRET_KEY_FILE": str(tmp_path / "key")})
    assert f"file {tmp_path}/key" in output
    assert "third" not in output


def test_check_says_what_is_missing(show: Show) -> None:
    code, output = show({}, "--check")
    assert code == 1
    assert "Set TWILIO_AUTH_TOKEN" in output


def test_check_passes_where_a_server_would_start(show: Show) -> None:
    code, output = show(READY, "--check")
    assert code == 0
    assert "would start" in output
