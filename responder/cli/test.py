"""`flask responder test`: every example leads to its topic, every red flag fires and stays quiet as written."""

import click
from flask.cli import with_appcontext

from responder.audit.examples import run
from responder.cli import pack


@click.command()
@with_appcontext
def test() -> None:
    """Run the content's own examples and red-flag sentences."""
    report = run(pack.engine())
    click.echo(report)
    raise SystemExit(0 if report.passed else 1)
