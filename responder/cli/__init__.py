"""`flask responder ...`: what operators and editors do in the terminal, one file a command."""

from flask.cli import AppGroup

from responder.cli.ask import ask
from responder.cli.check import check
from responder.cli.fallback import fallback
from responder.cli.journal import journal
from responder.cli.new import new
from responder.cli.preview import preview
from responder.cli.settings import settings
from responder.cli.sheet import export, import_
from responder.cli.test import test
from responder.cli.topics import topics
from responder.cli.webhooks import webhooks

commands = AppGroup("responder", help="Ask, check, test and write the pack.")
for _command in (ask, check, export, fallback, import_, journal, new, preview, settings, test, topics, webhooks):
    commands.add_command(_command)

__all__ = ["commands"]
