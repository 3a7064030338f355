"""`flask responder fallback-twiml`: what people get from elsewhere while this server is away."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from responder.channels import speaking, trouble
from responder.cli import content


@click.command("fallback-twiml")
@click.argument("channel", type=click.Choice(["voice", "sms"]), required=False)
@click.option("--to", "target", type=click.Path(file_okay=False, path_type=Path), help="Write both to this folder.")
@with_appcontext
def fallback(channel: str | None, target: Path | None) -> None:
    """Print static TwiML for calls and texts, to be hosted where this server is not."""
    packs = list(content.catalog().languages.values())
    documents = {"voice": speaking.apology(packs), "sms": trouble.texted(packs)}
    for name, document in documents.items():
        if target:
            target.mkdir(parents=True, exist_ok=True)
            (target / f"{name}.xml").write_text(f"{document}\n", encoding="utf-8")
            click.echo(target / f"{name}.xml")
        elif channel in (None, name):
            click.echo(str(document))
