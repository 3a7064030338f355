"""The commands on a copy of the bicycle pack."""

import shutil
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result
from flask import Flask

from responder.settings import Settings

BICYCLES = Path(__file__).parent.parent / "packs" / "bicycles"

Run = Callable[..., Result]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the bicycle pack, to be broken."""
    return Path(shutil.copytree(BICYCLES, tmp_path / "content"))


@pytest.fixture
def run(pack: Path) -> Run:
    """Runs a command on `pack` as the terminal would."""
    app = Flask("editors")
    app.extensions["responder.settings"] = Settings(content=pack)

    def invoke(command: click.Command, *arguments: str) -> Result:
        return app.test_cli_runner().invoke(command, list(arguments))

    return invoke
