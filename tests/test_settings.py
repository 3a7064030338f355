from pathlib import Path

import pytest

from responder.errors import SettingsError
from responder.settings import Settings

READY = {"TWILIO_AUTH_TOKEN": "t", "PUBLIC_BASE_URL": "https://x.example.org", "SECRET_KEY": "s"}


def test_defaults_are_for_production_and_refuse_to_serve_unsigned() -> None:
    settings = Settings.from_environment({})
    with pytest.raises(SettingsError) as error:
        settings.check_serving()
    for name in READY:
        assert name in str(error.value)
    assert "RESPONDER_MODE=development" in str(error.value)


def test_production_starts_with_all_three() -> None:
    Settings.from_environment(READY).check_serving()


def test_development_needs_nothing() -> None:
    Settings.from_environment({"RESPONDER_MODE": "development"}).check_serving()


def test_development_with_a_token_needs_the_address_that_is_signed() -> None:
    settings = Settings.from_environment({"RESPONDER_MODE": "development", "TWILIO_AUTH_TOKEN": "t"})
    with pytest.raises(SettingsError, match="PUBLIC_BASE_URL"):
        settings.check_serving()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("RESPONDER_MODE", "debug", "production or development"),
        ("PUBLIC_BASE_URL", "line.example.org", "an address such as"),
        ("PUBLIC_BASE_URL", "https://x.example.org/?a=1", "without \\?"),
        ("RESPONDER_MOD", "development", "Did you mean RESPONDER_MODE"),
        ("REDIS_URL", "cache:6379", "redis://"),
        ("REDIS_URL", "redis:///0", "redis://"),
        ("RESPONDER_METRICS_TOKEN", "short", "16 printable characters"),
        ("RESPONDER_METRICS_TOKEN", "with a space in between", "without spaces"),
        ("RESPONDER_ZZZ", "1", "RESPONDER_ZZZ is not a setting. Remove it"),
    ],
)
def test_bad_and_unknown_settings_stop_the_start(name: str, value: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        Settings.from_environment({name: value})


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as error:
        Settings.from_environment({"RESPONDER_MODE": "x", "PUBLIC_BASE_URL": "y", "RESPONDER_Q": "z"})
    assert len(str(error.value).splitlines()) == 3


def test_secrets_come_from_files_too(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("one, two\n")
    assert Settings.from_environment({"TWILIO_AUTH_TOKEN_FILE": str(secret)}).auth_tokens == ("one", "two")


def test_a_missing_secret_file_is_named() -> None:
    with pytest.raises(SettingsError, match="SECRET_KEY_FILE cannot be read"):
        Settings.from_environment({"SECRET_KEY_FILE": "/nowhere/at/all"})


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="not both"):
        Settings.from_environment({"SECRET_KEY": "a", "SECRET_KEY_FILE": str(tmp_path / "x")})
