"""The house stands as it is drawn: imports only go down, and the core knows neither web nor clock nor disk."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "responder"
FLOORS = [
    {"carrier", "errors", "hours", "latest", "logistic", "phrasebook", "text", "segments", "spelling", "speech"},
    {"catalog"},
    {"reading", "turn"},
    {"matching", "triage", "language", "commands", "compose"},
    {"calls", "manners", "understanding"},
    {"engine"},
    {"journal", "limits"},
    {"settings"},
    {"account", "origin"},
    {"watch"},
    {"compiled", "channels", "audit"},
    {"served", "cli"},
    {"app"},
]
"""From the ground up; modules of one floor do not import each other, only the parts of one package do."""
CORE = set().union(*FLOORS[:6])
OUTSIDE = {
    "flask",
    "twilio",
    "sqlalchemy",
    "werkzeug",
    "click",
    "redis",
    "requests",
    "socket",
    "urllib",
    "os",
    "time",
    "logging",
}
READS_FILES = {"catalog/load.py", "catalog/yaml.py", "catalog/schema.py"}
"""The one place where the core reads the disk: the content folder, before anything is served."""

MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "responder":
                yield from (f"responder.{alias.name}" for alias in node.names)
            else:
                yield node.module


def _floor(name: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if name in floor)


def _part(path: Path) -> str:
    return path.parts[0].removesuffix(".py")


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.name != "__init__.py" or len(path.parts) > 1], ids=str
)
def test_imports_only_go_down(path: Path) -> None:
    here = _part(path)
    for name in _imports(path):
        if name.startswith("responder."):
            there = name.split(".")[1]
            assert there == here or _floor(there) < _floor(here), f"{path} imports {name}"


@pytest.mark.parametrize("path", [path for path in MODULES if _part(path) in CORE], ids=str)
def test_the_core_knows_no_web_no_clock_no_disk(path: Path) -> None:
    found = {name.split(".")[0] for name in _imports(path)}
    assert not found & OUTSIDE
    if path.as_posix() not in READS_FILES:
        names = {node.id for node in ast.walk(ast.parse((PACKAGE / path).read_text())) if isinstance(node, ast.Name)}
        assert "open" not in names
        assert "pathlib" not in found


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_file_grows_past_four_hundred_lines(path: Path) -> None:
    assert len((PACKAGE / path).read_text(encoding="utf-8").splitlines()) <= 400
