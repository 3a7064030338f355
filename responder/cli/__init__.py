"""`flask responder ...`: what operators and editors do in the terminal, one file a command."""

from importlib import import_module

import click
from flask.cli import AppGroup

_PLACES = {
    "ask": "ask.ask",
    "check": "check.check",
    "export": "sheet.export",
    "fallback-twiml": "fallback.fallback",
    "import": "sheet.import_",
    "journal": "journal.journal",
    "new": "new.new",
    "preview": "preview.preview",
    "settings": "settings.settings",
    "test": "test.test",
    "topics": "topics.topics",
    "webhooks": "webhooks.webhooks",
}


class _Late(AppGroup):
    """Loads a command when it is asked for: a server knows them all and runs none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _PLACES:
            return None
        file, name = _PLACES[cmd_name].split(".")
        found: click.Command = getattr(import_module(f"responder.cli.{file}"), name)
        return found


commands = _Late("responder", help="Ask, check, test and write the pack.")

__all__ = ["commands"]
