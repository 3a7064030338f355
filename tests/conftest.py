"""What all tests share: the real pack, an app that asks for signatures, and one for this machine only."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from responder.app import create_app
from responder.catalog import Catalog, load
from responder.compiled import compiled_apart
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
def instance(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Makes an instance folder that holds the compiled pack; all processes of a test run share one compilation."""
    kept = tmp_path_factory.getbasetemp().parent / "compiled"
    compiled_apart(Settings().content, kept)

    def made(name: str) -> Path:
        folder = tmp_path_factory.mktemp(name)
        for pack in kept.glob("engine-*.pickle"):
            shutil.copy(pack, folder)
        return folder

    return made


@pytest.fixture(scope="session")
def open_app(instance: Callable[[str], Path]) -> Flask:
    """The app in development mode without a token: it serves this machine."""
    many = {"replies_per_hour": 1_000_000, "same_replies": 1_000_000}  # tests text more than any person
    return create_app(Settings(mode="development", instance=instance("open"), **many))


@pytest.fixture(scope="session")
def engine(open_app: Flask) -> Engine:
    found: Engine = open_app.extensions["responder.engine"]
    return found


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """With all that teaches and tests an engine."""
    return load(Settings().content)


@pytest.fixture
def client(open_app: Flask) -> FlaskClient:
    return open_app.test_client()


@pytest.fixture(scope="session")
def signed_app(instance: Callable[[str], Path]) -> Flask:
    """The app as it runs in production."""
    keys = {"auth_tokens": (TOKEN, "next"), "public_base_url": BASE, "secret_key": "secret"}
    return create_app(Settings(instance=instance("signed"), **keys))


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """The way to a file of the workshop's shared folder; skips the test where that is absent."""

    def path(name: str) -> Path:
        found = SHARED / name
        if not found.exists():
            pytest.skip(f"shared/{name} is not beside this checkout")
        return found

    return path
