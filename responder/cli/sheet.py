"""`flask responder export` and `import`: the topics as a spreadsheet, for translators and reviewers."""

import csv
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from responder.catalog import inspect, yaml
from responder.catalog.load import File
from responder.catalog.rewrite import rewritten
from responder.catalog.sheet import COLUMNS, Row, merged, rows
from responder.cli.content import folder

_FORMULA = ("=", "+", "-", "@", "'")
"""A spreadsheet would take a cell that begins so for a formula; an apostrophe before it says that it is text."""
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("export")
@click.option("--csv", "path", type=_FILE, required=True, help="The file to write.")
@with_appcontext
def export(path: Path) -> None:
    """Write all topics as a spreadsheet: one row a text, keyword or example."""
    files, languages = _topics()
    with path.open("w", encoding="utf-8-sig", newline="") as sheet:  # the mark tells Excel that it is UTF-8
        writer = csv.writer(sheet)
        writer.writerow(COLUMNS)
        for file in files.values():
            writer.writerows((*row[:3], _guarded(row[3])) for row in rows(file.data, languages))
    click.echo(f"{len(files)} topics are in {path}.")


@click.command("import")
@click.option("--csv", "path", type=_FILE, required=True, help="The file to read.")
@with_appcontext
def import_(path: Path) -> None:
    """Take a spreadsheet back into the topics. Nothing is written unless every row is good."""
    files, languages = _topics()
    changed, faults = merged(_rows(path), {name: file.data for name, file in files.items()}, languages)
    if faults:
        raise click.ClickException("\n".join([f"Nothing was written; {len(faults)} to mend:", *map(str, faults)]))
    _write([(files[topic], data) for topic, data in changed.items()])
    for topic in changed:
        click.echo(f"{files[topic].name} is changed.")
    click.echo("Now run: flask responder check" if changed else "The sheet changes nothing.")


def _topics() -> tuple[dict[str, File], list[str]]:
    """The topics' files by id, and the pack's languages. A language may still be missing: a sheet can bring it."""
    _, files, problems = inspect(folder())
    broken = [one for one in problems if one.path.startswith(("topics/", "pack.")) and one.code != "missing-language"]
    if broken:
        raise click.ClickException("\n".join(["Mend these first:", *map(str, broken)]))
    pack = next(file for file in files if file.kind == "pack")
    return {file.path.stem: file for file in files if file.kind == "topic"}, list(pack.data["languages"])


def _rows(path: Path) -> Iterator[Row]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise click.ClickException(f"{path} is not UTF-8. Save it as CSV UTF-8.") from None
    heading = text.split("\n", 1)[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","  # what a Spanish Excel writes
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise click.ClickException(f"{path} cannot be read as CSV: {error}.") from None
    if not table or tuple(cell.strip().lower() for cell in table[0]) != COLUMNS:
        raise click.ClickException(f"row 1: the columns must be {', '.join(COLUMNS)}.")
    for number, cells in enumerate(table[1:], 2):
        if not any(cells):
            continue
        if len(cells) < len(COLUMNS) or any(cells[len(COLUMNS) :]):
            raise click.ClickException(f"row {number}: {len(cells)} columns. Keep {', '.join(COLUMNS)}.")
        topic, language, field = (cell.strip() for cell in cells[:3])
        yield Row(number, topic, language, field, _unguarded(cells[3].replace("\r\n", "\n")))


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _write(changed: Sequence[tuple[File, Any]]) -> None:
    """All files or none: each is written beside its place and read back before any is put there."""
    ready = []
    try:
        for file, data in changed:
            beside = file.path.with_suffix(".new")
            ready.append((beside, file.path))
            beside.write_text(rewritten(file.path.read_text(encoding="utf-8"), file.data, data), encoding="utf-8")
            if yaml.read(beside, file.name) != (data, []):
                raise click.ClickException(
                    f"{file.name} is laid out in a way that a sheet cannot change: edit it by hand."
                )
        for beside, path in ready:
            os.replace(beside, path)
    finally:
        for beside, _ in ready:
            beside.unlink(missing_ok=True)
