"""A copy of the bicycle pack, to be broken."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(Path(__file__).parent.parent / "packs" / "bicycles", tmp_path / "content"))
