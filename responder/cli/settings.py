"""`flask responder settings`: what is set, from where, and whether a server would start with it."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import Field, fields
from typing import Any

import click
from flask.cli import with_appcontext

from responder.cli import pack
from responder.errors import SettingsError
from responder.settings import Settings

_HEADINGS = ("NAME", "VALUE", "FROM", "DEFAULT")
_UNSET = "-"


@click.command()
@click.option("--check", is_flag=True, help="Exit code 1 if a server would not start with these settings.")
@with_appcontext
def settings(check: bool) -> None:
    """Show every setting: its value, where it is from, and its default. Secrets are not shown."""
    found = pack.settings()
    rows = [_HEADINGS, *_rows(found, os.environ)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    if check:
        try:
            found.check_serving()
        except SettingsError as error:
            raise click.ClickException(str(error)) from None
        click.echo("\nA server would start with these settings.")


def _rows(found: Settings, environment: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    for one in fields(found):
        name = one.metadata["name"]
        default = _shown(one.default, one)
        yield name, _shown(getattr(found, one.name), one), _source(environment, name), default


def _shown(value: Any, one: Field[Any]) -> str:
    if value in ("", ()):
        return _UNSET
    if one.metadata["secret"]:
        return f"{len(value)} of them, hidden" if isinstance(value, tuple) and len(value) > 1 else "hidden"
    if isinstance(value, bool):
        return str(int(value))
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _source(environment: Mapping[str, str], name: str) -> str:
    if path := environment.get(f"{name}_FILE"):
        return f"file {path}"
    return "environment" if environment.get(name, "").strip() else "default"
