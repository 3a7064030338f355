"""The documents keep up with the code."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from responder.audit import CODES
from responder.channels.texting import REASONS
from responder.cli import commands
from responder.settings import Settings

ROOT = Path(__file__).parent.parent
DOCS = "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [one.metadata["name"] for one in fields(Settings)])
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"| `{name}`" in README


def _commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


@pytest.mark.parametrize(("name", "command"), [*_commands(commands, "responder")])
def test_every_command_and_its_options_are_in_the_documents(name: str, command: click.Command) -> None:
    assert name in DOCS
    wanted = {option for one in command.params if isinstance(one, click.Option) for option in one.opts}
    assert {option for option in wanted if f"`{option}`" not in DOCS and f" {option}" not in DOCS} == set()


@pytest.mark.parametrize(("code", "phrase"), [*REASONS.items()])
def test_every_refusal_of_a_text_is_in_the_documents(code: int, phrase: str) -> None:
    (row,) = [line for line in DOCS.splitlines() if line.strip().startswith(f"| `{phrase}`")]
    assert str(code) in row


@pytest.mark.parametrize("code", CODES)
def test_every_code_of_check_is_in_the_guide(code: str) -> None:
    assert f"| `{code}` |" in DOCS


@pytest.mark.parametrize("target", [line.split("](")[1].split(")")[0] for line in README.splitlines() if "](" in line])
def test_every_link_of_the_readme_leads_somewhere(target: str) -> None:
    assert target.startswith("http") or (ROOT / target).exists()
