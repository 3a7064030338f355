"""`flask responder journal`: what is kept, and erasing it."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TextIO

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from responder.journal import Journal
from responder.journal.schema import turns

journal = AppGroup("journal", help="What was asked and answered: status, export, forget, purge.")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GONE = "The database cannot be reached ({}). {}"


@journal.command()
@with_appcontext
def status() -> None:
    """Rows, spool and database; exit code 1 if the database cannot be reached."""
    kept = _journal()
    spool = kept.spooled()
    click.echo(f"database  {kept.address}")
    click.echo(f"spool     {spool.lines} lines, {spool.bytes} bytes in {spool.files} files, {spool.refused} set aside")
    try:
        for name, count in kept.counts().items():
            click.echo(f"{name:9} {count}")
    except SQLAlchemyError as error:
        raise click.ClickException(_GONE.format(type(error).__name__, "Turns wait in the spool.")) from None


@journal.command()
@click.option("--sender", required=True, help="The number as Twilio writes it, such as +15551234567.")
@with_appcontext
def forget(sender: str) -> None:
    """Erase all that was said by one sender, in the database and in this machine's spool."""
    kept = _journal()
    if not kept.senders.every(sender):
        raise click.ClickException("That is a withheld number: its rows point to nobody.")
    if not kept.forget(sender):
        raise click.ClickException("The disk takes nothing, so nothing was erased. Make room and try again.")
    if kept.stop():
        click.echo("Erased. An opt-out is kept, so that the line stays silent for those who said STOP.")
    else:
        click.echo("Erased from the spool. The database cannot be reached: it follows as soon as it is back.")


@journal.command()
@with_appcontext
def purge() -> None:
    """Erase texts and rows that were kept long enough; the server does so every hour by itself."""
    try:
        gone = _journal().purge()
    except SQLAlchemyError as error:
        raise click.ClickException(_GONE.format(type(error).__name__, "Nothing was erased.")) from None
    click.echo(", ".join(f"{count} {name}" for name, count in gone.items()) + " erased.")


@journal.command()
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only turns from this day (UTC) on.")
@click.option("--sender", help="Only this sender's, such as +15551234567: what one person may ask to see.")
@with_appcontext
def export(form: str, since: datetime | None, sender: str | None) -> None:
    """Write the turns to standard output, oldest first."""
    start = int(since.replace(tzinfo=UTC).timestamp() * 1000) if since else 0
    rows = map(_readable, _journal().rows(since=start, sender=sender))
    try:
        (_csv if form == "csv" else _jsonl)(rows, sys.stdout)
    except SQLAlchemyError as error:
        raise click.ClickException(_GONE.format(type(error).__name__, "The export is not complete.")) from None


def _journal() -> Journal:
    kept: Journal = current_app.extensions["responder.journal"]
    return kept


def _readable(row: Mapping[str, Any]) -> dict[str, Any]:
    time = datetime.fromtimestamp(row["at"] / 1000, UTC).isoformat(timespec="milliseconds")
    return {**row, "at": time}


def _jsonl(rows: Iterable[Mapping[str, Any]], out: TextIO) -> None:
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _csv(rows: Iterable[Mapping[str, Any]], out: TextIO) -> None:
    writer = csv.DictWriter(out, turns.columns.keys(), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        candidates = " ".join(f"{topic}:{score}" for topic, score in row["candidates"] or ())
        writer.writerow({**row, "candidates": candidates, "text": _harmless(row["text"])})


def _harmless(text: str | None) -> str | None:
    """What a spreadsheet would run as a formula is made plain text."""
    return f"'{text}" if text and text.startswith(_FORMULA) else text
