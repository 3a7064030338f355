"""The documents keep up with the code."""

from dataclasses import fields
from pathlib import Path

import pytest

from responder.cli import commands
from responder.settings import Settings

ROOT = Path(__file__).parent.parent
DOCS = "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [one.metadata["name"] for one in fields(Settings)])
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"| `{name}`" in README


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_is_in_the_documents(name: str) -> None:
    assert f"responder {name}" in DOCS


@pytest.mark.parametrize("target", [line.split("](")[1].split(")")[0] for line in README.splitlines() if "](" in line])
def test_every_link_of_the_readme_leads_somewhere(target: str) -> None:
    assert target.startswith("http") or (ROOT / target).exists()
