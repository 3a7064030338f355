"""What all tests share: the real pack, an app that asks for signatures, and one for this machine only."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from responder.app import create_app
from responder.catalog import Catalog
from responder.engine import Engine
from responder.settings import Settings

SHARED = Path(__file__).parent.parent.parent / "shared"
TOKEN = "12345"
BASE = "https://line.example.org"



def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write tests/golden/ anew instead of comparing.")


settings.register_profile("responder", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("responder")


@pytest.fixture(scope="session")
def open_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The app in development mode without a token: it serves this machine."""
    many = {"replies_per_hour": 1_000_000, "same_replies": 1_000_000}  # tests text more than any person
    return create_app(Settings(mode="development", instance=tmp_path_factory.mktemp("open"), **many))


@pytest.fixture(scope="session")
def engine(open_app: Flask) -> Engine:
    found: Engine = open_app.extensions["responder.engine"]
    return found


@pytest.fixture(scope="session")
def catalog(engine: Engine) -> Catalog:
    return engine.catalog


@pytest.fixture
def client(open_app: Flask) -> FlaskClient:
    return open_app.test_client()


@pytest.fixture(scope="session")
def signed_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The app as it runs in production."""
    folder = tmp_path_factory.mktemp("signed")
    return create_app(Settings(auth_tokens=(TOKEN, "next"), public_base_url=BASE, secret_key="secret", instance=folder))


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """The way to a file of the workshop's shared folder; skips the test where that is absent."""

    def path(name: str) -> Path:
        found = SHARED / name
        if not found.exists():
            pytest.skip(f"shared/{name} is not beside this checkout")
        return found

    return path
