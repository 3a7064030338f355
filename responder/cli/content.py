"""The content as editors work on it: read afresh, whole whatever is served, and without an engine."""

from pathlib import Path

import click

from responder.catalog import Catalog, load
from responder.cli import pack
from responder.errors import ContentError


def folder() -> Path:
    """The content folder of this installation."""
    return pack.settings().content


def catalog() -> Catalog:
    """Every topic of the pack. Ends the command, saying what is wrong, if it cannot be served."""
    try:
        return load(folder())
    except ContentError as error:
        raise click.ClickException(str(error)) from None
