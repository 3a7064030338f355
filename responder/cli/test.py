"""`flask responder test`: the content's own examples, red-flag sentences and conversations."""

import click
from flask.cli import with_appcontext

from responder.audit import alarms
from responder.audit.conversations import run_conversations
from responder.audit.examples import run, unseen
from responder.audit.known import judged
from responder.catalog.reviewed import reviewed
from responder.cli import content, pack


@click.command()
@click.option("--quick", is_flag=True, help="Leave out the figures on examples not seen in training.")
@with_appcontext
def test(quick: bool) -> None:
    """Every example must lead to its topic, every red flag fire or stay quiet, every conversation go as written."""
    engine = pack.engine()
    taught = content.catalog()
    taught = reviewed(taught) if pack.settings().reviewed_only else taught
    report = run(engine, taught)
    wrong = judged([*report.failures, *run_conversations(engine, taught.conversations)], pack.settings().content)
    for line in wrong:
        click.echo(line)
    if not quick:
        for language in engine.catalog.languages:
            click.echo(unseen(engine, taught, language))
            click.echo(alarms.unseen(engine, taught, language))
    click.echo(f"{report.sentences} sentences, {len(taught.conversations)} conversations, {len(wrong)} wrong.")
    raise SystemExit(1 if wrong else 0)
