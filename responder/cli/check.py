"""`flask responder check`: everything an editor should know about the content."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from itertools import groupby

import click
from flask.cli import with_appcontext

from responder.audit import Report, audit
from responder.cli.content import folder
from responder.errors import Problem


@click.command()
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as a JSON list, for machines.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Check as if it were this day; today if not given.")
@with_appcontext
def check(strict: bool, as_json: bool, on: datetime | None) -> None:
    """Check the content: exit code 1 on errors, with --strict also on warnings."""
    content = folder()
    report = audit(content, on.date() if on else date.today())
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in report.problems], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(report)))
    failing = report.problems if strict else report.of("error")
    raise SystemExit(1 if failing else 0)


def _lines(report: Report) -> Iterator[str]:
    for severity, heading in (("error", "Errors: must be mended"), ("warning", "Warnings: worth a second look")):
        found = report.of(severity)
        if found:
            yield f"{heading}\n"
            yield from _by_file(found)
    yield f"{_count(report.topics, 'topic')}, {report.drafts} of them drafts that no clinician has signed."
    errors, warnings = len(report.of("error")), len(report.of("warning"))
    if errors or warnings:
        yield f"{_count(errors, 'error')}, {_count(warnings, 'warning')}. docs/content-guide.md explains every [code]."
    else:
        yield "The content is sound."


def _by_file(problems: Sequence[Problem]) -> Iterator[str]:
    for path, group in groupby(problems, key=lambda problem: problem.path):
        yield path
        for problem in group:
            place = f"line {problem.line}: " if problem.line else ""
            field = f"{problem.field}: " if problem.field else ""
            yield f"  {place}[{problem.code}] {field}{problem.found}. {problem.fix}"
        yield ""


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
