"""`flask responder test`: the content's own examples, red-flag sentences and conversations."""

import click
from flask.cli import with_appcontext

from responder.audit import alarms
from responder.audit.conversations import run_conversations
from responder.audit.examples import run, unseen
from responder.audit.known import judged
from responder.cli import pack


@click.command()
@click.option("--quick", is_flag=True, help="Leave out the figures on examples not seen in training.")
@with_appcontext
def test(quick: bool) -> None:
    """Every example must lead to its topic, every red flag fire or stay quiet, every conversation go as written."""
    engine = pack.engine()
    report = run(engine)
    wrong = judged([*report.failures, *run_conversations(engine)], pack.settings().content)
    for line in wrong:
        click.echo(line)
    if not quick:
        for language in engine.catalog.languages:
            click.echo(unseen(engine, language))
            click.echo(alarms.unseen(engine, language))
    click.echo(f"{report.sentences} sentences, {len(engine.catalog.conversations)} conversations, {len(wrong)} wrong.")
    raise SystemExit(1 if wrong else 0)
