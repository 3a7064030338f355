"""The pack that a command works on."""

import click
from flask import current_app

from responder.compiled import compiled
from responder.engine import Engine
from responder.errors import ContentError
from responder.settings import Settings


def settings() -> Settings:
    """The settings of the current app."""
    found: Settings = current_app.extensions["responder.settings"]
    return found


def engine() -> Engine:
    """The current app's engine, built on first use. Ends the command with all problems if the content is broken."""
    extensions = current_app.extensions
    if "responder.engine" not in extensions:
        try:
            extensions["responder.engine"] = compiled(settings().content, settings().instance, settings().reviewed_only)
        except ContentError as error:
            raise click.ClickException(str(error)) from None
    found: Engine = extensions["responder.engine"]
    return found
